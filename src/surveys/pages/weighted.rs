//! The share satisfied as people answered and weighted, side by side.

use leptos::prelude::*;

use crate::questionnaires::question::Question;
use crate::statistics::table::{Cell, Table};
use crate::statistics::weights::Weighted;
use crate::surveys::pages::bars;
use crate::surveys::results::QuestionResult;
use crate::surveys::weighting::weighed::Weighed;

/// The sentence, and both figures in a table.
pub fn view(weighed: &Weighed, result: &QuestionResult) -> AnyView {
    let table = result.table();
    let about = table.is_some_and(|table| table.rounded);
    let told = weighed.told().map(|told| view! { <p>{sentence(weighed, told, about)}</p> });
    let both = table.and_then(|table| side_by_side(weighed, &result.question, table));
    view! { {told}{both} }.into_any()
}

fn sentence(weighed: &Weighed, told: &Result<Weighted, String>, about: bool) -> String {
    let Weighted { percent, low, high, effective } = match told {
        Ok(share) => share,
        Err(why) => return why.clone(),
    };
    if weighed.by_homes {
        return format!(
            "Had every area answered in proportion to its homes, it would be {percent:.1}%, probably between {low:.0}% and {high:.0}%. Weighted like that, the answers say as much as {effective:.0} that need no weights; people who gave no area are left out.",
        );
    }
    let (percent, near) = if about { (format!("{percent:.0}%"), "about ") } else { (format!("{percent:.1}%"), "") };
    let differ = match weighed.differ {
        Some(true) => " Weighted too, the areas differ by more than chance would explain.",
        Some(false) => " Weighted, the areas differ no more than chance would explain.",
        None => "",
    };
    format!(
        "Weighted so that those who answered stand for everybody, it is {percent}, probably between {low:.0}% and {high:.0}%. Weighted, the answers say as much as {near}{effective:.0} that each count once.{differ}",
    )
}

/// Both figures in one table: the share, then each answer. Nothing where no weighted figure is shown.
fn side_by_side(weighed: &Weighed, question: &Question, table: &Table) -> Option<AnyView> {
    let percent = |of: f64| if table.rounded { format!("{of:.0}%") } else { format!("{of:.1}%") };
    let share = table.share.zip(weighed.told().and_then(|told| told.as_ref().ok()));
    if share.is_none() && weighed.rows().iter().all(Option::is_none) {
        return None;
    }
    let share = share.map(|(share, weighted)| {
        let of = format!("{:.0}% to {:.0}%, of {}", share.low, share.high, table.base().unwrap_or_default());
        let as_good = format!("{:.0}% to {:.0}%, as good as {:.0}", weighted.low, weighted.high, weighted.effective);
        view! {
            <tr>
                <th scope="row">"Satisfied or agreed"</th>
                <td class="ds-table__number">{bars::percent(&share)}<br/><span class="ds-meta">{of}</span></td>
                <td class="ds-table__number">{percent(weighted.percent)}<br/><span class="ds-meta">{as_good}</span></td>
            </tr>
        }
    });
    let rows = table.rows.iter().zip(weighed.rows()).map(|(row, weighted)| {
        let hidden = || "Hidden".to_owned();
        let plain = match row.cell {
            Cell::Shown { percent, .. } => format!("{percent}%"),
            Cell::Hidden => hidden(),
        };
        view! {
            <tr>
                <th scope="row">{row.label.clone()}</th>
                <td class="ds-table__number">{plain}</td>
                <td class="ds-table__number">{weighted.map_or_else(hidden, percent)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let caption = format!("As people answered and weighted: {}", question.text);
    let label = caption.clone();
    let view = view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"As people answered and weighted, side by side"</span></summary>
            <div class="govuk-details__text">
                <div class="ds-scroll" role="region" aria-label=label tabindex="0">
                    <table class="ds-table">
                        <caption class="govuk-visually-hidden">{caption}</caption>
                        <thead><tr>
                            <th scope="col">"Answer"</th>
                            <th scope="col" class="ds-table__number">"As people answered"</th>
                            <th scope="col" class="ds-table__number">"Weighted"</th>
                        </tr></thead>
                        <tbody>{share}{rows}</tbody>
                    </table>
                </div>
                <p class="ds-figure-note">"Under each share stands where it would probably lie, had everybody been asked, and how many answers it rests on: weighted, how many that each count once would say as much. “Hidden” stands where a few people might be recognised."</p>
            </div>
        </details>
    };
    Some(view.into_any())
}
