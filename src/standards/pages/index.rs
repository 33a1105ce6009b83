//! What you can expect: every promise, by area.

use std::collections::HashMap;

use leptos::prelude::*;

use super::parts;
use crate::standards::{self, Published};
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let areas = standards::areas(&mut tx).await?;
    let all = standards::list_published(&mut tx).await?;
    let standings = parts::standings(&mut tx, req.today()).await?;
    let landlord = req.landlord.clone();
    let count = all.len();
    Ok(Page::new("What you can expect", move || {
        let jump = (areas.len() > 1).then(|| {
            let links = areas.iter().map(|area| {
                view! { <li><a href=format!("#area-{}", area.slug)>{area.name.clone()}</a></li> }
            });
            view! { <nav class="ds-jump ds-no-print" aria-label="Services on this page"><ul class="ds-jump__list">{links.collect_view()}</ul></nav> }
        });
        let sections = areas
            .into_iter()
            .map(|area| {
                let here: Vec<&Published> = all.iter().filter(|one| one.area_id == area.id).collect();
                let list = if here.is_empty() {
                    view! { <p class="ds-meta">"No promises yet for this service. They appear here when they are approved."</p> }.into_any()
                } else {
                    lines(&here, &standings)
                };
                view! {
                    <section class="ds-section" id=format!("area-{}", area.slug)>
                        <h2><a href=format!("/standards/areas/{}", area.slug)>{area.name}<span class="govuk-visually-hidden">" on a page of its own"</span></a></h2>
                        <p>{area.description}</p>
                        {list}
                    </section>
                }
            })
            .collect_view();
        let lead = match count {
            0 => "We have not published any promises yet. They appear here when they are approved.".to_owned(),
            1 => "One promise to you: what we will do, how we measure it, and how we are doing.".to_owned(),
            many => format!("{many} promises to you: what we will do, how we measure it, and how we are doing."),
        };
        view! {
            <div class="ds-heading"><h1>"What you can expect"</h1><p class="ds-lead">{lead}</p></div>
            {jump}
            {sections}
            <section class="ds-section ds-no-print">
                <h2>"Take it with you"</h2>
                <ul>
                    <li><a href="/standards/print">"Every promise on one page, to print on A4"</a></li>
                    <li><a href="/standards.json">"Every promise as data (JSON)"</a></li>
                </ul>
            </section>
            {parts::ask(&landlord)}
        }
    })
    .into())
}

/// One line for each standard: its name, how it is doing, and the target; the promise itself until there is a figure.
pub(super) fn lines(all: &[&Published], standings: &HashMap<StandardId, parts::Standing>) -> AnyView {
    let lines = all.iter().map(|one| {
        let standing = standings.get(&one.id).cloned();
        let (aside, line, label) = match standing {
            Some(standing) => (ui::status(&standing.code, &standing.word), standing.sentence, "Promise: "),
            None => (ui::status("not-started", "No figure yet"), format!("Our promise: {}", one.promise), "Target: "),
        };
        view! {
            <li>
                <div class="ds-list__main">
                    <a href=format!("/standards/{}", one.slug)>{one.title.clone()}</a>
                    <p>{line}</p>
                    <p class="ds-meta">{label}{parts::target(one)}</p>
                </div>
                <div class="ds-list__aside">{aside}</div>
            </li>
        }
    });
    view! { <ul class="ds-list">{lines.collect_view()}</ul> }.into_any()
}
