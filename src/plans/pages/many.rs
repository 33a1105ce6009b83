//! Changing several actions at once.

use std::collections::HashSet;

use leptos::prelude::*;

use super::parts::{back, due, month_fields, open_plan, read_month, word, written};
use crate::plans::action::ActionId;
use crate::plans::change_many::{Change, ManyError, change_many};
use crate::plans::status::Status;
use crate::plans::whole::{Whole, WholeAction};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What may be said of several actions at once.
const STATUSES: [(Status, &str); 4] = [
    (Status::OnTrack, "We are working on it"),
    (Status::Done, "Done"),
    (Status::NotStarted, "Not started"),
    (Status::Stopped, "Stopped: we will not do it"),
];

fn page(form: Form, whole: Whole) -> Page {
    let shown = form.clone();
    Page::staff("Change several actions", move || {
        let chosen: HashSet<String> = shown.values("action").into_iter().map(str::to_owned).collect();
        let error = shown.error_of("action").map(|error| view! { <p class="govuk-error-message" id="action-error"><span class="govuk-visually-hidden">"Error: "</span>{error.to_owned()}</p> });
        // Each group of actions says what is wrong with all of them.
        let described = error.is_some().then_some("action-error");
        let objectives = whole.objectives().filter(|o| !o.actions.is_empty()).map(|o| {
            let rows = o.actions.iter().flat_map(|a| std::iter::once(a).chain(&a.parts)).map(|a| choice(a, &chosen));
            view! {
                <fieldset class="govuk-fieldset ds-group" aria-describedby=described><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{format!("{}. {}", o.objective.reference, o.objective.title)}</legend>
                    <div class="govuk-checkboxes govuk-checkboxes--small">{rows.collect_view()}</div>
                </fieldset>
            }
        });
        let objectives = objectives.collect_view();
        let statuses = std::iter::once((String::new(), "Choose a status".to_owned()))
            .chain(STATUSES.map(|(status, words)| (status.code().to_owned(), words.to_owned())));
        let group = if error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" };
        view! {
            {back(whole.plan.on("/staff/plan"), "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{whole.plan.title.clone()}</span>"Change several actions"</h1>
                <p>"All of them change, or none does. Each keeps the reason in its history."</p></div>
            <form method="post">
                <div class=group id="action"><h2>"Which actions?"</h2>{error}{objectives}</div>
                {ui::radios(&shown, "what", "What changes?", [("status", "How they stand"), ("deadline", "Their deadline"), ("leads", "Who leads them")]).view()}
                {ui::select(&shown, "status", "How they stand", statuses)}
                {month_fields(&shown, "last", "Their new deadline", "The end of this month")}
                {ui::text(&shown, "leads", "Who leads them").hint("Initials or roles, like PQ, RW").view()}
                {ui::textarea(&shown, "reason", "Why").hint("Residents read this for a status or a deadline. Write no names").rows(3).limit(500).view()}
                {ui::day(&shown, "on", "From which day?", "Today or an earlier day")}
                {ui::button("Change the actions")}
            </form>
        }
    })
    .with_form(&form)
}

fn choice(of: &WholeAction, chosen: &HashSet<String>) -> AnyView {
    let id = of.action().id.to_string();
    let part = of.action().parent.is_some().then_some("Part: ");
    let (field, checked) = (format!("action-{id}"), chosen.contains(&id));
    view! {
        <div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id=field.clone() name="action" type="checkbox" value=id checked=checked/>
            <label class="govuk-label govuk-checkboxes__label" for=field>{part}{of.action().name()} " (" {due(of)} ") " {word(of.as_of.word)}</label>
        </div>
    }
    .into_any()
}

/// The form.
///
/// # Errors
/// `NotFound` without an open plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let mut form = Form::default();
    form.set_day("on", Some(req.today()));
    Ok(page(form, whole).into())
}

/// What is to change, as the form says.
fn read(form: &mut Form) -> Option<Change> {
    match form.value("what").to_owned().as_str() {
        "status" => {
            let status = Status::read(form.value("status")).filter(|s| STATUSES.iter().any(|(may, _)| may == s));
            if status.is_none() {
                form.error("status", "Choose a status");
            }
            status.map(Change::Status)
        }
        "deadline" => {
            let month = read_month(form, "last", "The deadline");
            if month.is_none() && form.error_of("last").is_none() {
                form.error("last", "Enter a month and a year, like March 2027");
            }
            month.map(Change::Deadline)
        }
        "leads" => {
            let leads = form.required("leads", "The leads", 300, "Enter who leads them");
            (!leads.is_empty()).then_some(Change::Leads(leads))
        }
        _ => {
            form.error("what", "Choose what changes");
            None
        }
    }
}

/// Changes them.
///
/// # Errors
/// `NotFound` without an open plan.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    let ids: Vec<ActionId> = form.values("action").into_iter().filter_map(|id| id.parse().ok()).collect();
    if !whole.rows().any(|row| ids.contains(&row.action().id)) {
        form.error("action", ManyError::Nothing.to_string());
    }
    let change = read(&mut form);
    let reason = form.required("reason", "The reason", 500, "Say why, in words that residents will read");
    let on = form.day("on", "The day");
    let (Some(change), Some(on), true) = (change, on, form.is_valid()) else { return Ok(page(form, whole).into()) };
    let changed = match change_many(&mut tx, &whole, &ids, (&change, &reason), on, written(&req)).await {
        Ok(changed) => changed,
        Err(ManyError::Database(error)) => return Err(error.into()),
        Err(error) => {
            // What was changed before the refusal goes with the transaction.
            form.error("action", error.to_string());
            return Ok(page(form, whole).into());
        }
    };
    let what = match change {
        Change::Status(status) => status.code().to_owned(),
        Change::Deadline(month) => month.to_string(),
        Change::Leads(leads) => leads,
    };
    let said = ui::counted(changed, "action", "actions");
    req.audit(&mut tx, "changed several actions", &whole.plan.title, &format!("{said}: {what}. {reason}")).await?;
    tx.commit().await?;
    Ok(Reply::redirect(whole.plan.on("/staff/plan")).saying(format!("{said} changed")))
}

#[cfg(test)]
mod tests {
    use crate::people::Role;
    use crate::plans::testing::small;
    use crate::testing::{Browser, app};

    #[tokio::test]
    async fn several_actions_change_together_or_not_at_all() {
        let app = app().await;
        let plan = small(&app).await;
        let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
        officer.get("/staff/plan").await.expect(200).holds("/staff/plan/many");
        let (first, second) = (plan.first.to_string(), plan.second.to_string());
        let both = [("action", first.as_str()), ("action", second.as_str())];
        let day = [("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
        let post = |more: &[(&'static str, &'static str)]| [both.as_slice(), more, &day].concat();
        officer
            .post("/staff/plan/many", &day)
            .await
            .expect(422)
            .holds("Choose at least one action")
            .holds("Choose what changes");
        let done = [("what", "status"), ("status", "done"), ("reason", "All was done")];
        let refused = officer.post("/staff/plan/many", &post(&done)).await.expect(422);
        refused.holds("1.1 Ask tenants how: This action has no evidence yet").holds("All was done").holds("checked");
        officer.get("/staff/plan").await.expect(200).holds("0 of 2 done");
        let moved =
            [("what", "deadline"), ("last-month", "3"), ("last-year", "2027"), ("reason", "The hall is closed")];
        officer.post("/staff/plan/many", &post(&moved)).await.expect(303);
        officer
            .get("/staff/plan")
            .await
            .expect(200)
            .holds("March 2027, moved from October 2026")
            .holds("March 2027, moved from December 2026");
        let led = [("what", "leads"), ("leads", "RW"), ("reason", "PQ has left")];
        officer.post("/staff/plan/many", &post(&led)).await.expect(303);
        officer.get("/staff/plan/history").await.expect(200).holds("PQ has left").holds("The hall is closed");
        let stopped = [("what", "status"), ("status", "stopped"), ("reason", "No money")];
        officer.post("/staff/plan/many", &post(&stopped)).await.expect(303);
        officer.get("/staff/plan?status=stopped").await.expect(200).holds("2 rows");
        let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
        auditor.get("/staff/plan").await.expect(200).lacks("/staff/plan/many");
        auditor.post("/staff/plan/many", &post(&stopped)).await.expect(403);
    }
}
