//! The shopper's answer to a shop they are offered.

use chrono::{DateTime, Utc};

use super::key::AssignmentId;
use super::store::assignments;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// Why an answer is not taken.
#[derive(Debug, thiserror::Error)]
pub enum RespondError {
    /// It was cancelled, declined or sent in the meantime.
    #[error("the shop is no longer open")]
    NotOpen,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

fn done(changed: bool) -> Result<(), RespondError> {
    if changed { Ok(()) } else { Err(RespondError::NotOpen) }
}

/// The shopper will do it. Saying yes twice is the same as once.
///
/// # Errors
/// When the shop is no longer open or the database refuses.
pub async fn accept(tx: &mut Tx, now: DateTime<Utc>, id: AssignmentId, by: AccountId) -> Result<(), RespondError> {
    done(assignments::accept(tx, id, by, now).await?)
}

/// The shopper will not do it, and says why. Possible until the return is sent.
///
/// # Errors
/// When the shop is no longer open or the database refuses.
pub async fn decline(
    tx: &mut Tx,
    now: DateTime<Utc>,
    id: AssignmentId,
    by: AccountId,
    reason: &str,
) -> Result<(), RespondError> {
    done(assignments::decline(tx, id, by, reason, now).await?)
}

/// Staff take a shop back.
///
/// # Errors
/// When the shop is no longer open or the database refuses.
pub async fn cancel(tx: &mut Tx, now: DateTime<Utc>, id: AssignmentId) -> Result<(), RespondError> {
    done(assignments::cancel(tx, id, now).await?)
}
