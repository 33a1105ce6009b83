//! A pack as a page shows it: one table for each theme.

use leptos::prelude::*;

use super::parts::{done_of, word};
use crate::clock;
use crate::plans::pack::{Pack, PackRow};
use crate::plans::progress::Counts;
use crate::ui;

/// How the actions of the pack stand, in a sentence; parts are not counted.
#[must_use]
pub fn summary(pack: &Pack) -> String {
    let actions = pack.rows.iter().filter(|row| row.part_of.is_none());
    format!("{}.", done_of(Counts::of(actions.map(PackRow::word))))
}

/// Its rows.
pub fn rows(pack: &Pack) -> AnyView {
    if pack.rows.is_empty() {
        return view! { <div class="ds-empty"><p>"The plan had no actions on that day."</p></div> }.into_any();
    }
    let themes = pack.rows.chunk_by(|a, b| a.theme == b.theme).map(|theme| {
        let title = theme.first().map(|row| crate::plans::plan::calm(&row.theme)).unwrap_or_default();
        let objectives = theme.chunk_by(|a, b| a.objective_ref == b.objective_ref).map(|under| {
            let named = under.first().map(|row| format!("{}. {}", row.objective_ref, row.objective)).unwrap_or_default();
            view! {
                <tr><th colspan="6" scope="rowgroup">{named}</th></tr>
                {under.iter().map(row).collect_view()}
            }
        });
        let (objectives, label) = (objectives.collect_view(), title.clone());
        view! {
            <section class="ds-section"><h2>{title.clone()}</h2>
                <div class="ds-scroll" role="region" aria-label=label tabindex="0"><table class="ds-table ds-table--stack">
                    <caption class="govuk-visually-hidden">{title}</caption>
                    <thead><tr><th scope="col" class="ds-table__tight">"Ref"</th><th scope="col">"Action"</th><th scope="col">"Lead"</th><th scope="col">"By when"</th><th scope="col" class="ds-table__tight">"Status"</th><th scope="col">"Evidence"</th></tr></thead>
                    <tbody>{objectives}</tbody>
                </table></div>
            </section>
        }
    });
    themes.collect_view().into_any()
}

fn row(of: &PackRow) -> AnyView {
    let heading = of.text.lines().next().filter(|line| !line.is_empty()).unwrap_or(&of.measure).to_owned();
    let slipped = of.slipped().map(|months| {
        format!("Moved back {}", ui::counted(usize::try_from(months).unwrap_or_default(), "month", "months"))
    });
    let slipped = slipped.map(|said| view! { <p class="ds-meta">{said}{(!of.deadline_reason.is_empty()).then(|| format!(": {}", of.deadline_reason))}</p> });
    let due = of.due().map_or_else(|| "No date".to_owned(), |month| month.to_string());
    let updated = of.updated.map(|on| view! { <p class="ds-meta">{clock::day(on)}</p> });
    let leads = if of.leads.is_empty() { "Nobody".to_owned() } else { of.leads.replace('\n', ", ") };
    let evidence = if of.evidence.is_empty() { "None".to_owned() } else { of.evidence.join("; ") };
    view! {
        <tr>
            <th scope="row" class="ds-table__tight">{of.reference.clone().unwrap_or_else(|| "part".to_owned())}</th>
            <td><a href=format!("/staff/plan/actions/{}", of.id)>{heading}</a></td>
            <td data-label="Lead">{leads}</td>
            <td data-label="By when">{due}{slipped}</td>
            <td class="ds-table__tight">{word(of.word())}{updated}</td>
            <td data-label="Evidence">{evidence}</td>
        </tr>
    }
    .into_any()
}
