//! The SQL of the links and codes of a home, and of the e-mails that carried them.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::{HouseholdId, SurveyId};

/// Keeps the hash of a link or code.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, home: i64, token_hash: &str) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO sample_keys (token_hash, home_id) VALUES ($1, $2)";
    on!(tx, c => sqlx::query(INSERT).bind(token_hash).bind(home).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The survey of a link or code, and whether its home has answered.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<(SurveyId, bool)>, db::Error> {
    const FIND: &str = "SELECT sample_homes.survey_id, sample_homes.is_spent FROM sample_keys \
        JOIN sample_homes ON sample_homes.home_id = sample_keys.home_id WHERE sample_keys.token_hash = $1";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(token_hash).fetch_optional(c).await?))
}

/// The home of a survey's sample that a link or code was made for.
///
/// # Errors
/// When the database refuses.
pub async fn find_home(tx: &mut Tx, survey: SurveyId, token_hash: &str) -> Result<Option<i64>, db::Error> {
    const FIND: &str = "SELECT sample_homes.home_id FROM sample_keys \
        JOIN sample_homes ON sample_homes.home_id = sample_keys.home_id \
        WHERE sample_keys.token_hash = $1 AND sample_homes.survey_id = $2";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(token_hash).bind(survey).fetch_optional(c).await?))
}

/// Spends the invitation of a home by any of its links. False when it was spent before or is not this survey's.
///
/// # Errors
/// When the database refuses.
pub async fn spend(tx: &mut Tx, survey: SurveyId, token_hash: &str) -> Result<bool, db::Error> {
    const SPEND: &str = "UPDATE sample_homes SET is_spent = TRUE, call_at = NULL, claimed_by = NULL, claimed_until = NULL \
        WHERE survey_id = $1 AND NOT is_spent AND home_id = (SELECT home_id FROM sample_keys WHERE token_hash = $2)";
    let spent = on!(tx, c => sqlx::query(SPEND).bind(survey).bind(token_hash).execute(c).await?.rows_affected());
    Ok(spent == 1)
}

/// Sees to it that a home gets no reminder. False when no home has that link.
///
/// # Errors
/// When the database refuses.
pub async fn stop(tx: &mut Tx, token_hash: &str) -> Result<bool, db::Error> {
    const STOP: &str = "UPDATE sample_homes SET wants_no_more = TRUE \
        WHERE home_id = (SELECT home_id FROM sample_keys WHERE token_hash = $1)";
    let stopped = on!(tx, c => sqlx::query(STOP).bind(token_hash).execute(c).await?.rows_affected());
    Ok(stopped == 1)
}

/// Notes which letter went to a home.
///
/// # Errors
/// When the database refuses.
pub async fn insert_letter(tx: &mut Tx, home: i64, letter: i64) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO sample_letters (letter_id, home_id) VALUES ($1, $2)";
    on!(tx, c => sqlx::query(INSERT).bind(letter).bind(home).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Forgets the links of a household and gives the letters that went to it, which are forgotten too.
///
/// # Errors
/// When the database refuses.
pub async fn take_of_household(tx: &mut Tx, id: HouseholdId) -> Result<Vec<i64>, db::Error> {
    const KEYS: &str =
        "DELETE FROM sample_keys WHERE home_id IN (SELECT home_id FROM sample_homes WHERE household_id = $1)";
    const LETTERS: &str = "DELETE FROM sample_letters \
        WHERE home_id IN (SELECT home_id FROM sample_homes WHERE household_id = $1) RETURNING letter_id";
    on!(tx, c => sqlx::query(KEYS).bind(id).execute(c).await.map(|_| ())?);
    Ok(on!(tx, c => sqlx::query_scalar(LETTERS).bind(id).fetch_all(c).await?))
}

/// How many links, letters and calls there are of surveys that closed before a moment.
///
/// # Errors
/// When the database refuses.
pub async fn count_closed_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM sample_homes JOIN surveys ON surveys.survey_id = sample_homes.survey_id \
        WHERE surveys.closes_at < $1 \
        AND (EXISTS (SELECT 1 FROM sample_keys WHERE sample_keys.home_id = sample_homes.home_id) \
        OR EXISTS (SELECT 1 FROM sample_letters WHERE sample_letters.home_id = sample_homes.home_id) \
        OR EXISTS (SELECT 1 FROM sample_calls WHERE sample_calls.home_id = sample_homes.home_id))";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(before).fetch_one(c).await?))
}

/// Forgets the links and calls of surveys that closed before a moment, and gives the letters to their homes, which are
/// forgotten too.
///
/// # Errors
/// When the database refuses.
pub async fn take_closed_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<Vec<i64>, db::Error> {
    const KEYS: &str = "DELETE FROM sample_keys WHERE home_id IN (SELECT home_id FROM sample_homes \
        JOIN surveys ON surveys.survey_id = sample_homes.survey_id WHERE surveys.closes_at < $1)";
    const CALLS: &str = "DELETE FROM sample_calls WHERE home_id IN (SELECT home_id FROM sample_homes \
        JOIN surveys ON surveys.survey_id = sample_homes.survey_id WHERE surveys.closes_at < $1)";
    const LETTERS: &str = "DELETE FROM sample_letters WHERE home_id IN (SELECT home_id FROM sample_homes \
        JOIN surveys ON surveys.survey_id = sample_homes.survey_id WHERE surveys.closes_at < $1) RETURNING letter_id";
    for forget in [KEYS, CALLS] {
        on!(tx, c => sqlx::query(forget).bind(before).execute(c).await.map(|_| ())?);
    }
    Ok(on!(tx, c => sqlx::query_scalar(LETTERS).bind(before).fetch_all(c).await?))
}
