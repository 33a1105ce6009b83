//! The year at a glance: the processes selected, who owns each, how far their plans are, and the improvement made outside the selection.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts::{Names, back, empty, untrained};
use super::plans::freshness;
use crate::db::Tx;
use crate::improvement::activity::{Activity, Standing, Way};
use crate::improvement::owner::Owner;
use crate::improvement::plan::Plan;
use crate::improvement::process::Process;
use crate::improvement::selection::{MOST, Selection};
use crate::improvement::store::{activities, owners, plans, processes, selections};
use crate::improvement::training::Register;
use crate::improvement::year::Year;
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// What several parts of the page look into.
struct Known {
    processes: Vec<Process>,
    owners: Vec<Owner>,
    /// Live plans with their activities.
    plans: Vec<(Plan, Vec<Activity>)>,
    register: Register,
    names: Names,
    today: NaiveDate,
}

impl Known {
    async fn load(tx: &mut Tx, today: NaiveDate) -> Result<Self, PageError> {
        let mut live = Vec::new();
        for plan in plans::list(tx).await?.into_iter().filter(|plan| plan.closed_at.is_none()) {
            let activities = activities::list(tx, plan.id, plan.versions).await?;
            live.push((plan, activities));
        }
        Ok(Self {
            processes: processes::list(tx).await?,
            owners: owners::list_current(tx).await?,
            plans: live,
            register: Register::load(tx).await?,
            names: Names::load(tx).await?,
            today,
        })
    }

    fn name(&self, selection: &Selection) -> String {
        let process = self.processes.iter().find(|process| process.id == selection.process_id);
        process.map(|process| process.name.clone()).unwrap_or_default()
    }
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let this = Year::of(req.today());
    let year = match req.query("year") {
        None => this,
        Some(text) => text.parse().map_err(|_| PageError::NotFound)?,
    };
    let mut tx = req.app.db.read().await?;
    let selected = selections::list(&mut tx, year).await?;
    let known = Known::load(&mut tx, req.today()).await?;
    let mut years = selections::years(&mut tx).await?;
    years.extend([this, this.next()]);
    years.sort_unstable();
    years.dedup();
    let may_read_audits = permissions::may_read(req.viewer.role(), "/staff/improvement/audits");
    let may_select = permissions::may_post(req.viewer.role(), "/staff/improvement/select");
    Ok(Page::staff(format!("Continuous improvement {year}"), move || {
        let (now, gone): (Vec<Selection>, Vec<Selection>) =
            selected.into_iter().partition(|one| one.withdrawn_at.is_none());
        let said = format!("{} of {MOST} places taken.", now.len());
        let select = (may_select && now.len() < MOST && year >= this)
            .then(|| ui::link_button("Select a process", "/staff/improvement/select"));
        let others = years.iter().filter(|other| **other != year).map(|other| {
            view! { <li><a href=format!("/staff/improvement?year={}", other.0)>{other.to_string()}</a></li> }
        });
        let others = others.collect_view();
        let list = if now.is_empty() {
            empty("No process is selected for this year yet. The management team selects up to five.")
        } else {
            chosen(&now, &known)
        };
        let gone = (!gone.is_empty()).then(|| {
            let rows = gone.iter().map(|one| view! { <li><a href=one.href()>{known.name(one)}</a>": "{one.withdrawn_reason.clone()}</li> });
            view! { <section class="ds-section"><h2>"Taken back"</h2><ul>{rows.collect_view()}</ul></section> }
        });
        view! {
            {(year != this).then(|| back("/staff/improvement", "This year"))}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{year.to_string()}</span>"Continuous improvement"</h1></div>
            <p>"A few processes are the focus of a year. Each has an owner, a plan for twelve months, and a report with evidence when something is finished."</p>
            <ul class="ds-actions">
                <li><a href="/staff/improvement/processes">"Process model"</a></li>
                <li><a href="/staff/improvement/plans">"Improvement plans"</a></li>
                <li><a href="/staff/improvement/sign-offs">"Sign-off reports"</a></li>
                <li><a href="/staff/improvement/training">"Training register"</a></li>
                {may_read_audits.then(|| view! { <li><a href="/staff/improvement/audits">"Yearly audits"</a></li> })}
            </ul>
            <section class="ds-section"><h2>"Selected processes"</h2>
                <p>{said}</p>
                {list}
                {select}
            </section>
            {gone}
            {(year == this).then(|| outside(&known))}
            <section class="ds-section"><h2>"Other years"</h2><ul class="ds-actions">{others}</ul></section>
        }
    })
    .into())
}

fn chosen(now: &[Selection], known: &Known) -> AnyView {
    let rows = now.iter().map(|one| {
        let owner = known.owners.iter().find(|owner| owner.process_id == one.process_id);
        let plan = owner.and_then(|owner| known.plans.iter().find(|(plan, _)| plan.account_id == owner.account_id));
        let (kept, done) = match plan {
            None => ("No plan yet".into_any(), "None yet".to_owned()),
            Some((plan, activities)) => {
                let own: Vec<_> = activities.iter().filter(|a| a.wording.process_id == Some(one.process_id)).collect();
                let count = |sought: Standing| own.iter().filter(|a| a.standing(known.today) == sought).count();
                let done = format!(
                    "{} of {} done, {} late",
                    count(Standing::Done),
                    own.len() - count(Standing::Stopped),
                    count(Standing::Late)
                );
                let whose = format!(" of {}", known.names.of(plan.account_id));
                (view! { <a href=plan.href()>"The plan"<span class="govuk-visually-hidden">{whose}</span></a><br/>{freshness(plan, known.today)} }.into_any(), done)
            }
        };
        let flag = owner.and_then(|owner| untrained(known.register.as_owner(owner.account_id, known.today)));
        let owner = owner.map_or("No owner".to_owned(), |owner| known.names.of(owner.account_id));
        vec![
            view! { <a href=one.href()>{known.name(one)}</a> }.into_any(),
            one.objective.clone().into_any(),
            view! { {owner}{flag} }.into_any(),
            kept,
            done.into_any(),
        ]
    });
    ui::stacked("Selected processes", &["Process", "Objective", "Owner", "Plan", "Activities"], rows.collect())
}

/// What is improved by line management or as a one-off project.
fn outside(known: &Known) -> AnyView {
    let all = known.plans.iter().flat_map(|(_, activities)| activities).filter(|one| one.wording.way != Way::Selected);
    let rows = all.map(|one| {
        let standing = one.standing(known.today);
        let said = format!("{}, {}", one.wording.way.label(), known.names.of(one.wording.lead_id));
        view! {
            <li><div class="ds-list__main"><a href=one.href()>{one.wording.what.clone()}</a><p>{said}</p></div>
            <div class="ds-list__aside">{ui::status(standing.code(), standing.label())}</div></li>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let list = if rows.is_empty() {
        view! { <p>"Nothing is improved outside the selection just now."</p> }.into_any()
    } else {
        view! { <ul class="ds-list">{rows}</ul> }.into_any()
    };
    view! { <section class="ds-section"><h2>"Outside the selection"</h2>{list}</section> }.into_any()
}
