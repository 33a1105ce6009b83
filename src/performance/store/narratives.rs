//! What is said of promises missed.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::performance::narrative::{Narrative, NewNarrative};
use crate::performance::period::Month;
use crate::thread::id::{AccountId, StandardId};

const INSERT: &str = "INSERT INTO narratives (standard_id, ends_month, why, doing, back_on, account_id, written_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Adds an explanation.
pub(in crate::performance) async fn insert(
    tx: &mut Tx,
    new: &NewNarrative,
    by: Option<AccountId>,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT).bind(new.standard_id).bind(new.ends_month).bind(&new.why).bind(&new.doing)
        .bind(new.back_on).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Every explanation of a standard, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, standard: StandardId) -> Result<Vec<Narrative>, db::Error> {
    const SQL: &str = "SELECT standard_id, ends_month, why, doing, back_on, written_at FROM narratives \
        WHERE standard_id = $1 ORDER BY ends_month DESC, narrative_id DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(standard).fetch_all(c).await?))
}

/// For every standard and month explained: until which day the newest explanation holds.
///
/// # Errors
/// When the database refuses.
pub async fn list_standing(tx: &mut Tx, since: Month) -> Result<Vec<(StandardId, Month, NaiveDate)>, db::Error> {
    const SQL: &str = "SELECT standard_id, ends_month, back_on FROM narratives WHERE ends_month >= $1 \
        ORDER BY standard_id, ends_month, narrative_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(since).fetch_all(c).await?))
}

#[cfg(test)]
mod tests {
    use super::super::testing::standard;
    use super::*;
    use crate::db_test;
    use crate::testing::{app_on, noon};

    db_test!(explanations_are_kept_newest_first, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let standard_id = standard(&app, &mut tx, "Calls answered").await;
        let ends_month: Month = "2026-10".parse().unwrap();
        let back_on = "2026-12-31".parse().unwrap();
        let mut new = NewNarrative { standard_id, ends_month, why: "Fewer people".into(), doing: "Training".into(), back_on };
        insert(&mut tx, &new, None, noon()).await.unwrap();
        new.why = "A new telephone system".into();
        insert(&mut tx, &new, None, noon()).await.unwrap();
        let found = list(&mut tx, standard_id).await.unwrap();
        assert_eq!((found.len(), found[0].why.as_str()), (2, "A new telephone system"));
        assert_eq!(list_standing(&mut tx, ends_month).await.unwrap().len(), 2);
        assert!(list_standing(&mut tx, ends_month.later(1)).await.unwrap().is_empty());
    });
}
