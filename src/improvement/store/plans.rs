//! Plans and their versions.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::improvement::plan::{Plan, PlanId, Version};
use crate::on;
use crate::thread::id::AccountId;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.plan_id, p.account_id, p.starts_on, p.versions, p.closed_at, p.closed_reason, r.reviewed_at FROM improvement_plans p \
             JOIN (SELECT plan_id, MAX(written_at) AS reviewed_at FROM improvement_plan_versions WHERE is_review GROUP BY plan_id) r ON r.plan_id = p.plan_id ",
            $rest
        )
    };
}

/// Every plan, live ones first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Plan>, db::Error> {
    const SQL: &str = select!("ORDER BY CASE WHEN p.closed_at IS NULL THEN 0 ELSE 1 END, p.plan_id DESC");
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// A plan by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: PlanId) -> Result<Option<Plan>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(select!("WHERE p.plan_id = $1")).bind(id).fetch_optional(c).await?))
}

/// The live plan of a person.
///
/// # Errors
/// When the database refuses.
pub async fn live_of(tx: &mut Tx, owner: AccountId) -> Result<Option<Plan>, db::Error> {
    const SQL: &str = select!("WHERE p.account_id = $1 AND p.closed_at IS NULL");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(owner).fetch_optional(c).await?))
}

/// Opens a plan, without a version yet.
pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    owner: AccountId,
    starts_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<PlanId, db::Error> {
    const SQL: &str = "INSERT INTO improvement_plans (account_id, starts_on, versions, opened_at, closed_reason) VALUES ($1, $2, 0, $3, '') RETURNING plan_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(owner).bind(starts_on).bind(at).fetch_one(c).await?))
}

/// Takes the number of the next version of a live plan, and with it the turn to write until the transaction ends; none when the plan is closed.
pub(in crate::improvement) async fn take_number(tx: &mut Tx, id: PlanId) -> Result<Option<i64>, db::Error> {
    const SQL: &str = "UPDATE improvement_plans SET versions = versions + 1 WHERE plan_id = $1 AND closed_at IS NULL RETURNING versions";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(id).fetch_optional(c).await?))
}

/// Waits until nobody else changes a plan or its activities; the turn lasts as long as the transaction.
pub(in crate::improvement) async fn take_turn(tx: &mut Tx, id: PlanId) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE improvement_plans SET versions = versions WHERE plan_id = $1";
    db::one_row(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()))
}

/// Writes a version of a plan; gives its key.
pub(in crate::improvement) async fn insert_version(
    tx: &mut Tx,
    plan: PlanId,
    number: i64,
    is_review: bool,
    words: &str,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<i64, db::Error> {
    const SQL: &str = "INSERT INTO improvement_plan_versions (plan_id, number, is_review, words, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING version_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(plan).bind(number).bind(is_review).bind(words).bind(by).bind(at)
        .fetch_one(c).await?))
}

/// Every version of a plan, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_versions(tx: &mut Tx, plan: PlanId) -> Result<Vec<Version>, db::Error> {
    const SQL: &str = "SELECT number, is_review, words, written_by, written_at FROM improvement_plan_versions WHERE plan_id = $1 ORDER BY number DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(plan).fetch_all(c).await?))
}

pub(in crate::improvement) async fn close(
    tx: &mut Tx,
    id: PlanId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str =
        "UPDATE improvement_plans SET closed_at = $2, closed_reason = $3 WHERE plan_id = $1 AND closed_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(at).bind(reason).execute(c).await?.rows_affected()) == 1)
}

/// Gives a live plan to somebody who has none; false when it is closed or they have one.
pub(in crate::improvement) async fn give(tx: &mut Tx, id: PlanId, to: AccountId) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE improvement_plans SET account_id = $2 WHERE plan_id = $1 AND closed_at IS NULL \
        AND NOT EXISTS (SELECT 1 FROM improvement_plans other WHERE other.account_id = $2 AND other.closed_at IS NULL)";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(to).execute(c).await?.rows_affected()) == 1)
}
