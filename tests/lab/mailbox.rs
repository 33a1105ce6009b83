//! A mail server that does as it is told: it speaks SMTP over TLS, keeps what it accepts, and can be down, silent, busy, unwilling, or gone before its last word.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::harness::{Outcome, beside, ensure};

/// What the server does with the next letter to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// 451: later.
    Later,
    /// 550: never.
    Never,
    /// Takes the whole letter, keeps it, and hangs up before saying so.
    HangUpAfterTaking,
    /// Takes the connection and never says a word. Nobody is named by then, so that only [`ANYBODY`] can meet it.
    Silent,
}

/// In a script: whoever the next letter is to.
pub const ANYBODY: &str = "*";

/// A letter as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    pub to: String,
    pub message_id: String,
}

#[derive(Default)]
struct Shared {
    arrived: Mutex<Vec<Arrived>>,
    moods: Mutex<HashMap<String, Vec<Mood>>>,
    silences: AtomicUsize,
}

/// The mail server.
pub struct Mailbox {
    shared: Arc<Shared>,
    acceptor: TlsAcceptor,
    port: u16,
    open: Option<JoinHandle<()>>,
    ca_file: PathBuf,
}

impl Mailbox {
    /// Makes certificates for a server on a free port. It is down until it is opened.
    ///
    /// # Errors
    /// When openssl is missing or refuses.
    pub fn new(folder: &Path) -> Outcome<Self> {
        make_certificates(folder)?;
        let chain = CertificateDer::pem_file_iter(folder.join("mail.pem"))?.collect::<Result<Vec<_>, _>>()?;
        let key = PrivateKeyDer::from_pem_file(folder.join("mail.key"))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        Ok(Self {
            shared: Arc::default(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
            port: crate::harness::place::free_port()?,
            open: None,
            ca_file: folder.join("ca.pem"),
        })
    }

    /// The address for `DOORSTEP_SMTP_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtps://localhost:{}", self.port)
    }

    /// The certificate for `DOORSTEP_SMTP_CA_FILE`.
    #[must_use]
    pub fn ca_file(&self) -> String {
        self.ca_file.to_string_lossy().into_owned()
    }

    /// Comes up.
    ///
    /// # Errors
    /// When the port was taken meanwhile.
    pub async fn open(&mut self) -> Outcome<()> {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await?;
        let (shared, acceptor) = (Arc::clone(&self.shared), self.acceptor.clone());
        self.open = Some(beside(async move {
            // Conversations live in this set, so that they break off when the server goes down.
            let mut talks = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                talks.spawn(talk(Arc::clone(&shared), acceptor.clone(), stream));
            }
        }));
        Ok(())
    }

    /// Goes down, in the middle of whatever it is doing.
    pub async fn close(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
            let _ = open.await;
        }
    }

    /// Sets what happens to the next letters to somebody, one after another; then they are accepted.
    pub fn script(&self, to: &str, moods: &[Mood]) {
        self.shared.moods.lock().unwrap_or_else(PoisonError::into_inner).insert(to.to_owned(), moods.to_vec());
    }

    /// How many connections were met with silence.
    #[must_use]
    pub fn silences(&self) -> usize {
        self.shared.silences.load(Ordering::Relaxed)
    }

    /// Every letter kept so far, in the order of arrival.
    #[must_use]
    pub fn arrived(&self) -> Vec<Arrived> {
        self.shared.arrived.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        if let Some(open) = self.open.take() {
            open.abort();
        }
    }
}

impl Shared {
    fn mood(&self, to: &str, spend: bool) -> Option<Mood> {
        let mut moods = self.moods.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = moods.get_mut(to)?;
        let next = waiting.first().copied();
        if spend && next.is_some() {
            waiting.remove(0);
        }
        next
    }

    fn keep(&self, to: &str, letter: &str) {
        let id = letter.lines().find_map(|line| line.strip_prefix("Message-ID: "));
        let message_id = id.unwrap_or_default().trim().to_owned();
        self.arrived.lock().unwrap_or_else(PoisonError::into_inner).push(Arrived { to: to.to_owned(), message_id });
    }
}

async fn talk(shared: Arc<Shared>, acceptor: TlsAcceptor, stream: TcpStream) {
    if shared.mood(ANYBODY, true) == Some(Mood::Silent) {
        shared.silences.fetch_add(1, Ordering::Relaxed);
        // The connection stays open until the server goes down.
        std::future::pending::<()>().await;
    }
    if let Ok(stream) = acceptor.accept(stream).await {
        // A client that goes away ends the conversation.
        let _ = converse(&shared, BufReader::new(stream)).await;
    }
}

async fn converse<S: AsyncRead + AsyncWrite + Unpin>(shared: &Shared, mut stream: BufReader<S>) -> std::io::Result<()> {
    let mut to = String::new();
    say(&mut stream, "220 lab.example").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let word = line.split([' ', '\r']).next().unwrap_or_default().to_uppercase();
        match word.as_str() {
            "EHLO" => say(&mut stream, "250-lab.example\r\n250 8BITMIME").await?,
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match shared.mood(&to, false) {
                    Some(Mood::Later) => {
                        shared.mood(&to, true);
                        say(&mut stream, "451 4.3.0 too busy, try later").await?;
                    }
                    Some(Mood::Never) => {
                        shared.mood(&to, true);
                        say(&mut stream, "550 5.1.1 nobody of that name").await?;
                    }
                    _ => say(&mut stream, "250 ok").await?,
                }
            }
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let mut letter = String::new();
                loop {
                    let mut line = String::new();
                    if stream.read_line(&mut line).await? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                    letter.push_str(&line);
                }
                shared.keep(&to, &letter);
                if shared.mood(&to, true) == Some(Mood::HangUpAfterTaking) {
                    return Ok(());
                }
                say(&mut stream, "250 kept").await?;
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// An authority of our own and a certificate of it for localhost.
fn make_certificates(folder: &Path) -> Outcome<()> {
    let run = |arguments: &str| -> Outcome<()> {
        let output = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output()?;
        ensure(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    std::fs::write(folder.join("leaf.cnf"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")?;
    run(&format!("req -x509 {key} -days 30 -keyout ca.key -out ca.pem -subj /CN=lab"))?;
    run(&format!("req -new {key} -keyout mail.key -out mail.csr -subj /CN=localhost"))?;
    run("x509 -req -in mail.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile leaf.cnf -out mail.pem")
}
