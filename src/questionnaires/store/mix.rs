//! The SQL that takes a version's responses out of their tables and writes them back in another order.
//!
//! Rows are carried whole (`SELECT *`), so that no column is ever lost on the way. They wait in tables that the
//! transaction makes and takes away, in memory on SQLite: nothing is left of which row became which.

use crate::db::{self, Tx};
use crate::on;

/// How many places one statement writes: three values each, below what either engine takes.
const AT_ONCE: usize = 5_000;

/// A response's new place: the id it had, the id and the number it gets.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The id it had.
    pub was: i64,
    /// The id it gets.
    pub id: i64,
    /// The number it gets.
    pub number: i64,
}

/// Notes that everything there is will be mixed, and that what was counted is to be read anew. Until the transaction ends,
/// nobody's answers are kept. False when nothing is new since the last time.
pub async fn claim(tx: &mut Tx, version_id: i64) -> Result<bool, db::Error> {
    const CLAIM: &str = "UPDATE tallies SET mixed = responses, revision = revision + 1 \
        WHERE version_id = $1 AND mixed < responses";
    let claimed = on!(tx, c => sqlx::query(CLAIM).bind(version_id).execute(c).await?.rows_affected());
    Ok(claimed == 1)
}

/// Takes all responses of a version out, with their open answers, and gives the ids and numbers they had.
pub async fn take_out(tx: &mut Tx, version_id: i64) -> Result<Vec<(i64, i64)>, db::Error> {
    const MAKE: [&str; 3] = [
        "CREATE TEMPORARY TABLE mixed_responses AS SELECT * FROM responses WHERE 1 = 0",
        "CREATE TEMPORARY TABLE mixed_answers AS SELECT * FROM answers WHERE 1 = 0",
        "CREATE TEMPORARY TABLE mixed_places (was BIGINT PRIMARY KEY, id BIGINT NOT NULL, number BIGINT NOT NULL)",
    ];
    const TAKE: [&str; 4] = [
        "INSERT INTO mixed_responses SELECT * FROM responses WHERE version_id = $1",
        "INSERT INTO mixed_answers SELECT answers.* FROM answers \
            WHERE response_id IN (SELECT response_id FROM responses WHERE version_id = $1)",
        "DELETE FROM answers WHERE response_id IN (SELECT response_id FROM responses WHERE version_id = $1)",
        "DELETE FROM responses WHERE version_id = $1",
    ];
    const PLACES: &str = "SELECT response_id, number FROM mixed_responses";
    for make in MAKE {
        on!(tx, c => sqlx::query(make).persistent(false).execute(c).await.map(|_| ())?);
    }
    for take in TAKE {
        on!(tx, c => sqlx::query(take).persistent(false).bind(version_id).execute(c).await.map(|_| ())?);
    }
    Ok(on!(tx, c => sqlx::query_as(PLACES).persistent(false).fetch_all(c).await?))
}

/// Writes everything back at its new place, in the order of the new ids.
pub async fn put_back(tx: &mut Tx, places: &[Place]) -> Result<(), db::Error> {
    const PUT: [&str; 7] = [
        "UPDATE mixed_answers SET response_id = (SELECT id FROM mixed_places WHERE was = mixed_answers.response_id)",
        "UPDATE mixed_responses SET \
            number = (SELECT mixed_places.number FROM mixed_places WHERE was = mixed_responses.response_id), \
            response_id = (SELECT id FROM mixed_places WHERE was = mixed_responses.response_id)",
        "INSERT INTO responses SELECT * FROM mixed_responses ORDER BY response_id",
        "INSERT INTO answers SELECT * FROM mixed_answers ORDER BY response_id, question_key",
        "DROP TABLE mixed_responses",
        "DROP TABLE mixed_answers",
        "DROP TABLE mixed_places",
    ];
    for some in places.chunks(AT_ONCE) {
        on!(tx, c => {
            let mut insert = sqlx::QueryBuilder::new("INSERT INTO mixed_places (was, id, number) ");
            insert.push_values(some, |mut row, place| {
                row.push_bind(place.was).push_bind(place.id).push_bind(place.number);
            });
            insert.build().persistent(false).execute(c).await.map(|_| ())?;
        });
    }
    for put in PUT {
        on!(tx, c => sqlx::query(put).persistent(false).execute(c).await.map(|_| ())?);
    }
    Ok(())
}
