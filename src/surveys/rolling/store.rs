//! The SQL of series and their months.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::surveys::rolling::plan::{Month, Series, Size, State};
use crate::thread::id::SurveyId;

#[derive(sqlx::FromRow)]
struct SeriesRow {
    series_id: i64,
    pattern_id: SurveyId,
    title: String,
    seed: String,
    strata: String,
    wanted: Option<i64>,
    share: Option<i64>,
    days: Option<i64>,
    ways: String,
    months_apart: i64,
    most_reminders: i64,
    remind_after: i64,
    most_calls: i64,
}

impl SeriesRow {
    fn read(self) -> Result<Series, db::Error> {
        let corrupt = |column: &'static str| db::Error::Corrupt { table: "rolling_series", column };
        let size = self.wanted.map(Size::Homes).or(self.share.map(Size::Share)).or(self.days.map(Size::Events));
        let size = size.ok_or_else(|| corrupt("wanted"))?;
        Ok(Series {
            id: self.series_id,
            pattern: self.pattern_id,
            title: self.title,
            seed: self.seed,
            strata: self.strata.parse().map_err(|()| corrupt("strata"))?,
            size,
            ways: self.ways.parse().map_err(|()| corrupt("ways"))?,
            months_apart: self.months_apart,
            most_reminders: self.most_reminders,
            remind_after: self.remind_after,
            most_calls: self.most_calls,
        })
    }
}

#[derive(sqlx::FromRow)]
struct MonthRow {
    month_id: i64,
    series_id: i64,
    number: i64,
    opens_at: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    state: String,
    why: String,
    survey_id: Option<SurveyId>,
    wanted: Option<i64>,
    drawn: Option<i64>,
    listed: Option<i64>,
}

impl MonthRow {
    fn read(self) -> Result<Month, db::Error> {
        let state = self.state.parse().map_err(|()| db::Error::Corrupt { table: "rolling_months", column: "state" })?;
        Ok(Month {
            id: self.month_id,
            series: self.series_id,
            number: self.number,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            state,
            why: self.why,
            survey: self.survey_id,
            wanted: self.wanted,
            drawn: self.drawn,
            listed: self.listed,
        })
    }
}

/// The columns of a month, with what follows. The closing of an opened month is that of its survey, which staff may move.
macro_rules! months {
    ($rest:literal) => {
        concat!(
            "SELECT rolling_months.month_id, rolling_months.series_id, rolling_months.number, rolling_months.opens_at, \
            COALESCE(surveys.closes_at, rolling_months.closes_at) AS closes_at, rolling_months.state, \
            rolling_months.why, rolling_months.survey_id, rolling_months.wanted, rolling_months.drawn, \
            rolling_months.listed FROM rolling_months \
            LEFT JOIN surveys ON surveys.survey_id = rolling_months.survey_id ",
            $rest
        )
    };
}

/// Every series, newest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Series>, db::Error> {
    const LIST: &str = "SELECT * FROM rolling_series ORDER BY series_id DESC";
    let rows: Vec<SeriesRow> = on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?);
    rows.into_iter().map(SeriesRow::read).collect()
}

/// A series.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<Series>, db::Error> {
    const FIND: &str = "SELECT * FROM rolling_series WHERE series_id = $1";
    let row: Option<SeriesRow> = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    row.map(SeriesRow::read).transpose()
}

/// The series that a survey is a month of, or whose pattern it is.
pub async fn find_of_survey(tx: &mut Tx, survey: SurveyId) -> Result<Option<i64>, db::Error> {
    const FIND: &str = "SELECT series_id FROM rolling_months WHERE survey_id = $1 \
        UNION SELECT series_id FROM rolling_series WHERE pattern_id = $1 ORDER BY series_id DESC LIMIT 1";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(survey).fetch_optional(c).await?))
}

/// The surveys that are patterns of series.
pub async fn patterns(tx: &mut Tx) -> Result<Vec<SurveyId>, db::Error> {
    const LIST: &str = "SELECT DISTINCT pattern_id FROM rolling_series";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).fetch_all(c).await?))
}

/// The surveys that are months of series.
pub async fn surveys(tx: &mut Tx) -> Result<Vec<SurveyId>, db::Error> {
    const LIST: &str = "SELECT survey_id FROM rolling_months WHERE survey_id IS NOT NULL";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).fetch_all(c).await?))
}

/// Keeps a new series and gives its id, which is not looked at in `series`.
pub async fn insert(tx: &mut Tx, series: &Series, at: DateTime<Utc>) -> Result<i64, db::Error> {
    const INSERT: &str = "INSERT INTO rolling_series (pattern_id, title, seed, strata, wanted, share, ways, months_apart, \
        most_reminders, remind_after, most_calls, created_at, days) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
        RETURNING series_id";
    let (wanted, share, days) = match series.size {
        Size::Homes(homes) => (Some(homes), None, None),
        Size::Share(tenths) => (None, Some(tenths), None),
        Size::Events(days) => (None, None, Some(days)),
    };
    Ok(on!(tx, c => sqlx::query_scalar(INSERT).bind(series.pattern).bind(&series.title).bind(&series.seed)
        .bind(series.strata.code()).bind(wanted).bind(share).bind(series.ways.code()).bind(series.months_apart)
        .bind(series.most_reminders).bind(series.remind_after).bind(series.most_calls).bind(at).bind(days).fetch_one(c).await?))
}

/// Keeps a month that is planned.
pub async fn insert_month(
    tx: &mut Tx,
    series: i64,
    number: i64,
    (opens_at, closes_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO rolling_months (series_id, number, opens_at, closes_at, state, why) \
        VALUES ($1, $2, $3, $4, 'planned', '')";
    on!(tx, c => sqlx::query(INSERT).bind(series).bind(number).bind(opens_at).bind(closes_at)
        .execute(c).await.map(|_| ())?);
    Ok(())
}

/// The months of a series in order.
pub async fn list_months(tx: &mut Tx, series: i64) -> Result<Vec<Month>, db::Error> {
    const LIST: &str = months!("WHERE rolling_months.series_id = $1 ORDER BY rolling_months.number");
    let rows: Vec<MonthRow> = on!(tx, c => sqlx::query_as(LIST).bind(series).fetch_all(c).await?);
    rows.into_iter().map(MonthRow::read).collect()
}

/// The months whose opening has come and that nobody has opened, the earliest first.
pub async fn list_due(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Month>, db::Error> {
    const LIST: &str = months!(
        "WHERE rolling_months.state = 'planned' AND rolling_months.opens_at <= $1 \
        ORDER BY rolling_months.opens_at, rolling_months.month_id"
    );
    let rows: Vec<MonthRow> = on!(tx, c => sqlx::query_as(LIST).bind(now).fetch_all(c).await?);
    rows.into_iter().map(MonthRow::read).collect()
}

/// The months whose surveys are open.
pub async fn list_open(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Month>, db::Error> {
    const LIST: &str =
        months!("WHERE rolling_months.state = 'opened' AND surveys.closes_at > $1 ORDER BY rolling_months.month_id");
    let rows: Vec<MonthRow> = on!(tx, c => sqlx::query_as(LIST).bind(now).fetch_all(c).await?);
    rows.into_iter().map(MonthRow::read).collect()
}

/// Takes a month out of the plan for good or for now. False when it is not planned any more: somebody else took it.
pub async fn take(tx: &mut Tx, id: i64, to: State, why: &str) -> Result<bool, db::Error> {
    const TAKE: &str = "UPDATE rolling_months SET state = $2, why = $3 WHERE month_id = $1 AND state = 'planned'";
    let taken = on!(tx, c => sqlx::query(TAKE).bind(id).bind(to.code()).bind(why).execute(c).await?.rows_affected());
    Ok(taken == 1)
}

/// Says which survey a month that was taken is, with how many homes were wanted, drawn and on the list.
pub async fn opened(tx: &mut Tx, id: i64, survey: SurveyId, homes: [Option<i64>; 3]) -> Result<(), db::Error> {
    const SET: &str = "UPDATE rolling_months SET survey_id = $2, wanted = $3, drawn = $4, listed = $5 \
        WHERE month_id = $1 AND survey_id IS NULL";
    let [wanted, drawn, listed] = homes;
    one_row(on!(tx, c => sqlx::query(SET).bind(id).bind(survey).bind(wanted).bind(drawn).bind(listed)
        .execute(c).await?.rows_affected()))
}

/// Puts a month that was taken out, or could not be asked, back into the plan until it is over. False when it is.
pub async fn plan_again(tx: &mut Tx, id: i64, now: DateTime<Utc>) -> Result<bool, db::Error> {
    const PLAN: &str = "UPDATE rolling_months SET state = 'planned', why = '' \
        WHERE month_id = $1 AND state IN ('stopped', 'failed') AND closes_at > $2";
    let planned = on!(tx, c => sqlx::query(PLAN).bind(id).bind(now).execute(c).await?.rows_affected());
    Ok(planned == 1)
}

/// Takes every planned month of a series out. Gives how many.
pub async fn stop_all(tx: &mut Tx, series: i64, why: &str) -> Result<u64, db::Error> {
    const STOP: &str =
        "UPDATE rolling_months SET state = 'stopped', why = $2 WHERE series_id = $1 AND state = 'planned'";
    Ok(on!(tx, c => sqlx::query(STOP).bind(series).bind(why).execute(c).await?.rows_affected()))
}

/// When the next month of the series of a survey opens; none for the last, and where the survey is no month.
pub async fn opens_next(tx: &mut Tx, survey: SurveyId) -> Result<Option<DateTime<Utc>>, db::Error> {
    const FIND: &str = "SELECT next.opens_at FROM rolling_months AS own \
        JOIN rolling_months AS next ON next.series_id = own.series_id AND next.number > own.number \
        WHERE own.survey_id = $1 AND next.state = 'planned' ORDER BY next.number LIMIT 1";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(survey).fetch_optional(c).await?))
}

/// The survey of the last month before a month that was opened.
pub async fn survey_before(tx: &mut Tx, month: &Month) -> Result<Option<SurveyId>, db::Error> {
    const FIND: &str = "SELECT survey_id FROM rolling_months WHERE series_id = $1 AND number < $2 \
        AND survey_id IS NOT NULL ORDER BY number DESC LIMIT 1";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(month.series).bind(month.number).fetch_optional(c).await?))
}

/// The months that could not be asked of those that would have opened since a moment, each with the title of its series.
pub async fn list_not_asked(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<(String, Month)>, db::Error> {
    const LIST: &str = months!(
        "WHERE rolling_months.state IN ('failed', 'missed') AND rolling_months.opens_at >= $1 \
        ORDER BY rolling_months.opens_at, rolling_months.month_id"
    );
    let rows: Vec<MonthRow> = on!(tx, c => sqlx::query_as(LIST).bind(since).fetch_all(c).await?);
    let mut found = Vec::new();
    for row in rows {
        let month = row.read()?;
        found.extend(find(tx, month.series).await?.map(|series| (series.title, month)));
    }
    Ok(found)
}
