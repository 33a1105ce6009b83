//! Selecting a process for a year, as the management team decided.

use leptos::prelude::*;

use super::parts::{Names, back};
use crate::improvement::owner::can_approve;
use crate::improvement::process::{ProcessId, path};
use crate::improvement::select::{SelectError, select};
use crate::improvement::selection::{MOST, NewSelection};
use crate::improvement::store::{processes, selections};
use crate::improvement::year::Year;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = processes::list(&mut tx).await?;
    let names = Names::load(&mut tx).await?;
    let this = Year::of(req.today());
    let mut years = Vec::new();
    for year in [this, this.next()] {
        let taken = selections::list(&mut tx, year).await?.iter().filter(|one| one.withdrawn_at.is_none()).count();
        let left = MOST.saturating_sub(taken);
        years.push((year.0.to_string(), format!("{year}, {}", ui::counted(left, "place left", "places left"))));
    }
    let own = req.account()?.id;
    let refused = form.clone();
    Ok(Page::staff("Select a process", move || {
        let mut offered = vec![(String::new(), "Choose a process".to_owned())];
        offered.extend(all.iter().filter(|one| one.archived_at.is_none()).map(|one| (one.id.to_string(), path(&all, one.id))));
        let approvers = names.choices("Choose a person", |account| can_approve(account) && account.id != own);
        view! {
            {back("/staff/improvement", "Continuous improvement")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Select a process"</h1></div>
            <p>{format!("The management team selects up to {MOST} processes a year. Each has an owner from the management team first. Other improvement goes on as line management or as a one-off project, without a place here.")}</p>
            <form method="post" novalidate>
                {ui::radios(&form, "year", "Year", years.clone()).inline().view()}
                {ui::select(&form, "process", "Process", offered)}
                {ui::textarea(&form, "rationale", "Why this process, this year").hint("What residents and figures say about it").rows(4).view()}
                {ui::text(&form, "objective", "The business objective it serves").view()}
                {ui::day(&form, "decided", "The management team decided on", "For example, 27 3 2026")}
                {ui::select(&form, "approver", "Approved by", approvers)}
                {ui::button("Select this process")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let year = Year::of(req.today()).0.to_string();
    page(&req, Form::filled(&[("process", req.query("process").unwrap_or_default()), ("year", &year)])).await
}

fn read(req: &Req, form: &mut Form, names: &Names) -> Result<Option<NewSelection>, PageError> {
    let this = Year::of(req.today());
    let year = form.choice::<Year>("year", "Choose the year").filter(|year| [this, this.next()].contains(year));
    if year.is_none() && form.error_of("year").is_none() {
        form.error("year", "Choose this year or the next");
    }
    let process = form.choice::<ProcessId>("process", "Choose a process");
    let rationale = form.required("rationale", "The reason", 3000, "Say why this process, this year");
    let objective = form.required("objective", "The objective", 300, "Name the business objective it serves");
    let decided_on = form.day("decided", "The day of the decision");
    if decided_on.is_some_and(|day| day > req.today()) {
        form.error("decided", "Enter today or a day before: the decision has been taken");
    }
    let own = req.account()?.id;
    let approved_by = names.chosen(form.value("approver"), |account| can_approve(account) && account.id != own);
    if approved_by.is_none() {
        form.error("approver", "Choose who approved it. It is not the person who records it");
    }
    let (Some(year), Some(process), Some(decided_on), Some(approved_by), true) =
        (year, process, decided_on, approved_by, form.is_valid())
    else {
        return Ok(None);
    };
    Ok(Some(NewSelection { year, process, rationale, objective, decided_on, approved_by }))
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let names = Names::load(&mut tx).await?;
    let Some(new) = read(&req, &mut form, &names)? else {
        drop(tx);
        return page(&req, form).await;
    };
    let Some(process) = processes::find(&mut tx, new.process).await?.filter(|one| one.archived_at.is_none()) else {
        drop(tx);
        form.error("process", "Choose a process that is in use");
        return page(&req, form).await;
    };
    match select(&req.app, &mut tx, req.account()?.id, &new).await {
        Ok(id) => {
            let detail = format!("{} for {}", process.name, new.year);
            req.audit(&mut tx, "selected a process", &format!("selection {id}"), &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(format!("/staff/improvement?year={}", new.year.0))
                .saying(format!("{} is selected for {}.", process.name, new.year)));
        }
        Err(SelectError::Internal(error)) => return Err(error.into()),
        Err(SelectError::Full) => form.error(
            "year",
            format!(
                "{} has its {MOST} processes. Take one back first, or go on as line management or a one-off project",
                new.year
            ),
        ),
        Err(SelectError::Already) => form.error("process", format!("It is selected for {} already", new.year)),
        Err(SelectError::NoOwner) => {
            form.error("process", "It has no owner from the management team. Appoint one on its page first");
        }
        Err(SelectError::OwnWork | SelectError::NotSo) => {
            form.error("approver", "Choose who approved it. It is not the person who records it");
        }
    }
    drop(tx);
    page(&req, form).await
}
