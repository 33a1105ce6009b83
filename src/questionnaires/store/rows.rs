//! The SQL that reads stored answers one after the other, so that memory does not grow with their number.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use futures::TryStreamExt as _;
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::on;
use crate::questionnaires::response::{Open, Stored};

/// How many responses a version has had, and the state of those that are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The highest number that was given.
    pub responses: i64,
    /// Moves when stored responses are put in another order, amended or erased.
    pub revision: i64,
}

/// The closed part of one response.
#[derive(sqlx::FromRow)]
pub struct Row {
    /// Its number within the version.
    pub number: i64,
    /// State bytes and what follows them.
    pub codes: Vec<u8>,
    /// The sealed answers, where they were asked for.
    #[sqlx(default)]
    pub sealed: Option<Vec<u8>>,
    /// How it reached us.
    pub channel: String,
    /// The day in London.
    pub received_on: NaiveDate,
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
    mut each: impl FnMut(Row),
) -> Result<(), db::Error> {
    const LIST: &str = "SELECT number, codes, channel, received_on FROM responses \
        WHERE version_id = $1 AND number > $2 ORDER BY number LIMIT $3";
    const LIST_SEALED: &str = "SELECT number, codes, channel, received_on, sealed FROM responses \
        WHERE version_id = $1 AND number > $2 ORDER BY number LIMIT $3";
    let list = if with_sealed { LIST_SEALED } else { LIST };
    on!(tx, c => {
        let mut found = sqlx::query_as(list).bind(version_id).bind(after).bind(most).fetch(c);
        while let Some(row) = found.try_next().await? {
            each(row);
        }
    });
    Ok(())
}

/// Hands over the open answers to one question of the responses from one number, not included, to another, each with its
/// number.
pub async fn each_value(
    tx: &mut Tx,
    version_id: i64,
    key: u16,
    (after, to): (i64, i64),
    mut each: impl FnMut(i64, &str),
) -> Result<(), db::Error> {
    const LIST: &str = "SELECT responses.number, answers.value FROM responses \
        JOIN answers ON answers.response_id = responses.response_id AND answers.question_key = $2 \
        WHERE responses.version_id = $1 AND responses.number > $3 AND responses.number <= $4";
    on!(tx, c => {
        let mut found = sqlx::query_as(LIST).bind(version_id).bind(i64::from(key)).bind(after).bind(to).fetch(c);
        while let Some(row) = found.try_next().await? {
            let (number, value): (i64, String) = row;
            each(number, &value);
        }
    });
    Ok(())
}

/// The responses after a number up to another, at most so many, in the order of their numbers.
pub async fn list_after(
    tx: &mut Tx,
    version_id: i64,
    (after, to): (i64, i64),
    most: i64,
) -> Result<Vec<Stored>, db::Error> {
    const LIST: &str = "SELECT response_id, number, codes, channel, received_on FROM responses \
        WHERE version_id = $1 AND number > $2 AND number <= $3 ORDER BY number LIMIT $4";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(version_id).bind(after).bind(to).bind(most).fetch_all(c).await?))
}

/// All open answers of one response, in one row: the driver's own work for a row is most of what reading many costs.
#[derive(sqlx::FromRow)]
struct Together {
    response_id: i64,
    received_on: NaiveDate,
    open: Json<BTreeMap<i64, String>>,
}

/// The open answers of the responses after a number up to another, by response.
pub async fn list_open(tx: &mut Tx, version_id: i64, (after, to): (i64, i64)) -> Result<Vec<Open>, db::Error> {
    const LIST_SQLITE: &str = "SELECT response_id, received_on, (SELECT json_group_object(question_key, value) FROM answers \
        WHERE answers.response_id = responses.response_id) AS open \
        FROM responses WHERE version_id = $1 AND number > $2 AND number <= $3 ORDER BY number";
    const LIST_POSTGRES: &str = "SELECT response_id, received_on, COALESCE((SELECT json_object_agg(question_key, value) \
        FROM answers WHERE answers.response_id = responses.response_id), '{}') AS open \
        FROM responses WHERE version_id = $1 AND number > $2 AND number <= $3 ORDER BY number";
    let list = tx.pick(LIST_SQLITE, LIST_POSTGRES);
    let mut all = Vec::new();
    on!(tx, c => {
        let mut found = sqlx::query_as(list).bind(version_id).bind(after).bind(to).fetch(c);
        while let Some(row) = found.try_next().await? {
            let Together { response_id, received_on, open } = row;
            let open = open.0.into_iter();
            all.extend(open.map(|(question_key, value)| Open { response_id, question_key, value, received_on }));
        }
    });
    Ok(all)
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
