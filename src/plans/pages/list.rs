//! Every plan as residents find them: how far each is, and the closed ones.

use leptos::prelude::*;

use super::parts::{ask, bar};
use crate::clock;
use crate::plans::led::redaction;
use crate::plans::redact::Redaction;
use crate::plans::store;
use crate::plans::whole::{Whole, load_all_open};
use crate::web::{Page, PageError, Reply, Req};

/// The page.
///
/// # Errors
/// When the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let open = load_all_open(&mut tx, req.today()).await?;
    let closed: Vec<_> = store::list_plans(&mut tx).await?.into_iter().filter(|p| !p.is_open).collect();
    let redaction = redaction(&mut tx).await?;
    let ask = ask(&req);
    Ok(Page::new("Our plans", move || {
        let none = open.is_empty().then(|| view! { <div class="ds-empty"><p>"No plan is open now. When there is one, it appears here with how far we are."</p></div> });
        let earlier = closed.iter().map(|plan| {
            let on = plan.closed_on.map(|on| format!("Closed on {}", clock::day(on)));
            let title = redaction.apply(&plan.title);
            view! { <li><div class="ds-list__main"><a href=plan.on("/plan")>{title}</a></div><div class="ds-list__aside">{on}</div></li> }
        });
        let earlier = (!closed.is_empty()).then(|| view! { <section class="ds-section"><h2>"Earlier plans"</h2><ul class="ds-list">{earlier.collect_view()}</ul></section> });
        view! {
            <div class="ds-heading"><h1>"Our plans"</h1><p class="ds-lead">"What we have promised to do, plan by plan, and how far we are."</p></div>
            {open.iter().map(|whole| card(whole, &redaction)).collect_view()}
            {none}
            {earlier}
            {ask}
        }
    })
    .into())
}

fn card(whole: &Whole, redaction: &Redaction) -> AnyView {
    let updated = whole.updated().map(|on| format!("Updated {}", clock::day(on)));
    view! {
        <div class="ds-card ds-card--plain">
            <h2 class="ds-card__title"><a href=whole.plan.on("/plan")>{redaction.apply(&whole.plan.title)}</a></h2>
            <p class="ds-card__meta">{updated}</p>
            {bar(whole.counts())}
        </div>
    }
    .into_any()
}
