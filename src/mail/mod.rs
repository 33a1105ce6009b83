//! Letters: written to the outbox in the transaction of the event, sent by SMTP or, without a mail server, to a folder.

pub mod outbox;
pub mod smtp;
pub mod store;

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};

pub use smtp::Mailer;

/// A letter to one person, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address, as checked by [`is_address`].
    pub to: String,
    /// What it is about, on one line.
    pub subject: String,
    /// The whole text; the first line says why the person got it.
    pub body: String,
    /// A calendar file or another small text to go with it: name, media type, content.
    pub attachment: Option<(String, String, String)>,
}

/// Puts a letter in the outbox.
///
/// # Errors
/// When the database refuses.
pub async fn post(tx: &mut Tx, at: DateTime<Utc>, letter: &Letter) -> Result<i64, db::Error> {
    let one_line: String = letter.subject.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    store::insert(tx, at, letter, &one_line).await
}

/// True when a text can be an e-mail address: what lettre accepts, and no longer than 254 characters.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<lettre::Address>().is_ok()
}
