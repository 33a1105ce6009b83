//! Files sent for import, between preview and decision.

use chrono::{DateTime, NaiveDate, Utc};

use super::Written;
use crate::db::{self, Tx, one_row};
use crate::on;
use crate::plans::plan::PlanId;

/// A file sent for import.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Import {
    pub import_id: i64,
    pub plan_id: Option<PlanId>,
    pub file_name: String,
    /// The bytes, until the decision.
    pub content: Option<Vec<u8>>,
    pub leads_name: String,
    pub leads_content: Option<Vec<u8>>,
    /// `waiting`, `applied` or `discarded`.
    pub state: String,
    /// The day the plan in the file stands for: while waiting the one that was typed, if any; once applied the one it
    /// was applied with, none where nobody knows it.
    pub said_on: Option<NaiveDate>,
    /// What was done, in a sentence.
    pub outcome: String,
    pub uploaded_at: DateTime<Utc>,
}

/// A file to be looked at: its name and bytes.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

const INSERT: &str = "INSERT INTO plan_imports (file_name, content, leads_name, leads_content, state, said_on, outcome, uploaded_at, account_id) \
    VALUES ($1, $2, $3, $4, 'waiting', $5, '', $6, $7) RETURNING import_id";

/// Keeps a file for its preview, with the day that was typed for it, if one was.
///
/// # Errors
/// When the database refuses.
pub async fn insert_import(
    tx: &mut Tx,
    file: Sent<'_>,
    leads: Option<Sent<'_>>,
    said_on: Option<NaiveDate>,
    written: Written,
) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(file.name).bind(file.bytes).bind(leads.map_or("", |l| l.name)).bind(leads.map(|l| l.bytes))
        .bind(said_on).bind(written.at).bind(written.by).fetch_one(c).await?),
    )
}

const FIND: &str = "SELECT import_id, plan_id, file_name, content, leads_name, leads_content, state, said_on, outcome, uploaded_at FROM plan_imports WHERE import_id = $1";

/// A file by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_import(tx: &mut Tx, id: i64) -> Result<Option<Import>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?))
}

/// The newest imports, without their bytes.
///
/// # Errors
/// When the database refuses.
pub async fn list_imports(tx: &mut Tx, most: i64) -> Result<Vec<Import>, db::Error> {
    const LIST: &str = "SELECT import_id, plan_id, file_name, leads_name, state, said_on, outcome, uploaded_at FROM plan_imports ORDER BY import_id DESC LIMIT $1";
    #[derive(sqlx::FromRow)]
    struct Row {
        import_id: i64,
        plan_id: Option<PlanId>,
        file_name: String,
        leads_name: String,
        state: String,
        said_on: Option<NaiveDate>,
        outcome: String,
        uploaded_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(most).fetch_all(c).await?);
    let read = |r: Row| Import {
        import_id: r.import_id,
        plan_id: r.plan_id,
        file_name: r.file_name,
        content: None,
        leads_name: r.leads_name,
        leads_content: None,
        state: r.state,
        said_on: r.said_on,
        outcome: r.outcome,
        uploaded_at: r.uploaded_at,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// The days on which files without a day of their own were applied to this plan: what they say is kept under them.
///
/// # Errors
/// When the database refuses.
pub async fn undated_days(tx: &mut Tx, plan: PlanId) -> Result<Vec<NaiveDate>, db::Error> {
    const LIST: &str =
        "SELECT decided_at FROM plan_imports WHERE plan_id = $1 AND state = 'applied' AND said_on IS NULL";
    let decided: Vec<DateTime<Utc>> = on!(tx, c => sqlx::query_scalar(LIST).bind(plan).fetch_all(c).await?);
    Ok(decided.into_iter().map(crate::clock::london_day).collect())
}

/// The newest day for which a file was applied to this plan, or on which one without a day was.
///
/// # Errors
/// When the database refuses.
pub async fn last_said_on(tx: &mut Tx, plan: PlanId) -> Result<Option<NaiveDate>, db::Error> {
    const LAST: &str = "SELECT MAX(said_on) FROM plan_imports WHERE plan_id = $1";
    let dated: Option<NaiveDate> = on!(tx, c => sqlx::query_scalar(LAST).bind(plan).fetch_one(c).await?);
    Ok(dated.max(undated_days(tx, plan).await?.into_iter().max()))
}

const DECIDE: &str = "UPDATE plan_imports SET state = $2, plan_id = $3, said_on = $4, outcome = $5, decided_at = $6, content = NULL, leads_content = NULL WHERE import_id = $1 AND state = 'waiting'";

/// Applies or discards a waiting file and lets its bytes go; one applied without a day names none. Fails when somebody
/// else decided first.
///
/// # Errors
/// When it is not waiting any more or the database refuses.
pub async fn decide_import(
    tx: &mut Tx,
    id: i64,
    applied: Option<(PlanId, Option<NaiveDate>)>,
    outcome: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    let state = if applied.is_some() { "applied" } else { "discarded" };
    one_row(
        on!(tx, c => sqlx::query(DECIDE).bind(id).bind(state).bind(applied.map(|a| a.0)).bind(applied.and_then(|a| a.1)).bind(outcome).bind(at).execute(c).await?.rows_affected()),
    )
}
