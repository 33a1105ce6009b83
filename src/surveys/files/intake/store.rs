//! The SQL of files of answers, between their preview and the decision.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::questionnaires::sealed::kept;
use crate::questionnaires::version::Version;
use crate::surveys::files::intake::look::Reading;
use crate::surveys::survey::Asked;
use crate::thread::id::{AccountId, SurveyId};

/// A file of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFile {
    pub file_id: i64,
    /// Its name.
    pub name: String,
    /// Its bytes, until the decision.
    pub content: Option<Vec<u8>>,
    /// How it is read.
    pub reading: Reading,
    /// `waiting`, `applied` or `discarded`.
    pub state: String,
    /// What became of it, in a sentence.
    pub outcome: String,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    file_id: i64,
    name: String,
    content: Option<Vec<u8>>,
    is_sealed: bool,
    reading: Json<Reading>,
    state: String,
    outcome: String,
    sent_at: DateTime<Utc>,
}

impl From<Row> for AnswerFile {
    fn from(row: Row) -> Self {
        Self {
            file_id: row.file_id,
            name: row.name,
            content: row.content,
            reading: row.reading.0,
            state: row.state,
            outcome: row.outcome,
            sent_at: row.sent_at,
        }
    }
}

/// A file about to be kept for its preview.
#[derive(Clone, Copy)]
pub struct Sent<'a> {
    pub asked: &'a Asked,
    pub name: &'a str,
    pub content: &'a [u8],
    pub reading: &'a Reading,
    pub by: AccountId,
    pub at: DateTime<Utc>,
}

/// Keeps a file for its preview and gives its key. Where a question is sealed, so is the file.
pub async fn insert(tx: &mut Tx, sent: &Sent<'_>) -> Result<i64, db::Error> {
    const INSERT: &str = "INSERT INTO answer_files \
        (survey_id, name, content, is_sealed, reading, state, outcome, account_id, sent_at) \
        VALUES ($1, $2, $3, $4, $5, 'waiting', '', $6, $7) RETURNING file_id";
    let sealed = kept::seal_file(tx.keyring(), &sent.asked.version, sent.content)?;
    let content = sealed.as_deref().unwrap_or(sent.content);
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(sent.asked.survey.id).bind(sent.name).bind(content).bind(sealed.is_some()).bind(Json(sent.reading)).bind(sent.by).bind(sent.at)
        .fetch_one(c).await?))
}

/// A file of a survey.
pub async fn find(tx: &mut Tx, asked: &Asked, file_id: i64) -> Result<Option<AnswerFile>, db::Error> {
    const FIND: &str = "SELECT file_id, name, content, is_sealed, reading, state, outcome, sent_at FROM answer_files \
        WHERE survey_id = $1 AND file_id = $2";
    let id = asked.survey.id;
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(id).bind(file_id).fetch_optional(c).await?);
    let Some(mut row) = row else { return Ok(None) };
    if row.is_sealed {
        let open = |bytes| kept::open_file(tx.keyring(), asked.version.id, bytes);
        row.content = row.content.map(open).transpose()?;
    }
    Ok(Some(row.into()))
}

/// The files of a survey that wait in clear, each with its bytes.
pub async fn list_in_clear(tx: &mut Tx, survey: SurveyId) -> Result<Vec<(i64, Vec<u8>)>, db::Error> {
    const LIST: &str =
        "SELECT file_id, content FROM answer_files WHERE survey_id = $1 AND NOT is_sealed AND content IS NOT NULL";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(survey).fetch_all(c).await?))
}

/// Seals a file that waits in clear, because a question of its survey is sealed from now on.
pub async fn seal(tx: &mut Tx, version: &Version, file_id: i64, content: &[u8]) -> Result<(), db::Error> {
    const SEAL: &str = "UPDATE answer_files SET content = $2, is_sealed = TRUE WHERE file_id = $1";
    let Some(sealed) = kept::seal_file(tx.keyring(), version, content)? else { return Ok(()) };
    one_row(on!(tx, c => sqlx::query(SEAL).bind(file_id).bind(sealed).execute(c).await?.rows_affected()))
}

/// The files of a survey without their bytes, newest first.
pub async fn list(tx: &mut Tx, survey: SurveyId) -> Result<Vec<AnswerFile>, db::Error> {
    const LIST: &str = "SELECT file_id, name, NULL AS content, is_sealed, reading, state, outcome, sent_at FROM answer_files \
        WHERE survey_id = $1 ORDER BY file_id DESC LIMIT 50";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(survey).fetch_all(c).await?);
    Ok(rows.into_iter().map(AnswerFile::from).collect())
}

/// Keeps how a waiting file is read.
pub async fn save_reading(tx: &mut Tx, file_id: i64, reading: &Reading) -> Result<(), db::Error> {
    const SAVE: &str = "UPDATE answer_files SET reading = $2 WHERE file_id = $1 AND state = 'waiting'";
    one_row(on!(tx, c => sqlx::query(SAVE).bind(file_id).bind(Json(reading)).execute(c).await?.rows_affected()))
}

/// Applies a waiting file or throws it away, and lets its bytes go. False when somebody decided before.
pub async fn decide(
    tx: &mut Tx,
    file_id: i64,
    state: &str,
    outcome: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const DECIDE: &str = "UPDATE answer_files SET state = $2, outcome = $3, decided_at = $4, content = NULL \
        WHERE file_id = $1 AND state = 'waiting'";
    let decided = on!(tx, c => sqlx::query(DECIDE).bind(file_id).bind(state).bind(outcome).bind(at)
        .execute(c).await?.rows_affected());
    Ok(decided == 1)
}

/// How many files have waited since before this moment.
pub async fn count_waiting_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM answer_files WHERE state = 'waiting' AND sent_at < $1";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(before).fetch_one(c).await?))
}

/// Throws away the files that have waited since before this moment.
pub async fn discard_before(
    tx: &mut Tx,
    before: DateTime<Utc>,
    outcome: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const DISCARD: &str = "UPDATE answer_files SET state = 'discarded', outcome = $2, decided_at = $3, content = NULL \
        WHERE state = 'waiting' AND sent_at < $1";
    on!(tx, c => sqlx::query(DISCARD).bind(before).bind(outcome).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}
