//! What residents told us in a survey that has closed: in words first. It is drawn from frozen results and nothing else.

use leptos::prelude::*;

use crate::db::Tx;
use crate::settings::small_numbers;
use crate::statistics::disclosure::Released;
use crate::statistics::standing::Standing;
use crate::surveys::pages::verbatims::written;
use crate::surveys::pages::{bars, found, items, measures, onward, over_time, standing, versions, weighted};
use crate::surveys::results::QuestionResult;
use crate::surveys::snapshot::{Content, QuestionFigures, Snapshot};
use crate::surveys::store::snapshots::{self, Listed};
use crate::surveys::survey::{Asked, Survey};
use crate::surveys::waves::series;
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys/{slug}/results?version=1`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    let mut tx = req.app.db.read().await?;
    let (shown, all) = frozen(&mut tx, &req, &asked).await?;
    let policy = small_numbers::public(&req.landlord);
    let readable = shown.content.questions.iter().filter(|figures| figures.words_may_show);
    let readable: Vec<u16> = readable.map(|figures| figures.question.key).collect();
    let written = written::load_public(&mut tx, &asked, &readable, &policy, req.today()).await?;
    let is_published = |survey: &Survey| survey.results_published_at.is_some();
    let series = series::load(&mut tx, &asked, &req.landlord, &policy, is_published).await?;
    let onward = onward::load(&mut tx, &asked).await?;
    Ok(Page::new(format!("Results: {}", shown.content.title), move || {
        let path = asked.survey.path();
        view! {
            <a class="govuk-back-link" href="/surveys">"Surveys"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"What you told us"</span>" "{shown.content.title.clone()}</h1>
                <p class="ds-lead">{shown.content.method.lead()}</p>
            </div>
            {figures(&shown.content, &path)}
            {series.as_ref().map(|series| view! {
                <section class="ds-section">
                    <h2>"Compared with earlier surveys"</h2>
                    {over_time::view(series)}
                </section>
            })}
            {written.iter().map(written::Written::view).collect_view()}
            {versions::view(&shown, &all, &path)}
            {onward.view()}
        }
    })
    .into())
}

/// The results that the address asks for, if a second person approved them: the newest, or a version by its number. With
/// every version that is public.
pub async fn frozen(tx: &mut Tx, req: &Req, asked: &Asked) -> Result<(Snapshot, Vec<Listed>), PageError> {
    let number = match req.query("version") {
        Some(text) => Some(text.parse::<i64>().map_err(|_| PageError::NotFound)?),
        None => None,
    };
    let shown = snapshots::find_public(tx, asked.survey.id, number).await?.ok_or(PageError::NotFound)?;
    Ok((shown, snapshots::list_public(tx, asked.survey.id).await?))
}

/// Frozen results before they are public, for whoever decides on them.
pub fn preview(content: &Content, path: &str) -> AnyView {
    let method = content.method.sentences().into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    view! {
        <p class="ds-lead">{content.title.clone()}": "{content.method.lead()}</p>
        {figures(content, path)}
        {method}
    }
    .into_any()
}

/// Frozen results after their heading, the same before and after they are approved.
fn figures(content: &Content, path: &str) -> AnyView {
    let sections = content.questions.iter().filter_map(|figures| section(&figures.result(), figures));
    let sections: Vec<AnyView> = sections.collect();
    let caution = content.method.people.filter(|_| !sections.is_empty()).map(|_| {
        view! {
            <p class="ds-meta">"Numbers of people are rounded to the nearest 5, so they may not add up; shares are worked out before rounding. Where few people answered, we show less, so that nobody can be recognised."</p>
        }
    });
    let measures = content.measures.as_ref().map(|known| measures::published(known, path));
    let came_by = content.method.came_by.sentence();
    view! {
        {came_by.map(|words| view! { <p>{words}</p> })}
        {measures}
        {caution}
        {sections}
    }
    .into_any()
}

/// One question. People's own words are not public here: those that somebody has read have a section of their own.
fn section(result: &QuestionResult, figures: &QuestionFigures) -> Option<AnyView> {
    let groups = &figures.groups;
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
            {figures.asked_of.iter().cloned().map(|words| view! { <p class="ds-meta">{words}</p> }).collect_view()}
            {sentence}
            {figures.weighed.as_ref().map(|weighed| weighted::view(weighed, result))}
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
            let words = compared.groups.get(at).copied().flatten().map_or("Not compared", Standing::in_words);
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
