//! Work that follows from answers: telling who measures by them, and forgetting what was never sent.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::db::{self, Tx};
use crate::jobs::{self, Fact, JobError};
use crate::questionnaires::store as responses;
use crate::surveys::draft::KEPT_FOR;
use crate::surveys::store;
use crate::thread::id::StandardId;

/// The kind of job that announces new counts.
pub const COUNTS_CHANGED: &str = "survey_counts_changed";

/// Notes that a version has a new response. However many arrive, one job waits.
///
/// # Errors
/// When the database refuses.
pub async fn counts_changed(tx: &mut Tx, version_id: i64, now: DateTime<Utc>) -> Result<(), db::Error> {
    let key = format!("{COUNTS_CHANGED}:{version_id}");
    jobs::enqueue(tx, now, COUNTS_CHANGED, &version_id.to_string(), Some(&key)).await
}

/// Announces, for each standard the version's questions measure, that its results changed.
pub fn announce(app: App, payload: String) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let id: i64 = payload.parse().map_err(|_| JobError::Fail("no version is named".into()))?;
        let mut tx = app.db.write().await?;
        let version = responses::find_version(&mut tx, id).await?;
        let version = version.ok_or_else(|| JobError::Fail("the version is gone".into()))?;
        // While a survey is open its last few answers are not counted: they are once it has ended.
        if let Some(asked) = store::find_by_version(&mut tx, id).await?
            && !asked.survey.is_settled(app.clock.now())
        {
            let key = format!("{COUNTS_CHANGED}:{id}:ended");
            jobs::enqueue(&mut tx, asked.survey.last_sending(), COUNTS_CHANGED, &payload, Some(&key)).await?;
        }
        let mut standards: Vec<i64> = version.questionnaire.questions().iter().filter_map(|q| q.measures).collect();
        standards.sort_unstable();
        standards.dedup();
        for standard in standards {
            let fact = Fact::ResultsChanged(StandardId(standard));
            jobs::announce(&mut tx, app.clock.now(), fact).await?;
        }
        Ok(tx.commit().await?)
    })
}

/// Forgets drafts that nobody has touched for a month.
pub fn forget_old_drafts(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let before = app.clock.now() - KEPT_FOR;
        let mut tx = app.db.read().await?;
        if store::count_drafts_before(&mut tx, before).await? == 0 {
            return Ok(());
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        store::delete_drafts_before(&mut tx, before).await?;
        Ok(tx.commit().await?)
    })
}
