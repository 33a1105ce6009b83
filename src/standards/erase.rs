//! Erasing who wrote a comment, and on request what it says.

use chrono::{Months, TimeDelta};
use futures::future::BoxFuture;

use super::comment::Comment;
use super::store::moderation;
use crate::app::App;
use crate::audit;
use crate::db::{self, Tx, guard};
use crate::jobs::JobError;
use crate::mail;
use crate::people::Account;
use crate::thread::id::CommentId;

/// How many months a comment says who wrote it.
pub const MONTHS_KEPT: u32 = 24;

/// Erases who wrote a comment, with the letters that answered it; `words_too` takes the words and the answer with them.
/// After the commit the caller runs `flushed`, so that nothing stays in the database's log either.
///
/// # Errors
/// When the database refuses.
pub async fn erase(app: &App, tx: &mut Tx, by: &Account, comment: &Comment, words_too: bool) -> Result<(), db::Error> {
    let now = app.clock.now();
    contact(tx, app, comment.id).await?;
    if words_too {
        moderation::erase_words(tx, comment.id, now).await?;
        if comment.published_at.is_some() {
            tx.public_changed();
        }
    }
    let detail = if words_too { "details and words" } else { "details" };
    audit::record(tx, now, &by.actor(), "erased a person’s details", &format!("comment {}", comment.id), detail).await
}

/// How many comments somebody left with this address.
///
/// # Errors
/// When the database refuses.
pub async fn count_of_email(tx: &mut Tx, email: &str) -> Result<i64, db::Error> {
    Ok(i64::try_from(moderation::list_of_email(tx, email).await?.len()).unwrap_or(i64::MAX))
}

/// Erases who wrote the comments left with this address, and what they say.
///
/// # Errors
/// When the database refuses.
pub async fn erase_of_email(app: &App, tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    for id in moderation::list_of_email(tx, email).await? {
        contact(tx, app, id).await?;
        moderation::erase_words(tx, id, app.clock.now()).await?;
        tx.public_changed();
    }
    Ok(())
}

async fn contact(tx: &mut Tx, app: &App, id: CommentId) -> Result<(), db::Error> {
    for letter in moderation::take_letters(tx, id).await? {
        mail::store::erase(tx, letter).await?;
    }
    moderation::erase_contact(tx, id, app.clock.now()).await
}

/// Pushes erased bytes out of the database's log, after the commit.
///
/// # Errors
/// When the database cannot be reached.
pub async fn flushed(app: &App) -> Result<(), db::Error> {
    guard::flush_erasure(&app.db).await
}

/// Erases who wrote comments that are old enough.
pub fn forget_old(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let now = app.clock.now();
        let before = now.checked_sub_months(Months::new(MONTHS_KEPT)).unwrap_or(now - TimeDelta::days(730));
        let mut tx = app.db.read().await?;
        let old = moderation::list_with_contact_before(&mut tx, before).await?;
        drop(tx);
        if old.is_empty() {
            return Ok(());
        }
        let mut tx = app.db.write().await?;
        for id in old {
            contact(&mut tx, &app, id).await?;
        }
        tx.commit().await?;
        flushed(&app).await?;
        Ok(())
    })
}
