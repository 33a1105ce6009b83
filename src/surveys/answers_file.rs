//! Single answers as a file, for the few who may take them out of the program: read and sent page by page, so that a
//! million of them take no more memory than a thousand.

use std::collections::HashMap;

use futures::{Stream, stream};

use crate::db::{self, Db};
use crate::exchange::csv;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::code_book::{self, Place};
use crate::questionnaires::question::Question;
use crate::questionnaires::response::{Open, Stored};
use crate::questionnaires::store::rows::{self, Tally};
use crate::surveys::files::single;
use crate::surveys::files::ways::Ways;
use crate::surveys::survey::Asked;

/// How many answers are read at once. Tests read few, so that they come to the edges of pages.
const PAGE: i64 = if cfg!(test) { 30 } else { 1_000 };

/// Why a file ended before it was whole.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// Answers were put in another order, amended or erased while they were read.
    #[error("the answers changed while they were read")]
    Changed,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// The file as it is made.
struct File {
    db: Db,
    asked: Asked,
    /// The questions that are in it, by their places, each with that of its bytes.
    places: Vec<(usize, Place)>,
    ways: Ways,
    tally: Tally,
    /// The number of the last answer that was written; none before the heading.
    written: Option<i64>,
}

/// Every answer of a survey as the tally has it, a row for each person in the order of the numbers, which mixing deals out:
/// mix before. Sealed questions are not in it. Nothing says when an answer came, and `ways` how, as far as that names nobody. Each part holds some whole
/// rows, the heading first.
pub fn parts(
    db: Db,
    asked: Asked,
    ways: Ways,
    tally: Tally,
) -> impl Stream<Item = Result<Vec<u8>, Broken>> + Send + 'static {
    let places = single::places(&asked.version.questionnaire);
    let file = File { db, asked, places, ways, tally, written: None };
    stream::try_unfold(file, |mut file| async move {
        let part = file.next().await?;
        Ok(part.map(|part| (part, file)))
    })
}

impl File {
    /// The next rows; none when all are written.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        let Some(written) = self.written else {
            self.written = Some(0);
            return Ok(Some(csv::write([self.head()])));
        };
        let (version, to) = (self.asked.version.id, self.tally.responses);
        let mut tx = self.db.read().await?;
        let stored = rows::list_after(&mut tx, version, (written, to), PAGE).await?;
        let last = stored.last().map_or(to, |response| response.number);
        let open = rows::list_open(&mut tx, version, (written, last)).await?;
        if rows::find_tally(&mut tx, version).await?.revision != self.tally.revision {
            return Err(Broken::Changed);
        }
        self.written = Some(last);
        Ok((!stored.is_empty()).then(|| self.rows(&stored, &open)))
    }

    fn questions(&self) -> impl Iterator<Item = (&Question, Place)> {
        let questions = &self.asked.version.questionnaire;
        self.places.iter().filter_map(|(at, place)| Some((questions.at(*at)?, *place)))
    }

    fn head(&self) -> Vec<String> {
        let questionnaire = &self.asked.version.questionnaire;
        let questions = self.questions().map(|(question, _)| question);
        let columns = questions.flat_map(|question| single::heads(question, questionnaire));
        std::iter::once(single::CAME_BY.to_owned()).chain(columns).collect()
    }

    fn rows(&self, stored: &[Stored], open: &[Open]) -> Vec<u8> {
        let values: HashMap<(i64, i64), &str> =
            open.iter().map(|answer| ((answer.response_id, answer.question_key), answer.value.as_str())).collect();
        let row = |response: &Stored| -> Vec<String> {
            let cells = self.questions().flat_map(|(question, place)| {
                let value = values.get(&(response.response_id, i64::from(question.key))).copied();
                let answer = code_book::decode(&question.kind, place, &response.codes, value);
                question.kind.cells(&answer.unwrap_or(Answer::NoAnswer))
            });
            std::iter::once(self.ways.name(&response.channel).to_owned()).chain(cells).collect()
        };
        csv::write(stored.iter().map(row))
    }
}

#[cfg(test)]
#[path = "answers_file_tests.rs"]
mod tests;
