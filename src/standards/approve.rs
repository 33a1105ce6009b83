//! Approving a draft, by somebody who did not write it; or recording why it needs no approval.

use chrono::NaiveDate;

use super::store::{approvals, versions};
use crate::app::App;
use crate::audit;
use crate::db::{self, Tx};
use crate::people::Account;
use crate::thread::id::StandardId;

/// Why an approval was not recorded.
#[derive(Debug)]
pub enum ApproveError {
    /// There is no draft.
    NoDraft,
    /// The person wrote in it.
    OwnWork,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for ApproveError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Records that a body approved the draft on a day.
///
/// # Errors
/// When there is no draft, or the person wrote in it.
pub async fn approve(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    id: StandardId,
    body: &str,
    on: NaiveDate,
    note: &str,
) -> Result<(), ApproveError> {
    let draft = versions::find_draft(tx, id).await?.ok_or(ApproveError::NoDraft)?;
    let now = app.clock.now();
    if !approvals::approve(tx, draft.version_id, by.id, body, on, note, now).await? {
        return Err(ApproveError::OwnWork);
    }
    let detail = format!("version {}, {body}, {on}", draft.number);
    audit::record(tx, now, &by.actor(), "recorded the approval of a standard", &format!("standard {id}"), &detail)
        .await?;
    Ok(())
}

/// Records why the draft needs no approval.
///
/// # Errors
/// When there is no draft.
pub async fn waive(app: &App, tx: &mut Tx, by: &Account, id: StandardId, reason: &str) -> Result<(), ApproveError> {
    let draft = versions::find_draft(tx, id).await?.ok_or(ApproveError::NoDraft)?;
    let now = app.clock.now();
    if !approvals::waive(tx, draft.version_id, by.id, app.clock.today(), reason, now).await? {
        return Err(ApproveError::NoDraft);
    }
    let detail = format!("version {}: {reason}", draft.number);
    audit::record(tx, now, &by.actor(), "waived the approval of a standard", &format!("standard {id}"), &detail)
        .await?;
    Ok(())
}
