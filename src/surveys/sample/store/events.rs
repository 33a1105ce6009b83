//! The SQL of events that homes are asked about.

use chrono::NaiveDate;

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::surveys::sample::events::Event;
use crate::thread::id::{HouseholdId, SurveyId};

/// Keeps an event. False when it is known.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx, survey: SurveyId, event: &Event, due_on: NaiveDate) -> Result<bool, db::Error> {
    const INSERT: &str = "INSERT INTO sample_events (survey_id, household_id, happened_on, due_on, state) \
        VALUES ($1, $2, $3, $4, 'waiting') ON CONFLICT (survey_id, household_id, happened_on) DO NOTHING";
    let inserted = on!(tx, c => sqlx::query(INSERT).bind(survey).bind(event.household).bind(event.happened_on).bind(due_on)
        .execute(c).await?.rows_affected());
    Ok(inserted == 1)
}

/// How many events are due.
///
/// # Errors
/// When the database refuses.
pub async fn count_due(tx: &mut Tx, on: NaiveDate) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM sample_events WHERE state = 'waiting' AND due_on <= $1";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(on).fetch_one(c).await?))
}

/// Events that are due, the one that has waited longest first: the key of each, the survey and the home.
///
/// # Errors
/// When the database refuses.
pub async fn list_due(tx: &mut Tx, on: NaiveDate, most: i64) -> Result<Vec<(i64, SurveyId, HouseholdId)>, db::Error> {
    const LIST: &str = "SELECT event_id, survey_id, household_id FROM sample_events WHERE state = 'waiting' \
        AND due_on <= $1 ORDER BY due_on, event_id LIMIT $2";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(on).bind(most).fetch_all(c).await?))
}

/// Hands events that wait from a survey to the one that follows it.
///
/// # Errors
/// When the database refuses.
pub async fn carry(tx: &mut Tx, from: SurveyId, to: SurveyId) -> Result<(), db::Error> {
    const CARRY: &str = "UPDATE sample_events SET survey_id = $2 WHERE survey_id = $1 AND state = 'waiting'";
    on!(tx, c => sqlx::query(CARRY).bind(from).bind(to).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Puts an event that waits off to a later day.
///
/// # Errors
/// `WrongRowCount` when it waits no more.
pub async fn put_off(tx: &mut Tx, id: i64, to: NaiveDate) -> Result<(), db::Error> {
    const PUT: &str = "UPDATE sample_events SET due_on = $2 WHERE event_id = $1 AND state = 'waiting'";
    one_row(on!(tx, c => sqlx::query(PUT).bind(id).bind(to).execute(c).await?.rows_affected()))
}

/// Says what became of an event.
///
/// # Errors
/// `WrongRowCount` when that was said before.
pub async fn settle(tx: &mut Tx, id: i64, state: &str) -> Result<(), db::Error> {
    const SETTLE: &str = "UPDATE sample_events SET state = $2 WHERE event_id = $1 AND state = 'waiting'";
    one_row(on!(tx, c => sqlx::query(SETTLE).bind(id).bind(state).execute(c).await?.rows_affected()))
}

/// How many events of a survey have come to what.
///
/// # Errors
/// When the database refuses.
pub async fn count(tx: &mut Tx, survey: SurveyId) -> Result<Vec<(String, i64)>, db::Error> {
    const COUNT: &str = "SELECT state, COUNT(*) FROM sample_events WHERE survey_id = $1 GROUP BY state ORDER BY state";
    Ok(on!(tx, c => sqlx::query_as(COUNT).bind(survey).fetch_all(c).await?))
}
