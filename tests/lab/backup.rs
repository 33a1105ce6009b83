//! R16, short: a backup made under load is a whole past of the database; a damaged one, or one put over a living installation, changes nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::Setup;
use crate::crash::{Books, REGISTERED, check, start_load, stored};
use crate::harness::chance::Chance;
use crate::harness::survey::{OpenSurvey, STORED};
use crate::harness::{Outcome, ensure};
use crate::report::Report;
use crate::set_up::{is_gone, says_no_more};

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let mut server = place.serve().await?;
    let survey = OpenSurvey::find(&place, &server).await?;
    let before = stored(&place, STORED).await?;
    let books = Arc::new(Books::default());
    let load = start_load(&server, &survey, &books, setup.seed, 0, setup.tiered(12, 100));
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (answers, accounts) = (books.answers.acknowledged(), books.accounts.acknowledged());
    let copy = place.folder.join("backup");
    let copy_name = copy.to_string_lossy().into_owned();
    place.must_run(&["backup", &copy_name])?;
    tokio::time::sleep(Duration::from_millis(200)).await;

    // Over a living installation: refused, and nothing of it changes.
    let over = place.run(&["restore", &copy_name])?;
    ensure(over.code != Some(0), || "restore wrote over a living installation".to_owned())?;
    server.kill()?;
    for person in load {
        person.await?;
    }
    check(&place, &books, &before).await?;

    // Damaged: refused, and nothing is left behind.
    let damaged = place.folder.join("damaged");
    cut_short(&copy, &damaged)?;
    let elsewhere = setup.place().await?;
    let refused = elsewhere.run(&["restore", &damaged.to_string_lossy()])?;
    ensure(refused.code != Some(0), || "a backup cut short was put back".to_owned())?;
    ensure(!elsewhere.data().join("doorstep.db").exists(), || "a refused backup left a database behind".to_owned())?;

    // Elsewhere: whole, and at least all that was acknowledged before the backup began.
    elsewhere.must_run(&["restore", &copy_name])?;
    // The keys of sealed answers are in no backup: doctor misses them until they are put back by themselves.
    let without = elsewhere.run(&["doctor"])?;
    ensure(without.code != Some(0) && without.said.contains("WRONG sealed answers"), || {
        format!("doctor does not miss the keys of sealed answers: {}", without.said)
    })?;
    std::fs::copy(place.data().join("sealing.keys"), elsewhere.data().join("sealing.keys"))?;
    elsewhere.must_run(&["doctor"])?;
    let (kept_answers, kept_accounts) = (stored(&elsewhere, STORED).await?, stored(&elsewhere, REGISTERED).await?);
    let (live_answers, live_accounts) = (stored(&place, STORED).await?, stored(&place, REGISTERED).await?);
    for (name, acknowledged, kept, live) in
        [("answers", &answers, &kept_answers, &live_answers), ("accounts", &accounts, &kept_accounts, &live_accounts)]
    {
        ensure(acknowledged.is_subset(kept), || format!("{name} acknowledged before the backup are not in it"))?;
        ensure(kept.is_subset(live), || format!("the backup holds {name} that the installation does not"))?;
    }
    let look = elsewhere.look().await?;
    look.integrity().await?;
    let journal: BTreeSet<String> = look.texts("PRAGMA journal_mode").await?.into_iter().collect();
    ensure(journal.contains("wal"), || format!("the restored journal is {journal:?}"))?;
    let waiting = look.number("SELECT COUNT(*) FROM letters WHERE sent_at IS NULL AND failed_at IS NULL").await?;
    ensure(waiting == 0, || format!("{waiting} old letters would be sent again"))?;
    look.close().await;
    let server = elsewhere.serve().await?;
    OpenSurvey::named(&survey.slug, &server).await?;
    // V35: somebody has an account, so that nobody can set it up anew.
    let guess = format!("/set-up?token={}", Chance::new(setup.seed, 0).key());
    is_gone(&mut server.visitor(), &["/set-up", "/set-up?token=", &guess]).await?;
    says_no_more(&elsewhere, 0)?;
    server.stop().await?;
    place.clear();
    elsewhere.clear();
    Ok(Report::of(json!({
        "acknowledged_before": answers.len() + accounts.len(),
        "restored": kept_answers.len() + kept_accounts.len() - before.len(),
        "refused": ["over a living installation", "cut short"],
    })))
}

/// Copies a backup with the last third of its database missing.
fn cut_short(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::create_dir_all(to.join("files"))?;
    let bytes = std::fs::read(from.join("doorstep.db"))?;
    let whole = bytes.get(..bytes.len() * 2 / 3).ok_or("an empty backup")?;
    Ok(std::fs::write(to.join("doorstep.db"), whole)?)
}
