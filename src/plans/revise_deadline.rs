//! Moving a deadline. The original stays beside the new one, with the reason.

use chrono::NaiveDate;

use super::action::{ActionId, Promise, Source};
use super::deadline::Span;
use super::store::{self, Written};
use crate::clock::london_day;
use crate::db::{self, Tx};

/// Why a deadline was not moved.
#[derive(Debug, thiserror::Error)]
pub enum ReviseError {
    /// No reason was given.
    #[error("Say why the deadline moves, in words that residents will read")]
    NoReason,
    /// A day that has not come yet.
    #[error("The day must be today or earlier")]
    NotYet,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Keeps a new deadline. An action that had none gets its first one.
///
/// # Errors
/// When no reason is given for moving one.
pub async fn revise_deadline(
    tx: &mut Tx,
    action: ActionId,
    span: Span,
    reason: &str,
    on: NaiveDate,
    written: Written,
) -> Result<(), ReviseError> {
    let Some(plan) = store::find_plan_of(tx, action).await? else {
        return Err(db::Error::WrongRowCount { expected: 1, actual: 0 }.into());
    };
    let had = store::list_deadlines(tx, plan)
        .await?
        .iter()
        .any(|d| d.action == action && !d.spans.iter().all(Option::is_none));
    if had && reason.trim().is_empty() {
        return Err(ReviseError::NoReason);
    }
    if on > london_day(written.at) {
        return Err(ReviseError::NotYet);
    }
    let promise = Promise {
        action,
        is_revision: had,
        spans: vec![Some(span)],
        words: span.words(),
        reason: reason.to_owned(),
        said_on: on,
        source: Source::Staff,
    };
    store::insert_deadline(tx, &promise, written).await?;
    tx.public_changed();
    Ok(())
}
