//! The figures of a question that is counted item by item: all items at a glance, then each by itself.

use leptos::prelude::*;

use crate::questionnaires::question::Question;
use crate::statistics::disclosure::Released;
use crate::statistics::table::{Cell, Table};
use crate::surveys::pages::{bars, public_results};
use crate::surveys::results::{FacetResult, QuestionResult};

/// The figures; nothing for a question that is counted as a whole.
pub fn view(result: &QuestionResult, groups: &[Released]) -> Option<AnyView> {
    let (question, facets) = (&result.question, &result.facets);
    if facets.is_empty() && question.kind.facets_are_bound() {
        let why = "The order is shown for everybody only, since small groups’ orders would give each other away.";
        return Some(view! { <p>{why}</p> }.into_any());
    }
    let first = facets.get(1).and(facets.first())?;
    if !facets.iter().any(|facet| facet.table.is_shown()) {
        return Some(view! { <p>{bars::of_table(question, &first.table)}</p> }.into_any());
    }
    let each = facets.iter().enumerate().map(|(at, facet)| by_itself(question, facet, groups.get(at)));
    let each: Vec<AnyView> = each.collect();
    let glance = if question.kind.facets_are_bound() { order(question, facets) } else { shares(question, facets) };
    Some(view! { {glance}{each} }.into_any())
}

/// Every option with its mean place and how many put it first, the highest place first.
fn order(question: &Question, facets: &[FacetResult]) -> AnyView {
    let mut facets: Vec<&FacetResult> = facets.iter().collect();
    facets.sort_by(|one, other| match (one.table.mean, other.table.mean) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    let rows = facets.iter().map(|FacetResult { about, table }| {
        let mean = table.mean.map_or_else(|| "Hidden".to_owned(), |mean| format!("{mean:.1}"));
        let (bar, first) = match table.rows.first().map(|row| row.cell) {
            Some(Cell::Shown { percent, .. }) => (Some(bars::bar(percent, None)), format!("{percent}%")),
            _ => (None, "Hidden".to_owned()),
        };
        view! {
            <tr>
                <th scope="row">{about.clone()}{bar}</th>
                <td class="ds-table__number">{first}</td>
                <td class="ds-table__number">{mean}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let (base, rounded) =
        facets.iter().find_map(|facet| facet.table.base().zip(Some(facet.table.rounded))).unwrap_or_default();
    let hidden = facets.iter().any(|facet| facet.table.hides_some()).then(bars::hidden_note);
    let caption = format!("The order: {}", question.text);
    let label = caption.clone();
    view! {
        <p>{format!("This is the order that {} gave. A mean place of 1 would be: everybody put it first.", bars::people(base, rounded))}</p>
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Answer"</th>
                    <th scope="col" class="ds-table__number">"Put it first"</th>
                    <th scope="col" class="ds-table__number">"Mean place"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {hidden}
        <p class="ds-figure-note">"The mean place is that among the people who gave the answer a place."</p>
    }
    .into_any()
}

/// The share of every item in one table.
fn shares(question: &Question, facets: &[FacetResult]) -> AnyView {
    let rows = facets.iter().map(|FacetResult { about, table }| {
        let bar = table.share.map(|share| bars::bar(share.percent, None));
        let (percent, range, base) = share_of(table);
        view! {
            <tr>
                <th scope="row">{about.clone()}{bar}</th>
                <td class="ds-table__number">{percent}{range}</td>
                <td class="ds-table__number">{base}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let rounded = facets.iter().any(|facet| facet.table.rounded);
    let words = question.kind.share_words().unwrap_or("answered");
    let caption = format!("Item by item: {}", question.text);
    let label = caption.clone();
    view! {
        <p>{format!("The share of people who {words}, item by item. Whoever said that an item does not apply to them is not counted for it.")}</p>
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Item"</th>
                    <th scope="col" class="ds-table__number">"Satisfied or agreed"</th>
                    <th scope="col" class="ds-table__number">{bars::heading(rounded)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="ds-figure-note">"Under each share stands where it would probably lie, had everybody been asked."</p>
    }
    .into_any()
}

fn share_of(table: &Table) -> (String, Option<AnyView>, String) {
    match (table.share, table.base()) {
        (Some(share), Some(base)) => {
            let range = format!("{:.0}% to {:.0}%", share.low, share.high);
            let range = view! { <br/><span class="ds-meta">{range}</span> }.into_any();
            (format!("{}%", share.percent), Some(range), base.to_string())
        }
        (None, Some(base)) => ("Hidden".to_owned(), None, base.to_string()),
        (_, None) => ("Too few".to_owned(), None, String::new()),
    }
}

/// One item: its sentence, its distribution, and how groups differ.
fn by_itself(question: &Question, facet: &FacetResult, groups: Option<&Released>) -> AnyView {
    let asked = Question { text: format!("{} – {}", question.text, facet.about), ..question.clone() };
    let groups = groups.map(|released| public_results::by_area(&asked.text, released));
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{format!("How people answered: {}", facet.about)}</span>
            </summary>
            <div class="govuk-details__text">
                <p>{bars::of_table(&asked, &facet.table)}</p>
                {bars::table(&asked, &facet.table)}
                {groups}
            </div>
        </details>
    }
    .into_any()
}
