//! The results of staff divided by how people answered: how many did by each channel, and the share of each.

use leptos::prelude::*;

use crate::statistics::disclosure::{Policy, Released};
use crate::statistics::standing::{self, Standing};
use crate::statistics::table::{Cell, Table};
use crate::surveys::came_by::CameBy;
use crate::surveys::export;
use crate::surveys::pages::bars;
use crate::surveys::results::{Gathered, QuestionResult};

/// What the section shows.
pub struct ByChannel {
    came_by: CameBy,
    /// Each question with a share, and its channels.
    questions: Vec<(String, Released)>,
}

/// Takes the released figures; nothing where everybody answered by the same channel.
pub fn load(gathered: &Gathered, results: &[QuestionResult], policy: &Policy) -> Option<ByChannel> {
    let came_by = gathered.came_by(policy);
    if came_by.table.rows.len() < 2 {
        return None;
    }
    let shared = results.iter().filter(|result| result.question.kind.has_share());
    let questions = shared.flat_map(|result| {
        let (question, came_by) = (&result.question, &came_by);
        question.kind.facets().into_iter().filter_map(move |facet| {
            let released = gathered.by_channel(question, &facet, came_by, policy)?;
            Some((export::headed(&question.text, &facet.about), released))
        })
    });
    let (names, mut divided): (Vec<String>, Vec<Released>) = questions.unzip();
    // They are read together, so that one that stands out by chance in the whole table is no news.
    standing::compare_together(&mut divided);
    Some(ByChannel { came_by, questions: names.into_iter().zip(divided).collect() })
}

impl ByChannel {
    /// Each question with its channels, compared.
    pub fn questions(&self) -> &[(String, Released)] {
        &self.questions
    }

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
        let compared = released.comparison.as_ref();
        let standing = |at: usize| compared.and_then(|compared| compared.groups.get(at).copied().flatten());
        let cells = released.groups.iter().enumerate();
        let cells = cells.map(|(at, (_, table))| cell(table, standing(at))).collect_view();
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
        <p class="ds-figure-note">"Under each share stands how many people it rests on. A way is called higher or lower than the rest, which is everybody who answered otherwise, only where chance would bring such a difference, in any place of this table, less often than once in 20 times. People who answer in another way are often other people: a difference need not come from the way."</p>
    };
    Some(view.into_any())
}

fn cell(table: &Table, standing: Option<Standing>) -> AnyView {
    let (share, base) = match (table.share, table.base()) {
        (Some(share), Some(base)) => (bars::percent(&share), Some(base)),
        (None, Some(base)) => ("Hidden".to_owned(), Some(base)),
        (_, None) => (if table.rows.is_empty() { "Too few" } else { "Hidden" }.to_owned(), None),
    };
    let base = base.map(|base| view! { <br/><span class="ds-meta">{format!("of {base}")}</span> });
    let standing = standing.map(|standing| view! { <br/><span class="ds-meta">{standing.in_words()}</span> });
    view! { <td class="ds-table__number">{share}{base}{standing}</td> }.into_any()
}
