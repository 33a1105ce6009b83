//! Adding and changing the themes and objectives of a plan. Every change leaves a row in its history.

use super::history::{self, Why};
use super::object::Object;
use super::plan::{Objective, ObjectiveId, Plan, PlanId, Theme, ThemeId};
use super::store::{self, Written};
use crate::db::{self, Tx};

/// Changes what a plan says of itself.
///
/// # Errors
/// When the database refuses.
pub async fn describe_plan(
    tx: &mut Tx,
    plan: &Plan,
    title: &str,
    introduction: &str,
    written: Written,
) -> Result<(), db::Error> {
    store::update_plan(tx, plan.id, title, introduction).await?;
    let edits = history::of_plan(plan, title, introduction);
    history::note(tx, plan.id, (Object::Plan, "The plan"), &edits, Why::staff("", written), written).await?;
    tx.public_changed();
    Ok(())
}

/// Adds a theme.
///
/// # Errors
/// When the database refuses.
pub async fn add_theme(
    tx: &mut Tx,
    plan: PlanId,
    position: i64,
    title: &str,
    why: Why<'_>,
    written: Written,
) -> Result<ThemeId, db::Error> {
    let id = store::insert_theme(tx, plan, position, title).await?;
    history::note_added(tx, plan, (Object::Theme(id), &format!("Theme {title}")), why, written).await?;
    tx.public_changed();
    Ok(id)
}

/// Renames or moves a theme.
///
/// # Errors
/// When there is no such theme or the database refuses.
pub async fn change_theme(
    tx: &mut Tx,
    plan: PlanId,
    old: &Theme,
    new: &Theme,
    why: Why<'_>,
    written: Written,
) -> Result<(), db::Error> {
    store::update_theme(tx, new.id, new.position, &new.title).await?;
    let edits = history::of_theme(old, new);
    history::note(tx, plan, (Object::Theme(new.id), &format!("Theme {}", old.title)), &edits, why, written).await?;
    tx.public_changed();
    Ok(())
}

/// Adds an objective; the key within is ignored. `Conflict("plan_objectives_plan_id_reference_key")` when the number is
/// taken.
///
/// # Errors
/// When the number is taken or the database refuses.
pub async fn add_objective(
    tx: &mut Tx,
    plan: PlanId,
    objective: &Objective,
    why: Why<'_>,
    written: Written,
) -> Result<ObjectiveId, db::Error> {
    let id = store::insert_objective(tx, plan, objective).await?;
    history::note_added(tx, plan, (Object::Objective(id), &named(objective)), why, written).await?;
    tx.public_changed();
    Ok(id)
}

/// Changes an objective. `Conflict("plan_objectives_plan_id_reference_key")` when the number is taken.
///
/// # Errors
/// When the number is taken, there is no such objective or the database refuses.
pub async fn change_objective(
    tx: &mut Tx,
    plan: PlanId,
    old: &Objective,
    new: &Objective,
    why: Why<'_>,
    written: Written,
) -> Result<(), db::Error> {
    store::update_objective(tx, new).await?;
    let edits = history::of_objective(old, new);
    history::note(tx, plan, (Object::Objective(new.id), &named(old)), &edits, why, written).await?;
    tx.public_changed();
    Ok(())
}

fn named(objective: &Objective) -> String {
    format!("Objective {}", objective.reference)
}
