//! What management answers to a finding, once, after the audit is finished.

use super::audit::Audit;
use super::error::AuditError;
use super::finding::{Finding, NewResponse};
use super::store::{audits, findings as store, verdicts};
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, AuditFindingId};

/// Answers a finding.
///
/// # Errors
/// `OwnWork` for whoever had a hand in the audit, `Already` when it is answered, `NotSo` while the audit is open or where the finding is struck out, or when the database refuses.
pub async fn respond(
    app: &App,
    tx: &mut Tx,
    id: AuditFindingId,
    by: AccountId,
    new: &NewResponse,
) -> Result<(), AuditError> {
    let (audit, finding) = finished(tx, id).await?;
    if has_a_hand_in(tx, &audit, &finding, by).await? {
        return Err(AuditError::OwnWork);
    }
    Ok(store::insert_response(tx, id, new, by, app.clock.now()).await?)
}

/// A finding that stands, of an audit that is finished.
pub(super) async fn finished(tx: &mut Tx, id: AuditFindingId) -> Result<(Audit, Finding), AuditError> {
    let finding = store::find(tx, id).await?.filter(|one| one.struck_at.is_none()).ok_or(AuditError::NotSo)?;
    let audit = audits::find(tx, finding.audit_id).await?.filter(|one| one.finished_at.is_some());
    Ok((audit.ok_or(AuditError::NotSo)?, finding))
}

async fn has_a_hand_in(tx: &mut Tx, audit: &Audit, finding: &Finding, by: AccountId) -> Result<bool, db::Error> {
    let own = audit.opened_by == by || audit.finished_by == Some(by) || finding.written_by == by;
    Ok(own || verdicts::list(tx, audit.id).await?.iter().any(|test| test.written_by == by))
}
