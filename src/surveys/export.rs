//! Results as files: released figures for those who may see results, single answers for the few who may
//! take them out of the program.

use std::collections::HashMap;

use crate::questionnaires::code_book;
use crate::questionnaires::response::Channel;
use crate::statistics::table::{Cell, Table};
use crate::surveys::results::{Gathered, QuestionResult};
use crate::surveys::survey::Asked;

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it.
#[must_use]
pub fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// Every answer of a survey, a row for each person in the order of arrival: no reference, no time of day.
///
/// # Errors
/// When the rows cannot be written, which does not happen in memory.
pub fn answers(asked: &Asked, gathered: &Gathered) -> Result<Vec<u8>, csv::Error> {
    let questions = asked.version.questionnaire.questions();
    let places = code_book::places(&asked.version.questionnaire);
    let open: HashMap<(i64, i64), &str> =
        gathered.open.iter().map(|answer| ((answer.response_id, answer.question_key), answer.value.as_str())).collect();
    let mut rows = csv::Writer::from_writer(Vec::new());
    let head = ["Answer", "Day", "Came by"].into_iter().map(str::to_owned);
    rows.write_record(head.chain(questions.iter().map(|question| neutral(&question.text))))?;
    for response in &gathered.stored {
        let start = [
            response.number.to_string(),
            response.received_on.to_string(),
            Channel::label(&response.channel).to_owned(),
        ];
        let cells = questions.iter().zip(&places).map(|(question, place)| {
            let value = open.get(&(response.response_id, i64::from(question.key))).copied();
            let answer = code_book::decode(&question.kind, *place, &response.codes, value);
            let shown = answer.map(|answer| match (&answer, question.kind.is_number()) {
                // A bare number stays one, so that it can be added up.
                (crate::questionnaires::answer::Answer::Open(number), true) => number.clone(),
                _ => neutral(&question.kind.show(&answer)),
            });
            shown.unwrap_or_default()
        });
        rows.write_record(start.into_iter().chain(cells))?;
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

/// The released figures, a row for each answer offered.
///
/// # Errors
/// When the rows cannot be written, which does not happen in memory.
pub fn figures(results: &[QuestionResult]) -> Result<Vec<u8>, csv::Error> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["Question", "Answer", "People", "Per cent", "Base"])?;
    for result in results {
        let question = neutral(&result.question.text);
        let Some(table) = &result.table else { continue };
        let base = table.base().map(|base| base.to_string()).unwrap_or_default();
        for row in &table.rows {
            let (count, percent) = in_cells(row.cell);
            rows.write_record([&question, &neutral(&row.label), &count, &percent, &base])?;
        }
        if !table.is_shown() {
            rows.write_record([&question, "", &too_few(table), "", ""])?;
        }
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

fn in_cells(cell: Cell) -> (String, String) {
    match cell {
        Cell::Shown { count, percent } => (count.to_string(), percent.to_string()),
        Cell::Hidden => ("hidden".to_owned(), "hidden".to_owned()),
    }
}

fn too_few(table: &Table) -> String {
    match table.base {
        crate::statistics::table::Base::FewerThan(minimum) => format!("fewer than {minimum}"),
        _ => "hidden".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v16_nothing_in_a_cell_is_taken_for_a_formula() {
        for cell in ["=1+1", "+44", "-3", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        assert_eq!(neutral("Very satisfied"), "Very satisfied");
        assert_eq!(neutral(""), "");
    }
}
