//! The SQL of returns and their moderation. Raw scores are inserted once and never changed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::unknown;
use crate::db::{self, Tx};
use crate::mystery_shopping::key::{AssignmentId, ReturnItemId};
use crate::mystery_shopping::outcome::Outcome;
use crate::mystery_shopping::shop_return::{Amendment, Decision, NewItem, NewReturn, Return, ReturnItem};
use crate::on;
use crate::thread::id::{AccountId, ReturnId, StandardId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.*, a.account_id, a.opens_on, a.closes_on, v.scenario_id, v.title, v.channel \
             FROM shop_returns r JOIN shop_assignments a ON a.assignment_id = r.assignment_id \
             JOIN shop_scenario_versions v ON v.scenario_version_id = a.scenario_version_id ",
            $rest
        )
    };
}

const INSERT: &str = "INSERT INTO shop_returns (assignment_id, reference, submission_key, shopped_on, began_at, ended_at, facts, \
    recognised, felt_unsafe, unsafe_words, filed_at, facts_for_managers) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '') RETURNING return_id";

pub(in crate::mystery_shopping) async fn insert(
    tx: &mut Tx,
    assignment: AssignmentId,
    reference: &str,
    key: &str,
    new: &NewReturn,
    at: DateTime<Utc>,
) -> Result<ReturnId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(assignment).bind(reference).bind(key).bind(new.shopped_on).bind(new.began_at)
            .bind(new.ended_at).bind(&new.facts).bind(new.recognised).bind(new.felt_unsafe).bind(&new.unsafe_words).bind(at)
            .fetch_one(c).await?),
    )
}

const INSERT_ITEM: &str =
    "INSERT INTO shop_return_items (return_id, item_id, raw_outcome, raw_value) VALUES ($1, $2, $3, $4)";

pub(in crate::mystery_shopping) async fn insert_item(
    tx: &mut Tx,
    id: ReturnId,
    item: &NewItem,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT_ITEM).bind(id).bind(item.item).bind(item.outcome.code()).bind(item.value).execute(c).await.map(|_| ())?);
    Ok(())
}

/// A return by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: ReturnId) -> Result<Option<Return>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(select!("WHERE r.return_id = $1")).bind(id).fetch_optional(c).await?))
}

/// Every return: those waiting first, the oldest on top; then those decided, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Return>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as(select!("ORDER BY CASE WHEN r.accepted_at IS NULL AND r.voided_at IS NULL THEN 0 ELSE 1 END, r.shopped_on DESC, r.return_id DESC")).fetch_all(c).await?),
    )
}

/// How many returns wait for a moderator's decision; those waiting for the shopper do not count.
///
/// # Errors
/// When the database refuses.
pub async fn count_waiting(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM shop_returns WHERE accepted_at IS NULL AND voided_at IS NULL AND queried_at IS NULL").fetch_one(c).await?),
    )
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    return_item_id: ReturnItemId,

    wording: String,
    measure: String,
    standard_id: StandardId,
    raw_outcome: String,
    raw_value: Option<f64>,
}

#[derive(sqlx::FromRow)]
struct AmendmentRow {
    return_item_id: ReturnItemId,
    outcome: String,
    value: Option<f64>,
    reason: String,
    amended_at: DateTime<Utc>,
}

const ITEMS: &str = "SELECT i.return_item_id, s.wording, s.measure, s.standard_id, i.raw_outcome, i.raw_value \
    FROM shop_return_items i JOIN shop_items s ON s.item_id = i.item_id WHERE i.return_id = $1 ORDER BY s.position";
const AMENDMENTS: &str = "SELECT m.return_item_id, m.outcome, m.value, m.reason, m.amended_at FROM shop_amendments m \
    JOIN shop_return_items i ON i.return_item_id = m.return_item_id WHERE i.return_id = $1 ORDER BY m.amendment_id";

/// The items of a return in the scenario's order, each with its amendments.
///
/// # Errors
/// When the database refuses.
pub async fn items(tx: &mut Tx, id: ReturnId) -> Result<Vec<ReturnItem>, db::Error> {
    let rows: Vec<ItemRow> = on!(tx, c => sqlx::query_as(ITEMS).bind(id).fetch_all(c).await?);
    let changes: Vec<AmendmentRow> = on!(tx, c => sqlx::query_as(AMENDMENTS).bind(id).fetch_all(c).await?);
    let mut amendments: HashMap<ReturnItemId, Vec<Amendment>> = HashMap::new();
    for row in changes {
        let outcome = row.outcome.parse().map_err(|()| unknown("shop_amendments", "outcome"))?;
        let amendment = Amendment { outcome, value: row.value, reason: row.reason, amended_at: row.amended_at };
        amendments.entry(row.return_item_id).or_default().push(amendment);
    }
    rows.into_iter()
        .map(|row| {
            Ok(ReturnItem {
                id: row.return_item_id,
                wording: row.wording,
                measure: row.measure,
                standard: row.standard_id,
                raw_outcome: row.raw_outcome.parse().map_err(|()| unknown("shop_return_items", "raw_outcome"))?,
                raw_value: row.raw_value,
                amendments: amendments.remove(&row.return_item_id).unwrap_or_default(),
            })
        })
        .collect()
}

const AMEND: &str = "INSERT INTO shop_amendments (return_item_id, outcome, value, reason, account_id, amended_at) \
    SELECT i.return_item_id, $3, $4, $5, $6, $7 FROM shop_return_items i JOIN shop_returns r ON r.return_id = i.return_id \
    WHERE i.return_id = $1 AND i.return_item_id = $2 AND r.voided_at IS NULL";

/// Adds an amendment; false when the item is of another return, or the return is void.
pub(in crate::mystery_shopping) async fn amend(
    tx: &mut Tx,
    id: ReturnId,
    item: ReturnItemId,
    (outcome, value): (Outcome, Option<f64>),
    reason: &str,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query(AMEND).bind(id).bind(item).bind(outcome.code()).bind(value).bind(reason).bind(by).bind(at)
        .execute(c).await?.rows_affected())
            == 1,
    )
}

const ACCEPT: &str = "UPDATE shop_returns SET accepted_at = $3, facts_for_managers = $2, queried_at = NULL \
    WHERE return_id = $1 AND accepted_at IS NULL AND voided_at IS NULL";

pub(in crate::mystery_shopping) async fn accept(
    tx: &mut Tx,
    id: ReturnId,
    facts: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(ACCEPT).bind(id).bind(facts).bind(at).execute(c).await?.rows_affected()) == 1)
}

const SET_QUERIED: &str =
    "UPDATE shop_returns SET queried_at = $2 WHERE return_id = $1 AND accepted_at IS NULL AND voided_at IS NULL";

pub(in crate::mystery_shopping) async fn set_queried(
    tx: &mut Tx,
    id: ReturnId,
    at: Option<DateTime<Utc>>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(SET_QUERIED).bind(id).bind(at).execute(c).await?.rows_affected()) == 1)
}

const MAKE_VOID: &str =
    "UPDATE shop_returns SET voided_at = $2, queried_at = NULL WHERE return_id = $1 AND voided_at IS NULL";

pub(in crate::mystery_shopping) async fn make_void(
    tx: &mut Tx,
    id: ReturnId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(MAKE_VOID).bind(id).bind(at).execute(c).await?.rows_affected()) == 1)
}

const INSERT_DECISION: &str =
    "INSERT INTO shop_decisions (return_id, kind, words, account_id, decided_at) VALUES ($1, $2, $3, $4, $5)";

pub(in crate::mystery_shopping) async fn insert_decision(
    tx: &mut Tx,
    id: ReturnId,
    kind: &str,
    words: &str,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT_DECISION).bind(id).bind(kind).bind(words).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The steps of a return's moderation, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn decisions(tx: &mut Tx, id: ReturnId) -> Result<Vec<Decision>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT kind, words, decided_at FROM shop_decisions WHERE return_id = $1 ORDER BY decision_id").bind(id).fetch_all(c).await?),
    )
}
