//! Results as files: released figures for those who may see results.

use crate::exchange::csv;
use crate::statistics::disclosure::Released;
use crate::statistics::standing::Standing;
use crate::statistics::table::{Base, Cell, Table};
use crate::statistics::weights::Weighted;
use crate::surveys::came_by::CameBy;
use crate::surveys::results::{FacetResult, QuestionResult};
use crate::surveys::weighting::weighed::Weighed;

/// A question's words and what a column or a row is about, where that is not the question as a whole.
#[must_use]
pub fn headed(question: &str, about: &str) -> String {
    if about.is_empty() { question.to_owned() } else { format!("{question} – {about}") }
}

/// What stands beside the figures of one question: its shares by area, and weighted.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Facet by facet, by area.
    pub areas: Vec<Released>,
    /// The weighted share, where it is shown.
    pub weighted: Option<Weighted>,
    /// The weighted per cent of each answer, where it may be shown.
    pub rows: Vec<Option<f64>>,
}

impl Beside {
    /// What stands beside a question whose figures by area and weighted are these.
    #[must_use]
    pub fn of(areas: Vec<Released>, weighed: Option<&Weighed>) -> Self {
        let share = weighed.and_then(|weighed| weighed.told()?.as_ref().ok().copied());
        Self { areas, weighted: share, rows: weighed.map(|weighed| weighed.rows().to_vec()).unwrap_or_default() }
    }
}

/// The heads of the columns of figures.
pub const HEADS: [&str; 8] =
    ["Question", "Answer", "People", "Per cent", "Base", "From", "To", "Compared with the rest"];

/// A row of the figures of which the last columns may be left out.
fn row<const N: usize>(cells: [String; N]) -> Vec<String> {
    let lacking = HEADS.len().saturating_sub(N);
    cells.into_iter().chain(std::iter::repeat_n(String::new(), lacking)).collect()
}

/// The released figures, a row for each answer offered in each facet, after how many answered by each channel; then the
/// shares, as answered and weighted, by area and by channel. `beside` is in the order of the results.
#[must_use]
pub fn figures(
    results: &[QuestionResult],
    beside: &[Beside],
    came_by: Option<&CameBy>,
    by_channel: &[(String, Released)],
) -> Vec<u8> {
    let rows = figure_rows(results, beside, came_by, by_channel);
    csv::write(std::iter::once(HEADS.map(str::to_owned).to_vec()).chain(rows))
}

/// The same rows without their heads.
#[must_use]
pub fn figure_rows(
    results: &[QuestionResult],
    beside: &[Beside],
    came_by: Option<&CameBy>,
    by_channel: &[(String, Released)],
) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for line in came_by.map(|came_by| came_by.table.rows.as_slice()).unwrap_or_default() {
        let (count, percent) = in_cells(line.cell);
        let base = came_by.and_then(|came_by| came_by.table.base()).map(|base| base.to_string());
        rows.push(row([
            "How people answered".to_owned(),
            line.label.clone(),
            count,
            percent,
            base.unwrap_or_default(),
        ]));
    }
    let none = Beside::default();
    for (result, beside) in results.iter().zip(beside.iter().chain(std::iter::repeat(&none))) {
        of_question(result, beside, &mut rows);
    }
    for (question, released) in by_channel {
        groups(question, released, &mut rows);
    }
    rows
}

fn of_question(result: &QuestionResult, beside: &Beside, rows: &mut Vec<Vec<String>>) {
    let question = result.question.text.clone();
    if result.is_shut {
        rows.push(row([question.clone(), String::new(), "sealed, and cannot be opened".to_owned()]));
    }
    if let Some(mean) = result.mean {
        let decimals = usize::from(result.question.kind.decimals().max(1));
        let value = format!("{:.decimals$}", mean.value);
        rows.push(row([question.clone(), "Average".to_owned(), value, String::new(), mean.base.to_string()]));
    }
    for (at, FacetResult { about, table }) in result.facets.iter().enumerate() {
        let question = headed(&question, about);
        let base = table.base().map(|base| base.to_string()).unwrap_or_default();
        if let Some(mean) = table.mean.filter(|_| result.question.kind.facets_are_bound()) {
            let mean = format!("{mean:.1}");
            rows.push(row([question.clone(), "Mean place".to_owned(), mean, String::new(), base.clone()]));
        }
        for line in &table.rows {
            let (count, percent) = in_cells(line.cell);
            rows.push(row([question.clone(), line.label.clone(), count, percent, base.clone()]));
        }
        if !table.is_shown() {
            rows.push(row([question.clone(), String::new(), too_few(table)]));
        }
        if result.question.kind.has_share() && table.is_shown() {
            rows.push(share(&question, "Satisfied or agreed", table, ""));
        }
        for (line, weighted) in table.rows.iter().zip(&beside.rows).filter(|_| at == 0) {
            let percent = weighted.map_or_else(|| "hidden".to_owned(), |percent| format!("{percent:.1}"));
            rows.push(row([question.clone(), format!("{} (weighted)", line.label), String::new(), percent]));
        }
        if let Some(weighted) = beside.weighted.as_ref().filter(|_| at == 0) {
            let Weighted { percent, low, high, effective } = weighted;
            let words = [format!("{percent:.1}"), format!("{effective:.0}"), format!("{low:.0}"), format!("{high:.0}")];
            let start = [question.clone(), "Satisfied or agreed (weighted)".to_owned(), String::new()];
            rows.push(start.into_iter().chain(words).chain([String::new()]).collect());
        }
        if let Some(released) = beside.areas.get(at) {
            groups(&question, released, rows);
        }
    }
}

/// The share of each group, with how it stands to the rest.
fn groups(question: &str, released: &Released, rows: &mut Vec<Vec<String>>) {
    for (at, (name, table)) in released.groups.iter().enumerate() {
        let standing = released.comparison.as_ref().and_then(|compared| compared.groups.get(at).copied().flatten());
        let verdict = standing.map_or("", Standing::in_words);
        rows.push(share(question, &format!("Satisfied or agreed: {name}"), table, verdict));
    }
}

fn share(question: &str, answer: &str, table: &Table, verdict: &str) -> Vec<String> {
    let start = [question.to_owned(), answer.to_owned(), String::new()];
    let cells = match (table.share, table.base()) {
        (Some(share), Some(base)) => {
            let tenths = share.tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
            let percent = tenths.unwrap_or_else(|| share.percent.to_string());
            [percent, base.to_string(), format!("{:.0}", share.low), format!("{:.0}", share.high)]
        }
        (None, Some(base)) => ["hidden".to_owned(), base.to_string(), String::new(), String::new()],
        (_, None) => [too_few(table), String::new(), String::new(), String::new()],
    };
    start.into_iter().chain(cells).chain([verdict.to_owned()]).collect()
}

fn in_cells(cell: Cell) -> (String, String) {
    match cell {
        Cell::Shown { count, percent } => (count.to_string(), percent.to_string()),
        Cell::Hidden => ("hidden".to_owned(), "hidden".to_owned()),
    }
}

fn too_few(table: &Table) -> String {
    match table.base {
        Base::FewerThan(minimum) => format!("fewer than {minimum}"),
        _ => "hidden".to_owned(),
    }
}
