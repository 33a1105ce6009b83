//! The SQL of the assurance map.

use chrono::{DateTime, NaiveDate, Utc};

use super::attach::{NewEvidence, Proof};
use super::evidence::{Evidence, EvidenceId};
use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::AccountId;

#[derive(sqlx::FromRow)]
struct Row {
    evidence_id: EvidenceId,
    requirement: String,
    set_version: i64,
    title: String,
    record: String,
    address: String,
    file_id: Option<String>,
    strength: String,
    dated_on: NaiveDate,
    attached_by: AccountId,
    attached_at: DateTime<Utc>,
    withdrawn_at: Option<DateTime<Utc>>,
    withdrawn_reason: String,
}

impl Row {
    fn read(self) -> Result<Evidence, db::Error> {
        let corrupt = db::Error::Corrupt { table: "assurance_evidence", column: "strength" };
        Ok(Evidence {
            id: self.evidence_id,
            requirement: self.requirement,
            set_version: self.set_version,
            title: self.title,
            record: self.record,
            address: self.address,
            file_id: self.file_id,
            strength: self.strength.parse().map_err(|()| corrupt)?,
            dated_on: self.dated_on,
            attached_by: self.attached_by,
            attached_at: self.attached_at,
            withdrawn_at: self.withdrawn_at,
            withdrawn_reason: self.withdrawn_reason,
        })
    }
}

/// All that was ever attached, the newest first.
pub(super) async fn list_evidence(tx: &mut Tx) -> Result<Vec<Evidence>, db::Error> {
    const SQL: &str = "SELECT evidence_id, requirement, set_version, title, record, address, file_id, strength, dated_on, attached_by, attached_at, withdrawn_at, \
        withdrawn_reason FROM assurance_evidence ORDER BY dated_on DESC, evidence_id DESC";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Who answers for each requirement of which that was ever said.
pub(super) async fn list_owners(tx: &mut Tx) -> Result<Vec<(String, Option<AccountId>)>, db::Error> {
    const SQL: &str = "SELECT o.requirement, o.account_id FROM assurance_owners o \
        WHERE o.owner_id = (SELECT MAX(n.owner_id) FROM assurance_owners n WHERE n.requirement = o.requirement)";
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

pub(super) async fn insert_owner(
    tx: &mut Tx,
    requirement: &str,
    owner: Option<AccountId>,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str =
        "INSERT INTO assurance_owners (requirement, account_id, appointed_by, appointed_at) VALUES ($1, $2, $3, $4)";
    on!(tx, c => sqlx::query(SQL).bind(requirement).bind(owner).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn insert(
    tx: &mut Tx,
    requirement: &str,
    set_version: i64,
    new: &NewEvidence,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<EvidenceId, db::Error> {
    const SQL: &str = "INSERT INTO assurance_evidence (requirement, set_version, title, record, address, file_id, strength, dated_on, attached_by, attached_at, withdrawn_reason) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '') RETURNING evidence_id";
    let (record, address, file) = match &new.proof {
        Proof::File(id) => (String::new(), String::new(), Some(id.clone())),
        Proof::Link(address) => (String::new(), address.clone(), None),
        Proof::Record(source) => (source.code(), String::new(), None),
    };
    Ok(
        on!(tx, c => sqlx::query_scalar(SQL).bind(requirement).bind(set_version).bind(&new.title).bind(&record).bind(&address)
        .bind(&file).bind(new.strength.code()).bind(new.dated_on).bind(by).bind(at).fetch_one(c).await?),
    )
}

pub(super) async fn mark_withdrawn(
    tx: &mut Tx,
    requirement: &str,
    id: EvidenceId,
    by: AccountId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE assurance_evidence SET withdrawn_by = $3, withdrawn_reason = $4, withdrawn_at = $5 \
        WHERE requirement = $1 AND evidence_id = $2 AND withdrawn_at IS NULL";
    let changed = on!(tx, c => sqlx::query(SQL).bind(requirement).bind(id).bind(by).bind(reason).bind(at).execute(c).await?.rows_affected());
    Ok(changed == 1)
}
