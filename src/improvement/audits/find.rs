//! Findings: written and struck out by an auditor while the audit is open.

use super::audit::AuditId;
use super::error::AuditError;
use super::finding::NewFinding;
use super::store::{audits, findings as store};
use crate::app::App;
use crate::db::Tx;
use crate::thread::id::{AccountId, AuditFindingId};

/// Writes a finding.
///
/// # Errors
/// `NotSo` when the audit is over or what it was found in was not drawn for it, or when the database refuses.
pub async fn find(
    app: &App,
    tx: &mut Tx,
    audit: AuditId,
    by: AccountId,
    new: &NewFinding,
) -> Result<AuditFindingId, AuditError> {
    if !audits::take_turn(tx, audit).await? {
        return Err(AuditError::NotSo);
    }
    if let Some(id) = new.item
        && !audits::find_item(tx, id).await?.is_some_and(|item| item.audit_id == audit && item.place.is_some())
    {
        return Err(AuditError::NotSo);
    }
    Ok(store::insert(tx, audit, new, by, app.clock.now()).await?)
}

/// Strikes a finding out with the reason. It stays on record.
///
/// # Errors
/// `NotSo` when the audit is over or the finding is struck out, or when the database refuses.
pub async fn strike_out(app: &App, tx: &mut Tx, id: AuditFindingId, reason: &str) -> Result<(), AuditError> {
    let finding = store::find(tx, id).await?.ok_or(AuditError::NotSo)?;
    if !audits::take_turn(tx, finding.audit_id).await? || !store::strike_out(tx, id, reason, app.clock.now()).await? {
        return Err(AuditError::NotSo);
    }
    Ok(())
}
