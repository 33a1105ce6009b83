//! Stopping: a month that has not opened leaves the plan, one that is open closes now, and a series ends.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::surveys::publish;
use crate::surveys::rolling::plan::{Month, State};
use crate::surveys::rolling::store;
use crate::surveys::store as surveys;

/// What is said of a month that was taken out.
const STOPPED: &str = "Stopped before it opened";

/// Why nothing was stopped.
#[derive(Debug)]
pub enum Refused {
    /// The month is over, or somebody stopped it or the program opened it meanwhile.
    NotNow,
    /// It is over, or was not taken out.
    TooLate,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub const fn in_words(&self) -> Option<&'static str> {
        match self {
            Self::NotNow => Some("The month is over, or it was opened or stopped meanwhile. Look at it again"),
            Self::TooLate => Some("That month is over, or it is planned already"),
            Self::Internal(_) => None,
        }
    }
}

/// Stops a month: one that is planned will not open, one that is open closes now.
///
/// # Errors
/// See [`Refused`].
pub async fn stop(tx: &mut Tx, month: &Month, now: DateTime<Utc>) -> Result<(), Refused> {
    if month.state == State::Planned {
        return if store::take(tx, month.id, State::Stopped, STOPPED).await? { Ok(()) } else { Err(Refused::NotNow) };
    }
    let asked = match month.survey.filter(|_| month.is_open(now)) {
        Some(survey) => surveys::find(tx, survey).await?.ok_or(Refused::NotNow)?,
        None => return Err(Refused::NotNow),
    };
    match publish::close(tx, &asked, now).await {
        Ok(()) => Ok(()),
        Err(publish::Refused::Internal(error)) => Err(error.into()),
        Err(_) => Err(Refused::NotNow),
    }
}

/// Stops every month that has not opened. Gives how many.
///
/// # Errors
/// When the database refuses.
pub async fn stop_all(tx: &mut Tx, series: i64) -> Result<u64, db::Error> {
    store::stop_all(tx, series, STOPPED).await
}

/// Puts a month that was stopped before it opened, or that could not be asked, back into the plan. One whose day has come
/// opens at once.
///
/// # Errors
/// See [`Refused`].
pub async fn plan_again(tx: &mut Tx, month: &Month, now: DateTime<Utc>) -> Result<(), Refused> {
    if store::plan_again(tx, month.id, now).await? { Ok(()) } else { Err(Refused::TooLate) }
}
