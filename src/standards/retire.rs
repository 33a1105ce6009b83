//! Ending a promise from a day on: it leaves the public list, and its page and its results stay.

use chrono::{Months, NaiveDate};

use super::standard::Retirement;
use super::store::{retirements, versions};
use crate::app::App;
use crate::audit;
use crate::db::{self, Tx};
use crate::people::Account;
use crate::thread::id::StandardId;

/// Why a standard was not given an end.
#[derive(Debug)]
pub enum RetireError {
    /// It is not in force, or has an end already.
    NotInForce,
    /// A draft of its next version says otherwise.
    Drafted,
    /// The day is in the past: what was promised stays promised.
    Past,
    /// The day is more than two years away.
    TooFar,
    /// A published version begins on that day or after it.
    NotAfter(NaiveDate),
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for RetireError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Ends a standard: from that day it is no longer promised.
///
/// # Errors
/// When the day or the state of the standard stands against it.
pub async fn retire(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    id: StandardId,
    from: NaiveDate,
    why: &str,
) -> Result<(), RetireError> {
    let today = app.clock.today();
    if from < today {
        return Err(RetireError::Past);
    }
    if today.checked_add_months(Months::new(24)).is_some_and(|last| from > last) {
        return Err(RetireError::TooFar);
    }
    if versions::find_draft(tx, id).await?.is_some() {
        return Err(RetireError::Drafted);
    }
    let newest = versions::newest_day(tx, id).await?.ok_or(RetireError::NotInForce)?;
    if from <= newest {
        return Err(RetireError::NotAfter(newest));
    }
    let end = Retirement { from, why: why.to_owned(), is_over: from <= today };
    if !retirements::begin(tx, id, &end).await? {
        return Err(RetireError::NotInForce);
    }
    let detail = format!("from {from}: {why}");
    audit::record(tx, app.clock.now(), &by.actor(), "retired a standard", &format!("standard {id}"), &detail).await?;
    tx.public_changed();
    Ok(())
}

/// Goes on promising a standard that was given an end; false when it has none.
///
/// # Errors
/// When the database refuses.
pub async fn keep(app: &App, tx: &mut Tx, by: &Account, id: StandardId) -> Result<bool, db::Error> {
    if !retirements::take_back(tx, id).await? {
        return Ok(false);
    }
    let object = format!("standard {id}");
    audit::record(tx, app.clock.now(), &by.actor(), "went on promising a standard", &object, "").await?;
    tx.public_changed();
    Ok(true)
}

#[cfg(test)]
#[path = "retire_tests.rs"]
mod tests;
