//! Explaining a promise missed: by whoever answers for the standard.

use chrono::{DateTime, Utc};

use super::narrative::NewNarrative;
use super::store;
use crate::audit;
use crate::db::{self, Tx};
use crate::people::{Account, Role};
use crate::standards::Published;

/// Why an explanation was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NarrateError {
    /// Somebody else answers for this standard.
    #[error("somebody else answers for this standard")]
    NotTheOwner,
    /// The day on which the promise should be kept again has passed.
    #[error("the day has passed")]
    BackInThePast,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// True for those who may explain how a standard stands: its owner's role, and administrators.
#[must_use]
pub fn may_explain(account: &Account, standard: &Published) -> bool {
    account.role.code() == standard.owner_role || account.role == Role::Administrator
}

/// Keeps an explanation beside those before it.
///
/// # Errors
/// When it may not be kept, or the database refuses.
pub async fn narrate(
    tx: &mut Tx,
    by: &Account,
    standard: &Published,
    new: &NewNarrative,
    now: DateTime<Utc>,
) -> Result<(), NarrateError> {
    if !may_explain(by, standard) {
        return Err(NarrateError::NotTheOwner);
    }
    if new.back_on < crate::clock::london_day(now) {
        return Err(NarrateError::BackInThePast);
    }
    store::narratives::insert(tx, new, Some(by.id), now).await?;
    let (object, detail) = (format!("standard {}", standard.id), format!("for the months to {}", new.ends_month));
    audit::record(tx, now, &by.actor(), "explained a missed promise", &object, &detail).await?;
    Ok(())
}
