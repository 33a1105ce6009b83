//! The SQL of lists that were sent: kept until somebody decides on them, then only that they were.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::residents::import::columns::Columns;
use crate::thread::id::AccountId;

/// A list as it was sent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct List {
    pub list_id: i64,
    pub file_name: String,
    /// The file; gone once it is decided on.
    pub content: Option<Vec<u8>>,
    pub columns: Json<Columns>,
}

/// A list that was sent, for the page that names them.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Sent {
    pub list_id: i64,
    pub file_name: String,
    /// waiting, applied or discarded.
    pub state: String,
    /// What it did, in one sentence.
    pub outcome: String,
    pub uploaded_at: DateTime<Utc>,
}

/// Keeps a file for its preview and gives its key.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx,
    (file_name, content): (&str, &[u8]),
    columns: &Columns,
    at: DateTime<Utc>,
    by: Option<AccountId>,
) -> Result<i64, db::Error> {
    const INSERT: &str = "INSERT INTO household_lists (file_name, content, columns, state, outcome, uploaded_at, account_id) \
        VALUES ($1, $2, $3, 'waiting', '', $4, $5) RETURNING list_id";
    Ok(on!(tx, c => sqlx::query_scalar(INSERT).bind(file_name).bind(content).bind(Json(columns)).bind(at).bind(by)
        .fetch_one(c).await?))
}

/// A list by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Option<List>, db::Error> {
    const FIND: &str = "SELECT list_id, file_name, content, columns FROM household_lists WHERE list_id = $1";
    Ok(on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?))
}

/// The newest lists, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, most: i64) -> Result<Vec<Sent>, db::Error> {
    const LIST: &str = "SELECT list_id, file_name, state, outcome, uploaded_at FROM household_lists \
        ORDER BY list_id DESC LIMIT $1";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(most).fetch_all(c).await?))
}

/// Keeps which column holds what, while the list waits.
///
/// # Errors
/// `WrongRowCount` when it is decided on.
pub async fn set_columns(tx: &mut Tx, id: i64, columns: &Columns) -> Result<(), db::Error> {
    const SET: &str = "UPDATE household_lists SET columns = $2 WHERE list_id = $1 AND state = 'waiting'";
    one_row(on!(tx, c => sqlx::query(SET).bind(id).bind(Json(columns)).execute(c).await?.rows_affected()))
}

/// Decides on a waiting list and lets its bytes go. False when it was decided on before.
///
/// # Errors
/// When the database refuses.
pub async fn decide(tx: &mut Tx, id: i64, state: &str, outcome: &str, at: DateTime<Utc>) -> Result<bool, db::Error> {
    const DECIDE: &str = "UPDATE household_lists SET state = $2, outcome = $3, decided_at = $4, content = NULL \
        WHERE list_id = $1 AND state = 'waiting'";
    let decided =
        on!(tx, c => sqlx::query(DECIDE).bind(id).bind(state).bind(outcome).bind(at).execute(c).await?.rows_affected());
    Ok(decided == 1)
}

/// How many lists have waited since before a moment.
///
/// # Errors
/// When the database refuses.
pub async fn count_waiting_since(tx: &mut Tx, before: DateTime<Utc>) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM household_lists WHERE state = 'waiting' AND uploaded_at < $1";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(before).fetch_one(c).await?))
}

/// Lets go of lists that have waited since before a moment.
///
/// # Errors
/// When the database refuses.
pub async fn discard_waiting_since(tx: &mut Tx, before: DateTime<Utc>, at: DateTime<Utc>) -> Result<(), db::Error> {
    const DISCARD: &str = "UPDATE household_lists SET state = 'discarded', outcome = 'Nobody decided on it in time', \
        decided_at = $2, content = NULL WHERE state = 'waiting' AND uploaded_at < $1";
    on!(tx, c => sqlx::query(DISCARD).bind(before).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::residents::forget::{LIST_WAITS, forget_old_lists};
    use crate::testing::app_on;

    db_test!(a_list_is_decided_on_once_and_its_bytes_are_gone, db => {
        let app = app_on(db);
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        let id = insert(&mut tx, ("homes.csv", b"Ref\nH1\n"), &Columns::default(), now, None).await.unwrap();
        assert!(find(&mut tx, id).await.unwrap().unwrap().content.is_some());
        assert!(decide(&mut tx, id, "applied", "1 new", now).await.unwrap());
        assert!(!decide(&mut tx, id, "discarded", "", now).await.unwrap());
        assert_eq!(find(&mut tx, id).await.unwrap().unwrap().content, None);
        let kept = list(&mut tx, 1).await.unwrap().remove(0);
        assert_eq!((kept.state.as_str(), kept.outcome.as_str()), ("applied", "1 new"));
        assert!(set_columns(&mut tx, id, &Columns::default()).await.is_err());
        let waits = insert(&mut tx, ("more.csv", b"Ref\nH2\n"), &Columns::default(), now, None).await.unwrap();
        tx.commit().await.unwrap();
        forget_old_lists(app.clone()).await.unwrap();
        app.clock.advance(LIST_WAITS + chrono::TimeDelta::seconds(1));
        let mut tx = app.db.read().await.unwrap();
        assert!(find(&mut tx, waits).await.unwrap().unwrap().content.is_some());
        drop(tx);
        forget_old_lists(app.clone()).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let states: Vec<String> = list(&mut tx, 9).await.unwrap().into_iter().map(|sent| sent.state).collect();
        assert_eq!(states, ["discarded", "applied"]);
        assert_eq!(find(&mut tx, waits).await.unwrap().unwrap().content, None);
    });
}
