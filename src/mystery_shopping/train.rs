//! Recording what makes a shopper: the agreement, a training, a rest.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::shopper::Training;
use super::store::shoppers;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// How long a training holds unless staff say otherwise, in months.
pub const LASTS_MONTHS: u32 = 18;

/// The last day of a training held on that day, unless staff say otherwise.
#[must_use]
pub fn usual_expiry(trained_on: NaiveDate) -> NaiveDate {
    trained_on.checked_add_months(Months::new(LASTS_MONTHS)).unwrap_or(trained_on)
}

/// Why a training is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A training that has not been held yet.
    #[error("the training is still to come")]
    InFuture,
    /// It would run out before it began.
    #[error("the training would run out before it was held")]
    OutBeforeHeld,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Records a training that was held.
///
/// # Errors
/// When the days make no sense or the database refuses.
pub async fn record(
    tx: &mut Tx,
    now: DateTime<Utc>,
    today: NaiveDate,
    account: AccountId,
    training: &Training,
) -> Result<(), TrainError> {
    if training.trained_on > today {
        return Err(TrainError::InFuture);
    }
    if training.expires_on <= training.trained_on {
        return Err(TrainError::OutBeforeHeld);
    }
    shoppers::ensure(tx, account, now).await?;
    shoppers::insert_training(tx, account, training, now).await?;
    Ok(())
}

/// Records the day on which a shopper signed the agreement.
///
/// # Errors
/// When the database refuses.
pub async fn agree(tx: &mut Tx, now: DateTime<Utc>, account: AccountId, on: NaiveDate) -> Result<(), db::Error> {
    shoppers::ensure(tx, account, now).await?;
    shoppers::set_agreed(tx, account, on).await
}

/// Lets a shopper rest, or has them back.
///
/// # Errors
/// When the database refuses.
pub async fn pause(tx: &mut Tx, now: DateTime<Utc>, account: AccountId, paused: bool) -> Result<(), db::Error> {
    shoppers::ensure(tx, account, now).await?;
    shoppers::set_paused(tx, account, paused.then_some(now)).await
}

/// Opens a shopper's record, before anything is recorded in it.
///
/// # Errors
/// When the database refuses.
pub async fn register(tx: &mut Tx, now: DateTime<Utc>, account: AccountId) -> Result<(), db::Error> {
    shoppers::ensure(tx, account, now).await
}
