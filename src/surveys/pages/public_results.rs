//! What residents told us in a survey that has closed: in words first.

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::words;
use crate::settings::small_numbers;
use crate::statistics::disclosure::{self, Released};
use crate::surveys::pages::{bars, found, items, measures, onward, standing};
use crate::surveys::results::{self, QuestionResult};
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys/{slug}/results`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    if asked.survey.results_published_at.is_none() {
        return Err(PageError::NotFound);
    }
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let policy = small_numbers::public(&req.landlord);
    let results = gathered.release(&asked, None, &policy);
    let by_group: Vec<Vec<Released>> = results
        .iter()
        .map(|result| {
            let shared = result.question.kind.has_share();
            if shared { gathered.by_group(&asked, &result.question, &policy) } else { Vec::new() }
        })
        .collect();
    let measures = measures::load(&mut tx, &asked, &gathered, &req.landlord).await?;
    let onward = onward::load(&mut tx, &asked).await?;
    let came_by = gathered.came_by(&policy).sentence();
    let (people, days) = (disclosure::release_base(gathered.people(), &policy), gathered.days());
    Ok(Page::new(format!("Results: {}", asked.survey.title), move || {
        let lead = match (people, days) {
            (Some(people), Some((first, last))) if first != last => {
                format!("About {people} people answered between {} and {}.", clock::day(first), clock::day(last))
            }
            (Some(people), Some((day, _))) => format!("About {people} people answered on {}.", clock::day(day)),
            (None, Some(_)) => "Too few people answered to show what they said.".to_owned(),
            (_, None) => "Nobody answered.".to_owned(),
        };
        let questionnaire = &asked.version.questionnaire;
        let sections = results.iter().zip(by_group).filter_map(|(result, groups)| {
            section(result, &groups, words::asked_of(questionnaire, &result.question))
        });
        let sections: Vec<AnyView> = sections.collect();
        let caution = people.filter(|_| !sections.is_empty()).map(|_| {
            view! {
                <p class="ds-meta">"Numbers of people are rounded to the nearest 5, so they may not add up; shares are worked out before rounding. Where few people answered, we show less, so that nobody can be recognised."</p>
            }
        });
        view! {
            <a class="govuk-back-link" href="/surveys">"Surveys"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"What you told us"</span>" "{asked.survey.title.clone()}</h1>
                <p class="ds-lead">{lead}</p>
            </div>
            {came_by.map(|words| view! { <p>{words}</p> })}
            {measures.map(|known| measures::published(&known, &asked.survey.path()))}
            {caution}
            {sections}
            {onward.view()}
        }
    })
    .into())
}

/// One question. People's own words are not public: nobody has read them for names yet.
fn section(result: &QuestionResult, groups: &[Released], asked_of: Vec<String>) -> Option<AnyView> {
    let sentence = bars::sentence(result);
    let items = items::view(result, groups);
    if sentence.is_empty() && items.is_none() {
        return None;
    }
    let sentence = (!sentence.is_empty()).then(|| view! { <p>{sentence}</p> });
    let table = result.table().and_then(|table| bars::table(&result.question, table));
    let groups = groups.first().filter(|_| items.is_none()).map(|released| by_area(&result.question.text, released));
    let view = view! {
        <section class="ds-section">
            <h2>{result.question.text.clone()}</h2>
            {asked_of.into_iter().map(|words| view! { <p class="ds-meta">{words}</p> }).collect_view()}
            {sentence}
            {table}
            {items}
            {groups}
        </section>
    };
    Some(view.into_any())
}

/// Per cent satisfied in each group and, where the groups may be compared, how each stands to the others.
pub fn by_area(question: &str, released: &Released) -> AnyView {
    let compared = released.comparison.as_ref();
    let rows = released.groups.iter().enumerate().map(|(at, (name, table))| {
        let (percent, range, base) = match (table.share, table.base()) {
            (Some(share), Some(base)) => {
                let range = format!("{:.0}% to {:.0}%", share.low, share.high);
                (bars::percent(&share), Some(range), base.to_string())
            }
            (None, Some(base)) => ("Hidden".to_owned(), None, base.to_string()),
            (_, None) => ("Too few".to_owned(), None, String::new()),
        };
        let standing = compared.map(|compared| {
            let words = compared.groups.get(at).copied().flatten().map_or("Not compared", standing::words);
            view! { <td>{words}</td> }
        });
        let range = range.map(|range| view! { <br/><span class="ds-meta">{range}</span> });
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="ds-table__number">{percent}{range}</td>
                <td class="ds-table__number">{base}</td>
                {standing}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let caption = format!("By area: {question}");
    let label = caption.clone();
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"By area"</span></summary>
            <div class="govuk-details__text">
                <div class="ds-scroll" role="region" aria-label=label tabindex="0">
                    <table class="ds-table">
                        <caption class="govuk-visually-hidden">{caption}</caption>
                        <thead><tr>
                            <th scope="col">"Area"</th>
                            <th scope="col" class="ds-table__number">"Satisfied or agreed"</th>
                            <th scope="col" class="ds-table__number">{bars::heading(released.overall.rounded)}</th>
                            {compared.map(|_| view! { <th scope="col">"Compared with the rest"</th> })}
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="ds-figure-note">"Under each share stands where it would probably lie, had everybody in the area been asked."</p>
                {compared.map(standing::note)}
            </div>
        </details>
    }
    .into_any()
}
