//! Sign-off reports. A row is written once; only the decision is added to it.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::measured::Measured;
use crate::improvement::sign_off::{Decided, Decision, PublicSummary, Report, SignOff, SignOffId};
use crate::on;
use crate::thread::id::{AccountId, ActivityId};

#[derive(sqlx::FromRow)]
struct Row {
    sign_off_id: SignOffId,
    activity_id: ActivityId,
    number: i64,
    activity_version_id: i64,
    action_taken: String,
    is_improved: bool,
    no_improvement_reason: String,
    before_words: String,
    after_words: String,
    moved: String,
    resident_view: String,
    cost_pounds: Option<i64>,
    savings_pounds: Option<i64>,
    lessons: String,
    is_public: bool,
    public_title: String,
    public_asked: String,
    public_said: String,
    public_heard_from: String,
    public_reason: String,
    public_did: String,
    written_by: AccountId,
    written_at: DateTime<Utc>,
    decision: Option<String>,
    decision_words: String,
    decided_by: Option<AccountId>,
    decided_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> SignOff {
        let decided = self.decision.zip(self.decided_by).zip(self.decided_at).map(|((decision, by), at)| Decided {
            decision: if decision == Decision::Approved.code() { Decision::Approved } else { Decision::SentBack },
            words: self.decision_words,
            by,
            at,
        });
        let public = self.is_public.then_some(PublicSummary {
            title: self.public_title,
            asked: self.public_asked,
            said: self.public_said,
            heard_from: self.public_heard_from,
            reason: self.public_reason,
            did: self.public_did,
        });
        SignOff {
            id: self.sign_off_id,
            activity_id: self.activity_id,
            number: self.number,
            activity_version_id: self.activity_version_id,
            report: Report {
                action_taken: self.action_taken,
                no_improvement: (!self.is_improved).then_some(self.no_improvement_reason),
                measured: Measured { before: self.before_words, after: self.after_words, moved: self.moved },
                resident_view: self.resident_view,
                cost_pounds: self.cost_pounds,
                savings_pounds: self.savings_pounds,
                lessons: self.lessons,
                public,
            },
            written_by: self.written_by,
            written_at: self.written_at,
            decided,
        }
    }
}

/// Every report, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<SignOff>, db::Error> {
    const SQL: &str = "SELECT * FROM sign_offs ORDER BY sign_off_id DESC";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?);
    Ok(rows.into_iter().map(Row::read).collect())
}

/// Every report about an activity, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_of(tx: &mut Tx, activity: ActivityId) -> Result<Vec<SignOff>, db::Error> {
    const SQL: &str = "SELECT * FROM sign_offs WHERE activity_id = $1 ORDER BY number DESC";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).bind(activity).fetch_all(c).await?);
    Ok(rows.into_iter().map(Row::read).collect())
}

/// A report by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: SignOffId) -> Result<Option<SignOff>, db::Error> {
    const SQL: &str = "SELECT * FROM sign_offs WHERE sign_off_id = $1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?);
    Ok(row.map(Row::read))
}

const INSERT: &str = "INSERT INTO sign_offs (activity_id, number, activity_version_id, action_taken, is_improved, no_improvement_reason, \
    before_words, after_words, moved, resident_view, cost_pounds, savings_pounds, lessons, is_public, public_title, public_asked, public_said, \
    public_heard_from, public_reason, public_did, written_by, written_at, decision_words) \
    SELECT $1, (SELECT COALESCE(MAX(number), 0) + 1 FROM sign_offs earlier WHERE earlier.activity_id = $1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
    $13, $14, $15, $16, $17, $18, $19, $20, $21, '' \
    WHERE EXISTS (SELECT 1 FROM improvement_evidence e WHERE e.activity_id = $1) RETURNING sign_off_id";

/// Keeps a report about an activity that has evidence; none when it has none.
pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    activity: ActivityId,
    activity_version: i64,
    report: &Report,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<Option<SignOffId>, db::Error> {
    let Measured { before, after, moved } = &report.measured;
    let public = report.public.as_ref();
    let told = |part: fn(&PublicSummary) -> &String| public.map(part).cloned().unwrap_or_default();
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(activity).bind(activity_version).bind(&report.action_taken)
        .bind(report.no_improvement.is_none()).bind(report.no_improvement.clone().unwrap_or_default())
        .bind(before).bind(after).bind(moved).bind(&report.resident_view)
        .bind(report.cost_pounds).bind(report.savings_pounds).bind(&report.lessons)
        .bind(public.is_some()).bind(told(|one| &one.title)).bind(told(|one| &one.asked)).bind(told(|one| &one.said))
        .bind(told(|one| &one.heard_from)).bind(told(|one| &one.reason)).bind(told(|one| &one.did))
        .bind(by).bind(at).fetch_optional(c).await?))
}

/// Adds the decision of somebody else than the author to a report that waits; false when it is none.
pub(in crate::improvement) async fn decide(
    tx: &mut Tx,
    id: SignOffId,
    decision: Decision,
    words: &str,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE sign_offs SET decision = $2, decision_words = $3, decided_by = $4, decided_at = $5 \
        WHERE sign_off_id = $1 AND decision IS NULL AND written_by <> $4";
    Ok(
        on!(tx, c => sqlx::query(SQL).bind(id).bind(decision.code()).bind(words).bind(by).bind(at).execute(c).await?.rows_affected())
            == 1,
    )
}
