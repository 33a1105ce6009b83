//! The SQL of the job queue.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;

/// A job as it is claimed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Claimed {
    pub job_id: i64,
    pub kind: String,
    pub payload: String,
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
}

const INSERT: &str = "INSERT INTO jobs (kind, payload, waiting_key, run_at, attempts, last_error, created_at) VALUES ($1, $2, $3, $4, 0, '', $4) \
    ON CONFLICT (waiting_key) DO NOTHING";

pub(super) async fn insert(
    tx: &mut Tx,
    kind: &str,
    payload: &str,
    waiting_key: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT).bind(kind).bind(payload).bind(waiting_key).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

const CLAIM_SQLITE: &str = "UPDATE jobs SET leased_until = $2, attempts = attempts + 1, waiting_key = NULL WHERE job_id = (\
    SELECT job_id FROM jobs WHERE failed_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until < $1) ORDER BY run_at, job_id LIMIT 1) \
    RETURNING job_id, kind, payload, attempts, created_at";
const CLAIM_POSTGRES: &str = "UPDATE jobs SET leased_until = $2, attempts = attempts + 1, waiting_key = NULL WHERE job_id = (\
    SELECT job_id FROM jobs WHERE failed_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until < $1) ORDER BY run_at, job_id LIMIT 1 FOR UPDATE SKIP LOCKED) \
    RETURNING job_id, kind, payload, attempts, created_at";

/// Takes the next due job under a lease, so that no other node runs it meanwhile.
pub(super) async fn claim(
    tx: &mut Tx,
    now: DateTime<Utc>,
    leased_until: DateTime<Utc>,
) -> Result<Option<Claimed>, db::Error> {
    let sql = tx.pick(CLAIM_SQLITE, CLAIM_POSTGRES);
    Ok(on!(tx, c => sqlx::query_as(sql).bind(now).bind(leased_until).fetch_optional(c).await?))
}

const ANY_DUE: &str = "SELECT COUNT(*) FROM jobs WHERE failed_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until < $1)";

pub(super) async fn count_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<i64, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(ANY_DUE).bind(now).fetch_one(c).await?))
}

pub(super) async fn delete(tx: &mut Tx, job_id: i64) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM jobs WHERE job_id = $1").bind(job_id).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn postpone(tx: &mut Tx, job_id: i64, until: DateTime<Utc>, error: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE jobs SET leased_until = NULL, run_at = $2, last_error = $3 WHERE job_id = $1")
        .bind(job_id).bind(until).bind(error).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn mark_failed(tx: &mut Tx, job_id: i64, at: DateTime<Utc>, error: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE jobs SET leased_until = NULL, failed_at = $2, last_error = $3 WHERE job_id = $1")
        .bind(job_id).bind(at).bind(error).execute(c).await.map(|_| ())?);
    Ok(())
}

/// How many jobs are about this and nothing else: an address for which a link was asked.
///
/// # Errors
/// When the database refuses.
pub async fn count_of(tx: &mut Tx, payload: &str) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM jobs WHERE LOWER(TRIM(payload)) = $1";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(payload).fetch_one(c).await?))
}

/// Forgets the jobs that are about this and nothing else.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, payload: &str) -> Result<(), db::Error> {
    const FORGET: &str = "DELETE FROM jobs WHERE LOWER(TRIM(payload)) = $1";
    on!(tx, c => sqlx::query(FORGET).bind(payload).execute(c).await.map(|_| ())?);
    Ok(())
}
