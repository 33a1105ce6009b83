//! The single answers of a survey as they may leave the program: a row for each person, with nothing that says when it
//! came or who was visited on a day.
//!
//! Neither number nor day is in it, whatever the channel: beside the log of changes, the visits in a diary or the post
//! book of an office they would say whose row it is. For the same reason the rows stand in an order that is made of a
//! key of the survey which nobody reads, the same in every file, so that files can be held against each other.

use std::collections::HashMap;

use crate::db::{self, Tx};
use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::Answer;
use crate::questionnaires::code_book::{self, Place};
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::{Open, Stored};
use crate::questionnaires::store::rows;
use crate::random::sha256;
use crate::surveys::export::headed;
use crate::surveys::files::ways::Ways;
use crate::surveys::survey::Asked;

/// The head of the column that says how an answer came.
pub const CAME_BY: &str = "Came by";

/// All that is stored of the answers to one survey.
pub struct Kept {
    pub(super) stored: Vec<Stored>,
    pub(super) open: Vec<Open>,
}

/// Reads all answers of a survey: for files that cannot be written in parts.
///
/// # Errors
/// When the database refuses.
pub async fn read(tx: &mut Tx, asked: &Asked) -> Result<Kept, db::Error> {
    let version = asked.version.id;
    let all = (0, rows::find_tally(tx, version).await?.responses);
    Ok(Kept {
        stored: rows::list_after(tx, version, all, i64::MAX).await?,
        open: rows::list_open(tx, version, all).await?,
    })
}

/// The single answers of one survey.
pub struct SingleAnswers<'a> {
    questionnaire: &'a Questionnaire,
    places: Vec<(usize, Place)>,
    rows: Vec<&'a Stored>,
    open: HashMap<(i64, i64), &'a str>,
    ways: Ways,
}

impl<'a> SingleAnswers<'a> {
    /// What is stored, in the order of no arrival. Whether so few may leave at all is for the caller to say.
    #[must_use]
    pub fn of(asked: &'a Asked, kept: &'a Kept, ways: Ways) -> Self {
        let questionnaire = &asked.version.questionnaire;
        let key = &asked.survey.seal_key;
        let mut rows: Vec<&Stored> = kept.stored.iter().collect();
        rows.sort_by_cached_key(|row| sha256(&format!("order {key} {}", row.response_id)));
        let open = kept.open.iter();
        Self {
            questionnaire,
            places: places(questionnaire),
            rows,
            open: open.map(|answer| ((answer.response_id, answer.question_key), answer.value.as_str())).collect(),
            ways,
        }
    }

    /// How many people answered.
    #[must_use]
    pub fn people(&self) -> usize {
        self.rows.len()
    }

    /// The heads of the columns of words.
    #[must_use]
    pub fn heads(&self) -> Vec<String> {
        let heads = self.questions().flat_map(|(_, question, _)| heads(question, self.questionnaire));
        std::iter::once(CAME_BY.to_owned()).chain(heads).collect()
    }

    /// The answers in words, a row for each person.
    pub fn in_words(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        self.rows.iter().map(|row| {
            let cells = self
                .answers(row)
                .flat_map(|(question, answer)| question.kind.cells(&answer.unwrap_or(Answer::NoAnswer)));
            std::iter::once(self.ways.name(&row.channel).to_owned()).chain(cells).collect()
        })
    }

    /// The variables of a data file.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        let came_by = Variable::new("came_by", CAME_BY, Holds::Codes { labels: Ways::labels(), ordered: false });
        let own = self.questions().flat_map(|(at, question, _)| variables(at + 1, question, self.questionnaire));
        std::iter::once(came_by).chain(own).collect()
    }

    /// The answers as they stand under the variables, a row for each person.
    pub fn values(&self) -> impl Iterator<Item = Vec<Value>> + '_ {
        self.rows.iter().map(|row| {
            let values = self.answers(row).flat_map(|(question, answer)| question.kind.values(answer.as_ref()));
            std::iter::once(Value::code(self.ways.code(&row.channel))).chain(values).collect()
        })
    }

    /// The most bytes of words under each variable; nought where it holds none.
    #[must_use]
    pub fn widths(&self) -> Vec<usize> {
        let mut longest: HashMap<i64, usize> = HashMap::new();
        for ((_, key), words) in &self.open {
            let bytes = longest.entry(*key).or_default();
            *bytes = words.len().max(*bytes);
        }
        let widths = self.questions().flat_map(|(_, question, _)| {
            let bytes = longest.get(&i64::from(question.key)).copied().unwrap_or_default();
            question.kind.variables().into_iter().map(move |of| if of.holds == Holds::Words { bytes } else { 0 })
        });
        std::iter::once(0).chain(widths).collect()
    }

    /// Each question with the answer of one person; none where they were not asked.
    fn answers(&self, row: &Stored) -> impl Iterator<Item = (&'a Question, Option<Answer>)> {
        self.questions().map(|(_, question, place)| {
            let open = self.open.get(&(row.response_id, i64::from(question.key))).copied();
            (question, code_book::decode(&question.kind, place, &row.codes, open))
        })
    }

    /// The questions that may leave the program answer by answer, each with where it stands among all and its bytes.
    fn questions(&self) -> impl Iterator<Item = (usize, &'a Question, Place)> {
        let questionnaire = self.questionnaire;
        self.places.iter().filter_map(move |(at, place)| Some((*at, questionnaire.at(*at)?, *place)))
    }
}

/// The questions that may leave the program answer by answer, by where they stand, each with the place of its bytes: all
/// but the sealed ones, which beside the rest of a row would say who somebody is, and of whom.
#[must_use]
pub fn places(questionnaire: &Questionnaire) -> Vec<(usize, Place)> {
    let all = questionnaire.questions().iter().zip(code_book::places(questionnaire)).enumerate();
    all.filter(|(_, (question, _))| question.sealed.is_none()).map(|(at, (_, place))| (at, place)).collect()
}

/// The heads of a question's columns.
pub fn heads(question: &Question, among: &Questionnaire) -> Vec<String> {
    let words = piping::described(&question.text, among);
    question.kind.columns().iter().map(|column| headed(&words, column)).collect()
}

/// A question's variables, named by its number in the survey.
pub(super) fn variables(number: usize, question: &Question, among: &Questionnaire) -> Vec<Variable> {
    let code = question.bank.as_ref().map(|item| format!("{} ", item.code)).unwrap_or_default();
    let words = format!("{code}{}", piping::described(&question.text, among));
    let named = |of: Variable| Variable::new(format!("q{number}{}", of.name), headed(&words, &of.label), of.holds);
    question.kind.variables().into_iter().map(named).collect()
}

#[cfg(test)]
#[path = "single_tests.rs"]
mod tests;
