//! Draining the queue: claim, run, forget; back off from a minute to an hour, and after 72 hours show the failure.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;

use super::store::{self, Claimed};
use super::{Handlers, JobError, Sweep};
use crate::app::App;
use crate::db;

/// How long a node may work on a job or a letter before another takes it over.
pub const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long a failing job or letter is tried before it is shown as failed.
pub const GIVE_UP_AFTER: TimeDelta = TimeDelta::hours(72);

/// How long to wait after the given number of tries: 1, 2, 4 … minutes, at most an hour.
#[must_use]
pub fn wait_after(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 7) - 1).unwrap_or(0);
    TimeDelta::minutes(i64::from(2_u32.pow(doublings)).min(60))
}

/// Runs every job that is due now, one after another. Returns how many were run.
///
/// # Errors
/// When the database refuses; a job's own failure is kept with the job.
pub async fn run_due(app: &App, handlers: &Handlers) -> Result<usize, db::Error> {
    let mut ran = 0;
    while let Some(job) = claim(app).await? {
        run_one(app, handlers, job).await?;
        ran += 1;
    }
    Ok(ran)
}

/// Runs every sweep once; one that fails is logged and tried again at the next turn.
pub async fn sweep(app: &App, sweeps: &[(&'static str, Sweep)]) {
    for (name, work) in sweeps {
        match AssertUnwindSafe(work(app.clone())).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(JobError::Retry(error) | JobError::Fail(error))) => {
                tracing::warn!(sweep = name, %error, "sweep {name} failed");
            }
            Err(_) => tracing::error!(sweep = name, "sweep {name} panicked"),
        }
    }
}

async fn claim(app: &App) -> Result<Option<Claimed>, db::Error> {
    let now = app.clock.now();
    // A look before the leap: an idle node must not take SQLite's write lock every second.
    let mut tx = app.db.read().await?;
    if store::count_due(&mut tx, now).await? == 0 {
        return Ok(None);
    }
    drop(tx);
    let mut tx = app.db.write().await?;
    let job = store::claim(&mut tx, now, now + LEASE).await?;
    tx.commit().await?;
    Ok(job)
}

async fn run_one(app: &App, handlers: &Handlers, job: Claimed) -> Result<(), db::Error> {
    let outcome = match handlers.get(job.kind.as_str()) {
        None => Err(JobError::Fail("no work is known for this kind of job".into())),
        Some(work) => match AssertUnwindSafe(work(app.clone(), job.payload.clone())).catch_unwind().await {
            Ok(outcome) => outcome,
            Err(_) => Err(JobError::Retry("the job panicked".into())),
        },
    };
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    match outcome {
        Ok(()) => store::delete(&mut tx, job.job_id).await?,
        Err(JobError::Retry(error)) if can_wait(job.created_at, now) => {
            tracing::warn!(job = job.job_id, kind = job.kind, %error, "job {} will be tried again", job.job_id);
            store::postpone(&mut tx, job.job_id, now + wait_after(job.attempts), &error).await?;
        }
        Err(JobError::Retry(error) | JobError::Fail(error)) => {
            tracing::error!(job = job.job_id, kind = job.kind, %error, "job {} failed for good", job.job_id);
            store::mark_failed(&mut tx, job.job_id, now, &error).await?;
        }
    }
    tx.commit().await
}

/// Whether something first due at `since` may still be tried again.
#[must_use]
pub fn can_wait(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - since < GIVE_UP_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::jobs::{Fact, announce};
    use crate::testing::app_on;
    use crate::thread::id::StandardId;

    #[test]
    fn waits_double_from_a_minute_to_an_hour() {
        let minutes: Vec<i64> = (1..=9).map(|attempt| wait_after(attempt).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    db_test!(r19_a_job_that_panics_is_tried_again_and_a_repeat_announcement_leaves_one_job, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        for _ in 0..3 {
            announce(&mut tx, app.clock.now(), Fact::ResultsChanged(StandardId(1))).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut broken = Handlers::new();
        broken.insert("results_changed", |_, _| Box::pin(async { panic!("a fault of the test's making") }));
        assert_eq!(run_due(&app, &broken).await.unwrap(), 1);
        assert_eq!(run_due(&app, &broken).await.unwrap(), 0);
        app.clock.advance(TimeDelta::minutes(2));
        let mut sound = Handlers::new();
        sound.insert("results_changed", |_, payload| Box::pin(async move {
            assert_eq!(payload, "1");
            Ok(())
        }));
        assert_eq!(run_due(&app, &sound).await.unwrap(), 1);
        app.clock.advance(TimeDelta::hours(80));
        assert_eq!(run_due(&app, &sound).await.unwrap(), 0);
    });

    db_test!(a_job_that_keeps_failing_is_tried_for_72_hours_and_then_kept_as_failed, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        announce(&mut tx, app.clock.now(), Fact::ResultsChanged(StandardId(1))).await.unwrap();
        tx.commit().await.unwrap();
        let mut failing = Handlers::new();
        failing.insert("results_changed", |_, _| Box::pin(async { Err(JobError::Retry("out of reach".into())) }));
        let mut tries = 0;
        while app.clock.now() - crate::testing::noon() < TimeDelta::hours(71) {
            assert_eq!(run_due(&app, &failing).await.unwrap(), 1);
            tries += 1;
            app.clock.advance(wait_after(tries));
        }
        app.clock.advance(TimeDelta::hours(2));
        assert_eq!(run_due(&app, &failing).await.unwrap(), 1);
        app.clock.advance(TimeDelta::hours(2));
        assert_eq!(run_due(&app, &failing).await.unwrap(), 0);
    });
}
