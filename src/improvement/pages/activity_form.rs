//! Writing an activity: what, how it is measured, from where to where, by when, and how residents take part.

use leptos::prelude::*;

use super::parts::{Names, back, keeps};
use crate::db::Tx;
use crate::improvement::activity::{Activity, Way, Wording};
use crate::improvement::keep::{KeepError, add_activity, change_activity};
use crate::improvement::owner::can_lead;
use crate::improvement::plan::{Plan, PlanId};
use crate::improvement::process::{ProcessId, path};
use crate::improvement::store::{activities, plans, processes};
use crate::standards;
use crate::thread::id::{ActivityId, StandardId};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The stages in which residents take part: field, heading, hint.
const STAGES: [(&str, &str, &str); 3] = [
    ("design", "In working it out", "For example: a focus group in May walked through the new letters"),
    ("delivery", "In doing it", "For example: two residents inspect with us every fortnight"),
    ("outcome", "In saying whether it is better", "For example: everybody who had a repair is asked"),
];

async fn page(req: &Req, plan: &Plan, activity: Option<&Activity>, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = processes::list(&mut tx).await?;
    let names = Names::load(&mut tx).await?;
    let mut measures = vec![(String::new(), "None: the measure is counted elsewhere".to_owned())];
    for standard in standards::list_published(&mut tx).await? {
        measures.push((standard.id.to_string(), format!("{}: {}", standard.area_name, standard.title)));
    }
    let (title, to) = match activity {
        None => ("Add an activity", plan.href()),
        Some(activity) => ("Change an activity", activity.href()),
    };
    let seen = activity.map(|activity| activity.activity_version_id);
    let refused = form.clone();
    Ok(Page::staff(title, move || {
        let mut offered = vec![(String::new(), "None".to_owned())];
        offered.extend(all.iter().filter(|one| one.archived_at.is_none()).map(|one| (one.id.to_string(), path(&all, one.id))));
        let stages = STAGES.iter().map(|(name, label, hint)| {
            view! {
                {ui::textarea(&form, &format!("{name}-how"), *label).hint(*hint).rows(2).view()}
                {ui::text(&form, &format!("{name}-count"), format!("How many residents ({})", label.to_lowercase())).width(4).number().view()}
            }
        });
        let stages = stages.collect_view();
        let stop = seen.map(|_| ui::text(&form, "stopped", "Why it is given up").hint("Leave empty unless it is").view());
        view! {
            {back(to, "Back")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{title}</h1></div>
            <form method="post" novalidate>
                {seen.map(|seen| ui::carried("seen", seen.to_string()))}
                {ui::textarea(&form, "what", "What will be done").rows(2).view()}
                {ui::radios(&form, "way", "By which way", Way::ALL.map(|way| (way.code(), way.label()))).view()}
                {ui::select(&form, "process", "Process", offered)}
                {ui::text(&form, "measure", "How you will see that it helped").view()}
                {ui::select(&form, "standard", "The standard whose figures show it", measures.clone())}
                {ui::text(&form, "baseline", "How it is now").hint("With the number and when: 84.1% in the three months to October 2026").view()}
                {ui::text(&form, "target", "How it should be").view()}
                {ui::day(&form, "starts", "It begins on", "For example, 1 4 2026")}
                {ui::day(&form, "due", "It is done by", "For example, 30 9 2026")}
                {ui::text(&form, "resources", "What it takes").hint("People, time, money. Write “no additional cost” if there is none").view()}
                {ui::select(&form, "lead", "Who leads it", names.leads())}
                <h2>"How residents take part"</h2>
                <p>"Leave empty what nobody takes part in yet: it is shown as not done yet. Count residents, never name them."</p>
                {stages}
                {stop}
                {ui::button("Save the activity")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

/// The stage's field and how many, which goes with it.
fn involvement(form: &mut Form, stage: &str) -> (String, Option<i64>) {
    let (how, count) = (format!("{stage}-how"), format!("{stage}-count"));
    let text = form.text(&how, "How residents take part", 1000);
    let many = form.optional_whole(&count, 0..=100_000, "Enter how many residents, a whole number");
    if text.is_empty() && many.is_some() {
        form.error(&how, "Say how they took part");
    }
    (text, many)
}

async fn read(tx: &mut Tx, form: &mut Form) -> Result<Option<Wording>, PageError> {
    let what = form.required("what", "What will be done", 500, "Say what will be done");
    let way = form.choice::<Way>("way", "Choose by which way it is done");
    let process_id = if form.value("process").is_empty() {
        None
    } else {
        form.choice::<ProcessId>("process", "Choose one from the list")
    };
    if let Some(id) = process_id
        && processes::find(tx, id).await?.is_none_or(|process| process.archived_at.is_some())
    {
        form.error("process", "Choose a process that is in use");
    }
    if way == Some(Way::Selected) && process_id.is_none() && form.error_of("process").is_none() {
        form.error("process", "Choose the selected process");
    }
    let measure = form.required("measure", "The measure", 500, "Say how you will see that it helped");
    let standard_id = if form.value("standard").is_empty() {
        None
    } else {
        form.choice::<StandardId>("standard", "Choose one from the list")
    };
    if let Some(id) = standard_id
        && standards::find_by_id(tx, id).await?.is_none()
    {
        form.error("standard", "Choose one from the list");
    }
    let baseline = form.required("baseline", "How it is now", 300, "Say how it is now, with the number");
    let target = form.required("target", "How it should be", 300, "Say how it should be");
    let (starts_on, due_on) = (form.day("starts", "The first day"), form.day("due", "The last day"));
    if starts_on.zip(due_on).is_some_and(|(starts, due)| due < starts) {
        form.error("due", "It cannot be done before it begins");
    }
    let resources = form.required("resources", "What it takes", 500, "Say what it takes");
    let names = Names::load(tx).await?;
    let lead_id = names.chosen(form.value("lead"), can_lead);
    if lead_id.is_none() {
        form.error("lead", "Choose who leads it");
    }
    let (design_how, design_count) = involvement(form, "design");
    let (delivery_how, delivery_count) = involvement(form, "delivery");
    let (outcome_how, outcome_count) = involvement(form, "outcome");
    let stopped_reason = form.text("stopped", "The reason", 500);
    let (Some(way), Some(starts_on), Some(due_on), Some(lead_id), true) =
        (way, starts_on, due_on, lead_id, form.is_valid())
    else {
        return Ok(None);
    };
    Ok(Some(Wording {
        way,
        process_id,
        what,
        measure,
        standard_id,
        baseline,
        target,
        starts_on,
        due_on,
        resources,
        lead_id,
        design_how,
        design_count,
        delivery_how,
        delivery_count,
        outcome_how,
        outcome_count,
        stopped_reason,
    }))
}

fn filled(wording: &Wording) -> Form {
    let key = |id: Option<String>| id.unwrap_or_default();
    let mut form = Form::filled(&[
        ("what", &wording.what),
        ("way", wording.way.code()),
        ("process", &key(wording.process_id.map(|id| id.to_string()))),
        ("measure", &wording.measure),
        ("standard", &key(wording.standard_id.map(|id| id.to_string()))),
        ("baseline", &wording.baseline),
        ("target", &wording.target),
        ("resources", &wording.resources),
        ("lead", &wording.lead_id.to_string()),
        ("stopped", &wording.stopped_reason),
    ]);
    form.set_day("starts", Some(wording.starts_on));
    form.set_day("due", Some(wording.due_on));
    for ((name, _, _), one) in STAGES.iter().zip(wording.involvement()) {
        form.set(&format!("{name}-how"), one.how);
        form.set(&format!("{name}-count"), &one.count.map(|count| count.to_string()).unwrap_or_default());
    }
    form
}

fn refuse(form: &mut Form, error: KeepError) -> Result<(), PageError> {
    match error {
        KeepError::Internal(error) => return Err(error.into()),
        KeepError::Closed => form.error("what", "The plan is closed"),
        _ => form.error(
            "what",
            "Somebody else has changed this activity, or a report about it waits or is approved. See how it stands now",
        ),
    }
    Ok(())
}

async fn plan_of(req: &Req, tx: &mut Tx) -> Result<Plan, PageError> {
    kept(req, plans::find(tx, req.id::<PlanId>("id")?).await?.ok_or(PageError::NotFound)?)
}

/// The plan, for those who keep it.
fn kept(req: &Req, plan: Plan) -> Result<Plan, PageError> {
    if keeps(req.account()?, &plan) { Ok(plan) } else { Err(PageError::Forbidden) }
}

pub(super) async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let plan = plan_of(&req, &mut tx).await?;
    drop(tx);
    let form = Form::filled(&[("lead", &plan.account_id.to_string())]);
    page(&req, &plan, None, form).await
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let plan = plan_of(&req, &mut tx).await?;
    let Some(wording) = read(&mut tx, &mut form).await? else {
        drop(tx);
        return page(&req, &plan, None, form).await;
    };
    match add_activity(&req.app, &mut tx, plan.id, req.account()?.id, &wording).await {
        Ok(id) => {
            req.audit(&mut tx, "added an improvement activity", &format!("activity {id}"), &wording.what).await?;
            tx.commit().await?;
            Ok(Reply::redirect(plan.href()).saying("The activity is in the plan."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, &plan, None, form).await
        }
    }
}

async fn activity_of(req: &Req, tx: &mut Tx) -> Result<(Plan, Activity), PageError> {
    let activity = activities::find(tx, req.id::<ActivityId>("id")?).await?.ok_or(PageError::NotFound)?;
    let plan = plans::find(tx, activity.plan_id).await?.ok_or(PageError::NotFound)?;
    Ok((kept(req, plan)?, activity))
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (plan, activity) = activity_of(&req, &mut tx).await?;
    drop(tx);
    let form = filled(&activity.wording);
    page(&req, &plan, Some(&activity), form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (plan, activity) = activity_of(&req, &mut tx).await?;
    let Some(wording) = read(&mut tx, &mut form).await? else {
        drop(tx);
        return page(&req, &plan, Some(&activity), form).await;
    };
    let seen = form.value("seen").parse().unwrap_or_default();
    match change_activity(&req.app, &mut tx, activity.id, req.account()?.id, seen, &wording).await {
        Ok(()) => {
            let object = format!("activity {}", activity.id);
            req.audit(&mut tx, "changed an improvement activity", &object, &wording.what).await?;
            tx.commit().await?;
            Ok(Reply::redirect(activity.href()).saying("The activity is changed. The old wording stays readable."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, &plan, Some(&activity), form).await
        }
    }
}
