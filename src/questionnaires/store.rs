//! The SQL of questionnaires and of what people answered.

pub mod mix;
pub mod rows;
pub mod sealed;

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::{NewResponse, Receipt, Word};
use crate::questionnaires::sealed::kept::Purpose;
use crate::questionnaires::version::Version;
use crate::random::Random;
use crate::thread::id::StandardId;

#[derive(sqlx::FromRow)]
struct VersionRow {
    version_id: i64,
    revision: i64,
    locked_at: Option<DateTime<Utc>>,
    questions: Json<Questionnaire>,
}

/// Stores the first revision of a questionnaire and gives its id.
pub async fn insert_version(tx: &mut Tx, questionnaire: &Questionnaire, at: DateTime<Utc>) -> Result<i64, db::Error> {
    const INSERT: &str = "INSERT INTO questionnaire_versions (revision, questions, created_at) \
        VALUES (1, $1, $2) RETURNING version_id";
    const TALLY: &str = "INSERT INTO tallies (version_id, responses) VALUES ($1, 0)";
    let questions = Json(questionnaire);
    let id: i64 = on!(tx, c => sqlx::query_scalar(INSERT).bind(questions).bind(at).fetch_one(c).await?);
    on!(tx, c => sqlx::query(TALLY).bind(id).execute(c).await.map(|_| ())?);
    write_measures(tx, id, questionnaire).await?;
    Ok(id)
}

/// The version with this id.
pub async fn find_version(tx: &mut Tx, id: i64) -> Result<Option<Version>, db::Error> {
    const FIND: &str = "SELECT version_id, revision, locked_at, questions \
        FROM questionnaire_versions WHERE version_id = $1";
    let row: Option<VersionRow> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    Ok(row.map(|row| Version {
        id: row.version_id,
        revision: row.revision,
        locked_at: row.locked_at,
        questionnaire: row.questions.0,
    }))
}

/// Replaces the questions, unless somebody changed them meanwhile or answered them: then false.
pub async fn replace_questions(
    tx: &mut Tx,
    version: &Version,
    questionnaire: &Questionnaire,
) -> Result<bool, db::Error> {
    const REPLACE: &str = "UPDATE questionnaire_versions \
        SET questions = $3, revision = revision + 1 \
        WHERE version_id = $1 AND revision = $2 AND locked_at IS NULL";
    let changed = on!(tx, c => sqlx::query(REPLACE)
        .bind(version.id).bind(version.revision).bind(Json(questionnaire))
        .execute(c).await?.rows_affected());
    if changed == 1 {
        write_measures(tx, version.id, questionnaire).await?;
    }
    Ok(changed == 1)
}

/// Locks the questions at the first answer. False when the revision answered is no longer the newest.
pub async fn lock(tx: &mut Tx, version: &Version, at: DateTime<Utc>) -> Result<bool, db::Error> {
    if version.is_locked() {
        return Ok(true);
    }
    const LOCK: &str = "UPDATE questionnaire_versions SET locked_at = COALESCE(locked_at, $3) \
        WHERE version_id = $1 AND revision = $2";
    let locked = on!(tx, c => sqlx::query(LOCK)
        .bind(version.id).bind(version.revision).bind(at).execute(c).await?.rows_affected());
    tx.public_changed();
    Ok(locked == 1)
}

async fn write_measures(tx: &mut Tx, version_id: i64, questionnaire: &Questionnaire) -> Result<(), db::Error> {
    const CLEAR: &str = "DELETE FROM question_measures WHERE version_id = $1";
    const INSERT: &str = "INSERT INTO question_measures (version_id, question_key, standard_id) \
        VALUES ($1, $2, $3)";
    on!(tx, c => sqlx::query(CLEAR).bind(version_id).execute(c).await.map(|_| ())?);
    for question in questionnaire.questions() {
        if let Some(standard) = question.measures {
            let key = i64::from(question.key);
            on!(tx, c => sqlx::query(INSERT).bind(version_id).bind(key).bind(standard)
                .execute(c).await.map(|_| ())?);
        }
    }
    Ok(())
}

/// Every question that measures the standard: version and question key, oldest version first.
pub async fn list_measuring(tx: &mut Tx, standard: StandardId) -> Result<Vec<(i64, i64)>, db::Error> {
    const LIST: &str = "SELECT version_id, question_key FROM question_measures \
        WHERE standard_id = $1 ORDER BY version_id, question_key";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(standard).fetch_all(c).await?))
}

/// Takes the next number and keeps the response under it, in one trip to the database: SQLite runs one statement after
/// the other, PostgreSQL the second on what the first gives.
const KEEP_SQLITE: &str = "UPDATE tallies SET responses = responses + 1 WHERE version_id = $1; \
    INSERT INTO responses (version_id, number, codes, channel, received_on, reference, submission_key, digest, sealed) \
    SELECT version_id, responses, $2, $3, $4, $5, $6, $7, $8 FROM tallies WHERE version_id = $1 \
    ON CONFLICT (version_id, submission_key) DO NOTHING RETURNING response_id";
const KEEP_POSTGRES: &str = "WITH taken AS (UPDATE tallies SET responses = responses + 1 WHERE version_id = $1 RETURNING version_id, responses) \
    INSERT INTO responses (version_id, number, codes, channel, received_on, reference, submission_key, digest, sealed) \
    SELECT version_id, responses, $2, $3, $4, $5, $6, $7, $8 FROM taken \
    ON CONFLICT (version_id, submission_key) DO NOTHING RETURNING response_id";

/// Keeps one response and takes its number. False when one with the same submission key is there
/// already: the transaction must then be dropped, because the number was taken. Each open answer gets a key by chance.
/// This is the one place where answers are written, so that what is to be sealed is sealed here.
pub async fn insert_response(tx: &mut Tx, random: &Random, response: &NewResponse<'_>) -> Result<bool, db::Error> {
    let keep = tx.pick(KEEP_SQLITE, KEEP_POSTGRES);
    let sealed = response.coded.secret.seal(tx.keyring(), Purpose::Response, response.version_id)?;
    let id: Option<i64> = on!(tx, c => sqlx::query_scalar(keep)
        .bind(response.version_id).bind(&response.coded.codes)
        .bind(response.channel.code()).bind(response.received_on)
        .bind(response.reference).bind(response.submission_key).bind(response.digest).bind(sealed)
        .fetch_optional(c).await?);
    let Some(id) = id else { return Ok(false) };
    if !response.coded.open.is_empty() {
        on!(tx, c => {
            let mut insert = sqlx::QueryBuilder::new("INSERT INTO answers (response_id, question_key, value, word_key) ");
            insert.push_values(&response.coded.open, |mut row, (key, value)| {
                let word_key = random.uuid().simple().to_string();
                row.push_bind(id).push_bind(i64::from(*key)).push_bind(value).push_bind(word_key);
            });
            insert.build().execute(c).await.map(|_| ())?;
        });
    }
    Ok(true)
}

/// What was acknowledged under a submission key.
pub async fn find_receipt(tx: &mut Tx, version_id: i64, submission_key: &str) -> Result<Option<Receipt>, db::Error> {
    const FIND: &str = "SELECT reference, digest, received_on FROM responses \
        WHERE version_id = $1 AND submission_key = $2";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(version_id).bind(submission_key)
        .fetch_optional(c).await?))
}

/// What was acknowledged under a reference.
pub async fn find_by_reference(tx: &mut Tx, version_id: i64, reference: &str) -> Result<Option<Receipt>, db::Error> {
    const FIND: &str = "SELECT reference, digest, received_on FROM responses \
        WHERE version_id = $1 AND reference = $2";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(version_id).bind(reference)
        .fetch_optional(c).await?))
}

/// How many responses a version has.
pub async fn count_responses(tx: &mut Tx, version_id: i64) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT responses FROM tallies WHERE version_id = $1";
    let count: Option<i64> = on!(tx, c => sqlx::query_scalar(COUNT).bind(version_id).fetch_optional(c).await?);
    Ok(count.unwrap_or(0))
}

/// The open answer to one question that was given with the answers of a reference.
pub async fn find_word(
    tx: &mut Tx,
    version_id: i64,
    question_key: i64,
    reference: &str,
) -> Result<Option<Word>, db::Error> {
    const FIND: &str = "SELECT answers.word_key, answers.value FROM answers \
        JOIN responses ON responses.response_id = answers.response_id \
        WHERE responses.version_id = $1 AND answers.question_key = $2 AND responses.reference = $3";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(version_id).bind(question_key).bind(reference).fetch_optional(c).await?))
}

/// Erases an open answer and puts in its place that there was one. What was read of the version is read anew. It waits for
/// whoever mixes the answers, who writes them anew: the row that was there before is gone then.
pub async fn replace_word(tx: &mut Tx, version_id: i64, word_key: &str, instead: &str) -> Result<(), db::Error> {
    const REPLACE: &str = "UPDATE answers SET value = $2 WHERE word_key = $1";
    rows::hold(tx, version_id).await?;
    one_row(on!(tx, c => sqlx::query(REPLACE).bind(word_key).bind(instead).execute(c).await?.rows_affected()))
}

/// What people wrote to one question, in an order of chance that stays. `like` is a pattern in small letters, with an
/// exclamation mark before what is meant as it stands.
pub async fn list_words(tx: &mut Tx, version_id: i64, question_key: i64, like: &str) -> Result<Vec<Word>, db::Error> {
    const LIST: &str = "SELECT answers.word_key, answers.value FROM answers \
        JOIN responses ON responses.response_id = answers.response_id \
        WHERE responses.version_id = $1 AND answers.question_key = $2 AND LOWER(answers.value) LIKE $3 ESCAPE '!' \
        ORDER BY answers.word_key";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(version_id).bind(question_key).bind(like).fetch_all(c).await?))
}
