//! Many people send answers for a minute, and in the middle of it the program is killed. Nobody gives up: whoever got no
//! answer sends the same again, as a phone does. In the end everybody has a receipt and every answer is stored once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Setup;
use crate::crash::stored;
use crate::harness::chance::Chance;
use crate::harness::client::Client;
use crate::harness::ledger::Ledger;
use crate::harness::survey::{OpenSurvey, STORED};
use crate::harness::{Outcome, beside, ensure};
use crate::report::Report;

/// How long somebody goes on trying one set of answers before the test calls it lost.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let mut server = place.serve().await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let before = stored(&place, STORED).await?;
    let (people, seconds) = setup.tiered((60, 6), (200, 60));
    let lasts = Duration::from_secs(seconds);
    let book = Arc::new(Ledger::default());
    let began = Instant::now();
    let load: Vec<_> = (0..people)
        .map(|number| {
            let person = Person {
                client: server.visitor(),
                survey: survey.clone(),
                book: Arc::clone(&book),
                chance: Chance::new(setup.seed, number + 1),
            };
            beside(person.answer_until(began + lasts))
        })
        .collect();

    tokio::time::sleep(lasts / 2).await;
    let by_then = book.acknowledged();
    server.kill()?;
    server = place.serve().await?;
    let back_after = server.ready_after;
    let mut again = 0;
    for person in load {
        again += person.await??;
    }
    let took = began.elapsed();
    server.stop().await?;

    let tally = book.tally();
    ensure(!by_then.is_empty() && tally.acknowledged > by_then.len(), || {
        format!("{} receipts before the kill, {} in all: no load", by_then.len(), tally.acknowledged)
    })?;
    ensure(again > 0, || "the kill cut nobody off, so that nothing was proved".to_owned())?;
    let odd = book.refusals_other_than(&[]);
    ensure(odd.is_empty(), || format!("{} good forms were refused, first with {:?}", odd.len(), odd.first()))?;
    ensure(tally.unknown == 0, || format!("{} never got an answer", tally.unknown))?;
    let look = place.look().await?;
    let now: Vec<String> = look.texts(STORED).await?.into_iter().filter(|key| !before.contains(key)).collect();
    let extra = book.check(&now)?;
    ensure(extra == 0 && now.len() == tally.acknowledged, || {
        format!("{} stored, {} acknowledged", now.len(), tally.acknowledged)
    })?;
    look.integrity().await?;
    look.close().await;
    place.must_run(&["doctor"])?;
    place.clear();
    Ok(Report::of(json!({
        "people": people,
        "seconds": took.as_secs(),
        "acknowledged": tally.acknowledged,
        "lost": 0,
        "twice": 0,
        "sent_again": again,
        "restart_ms": u64::try_from(back_after.as_millis()).unwrap_or(u64::MAX),
    })))
}

/// Somebody who answers again and again, with a new key each time.
struct Person {
    client: Client,
    survey: OpenSurvey,
    book: Arc<Ledger>,
    chance: Chance,
}

impl Person {
    /// Sends answers until that moment, each set until there is a receipt. Returns how often one had to be sent again.
    async fn answer_until(mut self, end: Instant) -> Outcome<u64> {
        let mut again = 0;
        while Instant::now() < end {
            let key = self.chance.key();
            let began = Instant::now();
            loop {
                self.book.sent(&key);
                let answer = self.survey.send(&mut self.client, &key).await;
                self.client.forget();
                self.book.ended(&key, &answer);
                let Err(why) = answer else { break };
                ensure(began.elapsed() < PATIENCE, || format!("no answer in {PATIENCE:?}, last {why:?}"))?;
                again += 1;
                tokio::time::sleep(Duration::from_millis(self.chance.between(50, 300))).await;
            }
        }
        Ok(again)
    }
}
