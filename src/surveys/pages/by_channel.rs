//! The results of staff divided by how people answered: how many did by each channel, and the share of each.

use leptos::prelude::*;

use crate::statistics::disclosure::{Policy, Released};
use crate::statistics::table::{Cell, Table};
use crate::surveys::came_by::CameBy;
use crate::surveys::files::single;
use crate::surveys::results::{Gathered, QuestionResult};
use crate::surveys::survey::Asked;

/// What the section shows.
pub struct ByChannel {
    came_by: CameBy,
    /// Each question with a share, and its channels.
    questions: Vec<(String, Released)>,
}

/// Takes the released figures; nothing where everybody answered by the same channel.
pub fn load(gathered: &Gathered, asked: &Asked, results: &[QuestionResult], policy: &Policy) -> Option<ByChannel> {
    let came_by = gathered.came_by(policy);
    if came_by.table.rows.len() < 2 {
        return None;
    }
    let shared = results.iter().filter(|result| result.question.kind.has_share());
    let questions = shared.flat_map(|result| {
        let (question, came_by) = (&result.question, &came_by);
        question.kind.facets().into_iter().filter_map(move |facet| {
            let released = gathered.by_channel(asked, question, &facet, came_by, policy)?;
            Some((single::headed(&question.text, &facet.about), released))
        })
    });
    let questions: Vec<_> = questions.collect();
    Some(ByChannel { came_by, questions })
}

impl ByChannel {
    /// The section.
    pub fn view(self) -> AnyView {
        let sentence = self.came_by.sentence().map(|words| view! { <p>{words}</p> });
        view! {
            <section class="ds-section">
                <h2>"By how people answered"</h2>
                {sentence}
                {counts(&self.came_by.table)}
                {shares(&self.questions)}
            </section>
        }
        .into_any()
    }
}

fn counts(table: &Table) -> AnyView {
    let rows = table.rows.iter().map(|row| {
        let (percent, count) = match row.cell {
            Cell::Shown { count, percent } => (format!("{percent}%"), count.to_string()),
            Cell::Hidden => ("Hidden".to_owned(), "Hidden".to_owned()),
        };
        view! {
            <tr>
                <th scope="row">{row.label.clone()}</th>
                <td class="ds-table__number">{percent}</td>
                <td class="ds-table__number">{count}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let hidden = table.hides_some().then(|| {
        view! { <p class="ds-figure-note">"“Hidden” stands where so few people answered that way that they might be recognised, or where another hidden number could be worked out."</p> }
    });
    view! {
        <div class="ds-scroll" role="region" aria-label="How people answered" tabindex="0">
            <table class="ds-table">
                <caption class="govuk-visually-hidden">"How people answered"</caption>
                <thead><tr>
                    <th scope="col">"Channel"</th>
                    <th scope="col" class="ds-table__number">"Per cent"</th>
                    <th scope="col" class="ds-table__number">"People"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {hidden}
    }
    .into_any()
}

/// Who was satisfied, a row for each question and a column for each channel.
fn shares(questions: &[(String, Released)]) -> Option<AnyView> {
    let (_, first) = questions.first()?;
    let heads =
        first.groups.iter().map(|(name, _)| view! { <th scope="col" class="ds-table__number">{name.clone()}</th> });
    let heads = heads.collect_view();
    let rows = questions.iter().map(|(question, released)| {
        let cells = released.groups.iter().map(|(_, table)| cell(table)).collect_view();
        view! { <tr><th scope="row">{question.clone()}</th>{cells}</tr> }
    });
    let rows = rows.collect_view();
    let caption = "Who was satisfied or agreed, by how they answered";
    let view = view! {
        <div class="ds-scroll" role="region" aria-label=caption tabindex="0">
            <table class="ds-table">
                <caption>{caption}</caption>
                <thead><tr><th scope="col">"Question"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="ds-figure-note">"Under each share stands how many people it rests on. People who answer in another way are often other people: a difference need not come from the way."</p>
    };
    Some(view.into_any())
}

fn cell(table: &Table) -> AnyView {
    let (share, base) = match (table.share, table.base()) {
        (Some(share), Some(base)) => (format!("{}%", share.percent), Some(base)),
        (None, Some(base)) => ("Hidden".to_owned(), Some(base)),
        (_, None) => (if table.rows.is_empty() { "Too few" } else { "Hidden" }.to_owned(), None),
    };
    let base = base.map(|base| view! { <br/><span class="ds-meta">{format!("of {base}")}</span> });
    view! { <td class="ds-table__number">{share}{base}</td> }.into_any()
}
