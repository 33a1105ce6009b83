//! A survey as one workbook: single answers as codes and in words, what the codes mean, and the released figures.

use std::path::Path;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::XlsxError;

use crate::clock;
use crate::exchange::variable::Value;
use crate::exchange::xlsx::{self, Sheet};
use crate::surveys::export;
use crate::surveys::files::codebook;
use crate::surveys::files::single::SingleAnswers;

/// What a workbook is made of.
pub struct Parts<'a> {
    /// The survey's title.
    pub title: &'a str,
    /// When it is made.
    pub made_at: DateTime<Utc>,
    /// A folder for what is on its way.
    pub scratch: &'a Path,
    /// The single answers.
    pub answers: &'a SingleAnswers<'a>,
    /// The rows of released figures.
    pub figures: Vec<Vec<String>>,
}

/// Writes the workbook.
///
/// # Errors
/// When it would hold more than a workbook can, or there is no room to write it.
pub fn write(parts: Parts<'_>) -> Result<Vec<u8>, XlsxError> {
    let Parts { title, made_at, scratch, answers, figures } = parts;
    let made_on = clock::day(clock::london_day(made_at));
    let variables = answers.variables();
    let names = variables.iter().map(|variable| variable.name.clone()).collect();
    let words = |cells: Vec<String>| cells.into_iter().map(Value::words).collect::<Vec<Value>>();
    let sheets = vec![
        Sheet { name: "About", head: Vec::new(), rows: Box::new(about(title, &made_on, answers.people()).into_iter()) },
        Sheet { name: "Data", head: names, rows: Box::new(answers.values()) },
        Sheet { name: "Labels", head: answers.heads(), rows: Box::new(answers.in_words().map(words)) },
        Sheet {
            name: "Codebook",
            head: codebook::HEADS.map(str::to_owned).to_vec(),
            rows: Box::new(codebook::rows(&variables).into_iter()),
        },
        Sheet {
            name: "Tables",
            head: export::HEADS.map(str::to_owned).to_vec(),
            rows: Box::new(figures.into_iter().map(figure)),
        },
    ];
    xlsx::write(made_at, scratch, sheets)
}

/// A row of figures with its numbers as numbers; what is hidden stays a word.
fn figure(cells: Vec<String>) -> Vec<Value> {
    let first = cells.iter().take(2).map(Value::words);
    let numbers = cells.iter().skip(2).map(|cell| cell.parse().map_or_else(|_| Value::words(cell), Value::Number));
    first.chain(numbers).collect()
}

fn about(title: &str, made_on: &str, people: usize) -> Vec<Vec<Value>> {
    let lines = [
        ("Survey", title),
        ("Made on", made_on),
        ("Data", "The answers as codes, a row for each person. The codes stand in the sheet “Codebook”"),
        ("Labels", "The same answers in words, in the same order"),
        ("Codebook", "What each variable holds, and each code. Codes marked “No answer” do not belong in a base"),
        ("Tables", "The released figures. What is hidden there must not be worked out from the answers and passed on"),
        (
            "Left out",
            "Number, day and reference of each answer, and ways of answering that few people used: they could say whose row it is. The order of the rows means nothing",
        ),
        (
            "Care",
            "Words that people wrote can name them. Keep this file where only those can open it who need it, and delete it when you are done",
        ),
    ];
    let mut rows: Vec<Vec<Value>> = lines.map(|(what, words)| vec![Value::words(what), Value::words(words)]).to_vec();
    let people = Value::Number(f64::from(u32::try_from(people).unwrap_or(u32::MAX)));
    rows.insert(2, vec![Value::words("Answers"), people]);
    rows
}
