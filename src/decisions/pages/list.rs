//! Every published decision, the latest first.

use leptos::prelude::*;

use super::parts::alignment;
use crate::clock;
use crate::decisions::{Version, store};
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = store::list_published(&mut tx).await?;
    Ok(Page::new("Decisions and what residents said", move || {
        let none = all.is_empty().then(|| {
            view! { <div class="ds-empty"><p>"Nothing is published yet. A decision appears here with what residents said of each option."</p></div> }
        });
        let cards = all.iter().map(card).collect_view();
        view! {
            <a class="govuk-back-link" href="/what-changed">"What changed because of you"</a>
            <div class="ds-heading">
                <h1>"Decisions and what residents said"</h1>
                <p class="ds-lead">"What was to be decided, what residents said of each option, and what was decided. Where a decision differs from what residents said, it says why."</p>
            </div>
            {none}
            {cards}
        }
    })
    .into())
}

fn card(version: &Version) -> AnyView {
    let text = &version.text;
    view! {
        <article class="ds-card">
            <h2 class="ds-card__title"><a href=version.href()>{text.title.clone()}</a></h2>
            <p>{text.question.split("\n\n").next().unwrap_or_default().to_owned()}</p>
            <p>{alignment(text.alignment)}</p>
            <p class="ds-meta">{format!("{}, {}", text.body, clock::day(text.decided_on))}</p>
        </article>
    }
    .into_any()
}
