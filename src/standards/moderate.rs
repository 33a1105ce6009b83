//! Staff read a comment, show it or keep it back, answer it, and pass it on when the resident agrees.

use super::comment::Comment;
use super::store::moderation;
use crate::app::App;
use crate::audit;
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::people::Account;
use crate::settings::Landlord;

/// Why a step was not taken.
#[derive(Debug)]
pub enum ModerateError {
    /// The resident did not allow the words to be shown.
    NotAllowed,
    /// There is no e-mail address to write to.
    NoAddress,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for ModerateError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Marks a comment as read.
///
/// # Errors
/// When the database refuses.
pub async fn read(app: &App, tx: &mut Tx, by: &Account, comment: &Comment) -> Result<(), ModerateError> {
    moderation::mark_read(tx, comment.id, app.clock.now()).await?;
    note(app, tx, by, comment, "read a comment", "").await
}

/// Shows a comment in words that may have been shortened; the resident's own stay as they are.
///
/// # Errors
/// When the resident did not allow it.
pub async fn publish(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    comment: &Comment,
    words: &str,
) -> Result<(), ModerateError> {
    if !moderation::publish(tx, comment.id, words, app.clock.now()).await? {
        return Err(ModerateError::NotAllowed);
    }
    tx.public_changed();
    let detail = if words == comment.words { "as written" } else { "with words taken out" };
    note(app, tx, by, comment, "published a comment", detail).await
}

/// Keeps a comment from being shown.
///
/// # Errors
/// When the database refuses.
pub async fn withhold(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    comment: &Comment,
    reason: &str,
) -> Result<(), ModerateError> {
    moderation::withhold(tx, comment.id, reason, app.clock.now()).await?;
    if comment.published_at.is_some() {
        tx.public_changed();
    }
    note(app, tx, by, comment, "withheld a comment", "").await
}

/// Keeps the answer, which shows with the comment where that is published, and sends it when asked to.
///
/// # Errors
/// When it should be sent and there is no address.
pub async fn answer(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    comment: &Comment,
    words: &str,
    send: bool,
    landlord: &Landlord,
) -> Result<(), ModerateError> {
    let now = app.clock.now();
    moderation::answer(tx, comment.id, words, now).await?;
    if comment.published_at.is_some() {
        tx.public_changed();
    }
    if send {
        let to = comment.email.clone().ok_or(ModerateError::NoAddress)?;
        let letter = mail::post(tx, now, &answer_letter(comment, to, words, landlord)).await?;
        moderation::insert_letter(tx, comment.id, letter).await?;
    }
    note(app, tx, by, comment, "answered a comment", if send { "sent by e-mail" } else { "" }).await
}

fn answer_letter(comment: &Comment, to: String, words: &str, landlord: &Landlord) -> Letter {
    let mut body = format!(
        "You got this because you told {} how “{}” went for you.\n\nThank you. This is our answer:\n\n{words}\n",
        landlord.name, comment.standard_title
    );
    if !comment.words.is_empty() {
        let quoted: Vec<String> = comment.words.lines().map(|line| format!("> {line}")).collect();
        body.push_str(&format!("\nYou wrote:\n\n{}\n", quoted.join("\n")));
    }
    if !landlord.complaints.is_empty() {
        body.push_str(&format!(
            "\nIf you are not happy with this answer, you can make a complaint. {}\n",
            landlord.complaints
        ));
    }
    body.push_str(&format!("\n{}\n", landlord.name));
    Letter {
        to,
        subject: format!("Our answer to what you told us: {}", comment.standard_title),
        body,
        attachment: None,
    }
}

/// Notes to whom a comment was passed on, under which reference, and how the resident agreed.
///
/// # Errors
/// When the database refuses.
pub async fn pass_on(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    comment: &Comment,
    to: &str,
    reference: &str,
    consent: &str,
) -> Result<(), ModerateError> {
    moderation::pass_on(tx, comment.id, to, reference, consent, app.clock.now()).await?;
    note(app, tx, by, comment, "passed a comment on", &format!("to {to}, reference {reference}")).await
}

/// An entry in the log, which never holds what a resident wrote or who they are.
async fn note(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    comment: &Comment,
    action: &str,
    detail: &str,
) -> Result<(), ModerateError> {
    audit::record(tx, app.clock.now(), &by.actor(), action, &format!("comment {}", comment.id), detail).await?;
    Ok(())
}
