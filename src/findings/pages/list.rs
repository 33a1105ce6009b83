//! What changed because of residents, newest first, by area or promise where asked.

use leptos::prelude::*;

use crate::clock;
use crate::findings::{Finding, around, store};
use crate::standards::{self, Published};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// More entries than a landlord writes in ten years.
const MOST: i64 = 500;

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let areas = standards::areas(&mut tx).await?;
    let filter = req.query_form();
    let wanted_area = areas.iter().find(|area| area.slug == filter.value("area")).map(|area| area.id);
    let wanted_standard = match req.query("standard") {
        Some(slug) => Some(standards::find_published_by_slug(&mut tx, slug).await?.ok_or(PageError::NotFound)?),
        None => None,
    };
    if req.query("area").is_some() && wanted_area.is_none() {
        return Err(PageError::NotFound);
    }
    let mut entries: Vec<(Finding, Vec<Published>)> = Vec::new();
    for finding in store::list_latest(&mut tx, MOST).await? {
        let about = around::standards_of(&mut tx, finding.id).await?;
        let in_area = wanted_area.is_none_or(|area| about.iter().any(|standard| standard.area_id == area));
        let on_promise = wanted_standard.as_ref().is_none_or(|one| about.iter().any(|standard| standard.id == one.id));
        if in_area && on_promise {
            entries.push((finding, about));
        }
    }
    let filtered = wanted_area.is_some() || wanted_standard.is_some();
    Ok(Page::new("What changed because of you", move || {
        let count = match entries.len() {
            1 => "1 entry".to_owned(),
            many => format!("{many} entries"),
        };
        let none = entries.is_empty().then(|| {
            let words = if filtered {
                "Nothing has been written about this yet. An entry appears here as soon as we have decided what to do about what people said."
            } else {
                "Nothing has been written yet. The first entry appears here within twelve weeks of the first survey or focus group."
            };
            view! { <div class="ds-empty"><p>{words}</p></div> }
        });
        let cards = entries.iter().map(|(finding, about)| card(finding, about)).collect_view();
        let filters = (!areas.is_empty()).then(|| {
            let choices = std::iter::once((String::new(), "Every area".to_owned()))
                .chain(areas.iter().map(|area| (area.slug.clone(), area.name.clone())));
            view! {
                <form class="ds-filters" method="get" action="/what-changed">
                    {ui::select(&filter, "area", "Area", choices)}
                    {ui::quiet_button("Show")}
                    <p class="ds-filters__count">{count}</p>
                </form>
            }
        });
        let promise = wanted_standard.map(|standard| {
            view! { <p>"About the promise "<a href=format!("/standards/{}", standard.slug)>{standard.title.clone()}</a>". "<a href="/what-changed">"Show everything"</a></p> }
        });
        view! {
            <div class="ds-heading">
                <h1>"What changed because of you"</h1>
                <p class="ds-lead">"What you told us, what we decided and why, and what we did. We write here too when we did not do what people asked for."</p>
                <p><a href="/decisions">"Decisions and what residents said of each option"</a></p>
            </div>
            {filters}
            {promise}
            {none}
            {cards}
            <div class="ds-ask"><h2>"Tell us more"</h2><p>"See "<a href="/have-your-say">"what you can take part in now"</a>"."</p></div>
        }
    })
    .into())
}

fn card(finding: &Finding, about: &[Published]) -> AnyView {
    let areas: Vec<String> =
        about.iter().map(|standard| standard.area_name.clone()).fold(Vec::new(), |mut all, name| {
            if !all.contains(&name) {
                all.push(name);
            }
            all
        });
    let areas = if areas.is_empty() { String::new() } else { format!(" · {}", areas.join(", ")) };
    view! {
        <article class="ds-card ds-change">
            <h2 class="ds-card__title"><a href=finding.href()>{finding.title.clone()}</a></h2>
            <div class="ds-change__said"><h3>"You said"</h3>{ui::paragraphs(first(&finding.said))}</div>
            <div class="ds-change__did"><h3>"We did"</h3>{ui::paragraphs(first(&finding.did))}</div>
            <div class="ds-change__foot">{clock::day(finding.decided_on)}" · "{finding.decision.label()}{areas}</div>
        </article>
    }
    .into_any()
}

/// The first paragraph; the entry's own page has the rest.
fn first(text: &str) -> &str {
    text.split("\n\n").next().unwrap_or_default()
}
