//! Authors of a version, and who approved it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::standards::standard::Approval;
use crate::thread::id::{AccountId, StandardVersionId};

/// Notes that a person wrote in a version.
pub(in crate::standards) async fn add_author(
    tx: &mut Tx,
    version: StandardVersionId,
    author: AccountId,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO standard_authors (standard_version_id, account_id) VALUES ($1, $2) ON CONFLICT (standard_version_id, account_id) DO NOTHING";
    on!(tx, c => sqlx::query(SQL).bind(version).bind(author).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The names of everybody who wrote in a version.
///
/// # Errors
/// When the database refuses.
pub async fn list_authors(tx: &mut Tx, version: StandardVersionId) -> Result<Vec<(AccountId, String)>, db::Error> {
    const SQL: &str = "SELECT p.account_id, p.name FROM standard_authors AS w JOIN accounts AS p ON p.account_id = w.account_id \
        WHERE w.standard_version_id = $1 ORDER BY w.standard_author_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(version).fetch_all(c).await?))
}

const APPROVE: &str = "INSERT INTO standard_approvals (standard_version_id, account_id, is_waiver, body, approved_on, note, recorded_at) \
    SELECT v.standard_version_id, $2, $3, $4, $5, $6, $7 FROM standard_versions AS v WHERE v.standard_version_id = $1 AND v.published_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM standard_authors AS w WHERE w.standard_version_id = $1 AND w.account_id = $2)";

/// Records an approval; false when the person wrote in the version, or it was published meanwhile.
pub(in crate::standards) async fn approve(
    tx: &mut Tx,
    version: StandardVersionId,
    by: AccountId,
    body: &str,
    on_day: NaiveDate,
    note: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query(APPROVE).bind(version).bind(by).bind(false).bind(body).bind(on_day).bind(note).bind(at).execute(c).await?.rows_affected())
            == 1,
    )
}

const WAIVE: &str = "INSERT INTO standard_approvals (standard_version_id, account_id, is_waiver, body, approved_on, note, recorded_at) \
    SELECT v.standard_version_id, $2, $3, '', $4, $5, $6 FROM standard_versions AS v WHERE v.standard_version_id = $1 AND v.published_at IS NULL";

/// Records why a version needs no approval; false when it was published meanwhile.
pub(in crate::standards) async fn waive(
    tx: &mut Tx,
    version: StandardVersionId,
    by: AccountId,
    on_day: NaiveDate,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query(WAIVE).bind(version).bind(by).bind(true).bind(on_day).bind(reason).bind(at).execute(c).await?.rows_affected())
            == 1,
    )
}

/// Ends the approvals of a version whose wording changed; the rows stay.
pub(in crate::standards) async fn end_approvals(
    tx: &mut Tx,
    version: StandardVersionId,
    at: DateTime<Utc>,
) -> Result<u64, db::Error> {
    const SQL: &str = "UPDATE standard_approvals SET ended_at = $2 WHERE standard_version_id = $1 AND ended_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(version).bind(at).execute(c).await?.rows_affected()))
}

/// The approvals of a version that still hold.
///
/// # Errors
/// When the database refuses.
pub async fn list_approvals(tx: &mut Tx, version: StandardVersionId) -> Result<Vec<Approval>, db::Error> {
    const SQL: &str = "SELECT a.is_waiver, a.body, a.approved_on, a.note, a.recorded_at, p.name AS recorded_by FROM standard_approvals AS a \
        JOIN accounts AS p ON p.account_id = a.account_id WHERE a.standard_version_id = $1 AND a.ended_at IS NULL ORDER BY a.standard_approval_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(version).fetch_all(c).await?))
}
