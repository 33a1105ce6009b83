//! Adding and rewording an action or a part of one.

use leptos::prelude::*;

use super::parts::{back, month_fields, open_plan, plan_of_action, read_month, written};
use crate::plans::action::ActionId;
use crate::plans::deadline::Span;
use crate::plans::plan::ObjectiveId;
use crate::plans::whole::{Whole, WholeObjective};
use crate::plans::word_action::{WordError, Words, add_action, check_reading, leads_text, reword_action};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Which form it is: the title, whether the deadline is asked, the action above a part.
struct Shape {
    title: &'static str,
    is_new: bool,
    parent: Option<(ActionId, String)>,
    back: String,
}

fn page(shape: Shape, form: Form, whole: &Whole) -> Page {
    let shown = form.clone();
    let named = |o: &WholeObjective| {
        let next = if shape.is_new { format!(" (next number {})", next_number(o)) } else { String::new() };
        (o.objective.id.to_string(), format!("{}. {}{next}", o.objective.reference, o.objective.title))
    };
    let add = whole.plan.on("/staff/plan/objectives/new");
    let first = shape.is_new.then(|| (String::new(), "Choose an objective".to_owned()));
    let is_empty = whole.objectives().next().is_none();
    let objectives: Vec<(String, String)> = first.into_iter().chain(whole.objectives().map(named)).collect();
    Page::staff(shape.title, move || {
        let hint = is_empty.then(|| view! { <div class="govuk-inset-text">"There is no objective yet. "<a href=add>"Add an objective first"</a></div> });
        let place = match &shape.parent {
            Some((id, name)) => view! { <p>{format!("Part of {name}")}</p>{ui::carried("parent", id.to_string())} }.into_any(),
            None => view! {
                {ui::select(&shown, "objective", "Objective", objectives)}
                {ui::text(&shown, "reference", "Number").hint("Like 3.5; no other action has it").width(5).view()}
            }
            .into_any(),
        };
        let dates = shape.is_new.then(|| view! { {month_fields(&shown, "first", "From", "Leave this empty for a single month")}{month_fields(&shown, "last", "By the end of", "You can leave this empty and set it later")} });
        let why = (!shape.is_new).then(|| ui::text(&shown, "reason", "Why it changes").hint("Kept in the history; you can leave it empty").view());
        view! {
            {back(shape.back, "Back")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>{shape.title}</h1></div>
            {hint}
            <form method="post">
                {place}
                {ui::textarea(&shown, "title", "What we will do").hint("Residents read this. The first line is its heading").rows(3).limit(2000).view()}
                {ui::textarea(&shown, "measure", "How we will know that it is done").rows(3).limit(2000).view()}
                {ui::textarea(&shown, "outcome", "What it should bring").rows(3).limit(2000).view()}
                {ui::textarea(&shown, "leads", "Who leads it").hint("Initials or roles, like PQ, RW. For one phase only: PQ (phase 1). Residents never see this").rows(2).limit(300).view()}
                {ui::textarea(&shown, "resources", "What it costs").hint("Like £2,500, no additional cost, or unknown").rows(2).limit(500).view()}
                {dates}
                {why}
                {ui::button("Save the action")}
            </form>
        }
    })
    .with_form(&form)
}

fn read(form: &mut Form, whole: &Whole, parent: Option<&(ActionId, String)>) -> Option<Words> {
    let above = parent.and_then(|(id, _)| whole.find(*id)).map(|a| a.action().objective);
    let objective = above.or_else(|| form.choice::<ObjectiveId>("objective", "Choose an objective"));
    if let Some(objective) = objective
        && !whole.objectives().any(|o| o.objective.id == objective)
    {
        form.error("objective", "Choose an objective of this plan");
    }
    let reference = if parent.is_some() {
        None
    } else {
        Some(form.required("reference", "The number", 10, "Enter a number, like 3.5"))
    };
    if let Some(reference) = &reference
        && !reference.is_empty()
        && !(reference.contains('.')
            && reference.split('.').all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric())))
    {
        form.error("reference", "The number must be like 3.5");
    }
    let words = Words {
        objective: objective.unwrap_or(ObjectiveId(0)),
        parent: parent.map(|(id, _)| *id),
        reference,
        title: form.required("title", "The action", 2000, "Say what we will do"),
        measure: form.text("measure", "The measure", 2000),
        outcome: form.text("outcome", "What it should bring", 2000),
        resources: form.text("resources", "The cost", 500),
        leads: form.text("leads", "The leads", 300),
    };
    form.is_valid().then_some(words)
}

fn read_span(form: &mut Form) -> Option<Span> {
    let first = read_month(form, "first", "The first month");
    let last = read_month(form, "last", "The last month");
    match (first, last) {
        (Some(first), Some(last)) if first > last => {
            form.error("last", "The last month must not be before the first");
            None
        }
        (Some(_), None) => {
            form.error("last", "Enter the last month too, or leave both empty");
            None
        }
        (first, Some(last)) => Some(Span { first: first.unwrap_or(last), last }),
        (None, None) => None,
    }
}

fn parent_of(whole: &Whole, id: Option<ActionId>) -> Result<Option<(ActionId, String)>, PageError> {
    let Some(id) = id else { return Ok(None) };
    let above = whole.actions().find(|a| a.action().id == id).ok_or(PageError::NotFound)?;
    Ok(Some((id, above.action().name())))
}

fn new_shape(whole: &Whole, parent: Option<(ActionId, String)>) -> Shape {
    Shape {
        title: if parent.is_some() { "Add a part" } else { "Add an action" },
        is_new: true,
        parent,
        back: whole.plan.on("/staff/plan"),
    }
}

/// The form for a new action, or with `parent` for a part of one.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let parent = parent_of(&whole, req.query("parent").and_then(|p| p.parse().ok()))?;
    let asked: Option<ObjectiveId> = req.query("objective").and_then(|o| o.parse().ok());
    let form = match whole.objectives().find(|o| Some(o.objective.id) == asked) {
        Some(under) => {
            Form::filled(&[("objective", &under.objective.id.to_string()), ("reference", &next_number(under))])
        }
        None => Form::default(),
    };
    Ok(page(new_shape(&whole, parent), form, &whole).into())
}

/// The number after the last one of an objective: 3.6 after 3.5, whatever gaps come before.
fn next_number(of: &WholeObjective) -> String {
    let own = &of.objective.reference;
    let used = of.actions.iter().filter_map(|a| {
        let (under, number) = a.action().reference.as_deref()?.split_once('.')?;
        if under == own { number.parse::<u32>().ok() } else { None }
    });
    format!("{own}.{}", used.max().unwrap_or(0).saturating_add(1))
}

/// Adds the action.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let parent = parent_of(&whole, form.value("parent").parse().ok())?;
    let words = read(&mut form, &whole, parent.as_ref());
    let span = read_span(&mut form);
    let (Some(words), true) = (words, form.is_valid()) else {
        return Ok(page(new_shape(&whole, parent), form, &whole).into());
    };
    let id = match add_action(&mut tx, whole.plan.id, &words, span, written(&req)).await {
        Ok(id) => id,
        Err(WordError::ReferenceTaken) => {
            form.error("reference", "Another action has this number");
            return Ok(page(new_shape(&whole, parent), form, &whole).into());
        }
        Err(WordError::Database(error)) => return Err(error.into()),
    };
    req.audit(&mut tx, "added an action", &words.reference.unwrap_or_else(|| "part".to_owned()), "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The action is added"))
}

/// The form for an action.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let leads = leads_text(&mut tx, whole.plan.id, id).await?;
    let action = whole.find(id).ok_or(PageError::NotFound)?.action();
    let form = Form::filled(&[
        ("objective", &action.objective.to_string()),
        ("reference", action.reference.as_deref().unwrap_or_default()),
        ("title", &action.title),
        ("measure", &action.measure),
        ("outcome", &action.outcome),
        ("resources", &action.resources_text),
        ("leads", &leads),
    ]);
    Ok(page(edit_shape(&whole, id)?, form, &whole).into())
}

fn edit_shape(whole: &Whole, id: ActionId) -> Result<Shape, PageError> {
    let parent = parent_of(whole, whole.find(id).and_then(|a| a.action().parent))?;
    Ok(Shape { title: "Edit an action", is_new: false, parent, back: format!("/staff/plan/actions/{id}") })
}

/// Saves the action, or keeps that somebody has checked how its row was read.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    if form.has("checked", "yes") {
        let action = whole.find(id).ok_or(PageError::NotFound)?.action();
        check_reading(&mut tx, whole.plan.id, action, written(&req)).await?;
        req.audit(&mut tx, "checked a reading", &format!("action {id}"), &action.name()).await?;
        tx.commit().await?;
        return Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The reading is checked"));
    }
    let shape = edit_shape(&whole, id)?;
    let reason = form.text("reason", "The reason", 500);
    let Some(words) = read(&mut form, &whole, shape.parent.as_ref()) else {
        return Ok(page(shape, form, &whole).into());
    };
    let action = whole.find(id).ok_or(PageError::NotFound)?.action();
    match reword_action(&mut tx, whole.plan.id, action, &words, &reason, written(&req)).await {
        Ok(_) => {}
        Err(WordError::ReferenceTaken) => {
            form.error("reference", "Another action has this number");
            return Ok(page(shape, form, &whole).into());
        }
        Err(WordError::Database(error)) => return Err(error.into()),
    }
    req.audit(&mut tx, "changed an action", &format!("action {id}"), &format!("{}: {reason}", action.name())).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The action is saved"))
}
