//! What an auditor sees of something drawn: the report or plan as it was, and the measure before and after with its base.

use chrono::NaiveDate;

use super::audit::Drawn;
use crate::db::{self, Tx};
use crate::improvement::activity::Activity;
use crate::improvement::evidence::Evidence;
use crate::improvement::plan::{Plan, Version};
use crate::improvement::sign_off::SignOff;
use crate::improvement::store::{activities, plans, sign_offs};
use crate::performance;

/// A report with what it rests on.
#[derive(Debug, Clone)]
pub struct SeenReport {
    pub report: SignOff,
    pub activity: Activity,
    /// What was attached when the report was sent.
    pub evidence: Vec<Evidence>,
    /// What may be said today of the standard it is measured by.
    pub now: Option<String>,
}

/// A plan as a version had it.
#[derive(Debug, Clone)]
pub struct SeenPlan {
    pub plan: Plan,
    pub version: i64,
    /// The versions up to that one, the newest first.
    pub versions: Vec<Version>,
    /// Its activities, each with the newest report about it.
    pub activities: Vec<(Activity, Option<SignOff>)>,
}

/// What was drawn.
#[derive(Debug, Clone)]
pub enum Seen {
    Report(Box<SeenReport>),
    Plan(Box<SeenPlan>),
}

/// Loads what was drawn, as somebody sees it on a day.
///
/// # Errors
/// When the database refuses or holds no such report or plan.
pub async fn load(tx: &mut Tx, drawn: Drawn, today: NaiveDate) -> Result<Seen, db::Error> {
    let missing = || db::Error::Corrupt { table: "improvement_audit_items", column: "item_id" };
    match drawn {
        Drawn::Report(id) => {
            let report = sign_offs::find(tx, id).await?.ok_or_else(missing)?;
            let activity = activities::find_version(tx, report.activity_version_id).await?.ok_or_else(missing)?;
            let mut evidence = activities::list_evidence(tx, activity.id).await?;
            evidence.retain(|one| one.attached_at <= report.written_at);
            let now = match activity.wording.standard_id {
                Some(id) => {
                    performance::quarters_for(tx, id, today).await?.first().map(|one| one.latest.sentence.clone())
                }
                None => None,
            };
            Ok(Seen::Report(Box::new(SeenReport { report, activity, evidence, now })))
        }
        Drawn::Plan(id, version) => {
            let plan = plans::find(tx, id).await?.ok_or_else(missing)?;
            let mut versions = plans::list_versions(tx, id).await?;
            versions.retain(|one| one.number <= version);
            let mut list = Vec::new();
            for activity in activities::list(tx, id, version).await? {
                let report = sign_offs::list_of(tx, activity.id).await?.into_iter().next();
                list.push((activity, report));
            }
            Ok(Seen::Plan(Box::new(SeenPlan { plan, version, versions, activities: list })))
        }
    }
}
