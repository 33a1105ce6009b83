//! Journeys through the real router: a plan, its activities and versions, evidence, and reports that a second person decides.

use chrono::TimeDelta;

use crate::app::App;
use crate::people::{Account, Role};
use crate::performance::recalculate::recalculate;
use crate::performance::store::testing;
use crate::testing::{Browser, app};
use crate::thread::id::StandardId;

/// A standard at 80 of 100 in spring and summer and 90 of 100 in autumn.
async fn standard(app: &App) -> StandardId {
    let mut tx = app.db.write().await.unwrap();
    let standard_id = testing::standard(app, &mut tx, "Calls answered").await;
    for (month, numerator) in [(5, 800.0), (6, 800.0), (7, 800.0), (8, 900.0), (9, 900.0), (10, 900.0)] {
        testing::figure(app, &mut tx, standard_id, &format!("2026-{month:02}"), numerator).await;
    }
    recalculate(&mut tx, standard_id, app.clock.today(), app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    standard_id
}

async fn open_plan(browser: &mut Browser, owner: &Account) -> String {
    let owner = owner.id.to_string();
    let fields = [("owner", owner.as_str()), ("starts-day", "1"), ("starts-month", "4"), ("starts-year", "2026")];
    browser.post("/staff/improvement/plans/new", &fields).await.expect(303).location().to_owned()
}

fn activity<'a>(lead: &'a str, standard: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("what", "Answer the telephone with six people at noon"),
        ("way", "line_management"),
        ("measure", "Calls answered in a minute"),
        ("standard", standard),
        ("baseline", "80 in 100"),
        ("target", "90 in 100"),
        ("starts-day", "1"),
        ("starts-month", "5"),
        ("starts-year", "2026"),
        ("due-day", "30"),
        ("due-month", "11"),
        ("due-year", "2026"),
        ("resources", "No additional cost"),
        ("lead", lead),
        ("design-how", "Callers were asked which hours are worst"),
        ("design-count", "41"),
    ]
}

fn but<'a>(fields: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = fields.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

const REPORT: &[(&str, &str)] = &[
    ("action-taken", "Six people sit at the telephones from 11 to 2."),
    ("before", "2026-07"),
    ("after", "2026-10"),
    ("improved", "yes"),
    ("resident-view", "12 of 14 callers said that it is quicker."),
    ("savings", "1,200"),
    ("lessons", "Noon is the worst hour."),
];

#[tokio::test]
async fn a_plan_is_kept_version_by_version_and_grows_stale() {
    let app = app().await;
    let (mut manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let here = open_plan(&mut manager, &kim).await;
    let owner = kim.id.to_string();
    let again = [("owner", owner.as_str()), ("starts-day", "1"), ("starts-month", "4"), ("starts-year", "2027")];
    manager.post("/staff/improvement/plans/new", &again).await.expect(422).holds("One plan at a time");
    let fields = activity(&owner, "");
    for (name, value, message) in [
        ("what", "", "Say what will be done"),
        ("way", "", "Choose by which way"),
        ("way", "selected", "Choose the selected process"),
        ("process", "77", "Choose a process that is in use"),
        ("due-year", "2025", "It cannot be done before it begins"),
        ("lead", "0", "Choose who leads it"),
        ("design-count", "many", "Enter how many residents"),
        ("standard", "99", "Choose one from the list"),
    ] {
        let refused = manager.post(&format!("{here}/activity"), &but(&fields, name, value)).await.expect(422);
        refused.holds(message).holds("Callers were asked");
    }
    manager.post(&format!("{here}/activity"), &fields).await.expect(303);
    let page = manager
        .get(&here)
        .await
        .expect(200)
        .holds("Answer the telephone")
        .holds("Version 2")
        .lacks("Outside the twelve months");
    let activity =
        page.text.split("/staff/improvement/activities/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let activity = format!("/staff/improvement/activities/{activity}");
    auditor.get(&activity).await.expect(200).holds("41 residents").holds("Not shown yet").lacks("Attach evidence<");
    let form = manager.get(&format!("{activity}/edit")).await.expect(200).holds("Callers were asked");
    let seen = form.hidden("seen");
    let later = but(&but(&fields, "due-year", "2027"), "~seen", &seen);
    manager.post(&format!("{activity}/edit"), &later).await.expect(303);
    manager
        .post(&format!("{activity}/edit"), &later)
        .await
        .expect(422)
        .holds("Somebody else has changed this activity");
    manager.get(&here).await.expect(200).holds("Outside the twelve months").holds("30 November 2027");
    auditor
        .get(&format!("{here}?version=2"))
        .await
        .expect(200)
        .holds("This is version 2 of 3")
        .holds("30 November 2026")
        .lacks("30 November 2027");
    auditor.get(&format!("{here}?version=1")).await.expect(200).holds("No activity is in the plan yet");
    auditor.get(&format!("{here}?version=9")).await.expect(404);
    manager
        .post(&here, &[("step", "close"), ("reason", "The year is over")])
        .await
        .expect(422)
        .holds("Finish or stop every activity");

    manager.get("/staff").await.expect(200).lacks("Look through your twelve-month plan");
    app.clock.advance(TimeDelta::days(32));
    let (mut manager, mut auditor) = (relogin(&app, &kim).await, Browser::signed_in(&app, Role::Auditor).await.0);
    manager.get("/staff").await.expect(200).holds("Look through your twelve-month plan: the last time was 32 days ago");
    auditor.get("/staff/improvement/plans").await.expect(200).holds("Out of date").holds("Looked through 32 days ago");
    manager.post(&here, &[("step", "review"), ("words", "")]).await.expect(422).holds("Say what you saw");
    manager.post(&here, &[("step", "review"), ("words", "All well.")]).await.expect(303);
    auditor.get("/staff/improvement/plans").await.expect(200).holds("Up to date").holds("Looked through today");
    auditor.post(&here, &[("step", "review"), ("words", "I looked.")]).await.expect(403);

    let seen = manager.get(&format!("{activity}/edit")).await.expect(200).hidden("seen");
    let stopped = but(&but(&fields, "stopped", "The telephones move"), "~seen", &seen);
    manager.post(&format!("{activity}/edit"), &stopped).await.expect(303);
    manager.post(&here, &[("step", "close"), ("reason", "The year is over")]).await.expect(303);
    manager.post(&format!("{here}/activity"), &fields).await.expect(422).holds("The plan is closed");
    auditor.get(&here).await.expect(200).holds("Closed: The year is over").holds("All well.");
    open_plan(&mut manager, &kim).await;
}

async fn relogin(app: &App, account: &Account) -> Browser {
    let mut browser = Browser::new(app);
    let token = app.random.token();
    let mut tx = app.db.write().await.unwrap();
    let hash = crate::random::sha256(&token);
    crate::people::store::insert_session(&mut tx, account.id, &hash, "a test", app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    browser.set_cookies(vec![(crate::web::cookie::SESSION.to_owned(), token)]);
    browser
}

#[tokio::test]
async fn an_activity_is_done_only_once_a_second_person_approves_its_report() {
    let app = app().await;
    let standard = standard(&app).await.to_string();
    let (mut manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let (mut other, lee) = Browser::signed_in(&app, Role::Manager).await;
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let here = open_plan(&mut manager, &kim).await;
    let lead = kim.id.to_string();
    manager.post(&format!("{here}/activity"), &activity(&lead, &standard)).await.expect(303);
    let page = manager.get(&here).await.expect(200);
    let id = page.text.split("/staff/improvement/activities/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let activity = format!("/staff/improvement/activities/{id}");
    let sign = format!("{activity}/sign-off");
    // Whoever would write a report without evidence is led to the evidence first, so that nothing is typed in vain.
    manager.get(&sign).await.expect(200).holds("Attach evidence first").lacks("What was learnt");
    manager.get(&activity).await.expect(200).holds("Attach evidence").lacks("Write the sign-off report");
    manager
        .post(&sign, REPORT)
        .await
        .expect(422)
        .holds("Attach at least one piece of evidence")
        .holds("Noon is the worst hour.");
    for (fields, message) in [
        (vec![("title", ""), ("address", "https://example.org/a")], "Say what it is"),
        (vec![("title", "A note")], "Choose a file, enter a link or choose a record"),
        (vec![("title", "A note"), ("address", "javascript:alert(1)")], "Enter a whole web address"),
        (vec![("title", "A note"), ("record", "survey-99")], "Choose one from the list"),
        (
            vec![("title", "A note"), ("address", "https://example.org/a"), ("record", "standard-1")],
            "Give one of the three",
        ),
    ] {
        manager.post_files(&format!("{activity}/evidence"), &fields, &[]).await.expect(422).holds(message);
    }
    let file: (&str, &str, &[u8]) = ("file", "calls.csv", b"hour,calls\n12,41\n");
    manager.post_files(&format!("{activity}/evidence"), &[("title", "Calls by hour")], &[file]).await.expect(303);
    let record = format!("standard-{standard}");
    manager
        .post_files(&format!("{activity}/evidence"), &[("title", "The promise"), ("record", &record)], &[])
        .await
        .expect(303);
    manager.get(&activity).await.expect(200).holds("Write the sign-off report");
    manager.get(&sign).await.expect(200).holds("90 in 100").holds("What was learnt");
    let page =
        auditor.get(&activity).await.expect(200).holds("Calls by hour").holds(&format!("/staff/standards/{standard}"));
    let kept = page.text.split("/staff/improvement/evidence/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(auditor.get(&format!("/staff/improvement/evidence/{kept}")).await.expect(200).bytes, file.2);

    for (name, value, message) in [
        ("action-taken", "", "Say what was done"),
        ("improved", "", "Say whether it is better"),
        ("improved", "no", "Say why there is no measurable improvement"),
        ("before", "2026-10", "Choose months that come after those before"),
        ("after", "2031-01", "Choose the three months after"),
        ("resident-view", "", "Say what residents say"),
        ("lessons", "", "Say what was learnt"),
        ("cost", "lots", "Enter whole pounds"),
        ("tell", "yes", "Enter a title for residents"),
    ] {
        manager.post(&sign, &but(REPORT, name, value)).await.expect(422).holds(message);
    }
    let told = [
        ("tell", "yes"),
        ("public-title", "More people at the telephone at noon"),
        ("public-asked", "When do you wait longest?"),
        ("public-said", "At noon."),
        ("public-heard-from", "41 callers"),
        ("public-reason", "Nobody should wait."),
    ];
    let mut report = [REPORT, &told].concat();
    let names = format!("{} put six people there.", kim.name);
    report.push(("public-did", &names));
    manager.post(&sign, &report).await.expect(422).holds("What residents read must name nobody");
    let report = but(&report, "public-did", "Six people answer at noon.");
    let untold: Vec<_> = report.iter().copied().filter(|(name, _)| *name != "tell").collect();
    let refused = manager.post(&sign, &untold).await.expect(422);
    refused.holds("Tick this box").holds("Six people answer at noon.");
    manager.post(&sign, &report).await.expect(303);
    manager.post(&sign, &report).await.expect(422).holds("waits already");
    let form = manager.get(&format!("{activity}/edit")).await.expect(200);
    let seen = form.hidden("seen");
    let fields = but(&self::activity(&lead, &standard), "~seen", &seen);
    manager.post(&format!("{activity}/edit"), &fields).await.expect(422).holds("a report about it waits");

    // The author cannot decide; neither can an auditor; a reason goes with sending it back.
    let page = other.get("/staff").await.expect(200).holds("Read a sign-off report and decide");
    let first = page.text.split("/staff/improvement/sign-offs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let first = format!("/staff/improvement/sign-offs/{first}");
    manager.get(&first).await.expect(200).holds("You wrote this").lacks("Approve it");
    manager.post(&first, &[("step", "approve")]).await.expect(422).holds("somebody else must decide");
    auditor.post(&first, &[("step", "approve")]).await.expect(403);
    other.get(&first).await.expect(200).holds("3,000").holds("Better than before").holds("£1,200").holds("Not known");
    other.post(&first, &[("step", "send-back"), ("words", "")]).await.expect(422).holds("Say why you send it back");
    other.post(&first, &[("step", "send-back"), ("words", "Ask more callers.")]).await.expect(303);
    other.post(&first, &[("step", "approve")]).await.expect(422).holds("Somebody else has just decided");
    manager.get("/staff").await.expect(200).holds("Your sign-off report was sent back");
    manager.get(&activity).await.expect(200).holds("Report sent back");
    manager
        .get(&sign)
        .await
        .expect(200)
        .holds("Ask more callers.")
        .holds("Noon is the worst hour.")
        .holds("Six people answer at noon.");
    let mended = but(&report, "resident-view", "61 of 70 callers said that it is quicker.");
    manager.post(&sign, &mended).await.expect(303);
    let page =
        other.get("/staff/improvement/sign-offs").await.expect(200).holds("Waits for approval").holds("Sent back");
    let second = page.text.split("/staff/improvement/sign-offs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let second = format!("/staff/improvement/sign-offs/{second}");
    assert_ne!(first, second);
    let mut visitor = Browser::new(&app);
    visitor.get("/what-changed").await.expect(200).lacks("More people at the telephone");
    other.post(&second, &[("step", "approve"), ("words", "Well done.")]).await.expect(303);
    manager
        .get(&activity)
        .await
        .expect(200)
        .holds("ds-status--done")
        .holds("Report 1")
        .holds("Report 2")
        .lacks("Write the sign-off report");
    manager.post(&sign, &mended).await.expect(422).holds("waits already or is approved");
    auditor.get(&first).await.expect(200).holds("12 of 14 callers").holds("Ask more callers.");
    let read = auditor.get(&second).await.expect(200).holds("61 of 70 callers").holds(&lee.name);
    read.holds("/what-changed/more-people").lacks("told once it is approved");
    let list = visitor.get("/what-changed").await.expect(200).holds("More people at the telephone at noon");
    let entry = list
        .text
        .split("/what-changed/")
        .find(|rest| rest.starts_with("more-people"))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let entry = visitor
        .get(&format!("/what-changed/{entry}"))
        .await
        .expect(200)
        .holds("Six people answer at noon.")
        .holds("Calls answered");
    entry.lacks(&kim.name).lacks(&lee.name).lacks("£1,200");
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in [
        "sent a sign-off report",
        "sent back a sign-off report",
        "approved a sign-off report",
        "attached evidence of improvement",
    ] {
        assert!(log.text.contains(action), "{action}");
    }
}

#[tokio::test]
async fn whoever_owns_or_leads_does_their_own_and_nobody_elses() {
    let app = app().await;
    let (mut manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let (mut lead, esi) = Browser::signed_in(&app, Role::Equality).await;
    let (mut analyst, ann) = Browser::signed_in(&app, Role::Analyst).await;
    let (other, own) = (kim.id.to_string(), esi.id.to_string());
    let form = lead.get("/staff/improvement/plans/new").await.expect(200).holds(&esi.name);
    form.lacks(&format!("<option value=\"{other}\""));
    let fields = [("owner", other.as_str()), ("starts-day", "1"), ("starts-month", "4"), ("starts-year", "2026")];
    lead.post("/staff/improvement/plans/new", &fields).await.expect(422).holds("Choose a person from the list");
    let here = open_plan(&mut lead, &esi).await;
    let leader = ann.id.to_string();
    lead.post(&format!("{here}/activity"), &activity(&leader, "")).await.expect(303);
    lead.post(&here, &[("step", "review"), ("words", "All well.")]).await.expect(303);
    let page = lead.get(&here).await.expect(200).holds("Add an activity");
    let id = page.text.split("/staff/improvement/activities/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let at = format!("/staff/improvement/activities/{id}");
    let evidence = [("title", "A note"), ("address", "https://example.org/a")];
    // Who leads an activity shows what came of it, and leaves the plan to its owner.
    analyst.get(&here).await.expect(200).lacks("Add an activity").lacks("I have looked it through");
    analyst.get(&at).await.expect(200).holds("Attach evidence").lacks("Change it");
    analyst.get(&format!("{at}/edit")).await.expect(403);
    analyst.post(&here, &[("step", "review"), ("words", "All well.")]).await.expect(403);
    analyst.post_files(&format!("{at}/evidence"), &evidence, &[]).await.expect(303);
    analyst.get(&format!("{at}/sign-off")).await.expect(200).holds("What was learnt");
    // On somebody else's plan neither may do anything.
    let theirs = open_plan(&mut manager, &kim).await;
    manager.post(&format!("{theirs}/activity"), &activity(&other, "")).await.expect(303);
    let page = manager.get(&theirs).await.expect(200);
    let id = page.text.split("/staff/improvement/activities/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let at = format!("/staff/improvement/activities/{id}");
    lead.get(&format!("{theirs}/activity")).await.expect(403);
    lead.post(&format!("{theirs}/activity"), &activity(&own, "")).await.expect(403);
    lead.post_files(&format!("{at}/evidence"), &evidence, &[]).await.expect(403);
    lead.post(&format!("{at}/sign-off"), REPORT).await.expect(403);
    lead.get(&at).await.expect(200).lacks("Attach evidence");
}
