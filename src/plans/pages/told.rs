//! The history of a plan: who changed what, when, from what to what, and why. Nothing of it can be changed.

use std::collections::HashMap;

use leptos::prelude::*;

use super::parts::{asked_plan, back, word};
use crate::clock;
use crate::people;
use crate::plans::action::ActionId;
use crate::plans::object::{Object, field};
use crate::plans::progress::Word;
use crate::plans::resources::pounds;
use crate::plans::status::Status;
use crate::plans::store::{self, LedgerRow};
use crate::plans::whole::{Whole, load_standing};
use crate::thread::id::AccountId;
use crate::web::{Page, PageError, Reply, Req};

/// How many entries a page holds.
const A_PAGE: i64 = 50;

/// The page.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let plan = asked_plan(&req, &mut tx).await?;
    let action: Option<ActionId> = req.query("action").and_then(|id| id.parse().ok());
    let number: i64 = req.query("page").and_then(|n| n.parse().ok()).filter(|n| (1..=100_000).contains(n)).unwrap_or(1);
    let mut rows = store::list_ledger(&mut tx, plan.id, action, A_PAGE + 1, (number - 1) * A_PAGE).await?;
    let whole = load_standing(&mut tx, plan, req.today()).await?;
    let people: HashMap<AccountId, String> =
        people::store::list(&mut tx).await?.into_iter().map(|a| (a.id, a.name)).collect();
    let is_more = rows.len() > usize::try_from(A_PAGE).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(A_PAGE).unwrap_or(usize::MAX));
    Ok(Page::staff("History of the plan", move || body(&whole, action, &rows, &people, number, is_more)).into())
}

fn body(
    whole: &Whole,
    action: Option<ActionId>,
    rows: &[LedgerRow],
    people: &HashMap<AccountId, String>,
    number: i64,
    is_more: bool,
) -> AnyView {
    let of = action.and_then(|id| whole.find(id)).map(|a| a.action().name());
    let to = |page: i64| {
        let only = action.map(|id| format!("&action={id}")).unwrap_or_default();
        whole.plan.on(&format!("/staff/plan/history?page={page}{only}"))
    };
    let newer = (number > 1).then(|| view! { <li><a href=to(number - 1)>"Newer changes"</a></li> });
    let older = is_more.then(|| view! { <li><a href=to(number + 1)>"Older changes"</a></li> });
    let none = rows.is_empty().then(|| view! { <div class="ds-empty"><p>"Nothing has been changed yet."</p></div> });
    let caption = of.clone().unwrap_or_else(|| whole.plan.title.clone());
    let title = if of.is_some() { "History of the action" } else { "History of the plan" };
    let (href, label) = match action {
        Some(id) => (format!("/staff/plan/actions/{id}"), "Back to the action"),
        None => (whole.plan.on("/staff/plan"), "Plan"),
    };
    view! {
        {back(href, label)}
        <div class="ds-heading"><h1><span class="ds-heading__caption">{caption}</span>{title}</h1>
            <p>"Every change with who made it, when and why. Nothing here can be changed or removed."</p></div>
        <ol class="ds-timeline">{rows.iter().map(|row| entry(whole, row, people, action)).collect_view()}</ol>
        {none}
        <ul class="ds-actions">{newer}{older}</ul>
    }
    .into_any()
}

/// One change; on the page of one action its name is left out.
fn entry(whole: &Whole, row: &LedgerRow, people: &HashMap<AccountId, String>, only: Option<ActionId>) -> AnyView {
    let who = match (row.account_id.and_then(|id| people.get(&id)), row.source.as_str()) {
        (Some(name), "document") => format!("{name}, from a file"),
        (Some(name), _) => name.clone(),
        (None, "document") => "From a file".to_owned(),
        (None, _) => "The program".to_owned(),
    };
    let said =
        (clock::london_day(row.recorded_at) != row.said_on).then(|| format!(", said for {}", clock::day(row.said_on)));
    let when = format!("{}, {who}{}", clock::day_and_time(row.recorded_at), said.unwrap_or_default());
    let of = match row.action_id.and_then(|id| whole.find(id)) {
        Some(action) if only == Some(action.action().id) => ().into_any(),
        Some(action) => {
            let href = format!("/staff/plan/actions/{}", action.action().id);
            view! { ": " <a href=href>{action.action().name()}</a> }.into_any()
        }
        None => format!(": {}", row.subject).into_any(),
    };
    let change = match (row.kind.as_str(), row.field.as_str()) {
        ("progress", _) => {
            // Most reports say that it stands as it stood: then it is named once.
            let moved = !row.old_value.is_empty() && row.old_value != row.new_value;
            let before = moved.then(|| view! { {status(&row.old_value)} " then " });
            view! { <p>{before}{status(&row.new_value)}</p> }.into_any()
        }
        ("spending", _) => view! { <p>{pounds(row.new_value.parse().unwrap_or_default())}</p> }.into_any(),
        ("evidence", _) => view! { <p>"Attached: " {row.new_value.clone()}</p> }.into_any(),
        (_, field::EVIDENCE) => view! { <p>"Withdrawn: " {row.old_value.clone()}</p> }.into_any(),
        (_, field::ADDED) => ().into_any(),
        _ => {
            let [old, new] = [&row.old_value, &row.new_value].map(|value| shown(whole, &row.object, &row.field, value));
            before_and_after(&old, &new)
        }
    };
    let why = (!row.reason.is_empty()).then(|| view! { <p class="ds-meta">{row.reason.clone()}</p> });
    view! {
        <li><p class="ds-timeline__when">{when}</p><p class="ds-timeline__what">{row.field.clone()}{of}</p>{change}{why}</li>
    }
    .into_any()
}

fn status(code: &str) -> AnyView {
    Status::read(code).map_or_else(|| ().into_any(), |status| word(Word::of(status, false)))
}

/// What stood there and what stands there now, each only where there is any.
pub fn before_and_after(old: &str, new: &str) -> AnyView {
    let old = (!old.is_empty()).then(|| view! { <del class="ds-before">{old.to_owned()}</del> " " });
    let new = (!new.is_empty()).then(|| view! { <ins class="ds-after">{new.to_owned()}</ins> });
    view! { <p>{old}{new}</p> }.into_any()
}

/// A value of the history as people read it: what stands there as a key is named.
#[must_use]
pub fn shown(whole: &Whole, object: &str, field: &str, value: &str) -> String {
    let named = match (field, Object::read(object)) {
        (field::MERGED_INTO, _) => value.parse().ok().and_then(|id| whole.find(id)).map(|a| a.action().name()),
        (field::STANDS_UNDER, Some(Object::Action(_))) => {
            let of = whole.objectives().map(|o| &o.objective).find(|o| o.id.to_string() == value);
            of.map(|o| format!("{}. {}", o.reference, o.title))
        }
        (field::STANDS_UNDER, Some(Object::Objective(_))) => {
            whole.themes.iter().find(|t| t.theme.id.to_string() == value).map(|t| t.theme.shown())
        }
        _ => None,
    };
    named.unwrap_or_else(|| value.to_owned())
}
