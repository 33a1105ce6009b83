//! The SQL of the audit log.

use super::Entry;
use crate::db::{self, Tx};
use crate::on;

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

const LIST_BEFORE: &str = "SELECT * FROM audit_entries WHERE number < $1 ORDER BY number DESC LIMIT $2";

/// The newest entries below a number, newest first, for the page of the log.
///
/// # Errors
/// When the database refuses.
pub async fn list_before(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<Entry>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST_BEFORE).bind(before).bind(limit).fetch_all(c).await?))
}
