//! Evidence that an action was done.

use chrono::NaiveDate;

use super::Written;
use crate::db::{self, Tx, one_row};
use crate::on;
use crate::plans::action::ActionId;

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Evidence {
    pub evidence_id: i64,
    pub action_id: ActionId,
    /// `file`, `link` or `record`.
    pub kind: String,
    pub title: String,
    /// For a link its address, for a record its path in Doorstep; else empty.
    pub address: String,
    pub file_id: Option<String>,
    /// Whether residents see the title.
    pub is_public: bool,
    pub said_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawn_reason: String,
}

const LIST: &str = "SELECT evidence_id, action_id, kind, title, address, file_id, is_public, said_on, withdrawn_on, withdrawn_reason FROM plan_evidence WHERE action_id = $1 ORDER BY evidence_id";

/// The evidence of an action, oldest first, withdrawn pieces among it.
///
/// # Errors
/// When the database refuses.
pub async fn list_evidence(tx: &mut Tx, action: ActionId) -> Result<Vec<Evidence>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(action).fetch_all(c).await?))
}

const FIND: &str = "SELECT evidence_id, action_id, kind, title, address, file_id, is_public, said_on, withdrawn_on, withdrawn_reason FROM plan_evidence WHERE evidence_id = $1";

/// A piece of evidence by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_evidence(tx: &mut Tx, id: i64) -> Result<Option<Evidence>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?))
}

const INSERT: &str = "INSERT INTO plan_evidence (action_id, kind, title, address, file_id, is_public, said_on, recorded_at, account_id, withdrawn_reason) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') RETURNING evidence_id";

/// Adds a piece of evidence; the key within is ignored.
///
/// # Errors
/// When the database refuses.
pub async fn insert_evidence(tx: &mut Tx, evidence: &Evidence, written: Written) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(evidence.action_id).bind(&evidence.kind).bind(&evidence.title).bind(&evidence.address)
        .bind(&evidence.file_id).bind(evidence.is_public).bind(evidence.said_on).bind(written.at).bind(written.by).fetch_one(c).await?),
    )
}

/// Withdraws a piece of evidence that still stands.
///
/// # Errors
/// When it does not stand any more or the database refuses.
pub async fn withdraw_evidence(tx: &mut Tx, id: i64, on: NaiveDate, reason: &str) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query("UPDATE plan_evidence SET withdrawn_on = $2, withdrawn_reason = $3 WHERE evidence_id = $1 AND withdrawn_on IS NULL").bind(id).bind(on).bind(reason).execute(c).await?.rows_affected()),
    )
}
