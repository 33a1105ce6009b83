//! The SQL of frozen results.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::on;
use crate::surveys::snapshot::{Content, Snapshot};
use crate::thread::id::{AccountId, SurveyId};

#[derive(sqlx::FromRow)]
struct Row {
    snapshot_id: i64,
    number: i64,
    reason: String,
    answers: i64,
    content: Json<Content>,
    prepared_by: Option<AccountId>,
    prepared_at: DateTime<Utc>,
    approved_by: Option<AccountId>,
    approved_at: Option<DateTime<Utc>>,
}

impl From<Row> for Snapshot {
    fn from(row: Row) -> Self {
        Self {
            id: row.snapshot_id,
            number: row.number,
            reason: row.reason,
            answers: row.answers,
            content: row.content.0,
            prepared_by: row.prepared_by,
            prepared_at: row.prepared_at,
            approved_by: row.approved_by,
            approved_at: row.approved_at,
        }
    }
}

/// A version of published results, for lists.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    /// Its number, from one.
    pub number: i64,
    /// Why it corrects the one before; empty for the first.
    pub reason: String,
    /// When it became public.
    pub approved_at: DateTime<Utc>,
    /// Who prepared it; none where the program did.
    pub prepared_by: Option<AccountId>,
    /// Who approved it; none where it was published before there were two persons to it.
    pub approved_by: Option<AccountId>,
}

/// What is wrong with prepared results, as the person who looked at them put it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Returned {
    /// Why they were not approved.
    pub returned_reason: String,
    /// When.
    pub returned_at: DateTime<Utc>,
}

/// Keeps frozen results that wait for a second person, or are public at once where nobody prepared them. Unless another
/// version of that number is there: then a conflict on `result_snapshots_survey_id_number_key`.
pub async fn insert(tx: &mut Tx, survey: SurveyId, snapshot: &Snapshot) -> Result<i64, db::Error> {
    const INSERT: &str = "INSERT INTO result_snapshots (survey_id, number, reason, answers, content, prepared_by, \
        prepared_at, approved_by, approved_at, returned_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') \
        RETURNING snapshot_id";
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(survey).bind(snapshot.number).bind(&snapshot.reason).bind(snapshot.answers).bind(Json(&snapshot.content))
        .bind(snapshot.prepared_by).bind(snapshot.prepared_at).bind(snapshot.approved_by).bind(snapshot.approved_at)
        .fetch_one(c).await?))
}

/// The results of a survey that wait for a second person.
pub async fn find_waiting(tx: &mut Tx, survey: SurveyId) -> Result<Option<Snapshot>, db::Error> {
    const FIND: &str =
        "SELECT * FROM result_snapshots WHERE survey_id = $1 AND approved_at IS NULL AND returned_at IS NULL";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?);
    Ok(row.map(Into::into))
}

/// A version of a survey's results that is public; the newest when none is named.
pub async fn find_public(tx: &mut Tx, survey: SurveyId, number: Option<i64>) -> Result<Option<Snapshot>, db::Error> {
    const FIND: &str = "SELECT * FROM result_snapshots WHERE survey_id = $1 AND approved_at IS NOT NULL \
        AND ($2 IS NULL OR number = $2) ORDER BY number DESC LIMIT 1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).bind(number).fetch_optional(c).await?);
    Ok(row.map(Into::into))
}

/// Every version of a survey's results that is public, newest first.
pub async fn list_public(tx: &mut Tx, survey: SurveyId) -> Result<Vec<Listed>, db::Error> {
    const LIST: &str = "SELECT number, reason, approved_at, prepared_by, approved_by FROM result_snapshots \
        WHERE survey_id = $1 AND approved_at IS NOT NULL ORDER BY number DESC";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(survey).fetch_all(c).await?))
}

/// Why the newest prepared results of a survey were sent back, where nothing came after them.
pub async fn find_returned(tx: &mut Tx, survey: SurveyId) -> Result<Option<Returned>, db::Error> {
    const FIND: &str = "SELECT returned_reason, returned_at FROM result_snapshots AS mine WHERE survey_id = $1 \
        AND returned_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM result_snapshots AS later \
        WHERE later.survey_id = mine.survey_id AND later.snapshot_id > mine.snapshot_id)";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?))
}

/// Approves waiting results. False when somebody was quicker, or it is the work of the same person.
pub async fn approve(tx: &mut Tx, id: i64, by: AccountId, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const APPROVE: &str = "UPDATE result_snapshots SET approved_by = $2, approved_at = $3 \
        WHERE snapshot_id = $1 AND approved_at IS NULL AND returned_at IS NULL AND prepared_by <> $2";
    Ok(on!(tx, c => sqlx::query(APPROVE).bind(id).bind(by).bind(at).execute(c).await?.rows_affected()) == 1)
}

/// Takes waiting results away from approval, with the reason. False when somebody was quicker.
pub async fn send_back(tx: &mut Tx, id: i64, reason: &str, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const SEND_BACK: &str = "UPDATE result_snapshots SET returned_at = $2, returned_reason = $3 \
        WHERE snapshot_id = $1 AND approved_at IS NULL AND returned_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SEND_BACK).bind(id).bind(at).bind(reason).execute(c).await?.rows_affected()) == 1)
}

/// The surveys whose results were published before they were frozen.
pub async fn list_unfrozen(tx: &mut Tx) -> Result<Vec<SurveyId>, db::Error> {
    const LIST: &str = "SELECT survey_id FROM surveys WHERE results_published_at IS NOT NULL AND NOT EXISTS \
        (SELECT 1 FROM result_snapshots WHERE result_snapshots.survey_id = surveys.survey_id AND approved_at IS NOT NULL)";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).fetch_all(c).await?))
}

/// The surveys whose results wait for a second person.
pub async fn list_waiting(tx: &mut Tx) -> Result<Vec<SurveyId>, db::Error> {
    const LIST: &str = "SELECT survey_id FROM result_snapshots WHERE approved_at IS NULL AND returned_at IS NULL";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).fetch_all(c).await?))
}
