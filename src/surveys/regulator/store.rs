//! The SQL of what staff say about a survey of the measures.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::surveys::regulator::approach::Approach;
use crate::surveys::regulator::stock::Stock;
use crate::thread::id::SurveyId;

/// The homes behind a survey, if staff entered them.
pub async fn find_stock(tx: &mut Tx, survey: SurveyId) -> Result<Option<Stock>, db::Error> {
    const FIND: &str = "SELECT lcra_homes, lcho_homes, combined FROM survey_stocks WHERE survey_id = $1";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?))
}

/// Keeps the homes behind a survey, in the place of what was entered before.
pub async fn save_stock(tx: &mut Tx, survey: SurveyId, stock: &Stock) -> Result<(), db::Error> {
    const SAVE: &str = "INSERT INTO survey_stocks (survey_id, lcra_homes, lcho_homes, combined) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (survey_id) DO UPDATE SET \
        lcra_homes = excluded.lcra_homes, lcho_homes = excluded.lcho_homes, combined = excluded.combined";
    on!(tx, c => sqlx::query(SAVE).bind(survey).bind(stock.lcra_homes).bind(stock.lcho_homes)
        .bind(stock.combined).execute(c).await.map(|_| ())?);
    tx.public_changed();
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    sampling: String,
    representativeness: String,
    characteristics: String,
    contractors: String,
    excluded_homes: i64,
    excluded_reason: String,
    shortfall: String,
    incentives: String,
    issues: String,
}

impl Row {
    fn read(self) -> Result<Approach, db::Error> {
        let corrupt = |()| db::Error::Corrupt { table: "survey_approaches", column: "sampling" };
        Ok(Approach {
            sampling: self.sampling.parse().map_err(corrupt)?,
            representativeness: self.representativeness,
            characteristics: self.characteristics,
            contractors: self.contractors,
            excluded_homes: self.excluded_homes,
            excluded_reason: self.excluded_reason,
            shortfall: self.shortfall,
            incentives: self.incentives,
            issues: self.issues,
        })
    }
}

/// The summary of approach of a survey, if staff wrote it.
pub async fn find_approach(tx: &mut Tx, survey: SurveyId) -> Result<Option<Approach>, db::Error> {
    const FIND: &str = "SELECT sampling, representativeness, characteristics, contractors, excluded_homes, \
        excluded_reason, shortfall, incentives, issues FROM survey_approaches WHERE survey_id = $1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// Keeps the summary of approach of a survey, in the place of what was written before.
pub async fn save_approach(
    tx: &mut Tx,
    survey: SurveyId,
    approach: &Approach,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SAVE: &str = "INSERT INTO survey_approaches (survey_id, sampling, representativeness, characteristics, \
        contractors, excluded_homes, excluded_reason, shortfall, incentives, issues, saved_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (survey_id) DO UPDATE SET \
        sampling = excluded.sampling, representativeness = excluded.representativeness, \
        characteristics = excluded.characteristics, contractors = excluded.contractors, \
        excluded_homes = excluded.excluded_homes, excluded_reason = excluded.excluded_reason, \
        shortfall = excluded.shortfall, incentives = excluded.incentives, issues = excluded.issues, \
        saved_at = excluded.saved_at";
    on!(tx, c => sqlx::query(SAVE).bind(survey).bind(approach.sampling.code())
        .bind(&approach.representativeness).bind(&approach.characteristics).bind(&approach.contractors)
        .bind(approach.excluded_homes).bind(&approach.excluded_reason).bind(&approach.shortfall)
        .bind(&approach.incentives).bind(&approach.issues).bind(at)
        .execute(c).await.map(|_| ())?);
    tx.public_changed();
    Ok(())
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
