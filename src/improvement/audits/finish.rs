//! Ending an audit: finished once every test has a verdict, or taken back with the reason.

use super::audit::{Assurance, AuditId, open_tests};
use super::error::AuditError;
use super::store::{audits as store, verdicts};
use crate::app::App;
use crate::db::Tx;
use crate::thread::id::AccountId;

/// Finishes an audit. From then on its draw, tests and findings are never changed, and management answers.
///
/// # Errors
/// `Unfinished` while a test is open, `NotSo` when it is over, or when the database refuses.
pub async fn finish(
    app: &App,
    tx: &mut Tx,
    id: AuditId,
    by: AccountId,
    assurance: Assurance,
    conclusion: &str,
) -> Result<(), AuditError> {
    if !store::take_turn(tx, id).await? {
        return Err(AuditError::NotSo);
    }
    let (items, tests) = (store::list_items(tx, id).await?, verdicts::list(tx, id).await?);
    match open_tests(&items, &tests) {
        0 => Ok(store::finish(tx, id, assurance, conclusion, by, app.clock.now()).await?),
        open => Err(AuditError::Unfinished(open)),
    }
}

/// Takes an audit back that is under way, such as one with too small a sample. It stays on record, and the year can be audited anew.
///
/// # Errors
/// `NotSo` when it is over, or when the database refuses.
pub async fn take_back(app: &App, tx: &mut Tx, id: AuditId, reason: &str) -> Result<(), AuditError> {
    if !store::take_turn(tx, id).await? {
        return Err(AuditError::NotSo);
    }
    Ok(store::take_back(tx, id, reason, app.clock.now()).await?)
}
