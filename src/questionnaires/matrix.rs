//! The stored answers of a version as columns: what each column holds, and how they are read and brought up to date.
//!
//! A column for each byte of the code book, one for the channel, two for the day, and five for each question whose open
//! answers are counted by their value: whether there is one, and the value. Words are never here.
//!
//! **The watermark is a number, not an id.** `tallies.responses` is raised under a lock that lasts to the commit, so that
//! numbers are in the order of commits and whoever has seen a number has seen all below it. What was read once is kept on
//! the shelf of the database and only ever added to, until `tallies.revision` moves: then responses were put in another
//! order, amended or erased, and everything is read anew.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::questionnaires::code_book::{self, Place};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::Channel;
use crate::questionnaires::sealed::kept::{self, Opener};
use crate::questionnaires::store::rows::{self, Row};
use crate::statistics::joint::{Joints, Plan};
use crate::statistics::matrix::{Block, Matrix};

/// How many counts of a version are kept, each of so many combinations at most: some megabytes beside the answers.
const PLANS_KEPT: usize = 4;
const MOST_KEPT: usize = 50_000;

/// The bytes of a point: whether there is one, and its value.
const POINT: usize = 5;

/// What each column of a version holds.
#[derive(Clone)]
pub struct Layout {
    codes: usize,
    points: Vec<Point>,
    /// The sealed questions with the columns of their bytes.
    sealed: Vec<(u16, Place)>,
}

/// A question whose open answers are counted by their value.
#[derive(Clone)]
struct Point {
    key: u16,
    kind: Kind,
    column: usize,
}

impl Layout {
    /// The columns of a questionnaire.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let codes = code_book::width(questionnaire);
        let points = questionnaire.questions().iter().filter(|question| question.kind.has_points());
        let columns = (codes + 3..).step_by(POINT);
        let point =
            |(question, column): (&Question, usize)| Point { key: question.key, kind: question.kind.clone(), column };
        Self { codes, points: points.zip(columns).map(point).collect(), sealed: kept::places(questionnaire) }
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.codes + 3 + POINT * self.points.len()
    }

    /// The column of the channel: its place among all of them.
    #[must_use]
    pub fn channel(&self) -> usize {
        self.codes
    }

    /// The first of the two columns of the day.
    #[must_use]
    pub fn day(&self) -> usize {
        self.codes + 1
    }

    /// The columns of a question's points; none where it has none.
    #[must_use]
    pub fn point(&self, key: u16) -> Option<Vec<usize>> {
        let found = self.points.iter().find(|point| point.key == key)?;
        Some((found.column..found.column + POINT).collect())
    }

    fn push(&self, row: &Row, block: &mut Block) {
        let codes = row.codes.iter().copied().chain(std::iter::repeat(code_book::NOT_ASKED)).take(self.codes);
        let channel = Channel::ALL.iter().position(|channel| channel.code() == row.channel);
        let channel = channel.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX);
        block.push(codes.chain([channel]).chain(number_of_day(row.received_on).to_be_bytes()));
    }

    fn put(&self, point: &Point, row: usize, value: &str, block: &mut Block) {
        if let Some(value) = point.kind.point(value) {
            let [one, two, three, four] = value.to_be_bytes();
            block.put(row, point.column, &[1, one, two, three, four]);
        }
    }
}

/// The value behind the bytes of a point, if there is one.
#[must_use]
pub fn value_of(bytes: &[u8]) -> Option<i32> {
    match bytes {
        [1, value @ ..] => Some(i32::from_be_bytes(value.try_into().ok()?)),
        _ => None,
    }
}

/// The number of a day, counted from the first of January 1970; what lies outside the next 179 years is its nearer end.
#[must_use]
pub fn number_of_day(day: NaiveDate) -> u16 {
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    u16::try_from(days.max(0)).unwrap_or(u16::MAX)
}

/// The day of a number.
#[must_use]
pub fn day_of_number(number: u16) -> NaiveDate {
    NaiveDate::default() + chrono::Days::new(u64::from(number))
}

/// What is kept of a version.
pub struct Kept {
    /// Its answers.
    pub matrix: Matrix,
    /// The highest number that was read.
    seen: i64,
    revision: i64,
    /// How many responses have sealed answers that could not be opened.
    pub shut: u64,
    /// What was counted of just these answers, the newest last.
    counted: Mutex<Vec<(Plan, Arc<Joints>)>>,
}

impl Kept {
    /// What was counted before by the same plan.
    #[must_use]
    pub fn counted(&self, plan: &Plan) -> Option<Arc<Joints>> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.iter().find(|(known, _)| known == plan).map(|(_, joints)| Arc::clone(joints))
    }

    /// Keeps what was counted by a plan until other answers are counted, unless it is large.
    pub fn keep(&self, plan: Plan, joints: &Arc<Joints>) {
        if joints.size() > MOST_KEPT {
            return;
        }
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= PLANS_KEPT {
            counted.remove(0);
        }
        counted.push((plan, Arc::clone(joints)));
    }

    /// Whether it holds all that is in the database, or is even newer than the transaction that asks.
    fn holds(&self, tally: rows::Tally) -> bool {
        (self.revision, self.seen) >= (tally.revision, tally.responses)
    }
}

/// The answers of a version, read from nothing or brought up to date; none where they are too large to be kept.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, version_id: i64, layout: &Layout) -> Result<Option<Arc<Kept>>, db::Error> {
    let tally = rows::find_tally(tx, version_id).await?;
    if !has_room(tx, tally, layout) {
        return Ok(None);
    }
    if let Some(kept) = tx.shelved::<Kept>(version_id).filter(|kept| kept.holds(tally)) {
        return Ok(Some(kept));
    }
    let shelf = tx.shelf();
    let _turn = shelf.turn(version_id).await;
    loop {
        let tally = rows::find_tally(tx, version_id).await?;
        let before = tx.shelved::<Kept>(version_id);
        // Somebody else may have read it while this transaction waited for its turn.
        if let Some(kept) = before.as_ref().filter(|kept| kept.holds(tally)) {
            return Ok(Some(Arc::clone(kept)));
        }
        let known = before.filter(|kept| kept.revision == tally.revision);
        let mut matrix = known.as_ref().map_or_else(|| Matrix::empty(layout.width()), |kept| kept.matrix.clone());
        let (mut seen, mut shut) = known.map_or((0, 0), |kept| (kept.seen, kept.shut));
        while let Some(last) = fill(tx, version_id, layout, (seen, &mut shut), matrix.last()).await? {
            seen = last;
        }
        if rows::find_tally(tx, version_id).await?.revision != tally.revision {
            continue;
        }
        let (bytes, seen) = (matrix.bytes(), seen.max(tally.responses));
        let kept = Arc::new(Kept { matrix, seen, revision: tally.revision, shut, counted: Mutex::default() });
        // Questions that nobody has answered may still change, and so may their columns; a missing key may be put back.
        if kept.matrix.rows() > 0 && shut == 0 {
            tx.put_on_shelf(version_id, Arc::clone(&kept), bytes);
        }
        return Ok(Some(kept));
    }
}

fn has_room(tx: &Tx, tally: rows::Tally, layout: &Layout) -> bool {
    let width = u64::try_from(layout.width()).unwrap_or(u64::MAX);
    u64::try_from(tally.responses).unwrap_or(0).saturating_mul(width) <= tx.shelf().room()
}

/// The answers of a version after a number, as many as a block holds, and the highest number among them; none where none
/// are left. Those whose sealed answers cannot be opened are added to `shut`.
///
/// # Errors
/// When the database refuses.
pub async fn next_block(
    tx: &mut Tx,
    version_id: i64,
    layout: &Layout,
    (after, shut): (i64, &mut u64),
) -> Result<Option<(Block, i64)>, db::Error> {
    let mut block = Block::empty(layout.width());
    let last = fill(tx, version_id, layout, (after, shut), &mut block).await?;
    Ok(last.map(|last| (block, last)))
}

/// Reads the responses after a number into a block, as many as it has room for. The highest number read; none when there
/// was none left. Sealed answers are opened on the way; those that cannot be are added to `shut`.
async fn fill(
    tx: &mut Tx,
    version_id: i64,
    layout: &Layout,
    (after, shut): (i64, &mut u64),
    block: &mut Block,
) -> Result<Option<i64>, db::Error> {
    let first = block.rows();
    let mut numbers: Vec<i64> = Vec::new();
    let most = i64::try_from(block.room()).unwrap_or(i64::MAX);
    let mut opener = Opener::of(tx.keyring(), version_id, &layout.sealed);
    rows::each_row(tx, version_id, opener.is_some(), after, most, |mut row| {
        numbers.push(row.number);
        if let Some(opener) = &mut opener {
            opener.open(&mut row.codes, row.sealed.as_deref_mut());
        }
        layout.push(&row, block);
    })
    .await?;
    *shut += opener.map_or(0, |opener| opener.shut.values().sum());
    let Some(last) = numbers.last().copied() else { return Ok(None) };
    for point in &layout.points {
        rows::each_value(tx, version_id, point.key, (after, last), |number, value| {
            if let Ok(at) = numbers.binary_search(&number) {
                layout.put(point, first + at, value, block);
            }
        })
        .await?;
    }
    Ok(Some(last))
}

/// The columns of answers that are at hand.
#[cfg(test)]
pub fn of_rows(
    layout: &Layout,
    stored: &[crate::questionnaires::response::Stored],
    open: &[crate::questionnaires::response::Open],
) -> Matrix {
    let mut matrix = Matrix::empty(layout.width());
    for response in stored {
        let block = matrix.last();
        let (codes, channel) = (response.codes.clone(), response.channel.clone());
        let (number, received_on) = (response.number, response.received_on);
        layout
            .push(&Row { response_id: response.response_id, number, codes, channel, received_on, sealed: None }, block);
        let row = block.rows() - 1;
        for point in &layout.points {
            let mine = open.iter().filter(|open| open.response_id == response.response_id);
            mine.filter(|open| open.question_key == i64::from(point.key))
                .for_each(|open| layout.put(point, row, &open.value, block));
        }
    }
    matrix
}
