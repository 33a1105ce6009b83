//! What staff do with a comment. Every change is conditional; the count of rows tells whether it could be done.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::CommentId;

/// Marks a comment as read; reading again changes nothing.
pub(in crate::standards) async fn mark_read(tx: &mut Tx, id: CommentId, at: DateTime<Utc>) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE comments SET read_at = $2 WHERE comment_id = $1 AND read_at IS NULL";
    on!(tx, c => sqlx::query(SQL).bind(id).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Shows a comment in these words; false when the resident did not allow it or the words were erased.
pub(in crate::standards) async fn publish(
    tx: &mut Tx,
    id: CommentId,
    words: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE comments SET published_words = $2, published_at = COALESCE(published_at, $3), withheld_at = NULL, withheld_reason = '', \
        read_at = COALESCE(read_at, $3) WHERE comment_id = $1 AND may_publish AND words <> ''";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(words).bind(at).execute(c).await?.rows_affected()) == 1)
}

/// Keeps a comment from being shown, for a reason.
pub(in crate::standards) async fn withhold(
    tx: &mut Tx,
    id: CommentId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE comments SET published_words = NULL, published_at = NULL, withheld_at = $3, withheld_reason = $2, \
        read_at = COALESCE(read_at, $3) WHERE comment_id = $1";
    let done = on!(tx, c => sqlx::query(SQL).bind(id).bind(reason).bind(at).execute(c).await?.rows_affected());
    db::one_row(done)
}

/// Keeps the answer to a comment.
pub(in crate::standards) async fn answer(
    tx: &mut Tx,
    id: CommentId,
    words: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str =
        "UPDATE comments SET answer = $2, answered_at = $3, read_at = COALESCE(read_at, $3) WHERE comment_id = $1";
    let done = on!(tx, c => sqlx::query(SQL).bind(id).bind(words).bind(at).execute(c).await?.rows_affected());
    db::one_row(done)
}

/// Remembers a letter that took the answer, so that an erasure reaches it.
pub(in crate::standards) async fn insert_letter(tx: &mut Tx, id: CommentId, letter: i64) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("INSERT INTO comment_letters (comment_id, letter_id) VALUES ($1, $2)").bind(id).bind(letter).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Forgets which letters took the answer, and returns them.
pub(in crate::standards) async fn take_letters(tx: &mut Tx, id: CommentId) -> Result<Vec<i64>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("DELETE FROM comment_letters WHERE comment_id = $1 RETURNING letter_id").bind(id).fetch_all(c).await?),
    )
}

/// Notes to whom a comment was passed on, and how the resident agreed.
pub(in crate::standards) async fn pass_on(
    tx: &mut Tx,
    id: CommentId,
    to: &str,
    reference: &str,
    consent: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE comments SET passed_to = $2, passed_reference = $3, passed_consent = $4, passed_at = $5, read_at = COALESCE(read_at, $5) WHERE comment_id = $1";
    let done = on!(tx, c => sqlx::query(SQL).bind(id).bind(to).bind(reference).bind(consent).bind(at).execute(c).await?.rows_affected());
    db::one_row(done)
}

/// Empties who wrote a comment.
pub(in crate::standards) async fn erase_contact(
    tx: &mut Tx,
    id: CommentId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE comments SET name = NULL, email = NULL, phone = NULL, passed_consent = '', erased_at = $2 WHERE comment_id = $1";
    let done = on!(tx, c => sqlx::query(SQL).bind(id).bind(at).execute(c).await?.rows_affected());
    db::one_row(done)
}

/// Empties what a comment says, in every form, with the answer to it.
pub(in crate::standards) async fn erase_words(tx: &mut Tx, id: CommentId, at: DateTime<Utc>) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE comments SET words = '', published_words = NULL, published_at = NULL, answer = '', passed_reference = '', \
        read_at = COALESCE(read_at, $2) WHERE comment_id = $1";
    let done = on!(tx, c => sqlx::query(SQL).bind(id).bind(at).execute(c).await?.rows_affected());
    db::one_row(done)
}

/// Comments that still say who wrote them although they were sent before an instant.
pub(in crate::standards) async fn list_with_contact_before(
    tx: &mut Tx,
    before: DateTime<Utc>,
) -> Result<Vec<CommentId>, db::Error> {
    const SQL: &str = "SELECT comment_id FROM comments WHERE sent_at < $1 AND (name IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL)";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(before).fetch_all(c).await?))
}

/// Comments that somebody left with this address, in small letters.
pub(in crate::standards) async fn list_of_email(tx: &mut Tx, email: &str) -> Result<Vec<CommentId>, db::Error> {
    const SQL: &str = "SELECT comment_id FROM comments WHERE LOWER(email) = $1 ORDER BY comment_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(email).fetch_all(c).await?))
}
