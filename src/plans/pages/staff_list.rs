//! Every plan in the workspace: the main one, those beside it, and the closed ones.

use leptos::prelude::*;

use super::parts::{back, done_of};
use crate::clock;
use crate::permissions;
use crate::plans::store;
use crate::plans::whole::load_all_open;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// The page.
///
/// # Errors
/// When the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let open = load_all_open(&mut tx, req.today()).await?;
    let closed: Vec<_> = store::list_plans(&mut tx).await?.into_iter().filter(|p| !p.is_open).collect();
    let starts = permissions::may_read(req.viewer.role(), "/staff/plan/new");
    Ok(Page::staff("Plans", move || {
        let rows = open.iter().map(|whole| {
            let rank = if whole.plan.is_main { "The main plan" } else { "Beside the main plan" };
            let about = format!("{rank}, begun {}", clock::day(whole.plan.opened_on));
            view! { <li><div class="ds-list__main"><a href=whole.plan.on("/staff/plan")>{whole.plan.title.clone()}</a><p>{about}</p></div><div class="ds-list__aside">{done_of(whole.counts())}</div></li> }
        });
        let rows = rows.collect_view();
        let none = open.is_empty().then(|| view! { <div class="ds-empty"><p>"No plan is open."</p></div> });
        let earlier = closed.iter().map(|plan| {
            let on = plan.closed_on.map(|on| format!("Closed on {}", clock::day(on)));
            view! { <li><div class="ds-list__main"><a href=plan.on("/plan")>{plan.title.clone()}</a><p><a href=plan.on("/staff/plan/history")>"Its history"<span class="govuk-visually-hidden">{format!(": {}", plan.title)}</span></a></p></div><div class="ds-list__aside">{on}</div></li> }
        });
        let earlier = (!closed.is_empty()).then(|| view! { <section class="ds-section"><h2>"Closed"</h2><ul class="ds-list">{earlier.collect_view()}</ul></section> });
        view! {
            {back("/staff/plan", "Plan")}
            <div class="ds-heading"><h1>"Plans"</h1><p>"Keep a plan for each purpose, such as service improvement, value for money or equality. Residents meet the main plan first."</p></div>
            {starts.then(|| ui::link_button("Start another plan", "/staff/plan/new"))}
            <ul class="ds-list">{rows}</ul>
            {none}
            {earlier}
        }
    })
    .into())
}
