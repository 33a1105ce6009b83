//! What was said about actions: progress, deadlines, changes of words. Only ever added to.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::plans::action::{ActionId, Progress, Promise, Source, read_spans, write_spans};
use crate::plans::plan::PlanId;
use crate::plans::status::Status;
use crate::thread::id::AccountId;

/// Who wrote a row, and when.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// The moment.
    pub at: DateTime<Utc>,
    /// The person, or none for the program's command line.
    pub by: Option<AccountId>,
}

#[derive(sqlx::FromRow)]
pub(super) struct ProgressRow {
    action_id: ActionId,
    said_on: NaiveDate,
    status: String,
    parts: String,
    per_cent: Option<i64>,
    words: String,
    source: String,
    waiver: String,
}

impl ProgressRow {
    pub(super) fn read(self) -> Result<Progress, db::Error> {
        let corrupt = |column| db::Error::Corrupt { table: "plan_progress", column };
        Ok(Progress {
            action: self.action_id,
            said_on: self.said_on,
            status: Status::read(&self.status).ok_or_else(|| corrupt("status"))?,
            parts: self.parts.split(',').filter_map(Status::read).collect(),
            per_cent: self.per_cent.and_then(|p| u8::try_from(p).ok()),
            words: self.words,
            source: Source::read(&self.source).ok_or_else(|| corrupt("source"))?,
            waiver: self.waiver,
        })
    }
}

const LIST_PROGRESS: &str = "SELECT p.action_id, p.said_on, p.status, p.parts, p.per_cent, p.words, p.source, p.waiver FROM plan_progress p \
    JOIN plan_actions a ON a.action_id = p.action_id WHERE a.plan_id = $1 ORDER BY p.said_on, p.progress_id";

/// Every statement of progress in a plan, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_progress(tx: &mut Tx, plan: PlanId) -> Result<Vec<Progress>, db::Error> {
    let rows: Vec<ProgressRow> = on!(tx, c => sqlx::query_as(LIST_PROGRESS).bind(plan).fetch_all(c).await?);
    rows.into_iter().map(ProgressRow::read).collect()
}

const INSERT_PROGRESS: &str = "INSERT INTO plan_progress (action_id, said_on, status, parts, per_cent, words, source, evidence_id, waiver, recorded_at, account_id) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Adds a statement of progress. Done with neither evidence nor waiver is refused: `Conflict("plan_progress_done_is_shown")`.
///
/// # Errors
/// When the database refuses.
pub async fn insert_progress(
    tx: &mut Tx,
    progress: &Progress,
    evidence: Option<i64>,
    written: Written,
) -> Result<(), db::Error> {
    let parts: Vec<&str> = progress.parts.iter().map(|s| s.code()).collect();
    on!(tx, c => sqlx::query(INSERT_PROGRESS).bind(progress.action).bind(progress.said_on).bind(progress.status.code()).bind(parts.join(","))
        .bind(progress.per_cent.map(i64::from)).bind(&progress.words).bind(progress.source.code()).bind(evidence).bind(&progress.waiver)
        .bind(written.at).bind(written.by).execute(c).await.map(|_| ())?);
    Ok(())
}

#[derive(sqlx::FromRow)]
pub(super) struct PromiseRow {
    action_id: ActionId,
    kind: String,
    spans: String,
    words: String,
    reason: String,
    said_on: NaiveDate,
    source: String,
}

impl PromiseRow {
    pub(super) fn read(self) -> Promise {
        Promise {
            action: self.action_id,
            is_revision: self.kind == "revised",
            spans: read_spans(&self.spans),
            words: self.words,
            reason: self.reason,
            said_on: self.said_on,
            source: if self.source == Source::Document.code() { Source::Document } else { Source::Staff },
        }
    }
}

const LIST_DEADLINES: &str = "SELECT d.action_id, d.kind, d.spans, d.words, d.reason, d.said_on, d.source FROM plan_deadlines d \
    JOIN plan_actions a ON a.action_id = d.action_id WHERE a.plan_id = $1 ORDER BY d.said_on, d.deadline_id";

/// Every deadline stated in a plan, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_deadlines(tx: &mut Tx, plan: PlanId) -> Result<Vec<Promise>, db::Error> {
    let rows: Vec<PromiseRow> = on!(tx, c => sqlx::query_as(LIST_DEADLINES).bind(plan).fetch_all(c).await?);
    Ok(rows.into_iter().map(PromiseRow::read).collect())
}

const INSERT_DEADLINE: &str = "INSERT INTO plan_deadlines (action_id, kind, spans, words, reason, said_on, source, recorded_at, account_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Adds a deadline.
///
/// # Errors
/// When the database refuses.
pub async fn insert_deadline(tx: &mut Tx, promise: &Promise, written: Written) -> Result<(), db::Error> {
    let kind = if promise.is_revision { "revised" } else { "original" };
    on!(tx, c => sqlx::query(INSERT_DEADLINE).bind(promise.action).bind(kind).bind(write_spans(&promise.spans)).bind(&promise.words)
        .bind(&promise.reason).bind(promise.said_on).bind(promise.source.code()).bind(written.at).bind(written.by).execute(c).await.map(|_| ())?);
    Ok(())
}

/// One change of words.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Change {
    pub action_id: Option<ActionId>,
    /// What was changed, in words: `Action 1.4`.
    pub subject: String,
    /// What was changed, by its key: `action 12`, as [`super::super::object::Object`] writes it.
    pub object: String,
    pub field: String,
    pub old_value: String,
    pub new_value: String,
    pub reason: String,
    pub source: String,
    pub said_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub account_id: Option<AccountId>,
}

const INSERT_CHANGE: &str = "INSERT INTO plan_changes (plan_id, action_id, subject, object, field, old_value, new_value, reason, source, said_on, recorded_at, account_id) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Adds a change of words.
///
/// # Errors
/// When the database refuses.
pub async fn insert_change(tx: &mut Tx, plan: PlanId, change: &Change) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT_CHANGE).bind(plan).bind(change.action_id).bind(&change.subject).bind(&change.object).bind(&change.field).bind(&change.old_value)
        .bind(&change.new_value).bind(&change.reason).bind(&change.source).bind(change.said_on).bind(change.recorded_at).bind(change.account_id)
        .execute(c).await.map(|_| ())?);
    Ok(())
}

const LIST_CHANGES: &str = "SELECT action_id, subject, object, field, old_value, new_value, reason, source, said_on, recorded_at, account_id FROM plan_changes \
    WHERE plan_id = $1 AND ($2 IS NULL OR action_id = $2) AND field NOT IN ('Added', 'Place', 'Evidence') ORDER BY change_id DESC LIMIT $3";

/// The newest changes of words in a plan, or of one action.
///
/// # Errors
/// When the database refuses.
pub async fn list_changes(
    tx: &mut Tx,
    plan: PlanId,
    action: Option<ActionId>,
    most: i64,
) -> Result<Vec<Change>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST_CHANGES).bind(plan).bind(action).bind(most).fetch_all(c).await?))
}
