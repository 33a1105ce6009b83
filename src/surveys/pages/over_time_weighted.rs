//! The weighted share of each wave beside the one as people answered.

use leptos::prelude::*;

use crate::statistics::trend::Point;
use crate::statistics::weights::Weighted;
use crate::surveys::pages::over_time::{chance, changed};
use crate::surveys::waves::series::{Line, Series};

/// What stands in the cells of a wave without weights.
const NO_WEIGHTS: &str = "No weights";

/// Whether any share of a line is weighted, so that the table has columns for it.
pub fn is_weighted(line: &Line) -> bool {
    line.weighted.iter().flatten().next().is_some()
}

/// Whether weighted shares of a line are compared.
fn compares(line: &Line) -> bool {
    line.weighted.iter().flatten().any(|point| point.since.is_some())
}

/// What is said of weights above every question: that they are there, and in which waves they are not.
pub fn note(series: &Series, names: &[String]) -> Option<AnyView> {
    if !series.weighed.contains(&true) {
        return None;
    }
    let without: Vec<&str> = series
        .weighed
        .iter()
        .zip(names)
        .filter(|(is_weighed, _)| !**is_weighed)
        .map(|(_, name)| name.as_str())
        .collect();
    let flag = (!without.is_empty()).then(|| {
        let words = format!(
            "{}: answers have no weights. A change of the weighted share is not told there; compare the shares as people answered.",
            without.join(", ")
        );
        view! { <div class="govuk-inset-text">{words}</div> }
    });
    let view = view! {
        <p>"Each share is given as people answered and weighted, by the weights of its own wave. “As good as” says how many answers that each count once would say as much; the design effect is how many times as many answers the weights cost."</p>
        {flag}
    };
    Some(view.into_any())
}

/// The headings of the columns.
pub fn heads(line: &Line) -> Option<AnyView> {
    is_weighted(line).then(|| {
        let compares = compares(line).then(|| {
            view! { <th scope="col">"Weighted, since the wave before"</th><th scope="col" class="ds-table__number">"By chance (p)"</th> }
        });
        view! {
            <th scope="col" class="ds-table__number">"Weighted"</th>
            <th scope="col" class="ds-table__number">"Probably between"</th>
            <th scope="col" class="ds-table__number">"As good as"</th>
            {compares}
        }
        .into_any()
    })
}

/// The cells of one wave.
pub fn cells(line: &Line, at: usize, is_weighed: bool) -> Option<AnyView> {
    if !is_weighted(line) {
        return None;
    }
    let point = line.weighted.get(at).and_then(Option::as_ref);
    let plain = line.points.get(at).and_then(Option::as_ref);
    let [share, between, as_good] = match point.map(|point| &point.told) {
        Some(Ok(share)) => shown(share, plain),
        Some(Err(_)) => ["Hidden", "", ""].map(str::to_owned),
        None if is_weighed => ["Not shown", "", ""].map(str::to_owned),
        None => [NO_WEIGHTS, "", ""].map(str::to_owned),
    };
    let since = compares(line).then(|| {
        let change = point.and_then(|point| point.since);
        let words = change.as_ref().map(changed).unwrap_or_default();
        let p = change.and_then(|change| change.p).map(chance).unwrap_or_default();
        view! { <td>{words}</td><td class="ds-table__number">{p}</td> }
    });
    let view = view! {
        <td class="ds-table__number">{share}</td>
        <td class="ds-table__number">{between}</td>
        <td class="ds-table__number">{as_good}</td>
        {since}
    };
    Some(view.into_any())
}

fn shown(share: &Weighted, plain: Option<&Point>) -> [String; 3] {
    let rounded = plain.is_some_and(|point| point.table.rounded);
    let percent = if rounded { format!("{:.0}%", share.percent) } else { format!("{:.1}%", share.percent) };
    // A design effect of rounded numbers would say more than they do.
    let effect = plain.and_then(|point| point.table.base()).filter(|_| !rounded && share.effective > 0.0);
    let effect = effect.map(|base| format!(" (design effect {:.2})", f64::from(base) / share.effective));
    let as_good = format!("{:.0}{}", share.effective, effect.unwrap_or_default());
    [percent, format!("{:.0}% to {:.0}%", share.low, share.high), as_good]
}
