//! The plan month by month: what is to be finished by when, from what is overdue to what has no date.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::parts::back;
use super::seen::{Seen, views};
use crate::plans::month::Month;
use crate::plans::whole::WholeAction;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// The page.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let seen = Seen::asked(&req, &mut tx).await?;
    let (role, now) = (req.viewer.role(), Month::of(req.today()));
    let all = req.query("all").is_some();
    Ok(Page::staff("The plan month by month", move || {
        let plan = &seen.whole.plan;
        let mut months: BTreeMap<Option<Month>, Vec<&WholeAction>> = BTreeMap::new();
        for row in seen.whole.rows().filter(|row| all || !row.as_of.standing.status.is_over()) {
            months.entry(row.as_of.standing.due()).or_default().push(row);
        }
        let undated = months.remove(&None).unwrap_or_default();
        let jump = months.keys().flatten().map(|month| {
            let words = if *month == now { format!("{month} (now)") } else { month.to_string() };
            view! { <li><a href=format!("#month-{}", month.code())>{words}</a></li> }
        });
        let jump = jump.collect_view();
        let sections = months.iter().filter_map(|(month, rows)| Some(section(&seen, &format!("month-{}", month.as_ref()?.code()), &month.as_ref()?.to_string(), rows)));
        let sections = sections.collect_view();
        let none = (sections.is_empty() && undated.is_empty()).then(|| view! { <div class="ds-empty"><p>"Nothing is unfinished in this plan."</p></div> });
        let undated = (!undated.is_empty()).then(|| section(&seen, "no-date", "No date", &undated));
        let (other, words) = if all {
            (plan.on("/staff/plan/months"), "Only what is unfinished")
        } else {
            (plan.on("/staff/plan/months?all=yes"), "With what is finished")
        };
        view! {
            {back(plan.on("/staff/plan"), "Plan")}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{plan.title.clone()}</span>"The plan month by month"</h1>
                <p>"Each action stands in the month by whose end it is due."</p></div>
            {views(plan, role, "/staff/plan/months")}
            <ul class="ds-actions"><li><a href=other>{words}</a></li></ul>
            <nav class="ds-jump ds-no-print" aria-label="Months on this page"><ul class="ds-jump__list">{jump}</ul></nav>
            {sections}
            {undated}
            {none}
        }
    })
    .into())
}

fn section(seen: &Seen, id: &str, title: &str, rows: &[&WholeAction]) -> AnyView {
    let lines = rows.iter().map(|row| seen.line(row)).collect_view();
    let late = rows.iter().filter(|row| row.as_of.late).count();
    let late = if late > 0 { format!(", {late} late") } else { String::new() };
    let count = format!("{}{late}", ui::counted(rows.len(), "action", "actions"));
    view! { <section class="ds-section" id=id.to_owned()><h2>{title.to_owned()}</h2><p class="ds-meta">{count}</p><ul class="ds-list">{lines}</ul></section> }
        .into_any()
}
