//! Results as files: released figures for those who may see results, single answers for the few who may
//! take them out of the program.

use std::collections::HashMap;

use crate::exchange::csv;
use crate::questionnaires::code_book;
use crate::questionnaires::response::Channel;
use crate::statistics::table::{Base, Cell, Table};
use crate::surveys::came_by::CameBy;
use crate::surveys::results::{Gathered, QuestionResult};
use crate::surveys::survey::Asked;

/// Every answer of a survey, a row for each person in the order of arrival: no reference, no time of day.
#[must_use]
pub fn answers(asked: &Asked, gathered: &Gathered) -> Vec<u8> {
    let questions = asked.version.questionnaire.questions();
    let places = code_book::places(&asked.version.questionnaire);
    let open: HashMap<(i64, i64), &str> =
        gathered.open.iter().map(|answer| ((answer.response_id, answer.question_key), answer.value.as_str())).collect();
    let head = ["Answer", "Day", "Came by"].into_iter().map(str::to_owned);
    let head: Vec<String> = head.chain(questions.iter().map(|question| question.text.clone())).collect();
    let rows = gathered.stored.iter().map(|response| {
        let start = [
            response.number.to_string(),
            response.received_on.to_string(),
            Channel::label(&response.channel).to_owned(),
        ];
        let cells = questions.iter().zip(&places).map(|(question, place)| {
            let value = open.get(&(response.response_id, i64::from(question.key))).copied();
            let answer = code_book::decode(&question.kind, *place, &response.codes, value);
            answer.map(|answer| question.kind.export(&answer)).unwrap_or_default()
        });
        start.into_iter().chain(cells).collect()
    });
    csv::write(std::iter::once(head).chain(rows))
}

/// The released figures, a row for each answer offered, after how many answered by each channel.
#[must_use]
pub fn figures(results: &[QuestionResult], came_by: Option<&CameBy>) -> Vec<u8> {
    let mut rows = vec![["Question", "Answer", "People", "Per cent", "Base"].map(str::to_owned)];
    for row in came_by.map(|came_by| came_by.table.rows.as_slice()).unwrap_or_default() {
        let (count, percent) = in_cells(row.cell);
        let base = came_by.and_then(|came_by| came_by.table.base()).map(|base| base.to_string());
        rows.push(["How people answered".to_owned(), row.label.clone(), count, percent, base.unwrap_or_default()]);
    }
    for result in results {
        let question = result.question.text.clone();
        if let Some(mean) = result.mean {
            let value = format!("{:.1}", mean.value);
            rows.push([question.clone(), "Average".to_owned(), value, String::new(), mean.base.to_string()]);
        }
        let Some(table) = &result.table else { continue };
        let base = table.base().map(|base| base.to_string()).unwrap_or_default();
        for row in &table.rows {
            let (count, percent) = in_cells(row.cell);
            rows.push([question.clone(), row.label.clone(), count, percent, base.clone()]);
        }
        if !table.is_shown() {
            rows.push([question, String::new(), too_few(table), String::new(), String::new()]);
        }
    }
    csv::write(rows)
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
