//! Keeping a plan: opening it, changing its activities, looking at it as a whole, closing it. Every change is a new version; the old ones stay.

use chrono::NaiveDate;

use super::activity::Wording;
use super::plan::PlanId;
use super::process::ProcessId;
use super::store::{activities, plans as store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, ActivityId};

/// Why a plan was not changed.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The owner has a live plan.
    #[error("they have a live plan")]
    HasPlan,
    /// The plan is closed.
    #[error("the plan is closed")]
    Closed,
    /// Somebody else changed the activity, or its report is approved.
    #[error("the activity is no longer as it was")]
    Changed,
    /// Activities are not over.
    #[error("activities are not over")]
    Unfinished,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for KeepError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("improvement_plans_account_id_key") { Self::HasPlan } else { Self::Internal(error) }
    }
}

/// Opens a plan for somebody who has none. Opening counts as its first review.
///
/// # Errors
/// `HasPlan`, or when the database refuses.
pub async fn open(
    app: &App,
    tx: &mut Tx,
    by: AccountId,
    owner: AccountId,
    starts_on: NaiveDate,
) -> Result<PlanId, KeepError> {
    let id = store::insert(tx, owner, starts_on, app.clock.now()).await?;
    review(app, tx, id, by, "The plan is opened.").await?;
    Ok(id)
}

/// Records that the whole plan was looked at.
///
/// # Errors
/// `Closed`, or when the database refuses.
pub async fn review(app: &App, tx: &mut Tx, plan: PlanId, by: AccountId, words: &str) -> Result<(), KeepError> {
    let number = store::take_number(tx, plan).await?.ok_or(KeepError::Closed)?;
    store::insert_version(tx, plan, number, true, words, by, app.clock.now()).await?;
    Ok(())
}

/// Adds an activity to a plan.
///
/// # Errors
/// `Closed`, or when the database refuses.
pub async fn add_activity(
    app: &App,
    tx: &mut Tx,
    plan: PlanId,
    by: AccountId,
    wording: &Wording,
) -> Result<ActivityId, KeepError> {
    let number = store::take_number(tx, plan).await?.ok_or(KeepError::Closed)?;
    let words = format!("Added: {}", wording.what);
    let version = store::insert_version(tx, plan, number, false, &words, by, app.clock.now()).await?;
    let id = activities::insert(tx, plan).await?;
    if activities::insert_version(tx, id, version, wording).await? { Ok(id) } else { Err(KeepError::Changed) }
}

/// Words an activity anew. `seen` is the wording that was read before, by its key.
///
/// # Errors
/// `Closed`, `Changed`, or when the database refuses.
pub async fn change_activity(
    app: &App,
    tx: &mut Tx,
    id: ActivityId,
    by: AccountId,
    seen: i64,
    wording: &Wording,
) -> Result<(), KeepError> {
    let activity = activities::find(tx, id).await?.ok_or(KeepError::Changed)?;
    let number = store::take_number(tx, activity.plan_id).await?.ok_or(KeepError::Closed)?;
    // Read again in our turn: whoever came before us has committed.
    let now = activities::find(tx, id).await?.ok_or(KeepError::Changed)?;
    if now.activity_version_id != seen {
        return Err(KeepError::Changed);
    }
    let what = if wording.stopped_reason.is_empty() { "Changed" } else { "Stopped" };
    let words = format!("{what}: {}", wording.what);
    let version = store::insert_version(tx, activity.plan_id, number, false, &words, by, app.clock.now()).await?;
    if activities::insert_version(tx, id, version, wording).await? { Ok(()) } else { Err(KeepError::Changed) }
}

/// Closes a plan whose activities are done or stopped; it stays readable with every version.
///
/// # Errors
/// `Unfinished`, `Closed`, or when the database refuses.
pub async fn close(app: &App, tx: &mut Tx, plan: PlanId, by: AccountId, reason: &str) -> Result<(), KeepError> {
    let number = store::take_number(tx, plan).await?.ok_or(KeepError::Closed)?;
    let today = app.clock.today();
    if activities::list(tx, plan, number).await?.iter().any(|one| !one.standing(today).is_over()) {
        return Err(KeepError::Unfinished);
    }
    let words = format!("Closed: {reason}");
    store::insert_version(tx, plan, number, false, &words, by, app.clock.now()).await?;
    if store::close(tx, plan, reason, app.clock.now()).await? { Ok(()) } else { Err(KeepError::Closed) }
}

/// Lets a plan go along with its process to the new owner: when all that is left in it is about that process, and the new owner has no live plan. True when it went.
///
/// # Errors
/// When the database refuses.
pub async fn go_along(
    app: &App,
    tx: &mut Tx,
    by: AccountId,
    process: ProcessId,
    from: AccountId,
    to: AccountId,
) -> Result<bool, db::Error> {
    let Some(plan) = store::live_of(tx, from).await? else { return Ok(false) };
    let today = app.clock.today();
    let activities = activities::list(tx, plan.id, plan.versions).await?;
    let left: Vec<_> = activities.iter().filter(|one| !one.standing(today).is_over()).collect();
    let is_its_own = !left.is_empty() && left.iter().all(|one| one.wording.process_id == Some(process));
    if from == to || !is_its_own || !store::give(tx, plan.id, to).await? {
        return Ok(false);
    }
    if let Some(number) = store::take_number(tx, plan.id).await? {
        let words = "The plan is handed over with its process.";
        store::insert_version(tx, plan.id, number, false, words, by, app.clock.now()).await?;
    }
    Ok(true)
}
