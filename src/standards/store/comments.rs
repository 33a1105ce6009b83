//! Residents' comments as they arrive and are read.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::standards::comment::{Comment, NewComment, Voice};
use crate::thread::id::{CommentId, StandardId};

const INSERT: &str = "INSERT INTO comments (standard_id, submission_key, words, may_publish, may_pass_on, name, email, phone, sent_at, \
    withheld_reason, answer, passed_to, passed_reference, passed_consent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', '', '') \
    ON CONFLICT (submission_key) DO NOTHING RETURNING comment_id";

/// Keeps a comment; none when the same form was sent before.
pub(in crate::standards) async fn insert(
    tx: &mut Tx,
    standard: StandardId,
    new: &NewComment,
    at: DateTime<Utc>,
) -> Result<Option<CommentId>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(standard).bind(&new.submission_key).bind(&new.words).bind(new.may_publish).bind(new.may_pass_on)
        .bind(&new.name).bind(&new.email).bind(&new.phone).bind(at)
        .fetch_optional(c).await?))
}

macro_rules! comment {
    ($rest:literal) => {
        concat!(
            "SELECT k.*, s.slug AS standard_slug, \
             (SELECT v.title FROM standard_versions AS v WHERE v.standard_id = s.standard_id ORDER BY v.in_force DESC, v.number DESC LIMIT 1) AS standard_title \
             FROM comments AS k JOIN standards AS s ON s.standard_id = k.standard_id ",
            $rest
        )
    };
}

/// A comment by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: CommentId) -> Result<Option<Comment>, db::Error> {
    const SQL: &str = comment!("WHERE k.comment_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// Every comment, those nobody has read first and oldest first among them, then the newest.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Comment>, db::Error> {
    const SQL: &str = comment!(
        "ORDER BY CASE WHEN k.read_at IS NULL THEN 0 ELSE 1 END, CASE WHEN k.read_at IS NULL THEN k.sent_at END, k.sent_at DESC, k.comment_id DESC"
    );
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// Comments nobody has read.
///
/// # Errors
/// When the database refuses.
pub async fn count_waiting(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM comments WHERE read_at IS NULL").fetch_one(c).await?))
}

/// What residents said of a standard and agreed to show, newest first. Nothing in it says who they are.
///
/// # Errors
/// When the database refuses.
pub async fn list_voices(tx: &mut Tx, standard: StandardId, most: i64) -> Result<Vec<Voice>, db::Error> {
    const SQL: &str = "SELECT comment_id, published_words AS words, sent_at, answer FROM comments \
        WHERE standard_id = $1 AND published_at IS NOT NULL ORDER BY sent_at DESC, comment_id DESC LIMIT $2";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(standard).bind(most).fetch_all(c).await?))
}

/// Notes that a comment came from one place.
pub(in crate::standards) async fn insert_sender(
    tx: &mut Tx,
    counter: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("INSERT INTO comment_senders (counter, sent_at) VALUES ($1, $2)").bind(counter).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// How many comments came from one place since an instant.
pub(in crate::standards) async fn count_sent(
    tx: &mut Tx,
    counter: &str,
    since: DateTime<Utc>,
) -> Result<i64, db::Error> {
    const SQL: &str = "SELECT COUNT(*) FROM comment_senders WHERE counter = $1 AND sent_at > $2";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(counter).bind(since).fetch_one(c).await?))
}

/// Forgets where comments came from.
pub(in crate::standards) async fn forget_senders(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM comment_senders WHERE sent_at < $1").bind(before).execute(c).await.map(|_| ())?);
    Ok(())
}
