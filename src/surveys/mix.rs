//! When answers are mixed, so that they cannot be told apart by when they came: once enough are new, always when nobody
//! can answer any more, and before every backup.
//!
//! What this does not do: answers that came since the last mixing lie in their order until the next one, and whoever holds
//! two copies of the database learns which answers came between them.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::clock;
use crate::db::{self, Db, Tx, guard};
use crate::jobs::JobError;
use crate::questionnaires::mix::mix as mix_responses;
use crate::random::Random;
use crate::surveys::photos;
use crate::surveys::store::ledger::{self, Unmixed};
use crate::surveys::survey::GRACE;

/// The fewest answers among which each is hidden.
pub const FEWEST: i64 = 10;
/// A large survey waits until one answer in so many is new: each mixing writes all of them.
const ONE_IN: i64 = 50;

impl Unmixed {
    /// How many answers came since the last mixing.
    #[must_use]
    pub const fn fresh(&self) -> i64 {
        self.responses - self.mixed
    }

    /// Whether its answers are to be mixed now.
    #[must_use]
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        now >= self.closes_at + GRACE || self.fresh() >= FEWEST.max(self.responses / ONE_IN)
    }
}

/// Mixes the answers of a survey, and with them the list of who used a personal link. False when another was quicker.
///
/// # Errors
/// When the database refuses; the transaction must then be dropped, and everything is as it was.
pub async fn mix(tx: &mut Tx, random: &Random, of: &Unmixed, now: DateTime<Utc>) -> Result<bool, db::Error> {
    // First of all, as whoever sends answers does: so that neither holds what the other waits for.
    ledger::forget_sent_drafts(tx, of.survey_id, of.version_id).await?;
    if !mix_responses(tx, random, of.version_id).await? {
        return Ok(false);
    }
    ledger::rewrite_spent(tx, of.survey_id, clock::london_day(now)).await?;
    photos::store::rewrite(tx, of.version_id).await?;
    Ok(true)
}

/// Mixes the surveys that are chosen out of those with new answers, each in a transaction of its own, and gives them.
///
/// # Errors
/// When the database refuses; what was mixed before stays so.
pub async fn mix_those(
    db: &Db,
    random: &Random,
    now: DateTime<Utc>,
    chosen: impl Fn(&Unmixed) -> bool,
) -> Result<Vec<Unmixed>, db::Error> {
    let mut waiting = ledger::list_unmixed(&mut db.read().await?).await?;
    waiting.retain(chosen);
    let mut done = Vec::new();
    for of in waiting {
        let mut tx = db.write().await?;
        if mix(&mut tx, random, &of, now).await? {
            tx.commit().await?;
            done.push(of);
        }
    }
    if !done.is_empty() {
        guard::flush_erasure(db).await?;
        guard::vacuum(db, ledger::VACUUM).await?;
    }
    Ok(done)
}

/// Mixes the answers of every survey that is due.
pub fn mix_due(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let now = app.clock.now();
        mix_those(&app.db, &app.random, now, |of| of.is_due(now)).await?;
        Ok(())
    })
}

#[cfg(test)]
#[path = "mix_tests.rs"]
mod tests;
