//! R07: the mail server is down, comes back, is busy, refuses, hangs up before its last word, says nothing at all. Every letter arrives once and in order, or is shown as failed.
//!
//! The program waits from a minute to an hour between its tries; the lab shortens the waiting by setting back the time of the next try.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::checker::Checker;
use crate::harness::client::Client;
use crate::harness::form::Form;
use crate::harness::{Outcome, client, ensure, staff};
use crate::mailbox::{Mailbox, Mood};
use crate::report::Report;
use crate::silence;

/// How long the lab waits for letters to move before it calls them stuck.
pub const PATIENCE: Duration = Duration::from_mins(1);

pub async fn run(setup: Setup) -> Outcome<Report> {
    if std::process::Command::new("openssl").arg("version").output().is_err() {
        return Ok(Report::of(json!({})).not_checked("openssl is not installed"));
    }
    let place = setup.place().await?;
    let mut mailbox = Mailbox::new(&place.folder)?;
    let place = place.with("DOORSTEP_SMTP_URL", &mailbox.url()).with("DOORSTEP_SMTP_CA_FILE", &mailbox.ca_file());
    place.must_run(&["example"])?;
    let look = place.look().await?;
    look.change("DELETE FROM letters").await?;
    let server = place.serve().await?;
    let mut visitor = server.visitor();
    let people = setup.tiered(12, 400);

    // Down: everybody is written to, two letters each, and nothing is lost.
    for _ in 0..2 {
        for number in 0..people {
            register(&mut visitor, &format!("person{number}@lab.example")).await?;
        }
        // Whoever has a password and registers again is sent a link to choose another.
        look.change("UPDATE accounts SET password_hash = 'none' WHERE email LIKE '%@lab.example'").await?;
    }
    let written = look.number("SELECT COUNT(*) FROM letters").await?;
    ensure(written == 2 * people, || format!("{written} letters were written instead of {}", 2 * people))?;
    // One is tried a turn while nobody listens, so that hundreds would take long.
    let tried = people.min(12);
    until(&look, "letters were tried while the server was down", &format!("SELECT COUNT(*) FROM letters WHERE attempts > 0 AND sent_at IS NULL AND failed_at IS NULL HAVING COUNT(*) >= {tried}")).await?;

    // Back: each arrives once, in the order in which it was written.
    mailbox.open().await?;
    push(&look).await?;
    ensure(i64::try_from(mailbox.arrived().len())? == written, || {
        format!("{written} letters were written, {} arrived", mailbox.arrived().len())
    })?;
    check_order(&look, &mailbox).await?;

    // Busy twice, unwilling, and gone after taking the letter.
    let (busy, unwilling, gone) = ("busy@lab.example", "unwilling@lab.example", "gone@lab.example");
    mailbox.script(busy, &[Mood::Later, Mood::Later]);
    mailbox.script(unwilling, &[Mood::Never]);
    mailbox.script(gone, &[Mood::HangUpAfterTaking]);
    for to in [busy, unwilling, gone] {
        register(&mut visitor, to).await?;
    }
    push(&look).await?;
    let failed = look.texts("SELECT recipient FROM letters WHERE failed_at IS NOT NULL").await?;
    ensure(failed == [unwilling], || format!("failed for good: {failed:?}"))?;
    let copies = |to: &str| mailbox.arrived().into_iter().filter(|letter| letter.to == to).collect::<Vec<_>>();
    ensure(copies(busy).len() == 1, || "the letter to the busy server did not arrive once".to_owned())?;
    let twice = copies(gone);
    ensure(twice.len() == 2 && twice.first() == twice.last(), || {
        format!("the letter whose receipt was lost came as {twice:?}")
    })?;

    // Staff see the failure and send it again.
    let mut officer = staff::signed_in(&server, staff::OFFICER).await?;
    let page = client::page(&mut officer, "/staff/letters").await?;
    let form = Form::find(&page.text(), "/staff/letters")?;
    officer.post("/staff/letters", &form.fill(&[])).await?.expect(303)?;
    push(&look).await?;
    ensure(copies(unwilling).len() == 1, || "the letter sent again by staff did not arrive".to_owned())?;

    // Down in the middle of a queue, back again.
    for number in 0..people {
        register(&mut visitor, &format!("later{number}@lab.example")).await?;
        if number == people / 2 {
            mailbox.close().await;
        }
    }
    mailbox.open().await?;
    push(&look).await?;
    silence::run(&place, &server, &look, &mut mailbox, &Chance::new(setup.seed, 0).key()).await?;
    check_order(&look, &mailbox).await?;
    let left = look.number("SELECT COUNT(*) FROM letters WHERE sent_at IS NULL").await?;
    ensure(left == 0, || format!("{left} letters never left"))?;
    let arrived = mailbox.arrived();
    let all = look.number("SELECT COUNT(*) FROM letters").await?;
    look.close().await;
    server.stop().await?;
    place.clear();
    Ok(Report::of(json!({
        "letters": all,
        "lost": 0,
        "arrived": arrived.len(),
        "repeats_of_a_lost_receipt": i64::try_from(arrived.len())? - all,
    })))
}

/// Asks for an account, which sends a letter.
///
/// # Errors
/// When the form is refused.
pub async fn register(visitor: &mut Client, email: &str) -> Outcome<()> {
    let fields = [("name", "Lab Person"), ("email", email)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    visitor.post("/register", &fields).await?.expect(303)?;
    visitor.forget();
    Ok(())
}

/// Waits until a query gives a row.
///
/// # Errors
/// When it gives none for a minute.
pub async fn until(look: &Checker, what: &str, sql: &str) -> Outcome<()> {
    let began = Instant::now();
    while look.texts(&format!("SELECT 'yes' FROM ({sql}) AS found")).await?.is_empty() {
        ensure(began.elapsed() < PATIENCE, || format!("waited a minute until {what}"))?;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// Shortens every wait until no letter is left to send.
///
/// # Errors
/// When letters are left after a minute.
pub async fn push(look: &Checker) -> Outcome<()> {
    let began = Instant::now();
    while look.number("SELECT COUNT(*) FROM letters WHERE sent_at IS NULL AND failed_at IS NULL").await? > 0 {
        ensure(began.elapsed() < PATIENCE, || "letters were still waiting after a minute".to_owned())?;
        let due = Utc::now() - TimeDelta::seconds(1);
        look.change_at("UPDATE letters SET try_at = $1 WHERE sent_at IS NULL AND failed_at IS NULL AND leased_until IS NULL AND attempts > 0", due).await?;
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Ok(())
}

/// Every letter that arrived was written, and each person's came in the order of writing, repeats of a lost receipt aside.
async fn check_order(look: &Checker, mailbox: &Mailbox) -> Outcome<()> {
    let written = look.texts("SELECT CAST(letter_id AS TEXT) FROM letters ORDER BY letter_id").await?;
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for letter in mailbox.arrived() {
        let id = letter.message_id.trim_start_matches("<letter-").split('-').next().unwrap_or_default();
        ensure(written.iter().any(|known| known == id), || format!("{letter:?} was never written"))?;
        let id: i64 = id.parse()?;
        let before = last.insert(letter.to.clone(), id);
        ensure(before.is_none_or(|before| before <= id), || format!("{} got letters out of order", letter.to))?;
    }
    Ok(())
}
