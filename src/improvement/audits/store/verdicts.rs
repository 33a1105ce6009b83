//! The tests of an audit, and what its auditors said of files. Rows are only added.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::audits::audit::{AuditId, ItemId, NewTest, Test};
use crate::on;
use crate::thread::id::AccountId;

pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    item: ItemId,
    new: &NewTest,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_audit_tests (item_id, head, verdict, words, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6)";
    on!(tx, c => sqlx::query(SQL)
        .bind(item).bind(new.head.code()).bind(new.verdict.code()).bind(&new.words).bind(by).bind(at)
        .execute(c).await.map(|_| ())?);
    Ok(())
}

/// Every test of an audit, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, audit: AuditId) -> Result<Vec<Test>, db::Error> {
    const SQL: &str = "SELECT t.item_id, t.head, t.verdict, t.words, t.written_by, t.written_at FROM improvement_audit_tests t \
        JOIN improvement_audit_items i ON i.item_id = t.item_id WHERE i.audit_id = $1 ORDER BY t.test_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(audit).fetch_all(c).await?))
}

/// What an auditor said of a file: its key, and whether it names no member of the public.
///
/// # Errors
/// When the database refuses.
pub async fn list_files(tx: &mut Tx, audit: AuditId) -> Result<Vec<(String, bool)>, db::Error> {
    const SQL: &str = "SELECT file_id, names_nobody FROM improvement_audit_files WHERE audit_id = $1 ORDER BY said_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(audit).fetch_all(c).await?))
}

pub(in crate::improvement) async fn insert_file(
    tx: &mut Tx,
    audit: AuditId,
    file: &str,
    names_nobody: bool,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_audit_files (audit_id, file_id, names_nobody, said_by, said_at) VALUES ($1, $2, $3, $4, $5)";
    on!(tx, c => sqlx::query(SQL).bind(audit).bind(file).bind(names_nobody).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}
