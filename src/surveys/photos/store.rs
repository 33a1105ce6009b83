//! The SQL of photos that people sent with their answers.

use crate::db::{self, Tx};
use crate::files::image::Drawn;
use crate::on;

/// A photo as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Photo {
    /// The name of its file, by chance.
    pub file_id: String,
    /// The question it answers.
    pub question_key: i64,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
}

/// Gives the space of rows that are gone back to the machine, on PostgreSQL.
pub const VACUUM: &str = "VACUUM (FULL) answers, survey_photos, files";

/// Notes a kept file as a photo to a question: one that a draft holds, or one of answers that were sent.
pub async fn insert(
    tx: &mut Tx,
    (version_id, question_key): (i64, i64),
    token_hash: Option<&str>,
    file_id: &str,
    drawn: &Drawn,
) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO survey_photos (file_id, version_id, question_key, width, height, token_hash, is_sent) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let (width, height) = (i64::from(drawn.width), i64::from(drawn.height));
    on!(tx, c => sqlx::query(INSERT).bind(file_id).bind(version_id).bind(question_key).bind(width).bind(height)
        .bind(token_hash).bind(token_hash.is_none()).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The photos that a draft holds.
pub async fn list_of_draft(tx: &mut Tx, token_hash: &str) -> Result<Vec<Photo>, db::Error> {
    const LIST: &str = "SELECT file_id, question_key, width, height FROM survey_photos WHERE token_hash = $1";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(token_hash).fetch_all(c).await?))
}

/// Takes the photo of a question from a draft, and gives the name of its file if there was one.
pub async fn remove_of_draft(tx: &mut Tx, token_hash: &str, question_key: i64) -> Result<Option<String>, db::Error> {
    const REMOVE: &str = "DELETE FROM survey_photos WHERE token_hash = $1 AND question_key = $2 RETURNING file_id";
    Ok(on!(tx, c => sqlx::query_scalar(REMOVE).bind(token_hash).bind(question_key).fetch_optional(c).await?))
}

/// How many photos wait for their answers to be sent.
pub async fn count_waiting(tx: &mut Tx, version_id: i64) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM survey_photos WHERE version_id = $1 AND is_sent = $2";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(version_id).bind(false).fetch_one(c).await?))
}

/// Makes a photo of a draft one of answers that were sent. False when the draft does not hold it.
pub async fn send(tx: &mut Tx, version_id: i64, token_hash: &str, file_id: &str) -> Result<bool, db::Error> {
    const SEND: &str = "UPDATE survey_photos SET is_sent = $4, token_hash = NULL \
        WHERE file_id = $1 AND token_hash = $2 AND version_id = $3";
    let sent = on!(tx, c => sqlx::query(SEND).bind(file_id).bind(token_hash).bind(version_id).bind(true)
        .execute(c).await?.rows_affected());
    Ok(sent == 1)
}

/// A photo that was sent with answers to a question.
pub async fn find_sent(
    tx: &mut Tx,
    (version_id, question_key): (i64, i64),
    file_id: &str,
) -> Result<Option<Photo>, db::Error> {
    const FIND: &str = "SELECT file_id, question_key, width, height FROM survey_photos \
        WHERE file_id = $1 AND version_id = $2 AND question_key = $3 AND is_sent = $4";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(file_id).bind(version_id).bind(question_key).bind(true)
        .fetch_optional(c).await?))
}

/// How many people sent a photo to a question, on paper too.
pub async fn count_senders(tx: &mut Tx, version_id: i64, question_key: i64) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM answers JOIN responses ON responses.response_id = answers.response_id \
        WHERE responses.version_id = $1 AND answers.question_key = $2";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(version_id).bind(question_key).fetch_one(c).await?))
}

/// The names of photos that nothing holds any more, at most so many.
pub async fn list_orphans(tx: &mut Tx, most: i64) -> Result<Vec<String>, db::Error> {
    const LIST: &str = "SELECT file_id FROM survey_photos WHERE token_hash IS NULL AND is_sent = $1 \
        ORDER BY file_id LIMIT $2";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).bind(false).bind(most).fetch_all(c).await?))
}

/// Forgets that a file was a photo.
pub async fn forget(tx: &mut Tx, file_id: &str) -> Result<(), db::Error> {
    const FORGET: &str = "DELETE FROM survey_photos WHERE file_id = $1";
    on!(tx, c => sqlx::query(FORGET).bind(file_id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Writes the sent photos of a version anew, with the rows of their files, in the order of their names, which has nothing
/// to do with that in which they came.
pub async fn rewrite(tx: &mut Tx, version_id: i64) -> Result<(), db::Error> {
    const ANY: &str = "SELECT COUNT(*) FROM survey_photos WHERE version_id = $1 AND is_sent = $2";
    const MAKE: [&str; 2] = [
        "CREATE TEMPORARY TABLE mixed_photos AS SELECT * FROM survey_photos WHERE 1 = 0",
        "CREATE TEMPORARY TABLE mixed_files AS SELECT * FROM files WHERE 1 = 0",
    ];
    const TAKE: &str = "INSERT INTO mixed_photos SELECT * FROM survey_photos WHERE version_id = $1 AND is_sent = $2";
    const MOVE: [&str; 7] = [
        "INSERT INTO mixed_files SELECT * FROM files WHERE file_id IN (SELECT file_id FROM mixed_photos)",
        "DELETE FROM survey_photos WHERE file_id IN (SELECT file_id FROM mixed_photos)",
        "DELETE FROM files WHERE file_id IN (SELECT file_id FROM mixed_photos)",
        "INSERT INTO files SELECT * FROM mixed_files ORDER BY file_id",
        "INSERT INTO survey_photos SELECT * FROM mixed_photos ORDER BY file_id",
        "DROP TABLE mixed_photos",
        "DROP TABLE mixed_files",
    ];
    let any: i64 = on!(tx, c => sqlx::query_scalar(ANY).bind(version_id).bind(true).fetch_one(c).await?);
    if any == 0 {
        return Ok(());
    }
    for make in MAKE {
        on!(tx, c => sqlx::query(make).persistent(false).execute(c).await.map(|_| ())?);
    }
    on!(tx, c => sqlx::query(TAKE).persistent(false).bind(version_id).bind(true).execute(c).await.map(|_| ())?);
    for step in MOVE {
        on!(tx, c => sqlx::query(step).persistent(false).execute(c).await.map(|_| ())?);
    }
    Ok(())
}
