//! The landlord's own figures.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::performance::figure::NewFigure;
use crate::performance::period::Month;
use crate::thread::id::{AccountId, StandardId};

/// A figure as it stands.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Figure {
    pub standard_id: StandardId,
    pub month: Month,
    pub numerator: f64,
    pub denominator: i64,
    pub entered_at: DateTime<Utc>,
}

const LIST: &str = "SELECT standard_id, month, numerator, denominator, entered_at FROM figures \
    WHERE standard_id = $1 AND replaced_at IS NULL ORDER BY month";

/// Every figure of a standard, by month.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, standard: StandardId) -> Result<Vec<Figure>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(standard).fetch_all(c).await?))
}

const LIST_OF_MONTH: &str = "SELECT standard_id, month, numerator, denominator, entered_at FROM figures \
    WHERE month = $1 AND replaced_at IS NULL ORDER BY standard_id";

/// Every figure of a month.
///
/// # Errors
/// When the database refuses.
pub async fn list_of_month(tx: &mut Tx, month: Month) -> Result<Vec<Figure>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(LIST_OF_MONTH).bind(month).fetch_all(c).await?))
}

/// Ends the figure that stands for a standard and month, if there is one.
pub(in crate::performance) async fn end(
    tx: &mut Tx,
    standard: StandardId,
    month: Month,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str =
        "UPDATE figures SET replaced_at = $3 WHERE standard_id = $1 AND month = $2 AND replaced_at IS NULL";
    let ended = on!(tx, c => sqlx::query(SQL).bind(standard).bind(month).bind(at).execute(c).await?.rows_affected());
    Ok(ended > 0)
}

const INSERT: &str = "INSERT INTO figures (standard_id, month, numerator, denominator, account_id, entered_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";

/// Adds a figure; refused by `figures_standard_id_month_key` while another stands.
pub(in crate::performance) async fn insert(
    tx: &mut Tx,
    figure: &NewFigure,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT).bind(figure.standard_id).bind(figure.month).bind(figure.numerator)
        .bind(figure.denominator).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::standard;
    use super::*;
    use crate::db_test;
    use crate::testing::{app_on, noon};

    db_test!(one_figure_stands_for_a_month_and_the_one_before_it_is_kept, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let standard_id = standard(&app, &mut tx, "Calls answered").await;
        let month: Month = "2026-10".parse().unwrap();
        let figure = NewFigure { standard_id, month, numerator: 90.0, denominator: 100 };
        assert!(!end(&mut tx, standard_id, month, noon()).await.unwrap());
        insert(&mut tx, &figure, None, noon()).await.unwrap();
        assert!(end(&mut tx, standard_id, month, noon()).await.unwrap());
        insert(&mut tx, &NewFigure { numerator: 91.5, ..figure }, None, noon()).await.unwrap();
        let found = list(&mut tx, standard_id).await.unwrap();
        assert_eq!((found.len(), found[0].numerator, found[0].month), (1, 91.5, month));
        assert_eq!(list_of_month(&mut tx, month).await.unwrap(), found);
        assert!(list_of_month(&mut tx, month.later(1)).await.unwrap().is_empty());
        let refused = insert(&mut tx, &figure, None, noon()).await.unwrap_err();
        assert!(refused.is_conflict("figures_standard_id_month_key"), "{refused}");
    });
}
