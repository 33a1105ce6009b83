//! From draft to everybody's page: somebody else approves, and then it is published.

use super::decision::Version;
use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;
use crate::thread::{self, Record};

/// Why a step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// Nobody approves what they wrote themselves.
    #[error("somebody else must read it first")]
    OwnWork,
    /// It is not at that step any more.
    #[error("it is no longer as it was")]
    NotSo,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Approves a draft that somebody else wrote.
///
/// # Errors
/// `OwnWork`, `NotSo`, or when the database refuses.
pub async fn approve(app: &App, tx: &mut Tx, version: &Version, by: AccountId) -> Result<(), StepError> {
    if version.written_by == by {
        return Err(StepError::OwnWork);
    }
    if store::mark_approved(tx, version.id, by, app.clock.now()).await? { Ok(()) } else { Err(StepError::NotSo) }
}

/// Makes an approved version a draft again, so that it can be changed.
///
/// # Errors
/// `NotSo`, or when the database refuses.
pub async fn reopen(tx: &mut Tx, version: &Version) -> Result<(), StepError> {
    if store::mark_reopened(tx, version.id).await? { Ok(()) } else { Err(StepError::NotSo) }
}

/// Publishes an approved version and joins it to the records it rests on, in place of those of the version before.
///
/// # Errors
/// `NotSo`, or when the database refuses.
pub async fn publish(app: &App, tx: &mut Tx, version: &Version, by: AccountId) -> Result<(), StepError> {
    let now = app.clock.now();
    if !store::mark_published(tx, version.id, by, now).await? {
        return Err(StepError::NotSo);
    }
    let decision = Record::Decision(version.decision_id);
    let before = store::list_versions(tx, version.decision_id).await?;
    for old in before.iter().filter(|one| one.number < version.number).flat_map(|one| &one.text.sources) {
        if !version.text.sources.contains(old) {
            thread::disconnect(tx, decision, *old).await?;
        }
    }
    for source in &version.text.sources {
        thread::connect(tx, *source, decision, now).await?;
    }
    tx.public_changed();
    Ok(())
}
