//! One activity: what is done and measured, how residents take part, the evidence, and the reports about it.

use leptos::prelude::*;

use super::parts::{Names, back, heading, keeps, works_on};
use crate::clock;
use crate::db::Tx;
use crate::improvement::activity::{Activity, Standing, Wording};
use crate::improvement::evidence::Evidence;
use crate::improvement::plan::Plan;
use crate::improvement::process::Process;
use crate::improvement::sign_off::SignOff;
use crate::improvement::store::{activities, plans, processes, sign_offs};
use crate::people::Account;
use crate::standards::{self, Published};
use crate::thread::id::ActivityId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let activity = activities::find(&mut tx, req.id::<ActivityId>("id")?).await?.ok_or(PageError::NotFound)?;
    let plan = plans::find(&mut tx, activity.plan_id).await?.ok_or(PageError::NotFound)?;
    let (process, standard) = about(&mut tx, &activity.wording).await?;
    let evidence = activities::list_evidence(&mut tx, activity.id).await?;
    let reports = sign_offs::list_of(&mut tx, activity.id).await?;
    let names = Names::load(&mut tx).await?;
    let reader = req.account()?.clone();
    Ok(Page::staff(activity.wording.what.clone(), move || {
        let standing = activity.standing(today);
        view! {
            {back(plan.href(), "Back to the plan")}
            {heading(activity.wording.way.label(), activity.wording.what.clone())}
            <p>{ui::status(standing.code(), standing.label())}</p>
            {actions(&plan, &activity, standing, evidence.is_empty(), &reader)}
            {facts(&plan, &activity.wording, process.as_ref(), standard.as_ref(), &names)}
            {involvement(&activity.wording)}
            {proofs(&evidence, &names)}
            {told(&reports, &names)}
        }
    })
    .into())
}

/// The process that an activity is about, and the standard that measures it.
pub(super) async fn about(tx: &mut Tx, wording: &Wording) -> Result<(Option<Process>, Option<Published>), PageError> {
    let process = match wording.process_id {
        Some(id) => processes::find(tx, id).await?,
        None => None,
    };
    let standard = match wording.standard_id {
        Some(id) => standards::find_by_id(tx, id).await?,
        None => None,
    };
    Ok((process, standard))
}

fn actions(plan: &Plan, activity: &Activity, standing: Standing, bare: bool, reader: &Account) -> Option<AnyView> {
    if !works_on(reader, plan, activity) || plan.closed_at.is_some() || standing.is_over() {
        return None;
    }
    let here = activity.href();
    let waits = standing == Standing::Waiting;
    let report = (!waits && !bare).then(|| ui::link_button("Write the sign-off report", format!("{here}/sign-off")));
    let attach = format!("{here}/evidence");
    // Without evidence there is nothing to report: attaching it is the next thing to do.
    let (first, attach) = if bare {
        (Some(ui::link_button("Attach evidence", attach)), None)
    } else {
        (report, Some(view! { <li><a href=attach>"Attach evidence"</a></li> }))
    };
    let change =
        (!waits && keeps(reader, plan)).then(|| view! { <li><a href=format!("{here}/edit")>"Change it"</a></li> });
    Some(
        view! {
            {first}
            <ul class="ds-actions">{change}{attach}</ul>
        }
        .into_any(),
    )
}

/// What the activity is, as the plan or a report has it.
pub(super) fn facts(
    plan: &Plan,
    wording: &Wording,
    process: Option<&Process>,
    standard: Option<&Published>,
    names: &Names,
) -> AnyView {
    let outside = plan.leaves_out(wording.starts_on, wording.due_on);
    let outside = if outside { ". This is outside the twelve months of the plan" } else { "" };
    let mut rows: Vec<(&str, AnyView)> = Vec::new();
    if let Some(process) = process {
        rows.push(("Process", view! { <a href=process.href()>{process.name.clone()}</a> }.into_any()));
    }
    rows.push(("Measure", wording.measure.clone().into_any()));
    if let Some(standard) = standard {
        let href = format!("/staff/performance/standards/{}", standard.slug);
        rows.push(("Standard", view! { <a href=href>{standard.title.clone()}</a> }.into_any()));
    }
    rows.extend([
        ("How it was", wording.baseline.clone().into_any()),
        ("How it should be", wording.target.clone().into_any()),
        ("When", format!("{} to {}{outside}", clock::day(wording.starts_on), clock::day(wording.due_on)).into_any()),
        ("What it takes", wording.resources.clone().into_any()),
        ("Lead", names.of(wording.lead_id).into_any()),
    ]);
    if !wording.stopped_reason.is_empty() {
        rows.push(("Stopped because", wording.stopped_reason.clone().into_any()));
    }
    ui::facts(rows)
}

/// How residents take part, stage by stage.
pub(super) fn involvement(wording: &Wording) -> AnyView {
    let rows = wording.involvement().map(|one| {
        let count = one.count.and_then(|count| usize::try_from(count).ok());
        let count =
            count.map(|count| format!(" ({})", ui::counted(count, "resident", "residents"))).unwrap_or_default();
        let said = if one.how.is_empty() { "Not shown yet".to_owned() } else { format!("{}{count}", one.how) };
        (one.stage, said.into_any())
    });
    view! { <section class="ds-section"><h2>"How residents take part"</h2>{ui::facts(rows.into_iter().collect())}</section> }
        .into_any()
}

/// The evidence, oldest first.
pub(super) fn proofs(evidence: &[Evidence], names: &Names) -> AnyView {
    let rows = evidence.iter().map(|one| {
        let when = format!("Attached on {} by {}", clock::day_and_time(one.attached_at), names.of(one.attached_by));
        view! { <li><div class="ds-list__main"><a href=one.href()>{one.title.clone()}</a><p>{when}</p></div></li> }
    });
    let rows = rows.collect_view();
    let list = if evidence.is_empty() {
        view! { <p>"Nothing is attached yet. A sign-off report needs at least one piece of evidence."</p> }.into_any()
    } else {
        view! { <ul class="ds-list">{rows}</ul> }.into_any()
    };
    view! { <section class="ds-section"><h2>"Evidence"</h2>{list}</section> }.into_any()
}

fn told(reports: &[SignOff], names: &Names) -> Option<AnyView> {
    if reports.is_empty() {
        return None;
    }
    let rows = reports.iter().map(|one| {
        let (code, word) = one.standing();
        let when = format!("{}, by {}", clock::day_and_time(one.written_at), names.of(one.written_by));
        view! {
            <li><div class="ds-list__main"><a href=one.href()>{format!("Report {}", one.number)}</a><p>{when}</p></div>
            <div class="ds-list__aside">{ui::status(code, word)}</div></li>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! { <section class="ds-section"><h2>"Sign-off reports"</h2><ul class="ds-list">{rows}</ul></section> }
            .into_any(),
    )
}
