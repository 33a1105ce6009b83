//! What shops say of one promise: the score with its number of shops, each item, and the facts that moderators freed of names.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::clock;
use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::cited;
use crate::mystery_shopping::programme::{self, ItemResult};
use crate::mystery_shopping::score::{Reading, score_for_standard};
use crate::mystery_shopping::shop_return::counted;
use crate::mystery_shopping::store::results::{self, Facts};
use crate::settings::small_numbers;
use crate::statistics::disclosure::Policy;
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let to = req.query_day("to")?.unwrap_or_else(|| req.today());
    let from = req.query_day("from")?.unwrap_or_else(|| programme::a_year_before(to));
    let mut tx = req.app.db.read().await?;
    let standards = cited::choices(&mut tx).await?;
    let found = standards.into_iter().find(|cited| cited.id == id).ok_or(PageError::NotFound)?;
    let score = score_for_standard(&mut tx, id, from, to).await?;
    let policy = small_numbers::shops(&req.landlord);
    let reading = score.reading(&policy);
    let shown = !matches!(reading, Reading::TooFew { .. });
    let items = if shown { programme::items(&mut tx, id, from, to).await? } else { Vec::new() };
    let facts = if shown { results::facts(&mut tx, id, from, to).await? } else { Vec::new() };
    drop(tx);
    Ok(Page::staff(format!("Shops: {}", found.title), move || {
        let latest = score.latest_on.map(|on| view! { <p class="ds-meta">"Newest shop: "{month(on)}"."</p> });
        let why = (!shown).then(|| {
            view! { <div class="govuk-inset-text"><p>"A result from so few shops could speak of single people, and says little of the service. It appears once there are enough."</p></div> }
        });
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping">"Mystery shopping"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{found.area.clone()}</span>" "{found.title.clone()}</h1>
                <p class="ds-lead">{reading.sentence()}</p>
            </div>
            <p>{format!("From {} to {}.", clock::day(from), clock::day(to))}</p>
            {latest}
            {why}
            {(!items.is_empty()).then(|| table(&items, &policy))}
            {(!facts.is_empty()).then(|| voices(&facts))}
        }
    })
    .into())
}

fn month(on: NaiveDate) -> String {
    on.format("%B %Y").to_string()
}

fn table(items: &[ItemResult], policy: &Policy) -> AnyView {
    let rows = items.iter().map(|item| {
        let shown = !matches!(item.score.reading(policy), Reading::TooFew { .. });
        let median = item.median.filter(|_| shown).map(|median| counted(median, &item.measure));
        view! {
            <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">{item.wording.clone()}</th>
                <td class="govuk-table__cell">{item.score.reading(policy).sentence()}</td>
                <td class="govuk-table__cell">{median.unwrap_or_else(|| "–".to_owned())}</td>
            </tr>
        }
    });
    view! {
        <section class="ds-section">
            <h2>"What was tested"</h2>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="What was tested">
                <table class="govuk-table ds-table">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Item"</th>
                        <th scope="col" class="govuk-table__header">"Result"</th>
                        <th scope="col" class="govuk-table__header">"Middle value"</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn voices(facts: &[Facts]) -> AnyView {
    let quotes = facts.iter().map(|fact| {
        let channel = fact.channel.parse().map_or("", Channel::label);
        view! { <li><blockquote class="ds-quote">{ui::paragraphs(&fact.facts_for_managers)}<footer class="ds-quote__by">{channel}", "{month(fact.shopped_on)}</footer></blockquote></li> }
    });
    view! {
        <section class="ds-section">
            <h2>"What shoppers found"</h2>
            <p class="ds-meta">"In their words, without names."</p>
            <ul class="ds-quotes">{quotes.collect_view()}</ul>
        </section>
    }
    .into_any()
}
