//! Sending a return: once, whatever is pressed twice, and only for a shop the shopper accepted.

use chrono::{DateTime, Utc};

use super::assignment::{Assignment, Stage};
use super::shop_return::NewReturn;
use super::store::{assignments, drafts, returns};
use crate::db::{self, Tx};
use crate::thread::id::ReturnId;

/// Why a return is not taken.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It was sent already; this is the one that was kept.
    #[error("already sent")]
    Already(ReturnId),
    /// The shop was not accepted, or was cancelled meanwhile.
    #[error("the shop is not open")]
    NotOpen,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Keeps a return and forgets its draft.
///
/// # Errors
/// When it was sent already, the shop is not open, or the database refuses.
pub async fn file(
    tx: &mut Tx,
    now: DateTime<Utc>,
    assignment: &Assignment,
    new: &NewReturn,
    key: &str,
    reference: &str,
) -> Result<ReturnId, FileError> {
    if !assignments::mark_sent(tx, assignment.assignment_id, assignment.account_id, now).await? {
        let fresh = assignments::find(tx, assignment.assignment_id).await?;
        return Err(match fresh.and_then(|fresh| fresh.return_id) {
            Some(id) => FileError::Already(id),
            None => FileError::NotOpen,
        });
    }
    let id = returns::insert(tx, assignment.assignment_id, reference, key, new, now).await?;
    for item in &new.items {
        returns::insert_item(tx, id, item).await?;
    }
    drafts::delete(tx, assignment.assignment_id).await?;
    Ok(id)
}

/// Whether a shopper may write the return now.
#[must_use]
pub fn may_write(assignment: &Assignment, today: chrono::NaiveDate) -> bool {
    assignment.stage() == Stage::Accepted && assignment.opens_on <= today
}
