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
                    <section class="ds-section">
                        <h2><a href=format!("/standards/areas/{}", area.slug)>{area.name}</a></h2>
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

/// One line for each standard: its name, the promise, and how it is doing.
pub(super) fn lines(all: &[&Published], standings: &HashMap<StandardId, parts::Standing>) -> AnyView {
    let lines = all.iter().map(|one| {
        let standing = standings.get(&one.id).cloned();
        let (word, line) = match standing {
            Some(standing) => (Some(ui::status(&standing.code, &standing.word)), standing.sentence),
            None => (None, one.promise.clone()),
        };
        view! {
            <li>
                <div class="ds-list__main"><a href=format!("/standards/{}", one.slug)>{one.title.clone()}</a><p>{line}</p></div>
                {word.map(|word| view! { <div class="ds-list__aside">{word}</div> })}
            </li>
        }
    });
    view! { <ul class="ds-list">{lines.collect_view()}</ul> }.into_any()
}
