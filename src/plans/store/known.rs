//! What was known of a plan at the end of a day: the statements that count, and the words that were changed since.

use super::history::{ProgressRow, PromiseRow};
use crate::db::{self, Tx};
use crate::on;
use crate::plans::action::{ActionId, Progress, Promise};
use crate::plans::plan::PlanId;
use crate::plans::then::Then;

/// Statements of progress that were known then, oldest first.
const PROGRESS: &str = "SELECT p.action_id, p.said_on, p.status, p.parts, p.per_cent, p.words, p.source, p.waiver \
    FROM plan_progress p JOIN plan_actions a ON a.action_id = p.action_id JOIN plans l ON l.plan_id = a.plan_id \
    WHERE a.plan_id = $1 AND (p.recorded_at = l.created_at OR (p.source = 'staff' AND p.recorded_at < $2) OR (p.source = 'document' AND p.said_on <= $3)) \
    ORDER BY p.said_on, p.progress_id";

/// Every statement of progress that was known then, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_known_progress(tx: &mut Tx, plan: PlanId, then: Then) -> Result<Vec<Progress>, db::Error> {
    let rows: Vec<ProgressRow> =
        on!(tx, c => sqlx::query_as(PROGRESS).bind(plan).bind(then.before).bind(then.day).fetch_all(c).await?);
    rows.into_iter().map(ProgressRow::read).collect()
}

/// Of each action the one statement in force then: the newest of that day or before, else what the plan was brought in
/// with. It is the first that the index finds, so that years of history cost nothing.
const IN_FORCE: &str = "SELECT p.action_id, p.said_on, p.status, p.parts, p.per_cent, p.words, p.source, p.waiver \
    FROM plan_actions a JOIN plans l ON l.plan_id = a.plan_id JOIN plan_progress p ON p.progress_id = COALESCE( \
        (SELECT q.progress_id FROM plan_progress q WHERE q.action_id = a.action_id AND q.said_on <= $3 \
            AND (q.source = 'document' OR q.recorded_at < $2 OR q.recorded_at = l.created_at) ORDER BY q.said_on DESC, q.progress_id DESC LIMIT 1), \
        (SELECT q.progress_id FROM plan_progress q WHERE q.action_id = a.action_id AND q.said_on > $3 \
            AND q.source = 'document' AND q.recorded_at = l.created_at ORDER BY q.said_on, q.progress_id DESC LIMIT 1)) \
    WHERE a.plan_id = $1";

/// Of each action the statement of progress in force then, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn list_progress_in_force(tx: &mut Tx, plan: PlanId, then: Then) -> Result<Vec<Progress>, db::Error> {
    let rows: Vec<ProgressRow> =
        on!(tx, c => sqlx::query_as(IN_FORCE).bind(plan).bind(then.before).bind(then.day).fetch_all(c).await?);
    rows.into_iter().map(ProgressRow::read).collect()
}

const DEADLINES: &str = "SELECT d.action_id, d.kind, d.spans, d.words, d.reason, d.said_on, d.source \
    FROM plan_deadlines d JOIN plan_actions a ON a.action_id = d.action_id JOIN plans l ON l.plan_id = a.plan_id \
    WHERE a.plan_id = $1 AND (d.recorded_at = l.created_at OR (d.source = 'staff' AND d.recorded_at < $2) OR (d.source = 'document' AND d.said_on <= $3)) \
    ORDER BY d.said_on, d.deadline_id";

/// Every deadline that was known then, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_known_deadlines(tx: &mut Tx, plan: PlanId, then: Then) -> Result<Vec<Promise>, db::Error> {
    let rows: Vec<PromiseRow> =
        on!(tx, c => sqlx::query_as(DEADLINES).bind(plan).bind(then.before).bind(then.day).fetch_all(c).await?);
    Ok(rows.into_iter().map(PromiseRow::read).collect())
}

const EVIDENCE: &str = "SELECT e.action_id, e.title FROM plan_evidence e JOIN plan_actions a ON a.action_id = e.action_id JOIN plans l ON l.plan_id = a.plan_id \
    WHERE a.plan_id = $1 AND (e.recorded_at = l.created_at OR e.recorded_at < $2) AND (e.withdrawn_on IS NULL OR e.withdrawn_on > $3) \
    ORDER BY e.evidence_id";

/// The titles of the evidence that stood then, oldest first, with the action each belongs to.
///
/// # Errors
/// When the database refuses.
pub async fn list_known_evidence(tx: &mut Tx, plan: PlanId, then: Then) -> Result<Vec<(ActionId, String)>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(EVIDENCE).bind(plan).bind(then.before).bind(then.day).fetch_all(c).await?))
}

/// The first change of each field since then holds in its old value what stood there.
const SINCE: &str = "SELECT object, field, old_value FROM plan_changes WHERE change_id IN ( \
    SELECT MIN(c.change_id) FROM plan_changes c JOIN plans l ON l.plan_id = c.plan_id \
    WHERE c.plan_id = $1 AND c.object <> '' AND c.recorded_at <> l.created_at \
    AND ((c.source = 'staff' AND c.recorded_at >= $2) OR (c.source = 'document' AND c.said_on > $3)) \
    GROUP BY c.object, c.field)";

/// What stood then in every field that was changed since: of what, the field, its value.
///
/// # Errors
/// When the database refuses.
pub async fn list_changed_since(
    tx: &mut Tx,
    plan: PlanId,
    then: Then,
) -> Result<Vec<(String, String, String)>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(SINCE).bind(plan).bind(then.before).bind(then.day).fetch_all(c).await?))
}
