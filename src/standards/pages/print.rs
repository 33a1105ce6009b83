//! Every promise on one page, for printing on A4 and for handing out.

use leptos::prelude::*;

use super::parts;
use crate::clock;
use crate::standards::{self, Published};
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let areas = standards::areas(&mut tx).await?;
    let all = standards::list_published(&mut tx).await?;
    let landlord = req.landlord.clone();
    let newest = all.iter().map(|one| one.effective_from).max();
    Ok(Page::new("Every promise on one page", move || {
        let sections = areas
            .into_iter()
            .filter_map(|area| {
                let here: Vec<&Published> = all.iter().filter(|one| one.area_id == area.id).collect();
                (!here.is_empty()).then(|| {
                    view! { <section class="ds-section"><h2>{area.name}</h2>{lines(&here)}</section> }
                })
            })
            .collect_view();
        let since = newest.map(|day| view! { <p class="ds-meta">"Last changed on "{clock::day(day)}"."</p> });
        let empty = newest.is_none().then(|| {
            view! { <div class="ds-empty"><p>"We have not published any promises yet. They appear here when they are approved."</p></div> }
        });
        view! {
            {parts::breadcrumbs(vec![("/standards".into(), "What you can expect".into())])}
            <div class="ds-heading">
                <h1>"What you can expect from "{landlord.name.clone()}</h1>
                <p class="ds-lead">"Every promise we make to you, and the target for each. To print it, choose Print in your browser: it is set for A4."</p>
            </div>
            {empty}
            {sections}
            {since}
            {parts::ask(&landlord)}
        }
    })
    .into())
}

/// One line for each promise: what we will do, and the target.
fn lines(here: &[&Published]) -> AnyView {
    let lines = here.iter().map(|one| {
        view! {
            <li>
                <div class="ds-list__main"><a href=format!("/standards/{}", one.slug)>{one.title.clone()}</a><p>{one.promise.clone()}</p></div>
                <div class="ds-list__aside">"Target: "{parts::target(one)}</div>
            </li>
        }
    });
    view! { <ul class="ds-list">{lines.collect_view()}</ul> }.into_any()
}
