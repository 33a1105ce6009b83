//! The SQL of the outbox.

use chrono::{DateTime, Utc};

use super::Letter;
use crate::db::{self, Tx};
use crate::on;

/// A letter as it is claimed for sending, or listed for staff.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Posted {
    pub letter_id: i64,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub attachment_name: Option<String>,
    pub attachment_type: Option<String>,
    pub attachment: Option<String>,
    pub created_at: DateTime<Utc>,
    pub attempts: i64,
    pub last_error: String,
    /// When it left, or was written to a file.
    pub sent_at: Option<DateTime<Utc>>,
    /// True when it was only written to a file, for want of a mail server.
    pub is_in_folder: bool,
    pub failed_at: Option<DateTime<Utc>>,
}

const INSERT: &str = "INSERT INTO letters (recipient, subject, body, attachment_name, attachment_type, attachment, created_at, try_at, attempts, last_error) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0, '') RETURNING letter_id";

pub(super) async fn insert(tx: &mut Tx, at: DateTime<Utc>, letter: &Letter, subject: &str) -> Result<i64, db::Error> {
    let (name, kind, content) = letter
        .attachment
        .clone()
        .map_or((None, None, None), |(name, kind, content)| (Some(name), Some(kind), Some(content)));
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(&letter.to).bind(subject).bind(&letter.body).bind(name).bind(kind).bind(content).bind(at).fetch_one(c).await?),
    )
}

// A letter waits for earlier ones to the same person, so that they arrive in order.
const CLAIM_SQLITE: &str = "UPDATE letters SET leased_until = $2, attempts = attempts + 1 WHERE letter_id = (\
    SELECT letter_id FROM letters AS next WHERE sent_at IS NULL AND failed_at IS NULL AND try_at <= $1 AND (leased_until IS NULL OR leased_until < $1) \
    AND NOT EXISTS (SELECT 1 FROM letters AS earlier WHERE earlier.recipient = next.recipient AND earlier.letter_id < next.letter_id AND earlier.sent_at IS NULL AND earlier.failed_at IS NULL) \
    ORDER BY try_at, letter_id LIMIT 1) RETURNING *";
const CLAIM_POSTGRES: &str = "UPDATE letters SET leased_until = $2, attempts = attempts + 1 WHERE letter_id = (\
    SELECT letter_id FROM letters AS next WHERE sent_at IS NULL AND failed_at IS NULL AND try_at <= $1 AND (leased_until IS NULL OR leased_until < $1) \
    AND NOT EXISTS (SELECT 1 FROM letters AS earlier WHERE earlier.recipient = next.recipient AND earlier.letter_id < next.letter_id AND earlier.sent_at IS NULL AND earlier.failed_at IS NULL) \
    ORDER BY try_at, letter_id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *";

pub(super) async fn claim(
    tx: &mut Tx,
    now: DateTime<Utc>,
    leased_until: DateTime<Utc>,
) -> Result<Option<Posted>, db::Error> {
    let sql = tx.pick(CLAIM_SQLITE, CLAIM_POSTGRES);
    Ok(on!(tx, c => sqlx::query_as(sql).bind(now).bind(leased_until).fetch_optional(c).await?))
}

pub(super) async fn any_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<bool, db::Error> {
    const SQL: &str = "SELECT COUNT(*) FROM letters WHERE sent_at IS NULL AND failed_at IS NULL AND try_at <= $1 AND (leased_until IS NULL OR leased_until < $1)";
    let due: i64 = on!(tx, c => sqlx::query_scalar(SQL).bind(now).fetch_one(c).await?);
    Ok(due > 0)
}

pub(super) async fn mark_sent(
    tx: &mut Tx,
    letter_id: i64,
    at: DateTime<Utc>,
    in_folder: bool,
) -> Result<(), db::Error> {
    const SQL: &str =
        "UPDATE letters SET sent_at = $2, is_in_folder = $3, leased_until = NULL, last_error = '' WHERE letter_id = $1";
    on!(tx, c => sqlx::query(SQL).bind(letter_id).bind(at).bind(in_folder).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn postpone(tx: &mut Tx, letter_id: i64, until: DateTime<Utc>, error: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE letters SET try_at = $2, leased_until = NULL, last_error = $3 WHERE letter_id = $1").bind(letter_id).bind(until).bind(error).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn mark_failed(tx: &mut Tx, letter_id: i64, at: DateTime<Utc>, error: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE letters SET failed_at = $2, leased_until = NULL, last_error = $3 WHERE letter_id = $1").bind(letter_id).bind(at).bind(error).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Puts a failed letter back in the outbox as if it were new; false when it is not failed.
///
/// # Errors
/// When the database refuses.
pub async fn resend(tx: &mut Tx, letter_id: i64, at: DateTime<Utc>) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query("UPDATE letters SET failed_at = NULL, created_at = $2, try_at = $2, attempts = 0 WHERE letter_id = $1 AND failed_at IS NOT NULL")
        .bind(letter_id).bind(at).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Removes a letter, sent or not: for erasing a person's details.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &mut Tx, letter_id: i64) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM letters WHERE letter_id = $1").bind(letter_id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Shows every waiting letter as failed, with the reason, so that a person decides whether it leaves. Returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn hold_waiting(tx: &mut Tx, at: DateTime<Utc>, why: &str) -> Result<u64, db::Error> {
    const SQL: &str = "UPDATE letters SET failed_at = $1, leased_until = NULL, last_error = $2 WHERE sent_at IS NULL AND failed_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(at).bind(why).execute(c).await?.rows_affected()))
}

/// The newest letters, newest first, for the staff page.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, limit: i64) -> Result<Vec<Posted>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT * FROM letters ORDER BY letter_id DESC LIMIT $1").bind(limit).fetch_all(c).await?),
    )
}

/// How many letters failed for good and wait for a person.
///
/// # Errors
/// When the database refuses.
pub async fn count_failed(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM letters WHERE failed_at IS NOT NULL").fetch_one(c).await?))
}

/// Letters to an address, and letters that name it, written in small letters.
const NAMES: &str = "SELECT letter_id FROM letters WHERE LOWER(recipient) = $1 OR LOWER(subject || ' ' || body || ' ' || COALESCE(attachment, '')) LIKE '%' || $2 || '%' ESCAPE '!'";
const ERASE_NAMING: &str = "DELETE FROM letters WHERE LOWER(recipient) = $1 OR LOWER(subject || ' ' || body || ' ' || COALESCE(attachment, '')) LIKE '%' || $2 || '%' ESCAPE '!' RETURNING letter_id";

/// An address as a pattern that means nothing but itself.
fn pattern(email: &str) -> String {
    email.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

/// The letters that went to an address or name it.
///
/// # Errors
/// When the database refuses.
pub async fn list_with(tx: &mut Tx, email: &str) -> Result<Vec<i64>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(NAMES).bind(email).bind(pattern(email)).fetch_all(c).await?))
}

/// Removes every letter that went to an address or names it, sent or not, and gives their keys.
///
/// # Errors
/// When the database refuses.
pub async fn erase_with(tx: &mut Tx, email: &str) -> Result<Vec<i64>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(ERASE_NAMING).bind(email).bind(pattern(email)).fetch_all(c).await?))
}
