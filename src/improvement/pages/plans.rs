//! Every improvement plan: whose it is, whether it is up to date, and how far it is.

use leptos::prelude::*;

use super::parts::{Names, back, empty};
use crate::clock;
use crate::improvement::activity::{Activity, Standing};
use crate::improvement::plan::Plan;
use crate::improvement::store::{activities, plans};
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let mut all: Vec<(Plan, Vec<Activity>)> = Vec::new();
    for plan in plans::list(&mut tx).await? {
        let activities = activities::list(&mut tx, plan.id, plan.versions).await?;
        all.push((plan, activities));
    }
    let names = Names::load(&mut tx).await?;
    let may_open = permissions::may_post(req.viewer.role(), "/staff/improvement/plans/new");
    Ok(Page::staff("Improvement plans", move || {
        let open = may_open.then(|| ui::link_button("Open a plan", "/staff/improvement/plans/new"));
        let list = if all.is_empty() {
            empty("No plan is open yet. Whoever owns a selected process, or leads improvement as a manager, keeps one.")
        } else {
            let rows = all.iter().map(|(plan, activities)| {
                let count = |sought: Standing| activities.iter().filter(|one| one.standing(today) == sought).count();
                let said = format!("{} of {} done, {} late", count(Standing::Done), activities.len() - count(Standing::Stopped), count(Standing::Late));
                let months = format!("{} to {}", clock::day(plan.starts_on), clock::day(plan.ends_on()));
                vec![
                    view! { <a href=plan.href()>{names.of(plan.account_id)}</a> }.into_any(),
                    months.into_any(),
                    said.into_any(),
                    freshness(plan, today),
                ]
            });
            ui::stacked("Improvement plans", &["Whose", "Twelve months", "Activities", "Looked through"], rows.collect())
        };
        view! {
            {back("/staff/improvement", "Continuous improvement")}
            <div class="ds-heading"><h1>"Improvement plans"</h1></div>
            <p>"Twelve months each, kept up to date: looked through as a whole at least every 31 days. Old versions stay readable."</p>
            {open}
            {list}
        }
    })
    .into())
}

/// Whether a plan is up to date, as a mark with words.
pub(super) fn freshness(plan: &Plan, today: chrono::NaiveDate) -> AnyView {
    let days = plan.days_since_review(today);
    match (plan.closed_at, plan.is_stale(today)) {
        (Some(_), _) => "Closed".into_any(),
        (None, is_stale) => {
            let mark = if is_stale { ui::status("late", "Out of date") } else { ui::status("done", "Up to date") };
            let when = match days {
                0 => "today".to_owned(),
                1 => "yesterday".to_owned(),
                days => format!("{days} days ago"),
            };
            view! { {mark}" "<span class="ds-meta">{format!("Looked through {when}")}</span> }.into_any()
        }
    }
}
