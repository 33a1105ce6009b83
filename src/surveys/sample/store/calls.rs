//! The SQL of ringing: who rings which home, and what came of it.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::surveys::sample::outcome::Outcome;
use crate::thread::id::{AccountId, SurveyId};

/// The home that somebody is ringing now.
///
/// # Errors
/// When the database refuses.
pub async fn find_held(
    tx: &mut Tx,
    survey: SurveyId,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<Option<i64>, db::Error> {
    const FIND: &str = "SELECT home_id FROM sample_homes WHERE survey_id = $1 AND claimed_by = $2 AND claimed_until > $3 \
        AND NOT is_spent ORDER BY home_id LIMIT 1";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(survey).bind(by).bind(now).fetch_optional(c).await?))
}

/// Takes the next home to ring, so that nobody else does: promised call-backs by their time, then homes reached by telephone
/// only, then the others; those rung least often first. None when there is none, or somebody else took the same.
///
/// # Errors
/// When the database refuses.
pub async fn claim(
    tx: &mut Tx,
    survey: SurveyId,
    most_calls: i64,
    by: AccountId,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<i64>, db::Error> {
    const CLAIM: &str = "UPDATE sample_homes SET claimed_by = $3, claimed_until = $5 WHERE home_id = (\
        SELECT next.home_id FROM sample_homes AS next WHERE next.survey_id = $1 AND next.has_number AND NOT next.is_spent \
        AND NOT next.wants_no_more AND next.calls < $2 AND next.outcome IN ('', 'no_answer', 'engaged', 'call_back') \
        AND (next.call_at IS NULL OR next.call_at <= $4) AND (next.claimed_until IS NULL OR next.claimed_until <= $4) \
        ORDER BY CASE WHEN next.outcome = 'call_back' THEN 0 WHEN next.way = 'telephone' THEN 1 ELSE 2 END, \
        CASE WHEN next.outcome = 'call_back' THEN next.call_at END, next.calls, next.place LIMIT 1) \
        AND NOT is_spent AND (claimed_until IS NULL OR claimed_until <= $4) RETURNING home_id";
    Ok(on!(tx, c => sqlx::query_scalar(CLAIM).bind(survey).bind(most_calls).bind(by).bind(now).bind(until)
        .fetch_optional(c).await?))
}

/// How many homes can be rung now, and how many later: those to be rung again at a time, and those that somebody holds.
///
/// # Errors
/// When the database refuses.
pub async fn count(
    tx: &mut Tx,
    survey: SurveyId,
    most_calls: i64,
    now: DateTime<Utc>,
) -> Result<(i64, i64), db::Error> {
    const COUNT: &str = "SELECT COUNT(CASE WHEN (call_at IS NULL OR call_at <= $3) \
        AND (claimed_until IS NULL OR claimed_until <= $3) THEN 1 END), \
        COUNT(CASE WHEN call_at > $3 OR claimed_until > $3 THEN 1 END) FROM sample_homes \
        WHERE survey_id = $1 AND has_number AND NOT is_spent AND NOT wants_no_more AND calls < $2 \
        AND outcome IN ('', 'no_answer', 'engaged', 'call_back')";
    Ok(on!(tx, c => sqlx::query_as(COUNT).bind(survey).bind(most_calls).bind(now).fetch_one(c).await?))
}

/// How many homes that asked to be rung at a time of theirs are due now, and how many later up to a moment.
///
/// # Errors
/// When the database refuses.
pub async fn count_promised(
    tx: &mut Tx,
    survey: SurveyId,
    most_calls: i64,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(i64, i64), db::Error> {
    const COUNT: &str = "SELECT COUNT(CASE WHEN call_at <= $3 THEN 1 END), COUNT(CASE WHEN call_at > $3 THEN 1 END) \
        FROM sample_homes WHERE survey_id = $1 AND has_number AND NOT is_spent AND NOT wants_no_more AND calls < $2 \
        AND outcome = 'call_back' AND call_at < $4";
    Ok(on!(tx, c => sqlx::query_as(COUNT).bind(survey).bind(most_calls).bind(now).bind(until).fetch_one(c).await?))
}

/// Takes a home out of the queue without a call, because nobody there may be rung any more, or because it is no longer the
/// landlord's.
///
/// # Errors
/// When the database refuses.
pub async fn drop_out(tx: &mut Tx, id: i64, is_gone: bool) -> Result<(), db::Error> {
    const DROP: &str = "UPDATE sample_homes SET wants_no_more = TRUE, outcome = CASE WHEN $2 THEN 'gone' ELSE outcome END, \
        claimed_by = NULL, claimed_until = NULL WHERE home_id = $1";
    on!(tx, c => sqlx::query(DROP).bind(id).bind(is_gone).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Lets go of a home without having rung. False when somebody else holds it.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &mut Tx, id: i64, by: AccountId) -> Result<bool, db::Error> {
    const RELEASE: &str =
        "UPDATE sample_homes SET claimed_by = NULL, claimed_until = NULL WHERE home_id = $1 AND claimed_by = $2";
    let changed = on!(tx, c => sqlx::query(RELEASE).bind(id).bind(by).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Notes what came of a call by whoever holds the home, and lets go of it. False when they hold it no more.
///
/// # Errors
/// When the database refuses.
pub async fn note(
    tx: &mut Tx,
    id: i64,
    by: AccountId,
    outcome: Outcome,
    (now, again): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<bool, db::Error> {
    const NOTE: &str = "UPDATE sample_homes SET calls = calls + 1, outcome = $3, call_at = $4, \
        wants_no_more = (wants_no_more OR $5), claimed_by = NULL, claimed_until = NULL \
        WHERE home_id = $1 AND claimed_by = $2 AND NOT is_spent";
    const LOG: &str = "INSERT INTO sample_calls (home_id, outcome, called_at, account_id) VALUES ($1, $2, $3, $4)";
    let noted = on!(tx, c => sqlx::query(NOTE).bind(id).bind(by).bind(outcome.code()).bind(again)
        .bind(outcome.ends_all()).execute(c).await?.rows_affected());
    if noted == 0 {
        return Ok(false);
    }
    on!(tx, c => sqlx::query(LOG).bind(id).bind(outcome.code()).bind(now).bind(by).execute(c).await.map(|_| ())?);
    Ok(true)
}

/// The calls to a home that did not end with answers, oldest first: what came of each, when, and who rang.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, id: i64) -> Result<Vec<(String, DateTime<Utc>, AccountId)>, db::Error> {
    const LIST: &str = "SELECT outcome, called_at, account_id FROM sample_calls WHERE home_id = $1 ORDER BY call_id";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(id).fetch_all(c).await?))
}

/// How many calls of a survey had each outcome.
///
/// # Errors
/// When the database refuses.
pub async fn count_outcomes(tx: &mut Tx, survey: SurveyId) -> Result<Vec<(String, i64)>, db::Error> {
    const COUNT: &str = "SELECT sample_calls.outcome, COUNT(*) FROM sample_calls \
        JOIN sample_homes ON sample_homes.home_id = sample_calls.home_id WHERE sample_homes.survey_id = $1 \
        GROUP BY sample_calls.outcome ORDER BY sample_calls.outcome";
    Ok(on!(tx, c => sqlx::query_as(COUNT).bind(survey).fetch_all(c).await?))
}
