//! Activities by version of their plan, and the evidence attached to them.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::activity::{Activity, Wording};
use crate::improvement::evidence::{Evidence, NewEvidence};
use crate::improvement::plan::PlanId;
use crate::on;
use crate::thread::id::{AccountId, ActivityId};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.*, a.plan_id, (SELECT COALESCE(s.decision, 'waiting') FROM sign_offs s WHERE s.activity_id = a.activity_id \
             ORDER BY s.number DESC LIMIT 1) AS report \
             FROM improvement_activities a JOIN improvement_activity_versions v ON v.activity_id = a.activity_id \
             JOIN improvement_plan_versions n ON n.version_id = v.version_id ",
            $rest
        )
    };
}

/// The activities of a plan as a version had them, the next due first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, plan: PlanId, number: i64) -> Result<Vec<Activity>, db::Error> {
    const SQL: &str = select!(
        "WHERE a.plan_id = $1 AND n.number = (SELECT MAX(on_n.number) FROM improvement_activity_versions on_v \
         JOIN improvement_plan_versions on_n ON on_n.version_id = on_v.version_id \
         WHERE on_v.activity_id = a.activity_id AND on_n.number <= $2) ORDER BY v.due_on, a.activity_id"
    );
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(plan).bind(number).fetch_all(c).await?))
}

/// An activity as the newest version of its plan has it.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: ActivityId) -> Result<Option<Activity>, db::Error> {
    const SQL: &str = select!("WHERE a.activity_id = $1 ORDER BY n.number DESC LIMIT 1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// An activity as it was worded once, by the key of the wording.
///
/// # Errors
/// When the database refuses.
pub async fn find_version(tx: &mut Tx, version: i64) -> Result<Option<Activity>, db::Error> {
    const SQL: &str = select!("WHERE v.activity_version_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(version).fetch_optional(c).await?))
}

pub(in crate::improvement) async fn insert(tx: &mut Tx, plan: PlanId) -> Result<ActivityId, db::Error> {
    const SQL: &str = "INSERT INTO improvement_activities (plan_id) VALUES ($1) RETURNING activity_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(plan).fetch_one(c).await?))
}

const INSERT_VERSION: &str = "INSERT INTO improvement_activity_versions (activity_id, version_id, route, process_id, what, measure, standard_id, baseline, target, \
    starts_on, due_on, resources, lead_id, design_how, design_count, delivery_how, delivery_count, outcome_how, outcome_count, stopped_reason) \
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20 \
    WHERE NOT EXISTS (SELECT 1 FROM sign_offs s WHERE s.activity_id = $1 AND (s.decision IS NULL OR s.decision = 'approved'))";

/// Words an activity in a version of its plan; false once a report about it waits or is approved.
pub(in crate::improvement) async fn insert_version(
    tx: &mut Tx,
    id: ActivityId,
    version: i64,
    wording: &Wording,
) -> Result<bool, db::Error> {
    let Wording { way, process_id, what, measure, standard_id, baseline, target, .. } = wording;
    let Wording { starts_on, due_on, resources, lead_id, stopped_reason, .. } = wording;
    let changed = on!(tx, c => sqlx::query(INSERT_VERSION)
        .bind(id).bind(version).bind(way.code()).bind(*process_id).bind(what).bind(measure).bind(*standard_id).bind(baseline).bind(target)
        .bind(*starts_on).bind(*due_on).bind(resources).bind(*lead_id)
        .bind(&wording.design_how).bind(wording.design_count).bind(&wording.delivery_how).bind(wording.delivery_count)
        .bind(&wording.outcome_how).bind(wording.outcome_count).bind(stopped_reason)
        .execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// What was attached to an activity, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_evidence(tx: &mut Tx, id: ActivityId) -> Result<Vec<Evidence>, db::Error> {
    const SQL: &str = "SELECT evidence_id, activity_id, kind, title, address, file_id, attached_by, attached_at FROM improvement_evidence WHERE activity_id = $1 ORDER BY evidence_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_all(c).await?))
}

/// A piece of evidence by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_evidence(tx: &mut Tx, id: i64) -> Result<Option<Evidence>, db::Error> {
    const SQL: &str = "SELECT evidence_id, activity_id, kind, title, address, file_id, attached_by, attached_at FROM improvement_evidence WHERE evidence_id = $1";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

pub(in crate::improvement) async fn insert_evidence(
    tx: &mut Tx,
    new: &NewEvidence,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_evidence (activity_id, kind, title, address, file_id, attached_by, attached_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on!(tx, c => sqlx::query(SQL).bind(new.activity).bind(new.proof.kind()).bind(&new.title).bind(new.proof.address())
        .bind(new.proof.file()).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}
