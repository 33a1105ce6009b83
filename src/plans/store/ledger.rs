//! The history of a plan as one list: words, statements, deadlines, evidence and spending, newest first.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::plans::action::ActionId;
use crate::plans::plan::PlanId;
use crate::thread::id::AccountId;

/// One entry of the history: who changed what, when, from what to what, and why.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LedgerRow {
    /// `words`, `progress`, `deadline`, `evidence` or `spending`.
    pub kind: String,
    pub action_id: Option<ActionId>,
    /// What was changed, as [`crate::plans::object::Object`] writes it; empty where only the action says.
    pub object: String,
    /// What was changed, in words, where it is no action.
    pub subject: String,
    pub field: String,
    /// For progress the code of the status, for spending pence, for words as stored.
    pub old_value: String,
    pub new_value: String,
    pub reason: String,
    /// `document` or `staff`.
    pub source: String,
    /// The day for which it was said.
    pub said_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub account_id: Option<AccountId>,
}

// The old values of statements are looked up for the rows of the page alone. What a file changed in a deadline or a
// status stands among the statements already.
const LIST: &str = "SELECT h.kind, h.action_id, h.object, h.subject, h.field, \
    CASE h.kind \
        WHEN 'progress' THEN COALESCE((SELECT q.status FROM plan_progress q WHERE q.action_id = h.action_id AND (q.said_on < h.said_on OR (q.said_on = h.said_on AND q.progress_id < h.row_id)) ORDER BY q.said_on DESC, q.progress_id DESC LIMIT 1), '') \
        WHEN 'deadline' THEN COALESCE((SELECT q.words FROM plan_deadlines q WHERE q.action_id = h.action_id AND (q.said_on < h.said_on OR (q.said_on = h.said_on AND q.deadline_id < h.row_id)) ORDER BY q.said_on DESC, q.deadline_id DESC LIMIT 1), '') \
        ELSE h.old_value END AS old_value, \
    h.new_value, h.reason, h.source, h.said_on, h.recorded_at, h.account_id FROM ( \
        SELECT 'words' AS kind, c.change_id AS row_id, c.action_id, c.object, c.subject, c.field, c.old_value, c.new_value, c.reason, c.source, c.said_on, c.recorded_at, c.account_id \
            FROM plan_changes c WHERE c.plan_id = $1 AND c.field NOT IN ('Deadline', 'Status') AND ($2 IS NULL OR c.action_id = $2) \
        UNION ALL SELECT 'progress', p.progress_id, p.action_id, '', '', 'Status', '', p.status, p.words, p.source, p.said_on, p.recorded_at, p.account_id \
            FROM plan_progress p JOIN plan_actions a ON a.action_id = p.action_id WHERE a.plan_id = $1 AND ($2 IS NULL OR a.action_id = $2) \
        UNION ALL SELECT 'deadline', d.deadline_id, d.action_id, '', '', 'Deadline', '', d.words, d.reason, d.source, d.said_on, d.recorded_at, d.account_id \
            FROM plan_deadlines d JOIN plan_actions a ON a.action_id = d.action_id WHERE a.plan_id = $1 AND ($2 IS NULL OR a.action_id = $2) \
        UNION ALL SELECT 'evidence', e.evidence_id, e.action_id, '', '', 'Evidence', '', e.title, '', 'staff', e.said_on, e.recorded_at, e.account_id \
            FROM plan_evidence e JOIN plan_actions a ON a.action_id = e.action_id WHERE a.plan_id = $1 AND ($2 IS NULL OR a.action_id = $2) \
        UNION ALL SELECT 'spending', s.spending_id, s.action_id, '', '', 'Spent', '', CAST(s.pence AS TEXT), s.words, 'staff', s.spent_on, s.recorded_at, s.account_id \
            FROM plan_spending s JOIN plan_actions a ON a.action_id = s.action_id WHERE a.plan_id = $1 AND ($2 IS NULL OR a.action_id = $2) \
        ORDER BY 12 DESC, 1, 2 DESC LIMIT $3 OFFSET $4) h ORDER BY h.recorded_at DESC, h.kind, h.row_id DESC";

/// The newest entries of the history of a plan, or of one action, leaving out so many.
///
/// # Errors
/// When the database refuses.
pub async fn list_ledger(
    tx: &mut Tx,
    plan: PlanId,
    action: Option<ActionId>,
    most: i64,
    skipped: i64,
) -> Result<Vec<LedgerRow>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(plan).bind(action).bind(most).bind(skipped).fetch_all(c).await?))
}
