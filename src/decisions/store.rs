//! The SQL of decisions.

use chrono::{DateTime, NaiveDate, Utc};

use super::decision::{Text, Version};
use crate::db::{self, Tx};
use crate::on;
use crate::thread::Record;
use crate::thread::id::{AccountId, DecisionId};

#[derive(sqlx::FromRow)]
struct Row {
    decision_version_id: i64,
    decision_id: DecisionId,
    slug: String,
    number: i64,
    title: String,
    question: String,
    choices: String,
    views: String,
    heard_from: String,
    sources: String,
    decided: String,
    reasons: String,
    decided_on: NaiveDate,
    body: String,
    alignment: String,
    differs_why: String,
    correction: String,
    written_by: AccountId,
    written_at: DateTime<Utc>,
    approved_by: Option<AccountId>,
    approved_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Version, db::Error> {
        let corrupt = |column| db::Error::Corrupt { table: "decision_versions", column };
        Ok(Version {
            id: self.decision_version_id,
            decision_id: self.decision_id,
            slug: self.slug,
            number: self.number,
            text: Text {
                title: self.title,
                question: self.question,
                choices: serde_json::from_str(&self.choices).map_err(|_| corrupt("choices"))?,
                views: self.views,
                heard_from: self.heard_from,
                sources: self.sources.split_whitespace().filter_map(Record::from_code).collect(),
                decided: self.decided,
                reasons: self.reasons,
                decided_on: self.decided_on,
                body: self.body,
                alignment: self.alignment.parse().map_err(|()| corrupt("alignment"))?,
                differs_why: self.differs_why,
                correction: self.correction,
            },
            written_by: self.written_by,
            written_at: self.written_at,
            approved: self.approved_by.zip(self.approved_at),
            published_at: self.published_at,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT v.*, d.slug FROM decision_versions v JOIN decisions d ON d.decision_id = v.decision_id ", $rest)
    };
}

/// Every version of a decision, newest first; none when there is no such decision.
///
/// # Errors
/// When the database refuses.
pub async fn list_versions(tx: &mut Tx, id: DecisionId) -> Result<Vec<Version>, db::Error> {
    const SQL: &str = select!("WHERE v.decision_id = $1 ORDER BY v.number DESC");
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The newest version of every decision, the one changed last first.
pub(super) async fn list_newest(tx: &mut Tx) -> Result<Vec<Version>, db::Error> {
    const SQL: &str = select!(
        "WHERE v.number = (SELECT MAX(n.number) FROM decision_versions n WHERE n.decision_id = v.decision_id) ORDER BY v.written_at DESC, v.decision_version_id DESC"
    );
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The newest published version of every decision, the latest decision first.
///
/// # Errors
/// When the database refuses.
pub async fn list_published(tx: &mut Tx) -> Result<Vec<Version>, db::Error> {
    const SQL: &str = select!(
        "WHERE v.number = (SELECT MAX(n.number) FROM decision_versions n WHERE n.decision_id = v.decision_id AND n.published_at IS NOT NULL) \
         ORDER BY v.decided_on DESC, v.decision_version_id DESC"
    );
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The newest published version of a decision.
///
/// # Errors
/// When the database refuses.
pub async fn find_published(tx: &mut Tx, id: DecisionId) -> Result<Option<Version>, db::Error> {
    Ok(list_versions(tx, id).await?.into_iter().find(|version| version.published_at.is_some()))
}

pub(super) async fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<DecisionId>, db::Error> {
    const SQL: &str = "SELECT decision_id FROM decisions WHERE slug = $1";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(slug).fetch_optional(c).await?))
}

pub(super) async fn insert(tx: &mut Tx, slug: &str, now: DateTime<Utc>) -> Result<DecisionId, db::Error> {
    const SQL: &str = "INSERT INTO decisions (slug, created_at) VALUES ($1, $2) RETURNING decision_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(slug).bind(now).fetch_one(c).await?))
}

fn sources(text: &Text) -> String {
    text.sources.iter().map(|record| record.code()).collect::<Vec<_>>().join(" ")
}

fn choices(text: &Text) -> Result<String, db::Error> {
    let corrupt = db::Error::Corrupt { table: "decision_versions", column: "choices" };
    serde_json::to_string(&text.choices).map_err(|_| corrupt)
}

const INSERT: &str = "INSERT INTO decision_versions (decision_id, number, title, question, choices, views, heard_from, sources, decided, reasons, decided_on, body, \
    alignment, differs_why, correction, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

pub(super) async fn insert_version(
    tx: &mut Tx,
    id: DecisionId,
    number: i64,
    text: &Text,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let choices = choices(text)?;
    on!(tx, c => sqlx::query(INSERT).bind(id).bind(number).bind(&text.title).bind(&text.question).bind(&choices)
        .bind(&text.views).bind(&text.heard_from).bind(sources(text)).bind(&text.decided).bind(&text.reasons)
        .bind(text.decided_on).bind(&text.body).bind(text.alignment.code()).bind(&text.differs_why)
        .bind(&text.correction).bind(by).bind(now).execute(c).await.map(|_| ())?);
    Ok(())
}

const UPDATE: &str = "UPDATE decision_versions SET title = $3, question = $4, choices = $5, views = $6, heard_from = $7, sources = $8, decided = $9, reasons = $10, \
    decided_on = $11, body = $12, alignment = $13, differs_why = $14, correction = $15, written_by = $16, written_at = $17 \
    WHERE decision_id = $1 AND number = $2 AND approved_at IS NULL AND published_at IS NULL";

/// Changes a draft; false when it is approved, published or not there.
pub(super) async fn update(
    tx: &mut Tx,
    id: DecisionId,
    number: i64,
    text: &Text,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    let choices = choices(text)?;
    let changed = on!(tx, c => sqlx::query(UPDATE).bind(id).bind(number).bind(&text.title).bind(&text.question).bind(&choices)
        .bind(&text.views).bind(&text.heard_from).bind(sources(text)).bind(&text.decided).bind(&text.reasons)
        .bind(text.decided_on).bind(&text.body).bind(text.alignment.code()).bind(&text.differs_why)
        .bind(&text.correction).bind(by).bind(now).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Approves a draft that somebody else wrote; false when it is none.
pub(super) async fn mark_approved(
    tx: &mut Tx,
    version: i64,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE decision_versions SET approved_by = $2, approved_at = $3 WHERE decision_version_id = $1 AND approved_at IS NULL AND written_by <> $2";
    Ok(on!(tx, c => sqlx::query(SQL).bind(version).bind(by).bind(at).execute(c).await?.rows_affected()) == 1)
}

/// Takes an approval back; false when there is none, or the version is published.
pub(super) async fn mark_reopened(tx: &mut Tx, version: i64) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE decision_versions SET approved_by = NULL, approved_at = NULL WHERE decision_version_id = $1 AND approved_at IS NOT NULL AND published_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(version).execute(c).await?.rows_affected()) == 1)
}

/// Publishes an approved version; false when it is none.
pub(super) async fn mark_published(
    tx: &mut Tx,
    version: i64,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE decision_versions SET published_by = $2, published_at = $3 WHERE decision_version_id = $1 AND approved_at IS NOT NULL AND published_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(version).bind(by).bind(at).execute(c).await?.rows_affected()) == 1)
}
