//! Adding and renaming a theme.

use leptos::prelude::*;

use super::parts::{back, open_plan, written};
use crate::plans::history::Why;
use crate::plans::plan::{Plan, Theme, ThemeId};
use crate::plans::structure;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(plan: &Plan, title: &'static str, form: Form) -> Page {
    let (shown, to) = (form.clone(), plan.on("/staff/plan"));
    Page::staff(title, move || {
        view! {
            {back(to, "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>{title}</h1></div>
            <form method="post">
                {ui::text(&shown, "title", "Name of the theme").hint("For example: Repairs and safety").view()}
                {ui::text(&shown, "position", "Place in the plan").hint("Themes stand in the order of this number").number().width(4).view()}
                {ui::button("Save the theme")}
            </form>
        }
    })
    .with_form(&form)
}

fn read(form: &mut Form) -> (String, Option<i64>) {
    (
        form.required("title", "The name", 150, "Enter a name for the theme"),
        form.whole("position", 0..=10_000, "Enter a place, from 0 to 10,000"),
    )
}

/// The form for a new theme.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let next = whole.themes.iter().map(|t| t.theme.position).max().unwrap_or(0) + 10;
    Ok(page(&whole.plan, "Add a theme", Form::filled(&[("position", &next.to_string())])).into())
}

/// Adds the theme.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let (title, position) = read(&mut form);
    let (true, Some(position)) = (form.is_valid(), position) else {
        return Ok(page(&whole.plan, "Add a theme", form).into());
    };
    let written = written(&req);
    structure::add_theme(&mut tx, whole.plan.id, position, &title, Why::staff("", written), written).await?;
    req.audit(&mut tx, "added a theme to the plan", &title, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(whole.plan.on("/staff/plan")).saying("The theme is added"))
}

/// The form for a theme.
///
/// # Errors
/// `NotFound` when there is no such theme in the current plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let id: ThemeId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let theme = &whole.themes.iter().find(|t| t.theme.id == id).ok_or(PageError::NotFound)?.theme;
    let form = Form::filled(&[("title", &theme.title), ("position", &theme.position.to_string())]);
    Ok(page(&whole.plan, "Rename a theme", form).into())
}

/// Renames or moves the theme.
///
/// # Errors
/// `NotFound` when there is no such theme in the current plan.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let id: ThemeId = req.id("id")?;
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let theme = &whole.themes.iter().find(|t| t.theme.id == id).ok_or(PageError::NotFound)?.theme;
    let (title, position) = read(&mut form);
    let (true, Some(position)) = (form.is_valid(), position) else {
        return Ok(page(&whole.plan, "Rename a theme", form).into());
    };
    let (new, written) = (Theme { id, position, title: title.clone() }, written(&req));
    structure::change_theme(&mut tx, whole.plan.id, theme, &new, Why::staff("", written), written).await?;
    req.audit(&mut tx, "changed a theme of the plan", &title, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(whole.plan.on("/staff/plan")).saying("The theme is saved"))
}
