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
mod tests {
    use super::*;
    use crate::db_test;
    use crate::surveys::pages::tests::{open, three_questions};
    use crate::surveys::regulator::approach::Sampling;
    use crate::surveys::regulator::approach::tests::whole;
    use crate::surveys::survey::Access;
    use crate::surveys::{discard, publish};
    use crate::testing::app_on;

    db_test!(what_staff_say_of_a_survey_is_kept_changed_and_gone_with_a_draft, db => {
        let app = app_on(db);
        let asked = open(&app, Access::Open, &three_questions()).await;
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        let id = publish::copy(&mut tx, &app.random, &asked, now).await.unwrap();
        assert_eq!(find_stock(&mut tx, id).await.unwrap(), None);
        assert_eq!(find_approach(&mut tx, id).await.unwrap(), None);
        let stock = Stock { lcra_homes: 8_797, lcho_homes: 0, combined: false };
        for stock in [stock, Stock { lcho_homes: 84, combined: true, ..stock }] {
            save_stock(&mut tx, id, &stock).await.unwrap();
            assert_eq!(find_stock(&mut tx, id).await.unwrap(), Some(stock));
        }
        for sampling in Sampling::ALL {
            let approach = Approach { sampling, ..whole() };
            save_approach(&mut tx, id, &approach, now).await.unwrap();
            assert_eq!(find_approach(&mut tx, id).await.unwrap(), Some(approach));
        }
        let copy = crate::surveys::store::find(&mut tx, id).await.unwrap().unwrap();
        discard::discard(&mut tx, &copy.survey).await.unwrap();
        assert_eq!(find_stock(&mut tx, id).await.unwrap(), None);
        assert_eq!(find_approach(&mut tx, id).await.unwrap(), None);
        tx.commit().await.unwrap();
    });
}
