//! Results as files: released figures for those who may see results, single answers for the few who may
//! take them out of the program.

use std::collections::HashMap;

use crate::exchange::csv;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::code_book;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::Channel;
use crate::statistics::table::{Base, Cell, Table};
use crate::surveys::came_by::CameBy;
use crate::surveys::results::{FacetResult, Gathered, QuestionResult};
use crate::surveys::survey::Asked;

/// Every answer of a survey, a row for each person in the order of their numbers: no reference, no time of day.
#[must_use]
pub fn answers(asked: &Asked, gathered: &Gathered) -> Vec<u8> {
    let questionnaire = &asked.version.questionnaire;
    let questions = questionnaire.questions();
    let places = code_book::places(questionnaire);
    let open: HashMap<(i64, i64), &str> =
        gathered.open.iter().map(|answer| ((answer.response_id, answer.question_key), answer.value.as_str())).collect();
    let head = ["Answer", "Day", "Came by"].into_iter().map(str::to_owned);
    let head: Vec<String> = head.chain(questions.iter().flat_map(|question| heads(question, questionnaire))).collect();
    let rows = gathered.stored.iter().map(|response| {
        let start = [
            response.number.to_string(),
            response.received_on.to_string(),
            Channel::label(&response.channel).to_owned(),
        ];
        let cells = questions.iter().zip(&places).flat_map(|(question, place)| {
            let value = open.get(&(response.response_id, i64::from(question.key))).copied();
            let answer = code_book::decode(&question.kind, *place, &response.codes, value);
            question.kind.cells(&answer.unwrap_or(Answer::NoAnswer))
        });
        start.into_iter().chain(cells).collect()
    });
    csv::write(std::iter::once(head).chain(rows))
}

/// The heads of a question's columns.
fn heads(question: &Question, among: &Questionnaire) -> Vec<String> {
    let words = piping::described(&question.text, among);
    question.kind.columns().iter().map(|column| headed(&words, column)).collect()
}

/// A question's words and what a column or a row is about, where that is not the question as a whole.
#[must_use]
pub fn headed(question: &str, about: &str) -> String {
    if about.is_empty() { question.to_owned() } else { format!("{question} – {about}") }
}

/// The released figures, a row for each answer offered in each facet, after how many answered by each channel.
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
