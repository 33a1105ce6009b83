//! A person's browser, as little of it as a test needs: HTTP/1.1 by hand, kept alive, with cookies, and a clear word on what is known of a request that was cut.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::{Fault, Outcome};

/// How long anybody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(90);
/// A connection that was quiet for longer may be closed by the server at any moment, so that another is opened.
const FRESH: Duration = Duration::from_secs(3);

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// No connection: the request never left.
    NotSent(std::io::Error),
    /// The connection broke after the request began to leave: nobody knows whether it was heard.
    Cut(std::io::Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotSent(error) => write!(f, "not sent: {error}"),
            Self::Cut(error) => write!(f, "cut: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

/// An answer as it came.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The first header of that name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Where a 303 leads.
    #[must_use]
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or_default()
    }

    /// Itself, if it has that status.
    ///
    /// # Errors
    /// The status that came instead, with the words of the page.
    pub fn expect(self, status: u16) -> Outcome<Self> {
        if self.status == status {
            return Ok(self);
        }
        Err(format!("answered {} instead of {status}: {}", self.status, words(&self.text())).into())
    }
}

/// The words of a page without its tags, shortened.
fn words(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, main)| main);
    let mut out = String::new();
    let mut inside = body.len() != html.len();
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            other if !inside => out.push(other),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(400).collect()
}

/// One person with one connection and their cookies.
pub struct Client {
    address: SocketAddr,
    host: String,
    stream: Option<BufReader<TcpStream>>,
    used: Instant,
    cookies: Vec<(String, String)>,
}

impl Client {
    /// Somebody who has not connected yet.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self { address, host: address.to_string(), stream: None, used: Instant::now(), cookies: Vec::new() }
    }

    /// The same person asking for another host name, as behind a proxy.
    #[must_use]
    pub fn for_host(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// Forgets every cookie, to be another person on the same connection.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Opens the connection before it is needed.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn connect(&mut self) -> Result<(), Failure> {
        if self.stream.is_none() || self.used.elapsed() > FRESH {
            let stream = TcpStream::connect(self.address).await.map_err(Failure::NotSent)?;
            stream.set_nodelay(true).map_err(Failure::NotSent)?;
            self.stream = Some(BufReader::new(stream));
            self.used = Instant::now();
        }
        Ok(())
    }

    /// Opens a page.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn get(&mut self, path: &str) -> Result<Answer, Failure> {
        self.send("GET", path, &[], b"").await
    }

    /// Sends a form.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Result<Answer, Failure> {
        let body = encode_all(fields);
        self.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], body.as_bytes()).await
    }

    /// Sends any request and reads the whole answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer, Failure> {
        self.connect().await?;
        let request = self.request(method, path, headers, body);
        let Some(stream) = self.stream.as_mut() else {
            return Err(Failure::NotSent(std::io::ErrorKind::NotConnected.into()));
        };
        let exchange = async {
            stream.get_mut().write_all(&request).await?;
            read_answer(stream).await
        };
        let read = tokio::time::timeout(PATIENCE, exchange).await;
        self.used = Instant::now();
        match read {
            Ok(Ok((answer, keep))) => {
                if !keep {
                    self.stream = None;
                }
                self.keep_cookies(&answer);
                Ok(answer)
            }
            Ok(Err(error)) => {
                self.stream = None;
                Err(Failure::Cut(error))
            }
            Err(_) => {
                self.stream = None;
                Err(Failure::Cut(std::io::ErrorKind::TimedOut.into()))
            }
        }
    }

    /// Sends a whole form and hangs up without waiting for the answer.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn post_and_hang_up(&mut self, path: &str, fields: &[(String, String)]) -> Result<(), Failure> {
        self.stream = None;
        self.connect().await?;
        let body = encode_all(fields);
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let request = self.request("POST", path, &kind, body.as_bytes());
        if let Some(stream) = self.stream.as_mut() {
            stream.get_mut().write_all(&request).await.map_err(Failure::Cut)?;
        }
        self.stream = None;
        Ok(())
    }

    /// Sends the head of a form and the first half of its body; [`Client::finish`] sends the rest.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn begin(&mut self, path: &str, fields: &[(String, String)]) -> Result<Vec<u8>, Failure> {
        self.connect().await?;
        let body = encode_all(fields);
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let request = self.request("POST", path, &kind, body.as_bytes());
        let (first, rest) = request.split_at(request.len() - body.len() / 2);
        if let Some(stream) = self.stream.as_mut() {
            stream.get_mut().write_all(first).await.map_err(Failure::Cut)?;
        }
        Ok(rest.to_vec())
    }

    /// Sends the rest of a form begun before and reads the answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn finish(&mut self, rest: &[u8]) -> Result<Answer, Failure> {
        let Some(mut stream) = self.stream.take() else {
            return Err(Failure::Cut(std::io::ErrorKind::NotConnected.into()));
        };
        stream.get_mut().write_all(rest).await.map_err(Failure::Cut)?;
        let answer = tokio::time::timeout(PATIENCE, read_answer(&mut stream)).await;
        let answer = answer.map_err(|_| Failure::Cut(std::io::ErrorKind::TimedOut.into()))?;
        answer.map(|(answer, _)| answer).map_err(Failure::Cut)
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.host);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head += &format!("cookie: {}\r\n", all.join("; "));
        }
        if method == "POST" {
            head += &format!("content-length: {}\r\nsec-fetch-site: same-origin\r\n", body.len());
        }
        head += "\r\n";
        [head.as_bytes(), body].concat()
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = line.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

fn broken(why: &str) -> std::io::Error {
    std::io::Error::other(why.to_owned())
}

/// Reads one answer, and says whether the connection may be used again.
async fn read_answer(stream: &mut BufReader<TcpStream>) -> std::io::Result<(Answer, bool)> {
    let first = read_line(stream).await?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| broken("no status line"))?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(stream).await?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| broken("a header without a colon"))?;
        headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
    }
    let find = |name: &str| headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.clone());
    let mut body = Vec::new();
    if find("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        loop {
            let line = read_line(stream).await?;
            let size = usize::from_str_radix(&line, 16).map_err(|_| broken("a chunk without a size"))?;
            let mut chunk = vec![0; size + 2];
            stream.read_exact(&mut chunk).await?;
            chunk.truncate(size);
            body.append(&mut chunk);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = find("content-length").and_then(|length| length.parse().ok()) {
        body = vec![0; length];
        stream.read_exact(&mut body).await?;
    }
    let keep = find("connection").is_none_or(|word| word != "close");
    Ok((Answer { status, headers, body }, keep))
}

async fn read_line(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

/// Fields as the body of a form.
#[must_use]
pub fn encode_all(fields: &[(String, String)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

impl From<Failure> for String {
    fn from(failure: Failure) -> Self {
        failure.to_string()
    }
}

/// A page that must be there.
///
/// # Errors
/// When it is not.
pub async fn page(client: &mut Client, path: &str) -> Outcome<Answer> {
    let answer = client.get(path).await.map_err(Fault::from)?;
    answer.expect(200).map_err(|error| format!("{path}: {error}").into())
}
