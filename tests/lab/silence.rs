//! R07, the part in which the mail server takes connections and says nothing: other work goes on, and the letter in hand is given up in time, to be tried again.

use std::time::{Duration, Instant};

use crate::harness::checker::Checker;
use crate::harness::client::Client;
use crate::harness::place::Place;
use crate::harness::server::Server;
use crate::harness::survey::OpenSurvey;
use crate::harness::{Outcome, client, ensure, staff};
use crate::letters::{PATIENCE, push, register, until};
use crate::mailbox::{ANYBODY, Mailbox, Mood};

/// How many letters wait behind the silence.
const LETTERS: i64 = 4;
/// As many answers as move a figure.
const ANSWERS: usize = 5;
/// More connections than the program tries before the silence ends.
const SILENCES: usize = 99;

/// Makes the mail server silent, answers a survey meanwhile, and looks whether its answer is counted. The survey's answers go under the key given.
///
/// # Errors
/// When a job waits for the mail server, or a letter for ever.
pub async fn run(place: &Place, server: &Server, look: &Checker, mailbox: &mut Mailbox, key: &str) -> Outcome<()> {
    let mut officer = staff::signed_in(server, staff::OFFICER).await?;
    let survey = OpenSurvey::find(place, server).await?;
    // A conversation that is kept open would go on: the silence begins with new ones.
    mailbox.close().await;
    mailbox.script(ANYBODY, &[Mood::Silent; SILENCES]);
    mailbox.open().await?;
    let mut visitor = server.visitor();
    for number in 0..LETTERS {
        register(&mut visitor, &format!("quiet{number}@lab.example")).await?;
    }
    let began = Instant::now();
    while mailbox.silences() == 0 {
        ensure(began.elapsed() < PATIENCE, || "no letter was tried for a minute".to_owned())?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let before = performance(&mut officer).await?;
    // While a survey is open its answers move a figure five at a time.
    for number in 0..ANSWERS {
        // A key has its length: only the last letter differs.
        let key = if number == 0 { key.to_owned() } else { format!("{}{number}", &key[..key.len() - 1]) };
        survey.send(&mut visitor, &key).await?.expect(303)?;
    }
    let began = Instant::now();
    while performance(&mut officer).await? == before {
        ensure(began.elapsed() < PATIENCE, || "an answer was not counted while the mail server was silent".to_owned())?;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let waiting = look
        .number("SELECT COUNT(*) FROM letters WHERE recipient LIKE 'quiet%' AND sent_at IS NULL AND failed_at IS NULL");
    let waiting = waiting.await?;
    ensure(waiting == LETTERS, || format!("{waiting} of {LETTERS} letters waited for the silent mail server"))?;

    // The silence ends for new connections; the one in hand must be given up by the program.
    mailbox.script(ANYBODY, &[]);
    let given_up = "SELECT letter_id FROM letters WHERE recipient LIKE 'quiet%' AND last_error <> ''";
    until(look, "the program gave up on a mail server that says nothing", given_up).await?;
    push(look).await?;
    for number in 0..LETTERS {
        let to = format!("quiet{number}@lab.example");
        let copies = mailbox.arrived().iter().filter(|letter| letter.to == to).count();
        ensure(copies == 1, || format!("{to} got {copies} letters after the silence"))?;
    }
    Ok(())
}

/// Every value of every standard, as staff export them.
async fn performance(officer: &mut Client) -> Outcome<String> {
    Ok(client::page(officer, "/staff/performance.csv").await?.text())
}
