//! Starting a plan, and closing one so that the next may begin.

use chrono::NaiveDate;

use super::plan::PlanId;
use super::store::{self, Written};
use crate::db::{self, Tx};
use crate::web::slug::slug_or;

/// Why a plan was not started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another plan is current.
    #[error("another plan is current")]
    AnotherIsOpen,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Opens a plan with no themes yet.
///
/// # Errors
/// While another plan is open.
pub async fn start(
    tx: &mut Tx,
    title: &str,
    introduction: &str,
    on: NaiveDate,
    written: Written,
) -> Result<PlanId, StartError> {
    let base = slug_or(title, "plan");
    let taken: Vec<String> = store::list_plans(tx).await?.into_iter().map(|p| p.slug).collect();
    let slug = std::iter::once(base.clone())
        .chain((2..taken.len() + 3).map(|n| format!("{base}-{n}")))
        .find(|s| !taken.contains(s))
        .unwrap_or(base);
    if store::find_open_plan(tx).await?.is_some() {
        return Err(StartError::AnotherIsOpen);
    }
    let id = store::insert_plan(tx, &slug, title, introduction, on, written.at).await.map_err(|error| {
        if error.is_conflict("plans_is_open_key") { StartError::AnotherIsOpen } else { error.into() }
    })?;
    tx.public_changed();
    Ok(id)
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
