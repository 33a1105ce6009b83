//! Plans as they were frozen. Each row holds the hash of the one before; none is ever changed.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::plans::plan::PlanId;
use crate::thread::id::AccountId;

/// A plan as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Snapshot {
    pub snapshot_id: i64,
    pub plan_id: PlanId,
    /// The first of a plan is 1.
    pub number: i64,
    /// The day the plan is frozen as at.
    pub as_of: NaiveDate,
    /// What it was frozen for.
    pub title: String,
    /// The pack of that day.
    pub content: String,
    pub frozen_at: DateTime<Utc>,
    pub account_id: Option<AccountId>,
    pub previous_hash: String,
    pub hash: String,
}

/// Takes the next number of a plan; gives it with the hash of the snapshot before.
///
/// # Errors
/// When there is no such plan or the database refuses.
pub async fn take_snapshot_number(tx: &mut Tx, plan: PlanId) -> Result<(i64, String), db::Error> {
    const TAKE: &str =
        "UPDATE plans SET snapshots = snapshots + 1 WHERE plan_id = $1 RETURNING snapshots, snapshot_hash";
    Ok(on!(tx, c => sqlx::query_as(TAKE).bind(plan).fetch_one(c).await?))
}

const INSERT: &str = "INSERT INTO plan_snapshots (plan_id, number, as_of, title, content, frozen_at, account_id, previous_hash, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING snapshot_id";

/// Adds a snapshot, whose key is ignored, and makes it the end of its plan's chain.
///
/// # Errors
/// When the database refuses.
pub async fn insert_snapshot(tx: &mut Tx, one: &Snapshot) -> Result<i64, db::Error> {
    let id = on!(tx, c => sqlx::query_scalar(INSERT).bind(one.plan_id).bind(one.number).bind(one.as_of).bind(&one.title).bind(&one.content)
        .bind(one.frozen_at).bind(one.account_id).bind(&one.previous_hash).bind(&one.hash).fetch_one(c).await?);
    on!(tx, c => sqlx::query("UPDATE plans SET snapshot_hash = $2 WHERE plan_id = $1").bind(one.plan_id).bind(&one.hash).execute(c).await.map(|_| ())?);
    Ok(id)
}

const LIST: &str = "SELECT snapshot_id, plan_id, number, as_of, title, content, frozen_at, account_id, previous_hash, hash FROM plan_snapshots WHERE plan_id = $1 ORDER BY number";

/// The snapshots of a plan, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_snapshots(tx: &mut Tx, plan: PlanId) -> Result<Vec<Snapshot>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(plan).fetch_all(c).await?))
}

const LIST_HEADS: &str = "SELECT snapshot_id, plan_id, number, as_of, title, '' AS content, frozen_at, account_id, previous_hash, hash FROM plan_snapshots WHERE plan_id = $1 ORDER BY number DESC";

/// The snapshots of a plan, newest first, without what they hold: each is as large as the plan.
///
/// # Errors
/// When the database refuses.
pub async fn list_snapshot_heads(tx: &mut Tx, plan: PlanId) -> Result<Vec<Snapshot>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST_HEADS).bind(plan).fetch_all(c).await?))
}

const FIND: &str = "SELECT snapshot_id, plan_id, number, as_of, title, content, frozen_at, account_id, previous_hash, hash FROM plan_snapshots WHERE snapshot_id = $1";

/// A snapshot by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_snapshot(tx: &mut Tx, id: i64) -> Result<Option<Snapshot>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?))
}

/// The end of the chain of every plan: the plan, how many snapshots it has, and the hash of the last.
///
/// # Errors
/// When the database refuses.
pub async fn list_chain_ends(tx: &mut Tx) -> Result<Vec<(PlanId, i64, String)>, db::Error> {
    const ENDS: &str = "SELECT plan_id, snapshots, snapshot_hash FROM plans ORDER BY plan_id";
    Ok(on!(tx, c => sqlx::query_as(ENDS).fetch_all(c).await?))
}
