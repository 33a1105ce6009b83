//! Slow or outward work: a row written in the transaction of the event that caused it, drained by the same program.

pub mod runner;
pub mod store;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::StandardId;

/// Something that happened which another context may want to act on. `subscriptions.rs` says who does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Results that count towards a standard changed: an answer, an accepted return or a typed figure.
    ResultsChanged(StandardId),
}

impl Fact {
    fn job(self) -> (&'static str, String) {
        match self {
            Self::ResultsChanged(id) => ("results_changed", id.to_string()),
        }
    }
}

/// Why a job did not finish.
#[derive(Debug)]
pub enum JobError {
    /// Worth trying again later.
    Retry(String),
    /// Will never succeed.
    Fail(String),
}

impl From<db::Error> for JobError {
    fn from(error: db::Error) -> Self {
        Self::Retry(error.to_string())
    }
}

/// A job's work. Jobs are idempotent: a job may run twice.
pub type Handler = fn(App, String) -> BoxFuture<'static, Result<(), JobError>>;

/// Which work each kind of job does.
pub type Handlers = HashMap<&'static str, Handler>;

/// Work done again and again whether or not anything happened, such as letting an offered place lapse.
pub type Sweep = fn(App) -> BoxFuture<'static, Result<(), JobError>>;

/// Announces a fact in the transaction that made it true. Many announcements leave one waiting job.
///
/// # Errors
/// When the database refuses.
pub async fn announce(tx: &mut Tx, at: DateTime<Utc>, fact: Fact) -> Result<(), db::Error> {
    let (kind, payload) = fact.job();
    let waiting_key = format!("{kind}:{payload}");
    enqueue(tx, at, kind, &payload, Some(&waiting_key)).await
}

/// Adds a job to be run at or after an instant; one already waiting under the same key stands for both.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(
    tx: &mut Tx,
    at: DateTime<Utc>,
    kind: &'static str,
    payload: &str,
    waiting_key: Option<&str>,
) -> Result<(), db::Error> {
    store::insert(tx, kind, payload, waiting_key, at).await
}
