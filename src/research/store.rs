//! The SQL of the research library.

use chrono::{DateTime, NaiveDate, Utc};

use super::entry::{Entry, Share, Text};
use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::{AccountId, ResearchId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.research_id, r.title, r.source, r.year, r.finding, r.area_id, a.name AS area_name, r.standard_id, r.process_id, p.name AS process_name, \
             r.address, r.file_id, r.written_by, r.changed_at FROM research r \
             LEFT JOIN areas a ON a.area_id = r.area_id LEFT JOIN processes p ON p.process_id = r.process_id ",
            $rest
        )
    };
}

/// Every piece, the newest year first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Entry>, db::Error> {
    const SQL: &str = select!("ORDER BY r.year DESC, r.research_id DESC");
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// A piece by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: ResearchId) -> Result<Option<Entry>, db::Error> {
    const SQL: &str = select!("WHERE r.research_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

pub(super) async fn insert(
    tx: &mut Tx,
    text: &Text,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<ResearchId, db::Error> {
    const SQL: &str = "INSERT INTO research (title, source, year, finding, area_id, standard_id, process_id, address, file_id, written_by, created_at, changed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING research_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(&text.title).bind(&text.source).bind(text.year).bind(&text.finding)
        .bind(text.area_id).bind(text.standard_id).bind(text.process_id).bind(&text.address).bind(&text.file_id)
        .bind(by).bind(now).fetch_one(c).await?))
}

/// Changes a piece; false when it is not there.
pub(super) async fn update(
    tx: &mut Tx,
    id: ResearchId,
    text: &Text,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE research SET title = $2, source = $3, year = $4, finding = $5, area_id = $6, standard_id = $7, process_id = $8, address = $9, \
        file_id = $10, written_by = $11, changed_at = $12 WHERE research_id = $1";
    let changed = on!(tx, c => sqlx::query(SQL).bind(id).bind(&text.title).bind(&text.source).bind(text.year).bind(&text.finding)
        .bind(text.area_id).bind(text.standard_id).bind(text.process_id).bind(&text.address).bind(&text.file_id)
        .bind(by).bind(now).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// With whom every piece was shared, the latest first.
pub(super) async fn list_shares(tx: &mut Tx) -> Result<Vec<Share>, db::Error> {
    const SQL: &str = "SELECT research_id, shared_with, shared_on, recorded_by FROM research_shares ORDER BY shared_on DESC, research_share_id DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

pub(super) async fn insert_share(
    tx: &mut Tx,
    id: ResearchId,
    with: &str,
    on: NaiveDate,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO research_shares (research_id, shared_with, shared_on, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5)";
    on!(tx, c => sqlx::query(SQL).bind(id).bind(with).bind(on).bind(by).bind(now).execute(c).await.map(|_| ())?);
    Ok(())
}
