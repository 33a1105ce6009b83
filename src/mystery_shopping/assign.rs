//! Giving a shop to a shopper: only one who is trained for the whole window, with few enough at once, and never the same scenario twice in a month.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::key::{AssignmentId, ScenarioVersionId};
use super::letter::ShopLetter;
use super::shopper::Standing;
use super::store::{assignments, scenarios, shoppers};
use crate::clock;
use crate::db::{self, Tx};
use crate::people::{Account, Role};
use crate::settings::Landlord;

/// The most shops a shopper has open at once.
pub const MOST_OPEN: i64 = 3;
/// How many days pass before a shopper is given the same scenario again, so that staff do not come to know them.
pub const DAYS_BETWEEN: i64 = 30;
/// The longest window, in days.
pub const LONGEST_WINDOW: i64 = 62;

/// What is given.
#[derive(Debug, Clone)]
pub struct NewAssignment {
    pub scenario_version: ScenarioVersionId,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub note: String,
}

/// Why a shop is not given.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// The account is closed or not a shopper's.
    #[error("not a shopper")]
    NotAShopper,
    /// The shopper may not be given a shop in that window.
    #[error("not ready: {0:?}")]
    NotReady(Standing),
    /// The shopper has enough to do.
    #[error("too many open shops")]
    TooMany,
    /// The shopper did the same scenario lately.
    #[error("the same scenario too soon")]
    TooSoon,
    /// The window is over, upside down or too long.
    #[error("the window makes no sense")]
    BadWindow,
    /// The scenario has been retired.
    #[error("the scenario is retired")]
    Retired,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Gives a shop to a shopper and tells them by letter.
///
/// # Errors
/// When a rule forbids it or the database refuses.
pub async fn assign(
    tx: &mut Tx,
    now: DateTime<Utc>,
    base_url: &str,
    landlord: &Landlord,
    to: &Account,
    new: &NewAssignment,
) -> Result<AssignmentId, AssignError> {
    if to.role != Role::Shopper || to.deactivated_at.is_some() {
        return Err(AssignError::NotAShopper);
    }
    if new.closes_on < new.opens_on
        || new.closes_on < clock::london_day(now)
        || (new.closes_on - new.opens_on).num_days() > LONGEST_WINDOW
    {
        return Err(AssignError::BadWindow);
    }
    let scenario = scenarios::find_version(tx, new.scenario_version).await?.filter(|found| found.retired_at.is_none());
    let Some(scenario) = scenario else { return Err(AssignError::Retired) };
    let shopper = shoppers::find(tx, to.id).await?;
    let standing = shopper.map_or(Standing::Untrained, |shopper| shopper.standing(new.closes_on));
    if standing != Standing::Ready {
        return Err(AssignError::NotReady(standing));
    }
    if assignments::count_open(tx, to.id).await? >= MOST_OPEN {
        return Err(AssignError::TooMany);
    }
    let since = new.opens_on - TimeDelta::days(DAYS_BETWEEN);
    if assignments::count_recent(tx, to.id, scenario.id, since).await? > 0 {
        return Err(AssignError::TooSoon);
    }
    // The condition stands in the statement as well, so that a training withdrawn at the same moment is seen.
    let Some(id) = assignments::insert_if_ready(tx, to.id, new, now).await? else {
        return Err(AssignError::NotReady(Standing::Untrained));
    };
    letter(to, landlord, &scenario.title, id, new).post(tx, now, base_url, landlord).await?;
    Ok(id)
}

fn letter<'a>(
    to: &'a Account,
    landlord: &Landlord,
    title: &str,
    shop: AssignmentId,
    new: &NewAssignment,
) -> ShopLetter<'a> {
    let (from, until) = (clock::day(new.opens_on), clock::day(new.closes_on));
    ShopLetter {
        to,
        subject: format!("A mystery shop for you, until {until}"),
        why: format!("You get this because you are a mystery shopper for {}.", landlord.name),
        says: format!("We have a shop for you: {title}.\nYou can do it from {from} to {until}."),
        ask: "Read what it is, and say yes or no, here. Saying no is fine: we will ask somebody else.",
        shop,
    }
}
