//! The way out: lettre over SMTP with TLS, or .eml files in a folder when no mail server is set.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::{Attachment, MultiPart, SinglePart, header::ContentType};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::store::Posted;
use crate::config::{Config, ConfigError};

/// The name of the sender where nobody set one.
const PROGRAM: &str = "Doorstep";

/// How long a mail server may take over one letter.
const PATIENCE: Duration = Duration::from_secs(20);

/// How letters leave.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    from: lettre::message::Mailbox,
    host: String,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// Why a letter did not leave.
#[derive(Debug)]
pub enum SendError {
    /// The server is out of reach or does not answer: other letters would fare no better now.
    Away(String),
    /// The server said "later" to this letter.
    Later(String),
    /// The address or the letter is refused for good.
    Never(String),
}

impl Mailer {
    /// Makes the mailer that the settings ask for.
    ///
    /// # Errors
    /// When the address of the server, the sender or the certificate cannot be used.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let from = config
            .mail_from
            .parse()
            .map_err(|_| ConfigError(format!("mail_from: “{}” is not an address", config.mail_from)))?;
        let host = config.host().split(':').next().unwrap_or("localhost").to_owned();
        let way = match &config.smtp_url {
            None => Way::Folder(config.data.join("mail")),
            Some(url) => Way::Smtp(transport(url, config.smtp_ca_file.as_deref())?),
        };
        Ok(Self { way, from, host })
    }

    /// Takes letters away that were written to files. Those that left cannot be called back.
    pub async fn forget(&self, letters: &[i64]) {
        for id in letters {
            if let Some(folder) = self.folder() {
                // Most were never written to a file.
                let _ = tokio::fs::remove_file(folder.join(format!("letter-{id}.eml"))).await;
            }
        }
    }

    /// The folder that letters are written to when there is no mail server.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Folder(path) => Some(path),
            Way::Smtp(_) => None,
        }
    }

    /// Sends one letter under the landlord's name, unless the settings name another sender. The Message-ID comes from the row, so that a repeat can be recognised.
    ///
    /// # Errors
    /// Whether trying again can help.
    pub async fn send(&self, letter: &Posted, landlord: &str) -> Result<(), SendError> {
        let message = self.compose(letter, landlord)?;
        match &self.way {
            // The transport bounds only the connecting; a server may also fall silent later.
            Way::Smtp(transport) => match tokio::time::timeout(PATIENCE, transport.send(message)).await {
                Err(_) => {
                    Err(SendError::Away(format!("the mail server said nothing for {} seconds", PATIENCE.as_secs())))
                }
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) if error.is_permanent() => Err(SendError::Never(error.to_string())),
                Ok(Err(error)) if error.is_transient() => Err(SendError::Later(error.to_string())),
                Ok(Err(error)) => Err(SendError::Away(error.to_string())),
            },
            Way::Folder(folder) => write_eml(folder, letter.letter_id, &message.formatted()).await,
        }
    }

    /// The sender as people read it: a landlord's own name in the place of the program's.
    fn sender(&self, landlord: &str) -> lettre::message::Mailbox {
        let mut sender = self.from.clone();
        if sender.name.as_deref() == Some(PROGRAM) {
            sender.name = Some(landlord.to_owned());
        }
        sender
    }

    fn compose(&self, letter: &Posted, landlord: &str) -> Result<Message, SendError> {
        let never = |error: &dyn std::fmt::Display| SendError::Never(error.to_string());
        let to = letter.recipient.parse::<lettre::Address>().map_err(|error| never(&error))?;
        let builder = Message::builder()
            .from(self.sender(landlord))
            .to(lettre::message::Mailbox::new(None, to))
            .subject(&letter.subject)
            .message_id(Some(format!("<letter-{}-{}@{}>", letter.letter_id, letter.created_at.timestamp(), self.host)));
        let body = SinglePart::plain(letter.body.clone());
        match (&letter.attachment_name, &letter.attachment_type, &letter.attachment) {
            (Some(name), Some(kind), Some(content)) => {
                let kind = ContentType::parse(kind).map_err(|error| never(&error))?;
                builder.multipart(
                    MultiPart::mixed()
                        .singlepart(body)
                        .singlepart(Attachment::new(name.clone()).body(content.clone(), kind)),
                )
            }
            _ => builder.singlepart(body),
        }
        .map_err(|error| never(&error))
    }
}

fn transport(url: &str, ca_file: Option<&Path>) -> Result<AsyncSmtpTransport<Tokio1Executor>, ConfigError> {
    let unusable = |error: &dyn std::fmt::Display| ConfigError(format!("smtp_url: {error}"));
    if url.starts_with("smtp://") && !url.contains("tls=") {
        return Err(ConfigError(
            "smtp_url: letters must travel by TLS. Write smtps://…, or smtp://…?tls=required for STARTTLS".into(),
        ));
    }
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|error| unusable(&error))?;
    if let Some(path) = ca_file {
        let pem =
            std::fs::read(path).map_err(|error| ConfigError(format!("smtp_ca_file: {}: {error}", path.display())))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| ConfigError(format!("smtp_ca_file: {error}")))?;
        let parameters = TlsParameters::builder(server_name(url))
            .add_root_certificate(certificate)
            .build()
            .map_err(|error| unusable(&error))?;
        builder =
            builder.tls(if url.starts_with("smtps://") { Tls::Wrapper(parameters) } else { Tls::Required(parameters) });
    }
    Ok(builder.timeout(Some(PATIENCE)).build())
}

/// The host in `smtps://user:password@host:port`.
fn server_name(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['/', '?']).next().unwrap_or(rest);
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    host.split(':').next().unwrap_or(host).to_owned()
}

async fn write_eml(folder: &Path, letter_id: i64, bytes: &[u8]) -> Result<(), SendError> {
    let away = |error: std::io::Error| SendError::Away(error.to_string());
    tokio::fs::create_dir_all(folder).await.map_err(away)?;
    tokio::fs::write(folder.join(format!("letter-{letter_id}.eml")), bytes).await.map_err(away)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_mail_server_without_tls_is_refused() {
        assert!(transport("smtp://mail.example:25", None).is_err());
        assert!(transport("smtp://mail.example:587?tls=required", None).is_ok());
    }

    #[test]
    fn the_server_name_is_found_in_the_address() {
        assert_eq!(server_name("smtps://user:secret@mail.example:465"), "mail.example");
        assert_eq!(server_name("smtp://localhost:2525?tls=required"), "localhost");
    }
}
