//! The rows of a table as answers: each as it would come in, what is wrong with it, and what of it would not count.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::exchange::Fault;
use crate::exchange::sheet::Row;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::{read, routing};
use crate::random::sha256;
use crate::surveys::enter;
use crate::surveys::files::intake::cell::{self, Numbers};
use crate::surveys::files::intake::slot::{self, DAY, Part, ROW, Slot};
use crate::surveys::files::intake::table::Table;
use crate::surveys::survey::Asked;

/// How a file is read: what staff said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The code of the channel; empty until it is chosen.
    pub channel: String,
    /// The day of all rows, where no column has it.
    pub day: Option<NaiveDate>,
    /// What numbers mean, as a code of `Numbers`.
    pub numbers: String,
    /// For each column the code of the slot that it fills; empty where it is left out.
    pub columns: Vec<String>,
}

/// A row that could come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row as the spreadsheet numbers it.
    pub row: usize,
    /// The answers.
    pub answers: Answers,
    /// The day on which they were given.
    pub on: NaiveDate,
    /// By which the row is known when it comes again.
    pub key: String,
}

/// What was found in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The rows that could come in.
    pub entries: Vec<Entry>,
    /// What must be mended before anything comes in.
    pub faults: Vec<Fault>,
    /// What would not count, or not come in, though nothing is wrong.
    pub warnings: Vec<Fault>,
}

/// Reads every row.
#[must_use]
pub fn look(asked: &Asked, table: &Table, reading: &Reading, now: DateTime<Utc>) -> Seen {
    let slots = slot::slots(&asked.version.questionnaire);
    let filled = table.heads.iter().zip(&reading.columns).enumerate();
    let columns = filled.filter_map(|(at, (head, code))| {
        let slot = slots.iter().find(|slot| !code.is_empty() && slot.code == *code)?;
        Some(Column { at, head, slot })
    });
    let work = Work {
        asked,
        // What was left blank stays blank: nobody can ask again.
        questionnaire: asked.version.questionnaire.without_required(),
        columns: columns.collect(),
        numbers: reading.numbers.parse().unwrap_or(Numbers::Places),
        day: reading.day,
        now,
    };
    let mut seen = Seen::default();
    for (number, question) in (1..).zip(asked.version.questionnaire.questions()) {
        if question.kind.is_photo() {
            let message =
                format!("question {number} asks for a photo, which a table cannot hold. Nothing is taken for it");
            seen.warnings.push(Fault::new(1, "", message));
        }
    }
    let (mut keys, mut alike) = (HashMap::new(), HashMap::new());
    for row in &table.rows {
        work.row(row, &mut seen, &mut keys, &mut alike);
    }
    seen
}

struct Column<'a> {
    at: usize,
    head: &'a str,
    slot: &'a Slot,
}

struct Work<'a> {
    asked: &'a Asked,
    questionnaire: Questionnaire,
    columns: Vec<Column<'a>>,
    numbers: Numbers,
    day: Option<NaiveDate>,
    now: DateTime<Utc>,
}

impl Work<'_> {
    fn row(&self, row: &Row, seen: &mut Seen, keys: &mut HashMap<String, usize>, alike: &mut HashMap<String, usize>) {
        let (mut pairs, mut answered, mut faults) = (Vec::new(), BTreeSet::new(), Vec::new());
        let fault = |head: &str, message: String| Fault::new(row.number, head, message);
        let (mut own, mut day) = (None, self.day);
        for column in &self.columns {
            let cell = row.cells.get(column.at).map_or("", String::as_str);
            match (&column.slot.answers, column.slot.code.as_str()) {
                (None, ROW) => own = Some((column.head, cell)),
                (None, DAY) => match cell::day(cell) {
                    Ok(on) => day = Some(on),
                    Err(message) => faults.push(fault(column.head, message)),
                },
                (None, _) => {}
                (Some((key, part)), _) => match self.cell(*key, part, cell) {
                    Ok(found) => {
                        if !found.is_empty() {
                            answered.insert(*key);
                        }
                        pairs.extend(found);
                    }
                    Err(message) => faults.push(fault(column.head, message)),
                },
            }
        }
        if let Some(Err(refused)) = day.map(|on| enter::check_day(&self.asked.survey, on, self.now)) {
            let message = match refused {
                enter::Refused::InFuture => "the day has not come yet",
                enter::Refused::BeforeOpening => "the survey had not opened on that day",
                _ => "the survey had closed before that day",
            };
            faults.push(fault("", message.to_owned()));
        }
        let key = self.key(row, own, keys, alike).unwrap_or_else(|(head, message)| {
            faults.push(fault(head, message));
            String::new()
        });
        let answers = read::read_all(&self.questionnaire, &pairs).unwrap_or_else(|problems| {
            faults.extend(problems.into_iter().map(|problem| fault("", problem.message)));
            Answers::default()
        });
        if !faults.is_empty() {
            return seen.faults.append(&mut faults);
        }
        for (number, question) in self.not_asked(&answers, &answered) {
            let words = crate::questionnaires::piping::described(&question.text, &self.questionnaire);
            let message = format!(
                "question {number}, “{words}”, is not asked after these answers. What stands there does not count"
            );
            seen.warnings.push(fault("", message));
        }
        if answers.are_blank() {
            return seen.warnings.push(fault("", "no question is answered. The row is left out".to_owned()));
        }
        if let Some(on) = day {
            seen.entries.push(Entry { row: row.number, answers, on, key });
        }
    }

    fn cell(&self, key: u16, part: &Part, cell: &str) -> Result<Vec<(String, String)>, String> {
        let question = self.questionnaire.find(key);
        question.map_or(Ok(Vec::new()), |question| cell::pairs(question, part, cell, self.numbers))
    }

    /// The questions that were answered and are not asked, with their numbers.
    fn not_asked(&self, answers: &Answers, answered: &BTreeSet<u16>) -> Vec<(usize, &Question)> {
        let asked = routing::asked(&self.questionnaire, answers);
        let all = self.questionnaire.questions().iter().enumerate();
        let lost = all.filter(|(at, question)| answered.contains(&question.key) && !asked.contains(at));
        lost.map(|(at, question)| (at + 1, question)).collect()
    }

    /// What a row is known by: its own number, or else all that stands in it, sealed answers aside, and how many rows before
    /// it say the same.
    fn key<'h>(
        &self,
        row: &Row,
        own: Option<(&'h str, &str)>,
        keys: &mut HashMap<String, usize>,
        alike: &mut HashMap<String, usize>,
    ) -> Result<String, (&'h str, String)> {
        let secret = &self.asked.survey.seal_key;
        if let Some((head, number)) = own {
            if number.is_empty() {
                return Err((head, "the row has no number".to_owned()));
            }
            if let Some(first) = keys.insert(number.to_owned(), row.number) {
                return Err((head, format!("row {first} has the same number, “{number}”")));
            }
            return Ok(sha256(&format!("row {secret} {number}")));
        }
        // What is sealed takes no part: whoever has the database could try answers out until the key is the same.
        let is_sealed = |column: &&Column<'_>| {
            let question = column.slot.answers.as_ref().and_then(|(key, _)| self.questionnaire.find(*key));
            question.is_some_and(|question| question.sealed.is_some())
        };
        let columns = self.columns.iter().filter(|column| !is_sealed(column));
        let said: Vec<&str> = columns.map(|column| row.cells.get(column.at).map_or("", String::as_str)).collect();
        let said = sha256(&format!("{said:?}"));
        let before = alike.entry(said.clone()).or_insert(0);
        *before += 1;
        Ok(sha256(&format!("alike {secret} {before} {said}")))
    }
}
