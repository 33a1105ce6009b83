//! The plan as a timeline: each action as a bar from its first to its last month, with what it was moved back by.

use leptos::prelude::*;

use super::parts::{back, due, word};
use super::seen::{Seen, views};
use crate::plans::action::whole;
use crate::plans::month::Month;
use crate::plans::progress::Word;
use crate::plans::whole::{Whole, WholeAction};
use crate::web::{Page, PageError, Reply, Req};

/// The widest timeline, in months: longer plans show their last years.
const MOST: i32 = 72;

/// The months that the timeline shows, and this one.
#[derive(Clone, Copy)]
struct Scale {
    first: Month,
    last: Month,
    now: Month,
}

impl Scale {
    /// From the first month of any deadline to the last, this month among them.
    fn of(plan: &Whole, now: Month) -> Self {
        let spans = plan.rows().filter_map(|row| whole(&row.as_of.standing.original));
        let ends = plan.rows().filter_map(|row| row.as_of.standing.due());
        let months: Vec<Month> = spans.map(|s| s.first).chain(ends).chain([now]).collect();
        let (first, last) = (months.iter().min().copied().unwrap_or(now), months.iter().max().copied().unwrap_or(now));
        Self { first: first.max(last.plus(1 - MOST)), last, now }
    }

    /// How many months there are.
    fn length(self) -> i32 {
        self.last.since(self.first) + 1
    }

    /// Where a month begins, in tenths of a month from the left.
    fn at(self, month: Month) -> i32 {
        month.since(self.first).clamp(0, self.length()) * 10
    }
}

/// The page.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let seen = Seen::asked(&req, &mut tx).await?;
    let (role, scale) = (req.viewer.role(), Scale::of(&seen.whole, Month::of(req.today())));
    Ok(Page::staff("Timeline of the plan", move || {
        let plan = &seen.whole.plan;
        let objectives = seen.whole.objectives().filter(|o| !o.actions.is_empty()).map(|o| {
            let rows = o.actions.iter().flat_map(|a| std::iter::once(a).chain(&a.parts)).map(|a| row(&seen, a, scale)).collect_view();
            view! {
                <section class="ds-section"><h2>{format!("{}. {}", o.objective.reference, o.objective.title)}</h2><ul class="ds-list">{rows}</ul></section>
            }
        });
        let objectives = objectives.collect_view();
        let none = seen.whole.rows().next().is_none().then(|| view! { <div class="ds-empty"><p>"The plan has no actions yet."</p></div> });
        view! {
            {back(plan.on("/staff/plan"), "Plan")}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{plan.title.clone()}</span>"Timeline of the plan"</h1>
                <p>{format!("From {} to {}. The dark bar is the time first planned, the light one what was added, the grey one how late it is by now; the line is this month.", scale.first, scale.last)}</p></div>
            {views(plan, role, "/staff/plan/timeline")}
            {objectives}
            {none}
        }
    })
    .into())
}

fn row(seen: &Seen, of: &WholeAction, scale: Scale) -> AnyView {
    let looks = seen.looks(of.action().id).map(|words| view! { <p class="ds-meta">{words}</p> });
    let part = if of.action().parent.is_some() { "Part: " } else { "" };
    let href = format!("/staff/plan/actions/{}", of.action().id);
    view! {
        <li><div class="ds-list__main"><a href=href>{format!("{part}{}", of.action().name())}</a>{bars(of, scale)}<p>{due(of)}</p>{looks}</div><div class="ds-list__aside">{word(of.as_of.word)}</div></li>
    }
    .into_any()
}

/// The bar of an action, which says nothing more than the words beneath it.
fn bars(of: &WholeAction, scale: Scale) -> Option<AnyView> {
    let standing = &of.as_of.standing;
    let planned = whole(&standing.original);
    let last = planned.map(|s| s.last).or(standing.due())?;
    let first = planned.map_or(last, |s| s.first);
    let bar = |from: i32, to: i32, class: &'static str| {
        (to > from).then(
            || view! { <rect class=class x=from.to_string() y="2" width=(to - from).to_string() height="6"></rect> },
        )
    };
    let (from, to) = (scale.at(first), scale.at(last.plus(1)));
    let moved = standing.due().and_then(|due| bar(to, scale.at(due.plus(1)), "ds-span__moved"));
    let late = (of.as_of.word == Word::Late)
        .then(|| bar(scale.at(standing.due().unwrap_or(last).plus(1)), scale.at(scale.now) + 5, "ds-span__late"));
    let now = (scale.at(scale.now) + 5).to_string();
    let frame = format!("0 0 {} 10", scale.length() * 10);
    Some(
        view! {
            <svg class="ds-span" viewBox=frame preserveAspectRatio="none" aria-hidden="true" focusable="false">
                {bar(from, to, "ds-span__planned")}
                {moved}
                {late}
                <line class="ds-span__now" x1=now.clone() x2=now y1="0" y2="10"></line>
            </svg>
        }
        .into_any(),
    )
}
