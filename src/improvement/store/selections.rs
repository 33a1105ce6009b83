//! Selections by year.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::process::ProcessId;
use crate::improvement::selection::{NewSelection, Selection, SelectionId};
use crate::improvement::year::Year;
use crate::on;
use crate::thread::id::AccountId;

/// Waits until nobody else selects for the year; the turn lasts as long as the transaction.
pub(in crate::improvement) async fn take_turn(tx: &mut Tx, year: Year) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_years (year, changes) VALUES ($1, 1) \
        ON CONFLICT (year) DO UPDATE SET changes = improvement_years.changes + 1";
    on!(tx, c => sqlx::query(SQL).bind(year).execute(c).await.map(|_| ())?);
    Ok(())
}

const INSERT: &str = "INSERT INTO improvement_selections (year, place, process_id, rationale, objective, decided_on, approved_by, recorded_by, recorded_at, withdrawn_reason) \
    SELECT $1, MIN(places.place), $2, $3, $4, $5, $6, $7, $8, '' \
    FROM (SELECT 1 AS place UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) AS places \
    WHERE NOT EXISTS (SELECT 1 FROM improvement_selections taken WHERE taken.year = $1 AND taken.place = places.place AND taken.withdrawn_at IS NULL) \
    AND EXISTS (SELECT 1 FROM process_owners o WHERE o.process_id = $2 AND o.until_on IS NULL AND o.in_management_team) \
    AND EXISTS (SELECT 1 FROM processes p WHERE p.process_id = $2 AND p.archived_at IS NULL) \
    HAVING MIN(places.place) IS NOT NULL RETURNING selection_id";

/// Takes the first free place of a year for a process that is in use and has an owner from the management team; none when there is no place or no such owner.
pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    new: &NewSelection,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<Option<SelectionId>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(new.year).bind(new.process).bind(&new.rationale).bind(&new.objective).bind(new.decided_on).bind(new.approved_by)
        .bind(by).bind(at).fetch_optional(c).await?))
}

/// Everything selected for a year, what was taken back included, by place.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, year: Year) -> Result<Vec<Selection>, db::Error> {
    const SQL: &str = "SELECT * FROM improvement_selections WHERE year = $1 ORDER BY place, selection_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(year).fetch_all(c).await?))
}

/// Every selection of a process, newest year first.
///
/// # Errors
/// When the database refuses.
pub async fn list_of(tx: &mut Tx, process: ProcessId) -> Result<Vec<Selection>, db::Error> {
    const SQL: &str =
        "SELECT * FROM improvement_selections WHERE process_id = $1 ORDER BY year DESC, selection_id DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(process).fetch_all(c).await?))
}

/// A selection by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: SelectionId) -> Result<Option<Selection>, db::Error> {
    const SQL: &str = "SELECT * FROM improvement_selections WHERE selection_id = $1";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// The years from one on for which a process is selected.
///
/// # Errors
/// When the database refuses.
pub async fn years_of(tx: &mut Tx, process: ProcessId, from: Year) -> Result<Vec<Year>, db::Error> {
    const SQL: &str = "SELECT year FROM improvement_selections WHERE process_id = $1 AND year >= $2 AND withdrawn_at IS NULL ORDER BY year";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(process).bind(from).fetch_all(c).await?))
}

/// The years for which anything was selected, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn years(tx: &mut Tx) -> Result<Vec<Year>, db::Error> {
    const SQL: &str = "SELECT DISTINCT year FROM improvement_selections ORDER BY year DESC";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).fetch_all(c).await?))
}

pub(in crate::improvement) async fn withdraw(
    tx: &mut Tx,
    id: SelectionId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE improvement_selections SET withdrawn_at = $2, withdrawn_reason = $3 WHERE selection_id = $1 AND withdrawn_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(at).bind(reason).execute(c).await?.rows_affected()) == 1)
}
