//! What came of a monthly survey: twelve months together first, then month by month, small months joined.

use leptos::prelude::*;

use crate::settings::small_numbers;
use crate::statistics::trend::Point;
use crate::surveys::pages::bars;
use crate::surveys::pages::over_time::{cells, chance, changed};
use crate::surveys::rolling::results::{self, Line, Results, Told};
use crate::surveys::rolling::store;
use crate::ui::chart;
use crate::web::{Page, PageError, Reply, Req};

/// `/staff/surveys/monthly/{id}/results`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let id: i64 = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let series = store::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let months = store::list_months(&mut tx, id).await?;
    let policy = small_numbers::staff(&req.landlord);
    let results = results::load(&mut tx, months, &req.landlord, &policy, req.now()).await?;
    Ok(Page::staff(format!("Results: {}", series.title), move || {
        let body = match &results {
            Some(results) => view(results),
            None => view! { <div class="ds-empty"><p>"No month is over yet. Results appear half an hour after the first one has closed."</p></div> }.into_any(),
        };
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/monthly/{}", series.id)>{series.title.clone()}</a>
            <div class="ds-heading"><h1><span class="ds-heading__caption">{series.title.clone()}</span>" Results"</h1><p class="ds-lead">"Twelve months together say more than one month, whose homes are few. Each figure is of whole months that may be told by themselves."</p></div>
            {body}
        }
    })
    .into())
}

fn view(results: &Results) -> AnyView {
    let lines = results.lines.iter().enumerate().map(|(at, line)| section(at, line, results));
    let lines: Vec<AnyView> = lines.collect();
    view! {
        {lines}
        <p class="ds-figure-note">"“Probably between” says where the share would lie had everybody been asked. Months in which too few answered are joined with other such months, and wait until there are enough: so nothing can be worked out of a few people by taking one figure from another. A share is called higher or lower only where chance would bring such a difference, in any question told for that month, less often than once in 20 times: a z test of two shares, corrected for the number of questions after Holm. Shares are as people answered; the weights of a month stand in its own results."</p>
    }
    .into_any()
}

fn section(at: usize, line: &Line, results: &Results) -> AnyView {
    let flags = line.standings.iter().zip(&results.months).filter_map(|(standing, month)| {
        Some(view! { <p class="ds-meta">{format!("{}: {}.", month.name(), standing.in_words()?)}</p> }.into_any())
    });
    let flags: Vec<AnyView> = flags.collect();
    let waiting: Vec<String> = line.waiting.iter().map(|month| results.name(*month)).collect();
    let waiting = (!waiting.is_empty()).then(|| {
        let words = format!(
            "Too few answered to tell: {}. They are told with other such months as soon as there are enough.",
            waiting.join(", ")
        );
        view! { <p class="ds-meta">{words}</p> }
    });
    let body = if line.periods.is_empty() {
        view! { <p>"Too few people have answered to show anything yet."</p> }.into_any()
    } else {
        let windows = line.windows.iter().rev().map(|told| (window_name(told, results), told));
        let periods = line.periods.iter().map(|told| (names(&told.months, results), told));
        view! {
            {sentence(line, results).map(|words| view! { <p>{words}</p> })}
            {drawn(at, line, results)}
            {table("Months together", &line.text, windows.collect())}
            {table("Month by month", &line.text, periods.collect())}
        }
        .into_any()
    };
    view! {
        <section class="ds-section">
            <h2>{line.text.clone()}</h2>
            {body}
            {waiting}
            {flags}
        </section>
    }
    .into_any()
}

/// The newest months together in a sentence.
fn sentence(line: &Line, results: &Results) -> Option<String> {
    let newest = line.windows.last()?;
    let share = newest.table.share?;
    Some(format!(
        "{} {} in {}, probably between {:.0}% and {:.0}%.",
        bars::percent(&share),
        line.did,
        window_name(newest, results),
        share.low,
        share.high
    ))
}

/// "March, May and June 2027".
fn names(months: &[usize], results: &Results) -> String {
    let names: Vec<String> = months.iter().map(|month| results.name(*month)).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// "The 12 months to June 2027", with how many of them are told where that is not all.
fn window_name(told: &Told, results: &Results) -> String {
    let (first, last) = (told.months.first().copied().unwrap_or(0), told.months.last().copied().unwrap_or(0));
    if first == last {
        return results.name(last);
    }
    let span = (last + 1).min(results::TOGETHER);
    let partly =
        if told.months.len() < span { format!(" ({} of them told)", told.months.len()) } else { String::new() };
    format!("the {span} months to {}{partly}", results.name(last))
}

/// The line over the periods, where at least two can be shown.
fn drawn(at: usize, line: &Line, results: &Results) -> Option<AnyView> {
    let value = |told: &Told| {
        let share = told.table.share?;
        Some(share.tenths.map_or(f64::from(share.percent), |tenths| f64::from(tenths) / 10.0))
    };
    if line.periods.iter().filter_map(value).count() < 2 {
        return None;
    }
    let points: Vec<chart::Point> = line
        .periods
        .iter()
        .map(|told| chart::Point {
            label: names(&told.months, results),
            value: value(told),
            target: None,
            reached: true,
        })
        .collect();
    let said = line
        .periods
        .iter()
        .filter_map(|told| Some(format!("{}: {}", names(&told.months, results), bars::percent(&told.table.share?))));
    let said = said.collect::<Vec<_>>().join("; ");
    let title = format!("{} – month by month", line.text);
    let decimals =
        usize::from(line.periods.iter().filter_map(|told| told.table.share).any(|share| share.tenths.is_some()));
    let words = move |value: f64| format!("{value:.decimals$}%");
    Some(chart::line(&format!("months-{at}"), &title, &said, &points, words))
}

fn table(title: &'static str, text: &str, rows: Vec<(String, &Told)>) -> AnyView {
    let compares = rows.iter().any(|(_, told)| told.since.is_some());
    let rounded = rows.iter().any(|(_, told)| told.table.rounded);
    let lines = rows.into_iter().map(|(name, told)| {
        let point = Point { table: told.table.clone(), since: told.since };
        let [percent, between, base] = cells(Some(&point));
        let since = compares.then(|| {
            let words = told.since.as_ref().map(changed).unwrap_or_default();
            let p = told.since.and_then(|change| change.p).map(chance).unwrap_or_default();
            view! { <td>{words}</td><td class="ds-table__number">{p}</td> }
        });
        let mut letters = name.chars();
        let name: String = letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect());
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="ds-table__number">{percent}</td>
                <td class="ds-table__number">{between}</td>
                <td class="ds-table__number">{base}</td>
                {since}
            </tr>
        }
    });
    let lines = lines.collect_view();
    let heads = compares.then(|| view! { <th scope="col">"Since the months before"</th><th scope="col" class="ds-table__number">"By chance (p)"</th> });
    let caption = format!("{title}: {text}");
    let label = caption.clone();
    view! {
        <h3>{title}</h3>
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Months"</th>
                    <th scope="col" class="ds-table__number">"Satisfied or agreed"</th>
                    <th scope="col" class="ds-table__number">"Probably between"</th>
                    <th scope="col" class="ds-table__number">{bars::heading(rounded)}</th>
                    {heads}
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}
