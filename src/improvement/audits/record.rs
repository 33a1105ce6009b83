//! Writing down what the three tests of something drawn showed.

use super::audit::{Drawn, Item, ItemId, NewTest};
use super::error::AuditError;
use super::store::{audits as store, verdicts};
use crate::app::App;
use crate::db::{self, Tx};
use crate::improvement::store::{activities, plans, sign_offs};
use crate::thread::id::AccountId;

/// Writes tests of an item that was drawn; the newest of a head counts.
///
/// # Errors
/// `OwnWork` for the auditor's own reports and plans, `NotSo` when the audit is over or the item was not drawn, or when the database refuses.
pub async fn record(app: &App, tx: &mut Tx, id: ItemId, by: AccountId, new: &[NewTest]) -> Result<(), AuditError> {
    let item = store::find_item(tx, id).await?.filter(|item| item.place.is_some()).ok_or(AuditError::NotSo)?;
    if !store::take_turn(tx, item.audit_id).await? {
        return Err(AuditError::NotSo);
    }
    if is_own(tx, &item, by).await? {
        return Err(AuditError::OwnWork);
    }
    for test in new {
        verdicts::insert(tx, id, test, by, app.clock.now()).await?;
    }
    Ok(())
}

/// True when a person had a hand in what was drawn: wrote or approved the report, led what it is about, or owns or wrote the plan.
///
/// # Errors
/// When the database refuses.
pub async fn is_own(tx: &mut Tx, item: &Item, by: AccountId) -> Result<bool, db::Error> {
    let plan = match item.of.drawn {
        Drawn::Report(id) => {
            let Some(report) = sign_offs::find(tx, id).await? else { return Ok(false) };
            let activity = activities::find_version(tx, report.activity_version_id).await?;
            let led = activity.as_ref().is_some_and(|one| one.wording.lead_id == by);
            if report.written_by == by || report.decided.is_some_and(|decided| decided.by == by) || led {
                return Ok(true);
            }
            activity.map(|one| one.plan_id)
        }
        Drawn::Plan(id, _) => {
            if plans::list_versions(tx, id).await?.iter().any(|version| version.written_by == by) {
                return Ok(true);
            }
            Some(id)
        }
    };
    Ok(match plan {
        Some(id) => plans::find(tx, id).await?.is_some_and(|plan| plan.account_id == by),
        None => false,
    })
}
