//! Starting a plan, alone or beside another, making it the main one, and closing it.

use chrono::NaiveDate;

use super::history::{self, Edit, Why};
use super::object::Object;
use super::plan::{Plan, PlanId};
use super::store::{self, Written};
use crate::db::{self, Tx};
use crate::web::slug::slug_or;

/// Why a plan was not started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is a main plan already.
    #[error("another plan is the main plan")]
    AnotherIsOpen,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Opens the main plan with no themes yet.
///
/// # Errors
/// While there is another main plan.
pub async fn start(
    tx: &mut Tx,
    title: &str,
    introduction: &str,
    on: NaiveDate,
    written: Written,
) -> Result<PlanId, StartError> {
    if store::find_open_plan(tx).await?.is_some() {
        return Err(StartError::AnotherIsOpen);
    }
    open(tx, (title, introduction), true, on, written)
        .await
        .map_err(|error| if error.is_conflict("plans_is_main_key") { StartError::AnotherIsOpen } else { error.into() })
}

/// Opens a plan beside the main one, such as one for value for money.
///
/// # Errors
/// When the database refuses.
pub async fn start_beside(
    tx: &mut Tx,
    title: &str,
    introduction: &str,
    on: NaiveDate,
    written: Written,
) -> Result<PlanId, db::Error> {
    open(tx, (title, introduction), false, on, written).await
}

async fn open(
    tx: &mut Tx,
    (title, introduction): (&str, &str),
    is_main: bool,
    on: NaiveDate,
    written: Written,
) -> Result<PlanId, db::Error> {
    let base = slug_or(title, "plan");
    let taken: Vec<String> = store::list_plans(tx).await?.into_iter().map(|p| p.slug).collect();
    let slug = std::iter::once(base.clone())
        .chain((2..taken.len() + 3).map(|n| format!("{base}-{n}")))
        .find(|s| !taken.contains(s))
        .unwrap_or(base);
    let id = store::insert_plan(tx, &slug, title, introduction, is_main, on, written.at).await?;
    history::note_added(tx, id, (Object::Plan, "The plan"), Why::staff("", written), written).await?;
    tx.public_changed();
    Ok(id)
}

/// Makes an open plan the main one; the one that was stays open beside it.
///
/// # Errors
/// When it is not open.
pub async fn make_main(tx: &mut Tx, plan: &Plan, written: Written) -> Result<(), db::Error> {
    store::set_main_plan(tx, plan.id).await?;
    let edit = Edit::new("The main plan", "No", "Yes");
    history::note(tx, plan.id, (Object::Plan, "The plan"), &[edit], Why::staff("", written), written).await?;
    tx.public_changed();
    Ok(())
}

/// Closes a plan: it stays readable among the earlier plans.
///
/// # Errors
/// When it is not open.
pub async fn close(tx: &mut Tx, id: PlanId, on: NaiveDate) -> Result<(), db::Error> {
    store::close_plan(tx, id, on).await?;
    tx.public_changed();
    Ok(())
}
