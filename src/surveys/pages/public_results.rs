//! What residents told us in a survey that has closed: in words first.

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::count;
use crate::statistics::disclosure::Released;
use crate::surveys::pages::{bars, found};
use crate::surveys::policy;
use crate::surveys::results::{self, QuestionResult};
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys/{slug}/results`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    if asked.survey.results_published_at.is_none() {
        return Err(PageError::NotFound);
    }
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked.survey).await?;
    let policy = policy::public(&req.landlord);
    let results = gathered.release(&asked, None, &policy);
    let divider = count::divider(&asked.version.questionnaire).map(|question| question.text.clone());
    let by_group: Vec<Option<Released>> = results
        .iter()
        .map(|result| match result.question.kind.has_share() {
            true => gathered.by_group(&asked, &result.question, &policy),
            false => None,
        })
        .collect();
    let (people, days) = (gathered.people(), gathered.days());
    Ok(Page::new(format!("Results: {}", asked.survey.title), move || {
        let lead = match days {
            Some((first, last)) if first != last => {
                format!("{people} people answered between {} and {}.", clock::day(first), clock::day(last))
            }
            Some((day, _)) => format!("{people} people answered on {}.", clock::day(day)),
            None => "Nobody answered.".to_owned(),
        };
        let divided = divider.is_some();
        let sections = results.iter().zip(by_group).filter_map(|(result, groups)| section(result, groups));
        let sections: Vec<AnyView> = sections.collect();
        let caution = divided.then(|| {
            view! {
                <p class="ds-meta">"Where few people answered, we show less, so that nobody can be recognised."</p>
            }
        });
        view! {
            <a class="govuk-back-link" href="/surveys">"Surveys"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"What you told us"</span>" "{asked.survey.title.clone()}</h1>
                <p class="ds-lead">{lead}</p>
            </div>
            {caution}
            {sections}
        }
    })
    .into())
}

/// One question. People's own words are not public: nobody has read them for names yet.
fn section(result: &QuestionResult, groups: Option<Released>) -> Option<AnyView> {
    let sentence = bars::sentence(result);
    if sentence.is_empty() {
        return None;
    }
    let table = result.table.as_ref().and_then(|table| bars::table(&result.question, table));
    let groups = groups.map(|released| by_area(&result.question.text, &released));
    let view = view! {
        <section class="ds-section">
            <h2>{result.question.text.clone()}</h2>
            <p>{sentence}</p>
            {table}
            {groups}
        </section>
    };
    Some(view.into_any())
}

/// Per cent satisfied in each group.
pub fn by_area(question: &str, released: &Released) -> AnyView {
    let rows = released.groups.iter().map(|(name, table)| {
        let (percent, range, base) = match (table.share, table.base()) {
            (Some(share), Some(base)) => {
                (format!("{}%", share.percent), format!("{:.0}% to {:.0}%", share.low, share.high), base.to_string())
            }
            (None, Some(base)) => ("Hidden".to_owned(), String::new(), base.to_string()),
            (_, None) => ("Too few to show".to_owned(), String::new(), String::new()),
        };
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="ds-table__number">{percent}</td>
                <td class="ds-table__number">{range}</td>
                <td class="ds-table__number">{base}</td>
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
                            <th scope="col" class="ds-table__number">"Probably between"</th>
                            <th scope="col" class="ds-table__number">"People"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        </details>
    }
    .into_any()
}
