//! The SQL of the homes of a sample.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::residents::{Household, Way};
use crate::surveys::sample::home::Home;
use crate::thread::id::{AccountId, HouseholdId, SurveyId};

#[derive(sqlx::FromRow)]
struct Row {
    home_id: i64,
    household_id: HouseholdId,
    place: i64,
    way: String,
    is_spent: bool,
    wants_no_more: bool,
    written: i64,
    written_on: Option<NaiveDate>,
    calls: i64,
    call_at: Option<DateTime<Utc>>,
    claimed_by: Option<AccountId>,
    claimed_until: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Home, db::Error> {
        let way = self.way.parse().map_err(|()| db::Error::Corrupt { table: "sample_homes", column: "way" })?;
        Ok(Home {
            id: self.home_id,
            household: self.household_id,
            place: self.place,
            way,
            is_spent: self.is_spent,
            wants_no_more: self.wants_no_more,
            written: self.written,
            written_on: self.written_on,
            calls: self.calls,
            call_at: self.call_at,
            claim: self.claimed_by.zip(self.claimed_until),
        })
    }
}

/// Keeps a home of a sample, which is asked by a way.
///
/// # Errors
/// `Conflict` when it is in the sample already.
pub async fn insert(
    tx: &mut Tx,
    survey: SurveyId,
    (home, way): (&Household, Way),
    place: i64,
    stratum: &str,
) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO sample_homes (survey_id, household_id, place, stratum, way, has_number, is_spent, \
        wants_no_more, mailing, written, calls, outcome) VALUES ($1, $2, $3, $4, $5, $6, FALSE, FALSE, 0, 0, 0, '')";
    on!(tx, c => sqlx::query(INSERT).bind(survey).bind(home.id).bind(place).bind(stratum).bind(way.code())
        .bind(home.number().is_some()).execute(c).await.map(|_| ())?);
    Ok(())
}

/// A home of a survey's sample.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, survey: SurveyId, id: i64) -> Result<Option<Home>, db::Error> {
    const FIND: &str = "SELECT * FROM sample_homes WHERE survey_id = $1 AND home_id = $2";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).bind(id).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// The home of a household in a survey's sample, if it was drawn.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_household(tx: &mut Tx, survey: SurveyId, id: HouseholdId) -> Result<Option<Home>, db::Error> {
    const FIND: &str = "SELECT * FROM sample_homes WHERE survey_id = $1 AND household_id = $2";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).bind(id).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// The place after the last.
///
/// # Errors
/// When the database refuses.
pub async fn next_place(tx: &mut Tx, survey: SurveyId) -> Result<i64, db::Error> {
    const NEXT: &str = "SELECT COALESCE(MAX(place), 0) + 1 FROM sample_homes WHERE survey_id = $1";
    Ok(on!(tx, c => sqlx::query_scalar(NEXT).bind(survey).fetch_one(c).await?))
}

/// Homes that a mailing has still to come to, in the order of the draw; none that was written to that very day.
///
/// # Errors
/// When the database refuses.
pub async fn list_to_mail(
    tx: &mut Tx,
    survey: SurveyId,
    (mailing, on): (i64, NaiveDate),
    most: i64,
) -> Result<Vec<Home>, db::Error> {
    const LIST: &str = "SELECT * FROM sample_homes WHERE survey_id = $1 AND way = 'email' AND mailing < $2 \
        AND NOT is_spent AND NOT wants_no_more AND (written_on IS NULL OR written_on < $3) ORDER BY place LIMIT $4";
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as(LIST).bind(survey).bind(mailing).bind(on).bind(most).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Homes to be written to by a way, in the order of the draw: nobody there has answered or asked for no more, and they were
/// written to fewer than `most_written` times, or last on that very day.
///
/// # Errors
/// When the database refuses.
pub async fn list_to_write(
    tx: &mut Tx,
    survey: SurveyId,
    way: Way,
    (most_written, on): (i64, NaiveDate),
    after: i64,
) -> Result<Vec<Home>, db::Error> {
    const LIST: &str = "SELECT * FROM sample_homes WHERE survey_id = $1 AND way = $2 AND (written < $3 OR written_on = $4) \
        AND place > $5 AND NOT is_spent AND NOT wants_no_more ORDER BY place LIMIT 500";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(survey).bind(way.code()).bind(most_written).bind(on)
        .bind(after).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Notes that a mailing came to a home, and whether a letter was written.
///
/// # Errors
/// When the database refuses.
pub async fn mark_mailed(tx: &mut Tx, id: i64, mailing: i64, wrote: bool, on: NaiveDate) -> Result<(), db::Error> {
    const MARK: &str = "UPDATE sample_homes SET mailing = $2 WHERE home_id = $1";
    one_row(on!(tx, c => sqlx::query(MARK).bind(id).bind(mailing).execute(c).await?.rows_affected()))?;
    if wrote { mark_written(tx, id, on).await } else { Ok(()) }
}

/// Notes that a home is written to on a day. A second time on the same day counts as the first.
///
/// # Errors
/// When the database refuses.
pub async fn mark_written(tx: &mut Tx, id: i64, on: NaiveDate) -> Result<(), db::Error> {
    const MARK: &str = "UPDATE sample_homes SET written = CASE WHEN written_on = $2 THEN written ELSE written + 1 END, \
        written_on = $2 WHERE home_id = $1";
    one_row(on!(tx, c => sqlx::query(MARK).bind(id).bind(on).execute(c).await?.rows_affected()))
}

/// Spends the invitation of a home for answers that staff entered, and lets go of it. False when it was spent before.
///
/// # Errors
/// When the database refuses.
pub async fn spend(tx: &mut Tx, survey: SurveyId, id: i64) -> Result<bool, db::Error> {
    const SPEND: &str = "UPDATE sample_homes SET is_spent = TRUE, call_at = NULL, claimed_by = NULL, claimed_until = NULL \
        WHERE survey_id = $1 AND home_id = $2 AND NOT is_spent";
    let spent = on!(tx, c => sqlx::query(SPEND).bind(survey).bind(id).execute(c).await?.rows_affected());
    Ok(spent == 1)
}

/// Sees to it that a household is asked no more, for whichever survey it was drawn.
///
/// # Errors
/// When the database refuses.
pub async fn stop_household(tx: &mut Tx, id: HouseholdId) -> Result<(), db::Error> {
    const STOP: &str = "UPDATE sample_homes SET wants_no_more = TRUE WHERE household_id = $1 AND NOT is_spent";
    on!(tx, c => sqlx::query(STOP).bind(id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// How far a group of a sample is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Progress {
    pub stratum: String,
    pub drawn: i64,
    /// Written to or rung.
    pub asked: i64,
    /// With an e-mail that the mail server refused for good.
    pub failed: i64,
    pub stopped: i64,
    pub answered: i64,
}

/// How far each group is, in the order of their names.
///
/// # Errors
/// When the database refuses.
pub async fn progress(tx: &mut Tx, survey: SurveyId) -> Result<Vec<Progress>, db::Error> {
    const PROGRESS: &str = "SELECT stratum, COUNT(*) AS drawn, \
        COUNT(CASE WHEN written + calls > 0 THEN 1 END) AS asked, \
        COUNT(CASE WHEN EXISTS (SELECT 1 FROM sample_letters JOIN letters ON letters.letter_id = sample_letters.letter_id \
            WHERE sample_letters.home_id = sample_homes.home_id AND letters.failed_at IS NOT NULL) THEN 1 END) AS failed, \
        COUNT(CASE WHEN wants_no_more AND NOT is_spent THEN 1 END) AS stopped, \
        COUNT(CASE WHEN is_spent THEN 1 END) AS answered \
        FROM sample_homes WHERE survey_id = $1 GROUP BY stratum ORDER BY stratum";
    Ok(on!(tx, c => sqlx::query_as(PROGRESS).bind(survey).fetch_all(c).await?))
}

/// How many homes of a way there are, and how many are due to be written to.
///
/// # Errors
/// When the database refuses.
pub async fn count_of_way(
    tx: &mut Tx,
    survey: SurveyId,
    way: Way,
    (most_written, on): (i64, NaiveDate),
) -> Result<(i64, i64), db::Error> {
    const COUNT: &str = "SELECT COUNT(*), COUNT(CASE WHEN (written < $3 OR written_on = $4) AND NOT is_spent \
        AND NOT wants_no_more THEN 1 END) FROM sample_homes WHERE survey_id = $1 AND way = $2";
    Ok(
        on!(tx, c => sqlx::query_as(COUNT).bind(survey).bind(way.code()).bind(most_written).bind(on).fetch_one(c).await?),
    )
}

/// Homes with the same standing: whether somebody answered or asked for no more, the last outcome of a call, whether the
/// home was asked at all, and how many they are.
///
/// # Errors
/// When the database refuses.
pub async fn standings(tx: &mut Tx, survey: SurveyId) -> Result<Vec<(bool, bool, String, i64)>, db::Error> {
    const STANDINGS: &str = "SELECT is_spent, wants_no_more, outcome, COUNT(*) FROM sample_homes WHERE survey_id = $1 \
        GROUP BY is_spent, wants_no_more, outcome ORDER BY outcome, is_spent, wants_no_more";
    Ok(on!(tx, c => sqlx::query_as(STANDINGS).bind(survey).fetch_all(c).await?))
}

/// How many homes of two ways were never written to and may be: nobody there has answered or asked for no more.
///
/// # Errors
/// When the database refuses.
pub async fn count_never_written(tx: &mut Tx, survey: SurveyId, [one, other]: [Way; 2]) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM sample_homes WHERE survey_id = $1 AND (way = $2 OR way = $3) \
        AND written = 0 AND NOT is_spent AND NOT wants_no_more";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(survey).bind(one.code()).bind(other.code()).fetch_one(c).await?))
}

/// The open surveys of events with homes that were written to last on a day or before it, and that may be reminded.
///
/// # Errors
/// When the database refuses.
pub async fn list_to_remind(tx: &mut Tx, on: NaiveDate, now: DateTime<Utc>) -> Result<Vec<SurveyId>, db::Error> {
    const LIST: &str = "SELECT DISTINCT sample_homes.survey_id FROM sample_homes \
        JOIN survey_samples ON survey_samples.survey_id = sample_homes.survey_id \
        JOIN surveys ON surveys.survey_id = sample_homes.survey_id \
        WHERE survey_samples.days IS NOT NULL AND surveys.closes_at > $2 AND sample_homes.way = 'email' \
        AND sample_homes.written BETWEEN 1 AND survey_samples.most_reminders AND sample_homes.written_on <= $1 \
        AND sample_homes.mailing > 0 AND NOT sample_homes.is_spent AND NOT sample_homes.wants_no_more";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).bind(on).bind(now).fetch_all(c).await?))
}

/// Lets the next mailing of a survey of events come once more to homes that were written to last on a day or before it.
///
/// # Errors
/// When the database refuses.
pub async fn remind(tx: &mut Tx, survey: SurveyId, on: NaiveDate) -> Result<(), db::Error> {
    const REMIND: &str = "UPDATE sample_homes SET mailing = 0 WHERE survey_id = $1 AND way = 'email' AND mailing > 0 \
        AND written BETWEEN 1 AND (SELECT most_reminders FROM survey_samples WHERE survey_samples.survey_id = $1) \
        AND written_on <= $2 AND NOT is_spent AND NOT wants_no_more";
    on!(tx, c => sqlx::query(REMIND).bind(survey).bind(on).execute(c).await.map(|_| ())?);
    Ok(())
}
