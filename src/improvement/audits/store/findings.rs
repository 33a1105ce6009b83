//! Findings of audits, the answers to them, and the actions they became.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::audits::audit::AuditId;
use crate::improvement::audits::finding::{Became, Finding, NewFinding, NewResponse, Response, Whole};
use crate::improvement::audits::store::follow_ups;
use crate::on;
use crate::thread::id::{AccountId, ActionId, AuditFindingId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT finding_id, audit_id, number, weight, item_id, found, recommendation, written_by, written_at, struck_at, struck_reason \
             FROM improvement_audit_findings ",
            $rest
        )
    };
}

/// The findings of an audit in their order.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, audit: AuditId) -> Result<Vec<Finding>, db::Error> {
    const SQL: &str = select!("WHERE audit_id = $1 ORDER BY number");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(audit).fetch_all(c).await?))
}

/// A finding by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: AuditFindingId) -> Result<Option<Finding>, db::Error> {
    const SQL: &str = select!("WHERE finding_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// A finding with all that came of it.
///
/// # Errors
/// When the database refuses.
pub async fn whole(tx: &mut Tx, finding: Finding) -> Result<Whole, db::Error> {
    let id = finding.id;
    Ok(Whole {
        finding,
        response: response(tx, id).await?,
        became: became(tx, id).await?,
        follow_ups: follow_ups::list(tx, id).await?,
    })
}

/// The findings of an audit with all that came of them, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn list_whole(tx: &mut Tx, audit: AuditId) -> Result<Vec<Whole>, db::Error> {
    let mut all = Vec::new();
    for finding in list(tx, audit).await? {
        all.push(whole(tx, finding).await?);
    }
    Ok(all)
}

const INSERT: &str = "INSERT INTO improvement_audit_findings (audit_id, number, weight, item_id, found, recommendation, written_by, written_at, struck_reason) \
    SELECT $1, (SELECT COALESCE(MAX(number), 0) + 1 FROM improvement_audit_findings earlier WHERE earlier.audit_id = $1), $2, $3, $4, $5, $6, $7, '' \
    RETURNING finding_id";

/// Writes a finding of an audit whose turn was taken.
pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    audit: AuditId,
    new: &NewFinding,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<AuditFindingId, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(audit).bind(new.weight.code()).bind(new.item).bind(&new.found).bind(&new.recommendation).bind(by).bind(at)
        .fetch_one(c).await?))
}

/// Strikes a finding out; false when it is already.
pub(in crate::improvement) async fn strike_out(
    tx: &mut Tx,
    id: AuditFindingId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE improvement_audit_findings SET struck_at = $2, struck_reason = $3 WHERE finding_id = $1 AND struck_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(at).bind(reason).execute(c).await?.rows_affected()) == 1)
}

/// What management answered to a finding.
///
/// # Errors
/// When the database refuses.
pub async fn response(tx: &mut Tx, id: AuditFindingId) -> Result<Option<Response>, db::Error> {
    const SQL: &str = "SELECT finding_id, is_agreed, words, owner_id, due_on, written_by, written_at FROM improvement_audit_responses WHERE finding_id = $1";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// Answers a finding. `Conflict("improvement_audit_responses_finding_id_key")` when it is answered.
pub(in crate::improvement) async fn insert_response(
    tx: &mut Tx,
    id: AuditFindingId,
    new: &NewResponse,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_audit_responses (finding_id, is_agreed, words, owner_id, due_on, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on!(tx, c => sqlx::query(SQL)
        .bind(id).bind(new.is_agreed).bind(&new.words).bind(new.owner).bind(new.due_on).bind(by).bind(at)
        .execute(c).await.map(|_| ())?);
    Ok(())
}

/// The action that a recommendation became.
///
/// # Errors
/// When the database refuses.
pub async fn became(tx: &mut Tx, id: AuditFindingId) -> Result<Option<Became>, db::Error> {
    const SQL: &str =
        "SELECT finding_id, action_id, made_by, made_at FROM improvement_audit_actions WHERE finding_id = $1";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// Keeps which action a recommendation became. `Conflict("improvement_audit_actions_finding_id_key")` when it has one.
pub(in crate::improvement) async fn insert_action(
    tx: &mut Tx,
    id: AuditFindingId,
    action: ActionId,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str =
        "INSERT INTO improvement_audit_actions (finding_id, action_id, made_by, made_at) VALUES ($1, $2, $3, $4)";
    on!(tx, c => sqlx::query(SQL).bind(id).bind(action).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}
