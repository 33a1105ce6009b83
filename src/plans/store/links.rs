//! How actions hang together, and what was spent on them.

use chrono::NaiveDate;

use super::Written;
use crate::db::{self, Tx, one_row};
use crate::on;
use crate::plans::action::ActionId;
use crate::plans::link::{Kind, Link};
use crate::plans::plan::PlanId;

#[derive(sqlx::FromRow)]
struct Row {
    link_id: i64,
    from_id: ActionId,
    to_id: ActionId,
    kind: String,
}

const LIST: &str = "SELECT l.link_id, l.from_id, l.to_id, l.kind FROM plan_links l \
    JOIN plan_actions f ON f.action_id = l.from_id WHERE f.plan_id = $1 ORDER BY l.link_id";

/// Every link between the actions of a plan, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_links(tx: &mut Tx, plan: PlanId) -> Result<Vec<Link>, db::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(plan).fetch_all(c).await?);
    let read = |row: Row| {
        let kind = Kind::read(&row.kind).ok_or(db::Error::Corrupt { table: "plan_links", column: "kind" })?;
        Ok(Link { id: row.link_id, from: row.from_id, to: row.to_id, kind })
    };
    rows.into_iter().map(read).collect()
}

/// Adds a link; `Conflict("plan_links_from_id_to_id_kind_key")` when it is there.
///
/// # Errors
/// When it is there already or the database refuses.
pub async fn insert_link(tx: &mut Tx, from: ActionId, to: ActionId, kind: Kind) -> Result<i64, db::Error> {
    const INSERT: &str = "INSERT INTO plan_links (from_id, to_id, kind) VALUES ($1, $2, $3) RETURNING link_id";
    Ok(on!(tx, c => sqlx::query_scalar(INSERT).bind(from).bind(to).bind(kind.code()).fetch_one(c).await?))
}

/// Takes a link away.
///
/// # Errors
/// When it is not there or the database refuses.
pub async fn delete_link(tx: &mut Tx, id: i64) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query("DELETE FROM plan_links WHERE link_id = $1").bind(id).execute(c).await?.rows_affected()),
    )
}

/// Money spent on an action.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Spending {
    pub action_id: ActionId,
    /// In pence; below zero for a correction.
    pub pence: i64,
    pub spent_on: NaiveDate,
    /// What for.
    pub words: String,
}

const SPENDING: &str = "SELECT s.action_id, s.pence, s.spent_on, s.words FROM plan_spending s JOIN plan_actions a ON a.action_id = s.action_id \
    WHERE a.plan_id = $1 ORDER BY s.spent_on, s.spending_id";

/// Everything spent on the actions of a plan, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_spending(tx: &mut Tx, plan: PlanId) -> Result<Vec<Spending>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(SPENDING).bind(plan).fetch_all(c).await?))
}

/// Adds money spent.
///
/// # Errors
/// When the database refuses.
pub async fn insert_spending(tx: &mut Tx, spent: &Spending, written: Written) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO plan_spending (action_id, pence, spent_on, words, recorded_at, account_id) VALUES ($1, $2, $3, $4, $5, $6)";
    on!(tx, c => sqlx::query(INSERT).bind(spent.action_id).bind(spent.pence).bind(spent.spent_on).bind(&spent.words)
        .bind(written.at).bind(written.by).execute(c).await.map(|_| ())?);
    Ok(())
}
