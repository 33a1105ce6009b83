//! The SQL of samples.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::types::Json;

use crate::clock;
use crate::db::{self, Tx, one_row};
use crate::on;
use crate::surveys::sample::plan::{Framed, Plan};
use crate::thread::id::{HouseholdId, SurveyId};

/// A sample as it was drawn, without its frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub seed: String,
    pub plan: Plan,
    pub drawn_at: DateTime<Utc>,
    /// Since when homes are asked; until then it can be drawn anew.
    pub begun_at: Option<DateTime<Utc>>,
    /// How many times e-mails were ordered.
    pub mailings: i64,
    /// The day of the last.
    pub mailed_on: Option<NaiveDate>,
    /// Where homes are asked about events: how many days after each, 0 to 90.
    pub days: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct Row {
    seed: String,
    strata: String,
    whole_tenures: Json<Vec<String>>,
    wanted: Option<i64>,
    months: i64,
    ways: String,
    most_reminders: i64,
    most_calls: i64,
    drawn_at: DateTime<Utc>,
    begun_at: Option<DateTime<Utc>>,
    mailings: i64,
    mailed_on: Option<NaiveDate>,
    days: Option<i64>,
}

/// The sample of a survey, if one was drawn.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, survey: SurveyId) -> Result<Option<Sample>, db::Error> {
    const FIND: &str = "SELECT seed, strata, whole_tenures, wanted, months, ways, most_reminders, most_calls, drawn_at, begun_at, mailings, \
        mailed_on, days FROM survey_samples WHERE survey_id = $1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?);
    let Some(row) = row else { return Ok(None) };
    let strata = row.strata.parse().map_err(|()| db::Error::Corrupt { table: "survey_samples", column: "strata" })?;
    let ways = row.ways.parse().map_err(|()| db::Error::Corrupt { table: "survey_samples", column: "ways" })?;
    Ok(Some(Sample {
        seed: row.seed,
        plan: Plan {
            strata,
            whole: row.whole_tenures.0,
            wanted: row.wanted,
            months: row.months,
            ways,
            most_reminders: row.most_reminders,
            most_calls: row.most_calls,
        },
        drawn_at: row.drawn_at,
        begun_at: row.begun_at,
        mailings: row.mailings,
        mailed_on: row.mailed_on,
        days: row.days,
    }))
}

/// True when the survey has a sample.
///
/// # Errors
/// When the database refuses.
pub async fn exists(tx: &mut Tx, survey: SurveyId) -> Result<bool, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM survey_samples WHERE survey_id = $1";
    let count: i64 = on!(tx, c => sqlx::query_scalar(COUNT).bind(survey).fetch_one(c).await?);
    Ok(count > 0)
}

/// Every home as the list stood when the sample was drawn.
///
/// # Errors
/// When the database refuses.
pub async fn find_frame(tx: &mut Tx, survey: SurveyId) -> Result<Vec<Framed>, db::Error> {
    const FIND: &str = "SELECT frame FROM survey_samples WHERE survey_id = $1";
    let frame: Option<Json<Vec<(String, String, String)>>> =
        on!(tx, c => sqlx::query_scalar(FIND).bind(survey).fetch_optional(c).await?);
    let read = |(reference, stratum, standing): (String, String, String)| {
        let standing =
            standing.parse().map_err(|()| db::Error::Corrupt { table: "survey_samples", column: "frame" })?;
        Ok(Framed { reference, stratum, standing })
    };
    frame.map(|frame| frame.0).unwrap_or_default().into_iter().map(read).collect()
}

/// Keeps a sample.
///
/// # Errors
/// `Conflict` when the survey has one.
pub async fn insert(
    tx: &mut Tx,
    survey: SurveyId,
    plan: &Plan,
    seed: &str,
    frame: &[Framed],
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO survey_samples (survey_id, seed, strata, wanted, months, most_reminders, most_calls, \
        frame, drawn_at, mailings, ways, whole_tenures) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)";
    let frame: Vec<(&str, &str, &str)> = frame
        .iter()
        .map(|framed| (framed.reference.as_str(), framed.stratum.as_str(), framed.standing.code()))
        .collect();
    on!(tx, c => sqlx::query(INSERT).bind(survey).bind(seed).bind(plan.strata.code()).bind(plan.wanted).bind(plan.months)
        .bind(plan.most_reminders).bind(plan.most_calls).bind(Json(&frame)).bind(at).bind(plan.ways.code()).bind(Json(&plan.whole))
        .execute(c).await.map(|_| ())?);
    Ok(())
}

/// Throws a sample away of which nobody was asked. False when there is none, or homes were asked.
///
/// # Errors
/// When the database refuses.
pub async fn discard(tx: &mut Tx, survey: SurveyId) -> Result<bool, db::Error> {
    const DISCARD: &str = "DELETE FROM survey_samples WHERE survey_id = $1 AND begun_at IS NULL";
    let gone = on!(tx, c => sqlx::query(DISCARD).bind(survey).execute(c).await?.rows_affected());
    Ok(gone == 1)
}

/// Says that homes are asked from now on, unless that was said before.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &mut Tx, survey: SurveyId, at: DateTime<Utc>) -> Result<(), db::Error> {
    const BEGIN: &str = "UPDATE survey_samples SET begun_at = $2 WHERE survey_id = $1 AND begun_at IS NULL";
    on!(tx, c => sqlx::query(BEGIN).bind(survey).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Orders one mailing more, if there were so many before and not as many as there may be. False when there were not.
///
/// # Errors
/// When the database refuses.
pub async fn order_mailing(tx: &mut Tx, survey: SurveyId, before: i64, on: NaiveDate) -> Result<bool, db::Error> {
    const ORDER: &str = "UPDATE survey_samples SET mailings = mailings + 1, mailed_on = $3 \
        WHERE survey_id = $1 AND mailings = $2 AND mailings <= most_reminders";
    let ordered = on!(tx, c => sqlx::query(ORDER).bind(survey).bind(before).bind(on).execute(c).await?.rows_affected());
    Ok(ordered == 1)
}

/// Makes a sample one whose homes are asked about events, so many days after each, from now on.
///
/// # Errors
/// When the database refuses.
pub async fn ask_by_events(tx: &mut Tx, survey: SurveyId, days: i64, at: DateTime<Utc>) -> Result<(), db::Error> {
    const SET: &str = "UPDATE survey_samples SET days = $2, begun_at = $3, mailings = 1 WHERE survey_id = $1";
    one_row(on!(tx, c => sqlx::query(SET).bind(survey).bind(days).bind(at).execute(c).await?.rows_affected()))
}

/// True when a home was drawn for any survey, or asked about an event, since a moment.
///
/// # Errors
/// When the database refuses.
pub async fn was_asked_since(tx: &mut Tx, home: HouseholdId, since: DateTime<Utc>) -> Result<bool, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM sample_homes \
        JOIN survey_samples ON survey_samples.survey_id = sample_homes.survey_id WHERE sample_homes.household_id = $1 \
        AND (COALESCE(survey_samples.begun_at, survey_samples.drawn_at) > $2 OR sample_homes.written_on > $3)";
    let day = clock::london_day(since);
    let count: i64 = on!(tx, c => sqlx::query_scalar(COUNT).bind(home).bind(since).bind(day).fetch_one(c).await?);
    Ok(count > 0)
}

/// The homes drawn for any survey, or asked about an event, since a moment.
///
/// # Errors
/// When the database refuses.
pub async fn asked_since(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<HouseholdId>, db::Error> {
    const ASKED: &str = "SELECT DISTINCT sample_homes.household_id FROM sample_homes \
        JOIN survey_samples ON survey_samples.survey_id = sample_homes.survey_id \
        WHERE COALESCE(survey_samples.begun_at, survey_samples.drawn_at) > $1 OR sample_homes.written_on > $2";
    let day = clock::london_day(since);
    Ok(on!(tx, c => sqlx::query_scalar(ASKED).bind(since).bind(day).fetch_all(c).await?))
}

/// The surveys a home was drawn for, newest first, with the day.
///
/// # Errors
/// When the database refuses.
pub async fn asked_of(tx: &mut Tx, home: HouseholdId) -> Result<Vec<(SurveyId, String, NaiveDate)>, db::Error> {
    const ASKED: &str = "SELECT surveys.survey_id, surveys.title, survey_samples.drawn_at FROM sample_homes \
        JOIN survey_samples ON survey_samples.survey_id = sample_homes.survey_id \
        JOIN surveys ON surveys.survey_id = sample_homes.survey_id \
        WHERE sample_homes.household_id = $1 ORDER BY survey_samples.drawn_at DESC, surveys.survey_id DESC";
    let rows: Vec<(SurveyId, String, DateTime<Utc>)> =
        on!(tx, c => sqlx::query_as(ASKED).bind(home).fetch_all(c).await?);
    Ok(rows.into_iter().map(|(id, title, at)| (id, title, clock::london_day(at))).collect())
}
