//! What a landlord types: a plan brought in, looked at first and brought in again; staff let in by a printed link; the example landlord kept out of a database that holds anything.

use serde_json::json;

use crate::Setup;
use crate::harness::checker::Checker;
use crate::harness::client::{Client, page};
use crate::harness::place::{Place, Ran};
use crate::harness::server::Server;
use crate::harness::staff::{self, choose_password, printed_link, sign_in};
use crate::harness::{Outcome, ensure};
use crate::report::Report;

const PLAN: &str = "tests/fixtures/plan.csv";
const LEADS: &str = "tests/fixtures/leads.csv";
/// Another password than the one that everybody has.
const OTHER: &str = "quarry-bellows-9-finches";
/// What a plan consists of.
const PLAN_TABLES: [&str; 10] = [
    "plans",
    "plan_themes",
    "plan_objectives",
    "plan_actions",
    "plan_leads",
    "plan_lead_members",
    "plan_action_leads",
    "plan_deadlines",
    "plan_progress",
    "plan_changes",
];

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    let version = place.must_run(&["--version"])?.said;
    let number = version.trim().strip_prefix("doorstep ").unwrap_or_default();
    ensure(number.split('.').count() == 3 && number.split('.').all(|part| part.parse::<u32>().is_ok()), || {
        format!("--version says: {version}")
    })?;

    let rows = bring_in(&place).await?;
    refuses_example(&place, "accounts").await?;
    let server = place.serve().await?;
    let_in(&place, &server).await?;
    server.stop().await?;

    let settled = setup.place().await?;
    settled.must_run(&["staff", "invite", "kim@lab.example", "--role", "administrator"])?;
    refuses_example(&settled, "plans").await?;
    place.must_run(&["doctor"])?;
    place.clear();
    settled.clear();
    Ok(Report::of(json!({
        "version": number,
        "rows_of_a_dry_run": 0,
        "rows_imported": rows,
        "rows_of_a_second_import": 0,
        "links_used": 2,
        "example_refused": ["a plan", "an account"],
    })))
}

/// Brings a plan in: only telling, for real, once more, and from a file that is not there. Returns how many rows it has.
async fn bring_in(place: &Place) -> Outcome<i64> {
    let told = place.must_run(&["import", "plan", PLAN, "--dry-run"])?.said;
    let promised = new_rows(&told, "Would change: ")?;
    ensure(promised > 0 && told.contains("Nothing was changed."), || format!("the dry run says: {told}"))?;
    let look = place.look().await?;
    let left: i64 = holdings(&look).await?.iter().map(|(_, rows)| rows).sum();
    ensure(left == 0, || format!("a dry run left {left} rows"))?;
    for table in ["plan_imports", "audit_entries"] {
        let rows = look.number(&format!("SELECT COUNT(*) FROM {table}")).await?;
        ensure(rows == 0, || format!("a dry run left {rows} rows in {table}"))?;
    }

    let said = place.must_run(&["import", "plan", PLAN, "--leads", LEADS])?.said;
    ensure(new_rows(&said, "Changed: ")? == promised, || {
        format!("{promised} new rows were announced, then it was: {said}")
    })?;
    let kept = holdings(&look).await?;
    let of =
        |tables: &[&str]| -> i64 { kept.iter().filter(|(name, _)| tables.contains(name)).map(|(_, rows)| rows).sum() };
    let rows = of(&["plan_themes", "plan_objectives", "plan_actions"]);
    ensure(rows == promised && of(&["plans"]) == 1, || format!("{promised} rows were announced, {rows} are kept"))?;
    let named = look.texts("SELECT name FROM plan_leads WHERE initials = 'PQ'").await?;
    ensure(named == ["Petra Quill"], || format!("the second file gave PQ the name {named:?}"))?;

    let again = place.must_run(&["import", "plan", PLAN, "--leads", LEADS])?.said;
    ensure(again.contains("Changed: 0 new rows, 0 changes."), || format!("the second import says: {again}"))?;
    let twice = holdings(&look).await?;
    ensure(twice == kept, || format!("the second import turned {kept:?} into {twice:?}"))?;

    let missing = place.run(&["import", "plan", "tests/fixtures/nothing.csv"])?;
    refused(&missing, "nothing.csv")?;
    look.close().await;
    Ok(rows)
}

/// Lets somebody in by an invitation, then by a reset: each printed link works once, and the old password no longer.
async fn let_in(place: &Place, server: &Server) -> Outcome<()> {
    let email = "kim@lab.example";
    let invite = ["staff", "invite", email, "--role", "manager", "--name", "Kim Lab"];
    let invitation = printed_link(&place.must_run(&invite)?.said, "/link/")?;
    use_once(&mut server.visitor(), &invitation, staff::PASSWORD).await?;
    let mut kim = staff::signed_in(server, email).await?;
    page(&mut kim, "/staff").await?;
    refused(&place.run(&invite)?, "already")?;
    refused(&place.run(&["staff", "invite", "sam@lab.example", "--role", "emperor"])?, "officer")?;

    let reset = printed_link(&place.must_run(&["staff", "reset", email])?.said, "/link/")?;
    page(&mut kim, "/staff").await?;
    use_once(&mut server.visitor(), &reset, OTHER).await?;
    // Whoever was signed in with the old password is not any more.
    kim.get("/staff").await?.expect(303)?;
    sign_in(&mut server.visitor(), email, staff::PASSWORD).await?.expect(422)?;
    sign_in(&mut server.visitor(), email, OTHER).await?.expect(303)?;
    refused(&place.run(&["staff", "reset", "nobody@lab.example"])?, "no active account")
}

async fn use_once(visitor: &mut Client, link: &str, password: &str) -> Outcome<()> {
    choose_password(visitor, link, password).await?;
    visitor.get(link).await?.expect(410).map_err(|why| format!("a link that was used: {why}"))?;
    Ok(())
}

/// Fails unless the example landlord is refused; a table that must still be empty shows that none of it was loaded.
async fn refuses_example(place: &Place, empty: &str) -> Outcome<()> {
    refused(&place.run(&["example"])?, "already holds")?;
    let look = place.look().await?;
    for table in [empty, "standards", "surveys", "letters"] {
        // The invitation's own letter is no part of the example.
        let rows = look.number(&format!("SELECT COUNT(*) FROM {table}")).await?;
        let own = i64::from(table == "letters" && empty != "accounts");
        ensure(rows == own, || format!("the refused example left {rows} rows in {table}"))?;
    }
    look.close().await;
    Ok(())
}

fn refused(ran: &Ran, word: &str) -> Outcome<()> {
    ensure(ran.code.is_some_and(|code| code != 0) && ran.said.contains(word), || {
        format!("should have refused and said \"{word}\": {}", ran.said)
    })
}

/// How many rows each table of the plan has.
async fn holdings(look: &Checker) -> Outcome<Vec<(&'static str, i64)>> {
    let mut found = Vec::new();
    for table in PLAN_TABLES {
        found.push((table, look.number(&format!("SELECT COUNT(*) FROM {table}")).await?));
    }
    Ok(found)
}

/// The number of new rows in the line of a report that begins so.
fn new_rows(said: &str, beginning: &str) -> Outcome<i64> {
    let line = said.lines().find_map(|line| line.strip_prefix(beginning));
    let number = line.and_then(|line| line.split(' ').next()).and_then(|word| word.parse().ok());
    number.ok_or_else(|| format!("no line \"{beginning}…\" in: {said}").into())
}
