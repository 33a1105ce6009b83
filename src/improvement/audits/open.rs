//! Opening the audit of a year: all that could be drawn is written down, and the sample is drawn from it once.

use super::audit::{Audit, AuditId, Candidate, Drawn, Kind, Strata};
use super::draw::choose;
use super::error::AuditError;
use super::store::audits as store;
use crate::app::App;
use crate::clock::london_day;
use crate::db::{self, Tx};
use crate::improvement::sign_off::Decision;
use crate::improvement::store::{activities, plans, sign_offs};
use crate::improvement::year::Year;
use crate::people;
use crate::thread::id::AccountId;

/// What is asked of the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    pub year: Year,
    pub scope: String,
    pub strata: Strata,
    /// In words that everybody saw; none lets chance give one.
    pub seed: Option<String>,
    /// How many sign-off reports, and how many plans, are drawn at the most.
    pub reports: i64,
    pub plans: i64,
}

/// What can be drawn for the audit of a year: the reports approved in it, and the plans whose twelve months touch it, as they stood at its end.
///
/// # Errors
/// When the database refuses.
pub async fn population(tx: &mut Tx, year: Year, strata: Strata) -> Result<Vec<Candidate>, db::Error> {
    let people = people::store::list(tx).await?;
    let name = |id: AccountId| people.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let mut all = Vec::new();
    for report in sign_offs::list(tx).await?.into_iter().rev() {
        let approved = report.decided.as_ref().filter(|decided| decided.decision == Decision::Approved);
        if !approved.is_some_and(|decided| year.holds(london_day(decided.at))) {
            continue;
        }
        let Some(activity) = activities::find_version(tx, report.activity_version_id).await? else { continue };
        let stratum = match strata {
            Strata::None => "All reports".to_owned(),
            Strata::Way => activity.wording.way.label().to_owned(),
            Strata::Owner => {
                plans::find(tx, activity.plan_id).await?.map(|plan| name(plan.account_id)).unwrap_or_default()
            }
        };
        all.push(Candidate { drawn: Drawn::Report(report.id), title: activity.wording.what, stratum });
    }
    let mut kept = plans::list(tx).await?;
    kept.sort_by_key(|plan| plan.id);
    for plan in kept {
        let closed_before = plan.closed_at.is_some_and(|at| Year::of(london_day(at)) < year);
        if closed_before || !(Year::of(plan.starts_on)..=Year::of(plan.ends_on())).contains(&year) {
            continue;
        }
        // What is looked at is the plan as it stood at the end of the year.
        let versions = plans::list_versions(tx, plan.id).await?;
        let Some(version) = versions.iter().find(|one| Year::of(london_day(one.written_at)) <= year) else { continue };
        let stratum = match strata {
            Strata::None | Strata::Way => "All plans".to_owned(),
            Strata::Owner => name(plan.account_id),
        };
        let title = format!("Plan of {} from {}", name(plan.account_id), crate::clock::day(plan.starts_on));
        all.push(Candidate { drawn: Drawn::Plan(plan.id, version.number), title, stratum });
    }
    Ok(all)
}

/// Opens the audit of a year and draws its sample.
///
/// # Errors
/// `Already` when the year has an audit, `NotSo` when it has not begun, `Nothing` when nothing can be drawn, or when the database refuses.
pub async fn open(app: &App, tx: &mut Tx, by: AccountId, new: &NewAudit) -> Result<AuditId, AuditError> {
    if new.year > Year::of(app.clock.today()) {
        return Err(AuditError::NotSo);
    }
    let candidates = population(tx, new.year, new.strata).await?;
    let seed = new.seed.clone().unwrap_or_else(|| app.random.reference());
    let wanted = |count: i64| usize::try_from(count).unwrap_or(0);
    let reports = choose(&seed, &candidates, Kind::Report, wanted(new.reports));
    let plans = choose(&seed, &candidates, Kind::Plan, wanted(new.plans));
    let places: Vec<Option<i64>> = reports.into_iter().zip(plans).map(|(one, other)| one.or(other)).collect();
    if places.iter().all(Option::is_none) {
        return Err(AuditError::Nothing);
    }
    let audit = Audit {
        id: AuditId(0),
        year: new.year,
        scope: new.scope.clone(),
        strata: new.strata,
        seed,
        opened_by: by,
        opened_at: app.clock.now(),
        assurance: None,
        conclusion: String::new(),
        finished_by: None,
        finished_at: None,
        withdrawn_at: None,
        withdrawn_reason: String::new(),
    };
    let id = store::insert(tx, &audit).await?;
    for (candidate, place) in candidates.iter().zip(places) {
        store::insert_item(tx, id, candidate, place).await?;
    }
    Ok(id)
}
