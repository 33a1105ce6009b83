//! The plan as it stood at the end of a past day, for staff and the board, and the same as a file.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::pack_view;
use super::parts::{asked_plan, back};
use super::seen::named;
use crate::clock;
use crate::exchange::csv;
use crate::plans::pack::{self, Pack};
use crate::plans::plan::Plan;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The day asked for by `name`: as a date in the address, or typed in three boxes. Fills the boxes.
///
/// # Errors
/// `BadRequest` when the address names no date.
pub fn asked_day(req: &Req, form: &mut Form, name: &str, what: &str) -> Result<Option<NaiveDate>, PageError> {
    let day = match req.query_day(name)? {
        Some(day) => Some(day),
        None => form.optional_day(name, what),
    };
    if day.is_some_and(|day| day > req.today()) {
        form.error(name, format!("{what} must be today or earlier"));
    }
    if form.is_valid() {
        form.set_day(name, day);
    }
    Ok(day.filter(|day| *day <= req.today()))
}

/// The page.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = req.query_form();
    let day = asked_day(&req, &mut form, "on", "The day")?;
    let mut tx = req.app.db.read().await?;
    let plan = asked_plan(&req, &mut tx).await?;
    let (day, asked) = (day.unwrap_or(req.today()), day.is_some());
    if !asked && form.is_valid() {
        form.set_day("on", Some(day));
    }
    let pack = pack::make(&mut tx, plan.clone(), day).await?;
    let shown = form.clone();
    Ok(Page::staff("The plan as it stood", move || body(&plan, &pack, &shown)).with_form(&form).into())
}

fn body(plan: &Plan, pack: &Pack, form: &Form) -> AnyView {
    let files =
        ["/staff/plan/pack.csv", "/staff/plan/pack.json"].map(|path| plan.on(&format!("{path}?on={}", pack.as_of)));
    let [csv, json] = files;
    let compare = plan.on(&format!("/staff/plan/compare?from={}", pack.as_of));
    view! {
        {back(plan.on("/staff/plan"), "Plan")}
        {ui::error_summary(form)}
        <div class="ds-heading"><h1><span class="ds-heading__caption">{pack.plan.clone()}</span>"The plan as it stood"</h1>
            <p class="ds-lead">{format!("At the end of {}. {}", clock::day(pack.as_of), pack_view::summary(pack))}</p></div>
        <form method="get" action="/staff/plan/then">
            {named(plan)}
            {ui::day(form, "on", "Another day", "Today or an earlier day")}
            {ui::quiet_button("Show the plan of that day")}
        </form>
        <ul class="ds-actions ds-no-print">
            <li><a href=csv>"This day as a table (CSV)"</a></li>
            <li><a href=json>"This day as JSON"</a></li>
            <li><a href=compare>"What changed since"</a></li>
            <li><a href=plan.on("/staff/plan/snapshots")>"Frozen copies"</a></li>
        </ul>
        {pack_view::rows(pack)}
    }
    .into_any()
}

async fn asked_pack(req: &Req) -> Result<Pack, PageError> {
    let mut tx = req.app.db.read().await?;
    let plan = asked_plan(req, &mut tx).await?;
    let day = req.query_day("on")?.unwrap_or(req.today());
    if day > req.today() {
        return Err(PageError::BadRequest("on must be today or an earlier day".to_owned()));
    }
    Ok(pack::make(&mut tx, plan, day).await?)
}

/// A pack as JSON, written already.
#[must_use]
pub fn json_reply(json: String) -> Reply {
    Reply::bytes("application/json; charset=utf-8", json.into_bytes())
}

/// `GET /staff/plan/pack.json`.
///
/// # Errors
/// `NotFound` when there is no such plan; `BadRequest` for a day that has not come.
pub async fn json(req: Req) -> Result<Reply, PageError> {
    let written = asked_pack(&req).await?.json();
    written.map(json_reply).map_err(|error| PageError::Internal(error.to_string()))
}

/// `GET /staff/plan/pack.csv`.
///
/// # Errors
/// `NotFound` when there is no such plan; `BadRequest` for a day that has not come.
pub async fn table(req: Req) -> Result<Reply, PageError> {
    let pack = asked_pack(&req).await?;
    Ok(Reply::download(&format!("plan-{}.csv", pack.as_of), csv::CONTENT_TYPE, pack.table()))
}
