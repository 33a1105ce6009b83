//! R01: SIGKILL while people answer and register, again and again. What was acknowledged is stored, once; what else is stored was on its way.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::ledger::Ledger;
use crate::harness::place::Place;
use crate::harness::server::Server;
use crate::harness::survey::{OpenSurvey, STORED};
use crate::harness::{Outcome, beside, ensure};
use crate::report::Report;

/// Accounts that residents made for themselves.
pub const REGISTERED: &str = "SELECT email FROM accounts WHERE email LIKE '%@lab.example'";

/// How soon after its start the promise wants the server ready.
const READY_WITHIN: Duration = Duration::from_secs(2);

/// The books of both kinds of form.
#[derive(Default)]
pub struct Books {
    pub answers: Ledger,
    pub accounts: Ledger,
}

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let mut server = place.serve().await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let before = stored(&place, STORED).await?;
    let books = Arc::new(Books::default());
    let mut chance = Chance::new(setup.seed, 0);
    let (rounds, people) = setup.tiered((5, 60), (100, 200));
    let (mut slowest, mut extra) = (Duration::ZERO, 0);
    for round in 0..rounds {
        let load = start_load(&server, &survey, &books, setup.seed, round, people);
        tokio::time::sleep(Duration::from_millis(chance.between(300, 1500))).await;
        server.kill()?;
        for person in load {
            person.await?;
        }
        server = place.serve().await?;
        slowest = slowest.max(server.ready_after);
        ensure(server.ready_after < READY_WITHIN, || {
            format!("ready only {:?} after the restart of round {round}", server.ready_after)
        })?;
        extra = check(&place, &books, &before).await.map_err(|why| format!("after round {round}: {why}"))?;
    }
    server.stop().await?;
    let look = place.look().await?;
    look.integrity().await?;
    look.close().await;
    place.must_run(&["doctor"])?;
    let (answers, accounts) = (books.answers.tally(), books.accounts.tally());
    for book in [&books.answers, &books.accounts] {
        let odd = book.refusals_other_than(&[503]);
        ensure(odd.is_empty(), || format!("{} good forms were refused, first with {:?}", odd.len(), odd.first()))?;
    }
    ensure(answers.acknowledged > usize::try_from(rounds)?, || "hardly anything was acknowledged: no load".to_owned())?;
    place.clear();
    Ok(Report::of(json!({
        "rounds": rounds,
        "people": people,
        "acknowledged": answers.acknowledged + accounts.acknowledged,
        "lost": 0,
        "cut": answers.unknown + accounts.unknown,
        "stored_without_answer": extra,
        "slowest_restart_ms": u64::try_from(slowest.as_millis()).unwrap_or(u64::MAX),
    })))
}

/// People who send form after form until the server is gone.
pub fn start_load(
    server: &Server,
    survey: &OpenSurvey,
    books: &Arc<Books>,
    seed: u64,
    round: u64,
    people: u64,
) -> Vec<tokio::task::JoinHandle<()>> {
    let one = |number: u64| {
        let (mut client, survey, books) = (server.visitor(), survey.clone(), Arc::clone(books));
        let mut chance = Chance::new(seed, (round << 32) + number + 1);
        beside(async move {
            loop {
                let key = chance.key();
                let (book, id, answer) = if number.is_multiple_of(3) {
                    let email = format!("{}@lab.example", key.get(..20).unwrap_or_default());
                    books.accounts.sent(&email);
                    let fields = [("name", "Lab Person"), ("email", email.as_str())];
                    let fields: Vec<(String, String)> =
                        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                    let answer = client.post("/register", &fields).await;
                    client.forget();
                    (&books.accounts, email, answer)
                } else {
                    books.answers.sent(&key);
                    let answer = survey.send(&mut client, &key).await;
                    client.forget();
                    (&books.answers, key, answer)
                };
                book.ended(&id, &answer);
                if answer.is_err() {
                    return;
                }
            }
        })
    };
    (0..people).map(one).collect()
}

/// Holds both books against the database. Returns how many forms are stored although their answer never arrived.
pub async fn check(place: &Place, books: &Books, before: &BTreeSet<String>) -> Outcome<usize> {
    let answers: Vec<String> = {
        let look = place.look().await?;
        let found = look.texts(STORED).await?;
        look.close().await;
        found.into_iter().filter(|key| !before.contains(key)).collect()
    };
    let accounts: Vec<String> = stored(place, REGISTERED).await?.into_iter().collect();
    let extra = books.answers.check(&answers)? + books.accounts.check(&accounts)?;
    let in_flight = books.answers.tally().unknown + books.accounts.tally().unknown;
    ensure(extra <= in_flight, || format!("{extra} stored without an answer, but only {in_flight} were cut"))?;
    let look = place.look().await?;
    look.integrity().await?;
    let apart = look.number("SELECT COUNT(*) FROM tallies WHERE responses <> (SELECT COUNT(*) FROM responses WHERE responses.version_id = tallies.version_id)").await?;
    look.close().await;
    ensure(apart == 0, || format!("{apart} tallies do not equal the number of their responses"))?;
    Ok(extra)
}

/// Every text of a query, once.
pub async fn stored(place: &Place, sql: &str) -> Outcome<BTreeSet<String>> {
    let look = place.look().await?;
    let found = look.texts(sql).await?;
    look.close().await;
    Ok(found.into_iter().collect())
}
