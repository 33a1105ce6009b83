//! The SQL of the methods by which answers are weighed.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::on;
use crate::surveys::weighting::method::{Margin, Method};
use crate::thread::id::{AccountId, SurveyId};

/// A method with who chose it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The method.
    pub method: Method,
    /// The name of who chose it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    way: String,
    margins: Json<Vec<Margin>>,
    cap: Option<i64>,
    name: String,
    saved_at: DateTime<Utc>,
}

/// The method of a survey, if somebody chose one.
pub async fn find(tx: &mut Tx, survey: SurveyId) -> Result<Option<Kept>, db::Error> {
    const FIND: &str = "SELECT survey_weightings.way, survey_weightings.margins, survey_weightings.cap, \
        survey_weightings.saved_at, accounts.name FROM survey_weightings \
        JOIN accounts ON accounts.account_id = survey_weightings.account_id WHERE survey_weightings.survey_id = $1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?);
    let read = |row: Row| {
        let corrupt = |column: &'static str| db::Error::Corrupt { table: "survey_weightings", column };
        let way = row.way.parse().map_err(|()| corrupt("way"))?;
        let cap = row.cap.map(|cap| u32::try_from(cap).map_err(|_| corrupt("cap"))).transpose()?;
        Ok(Kept { method: Method { way, margins: row.margins.0, cap }, by: row.name, at: row.saved_at })
    };
    row.map(read).transpose()
}

/// Keeps the method of a survey, in the place of the one before.
pub async fn save(
    tx: &mut Tx,
    survey: SurveyId,
    method: &Method,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SAVE: &str = "INSERT INTO survey_weightings (survey_id, way, margins, cap, account_id, saved_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (survey_id) DO UPDATE SET way = excluded.way, \
        margins = excluded.margins, cap = excluded.cap, account_id = excluded.account_id, saved_at = excluded.saved_at";
    let cap = method.cap.map(i64::from);
    on!(tx, c => sqlx::query(SAVE).bind(survey).bind(method.way.code()).bind(Json(&method.margins)).bind(cap)
        .bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Copies the method of a survey, with who chose it, to one whose questions have the same keys.
pub async fn copy(tx: &mut Tx, from: SurveyId, to: SurveyId) -> Result<(), db::Error> {
    const COPY: &str = "INSERT INTO survey_weightings (survey_id, way, margins, cap, account_id, saved_at) \
        SELECT $2, way, margins, cap, account_id, saved_at FROM survey_weightings WHERE survey_id = $1";
    on!(tx, c => sqlx::query(COPY).bind(from).bind(to).execute(c).await.map(|_| ())?);
    Ok(())
}
