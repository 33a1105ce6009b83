//! Files of answers that nobody decided about: after a week their bytes are gone.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use crate::app::App;
use crate::jobs::JobError;
use crate::surveys::files::intake::store;

/// How long a file waits for its decision.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(7);

/// What stands in the list then.
const OUTCOME: &str = "Thrown away after a week, as nobody brought it in";

/// Lets the bytes of files go that have waited for a week.
pub fn forget_waiting(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let now = app.clock.now();
        let mut tx = app.db.read().await?;
        if store::count_waiting_before(&mut tx, now - KEPT_FOR).await? == 0 {
            return Ok(());
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        store::discard_before(&mut tx, now - KEPT_FOR, OUTCOME, now).await?;
        Ok(tx.commit().await?)
    })
}
