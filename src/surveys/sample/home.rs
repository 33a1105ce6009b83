//! A home of a sample: how far it is, and seeing to it that it is asked no more.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::mail;
use crate::residents::Way;
use crate::surveys::sample::store::{homes, keys};
use crate::thread::id::{AccountId, HouseholdId};

/// A home of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Its key, within all samples.
    pub id: i64,
    pub household: HouseholdId,
    /// Its place in the order of the draw.
    pub place: i64,
    /// The way it is asked first, as it was when the sample was drawn.
    pub way: Way,
    /// Somebody there has answered, by whichever way.
    pub is_spent: bool,
    /// They asked for no more, or may not be contacted any more.
    pub wants_no_more: bool,
    /// How many times it was written to.
    pub written: i64,
    /// The last day.
    pub written_on: Option<NaiveDate>,
    /// How many times it was rung without answers.
    pub calls: i64,
    /// Not to be rung before.
    pub call_at: Option<DateTime<Utc>>,
    /// Who rings it, and until when nobody else does.
    pub claim: Option<(AccountId, DateTime<Utc>)>,
}

impl Home {
    /// True while that person rings it.
    #[must_use]
    pub fn is_held_by(&self, account: AccountId) -> bool {
        self.claim.is_some_and(|(by, _)| by == account)
    }
}

/// Sees to it that a household gets no reminder and no call, for whichever survey it was drawn. Its links still work.
///
/// # Errors
/// When the database refuses.
pub async fn stop(tx: &mut Tx, id: HouseholdId) -> Result<(), db::Error> {
    homes::stop_household(tx, id).await
}

/// Forgets how a household was asked: its links and the letters to it. That it was drawn stays, as a number.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, id: HouseholdId) -> Result<(), db::Error> {
    homes::stop_household(tx, id).await?;
    for letter in keys::take_of_household(tx, id).await? {
        mail::store::erase(tx, letter).await?;
    }
    Ok(())
}
