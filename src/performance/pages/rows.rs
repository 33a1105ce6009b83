//! Standards as rows: promise, newest value, status, movement, a year at a glance, and each source with how many stand behind it.

use leptos::prelude::*;

use crate::performance::period::{Period, Span};
use crate::performance::sentence;
use crate::performance::shops;
use crate::performance::standing::Standing;
use crate::performance::trend::Trend;
use crate::performance::value::{Limits, Shown, Value};
use crate::standards::{Published, Source};
use crate::ui;
use crate::ui::chart::{self, Point};
use crate::web::number;

/// A row, with nothing left to work out.
pub struct Row {
    pub slug: String,
    pub title: String,
    pub area: String,
    pub target: String,
    pub shown: Shown,
    value: String,
    base: String,
    trend: Option<Trend>,
    points: Vec<Point>,
    sources: Vec<String>,
    pub needs_explanation: bool,
}

impl Row {
    /// The row of a standard as staff may see it.
    #[must_use]
    pub fn of(standing: &Standing, limits: &Limits) -> Self {
        let standard = &standing.standard;
        let shown = standing.shown(limits);
        let (value, base) = value_and_base(standard, &shown, standing.latest.as_ref(), limits);
        Self {
            slug: standard.slug.clone(),
            title: standard.title.clone(),
            area: standard.area_name.clone(),
            target: standard.target_in_words(),
            shown,
            value,
            base,
            trend: standing.trend(limits),
            points: standing.points(limits),
            sources: Source::ALL.into_iter().map(|source| source_in_words(standing, source, limits)).collect(),
            needs_explanation: standing.needs_explanation(limits),
        }
    }

    /// The status' code for filters; "none" where nothing is known.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.shown.code().unwrap_or("none")
    }

    /// Its place when the worst come first.
    #[must_use]
    pub fn rank(&self) -> usize {
        let order = ["missing", "close", "too-few", "none", "meeting"];
        order.iter().position(|code| *code == self.code()).unwrap_or(order.len())
    }
}

/// A value and what stands behind it, in two short lines.
#[must_use]
pub fn value_and_base(
    standard: &Published,
    shown: &Shown,
    latest: Option<&Value>,
    limits: &Limits,
) -> (String, String) {
    let over = |source| latest.map(|value| shops::months(source, value.period)).unwrap_or_default();
    match *shown {
        Shown::Nothing => ("Nothing yet".into(), String::new()),
        Shown::TooFew => match latest.filter(|value| value.source == Some(Source::Shop)) {
            Some(value) => (value.shops_in_words(limits), over(Source::Shop)),
            None => ("Too few".into(), over(Source::Survey)),
        },
        Shown::Value { value, base, source, .. } => (
            sentence::value(standard.unit, value),
            format!("{}, {}", sentence::base(source, standard, base), over(source)),
        ),
    }
}

/// The newest three months in which a source said anything.
#[must_use]
pub fn newest_of(standing: &Standing, source: Source) -> Option<&Value> {
    let months = standing.values.iter().rev().filter(|value| value.period.span == Span::Month);
    let newest = months.into_iter().find(|value| value.on(source).is_some())?;
    standing.value(Period { ends: newest.period.ends, span: Span::Quarter })
}

/// A source in a few words: "81% (n 212), Sep 2026", "Too few to report (3 shops), 12 months to Sep 2026".
#[must_use]
pub fn source_in_words(standing: &Standing, source: Source, limits: &Limits) -> String {
    let Some(value) = newest_of(standing, source) else { return "None".into() };
    let unit = standing.standard.unit;
    let ends = value.period.ends.short();
    let ends = if source == Source::Shop { format!("12 months to {ends}") } else { ends };
    match value.source_shown(source, unit, limits) {
        Shown::Nothing => "None".into(),
        Shown::TooFew if source == Source::Shop => format!("{}, {ends}", value.shops_in_words(limits)),
        Shown::TooFew => format!("Too few, {ends}"),
        Shown::Value { value: number, base, .. } => {
            format!("{} (n {}), {ends}", sentence::value(unit, number), number::grouped(&base))
        }
    }
}

/// The mark of a status.
pub fn mark(shown: &Shown) -> AnyView {
    match shown.code() {
        Some(code) => ui::status(code, shown.label()),
        None => view! { <span class="ds-meta">{shown.label()}</span> }.into_any(),
    }
}

/// The table of rows.
pub fn table(rows: Vec<Row>, with_area: bool) -> AnyView {
    // A short table is seen whole; only a long one scrolls under its headings.
    let class = if rows.len() > 12 { "ds-scroll ds-scroll--tall" } else { "ds-scroll" };
    let lines = rows.into_iter().map(|row| line(row, with_area)).collect_view();
    view! {
        <div class=class tabindex="0" role="region" aria-label="Standards and how they stand">
            <table class="ds-table">
                <thead><tr>
                    <th scope="col">"Promise"</th>
                    <th scope="col">"Now, over three months (shops over 12)"</th>
                    <th scope="col">"Status"</th>
                    <th scope="col">"Last 12 months"</th>
                    <th scope="col">"Residents’ answers"</th>
                    <th scope="col">"Mystery shops"</th>
                    <th scope="col">"Our records"</th>
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn line(row: Row, with_area: bool) -> AnyView {
    let needs = row
        .needs_explanation
        .then(|| view! { <br/><strong class="govuk-tag govuk-tag--red">"Needs an explanation"</strong> });
    let area = with_area.then(|| view! { <br/><span class="ds-meta">{row.area.clone()}</span> });
    let trend = row.trend.map(Trend::words);
    let sources = row.sources.iter().map(|words| view! { <td>{kept_together(words)}</td> }).collect_view();
    let mark = mark(&row.shown);
    view! {
        <tr>
            <th scope="row">
                <a class="govuk-link" href=format!("/staff/performance/standards/{}", row.slug)>{row.title.clone()}</a>
                {area}
                <br/><span class="ds-meta">"Promise: " {row.target.clone()}</span>
            </th>
            <td><strong>{row.value.clone()}</strong><br/><span class="ds-meta">{row.base.clone()}</span></td>
            <td>{mark}{needs}</td>
            <td>{chart::spark(&row.points)}<br/><span class="ds-meta">{trend}</span></td>
            {sources}
        </tr>
    }
    .into_any()
}

/// A source's words for a narrow column: a line ends neither between "n" and its number nor between month and year.
fn kept_together(words: &str) -> String {
    words.replace("(n ", "(n\u{a0}").replace(" 20", "\u{a0}20")
}

/// How many rows have each status, as large figures.
pub fn tally(rows: &[Row]) -> AnyView {
    let count = |code: &str| rows.iter().filter(|row| row.code() == code).count();
    let facts = [
        ("ds-fact ds-fact--good", "meeting the promise", count("meeting")),
        ("ds-fact", "close", count("close")),
        ("ds-fact ds-fact--late", "missing it", count("missing")),
        ("ds-fact", "with too few answers to say, or nothing yet", count("too-few") + count("none")),
    ];
    let facts = facts.map(|(class, what, number)| {
        view! { <div class=class><dt>{what}</dt><dd>{number.to_string()}</dd></div> }
    });
    view! { <dl class="ds-facts">{facts.into_iter().collect_view()}</dl> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_its_letter_and_a_month_with_its_year() {
        assert_eq!(kept_together("83.6% (n 3,368), Oct 2026"), "83.6% (n\u{a0}3,368), Oct\u{a0}2026");
        assert_eq!(kept_together("None"), "None");
    }
}
