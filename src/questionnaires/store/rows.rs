//! The SQL that reads stored answers one after the other, so that memory does not grow with their number.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::on;
use crate::questionnaires::response::{Open, Stored};
use crate::random::from_hex;

/// How many responses a version has had, and the state of those that are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The highest number that was given.
    pub responses: i64,
    /// Moves when stored responses are put in another order, amended or erased.
    pub revision: i64,
}

/// How many responses come from the database in one row: the driver's own work for each of its rows is most of what
/// reading many costs.
const AT_ONCE: i64 = if cfg!(test) { 20 } else { 1_000 };

/// The closed part of one response.
pub struct Row {
    /// Its id.
    pub response_id: i64,
    /// Its number within the version.
    pub number: i64,
    /// State bytes and what follows them.
    pub codes: Vec<u8>,
    /// The sealed answers, where they were asked for.
    pub sealed: Option<Vec<u8>>,
    /// How it reached us.
    pub channel: String,
    /// The day in London.
    pub received_on: NaiveDate,
}

impl Row {
    /// A row by its columns in one text; none where they cannot be read.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let (response_id, number) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let (channel, received_on) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
        let (codes, sealed) = (from_hex(parts.next()?)?, from_hex(parts.next()?)?);
        Some(Self {
            response_id,
            number,
            codes,
            sealed: Some(sealed).filter(|it| !it.is_empty()),
            channel,
            received_on,
        })
    }
}

/// The tally of a version.
pub async fn find_tally(tx: &mut Tx, version_id: i64) -> Result<Tally, db::Error> {
    const FIND: &str = "SELECT responses, revision FROM tallies WHERE version_id = $1";
    let found: Option<Tally> = on!(tx, c => sqlx::query_as(FIND).bind(version_id).fetch_optional(c).await?);
    Ok(found.unwrap_or(Tally { responses: 0, revision: 0 }))
}

/// Holds a version's responses until the transaction ends, and notes that what was read of them is to be read anew.
pub async fn hold(tx: &mut Tx, version_id: i64) -> Result<(), db::Error> {
    const HOLD: &str = "UPDATE tallies SET revision = revision + 1 WHERE version_id = $1";
    on!(tx, c => sqlx::query(HOLD).bind(version_id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Hands over the responses after a number, in the order of their numbers, at most so many; with their sealed answers or
/// without.
pub async fn each_row(
    tx: &mut Tx,
    version_id: i64,
    with_sealed: bool,
    after: i64,
    most: i64,
    each: impl FnMut(Row),
) -> Result<(), db::Error> {
    each_between(tx, version_id, with_sealed, (after, i64::MAX), most, each).await
}

async fn each_between(
    tx: &mut Tx,
    version_id: i64,
    with_sealed: bool,
    (mut after, to): (i64, i64),
    most: i64,
    mut each: impl FnMut(Row),
) -> Result<(), db::Error> {
    const LIST_SQLITE: &str = "SELECT string_agg(response_id || ' ' || number || ' ' || channel || ' ' || received_on || ' ' || hex(codes) \
        || ' ' || CASE WHEN $5 AND sealed IS NOT NULL THEN hex(sealed) ELSE '' END, ';' ORDER BY number) FROM \
        (SELECT * FROM responses WHERE version_id = $1 AND number > $2 AND number <= $3 ORDER BY number LIMIT $4) AS page";
    const LIST_POSTGRES: &str = "SELECT string_agg(response_id || ' ' || number || ' ' || channel || ' ' || received_on || ' ' \
        || encode(codes, 'hex') || ' ' || CASE WHEN $5 AND sealed IS NOT NULL THEN encode(sealed, 'hex') ELSE '' END, ';' \
        ORDER BY number) FROM \
        (SELECT * FROM responses WHERE version_id = $1 AND number > $2 AND number <= $3 ORDER BY number LIMIT $4) AS page";
    let list = tx.pick(LIST_SQLITE, LIST_POSTGRES);
    let mut left = most;
    while left > 0 {
        let at_once = left.min(AT_ONCE);
        let page: Option<String> = on!(tx, c => sqlx::query_scalar(list).bind(version_id).bind(after).bind(to)
            .bind(at_once).bind(with_sealed).fetch_one(c).await?);
        let Some(page) = page else { return Ok(()) };
        let mut read = 0;
        for text in page.split(';') {
            let row = Row::read(text).ok_or(db::Error::Corrupt { table: "responses", column: "codes" })?;
            (after, read) = (row.number, read + 1);
            each(row);
        }
        if read < at_once {
            return Ok(());
        }
        left -= read;
    }
    Ok(())
}

/// Hands over the points of one question, which are numbers and days, of the responses from one number, not included, to
/// another, each with its number.
pub async fn each_value(
    tx: &mut Tx,
    version_id: i64,
    key: u16,
    (after, to): (i64, i64),
    mut each: impl FnMut(i64, &str),
) -> Result<(), db::Error> {
    const LIST: &str = "SELECT string_agg(responses.number || ' ' || answers.value, ';') FROM responses \
        JOIN answers ON answers.response_id = responses.response_id AND answers.question_key = $2 \
        WHERE responses.version_id = $1 AND responses.number > $3 AND responses.number <= $4";
    let all: Option<String> = on!(tx, c => sqlx::query_scalar(LIST).bind(version_id).bind(i64::from(key)).bind(after)
        .bind(to).fetch_one(c).await?);
    for text in all.iter().flat_map(|all| all.split(';')) {
        let read = text.split_once(' ').and_then(|(number, value)| Some((number.parse().ok()?, value)));
        let (number, value) = read.ok_or(db::Error::Corrupt { table: "answers", column: "value" })?;
        each(number, value);
    }
    Ok(())
}

/// The responses after a number up to another, at most so many, in the order of their numbers.
pub async fn list_after(
    tx: &mut Tx,
    version_id: i64,
    between: (i64, i64),
    most: i64,
) -> Result<Vec<Stored>, db::Error> {
    let mut all = Vec::new();
    each_between(tx, version_id, false, between, most, |row| {
        let Row { response_id, number, codes, channel, received_on, .. } = row;
        all.push(Stored { response_id, number, codes, channel, received_on });
    })
    .await?;
    Ok(all)
}

/// The open answers of the responses after a number up to another, by response.
pub async fn list_open(tx: &mut Tx, version_id: i64, (after, to): (i64, i64)) -> Result<Vec<Open>, db::Error> {
    // Words may hold anything, so that their length in characters goes before them.
    const LIST: &str = "SELECT string_agg(responses.response_id || ' ' || responses.received_on || ' ' || answers.question_key \
        || ' ' || length(answers.value) || ' ' || answers.value, '' ORDER BY responses.number, answers.question_key) \
        FROM responses JOIN answers ON answers.response_id = responses.response_id \
        WHERE responses.version_id = $1 AND responses.number > $2 AND responses.number <= $3";
    let (mut all, mut from) = (Vec::new(), after);
    while from < to {
        let end = from.saturating_add(AT_ONCE).min(to);
        let page: Option<String> =
            on!(tx, c => sqlx::query_scalar(LIST).bind(version_id).bind(from).bind(end).fetch_one(c).await?);
        let mut rest = page.as_deref().unwrap_or_default();
        while !rest.is_empty() {
            let (open, more) = open_of(rest).ok_or(db::Error::Corrupt { table: "answers", column: "value" })?;
            all.push(open);
            rest = more;
        }
        from = end;
    }
    Ok(all)
}

/// The first open answer of many, and the rest of them.
fn open_of(text: &str) -> Option<(Open, &str)> {
    let mut parts = text.splitn(5, ' ');
    let (response_id, received_on) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (question_key, length) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let rest = parts.next()?;
    let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
    let (value, rest) = rest.split_at_checked(end)?;
    Some((Open { response_id, question_key, value: value.to_owned(), received_on }, rest))
}

/// One open answer with what else its sender answered.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Written {
    /// The number of the response.
    pub number: i64,
    /// The closed answers of the response.
    pub codes: Vec<u8>,
    /// The words.
    pub value: String,
    /// The day in London.
    pub received_on: NaiveDate,
}

/// The open answers to one question that arrived last, below a number and between two days, both included, at most so
/// many, newest first.
pub async fn list_newest(
    tx: &mut Tx,
    version_id: i64,
    key: u16,
    below: i64,
    (from, to): (NaiveDate, NaiveDate),
    most: i64,
) -> Result<Vec<Written>, db::Error> {
    const LIST: &str = "SELECT responses.number, responses.codes, answers.value, responses.received_on \
        FROM responses JOIN answers ON answers.response_id = responses.response_id AND answers.question_key = $2 \
        WHERE responses.version_id = $1 AND responses.number < $3 \
        AND responses.received_on >= $4 AND responses.received_on <= $5 \
        ORDER BY responses.number DESC LIMIT $6";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(version_id).bind(i64::from(key)).bind(below).bind(from).bind(to)
        .bind(most).fetch_all(c).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_like_what_stands_between_them_come_back_whole() {
        let words = ["7 2026-01-01 3 2 ab", "Lift; 📦 broken\nagain ", "Ŵy", ""];
        let stored = words.iter().map(|value| format!("5 2026-11-27 3 {} {value}", value.chars().count()));
        let all: String = stored.collect();
        let (mut rest, mut found) = (all.as_str(), Vec::new());
        while !rest.is_empty() {
            let (open, more) = open_of(rest).unwrap();
            assert_eq!((open.response_id, open.question_key), (5, 3));
            found.push(open.value);
            rest = more;
        }
        assert_eq!(found, words);
        assert!(
            ["5 2026-11-27 3 x words", "5 2026-11-27 3", "5 today 3 0 "].iter().all(|text| open_of(text).is_none())
        );
    }

    #[test]
    fn a_row_comes_back_as_it_was_put_into_words() {
        let row = Row::read("12 3 open_link 2026-11-27 00ff4A ").unwrap();
        assert_eq!((row.response_id, row.number, row.channel.as_str()), (12, 3, "open_link"));
        assert_eq!((row.codes, row.sealed), (vec![0, 255, 74], None));
        assert_eq!(Row::read("12 3 post 2026-11-27 00 0102").unwrap().sealed, Some(vec![1, 2]));
        assert!(Row::read("12 3 post 2026-11-27 0 ").is_none() && Row::read("12 3 post").is_none());
    }
}
