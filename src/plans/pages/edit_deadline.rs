//! Moving a deadline, with the reason.

use leptos::prelude::*;

use super::parts::{back, due, month_fields, plan_of_action, read_month, written};
use crate::plans::action::ActionId;
use crate::plans::deadline::Span;
use crate::plans::revise_deadline::{ReviseError, revise_deadline};
use crate::plans::whole::Whole;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(form: Form, whole: &Whole, id: ActionId) -> Page {
    let shown = form.clone();
    let of = whole.find(id);
    let (name, now) = (of.map(|a| a.action().name()).unwrap_or_default(), of.map(due).unwrap_or_default());
    Page::staff("Move the deadline", move || {
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name}</span>"Move the deadline"</h1><p>{format!("Now: {now}. The first date stays on the page beside the new one.")}</p></div>
            <form method="post">
                {month_fields(&shown, "last", "New deadline", "The end of this month")}
                {ui::textarea(&shown, "reason", "Why it moves").hint("Residents read this").rows(3).limit(500).view()}
                {ui::day(&shown, "on", "On which day was this decided?", "Today or an earlier day")}
                {ui::button("Move the deadline")}
            </form>
        }
    })
    .with_form(&form)
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let mut form = Form::default();
    form.set_day("on", Some(req.today()));
    Ok(page(form, &whole, id).into())
}

/// Keeps the new deadline.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let month = read_month(&mut form, "last", "The deadline");
    if month.is_none() && form.error_of("last").is_none() {
        form.error("last", "Enter a month and a year, like March 2027");
    }
    let reason = form.text("reason", "The reason", 500);
    let on = form.day("on", "The day");
    let (Some(month), Some(on), true) = (month, on, form.is_valid()) else { return Ok(page(form, &whole, id).into()) };
    match revise_deadline(&mut tx, id, Span::month(month), &reason, on, written(&req)).await {
        Ok(()) => {}
        Err(ReviseError::Database(error)) => return Err(error.into()),
        Err(error) => {
            let field = if matches!(error, ReviseError::NoReason) { "reason" } else { "on" };
            form.error(field, error.to_string());
            return Ok(page(form, &whole, id).into());
        }
    }
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    req.audit(&mut tx, "moved a deadline", &format!("action {id}"), &format!("{name}: {month}")).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The deadline is moved"))
}
