//! Looks back at recommendations. Rows are only added.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::audits::finding::{FollowUp, NewFollowUp};
use crate::on;
use crate::thread::id::{AccountId, AuditFindingId};

/// Every look at a recommendation, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, finding: AuditFindingId) -> Result<Vec<FollowUp>, db::Error> {
    const SQL: &str = "SELECT * FROM improvement_audit_follow_ups WHERE finding_id = $1 ORDER BY follow_up_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(finding).fetch_all(c).await?))
}

/// A look by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<FollowUp>, db::Error> {
    const SQL: &str = "SELECT * FROM improvement_audit_follow_ups WHERE follow_up_id = $1";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    finding: AuditFindingId,
    new: &NewFollowUp,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_audit_follow_ups (finding_id, standing, words, address, file_id, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on!(tx, c => sqlx::query(SQL)
        .bind(finding).bind(new.progress.code()).bind(&new.words).bind(&new.address).bind(&new.file).bind(by).bind(at)
        .execute(c).await.map(|_| ())?);
    Ok(())
}
