//! What people wrote in their own words, as much of it as is shown.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::questionnaires::count;
use crate::questionnaires::question::Question;
use crate::questionnaires::store::rows;
use crate::surveys::survey::Asked;

/// How many answers are read at once while those of a group are looked for. Tests read few.
const PAGE: i64 = if cfg!(test) { 7 } else { 500 };

/// Whose words are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Sought {
    /// The first and the last day on which they arrived.
    pub days: (NaiveDate, NaiveDate),
    /// A group, as an index of `count::group_names`; none for everybody.
    pub group: Option<usize>,
}

/// The words that arrived last, at most `most`, each with its day, newest first. Whether they may be shown is said by
/// `results::Words`.
///
/// # Errors
/// When the database refuses.
pub async fn newest(
    tx: &mut Tx,
    asked: &Asked,
    question: &Question,
    sought: &Sought,
    most: usize,
) -> Result<Vec<(String, NaiveDate)>, db::Error> {
    let (mut found, mut below) = (Vec::new(), i64::MAX);
    loop {
        let page = rows::list_newest(tx, asked.version.id, question.key, below, sought.days, PAGE).await?;
        let is_last = i64::try_from(page.len()).is_ok_and(|read| read < PAGE);
        for written in page {
            below = written.number;
            let of = || count::group_of_response(&asked.version.questionnaire, &written.codes);
            if sought.group.is_none() || of() == sought.group {
                found.push((written.value, written.received_on));
            }
            if found.len() == most {
                return Ok(found);
            }
        }
        if is_last {
            return Ok(found);
        }
    }
}
