//! Journeys through the real router: writing, the second look, reading, filtering, taking back.

use crate::focus_groups;
use crate::people::Role;
use crate::testing::{Browser, app};

const ENTRY: &[(&str, &str)] = &[
    ("title", "A call before we come"),
    ("asked", "How was your repair?"),
    ("said", "We wait in too long."),
    ("heard-from", "Eight residents"),
    ("decision", "partly"),
    ("reason", "Not everybody has a phone."),
    ("did", "We call where we can."),
    ("decided-day", "2"),
    ("decided-month", "11"),
    ("decided-year", "2026"),
];

fn but<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = ENTRY.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

#[tokio::test]
async fn an_entry_is_written_by_one_person_and_published_by_another() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let mut visitor = Browser::new(&app);
    visitor.get("/what-changed").await.expect(200).holds("Nothing has been written yet");
    officer.get("/staff/what-changed").await.expect(200).holds("No draft waits");
    officer.get("/staff/what-changed/new").await.expect(200);
    for (name, value, message) in [
        ("title", "", "Enter a title"),
        ("said", "", "Say what people said"),
        ("reason", "", "Say why"),
        ("decision", "", "Choose what was decided"),
        ("decided-day", "40", "must be a real date"),
        ("group", "77", "Choose one from the list"),
        ("action-1", "x", "Choose one from the list"),
        ("slug", "Not good", "Use small letters"),
    ] {
        let answer = officer.post("/staff/what-changed/new", &but(name, value)).await.expect(422);
        answer.holds(message).holds("<title>Error: ").holds("We call where we can.");
    }
    let here = officer.post("/staff/what-changed/new", ENTRY).await.expect(303).location().to_owned();
    officer.post("/staff/what-changed/new", ENTRY).await.expect(422).holds("Another entry has this address");
    visitor.get("/what-changed/a-call-before-we-come").await.expect(404);
    officer.get(&here).await.expect(200).holds("Somebody else reads it").lacks("Publish it to everyone");
    officer.post(&here, &[("step", "publish")]).await.expect(422).holds("somebody else must read and publish it");
    officer.post(&here, &[]).await.expect(422);
    manager.get(&here).await.expect(200).holds("Publish it to everyone");
    manager.post(&here, &[("step", "publish")]).await.expect(303);
    manager.post(&here, &[("step", "publish")]).await.expect(422).holds("Somebody else has just changed this");
    visitor.get("/what-changed").await.expect(200).holds("A call before we come").holds("Partly accepted");
    visitor
        .get("/what-changed/a-call-before-we-come")
        .await
        .expect(200)
        .holds("Not everybody has a phone.")
        .holds("2 November 2026")
        .lacks("Test ");
    officer.get(&format!("{here}/edit")).await.expect(200).holds("We wait in too long.");
    officer.post(&format!("{here}/edit"), ENTRY).await.expect(422).holds("Take it back before you change it");
    officer.post(&here, &[("step", "take-back")]).await.expect(303);
    visitor.get("/what-changed/a-call-before-we-come").await.expect(404);
    officer.post(&format!("{here}/edit"), &but("did", "")).await.expect(422).holds("Say what we did");
    manager.post(&format!("{here}/edit"), &but("did", "We always call.")).await.expect(303);
    manager.post(&here, &[("step", "publish")]).await.expect(422);
    officer.post(&here, &[("step", "publish")]).await.expect(303);
    visitor.get("/what-changed").await.expect(200).holds("We always call.");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&here).await.expect(200).lacks("Take it back");
    board.get("/staff/what-changed").await.expect(200).lacks("Write an entry");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in ["wrote what changed", "published what changed", "took back what changed", "changed what changed"] {
        assert!(log.text.contains(action), "{action}");
    }
}

#[tokio::test]
async fn the_example_entries_lead_to_their_voices_and_evidence() {
    let app = app().await;
    crate::example::load(&app).await.unwrap();
    let mut visitor = Browser::new(&app);
    visitor.get("/what-changed").await.expect(200).holds("Our own gardeners on two estates").lacks("Brighter lights");
    let entry = visitor
        .get("/what-changed/repairs-in-the-evening-and-on-saturday-morning")
        .await
        .expect(200)
        .holds("/plan/actions/")
        .holds(&format!("/focus-groups/{}", focus_groups::example::PAST));
    let ask = entry.text.split("ds-ask").nth(1).unwrap();
    assert!(ask.split("</p>").next().unwrap().contains("href=\"tel:"), "the number is rung by touching it");
    visitor
        .get(&format!("/focus-groups/{}", focus_groups::example::PAST))
        .await
        .expect(200)
        .holds("/what-changed/leaving-a-key-with-a-neighbour");
    visitor.get("/what-changed?area=nowhere").await.expect(404);
    visitor.get("/what-changed?standard=nothing").await.expect(404);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let list = officer.get("/staff/focus-groups").await.expect(200);
    let past = list.text.split("/staff/focus-groups/").filter(|rest| rest.contains("\">Waiting in for repairs")).last();
    let id = past.unwrap().split('"').next().unwrap().to_owned();
    officer.get(&format!("/staff/what-changed/new?group={id}")).await.expect(200).holds("Half a day is too long");
    for (kind, said) in [
        ("comment", "A resident’s comment of"),
        ("return", "A mystery shopper’s visit in"),
        ("survey", "Answers to the survey"),
    ] {
        officer.get(&format!("/staff/what-changed/new?{kind}=1")).await.expect(200).holds(said);
    }
    for kind in ["group", "comment", "return", "survey"] {
        officer.get(&format!("/staff/what-changed/new?{kind}=999")).await.expect(404);
    }
}
