//! Entering money spent on an action. Nothing entered is changed: too much is put right by an amount below zero.

use leptos::prelude::*;

use super::parts::{back, plan_of_action, written};
use crate::clock;
use crate::db::Tx;
use crate::plans::action::{Action, ActionId};
use crate::plans::money::read_pounds;
use crate::plans::resources::pounds;
use crate::plans::store::{self, Spending};
use crate::plans::whole::Whole;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(tx: &mut Tx, form: Form, whole: Whole, id: ActionId) -> Result<Page, PageError> {
    let spent: Vec<Spending> =
        store::list_spending(tx, whole.plan.id).await?.into_iter().filter(|s| s.action_id == id).collect();
    let shown = form.clone();
    Ok(Page::staff("Money spent", move || {
        let of = whole.find(id).map(|a| a.action().clone());
        let name = of.as_ref().map(Action::name).unwrap_or_default();
        let cost = of.map(|a| a.resources.words()).unwrap_or_default();
        let total = pounds(spent.iter().map(|s| s.pence).sum());
        let rows = spent.iter().rev().map(|s| {
            view! { <li><div class="ds-list__main">{s.words.clone()}<p>{clock::day(s.spent_on)}</p></div><div class="ds-list__aside">{pounds(s.pence)}</div></li> }
        });
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name}</span>"Money spent"</h1><p>{format!("Planned: {cost}. Spent so far: {total}.")}</p></div>
            <ul class="ds-list">{rows.collect_view()}</ul>
            <form method="post">
                {ui::text(&shown, "amount", "Amount in pounds").hint("Like 1,250 or 49.90. To put right what was too much, enter it with a minus").width(10).view()}
                {ui::text(&shown, "words", "What for").view()}
                {ui::day(&shown, "on", "On which day?", "Today or an earlier day")}
                {ui::button("Enter this amount")}
            </form>
        }
    })
    .with_form(&form))
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
    Ok(page(&mut tx, form, whole, id).await?.into())
}

/// Keeps the amount.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let pence = read_pounds(form.value("amount").trim()).filter(|pence| *pence != 0);
    if pence.is_none() {
        form.error("amount", "Enter an amount in pounds, like 1,250 or 49.90");
    }
    let words = form.required("words", "What it was for", 200, "Say what it was for");
    let on = form.day("on", "The day");
    if on.is_some_and(|on| on > req.today()) {
        form.error("on", "The day must be today or earlier");
    }
    let (Some(pence), Some(spent_on), true) = (pence, on, form.is_valid()) else {
        return Ok(page(&mut tx, form, whole, id).await?.into());
    };
    let spent = Spending { action_id: id, pence, spent_on, words };
    store::insert_spending(&mut tx, &spent, written(&req)).await?;
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    req.audit(&mut tx, "entered money spent", &format!("action {id}"), &format!("{name}: {}", pounds(pence))).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The amount is entered"))
}
