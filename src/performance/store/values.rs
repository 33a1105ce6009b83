//! Values as they were worked out.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::performance::period::{Month, Period, Span};
use crate::performance::value::{Figures, Inputs, Shops, Survey, Value};
use crate::standards::Source;
use crate::thread::id::{StandardId, StandardVersionId};

#[derive(sqlx::FromRow)]
struct Row {
    standard_id: StandardId,
    ends_month: Month,
    months: i64,
    version_id: Option<StandardVersionId>,
    target: Option<f64>,
    source: Option<String>,
    value: Option<f64>,
    base: i64,
    rating: Option<String>,
    survey_percent: Option<i64>,
    survey_base: i64,
    survey_on: Option<NaiveDate>,
    shop_met: i64,
    shop_not_met: i64,
    shop_shops: i64,
    shop_on: Option<NaiveDate>,
    figure_numerator: f64,
    figure_denominator: i64,
    figure_on: Option<NaiveDate>,
    fingerprint: String,
}

fn corrupt(column: &'static str) -> db::Error {
    db::Error::Corrupt { table: "measure_values", column }
}

impl Row {
    fn read(self) -> Result<(Value, String), db::Error> {
        let span = if self.months == 1 { Span::Month } else { Span::Quarter };
        let known = |code: String| Source::ALL.into_iter().find(|source| source.code() == code);
        let source = self.source.map(|code| known(code).ok_or_else(|| corrupt("source"))).transpose()?;
        let rating = self.rating.map(|code| code.parse().map_err(|()| corrupt("rating"))).transpose()?;
        let value = Value {
            standard_id: self.standard_id,
            period: Period { ends: self.ends_month, span },
            version_id: self.version_id,
            target: self.target,
            source,
            value: self.value,
            base: self.base,
            rating,
            inputs: Inputs {
                survey: Survey { percent: self.survey_percent, base: self.survey_base, on: self.survey_on },
                shops: Shops {
                    met: self.shop_met,
                    not_met: self.shop_not_met,
                    shops: self.shop_shops,
                    on: self.shop_on,
                },
                figures: Figures {
                    numerator: self.figure_numerator,
                    denominator: self.figure_denominator,
                    on: self.figure_on,
                },
            },
        };
        Ok((value, self.fingerprint))
    }
}

/// Every value of a standard with the digest of what it rests on, oldest first.
///
/// # Errors
/// When the database refuses.
pub(in crate::performance) async fn list_with_fingerprints(
    tx: &mut Tx,
    standard: StandardId,
) -> Result<Vec<(Value, String)>, db::Error> {
    const SQL: &str = "SELECT * FROM measure_values WHERE standard_id = $1 ORDER BY ends_month, months";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).bind(standard).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Every value of a standard, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, standard: StandardId) -> Result<Vec<Value>, db::Error> {
    Ok(list_with_fingerprints(tx, standard).await?.into_iter().map(|(value, _)| value).collect())
}

/// Every value of every standard since a month, by standard and oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_since(tx: &mut Tx, since: Month) -> Result<Vec<Value>, db::Error> {
    const SQL: &str = "SELECT * FROM measure_values WHERE ends_month >= $1 ORDER BY standard_id, ends_month, months";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).bind(since).fetch_all(c).await?);
    rows.into_iter().map(|row| row.read().map(|(value, _)| value)).collect()
}

/// Waits until no other calculation of the standard runs; the right to calculate lasts as long as the transaction.
pub(in crate::performance) async fn take_turn(tx: &mut Tx, standard: StandardId) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO calculations (standard_id, runs) VALUES ($1, 1) \
        ON CONFLICT (standard_id) DO UPDATE SET runs = calculations.runs + 1";
    on!(tx, c => sqlx::query(SQL).bind(standard).execute(c).await.map(|_| ())?);
    Ok(())
}

const SAVE: &str = "INSERT INTO measure_values (standard_id, ends_month, months, version_id, target, source, value, base, rating, \
    survey_percent, survey_base, survey_on, shop_met, shop_not_met, shop_shops, shop_on, figure_numerator, figure_denominator, figure_on, \
    fingerprint, calculated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) \
    ON CONFLICT (standard_id, ends_month, months) DO UPDATE SET version_id = excluded.version_id, target = excluded.target, \
    source = excluded.source, value = excluded.value, base = excluded.base, rating = excluded.rating, \
    survey_percent = excluded.survey_percent, survey_base = excluded.survey_base, survey_on = excluded.survey_on, \
    shop_met = excluded.shop_met, shop_not_met = excluded.shop_not_met, shop_shops = excluded.shop_shops, shop_on = excluded.shop_on, \
    figure_numerator = excluded.figure_numerator, figure_denominator = excluded.figure_denominator, figure_on = excluded.figure_on, \
    fingerprint = excluded.fingerprint, calculated_at = excluded.calculated_at";

/// Keeps a value in the place of the one before it.
pub(in crate::performance) async fn save(
    tx: &mut Tx,
    value: &Value,
    fingerprint: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    let Inputs { survey, shops, figures } = value.inputs;
    on!(tx, c => sqlx::query(SAVE)
        .bind(value.standard_id).bind(value.period.ends).bind(value.period.span.months()).bind(value.version_id).bind(value.target)
        .bind(value.source.map(Source::code)).bind(value.value).bind(value.base).bind(value.rating.map(crate::performance::Rating::code))
        .bind(survey.percent).bind(survey.base).bind(survey.on)
        .bind(shops.met).bind(shops.not_met).bind(shops.shops).bind(shops.on)
        .bind(figures.numerator).bind(figures.denominator).bind(figures.on)
        .bind(fingerprint).bind(at)
        .execute(c).await.map(|_| ())?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::standard;
    use super::*;
    use crate::db_test;
    use crate::testing::{app_on, noon};

    db_test!(a_value_is_kept_once_for_each_standard_month_and_span, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let standard_id = standard(&app, &mut tx, "Calls answered").await;
        let version = crate::standards::find_by_id(&mut tx, standard_id).await.unwrap().unwrap();
        let inputs = Inputs {
            survey: Survey { percent: Some(81), base: 40, on: "2026-10-03".parse().ok() },
            shops: Shops { met: 8, not_met: 2, shops: 6, on: "2026-10-04".parse().ok() },
            figures: Figures { numerator: 930.0, denominator: 1000, on: "2026-10-31".parse().ok() },
        };
        let period = Period { ends: "2026-10".parse().unwrap(), span: Span::Quarter };
        let value = Value::of(standard_id, period, inputs, Some(&version), Some(Source::Figure));
        take_turn(&mut tx, standard_id).await.unwrap();
        take_turn(&mut tx, standard_id).await.unwrap();
        save(&mut tx, &value, "one", noon()).await.unwrap();
        save(&mut tx, &value, "two", noon()).await.unwrap();
        assert_eq!(list_with_fingerprints(&mut tx, standard_id).await.unwrap(), vec![(value.clone(), "two".to_owned())]);
        assert_eq!(list_since(&mut tx, period.ends).await.unwrap(), vec![value.clone()]);
        assert!(list_since(&mut tx, period.ends.later(1)).await.unwrap().is_empty());
        assert_eq!(list(&mut tx, standard_id).await.unwrap(), vec![value]);
    });
}
