//! R20: SIGTERM under load. What is under way finishes, nobody new is let in, the program ends with 0, and nothing acknowledged is lost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Setup;
use crate::crash::{Books, check, start_load, stored};
use crate::harness::chance::Chance;
use crate::harness::client::Client;
use crate::harness::survey::{OpenSurvey, STORED};
use crate::harness::{Outcome, ensure};
use crate::report::Report;

/// How long the promise gives to what is under way.
const WITHIN: Duration = Duration::from_secs(20);

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let mut server = place.serve().await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let before = stored(&place, STORED).await?;
    let books = Arc::new(Books::default());
    let mut chance = Chance::new(setup.seed, 0);
    let (rounds, people) = setup.tiered((2, 16), (20, 100));
    let (mut finished, mut longest) = (0, Duration::ZERO);
    for round in 0..rounds {
        let load = start_load(&server, &survey, &books, setup.seed, round, people);
        // Some have sent half their form when the signal comes: the rest must still be read and kept.
        let mut halves = Vec::new();
        for _ in 0..4 {
            let (key, mut client) = (chance.key(), server.visitor());
            books.answers.sent(&key);
            let rest = client.begin(&survey.path(), &survey.answers(&key)).await?;
            halves.push((key, client, rest));
        }
        tokio::time::sleep(Duration::from_millis(chance.between(300, 900))).await;
        server.ask_to_stop()?;
        let asked = Instant::now();
        tokio::time::sleep(Duration::from_millis(300)).await;
        for (key, mut client, rest) in halves {
            let answer = client.finish(&rest).await;
            ensure(answer.as_ref().is_ok_and(|answer| answer.status == 303), || {
                format!("a form half sent at the stop was not taken: {answer:?}")
            })?;
            books.answers.ended(&key, &answer);
            finished += 1;
        }
        let ended = server.ended().await?;
        longest = longest.max(asked.elapsed());
        ensure(ended.success(), || format!("the server ended with {ended}"))?;
        ensure(longest < WITHIN, || format!("the stop took {longest:?}"))?;
        ensure(Client::new(place.address).connect().await.is_err(), || "somebody new was let in".to_owned())?;
        for person in load {
            person.await?;
        }
        check(&place, &books, &before).await?;
        server = place.serve().await?;
    }
    server.stop().await?;
    let tally = books.answers.tally();
    let odd = books.answers.refusals_other_than(&[]);
    ensure(odd.is_empty(), || format!("{} good forms were refused, first with {:?}", odd.len(), odd.first()))?;
    place.clear();
    Ok(Report::of(json!({
        "stops": rounds,
        "acknowledged": tally.acknowledged + books.accounts.tally().acknowledged,
        "lost": 0,
        "finished_after_the_signal": finished,
        "longest_stop_ms": u64::try_from(longest.as_millis()).unwrap_or(u64::MAX),
    })))
}
