//! Where those begin who read more than they do: the board, auditors, analysts and the equality lead.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::improvement;
use crate::people::{Account, Role};
use crate::performance::{self, Latest};
use crate::permissions;
use crate::plans;

/// A page to read, and what it says now.
pub(super) struct Reading {
    title: &'static str,
    href: &'static str,
    said: String,
}

/// What there is to read for this person; nothing for those whose start page is what they do.
pub(super) async fn load(tx: &mut Tx, account: &Account, today: NaiveDate) -> Result<Vec<Reading>, db::Error> {
    if !matches!(account.role, Role::Board | Role::Auditor | Role::Analyst | Role::Equality) {
        return Ok(Vec::new());
    }
    // The figures are the public ones, so that the page tells no more than anybody may know.
    let latest = performance::latest_of_all(tx, today).await?;
    let judged: Vec<&Latest> = latest.values().filter(|one| one.code.is_some_and(|code| code != "too-few")).collect();
    let met = judged.iter().filter(|one| one.is_met()).count();
    let performance = match judged.len() {
        0 => "How each promise stands. No figure is in yet.".to_owned(),
        all => format!("{met} of {all} promises are met by their latest figures."),
    };
    let plan = plans::summary(tx, today).await?.map_or_else(
        || "What is being done. No plan is open yet.".to_owned(),
        |plan| format!("{} of {} actions are done, {} late.", plan.done, plan.total, plan.counts.late),
    );
    let improvement = improvement::in_short(tx, today).await?;
    let pages = [
        ("How the promises stand", "/staff/performance", performance),
        ("How the plan stands", "/staff/plan", plan),
        ("How improvement is kept", "/staff/improvement", improvement),
        (
            "What residents were asked",
            "/staff/surveys",
            "Every survey, with its answers once enough people gave them.".to_owned(),
        ),
        ("Who changed what", "/staff/audit", "Every change by a signed-in person, newest first.".to_owned()),
    ];
    let mine = pages.into_iter().filter(|(_, href, _)| permissions::may_read(Some(account.role), href));
    Ok(mine.map(|(title, href, said)| Reading { title, href, said }).collect())
}

/// The list as it is drawn; nothing where there is nothing to read.
pub(super) fn draw(readings: Vec<Reading>) -> Option<AnyView> {
    if readings.is_empty() {
        return None;
    }
    let lines = readings.into_iter().map(|Reading { title, href, said }| {
        view! { <li><div class="ds-list__main"><a class="govuk-link" href=href>{title}</a><p>{said}</p></div></li> }
    });
    let lines = lines.collect_view();
    Some(
        view! {
            <section class="ds-section">
                <h2 class="govuk-heading-m">"What you read here"</h2>
                <ul class="ds-list">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
