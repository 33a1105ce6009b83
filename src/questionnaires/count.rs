//! Stored answers counted: whatever is wanted of a version in one pass over its columns.
//!
//! This is how anything is counted of what people answered:
//!
//! ```text
//! let counted = Counting::of(&version)        // of which questions
//!     .by_group()                             // against what, as often as needed: each `by…` is a division
//!     .by_answer(&question, &facet)           // those who gave each answer to a question, and those who gave none
//!     .between(from, to)                      // of which days; all without it
//!     .everything()                           // or .of_facet(…) for some of it
//!     .run(&mut tx).await?;
//! let counts = counted.counts(&question, &facet, &[Some(2), None]); // of the third group, whatever they answered
//! ```
//!
//! A filter is a division of which one part is asked for. Weights belong to parts, not to people: take the `Counts` of
//! each part, let them be released together, and weigh what was let out (`Released::weighted`). To weigh by several
//! characteristics at once, divide by each of them: every combination of parts is a cell.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use tokio::sync::Semaphore;

use crate::db::{self, Tx};
use crate::questionnaires::code_book::{self, FIRST_OPTION, OTHER, Place};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::matrix::{self, Layout};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::Channel;
use crate::questionnaires::store::rows;
use crate::questionnaires::version::Version;
use crate::statistics::counts::Counts;
use crate::statistics::joint::{Division, Joints, Pass, People, Plan, Span, Whom};
use crate::statistics::matrix::Block;
use crate::statistics::raking::Cell;

/// How many versions are counted at the same time beside the threads that answer requests.
static COUNTERS: Semaphore = Semaphore::const_new(2);
/// So many cells are counted in less time than it takes to change the thread.
const FEW_CELLS: usize = 1 << 18;

/// The question that divides the results, if the questionnaire has one.
#[must_use]
pub fn divider(questionnaire: &Questionnaire) -> Option<&Question> {
    questionnaire.questions().iter().find(|question| question.divides && question.kind.divides())
}

/// The groups people fall in by the divider, in its order; those who gave no option come last.
#[must_use]
pub fn group_names(divider: &Question) -> Vec<String> {
    let mut names = divider.kind.groups();
    names.push("Area not given".to_owned());
    names
}

/// The group of somebody with this code in the divider, as an index of `group_names`.
fn group_of(divider: &Question, code: u8) -> usize {
    let others = divider.kind.groups().len();
    divider.kind.category(code).map_or(others, |at| at.min(others))
}

/// The group of one response, as an index of `group_names`.
#[must_use]
pub fn group_of_response(questionnaire: &Questionnaire, codes: &[u8]) -> Option<usize> {
    let divider = divider(questionnaire)?;
    let state = place_of(questionnaire, divider.key)?.bytes().next()?;
    Some(group_of(divider, codes.get(state).copied().unwrap_or(code_book::NOT_ASKED)))
}

/// Where one question's bytes stand.
fn place_of(questionnaire: &Questionnaire, key: u16) -> Option<Place> {
    let position = questionnaire.position(key)?;
    code_book::places(questionnaire).get(position).copied()
}

/// What is to be counted of a version.
pub struct Counting<'a> {
    version_id: i64,
    questionnaire: &'a Questionnaire,
    layout: Layout,
    divisions: Vec<Division>,
    days: (u16, u16),
    wanted: Vec<(u16, usize, Vec<usize>)>,
}

impl<'a> Counting<'a> {
    /// Nothing yet of a version.
    #[must_use]
    pub fn of(version: &'a Version) -> Self {
        let (questionnaire, layout) = (&version.questionnaire, Layout::of(&version.questionnaire));
        let (divisions, wanted) = (Vec::new(), Vec::new());
        Self { version_id: version.id, questionnaire, layout, divisions, days: (0, u16::MAX), wanted }
    }

    /// Divides by the groups of the dividing question, in the order of `group_names`; into one part where there is none.
    #[must_use]
    pub fn by_group(self) -> Self {
        match divider(self.questionnaire) {
            Some(question) => {
                let parts = question.kind.groups().len() + 1;
                self.by(question, &Facet::whole(), parts, |code| Some(group_of(question, code)))
            }
            None => self.undivided(),
        }
    }

    /// Divides by how answers reached us, in the order of [`Channel::ALL`].
    #[must_use]
    pub fn by_channel(mut self) -> Self {
        let of = |code: u8| Some(usize::from(code)).filter(|at| *at < Channel::ALL.len());
        self.divisions.push(Division::new(self.layout.channel(), Channel::ALL.len(), of));
        self
    }

    /// Divides by the answers to a closed question, or to one item of it, in the order of its categories; those who gave
    /// none come last. The question must be one to which everybody gives one answer.
    #[must_use]
    pub fn by_answer(self, question: &Question, facet: &Facet) -> Self {
        let answers = question.kind.counts().map_or(0, |counts| counts.labels().len());
        let part = |code: u8| question.kind.category(code).filter(|at| *at < answers).unwrap_or(answers);
        self.by(question, facet, answers + 1, |code| Some(part(code)))
    }

    /// Divides by the code of a question, or of one item of it, into so many parts; people without a part are not counted.
    #[must_use]
    pub fn by(
        mut self,
        question: &Question,
        facet: &Facet,
        parts: usize,
        part_of: impl Fn(u8) -> Option<usize>,
    ) -> Self {
        let column = place_of(self.questionnaire, question.key).and_then(|place| place.of(facet).bytes().next());
        self.divisions.push(column.map_or_else(Division::none, |column| Division::new(column, parts, part_of)));
        self
    }

    /// Divides by nothing: everybody is in the one part.
    #[must_use]
    pub fn undivided(mut self) -> Self {
        self.divisions.push(Division::none());
        self
    }

    /// Counts the answers that arrived between two days only, both included.
    #[must_use]
    pub fn between(mut self, from: NaiveDate, to: NaiveDate) -> Self {
        self.days = (matrix::number_of_day(from), matrix::number_of_day(to));
        self
    }

    /// Counts one facet of a question; of open answers their points, or else how many people wrote any.
    #[must_use]
    pub fn of_facet(mut self, question: &Question, facet: &Facet) -> Self {
        let columns = match self.layout.point(question.key) {
            Some(columns) => Some(columns),
            None => place_of(self.questionnaire, question.key).map(|place| place.of(facet).bytes().collect()),
        };
        self.wanted.extend(columns.map(|columns| (question.key, facet.byte, columns)));
        self
    }

    /// Counts every facet of every question.
    #[must_use]
    pub fn everything(self) -> Self {
        let questions = self.questionnaire.questions().iter();
        questions.fold(self, |counting, question| {
            let facets = question.kind.facets();
            let facets = if facets.is_empty() { vec![Facet::whole()] } else { facets };
            facets.iter().fold(counting, |counting, facet| counting.of_facet(question, facet))
        })
    }

    /// Counts it, beside the threads that answer requests where there is much to count.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn run(self, tx: &mut Tx) -> Result<Counted, db::Error> {
        let Some(kept) = matrix::find(tx, self.version_id, &self.layout).await? else { return self.stream(tx).await };
        if let Some(joints) = kept.counted(&self.plan()) {
            return Ok(self.counted(joints, kept.shut));
        }
        let matrix = &kept.matrix;
        let pass = count(self.pass(matrix.rows()), matrix.blocks(), matrix.rows() * (self.wanted.len() + 1)).await;
        let joints = Arc::new(pass.finish());
        kept.keep(self.plan(), &joints);
        Ok(self.counted(joints, kept.shut))
    }

    /// The same of a version that is too large to be kept: each block is read, counted and forgotten.
    async fn stream(self, tx: &mut Tx) -> Result<Counted, db::Error> {
        loop {
            let before = rows::find_tally(tx, self.version_id).await?;
            let mut pass = self.pass(usize::try_from(before.responses).unwrap_or(usize::MAX));
            let (mut seen, mut shut) = (0, 0);
            loop {
                let next = matrix::next_block(tx, self.version_id, &self.layout, (seen, &mut shut)).await?;
                let Some((block, last)) = next else { break };
                seen = last;
                let cells = block.rows() * self.wanted.len();
                pass = count(pass, vec![Arc::new(block)], cells).await;
            }
            // Responses that were put in another order meanwhile may have been read twice.
            if rows::find_tally(tx, self.version_id).await?.revision == before.revision {
                return Ok(self.counted(Arc::new(pass.finish()), shut));
            }
        }
    }

    /// The same of columns that are at hand.
    #[cfg(test)]
    pub fn over(self, matrix: &crate::statistics::matrix::Matrix) -> Counted {
        let mut pass = self.pass(matrix.rows());
        for block in matrix.blocks() {
            pass.count(&block);
        }
        self.counted(Arc::new(pass.finish()), 0)
    }

    /// Where each column of the version lies.
    #[cfg(test)]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    fn pass(&self, rows: usize) -> Pass {
        Pass::new(self.plan(), rows)
    }

    fn plan(&self) -> Plan {
        let span = Span { column: self.layout.day(), from: self.days.0, to: self.days.1 };
        // In the first place people are counted without any code of theirs.
        let columns = std::iter::once(Vec::new()).chain(self.wanted.iter().map(|(.., columns)| columns.clone()));
        Plan { divisions: self.divisions.clone(), span, columns: columns.collect() }
    }

    fn counted(&self, joints: Arc<Joints>, shut: u64) -> Counted {
        let wanted = self.wanted.iter().map(|(key, byte, _)| (*key, *byte)).collect();
        Counted { joints, wanted, shut }
    }
}

/// Counts blocks; beside the threads that answer requests where they have many cells.
async fn count(mut pass: Pass, blocks: Vec<Arc<Block>>, cells: usize) -> Pass {
    let work = move || {
        for block in &blocks {
            pass.count(block);
        }
        pass
    };
    if cells <= FEW_CELLS {
        return work();
    }
    let _turn = COUNTERS.acquire().await;
    match tokio::task::spawn_blocking(work).await {
        Ok(pass) => pass,
        Err(failed) => std::panic::resume_unwind(failed.into_panic()),
    }
}

/// What was counted of a version.
pub struct Counted {
    joints: Arc<Joints>,
    wanted: Vec<(u16, usize)>,
    shut: u64,
}

impl Counted {
    /// How many people were counted.
    #[must_use]
    pub fn people(&self) -> usize {
        self.joints.people()
    }

    /// Whether some answers to the question are sealed and could not be opened: it is then not counted at all, since nobody
    /// knows what is missing.
    #[must_use]
    pub fn is_shut(&self, question: &Question) -> bool {
        self.shut > 0 && question.sealed.is_some()
    }

    /// How many people of a part were counted.
    #[must_use]
    pub fn people_of(&self, whom: &Whom) -> People {
        self.joints.each(0, whom).map(|(_, people)| people).sum()
    }

    /// The days on which the first and the last of the answers that were counted arrived.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = self.joints.seen()?;
        Some((matrix::day_of_number(first), matrix::day_of_number(last)))
    }

    /// How many gave each answer, for each facet of a question; none where open answers are not counted.
    #[must_use]
    pub fn facets(&self, question: &Question, whom: &Whom) -> Vec<(Facet, Counts)> {
        let closed = question.kind.facets().into_iter().filter_map(|facet| {
            let counts = self.counts(question, &facet, whom)?;
            Some((facet, counts))
        });
        let open = question.kind.counts_of_points(&self.points(question, whom));
        closed.chain(open.map(|counts| (Facet::whole(), counts))).collect()
    }

    /// How many gave each answer to one facet of a closed question; none where it is shut.
    #[must_use]
    pub fn counts(&self, question: &Question, facet: &Facet, whom: &Whom) -> Option<Counts> {
        if self.is_shut(question) {
            return None;
        }
        let mut counts = question.kind.counts()?;
        for (codes, people) in self.joints.each(self.place(question, facet)?, whom) {
            if let [state, more @ ..] = codes {
                question.kind.tally(*state, more, people, &mut counts);
            }
        }
        Some(counts)
    }

    /// The combinations of parts of the first so many divisions that somebody is in.
    #[must_use]
    pub fn cells(&self, divisions: usize) -> Vec<Cell> {
        self.joints.cells(divisions)
    }

    /// How many of each of these combinations gave each answer to one facet of a closed question, in one pass. Of the parts
    /// that people are in by the divisions that follow, `belongs` says whether they are counted.
    #[must_use]
    pub fn counts_by(
        &self,
        question: &Question,
        facet: &Facet,
        cells: &[Cell],
        belongs: impl Fn(&[usize]) -> bool,
    ) -> Option<Vec<Counts>> {
        if self.is_shut(question) {
            return None;
        }
        let mut all = vec![question.kind.counts()?; cells.len()];
        let divisions = cells.first().map_or(0, |cell| cell.at.len());
        let places: HashMap<&[usize], usize> = cells.iter().map(|cell| cell.at.as_slice()).zip(0..).collect();
        for (parts, codes, people) in self.joints.every(self.place(question, facet)?) {
            let Some((at, _)) = parts.split_at_checked(divisions).filter(|(_, rest)| belongs(rest)) else { continue };
            let counts = places.get(at).and_then(|place| all.get_mut(*place));
            if let (Some(counts), [state, more @ ..]) = (counts, codes) {
                question.kind.tally(*state, more, people, counts);
            }
        }
        Some(all)
    }

    /// The numbers or days that people gave, each with how many gave it.
    #[must_use]
    pub fn points(&self, question: &Question, whom: &Whom) -> Vec<(i32, People)> {
        let at = self.place(question, &Facet::whole()).filter(|_| question.kind.has_points());
        let found = at.into_iter().flat_map(|at| self.joints.each(at, whom));
        found.filter_map(|(bytes, people)| Some((matrix::value_of(bytes)?, people))).collect()
    }

    /// How many people wrote something in their own words, as their answer or instead of one.
    #[must_use]
    pub fn writers(&self, question: &Question, whom: &Whom) -> People {
        let at = self.place(question, &Facet::whole());
        let found = at.into_iter().flat_map(|at| self.joints.each(at, whom));
        let wrote = |code: u8| if question.kind.is_words() { code >= FIRST_OPTION } else { code == OTHER };
        found.filter(|(codes, _)| codes.first().is_some_and(|code| wrote(*code))).map(|(_, people)| people).sum()
    }

    /// The place among what was counted; nought is the people without any code.
    fn place(&self, question: &Question, facet: &Facet) -> Option<usize> {
        self.wanted.iter().position(|wanted| *wanted == (question.key, facet.byte)).map(|at| at + 1)
    }
}

#[cfg(test)]
#[path = "count_tests.rs"]
pub(in crate::questionnaires) mod tests;
