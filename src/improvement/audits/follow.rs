//! Looking back at a recommendation: done, partly done or not, with the evidence, on any day after the audit.

use super::error::AuditError;
use super::finding::NewFollowUp;
use super::respond::finished;
use super::store::{findings, follow_ups as store};
use crate::app::App;
use crate::db::Tx;
use crate::thread::id::{AccountId, AuditFindingId};

/// Writes down how far a recommendation is. Earlier looks stay on record.
///
/// # Errors
/// `OwnWork` for whoever answered the finding or sees to it, `NotSo` before management has answered, or when the database refuses.
pub async fn follow(
    app: &App,
    tx: &mut Tx,
    id: AuditFindingId,
    by: AccountId,
    new: &NewFollowUp,
) -> Result<(), AuditError> {
    finished(tx, id).await?;
    let response = findings::response(tx, id).await?.ok_or(AuditError::NotSo)?;
    if response.written_by == by || response.owner_id == Some(by) {
        return Err(AuditError::OwnWork);
    }
    Ok(store::insert(tx, id, new, by, app.clock.now()).await?)
}
