//! The SQL of the thread.

use chrono::{DateTime, Utc};

use super::link::Record;
use crate::db::{self, Tx};
use crate::on;

const INSERT: &str = "INSERT INTO links (from_kind, from_id, to_kind, to_id, created_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (from_kind, from_id, to_kind, to_id) DO NOTHING";

pub(super) async fn insert(tx: &mut Tx, from: Record, to: Record, at: DateTime<Utc>) -> Result<(), db::Error> {
    let ((from_kind, from_id), (to_kind, to_id)) = (from.parts(), to.parts());
    on!(tx, c => sqlx::query(INSERT).bind(from_kind).bind(from_id).bind(to_kind).bind(to_id).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

const DELETE: &str = "DELETE FROM links WHERE (from_kind = $1 AND from_id = $2 AND to_kind = $3 AND to_id = $4) \
    OR (from_kind = $3 AND from_id = $4 AND to_kind = $1 AND to_id = $2)";

pub(super) async fn delete(tx: &mut Tx, one: Record, other: Record) -> Result<(), db::Error> {
    let ((one_kind, one_id), (other_kind, other_id)) = (one.parts(), other.parts());
    on!(tx, c => sqlx::query(DELETE).bind(one_kind).bind(one_id).bind(other_kind).bind(other_id).execute(c).await.map(|_| ())?);
    Ok(())
}

const LIST: &str = "SELECT kind, id FROM (\
    SELECT link_id, to_kind AS kind, to_id AS id FROM links WHERE from_kind = $1 AND from_id = $2 \
    UNION ALL SELECT link_id, from_kind AS kind, from_id AS id FROM links WHERE to_kind = $1 AND to_id = $2) AS ends ORDER BY link_id";

pub(super) async fn list(tx: &mut Tx, record: Record) -> Result<Vec<Record>, db::Error> {
    let (kind, id) = record.parts();
    let rows: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(LIST).bind(kind).bind(id).fetch_all(c).await?);
    Ok(rows.iter().filter_map(|(kind, id)| Record::from_parts(kind, *id)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::id::{ActionId, FindingId};
    use crate::{db_test, thread};

    db_test!(a_link_is_seen_from_both_ends_and_made_once, db => {
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        let (finding, action) = (Record::Finding(FindingId(7)), Record::Action(ActionId(3)));
        let mut tx = db.write().await.unwrap();
        thread::connect(&mut tx, finding, action, at).await.unwrap();
        thread::connect(&mut tx, finding, action, at).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        assert_eq!(thread::linked(&mut tx, action).await.unwrap(), vec![finding]);
        assert_eq!(thread::linked(&mut tx, finding).await.unwrap(), vec![action]);
        drop(tx);
        let mut tx = db.write().await.unwrap();
        thread::disconnect(&mut tx, action, finding).await.unwrap();
        assert!(thread::linked(&mut tx, finding).await.unwrap().is_empty());
    });
}
