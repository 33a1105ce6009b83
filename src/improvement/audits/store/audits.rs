//! Audits and what could be drawn for them. An audit that is over is never changed, which triggers see to as well.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::audits::audit::{Assurance, Audit, AuditId, Candidate, Drawn, Item, ItemId};
use crate::improvement::plan::PlanId;
use crate::improvement::sign_off::SignOffId;
use crate::on;
use crate::thread::id::AccountId;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT audit_id, year, scope, strata, seed, opened_by, opened_at, assurance, conclusion, finished_by, finished_at, \
             withdrawn_at, withdrawn_reason FROM improvement_audits ",
            $rest
        )
    };
}

/// Every audit, the newest year first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Audit>, db::Error> {
    const SQL: &str = select!("ORDER BY year DESC, audit_id DESC");
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// An audit by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: AuditId) -> Result<Option<Audit>, db::Error> {
    const SQL: &str = select!("WHERE audit_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

pub(in crate::improvement) async fn insert(tx: &mut Tx, new: &Audit) -> Result<AuditId, db::Error> {
    const SQL: &str = "INSERT INTO improvement_audits (year, scope, strata, seed, opened_by, opened_at, changes, conclusion, withdrawn_reason) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, '', '') RETURNING audit_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL)
        .bind(new.year).bind(&new.scope).bind(new.strata.code()).bind(&new.seed).bind(new.opened_by).bind(new.opened_at)
        .fetch_one(c).await?))
}

/// Takes the turn to change an open audit until the transaction ends; false when it is over.
pub(in crate::improvement) async fn take_turn(tx: &mut Tx, id: AuditId) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE improvement_audits SET changes = changes + 1 WHERE audit_id = $1 AND finished_at IS NULL AND withdrawn_at IS NULL";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()) == 1)
}

/// Finishes an audit whose turn was taken.
pub(in crate::improvement) async fn finish(
    tx: &mut Tx,
    id: AuditId,
    assurance: Assurance,
    conclusion: &str,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE improvement_audits SET assurance = $2, conclusion = $3, finished_by = $4, finished_at = $5 WHERE audit_id = $1";
    on!(tx, c => sqlx::query(SQL).bind(id).bind(assurance.code()).bind(conclusion).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Takes an audit back whose turn was taken.
pub(in crate::improvement) async fn take_back(
    tx: &mut Tx,
    id: AuditId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE improvement_audits SET withdrawn_reason = $2, withdrawn_at = $3 WHERE audit_id = $1";
    on!(tx, c => sqlx::query(SQL).bind(id).bind(reason).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    item_id: ItemId,
    audit_id: AuditId,
    sign_off_id: Option<SignOffId>,
    plan_id: Option<PlanId>,
    plan_version: Option<i64>,
    title: String,
    stratum: String,
    place: Option<i64>,
}

impl ItemRow {
    fn read(self) -> Result<Item, db::Error> {
        let drawn = match (self.sign_off_id, self.plan_id, self.plan_version) {
            (Some(id), None, None) => Drawn::Report(id),
            (None, Some(id), Some(version)) => Drawn::Plan(id, version),
            _ => return Err(db::Error::Corrupt { table: "improvement_audit_items", column: "kind" }),
        };
        let of = Candidate { drawn, title: self.title, stratum: self.stratum };
        Ok(Item { id: self.item_id, audit_id: self.audit_id, of, place: self.place })
    }
}

pub(in crate::improvement) async fn insert_item(
    tx: &mut Tx,
    audit: AuditId,
    of: &Candidate,
    place: Option<i64>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_audit_items (audit_id, kind, sign_off_id, plan_id, plan_version, reference, title, stratum, place) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let (report, plan, version) = match of.drawn {
        Drawn::Report(id) => (Some(id), None, None),
        Drawn::Plan(id, version) => (None, Some(id), Some(version)),
    };
    on!(tx, c => sqlx::query(SQL)
        .bind(audit).bind(of.drawn.kind().code()).bind(report).bind(plan).bind(version).bind(of.drawn.reference())
        .bind(&of.title).bind(&of.stratum).bind(place).execute(c).await.map(|_| ())?);
    Ok(())
}

/// All that could be drawn for an audit, reports first, those drawn before the others and in the order of the draw.
///
/// # Errors
/// When the database refuses.
pub async fn list_items(tx: &mut Tx, audit: AuditId) -> Result<Vec<Item>, db::Error> {
    const SQL: &str = "SELECT item_id, audit_id, sign_off_id, plan_id, plan_version, title, stratum, place FROM improvement_audit_items \
        WHERE audit_id = $1 ORDER BY kind DESC, COALESCE(place, 1000000), item_id";
    let rows: Vec<ItemRow> = on!(tx, c => sqlx::query_as(SQL).bind(audit).fetch_all(c).await?);
    rows.into_iter().map(ItemRow::read).collect()
}

/// Something that could be drawn, by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_item(tx: &mut Tx, id: ItemId) -> Result<Option<Item>, db::Error> {
    const SQL: &str = "SELECT item_id, audit_id, sign_off_id, plan_id, plan_version, title, stratum, place FROM improvement_audit_items WHERE item_id = $1";
    let row: Option<ItemRow> = on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?);
    row.map(ItemRow::read).transpose()
}
