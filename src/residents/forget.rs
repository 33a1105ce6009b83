//! Erasing how to reach somebody, when they ask; and lists that nobody decided on.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::db::{self, Tx, guard};
use crate::jobs::JobError;
use crate::residents::store::{households, lists};
use crate::thread::id::HouseholdId;

/// How long a list waits for somebody's decision.
pub const LIST_WAITS: TimeDelta = TimeDelta::days(7);

/// Empties name, addresses and numbers of a home. Its reference stays, so that no later list brings them back and nobody
/// is asked there. False when they were erased before.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &mut Tx, id: HouseholdId, now: DateTime<Utc>) -> Result<bool, db::Error> {
    households::erase(tx, id, "They asked us to erase their details", now).await
}

/// How many homes are reached under an e-mail address.
///
/// # Errors
/// When the database refuses.
pub async fn count_of_email(tx: &mut Tx, email: &str) -> Result<usize, db::Error> {
    Ok(households::ids_of_email(tx, email).await?.len())
}

/// Erases the details of every home that is reached under an e-mail address.
///
/// # Errors
/// When the database refuses.
pub async fn erase_of_email(tx: &mut Tx, email: &str, now: DateTime<Utc>) -> Result<(), db::Error> {
    for id in households::ids_of_email(tx, email).await? {
        erase(tx, id, now).await?;
    }
    Ok(())
}

/// Lets go of lists that nobody decided on within a week.
pub fn forget_old_lists(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let now = app.clock.now();
        let mut tx = app.db.read().await?;
        if lists::count_waiting_since(&mut tx, now - LIST_WAITS).await? == 0 {
            return Ok(());
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        lists::discard_waiting_since(&mut tx, now - LIST_WAITS, now).await?;
        tx.commit().await?;
        guard::flush_erasure(&app.db).await?;
        Ok(())
    })
}
