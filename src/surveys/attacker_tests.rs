//! What somebody can do who holds a database whole: its rows, what the engine keeps beside each row, its files.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::db::{Db, Pools};
use crate::random::Random;

/// Every way that was tried, with how many people it linked to their answers.
pub struct Attack(Vec<(String, usize)>);

impl Attack {
    /// The way that linked most.
    pub fn best(&self) -> (&str, usize) {
        self.0.iter().max_by_key(|(_, hits)| *hits).map(|(way, hits)| (way.as_str(), *hits)).unwrap()
    }

    /// How many ways were tried.
    pub fn ways(&self) -> usize {
        self.0.len()
    }
}

/// People or answers in an order that says something, perhaps.
type Order = (String, Vec<String>);

const PEOPLE: [&str; 6] = ["invitation_id", "email", "token_hash", "sent_on", "spent_on", "spent_on, invitation_id"];
const PEOPLE_SQLITE: [&str; 1] = ["rowid"];
const PEOPLE_POSTGRES: [&str; 4] = ["ctid", "xmin::text::bigint", "xmin::text::bigint, ctid", "cmin::text::bigint"];
const LETTERS: [&str; 3] = ["letter_id", "created_at", "sent_at"];
const ANSWERS: [&str; 9] = [
    "response_id",
    "number",
    "received_on",
    "received_on, number",
    "received_on, response_id",
    "reference",
    "submission_key",
    "digest",
    "codes",
];
const ANSWERS_SQLITE: [&str; 2] =
    ["rowid", "(SELECT MIN(rowid) FROM answers WHERE answers.response_id = responses.response_id)"];
const ANSWERS_POSTGRES: [&str; 6] = [
    "ctid",
    "xmin::text::bigint",
    "xmin::text::bigint, ctid",
    "cmin::text::bigint",
    "(SELECT MIN(ctid) FROM answers WHERE answers.response_id = responses.response_id)",
    "(SELECT MIN(xmin::text::bigint) FROM answers WHERE answers.response_id = responses.response_id)",
];

/// Tries every way on a database. `truth` has the reference of each person's answers by their address; the attacker uses
/// it for nothing but to count the hits.
pub async fn attack(db: &Db, truth: &BTreeMap<String, String>) -> Attack {
    let (mut people, mut answers) = (Vec::new(), Vec::new());
    let engine = if db.is_sqlite() {
        (&PEOPLE_SQLITE[..], &ANSWERS_SQLITE[..])
    } else {
        (&PEOPLE_POSTGRES[..], &ANSWERS_POSTGRES[..])
    };
    for by in PEOPLE.iter().chain(engine.0) {
        let sql = format!("SELECT email FROM survey_invitations WHERE spent_on IS NOT NULL ORDER BY {by}, random()");
        people.push((format!("links by {by}"), texts(db, sql).await));
    }
    for by in LETTERS {
        let sql = format!("SELECT recipient FROM letters ORDER BY {by}, random()");
        people.push((format!("letters by {by}"), texts(db, sql).await));
    }
    for by in ANSWERS.iter().chain(engine.1) {
        let sql = format!("SELECT reference FROM responses ORDER BY {by}, random()");
        answers.push((format!("answers by {by}"), texts(db, sql).await));
    }
    let hashes: Vec<(String, String)> = pairs(db, "SELECT token_hash, email FROM survey_invitations").await;
    let references: Vec<(String, String)> = truth.values().map(|one| (one.clone(), one.clone())).collect();
    let mut tried = Vec::new();
    for (file, links, rows) in files(db).await {
        people.extend(by_place(&file, &links, &hashes));
        answers.extend(by_place(&file, &rows, &references));
        if file == "the log" {
            let linked = transaction_by_transaction(&links, &hashes, &references);
            tried.push(("transactions in the log".to_owned(), hits(linked.iter().map(|(a, b)| (a, b)), truth)));
        }
    }
    for (who, people) in &people {
        for (what, answers) in &answers {
            tried.push((format!("{who}, {what}"), hits(people.iter().zip(answers), truth)));
            tried.push((format!("{who}, {what} backwards"), hits(people.iter().zip(answers.iter().rev()), truth)));
        }
    }
    tried.push(("values that both have".to_owned(), shared_values(db, truth).await));
    Attack(tried)
}

fn hits<'a>(linked: impl Iterator<Item = (&'a String, &'a String)>, truth: &BTreeMap<String, String>) -> usize {
    linked.filter(|(person, answer)| truth.get(*person) == Some(*answer)).count()
}

async fn texts(db: &Db, sql: String) -> Vec<String> {
    match db.pools() {
        Pools::Sqlite { writer, .. } => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(writer).await.unwrap(),
        Pools::Postgres(pool) => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(pool).await.unwrap(),
    }
}

async fn pairs(db: &Db, sql: &'static str) -> Vec<(String, String)> {
    match db.pools() {
        Pools::Sqlite { writer, .. } => sqlx::query_as(sql).fetch_all(writer).await.unwrap(),
        Pools::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await.unwrap(),
    }
}

/// The database's files as bytes: a name, the one where links are, and the one where answers are.
#[expect(clippy::disallowed_methods, reason = "this statement takes no parameters and runs outside any transaction")]
async fn files(db: &Db) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    match db.pools() {
        Pools::Sqlite { writer, .. } => {
            const PATH: &str = "SELECT file FROM pragma_database_list WHERE name = 'main'";
            let path: String = sqlx::query_scalar(PATH).fetch_one(writer).await.unwrap();
            let log = std::fs::read(format!("{path}-wal")).unwrap_or_default();
            let main = std::fs::read(path).unwrap();
            vec![("the file".to_owned(), main.clone(), main), ("the log".to_owned(), log.clone(), log)]
        }
        Pools::Postgres(pool) => {
            sqlx::raw_sql("CHECKPOINT").execute(pool).await.unwrap();
            let read = async |table: &str| -> Vec<u8> {
                let sql = format!("SELECT pg_read_binary_file(pg_relation_filepath('{table}'))");
                sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap()
            };
            vec![("the file".to_owned(), read("survey_invitations").await, read("responses").await)]
        }
    }
}

/// Where each mark stands in the bytes, in their order.
fn places(bytes: &[u8], marks: &[(String, String)]) -> Vec<(usize, String)> {
    let known: HashMap<&[u8], &str> = marks.iter().map(|(mark, name)| (&mark.as_bytes()[..8], name.as_str())).collect();
    let found = bytes.windows(8).enumerate().filter_map(|(at, window)| Some((at, (*known.get(window)?).to_owned())));
    found.collect()
}

/// Names by where their marks stand first, last, and last within a page.
fn by_place(file: &str, bytes: &[u8], marks: &[(String, String)]) -> Vec<Order> {
    let places = places(bytes, marks);
    let (mut first, mut last) = (BTreeMap::new(), BTreeMap::new());
    for (at, name) in &places {
        first.entry(name.clone()).or_insert(*at);
        last.insert(name.clone(), *at);
    }
    let order = |of: &BTreeMap<String, usize>| {
        let mut all: Vec<(usize, String)> = of.iter().map(|(name, at)| (*at, name.clone())).collect();
        all.sort();
        all.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    vec![(format!("first place in {file}"), order(&first)), (format!("last place in {file}"), order(&last))]
}

/// Reads SQLite's write-ahead log commit by commit: where one link was newly spent and one answer newly kept, they are of
/// one person. The log is written again from its start once the main file has taken it, and what stands behind the new
/// frames is older than they: each round is known by the first of its salts, which goes up by one, and the attacker reads
/// the rounds in their order. Format: sqlite.org/fileformat2.html, section 4.
fn transaction_by_transaction(
    log: &[u8],
    hashes: &[(String, String)],
    references: &[(String, String)],
) -> Vec<(String, String)> {
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().unwrap());
    let Some(size) = log.get(8..12) else { return Vec::new() };
    let mut frames: Vec<&[u8]> = log[32..].chunks_exact(number(size) as usize + 24).collect();
    frames.sort_by_key(|frame| number(&frame[8..12]));
    let (mut linked, mut seen) = (Vec::new(), HashSet::new());
    let mut commit: Vec<u8> = Vec::new();
    for frame in frames {
        commit.extend_from_slice(&frame[24..]);
        if frame[4..8] == [0; 4] {
            continue;
        }
        let spent = places(&commit, hashes).into_iter().filter(|(at, _)| commit.get(at + 74..at + 76) == Some(b"20"));
        let fresh =
            |found: BTreeSet<String>| -> Vec<String> { found.into_iter().filter(|one| !seen.contains(one)).collect() };
        let people = fresh(spent.map(|(_, name)| name).collect());
        let answers = fresh(places(&commit, references).into_iter().map(|(_, name)| name).collect());
        if let ([person], [answer]) = (people.as_slice(), answers.as_slice()) {
            linked.push((person.clone(), answer.clone()));
        }
        seen.extend(people);
        seen.extend(answers);
        commit.clear();
    }
    linked
}

/// Links each person to the answer that shares most values with what is kept of them: any number, any day, any text. Where
/// several share as many, chance decides.
async fn shared_values(db: &Db, truth: &BTreeMap<String, String>) -> usize {
    const OF_PEOPLE: &str = "SELECT email, CAST(invitation_id AS TEXT) || '|' || token_hash || '|' || CAST(sent_on AS TEXT) \
        || '|' || CAST(spent_on AS TEXT) FROM survey_invitations WHERE spent_on IS NOT NULL";
    const OF_ANSWERS: &str = "SELECT reference, CAST(response_id AS TEXT) || '|' || CAST(number AS TEXT) || '|' \
        || CAST(received_on AS TEXT) || '|' || submission_key || '|' || digest || '|' || channel FROM responses";
    let values = |row: &str| -> HashSet<String> { row.split('|').map(str::to_owned).collect() };
    let answers: Vec<(String, HashSet<String>)> =
        pairs(db, OF_ANSWERS).await.into_iter().map(|(reference, row)| (reference, values(&row))).collect();
    let chance = Random::system();
    let people = pairs(db, OF_PEOPLE).await;
    let guesses = people.iter().filter(|(person, row)| {
        let mine = values(row);
        let score = |of: &HashSet<String>| of.intersection(&mine).count();
        let best = answers.iter().map(|(_, of)| score(of)).max().unwrap_or(0);
        let likely: Vec<&String> = answers.iter().filter(|(_, of)| score(of) == best).map(|(name, _)| name).collect();
        chance.pick(&likely).copied() == truth.get(person)
    });
    guesses.count()
}

/// Every table in which one of the texts stands.
pub async fn tables_with(db: &Db, texts_sought: &BTreeSet<String>) -> BTreeSet<String> {
    const SQLITE: &str = "SELECT name, (SELECT 'SELECT ' || GROUP_CONCAT('quote(\"' || name || '\")', ' || ''|'' || ') \
        FROM pragma_table_info(tables.name)) || ' FROM \"' || name || '\"' FROM sqlite_schema AS tables WHERE type = 'table'";
    const POSTGRES: &str = "SELECT CAST(table_name AS TEXT), 'SELECT whole::text FROM \"' || table_name || '\" AS whole' \
        FROM information_schema.tables WHERE table_schema = 'public'";
    let mut found = BTreeSet::new();
    for (table, sql) in pairs(db, if db.is_sqlite() { SQLITE } else { POSTGRES }).await {
        let rows = texts(db, sql).await;
        let words = rows.iter().flat_map(|row| row.split(|c: char| !c.is_ascii_alphanumeric() && !"@.".contains(c)));
        if words.into_iter().any(|word| texts_sought.contains(word)) {
            found.insert(table);
        }
    }
    found
}
