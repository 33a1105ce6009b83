//! A resident says how a standard went for them.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use super::comment::NewComment;
use super::store::comments;
use crate::app::App;
use crate::db::{self, Tx};
use crate::jobs::JobError;
use crate::random::sha256;
use crate::thread::id::{CommentId, StandardId};

/// How many comments one network address may send in an hour: enough for a library or an office.
pub const MOST_AN_HOUR: i64 = 20;

/// What became of a comment.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// It waits to be read.
    Kept(CommentId),
    /// The same was sent before from the same place; there is one comment.
    Before,
    /// Too many came from one place; nothing was kept.
    TooMany,
}

/// Where a comment came from. Nothing of it is kept but hashes, for an hour.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The network address.
    pub address: &'a str,
    /// What the browser says it is.
    pub device: &'a str,
}

/// Keeps a comment that passed the form's checks. The sender's address is hashed alone to stop floods, and with the device and what was said to know a comment that is sent again from a page opened anew.
///
/// # Errors
/// When the database refuses.
pub async fn send(
    app: &App,
    tx: &mut Tx,
    standard: StandardId,
    new: &NewComment,
    from: &Sender<'_>,
) -> Result<Sent, db::Error> {
    let now = app.clock.now();
    let an_hour_ago = now - TimeDelta::hours(1);
    let Sender { address, device } = from;
    let same = sha256(&format!("{} from {address} with {device}", said(standard, new)));
    if comments::count_sent(tx, &same, an_hour_ago).await? > 0 {
        return Ok(Sent::Before);
    }
    let counter = sha256(&format!("comment from {address}"));
    if comments::count_sent(tx, &counter, an_hour_ago).await? >= MOST_AN_HOUR {
        return Ok(Sent::TooMany);
    }
    // Two at the same moment are of one form, which has one key.
    let Some(id) = comments::insert(tx, standard, new, now).await? else { return Ok(Sent::Before) };
    comments::insert_sender(tx, &counter, now).await?;
    comments::insert_sender(tx, &same, now).await?;
    Ok(Sent::Kept(id))
}

/// All that somebody said, but for the key of the form they said it in. What they allow belongs to it: whoever changes their mind is heard.
fn said(standard: StandardId, new: &NewComment) -> String {
    let NewComment { submission_key: _, words, may_publish, may_pass_on, name, email, phone } = new;
    format!("{:?}", (standard, words, may_publish, may_pass_on, name, email, phone))
}

/// Forgets where comments came from once the hour is over.
pub fn forget_senders(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let mut tx = app.db.write().await?;
        comments::forget_senders(&mut tx, app.clock.now() - TimeDelta::hours(1)).await?;
        tx.commit().await?;
        Ok(())
    })
}

#[cfg(test)]
#[path = "send_comment_tests.rs"]
mod tests;
