//! Owners of processes, with their history.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::improvement::owner::{Appointment, Owner};
use crate::improvement::process::ProcessId;
use crate::on;
use crate::thread::id::AccountId;

/// The owner of a process today.
///
/// # Errors
/// When the database refuses.
pub async fn current(tx: &mut Tx, process: ProcessId) -> Result<Option<Owner>, db::Error> {
    const SQL: &str = "SELECT * FROM process_owners WHERE process_id = $1 AND until_on IS NULL";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(process).fetch_optional(c).await?))
}

/// The owner of every process that has one.
///
/// # Errors
/// When the database refuses.
pub async fn list_current(tx: &mut Tx) -> Result<Vec<Owner>, db::Error> {
    const SQL: &str = "SELECT * FROM process_owners WHERE until_on IS NULL ORDER BY process_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// Everybody who owned a process, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn history(tx: &mut Tx, process: ProcessId) -> Result<Vec<Owner>, db::Error> {
    const SQL: &str = "SELECT * FROM process_owners WHERE process_id = $1 ORDER BY owner_id DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(process).fetch_all(c).await?))
}

const INSERT: &str = "INSERT INTO process_owners (process_id, account_id, in_management_team, from_on, hand_over, appointed_by, recorded_at) VALUES ($1, $2, $3, $4, '', $5, $6)";

pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    new: &Appointment,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT).bind(new.process).bind(new.account).bind(new.in_management_team).bind(new.from_on)
        .bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Ends an owner's time; false when it has ended.
pub(in crate::improvement) async fn end(
    tx: &mut Tx,
    owner_id: i64,
    on: NaiveDate,
    hand_over: &str,
) -> Result<bool, db::Error> {
    const SQL: &str =
        "UPDATE process_owners SET until_on = $2, hand_over = $3 WHERE owner_id = $1 AND until_on IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(owner_id).bind(on).bind(hand_over).execute(c).await?.rows_affected()) == 1)
}
