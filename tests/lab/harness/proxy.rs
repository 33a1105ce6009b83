//! A reverse proxy as small as one can be: a request to a connection, passed on as it came or with another Host.

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::{Outcome, beside};

/// A running proxy. Dropping it ends it.
pub struct Proxy {
    address: SocketAddr,
    open: JoinHandle<()>,
}

impl Proxy {
    /// Listens on a free port and passes requests on; with a host, in place of the one that was asked for.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start(to: SocketAddr, host: Option<&str>) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let host = host.map(str::to_owned);
        let open = beside(async move {
            let mut passing = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let host = host.clone();
                passing.spawn(async move {
                    // Whoever hangs up ends the passing on.
                    let _ = pass_on(stream, to, host.as_deref()).await;
                });
            }
        });
        Ok(Self { address, open })
    }

    /// The address for `DOORSTEP_BASE_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.open.abort();
    }
}

async fn pass_on(outside: TcpStream, to: SocketAddr, host: Option<&str>) -> std::io::Result<()> {
    let mut outside = BufReader::new(outside);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if outside.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        if line.trim_end().is_empty() {
            break;
        }
        let name = line.split(':').next().unwrap_or_default().to_lowercase();
        match (name.as_str(), host) {
            ("connection", _) => {}
            ("host", Some(host)) => head += &format!("Host: {host}\r\n"),
            _ => head += &line,
        }
    }
    // One request to a connection, so that no later head passes unread.
    head += "Connection: close\r\n\r\n";
    let mut inside = TcpStream::connect(to).await?;
    inside.write_all(head.as_bytes()).await?;
    copy_bidirectional(&mut outside, &mut inside).await.map(|_| ())
}
