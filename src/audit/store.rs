//! The SQL of the audit log.

use chrono::{DateTime, Utc};

use super::Entry;
use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::AccountId;

const TAKE_NUMBER: &str = "UPDATE audit_head SET number = number + 1 WHERE audit_head_id = 1 RETURNING number, hash";

pub(super) async fn take_number(tx: &mut Tx) -> Result<(i64, String), db::Error> {
    Ok(on!(tx, c => sqlx::query_as(TAKE_NUMBER).fetch_one(c).await?))
}

const INSERT: &str = "INSERT INTO audit_entries (number, recorded_at, account_id, role, action, object, detail, previous_hash, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

pub(super) async fn insert(tx: &mut Tx, entry: &Entry) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT)
        .bind(entry.number).bind(entry.recorded_at).bind(entry.account_id).bind(&entry.role).bind(&entry.action)
        .bind(&entry.object).bind(&entry.detail).bind(&entry.previous_hash).bind(&entry.hash)
        .execute(c).await.map(|_| ())?);
    on!(tx, c => sqlx::query("UPDATE audit_head SET hash = $1 WHERE audit_head_id = 1").bind(&entry.hash).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn head(tx: &mut Tx) -> Result<(i64, String), db::Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT number, hash FROM audit_head WHERE audit_head_id = 1").fetch_one(c).await?))
}

const LIST_AFTER: &str = "SELECT * FROM audit_entries WHERE number > $1 ORDER BY number LIMIT $2";

pub(super) async fn list_after(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Entry>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST_AFTER).bind(after).bind(limit).fetch_all(c).await?))
}

/// Which entries a reader asks for; all of them where nothing is asked.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Only those below this number: the page after the one that ended there.
    pub before: Option<i64>,
    pub account: Option<AccountId>,
    /// Only what the program itself did.
    pub by_program: bool,
    /// What was done, in the log's own words.
    pub action: Option<String>,
    pub from: Option<DateTime<Utc>>,
    /// The first instant that is too late.
    pub until: Option<DateTime<Utc>>,
}

const LIST: &str = "SELECT * FROM audit_entries WHERE ($1 IS NULL OR number < $1) AND ($2 IS NULL OR account_id = $2) \
    AND (NOT $3 OR account_id IS NULL) AND ($4 IS NULL OR action = $4) AND ($5 IS NULL OR recorded_at >= $5) \
    AND ($6 IS NULL OR recorded_at < $6) ORDER BY number DESC LIMIT $7";

/// The newest entries of those asked for, newest first, for the page of the log.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, sought: &Sought, limit: i64) -> Result<Vec<Entry>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST)
        .bind(sought.before).bind(sought.account).bind(sought.by_program).bind(&sought.action).bind(sought.from)
        .bind(sought.until).bind(limit)
        .fetch_all(c).await?))
}

/// Everything that was ever done, each once, in the log's own words.
///
/// # Errors
/// When the database refuses.
pub async fn list_actions(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT DISTINCT action FROM audit_entries ORDER BY action").fetch_all(c).await?),
    )
}
