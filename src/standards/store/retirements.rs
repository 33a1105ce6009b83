//! When standards end.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::on;
use crate::standards::standard::Retirement;
use crate::thread::id::StandardId;

/// How a standard ends; none while it is promised without an end.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: StandardId) -> Result<Option<Retirement>, db::Error> {
    const SQL: &str = "SELECT retired_from, retired_why, is_retired FROM standards WHERE standard_id = $1 AND retired_from IS NOT NULL";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

const BEGIN: &str = "UPDATE standards SET retired_from = $2, retired_why = $3, is_retired = $4 WHERE standard_id = $1 AND retired_from IS NULL \
    AND EXISTS (SELECT 1 FROM standard_versions AS v WHERE v.standard_id = $1 AND v.in_force) \
    AND NOT EXISTS (SELECT 1 FROM standard_versions AS v WHERE v.standard_id = $1 AND v.published_at IS NULL)";

/// Gives a standard its end; false when it is not in force, has a draft, or has an end already.
pub(in crate::standards) async fn begin(tx: &mut Tx, id: StandardId, end: &Retirement) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query(BEGIN).bind(id).bind(end.from).bind(&end.why).bind(end.is_over).execute(c).await?.rows_affected())
            == 1,
    )
}

/// Takes the end away; false when there was none.
pub(in crate::standards) async fn take_back(tx: &mut Tx, id: StandardId) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE standards SET retired_from = NULL, retired_why = '', is_retired = $2 WHERE standard_id = $1 AND retired_from IS NOT NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(false).execute(c).await?.rows_affected()) == 1)
}

/// True when the day of a standard's end has come without being noticed.
pub(in crate::standards) async fn any_due(tx: &mut Tx, today: NaiveDate) -> Result<bool, db::Error> {
    const SQL: &str = "SELECT COUNT(*) FROM standards WHERE NOT is_retired AND retired_from <= $1";
    let due: i64 = on!(tx, c => sqlx::query_scalar(SQL).bind(today).fetch_one(c).await?);
    Ok(due > 0)
}

/// Ends every standard whose day has come. Returns how many.
pub(in crate::standards) async fn end_due(tx: &mut Tx, today: NaiveDate) -> Result<u64, db::Error> {
    const SQL: &str = "UPDATE standards SET is_retired = $2 WHERE NOT is_retired AND retired_from <= $1";
    Ok(on!(tx, c => sqlx::query(SQL).bind(today).bind(true).execute(c).await?.rows_affected()))
}
