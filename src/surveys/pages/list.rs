//! What can be answered now, and what came of what was answered before.

use leptos::prelude::*;

use crate::clock;
use crate::surveys::pages::found;
use crate::surveys::store;
use crate::surveys::survey::{self, State, Survey};
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let now = req.now();
    let mut tx = req.app.db.read().await?;
    let open = survey::open_now(&mut tx, now).await?;
    let past: Vec<Survey> = store::list_published(&mut tx)
        .await?
        .into_iter()
        .filter(|survey| survey.state(now) == State::Closed && survey.results_published_at.is_some())
        .collect();
    Ok(Page::new("Surveys", move || {
        view! {
            <div class="ds-heading">
                <h1>"Surveys"</h1>
                <p class="ds-lead">"Tell us how our services are for you. You need no account, and you do not give your name."</p>
            </div>
            <section class="ds-section">
                <h2>"Open now"</h2>
                {open_list(&open)}
            </section>
            {past_list(&past)}
        }
    })
    .into())
}

fn open_list(open: &[Survey]) -> AnyView {
    if open.is_empty() {
        return view! {
            <div class="ds-empty"><p>"No survey is open today. The next one appears here as soon as it opens."</p></div>
        }
        .into_any();
    }
    let cards = open.iter().map(|survey| {
        let closes = clock::day(clock::london_day(survey.closes_at));
        let meta = format!("{} · closes on {closes}", found::minutes(survey));
        view! {
            <li class="ds-card ds-card--door">
                <h3 class="ds-card__title"><a href=survey.path()>{survey.title.clone()}</a></h3>
                <p class="ds-card__meta">{meta}</p>
                <p>{first_paragraph(&survey.introduction)}</p>
            </li>
        }
    });
    view! { <ul class="ds-cards">{cards.collect_view()}</ul> }.into_any()
}

fn past_list(past: &[Survey]) -> Option<AnyView> {
    if past.is_empty() {
        return None;
    }
    let rows = past.iter().map(|survey| {
        let closed = format!("Closed on {}", clock::day(clock::london_day(survey.closes_at)));
        view! {
            <li>
                <div class="ds-list__main">
                    <a href=format!("{}/results", survey.path())>{survey.title.clone()}</a>
                    <p>{closed}</p>
                </div>
            </li>
        }
    });
    let list = view! {
        <section class="ds-section">
            <h2>"What you told us"</h2>
            <ul class="ds-list">{rows.collect_view()}</ul>
        </section>
    };
    Some(list.into_any())
}

fn first_paragraph(text: &str) -> String {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned()
}
