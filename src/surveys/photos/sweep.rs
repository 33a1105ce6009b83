//! Erasing the photos that nothing holds any more: of drafts that lapsed or were thrown away, and of questions that were not
//! asked in the end.

use futures::future::BoxFuture;

use crate::app::App;
use crate::db::guard;
use crate::files;
use crate::jobs::JobError;
use crate::surveys::photos::store;

/// How many are erased at once.
const AT_ONCE: i64 = 500;

/// Forgets them and erases their bytes.
pub fn forget_orphans(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let gone = store::list_orphans(&mut app.db.read().await?, AT_ONCE).await?;
        if gone.is_empty() {
            return Ok(());
        }
        let mut tx = app.db.write().await?;
        for file in &gone {
            store::forget(&mut tx, file).await?;
            files::forget(&mut tx, file).await?;
        }
        tx.commit().await?;
        for file in &gone {
            files::erase(&app, file).await;
        }
        guard::flush_erasure(&app.db).await?;
        Ok(())
    })
}
