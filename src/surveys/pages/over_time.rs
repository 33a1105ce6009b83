//! Waves beside each other: every question in a sentence, a chart and a table, and by which ways people answered.

use leptos::prelude::*;

use crate::clock;
use crate::statistics::standing::Standing;
use crate::statistics::table::{Base, Cell};
use crate::statistics::trend::{Change, Point};
use crate::surveys::pages::{bars, over_time_weighted};
use crate::surveys::survey::Survey;
use crate::surveys::waves::mix::Mix;
use crate::surveys::waves::series::{Line, Series};
use crate::ui::chart;

/// How a wave is called: its month, and its title where two have the same month.
fn names(waves: &[Survey]) -> Vec<String> {
    let month = |survey: &Survey| survey.last_day().format("%B %Y").to_string();
    let alike = |survey: &Survey| waves.iter().filter(|other| month(other) == month(survey)).count();
    let name = |survey: &Survey| match alike(survey) {
        1 => month(survey),
        _ => clock::day(survey.last_day()),
    };
    waves.iter().map(name).collect()
}

/// Every question over the waves, after the ways in which people answered.
pub fn view(series: &Series) -> AnyView {
    let names = names(&series.waves);
    let lines = series.lines.iter().enumerate().map(|(at, line)| section(at, line, series, &names));
    let lines: Vec<AnyView> = lines.collect();
    let compares = series.lines.iter().flat_map(|line| line.points.iter().flatten()).any(|point| point.since.is_some());
    let note = compares.then(|| {
        view! { <p class="ds-figure-note">"A share is called higher or lower only where chance would bring such a difference, in any question compared here, less often than once in 20 times: a z test of two shares, corrected for the number of questions after Holm."</p> }
    });
    view! {
        {mix(&series.mix, &names)}
        {over_time_weighted::note(series, &names)}
        {lines}
        <p class="ds-figure-note">"“Probably between” says where the share would lie had everybody been asked."</p>
        {note}
    }
    .into_any()
}

/// What moved since the wave before, in a sentence; nothing where that cannot be said.
pub fn sentence(line: &Line) -> Option<String> {
    let shown = |point: &Point| point.table.share.map(|share| bars::percent(&share));
    let (now, before) = (line.points.last()?.as_ref()?, line.points.iter().rev().nth(1)?.as_ref()?);
    let (then, now_share) = (shown(before)?, shown(now)?);
    let did = line.did;
    Some(match now.since.map(|change| change.standing) {
        Some(Standing::Higher) => {
            format!("More people {did} than last time: {then}, then {now_share}. That is more than chance explains.")
        }
        Some(Standing::Lower) => {
            format!("Fewer people {did} than last time: {then}, then {now_share}. That is more than chance explains.")
        }
        Some(Standing::NoClearDifference) => {
            format!(
                "About as many people {did} as last time: {then}, then {now_share}. Chance alone may explain the difference."
            )
        }
        Some(Standing::TooFew) => {
            format!("{then}, then {now_share} {did}. Too few people answered to say whether it is more than chance.")
        }
        None => format!("{then}, then {now_share} {did}."),
    })
}

fn section(at: usize, line: &Line, series: &Series, names: &[String]) -> AnyView {
    let flags = line.standings.iter().zip(names).filter_map(|(standing, name)| {
        let words = standing.in_words()?;
        Some(view! { <p class="ds-meta">{format!("{name}: {words}.")}</p> }.into_any())
    });
    let flags: Vec<AnyView> = flags.collect();
    view! {
        <section class="ds-section">
            <h3>{line.text.clone()}</h3>
            {sentence(line).map(|words| view! { <p>{words}</p> })}
            {flags}
            {drawn(at, line, names)}
            {table(line, series, names)}
        </section>
    }
    .into_any()
}

/// The line over the waves, where at least two can be shown.
fn drawn(at: usize, line: &Line, names: &[String]) -> Option<AnyView> {
    let share = |point: &Option<Point>| point.as_ref().and_then(|point| point.table.share);
    let shares: Vec<Option<f64>> = line
        .points
        .iter()
        .map(|point| {
            share(point).map(|share| share.tenths.map_or(f64::from(share.percent), |tenths| f64::from(tenths) / 10.0))
        })
        .collect();
    if shares.iter().flatten().count() < 2 {
        return None;
    }
    let points: Vec<chart::Point> = names
        .iter()
        .zip(&shares)
        .map(|(name, value)| chart::Point { label: name.clone(), value: *value, target: None, reached: true })
        .collect();
    let said = names
        .iter()
        .zip(&line.points)
        .filter_map(|(name, point)| Some(format!("{name}: {}", bars::percent(&share(point)?))));
    let said = said.collect::<Vec<_>>().join("; ");
    let title = format!("{} – wave by wave", line.text);
    let decimals = usize::from(line.points.iter().filter_map(share).any(|share| share.tenths.is_some()));
    let words = move |value: f64| format!("{value:.decimals$}%");
    Some(chart::line(&format!("wave-{at}"), &title, &said, &points, words))
}

fn table(line: &Line, series: &Series, names: &[String]) -> AnyView {
    let compares = line.points.iter().flatten().any(|point| point.since.is_some());
    let rounded = line.points.iter().flatten().any(|point| point.table.rounded);
    let rows = names.iter().zip(&line.points).enumerate().map(|(at, (name, point))| {
        let [percent, between, base] = cells(point.as_ref());
        let since = compares.then(|| {
            let change = point.as_ref().and_then(|point| point.since);
            let words = change.as_ref().map(changed).unwrap_or_default();
            let p = change.and_then(|change| change.p).map(chance).unwrap_or_default();
            view! { <td>{words}</td><td class="ds-table__number">{p}</td> }
        });
        let is_weighed = series.weighed.get(at).copied().unwrap_or_default();
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                <td class="ds-table__number">{percent}</td>
                <td class="ds-table__number">{between}</td>
                <td class="ds-table__number">{base}</td>
                {since}
                {over_time_weighted::cells(line, at, is_weighed)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let caption = format!("Wave by wave: {}", line.text);
    let label = caption.clone();
    let heads = compares.then(|| view! { <th scope="col">"Since the wave before"</th><th scope="col" class="ds-table__number">"By chance (p)"</th> });
    view! {
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Wave"</th>
                    <th scope="col" class="ds-table__number">"Satisfied or agreed"</th>
                    <th scope="col" class="ds-table__number">"Probably between"</th>
                    <th scope="col" class="ds-table__number">{bars::heading(rounded)}</th>
                    {heads}
                    {over_time_weighted::heads(line)}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub(super) fn cells(point: Option<&Point>) -> [String; 3] {
    let Some(point) = point else { return ["Not compared", "", ""].map(str::to_owned) };
    let base = match point.table.base {
        Base::Shown(base) => base.to_string(),
        Base::FewerThan(minimum) => format!("Fewer than {minimum}"),
        Base::Withheld => "Hidden".to_owned(),
    };
    match point.table.share {
        Some(share) => [bars::percent(&share), format!("{:.0}% to {:.0}%", share.low, share.high), base],
        None if point.table.is_shown() => ["Hidden".to_owned(), String::new(), base],
        None => ["Too few".to_owned(), String::new(), base],
    }
}

pub(super) fn changed(change: &Change) -> String {
    let points = format!("{:+.1} points", change.points).replace('-', "−");
    let words = match change.standing {
        Standing::Higher => "higher",
        Standing::Lower => "lower",
        Standing::NoClearDifference => "no clear difference",
        Standing::TooFew => "too few to compare",
    };
    format!("{points}: {words}")
}

/// How often chance alone would bring it.
pub(super) fn chance(p: f64) -> String {
    if p < 0.001 { "under 0.001".to_owned() } else { format!("{p:.3}") }
}

/// By which ways people answered, and a warning where that changed.
fn mix(mix: &Mix, names: &[String]) -> Option<AnyView> {
    if mix.ways.len() < 2 {
        return None;
    }
    let warning = mix.changed_last().then(|| {
        view! { <div class="govuk-inset-text">"People answered in other ways than last time. Who answers on paper, by telephone and online is not alike, and people answer a person otherwise than a form: what moved below may have moved because of that."</div> }
    });
    let heads =
        names.iter().map(|name| view! { <th scope="col" class="ds-table__number">{name.clone()}</th> }).collect_view();
    let rows = mix.ways.iter().enumerate().map(|(at, way)| {
        let cells = mix.tables.iter().map(|table| {
            let cell = match table.rows.get(at).map(|row| row.cell) {
                Some(Cell::Shown { percent, .. }) => format!("{percent}%"),
                Some(Cell::Hidden) => "Hidden".to_owned(),
                None => "Too few".to_owned(),
            };
            view! { <td class="ds-table__number">{cell}</td> }
        });
        view! { <tr><th scope="row">{capital(way)}</th>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let label = "How people answered, wave by wave";
    let view = view! {
        <section class="ds-section">
            <h3>"How people answered"</h3>
            {warning}
            <div class="ds-scroll" role="region" aria-label=label tabindex="0">
                <table class="ds-table">
                    <caption class="govuk-visually-hidden">{label}</caption>
                    <thead><tr><th scope="col">"Way"</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(view.into_any())
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |letter| letter.to_uppercase().chain(letters).collect())
}
