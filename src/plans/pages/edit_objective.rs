//! Adding and rewording an objective.

use leptos::prelude::*;

use super::parts::{back, month_fields, open_plan, read_month, set_month, written};
use crate::plans::history::Why;
use crate::plans::plan::{Objective, ObjectiveId, ThemeId};
use crate::plans::structure;
use crate::plans::whole::Whole;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

const TAKEN: &str = "plan_objectives_plan_id_reference_key";

fn page(title: &'static str, form: Form, whole: &Whole) -> Page {
    let shown = form.clone();
    let (to, add) = (whole.plan.on("/staff/plan"), whole.plan.on("/staff/plan/themes/new"));
    let themes: Vec<(String, String)> =
        whole.themes.iter().map(|t| (t.theme.id.to_string(), t.theme.shown())).collect();
    Page::staff(title, move || {
        let hint = themes.is_empty().then(|| view! { <div class="govuk-inset-text">"There is no theme yet. "<a href=add>"Add a theme first"</a></div> });
        view! {
            {back(to, "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>{title}</h1></div>
            {hint}
            <form method="post">
                {ui::select(&shown, "theme", "Theme", themes)}
                {ui::text(&shown, "reference", "Number").hint("A whole number that no other objective has").width(4).view()}
                {ui::textarea(&shown, "title", "What is to be reached").rows(3).limit(600).view()}
                {month_fields(&shown, "target", "By when", "You can leave this empty")}
                {ui::button("Save the objective")}
            </form>
        }
    })
    .with_form(&form)
}

fn read(form: &mut Form, whole: &Whole, old: Option<&Objective>) -> Option<Objective> {
    let theme: Option<ThemeId> = form.choice("theme", "Choose a theme");
    if let Some(theme) = theme
        && !whole.themes.iter().any(|t| t.theme.id == theme)
    {
        form.error("theme", "Choose a theme of this plan");
    }
    let reference = form.required("reference", "The number", 10, "Enter a number");
    if !reference.is_empty() && !reference.chars().all(|c| c.is_ascii_digit()) {
        form.error("reference", "The number must be a whole number, like 12");
    }
    let title = form.required("title", "The objective", 600, "Say what is to be reached");
    let target = read_month(form, "target", "The target");
    let last = whole.objectives().map(|o| o.objective.position).max().unwrap_or(0);
    let theme = theme.filter(|_| form.is_valid())?;
    Some(Objective {
        id: old.map_or(ObjectiveId(0), |o| o.id),
        theme,
        position: old.map_or(last + 10, |o| o.position),
        reference,
        title,
        target,
        document: old.and_then(|o| o.document.clone()),
    })
}

/// The form for a new objective.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let next = whole.objectives().filter_map(|o| o.objective.reference.parse::<i64>().ok()).max().unwrap_or(0) + 1;
    let theme = req
        .query("theme")
        .map(str::to_owned)
        .or_else(|| whole.themes.last().map(|t| t.theme.id.to_string()))
        .unwrap_or_default();
    Ok(page("Add an objective", Form::filled(&[("reference", &next.to_string()), ("theme", &theme)]), &whole).into())
}

/// Adds the objective.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let Some(objective) = read(&mut form, &whole, None) else {
        return Ok(page("Add an objective", form, &whole).into());
    };
    let written = written(&req);
    match structure::add_objective(&mut tx, whole.plan.id, &objective, Why::staff("", written), written).await {
        Ok(_) => {}
        Err(error) if error.is_conflict(TAKEN) => {
            form.error("reference", "Another objective has this number");
            return Ok(page("Add an objective", form, &whole).into());
        }
        Err(error) => return Err(error.into()),
    }
    req.audit(&mut tx, "added an objective", &objective.reference, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(whole.plan.on("/staff/plan")).saying("The objective is added"))
}

fn find(whole: &Whole, id: ObjectiveId) -> Result<&Objective, PageError> {
    whole.objectives().map(|o| &o.objective).find(|o| o.id == id).ok_or(PageError::NotFound)
}

/// The form for an objective.
///
/// # Errors
/// `NotFound` when there is no such objective in the current plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let objective = find(&whole, req.id("id")?)?;
    let mut form = Form::filled(&[
        ("theme", &objective.theme.to_string()),
        ("reference", &objective.reference),
        ("title", &objective.title),
    ]);
    set_month(&mut form, "target", objective.target);
    Ok(page("Edit an objective", form, &whole).into())
}

/// Saves the objective; each changed field is kept with its old words.
///
/// # Errors
/// `NotFound` when there is no such objective in the current plan.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let old = find(&whole, req.id("id")?)?;
    let Some(new) = read(&mut form, &whole, Some(old)) else {
        return Ok(page("Edit an objective", form, &whole).into());
    };
    let written = written(&req);
    match structure::change_objective(&mut tx, whole.plan.id, old, &new, Why::staff("", written), written).await {
        Ok(()) => {}
        Err(error) if error.is_conflict(TAKEN) => {
            form.error("reference", "Another objective has this number");
            return Ok(page("Edit an objective", form, &whole).into());
        }
        Err(error) => return Err(error.into()),
    }
    req.audit(&mut tx, "changed an objective", &new.reference, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(whole.plan.on("/staff/plan")).saying("The objective is saved"))
}
