//! R02: the same form sent many times – at once, again after the receipt, again after a broken connection – is kept once; with other answers it is refused.

use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::place::Place;
use crate::harness::survey::OpenSurvey;
use crate::harness::{Outcome, beside, ensure};
use crate::report::Report;

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let server = place.serve().await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let mut chance = Chance::new(setup.seed, 0);
    let (trials, at_once, cuts) = setup.tiered((2, 50, 10), (20, 50, 200));

    for _ in 0..trials {
        let key = chance.key();
        let senders = (0..at_once).map(|_| {
            let (mut client, survey, key) = (server.visitor(), survey.clone(), key.clone());
            beside(async move { survey.send(&mut client, &key).await })
        });
        let mut receipts = Vec::new();
        for sender in senders.collect::<Vec<_>>() {
            receipts.push(sender.await??.expect(303)?.location().to_owned());
        }
        // Back, and sent once more.
        receipts.push(survey.send(&mut server.visitor(), &key).await?.expect(303)?.location().to_owned());
        receipts.sort();
        receipts.dedup();
        ensure(receipts.len() == 1, || format!("one form got {} receipts", receipts.len()))?;
        ensure(rows(&place, &key).await? == 1, || "one form was not kept exactly once".to_owned())?;
        let other = survey.other_answers(&key)?;
        server.visitor().post(&survey.path(), &other).await?.expect(409)?;
        ensure(rows(&place, &key).await? == 1, || "other answers under a spent key changed what is kept".to_owned())?;
    }

    for _ in 0..cuts {
        let key = chance.key();
        let mut client = server.visitor();
        client.post_and_hang_up(&survey.path(), &survey.answers(&key)).await?;
        let first = survey.send(&mut client, &key).await?.expect(303)?;
        let again = survey.send(&mut server.visitor(), &key).await?.expect(303)?;
        ensure(first.location() == again.location(), || "a retry got another receipt".to_owned())?;
        ensure(rows(&place, &key).await? == 1, || "a retry was not kept exactly once".to_owned())?;
    }
    server.stop().await?;
    place.clear();
    Ok(Report::of(json!({ "trials": trials, "at_once": at_once, "retries_after_a_cut": cuts, "rows_per_form": 1 })))
}

async fn rows(place: &Place, key: &str) -> Outcome<i64> {
    let look = place.look().await?;
    let rows = look.number(&format!("SELECT COUNT(*) FROM responses WHERE submission_key = '{key}'")).await?;
    look.close().await;
    Ok(rows)
}
