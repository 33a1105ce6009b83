//! One process: what it is, how well it runs by its standards, who owns it and works on it, and the years it was selected for.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts::{Names, back, heading, process_of, untrained};
use crate::clock;
use crate::improvement::activity::Activity;
use crate::improvement::group::{Group, Meeting};
use crate::improvement::model::{ModelError, archive, bring_back};
use crate::improvement::owner::Owner;
use crate::improvement::plan::Plan;
use crate::improvement::process::{Process, path};
use crate::improvement::selection::Selection;
use crate::improvement::store::{activities, groups, owners, plans, processes, selections};
use crate::improvement::training::{Register, Trained};
use crate::people::Role;
use crate::performance::{self, Latest};
use crate::permissions;
use crate::standards::{self, Published};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Everything the page says.
struct Whole {
    process: Process,
    place: String,
    parts: Vec<Process>,
    measures: Vec<(Published, Option<Latest>)>,
    owners: Vec<Owner>,
    group: Option<Group>,
    meetings: Vec<Meeting>,
    selections: Vec<Selection>,
    /// Whether the owner of today is trained for it.
    training: Option<Trained>,
    /// The plan of the owner of today.
    plan: Option<Plan>,
    /// What live plans will do about it.
    activities: Vec<Activity>,
    today: NaiveDate,
    names: Names,
}

async fn load(req: &Req) -> Result<Whole, PageError> {
    let mut tx = req.app.db.read().await?;
    let process = process_of(req, &mut tx).await?;
    let all = processes::list(&mut tx).await?;
    let mut measures = Vec::new();
    for id in processes::list_measures(&mut tx, process.id).await? {
        if let Some(standard) = standards::find_by_id(&mut tx, id).await? {
            let latest = performance::latest_for(&mut tx, id, req.today()).await?;
            measures.push((standard, latest));
        }
    }
    let register = Register::load(&mut tx).await?;
    let owners = owners::history(&mut tx, process.id).await?;
    let now = owners.iter().find(|owner| owner.until_on.is_none());
    let training = now.map(|owner| register.as_owner(owner.account_id, req.today()));
    let plan = match now {
        Some(owner) => plans::live_of(&mut tx, owner.account_id).await?,
        None => None,
    };
    let mut about = Vec::new();
    for plan in plans::list(&mut tx).await?.into_iter().filter(|plan| plan.closed_at.is_none()) {
        let all = activities::list(&mut tx, plan.id, plan.versions).await?;
        about.extend(all.into_iter().filter(|one| one.wording.process_id == Some(process.id)));
    }
    Ok(Whole {
        plan,
        activities: about,
        today: req.today(),
        place: process.parent_id.map(|id| path(&all, id)).unwrap_or_default(),
        parts: all.iter().filter(|part| part.parent_id == Some(process.id)).cloned().collect(),
        measures,
        owners,
        training,
        group: groups::find(&mut tx, process.id).await?,
        meetings: groups::list_meetings(&mut tx, process.id).await?,
        selections: selections::list_of(&mut tx, process.id).await?,
        names: Names::load(&mut tx).await?,
        process,
    })
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let whole = load(req).await?;
    let role = req.viewer.role();
    let refused = form.clone();
    Ok(Page::staff(whole.process.name.clone(), move || {
        let place = if whole.place.is_empty() { "Process".to_owned() } else { whole.place.clone() };
        view! {
            {back("/staff/improvement/processes", "Process model")}
            {ui::error_summary(&form)}
            {heading(place, whole.process.name.clone())}
            {(whole.process.archived_at.is_some()).then(|| view! { <div class="govuk-inset-text">"Archived: "{whole.process.archived_reason.clone()}</div> })}
            {ui::paragraphs(&whole.process.description)}
            <p class="ds-meta">"Department: "{whole.process.department.clone()}</p>
            {actions(&whole, role)}
            {measures(&whole)}
            {improved(&whole)}
            {parts(&whole)}
            {ownership(&whole)}
            {group(&whole)}
            {years(&whole)}
            {keeping(&whole, role, &form)}
        }
    })
    .with_form(&refused)
    .into())
}

fn actions(whole: &Whole, role: Option<Role>) -> Option<AnyView> {
    let may = |ending: &str| permissions::may_post(role, &format!("/staff/improvement/processes/{{id}}/{ending}"));
    if whole.process.archived_at.is_some() || !may("edit") {
        return None;
    }
    let here = whole.process.href();
    let owner =
        if whole.owners.iter().any(|owner| owner.until_on.is_none()) { "Hand it over" } else { "Appoint an owner" };
    let part = format!("/staff/improvement/processes/new?parent={}", whole.process.id);
    let meeting = whole
        .group
        .is_some()
        .then(|| view! { <li><a href=format!("{here}/meeting")>"Write the notes of a meeting"</a></li> });
    Some(
        view! {
            <ul class="ds-actions">
                <li><a href=format!("{here}/edit")>"Change it"</a></li>
                <li><a href=part>"Add a part"</a></li>
                <li><a href=format!("{here}/owner")>{owner}</a></li>
                <li><a href=format!("{here}/group")>"Improvement group"</a></li>
                {meeting}
                <li><a href=format!("/staff/improvement/select?process={}", whole.process.id)>"Select it for a year"</a></li>
            </ul>
        }
        .into_any(),
    )
}

fn measures(whole: &Whole) -> AnyView {
    let rows = whole.measures.iter().map(|(standard, latest)| {
        let said = latest.as_ref().map_or("No figure yet.".to_owned(), |latest| latest.sentence.clone());
        let status = latest.as_ref().and_then(|latest| latest.code.map(|code| ui::status(code, latest.status)));
        view! {
            <li>
                <div class="ds-list__main"><a href=format!("/staff/performance/standards/{}", standard.slug)>{standard.title.clone()}</a><p>{said}</p></div>
                <div class="ds-list__aside">{status}</div>
            </li>
        }
    });
    let rows = rows.collect_view();
    let list = if whole.measures.is_empty() {
        view! { <p>"No standard measures it yet."</p> }.into_any()
    } else {
        view! { <ul class="ds-list">{rows}</ul> }.into_any()
    };
    view! { <section class="ds-section"><h2>"How well it runs"</h2>{list}</section> }.into_any()
}

/// What live plans will do about it, and the plan of its owner.
fn improved(whole: &Whole) -> AnyView {
    let rows = whole.activities.iter().map(|one| {
        let standing = one.standing(whole.today);
        let said = format!("{}, by {}", whole.names.of(one.wording.lead_id), clock::day(one.wording.due_on));
        view! {
            <li>
                <div class="ds-list__main"><a href=one.href()>{one.wording.what.clone()}</a><p>{said}</p></div>
                <div class="ds-list__aside">{ui::status(standing.code(), standing.label())}</div>
            </li>
        }
    });
    let rows = rows.collect_view();
    let list = if whole.activities.is_empty() {
        view! { <p>"No plan has an activity about it yet."</p> }.into_any()
    } else {
        view! { <ul class="ds-list">{rows}</ul> }.into_any()
    };
    let plan = whole.plan.as_ref().map(|plan| {
        view! { <p><a href=plan.href()>{format!("Improvement plan of {}", whole.names.of(plan.account_id))}</a></p> }
    });
    view! { <section class="ds-section"><h2>"How it is improved"</h2>{list}{plan}</section> }.into_any()
}

fn parts(whole: &Whole) -> Option<AnyView> {
    if whole.parts.is_empty() {
        return None;
    }
    let rows = whole.parts.iter().map(|part| {
        let archived = part.archived_at.map(|_| " (archived)");
        view! { <li><a href=part.href()>{part.name.clone()}</a>{archived}</li> }
    });
    Some(view! { <section class="ds-section"><h2>"Its parts"</h2><ul>{rows.collect_view()}</ul></section> }.into_any())
}

fn ownership(whole: &Whole) -> AnyView {
    let rows = whole.owners.iter().map(|owner| {
        let until = owner.until_on.map_or("today".to_owned(), clock::day);
        let team = if owner.in_management_team { ", from the management team" } else { "" };
        let flag = whole.training.filter(|_| owner.until_on.is_none()).and_then(untrained);
        let handed = (!owner.hand_over.is_empty())
            .then(|| view! { <p class="ds-meta">"Handed over:"</p>{ui::paragraphs(&owner.hand_over)} });
        view! {
            <li><p class="ds-timeline__when">{format!("{} to {until}", clock::day(owner.from_on))}</p>
            <p class="ds-timeline__what">{format!("{}{team}", whole.names.of(owner.account_id))}{flag}</p>{handed}</li>
        }
    });
    let rows = rows.collect_view();
    let list = if whole.owners.is_empty() {
        view! { <p>"Nobody owns it yet."</p> }.into_any()
    } else {
        view! { <ol class="ds-timeline">{rows}</ol> }.into_any()
    };
    view! { <section class="ds-section"><h2>"Owner"</h2>{list}</section> }.into_any()
}

fn group(whole: &Whole) -> Option<AnyView> {
    let group = whole.group.as_ref()?;
    let (now, before): (Vec<_>, Vec<_>) = group.members.iter().partition(|member| member.until_on.is_none());
    let now = now.iter().map(|one| view! { <li>{format!("{}, since {}", one.name, clock::day(one.from_on))}</li> });
    let before: Vec<String> = before
        .iter()
        .map(|one| format!("{} (until {})", one.name, one.until_on.map(clock::day).unwrap_or_default()))
        .collect();
    let before =
        (!before.is_empty()).then(|| view! { <p class="ds-meta">{format!("Before: {}", before.join(", "))}</p> });
    let residents = usize::try_from(group.residents).unwrap_or(0);
    let residents = match residents {
        0 => "No resident works with the group yet.".to_owned(),
        some => format!("{} with the group.", ui::counted(some, "resident works", "residents work")),
    };
    let meetings = whole.meetings.iter().map(|one| {
        let there = usize::try_from(one.residents).unwrap_or(0);
        let there = format!("{} there", ui::counted(there, "resident was", "residents were"));
        view! { <li><p class="ds-timeline__when">{clock::day(one.held_on)}</p><p class="ds-meta">{there}</p>{ui::paragraphs(&one.notes)}</li> }
    });
    let meetings = (!whole.meetings.is_empty())
        .then(|| view! { <h3>"Meetings"</h3><ol class="ds-timeline">{meetings.collect_view()}</ol> });
    Some(
        view! {
            <section class="ds-section"><h2>"Improvement group"</h2>
                <p>{group.basis.label()}". "{residents}</p>
                <ul>{now.collect_view()}</ul>
                {before}
                {meetings}
            </section>
        }
        .into_any(),
    )
}

fn years(whole: &Whole) -> Option<AnyView> {
    if whole.selections.is_empty() {
        return None;
    }
    let rows = whole.selections.iter().map(|one| {
        let back = one.withdrawn_at.map(|_| ", taken back");
        view! { <li><a href=one.href()>{one.year.to_string()}</a>": "{one.objective.clone()}{back}</li> }
    });
    let rows = rows.collect_view();
    Some(view! { <section class="ds-section"><h2>"Selected for"</h2><ul>{rows}</ul></section> }.into_any())
}

/// Archiving and bringing back.
fn keeping(whole: &Whole, role: Option<Role>, form: &Form) -> Option<AnyView> {
    if !permissions::may_post(role, "/staff/improvement/processes/{id}") {
        return None;
    }
    Some(if whole.process.archived_at.is_some() {
        view! {
            <form method="post"><button type="submit" class="govuk-button govuk-button--secondary" id="step" name=ui::STEP value="bring-back">"Bring it back into use"</button></form>
        }
        .into_any()
    } else {
        view! {
            <section class="ds-section"><h2>"No longer done?"</h2>
                <form method="post" novalidate>
                    {ui::text(form, "reason", "Why it is archived").hint("It stays in the model with its history").view()}
                    <button type="submit" class="govuk-button govuk-button--secondary" id="step" name=ui::STEP value="archive">"Archive it"</button>
                </form>
            </section>
        }
        .into_any()
    })
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let process = process_of(&req, &mut tx).await?;
    let (done, action, said) = match form.value("step") {
        "archive" => {
            let reason = form.required("reason", "The reason", 300, "Say why it is archived");
            if !form.is_valid() {
                drop(tx);
                return page(&req, form).await;
            }
            let done = archive(&req.app, &mut tx, process.id, &reason).await;
            (done, "archived a process", "Archived. It stays in the model.")
        }
        "bring-back" => (bring_back(&mut tx, process.id).await, "brought back a process", "It is in use again."),
        _ => {
            drop(tx);
            form.error("step", "Choose what to do with one of the buttons");
            return page(&req, form).await;
        }
    };
    let refusal = match done {
        Ok(()) => {
            let detail = format!("{}: {}", process.name, form.value("reason"));
            req.audit(&mut tx, action, &format!("process {}", process.id), &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(process.href()).saying(said));
        }
        Err(ModelError::Internal(error)) => return Err(error.into()),
        Err(ModelError::HasParts) => "Archive its parts first: they are still in use",
        Err(ModelError::Selected) => "It is selected for a year that is not over. Take the selection back first",
        Err(_) => "Somebody else has just changed this. See how it stands now",
    };
    drop(tx);
    form.error("step", refusal);
    page(&req, form).await
}
