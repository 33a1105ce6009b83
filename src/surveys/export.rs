//! Results as tables of words: released figures for those who may see results, single answers for the few who may
//! take them out of the program.

use crate::exchange::csv;
use crate::statistics::table::{Base, Cell, Table};
use crate::surveys::came_by::CameBy;
use crate::surveys::files::single::{SingleAnswers, headed};
use crate::surveys::results::{FacetResult, QuestionResult};

/// Every answer of a survey in words, a row for each person.
#[must_use]
pub fn answers(answers: &SingleAnswers<'_>) -> Vec<u8> {
    csv::write(std::iter::once(answers.heads()).chain(answers.in_words()))
}

/// The heads of the released figures.
pub const FIGURE_HEADS: [&str; 5] = ["Question", "Answer", "People", "Per cent", "Base"];

/// The released figures as a file.
#[must_use]
pub fn figures(results: &[QuestionResult], came_by: Option<&CameBy>) -> Vec<u8> {
    let heads = FIGURE_HEADS.map(str::to_owned).to_vec();
    csv::write(std::iter::once(heads).chain(figure_rows(results, came_by)))
}

/// The released figures, a row for each answer offered in each facet, after how many answered by each channel.
#[must_use]
pub fn figure_rows(results: &[QuestionResult], came_by: Option<&CameBy>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for row in came_by.map(|came_by| came_by.table.rows.as_slice()).unwrap_or_default() {
        let (count, percent) = in_cells(row.cell);
        let base = came_by.and_then(|came_by| came_by.table.base()).map(|base| base.to_string());
        rows.push(["How people answered".to_owned(), row.label.clone(), count, percent, base.unwrap_or_default()]);
    }
    for result in results {
        let question = result.question.text.clone();
        if let Some(mean) = result.mean {
            let decimals = usize::from(result.question.kind.decimals().max(1));
            let value = format!("{:.decimals$}", mean.value);
            rows.push([question.clone(), "Average".to_owned(), value, String::new(), mean.base.to_string()]);
        }
        for FacetResult { about, table } in &result.facets {
            let question = headed(&question, about);
            let base = table.base().map(|base| base.to_string()).unwrap_or_default();
            if let Some(mean) = table.mean.filter(|_| result.question.kind.facets_are_bound()) {
                let mean = format!("{mean:.1}");
                rows.push([question.clone(), "Mean place".to_owned(), mean, String::new(), base.clone()]);
            }
            for row in &table.rows {
                let (count, percent) = in_cells(row.cell);
                rows.push([question.clone(), row.label.clone(), count, percent, base.clone()]);
            }
            if !table.is_shown() {
                rows.push([question, String::new(), too_few(table), String::new(), String::new()]);
            }
        }
    }
    rows.into_iter().map(|row: [String; 5]| row.to_vec()).collect()
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
