//! The SQL of findings.

use chrono::{DateTime, NaiveDate, Utc};

use super::finding::{Finding, Text};
use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::{AccountId, FindingId};

#[derive(sqlx::FromRow)]
struct Row {
    finding_id: FindingId,
    slug: String,
    title: String,
    asked: String,
    said: String,
    heard_from: String,
    did: String,
    decision: String,
    reason: String,
    decided_on: NaiveDate,
    written_by: AccountId,
    changed_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Finding, db::Error> {
        Ok(Finding {
            id: self.finding_id,
            slug: self.slug,
            title: self.title,
            asked: self.asked,
            said: self.said,
            heard_from: self.heard_from,
            did: self.did,
            decision: self
                .decision
                .parse()
                .map_err(|()| db::Error::Corrupt { table: "findings", column: "decision" })?,
            reason: self.reason,
            decided_on: self.decided_on,
            written_by: self.written_by,
            changed_at: self.changed_at,
            published_at: self.published_at,
        })
    }
}

/// A finding by its key, draft or published.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: FindingId) -> Result<Option<Finding>, db::Error> {
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as("SELECT * FROM findings WHERE finding_id = $1").bind(id).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

pub(super) async fn find_published_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Finding>, db::Error> {
    const SQL: &str = "SELECT * FROM findings WHERE slug = $1 AND published_at IS NOT NULL";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(SQL).bind(slug).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// The newest published findings, newest decision first.
///
/// # Errors
/// When the database refuses.
pub async fn list_latest(tx: &mut Tx, n: i64) -> Result<Vec<Finding>, db::Error> {
    const SQL: &str =
        "SELECT * FROM findings WHERE published_at IS NOT NULL ORDER BY decided_on DESC, finding_id DESC LIMIT $1";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).bind(n).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

pub(super) async fn list_all(tx: &mut Tx) -> Result<Vec<Finding>, db::Error> {
    const SQL: &str = "SELECT * FROM findings ORDER BY changed_at DESC, finding_id DESC";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

const INSERT: &str = "INSERT INTO findings (slug, title, asked, said, heard_from, did, decision, reason, decided_on, written_by, created_at, changed_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING finding_id";

pub(super) async fn insert(
    tx: &mut Tx,
    text: &Text,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<FindingId, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(&text.slug).bind(&text.title).bind(&text.asked).bind(&text.said).bind(&text.heard_from).bind(&text.did)
        .bind(text.decision.code()).bind(&text.reason).bind(text.decided_on).bind(by).bind(now).fetch_one(c).await?))
}

const UPDATE: &str = "UPDATE findings SET slug = $2, title = $3, asked = $4, said = $5, heard_from = $6, did = $7, decision = $8, reason = $9, decided_on = $10, \
    written_by = $11, changed_at = $12 WHERE finding_id = $1 AND published_at IS NULL";

/// Changes a draft; false when it is published or not there.
pub(super) async fn update(
    tx: &mut Tx,
    id: FindingId,
    text: &Text,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query(UPDATE)
        .bind(id).bind(&text.slug).bind(&text.title).bind(&text.asked).bind(&text.said).bind(&text.heard_from).bind(&text.did)
        .bind(text.decision.code()).bind(&text.reason).bind(text.decided_on).bind(by).bind(now).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Publishes a draft that somebody else wrote; false when it is none.
pub(super) async fn mark_published(
    tx: &mut Tx,
    id: FindingId,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE findings SET published_at = $3, published_by = $2 WHERE finding_id = $1 AND published_at IS NULL AND written_by <> $2";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(by).bind(at).execute(c).await?.rows_affected()) == 1)
}

pub(super) async fn mark_taken_back(tx: &mut Tx, id: FindingId) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE findings SET published_at = NULL, published_by = NULL WHERE finding_id = $1 AND published_at IS NOT NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()) == 1)
}
