//! Opening a plan for twelve months.

use chrono::Datelike as _;
use leptos::prelude::*;

use super::parts::{Names, back, runs};
use crate::improvement::keep::{KeepError, open};
use crate::improvement::owner::can_lead;
use crate::people::Account;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Whose plan this person can open: anybody's, or only their own.
fn may_own(req: &Req, account: &Account) -> bool {
    can_lead(account) && req.account().is_ok_and(|own| runs(own) || own.id == account.id)
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let names = Names::load(&mut tx).await?;
    let owners = names.choices("Choose a person", |account| may_own(req, account));
    let refused = form.clone();
    Ok(Page::staff("Open an improvement plan", move || {
        view! {
            {back("/staff/improvement/plans", "Improvement plans")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Open an improvement plan"</h1></div>
            <p>"A process owner, or a manager who leads improvement, keeps one plan at a time."</p>
            <form method="post" novalidate>
                {ui::select(&form, "owner", "Whose plan it is", owners)}
                {ui::day(&form, "starts", "The twelve months begin on", "For example, 1 4 2026")}
                {ui::button("Open the plan")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::filled(&[("owner", &req.account()?.id.to_string())]);
    form.set_day("starts", req.today().with_day(1));
    page(&req, form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let names = Names::load(&mut tx).await?;
    let owner = names.chosen(form.value("owner"), |account| may_own(&req, account));
    if owner.is_none() {
        form.error("owner", "Choose a person from the list");
    }
    let starts_on = form.day("starts", "The first day");
    let (Some(owner), Some(starts_on), true) = (owner, starts_on, form.is_valid()) else {
        drop(tx);
        return page(&req, form).await;
    };
    match open(&req.app, &mut tx, req.account()?.id, owner, starts_on).await {
        Ok(id) => {
            req.audit(&mut tx, "opened an improvement plan", &format!("improvement plan {id}"), &names.of(owner))
                .await?;
            tx.commit().await?;
            return Ok(Reply::redirect(format!("/staff/improvement/plans/{id}")).saying("The plan is open."));
        }
        Err(KeepError::HasPlan) => form.error("owner", "They have a live plan already. One plan at a time is kept"),
        Err(KeepError::Internal(error)) => return Err(error.into()),
        Err(_) => form.error("owner", "The plan could not be opened. Try again"),
    }
    drop(tx);
    page(&req, form).await
}
