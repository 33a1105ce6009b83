//! Processes of the model, and the standards that measure them.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::process::{Process, ProcessId, Words};
use crate::on;
use crate::thread::id::StandardId;

/// Every process, archived ones included, by name.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Process>, db::Error> {
    const SQL: &str = "SELECT process_id, parent_id, name, description, department, archived_at, archived_reason FROM processes ORDER BY LOWER(name), process_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// A process by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: ProcessId) -> Result<Option<Process>, db::Error> {
    const SQL: &str = "SELECT process_id, parent_id, name, description, department, archived_at, archived_reason FROM processes WHERE process_id = $1";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// Waits until nobody else changes the model; the turn lasts as long as the transaction.
pub(in crate::improvement) async fn take_turn(tx: &mut Tx) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE process_model SET changes = changes + 1 WHERE process_model_id = 1";
    db::one_row(on!(tx, c => sqlx::query(SQL).execute(c).await?.rows_affected()))
}

const INSERT: &str = "INSERT INTO processes (parent_id, name, description, department, created_at, archived_reason) \
    SELECT $1, $2, $3, $4, $5, '' WHERE $1 IS NULL OR EXISTS (SELECT 1 FROM processes above WHERE above.process_id = $1 AND above.archived_at IS NULL) \
    RETURNING process_id";

/// Adds a process; none when what it is to be a part of is not in use.
pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    words: &Words,
    at: DateTime<Utc>,
) -> Result<Option<ProcessId>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(words.parent).bind(&words.name).bind(&words.description).bind(&words.department).bind(at)
        .fetch_optional(c).await?))
}

const IS_ABOVE: &str = "WITH RECURSIVE line (process_id, parent_id) AS (\
    SELECT process_id, parent_id FROM processes WHERE process_id = $2 \
    UNION SELECT above.process_id, above.parent_id FROM processes above JOIN line ON above.process_id = line.parent_id) \
    SELECT COUNT(*) FROM line WHERE process_id = $1";

/// True when the process is the other or stands above it.
pub(in crate::improvement) async fn is_above(
    tx: &mut Tx,
    id: ProcessId,
    other: Option<ProcessId>,
) -> Result<bool, db::Error> {
    let found: i64 = on!(tx, c => sqlx::query_scalar(IS_ABOVE).bind(id).bind(other).fetch_one(c).await?);
    Ok(found > 0)
}

const UPDATE: &str = "UPDATE processes SET parent_id = $2, name = $3, description = $4, department = $5 WHERE process_id = $1 AND archived_at IS NULL \
    AND ($2 IS NULL OR EXISTS (SELECT 1 FROM processes above WHERE above.process_id = $2 AND above.archived_at IS NULL))";

/// Changes a process in use; false when it or what it is to be a part of is not.
pub(in crate::improvement) async fn update(tx: &mut Tx, id: ProcessId, words: &Words) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query(UPDATE)
        .bind(id).bind(words.parent).bind(&words.name).bind(&words.description).bind(&words.department)
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}

pub(in crate::improvement) async fn has_parts_in_use(tx: &mut Tx, id: ProcessId) -> Result<bool, db::Error> {
    const SQL: &str = "SELECT COUNT(*) FROM processes WHERE parent_id = $1 AND archived_at IS NULL";
    let count: i64 = on!(tx, c => sqlx::query_scalar(SQL).bind(id).fetch_one(c).await?);
    Ok(count > 0)
}

pub(in crate::improvement) async fn archive(
    tx: &mut Tx,
    id: ProcessId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, db::Error> {
    const SQL: &str =
        "UPDATE processes SET archived_at = $2, archived_reason = $3 WHERE process_id = $1 AND archived_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(at).bind(reason).execute(c).await?.rows_affected()) == 1)
}

pub(in crate::improvement) async fn bring_back(tx: &mut Tx, id: ProcessId) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE processes SET archived_at = NULL, archived_reason = '', \
        parent_id = (SELECT above.process_id FROM processes above WHERE above.process_id = processes.parent_id AND above.archived_at IS NULL) \
        WHERE process_id = $1 AND archived_at IS NOT NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()) == 1)
}

/// The standards that measure a process.
///
/// # Errors
/// When the database refuses.
pub async fn list_measures(tx: &mut Tx, id: ProcessId) -> Result<Vec<StandardId>, db::Error> {
    const SQL: &str = "SELECT standard_id FROM process_measures WHERE process_id = $1 ORDER BY standard_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(id).fetch_all(c).await?))
}

pub(in crate::improvement) async fn replace_measures(
    tx: &mut Tx,
    id: ProcessId,
    measures: &[StandardId],
) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO process_measures (process_id, standard_id) VALUES ($1, $2) ON CONFLICT (process_id, standard_id) DO NOTHING";
    on!(tx, c => sqlx::query("DELETE FROM process_measures WHERE process_id = $1").bind(id).execute(c).await.map(|_| ())?);
    for standard in measures {
        on!(tx, c => sqlx::query(INSERT).bind(id).bind(*standard).execute(c).await.map(|_| ())?);
    }
    Ok(())
}
