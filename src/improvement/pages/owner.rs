//! Appointing the owner of a process, with a record of what is handed over.

use leptos::prelude::*;

use super::parts::{Names, back, heading, process_of};
use crate::improvement::appoint::{AppointError, appoint};
use crate::improvement::owner::{Appointment, can_lead};
use crate::improvement::store::owners;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let process = process_of(req, &mut tx).await?;
    let before = owners::current(&mut tx, process.id).await?;
    let names = Names::load(&mut tx).await?;
    let refused = form.clone();
    let title = if before.is_some() { "Hand a process over" } else { "Appoint an owner" };
    Ok(Page::staff(title, move || {
        let handing = before.as_ref().map(|owner| {
            view! {
                <p>{format!("{} owns it until now.", names.of(owner.account_id))}</p>
                {ui::carried("instead-of", owner.owner_id.to_string())}
                {ui::textarea(&form, "hand-over", "What is handed over").hint("What is under way, what was agreed and with whom, what to watch").rows(4).view()}
            }
        });
        view! {
            {back(process.href(), "Back to the process")}
            {ui::error_summary(&form)}
            {heading(process.name.clone(), title)}
            <form method="post" novalidate>
                {handing}
                {ui::select(&form, "account", "New owner", names.leads())}
                {ui::checkbox(&form, "in-management-team", "yes", "They belong to the management team")}
                {ui::day(&form, "from", "Owner from", "Today or a day before")}
                {ui::button("Appoint this owner")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::default();
    form.set_day("from", Some(req.today()));
    form.set("in-management-team", "yes");
    page(&req, form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let process = process_of(&req, &mut tx).await?;
    let names = Names::load(&mut tx).await?;
    let account = names.chosen(form.value("account"), can_lead);
    if account.is_none() {
        form.error("account", "Choose a person from the list");
    }
    let from_on = form.day("from", "The day");
    let hand_over = form.text("hand-over", "What is handed over", 3000);
    let in_management_team = form.has("in-management-team", "yes");
    let instead_of = form.value("instead-of").parse().ok();
    let (Some(account), Some(from_on), true) = (account, from_on, form.is_valid()) else {
        drop(tx);
        return page(&req, form).await;
    };
    let new = Appointment { process: process.id, account, in_management_team, from_on, hand_over, instead_of };
    match appoint(&req.app, &mut tx, req.account()?.id, &new).await {
        Ok(()) => {
            let detail = format!("{}: {}", process.name, names.of(account));
            req.audit(&mut tx, "appointed a process owner", &format!("process {}", process.id), &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(process.href()).saying(format!("{} owns this process now.", names.of(account))));
        }
        Err(AppointError::Internal(error)) => return Err(error.into()),
        Err(AppointError::Changed) => {
            form.error("account", "Somebody else was appointed meanwhile. See who owns it now, and try again");
        }
        Err(AppointError::Same) => form.error("account", "They own it already"),
        Err(AppointError::NothingHandedOver) => form.error("hand-over", "Say what is handed over"),
        Err(AppointError::NotInManagement) => form.error(
            "in-management-team",
            "This process is selected for a year: its owner must belong to the management team",
        ),
        Err(AppointError::Day) => {
            form.error("from", "Enter today or a day before, and none before the owner until now began");
        }
    }
    drop(tx);
    page(&req, form).await
}
