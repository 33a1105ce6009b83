//! Journeys through the real router: writing, approving by somebody else, publishing, putting right.

use crate::db_test;
use crate::people::Role;
use crate::permissions;
use crate::testing::{Browser, app_on};

const DECISION: &[(&str, &str)] = &[
    ("title", "Who cleans the stairs"),
    ("question", "Whether to clean the stairs with our own people."),
    ("option-1", "Our own cleaners"),
    ("residents-1", "41 of 60 wanted this."),
    ("outcome-1", "not_chosen"),
    ("option-2", "Stay with the firm"),
    ("residents-2", "12 of 60 were content."),
    ("outcome-2", "chosen"),
    ("views", "Most wanted somebody they know."),
    ("heard-from", "60 people at two meetings"),
    ("decided", "We stay with the firm for a year."),
    ("reasons", "The contract runs for a year."),
    ("body", "The Board"),
    ("decided-on-day", "2"),
    ("decided-on-month", "11"),
    ("decided-on-year", "2026"),
    ("alignment", "differs"),
    ("differs-why", "Leaving now would cost £80,000."),
];

fn but<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = DECISION.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

db_test!(a_decision_is_written_approved_by_somebody_else_and_published, db => {
    let app = app_on(db);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let mut visitor = Browser::new(&app);
    visitor.get("/decisions").await.expect(200).holds("Nothing is published yet");
    officer.get("/staff/decisions").await.expect(200).holds("Write a decision down");
    officer.get("/staff/decisions/new").await.expect(200);
    for (name, value, message) in [
        ("title", "", "Enter a title"),
        ("option-2", "", "Say what option 2 is"),
        ("residents-1", "", "Say what residents said of option 1"),
        ("outcome-1", "maybe", "Choose what became of option 1"),
        ("source-1", "survey-77", "Choose one from the list"),
        ("source-1", "comment-1", "Choose one from the list"),
        ("body", "", "Say which body decided"),
        ("alignment", "", "Choose how it stands"),
        ("alignment", "as_said", "Leave this empty if it is as residents said"),
        ("differs-why", " ", "Say where it differs from what residents said, and why"),
        ("decided-on-year", "2027", "must not be after today"),
        ("slug", "Not good", "Use small letters"),
    ] {
        let refused = officer.post("/staff/decisions/new", &but(name, value)).await.expect(422);
        refused.holds(message).holds("<title>Error: ").holds("The contract runs for a year.");
    }
    let one_option: Vec<_> = DECISION.iter().copied().filter(|(name, _)| !name.ends_with("-2")).collect();
    officer.post("/staff/decisions/new", &one_option).await.expect(422).holds("Give at least two options");
    officer.post("/staff/decisions/new", &but("body", &kim.name)).await.expect(422).holds(&format!("Take out “{}”", kim.name));
    let here = officer.post("/staff/decisions/new", DECISION).await.expect(303).location().to_owned();
    officer.post("/staff/decisions/new", DECISION).await.expect(422).holds("Another decision has this address");
    visitor.get("/decisions/who-cleans-the-stairs").await.expect(404);
    officer.get(&here).await.expect(200).holds("Somebody else reads it and approves it").lacks("Approve it<");
    officer.post(&here, &[("step", "approve")]).await.expect(422).holds("somebody else must read and approve it");
    manager.post(&here, &[("step", "publish")]).await.expect(422).holds("Somebody else has just changed this");
    officer.post(&here, &[]).await.expect(422);
    manager.get("/staff").await.expect(200).holds("Read the decision “Who cleans the stairs” and approve it");
    manager.get(&here).await.expect(200).holds("Approve it");
    manager.post(&here, &[("step", "approve")]).await.expect(303);
    officer.post(&format!("{here}/edit"), DECISION).await.expect(422).holds("Somebody else has just approved");
    officer.post(&here, &[("step", "reopen")]).await.expect(303);
    officer.post(&format!("{here}/edit"), DECISION).await.expect(303);
    manager.post(&here, &[("step", "approve")]).await.expect(303);
    officer.get("/staff").await.expect(200).holds("Publish the decision “Who cleans the stairs”");
    officer.post(&here, &[("step", "publish")]).await.expect(303);
    visitor.get("/decisions").await.expect(200).holds("Who cleans the stairs").holds("Differs from what residents said");
    visitor
        .get("/decisions/who-cleans-the-stairs")
        .await
        .expect(200)
        .holds("Decided by The Board on 2 November 2026")
        .holds("<td data-label=\"What residents said\">41 of 60 wanted this.</td>")
        .holds("Leaving now would cost £80,000.")
        .lacks("Test ");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in ["wrote a decision", "approved a decision", "reopened a decision", "changed a decision", "published a decision"] {
        assert!(log.text.contains(action), "{action}");
    }
});

db_test!(a_published_decision_is_put_right_by_a_new_version_and_the_old_one_stays, db => {
    let app = app_on(db);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let mut visitor = Browser::new(&app);
    let here = officer.post("/staff/decisions/new", DECISION).await.expect(303).location().to_owned();
    manager.post(&here, &[("step", "approve")]).await.expect(303);
    manager.post(&here, &[("step", "publish")]).await.expect(303);
    let edit = format!("{here}/edit");
    officer.get(&edit).await.expect(200).holds("What this version puts right").holds("41 of 60 wanted this.");
    let mended = but("heard-from", "61 people at two meetings");
    officer.post(&edit, &mended).await.expect(422).holds("Say what this version puts right");
    let mended = [mended, vec![("correction", "61 people came, not 60.")]].concat();
    officer.post(&edit, &mended).await.expect(303);
    visitor.get("/decisions/who-cleans-the-stairs").await.expect(200).holds("60 people").lacks("61 people");
    visitor.get("/decisions/who-cleans-the-stairs?version=2").await.expect(404);
    officer.post(&here, &[("step", "approve")]).await.expect(422);
    manager.post(&here, &[("step", "approve")]).await.expect(303);
    manager.post(&here, &[("step", "publish")]).await.expect(303);
    visitor.get("/decisions/who-cleans-the-stairs").await.expect(200).holds("61 people came, not 60.").holds("?version=1");
    let old = visitor.get("/decisions/who-cleans-the-stairs?version=1").await.expect(200);
    old.holds("60 people at two meetings").holds("This version was put right later");
    manager.get(&format!("{here}?version=1")).await.expect(200).lacks("Put it right");
    visitor.get("/decisions/who-cleans-the-stairs?version=x").await.expect(404);
});

db_test!(the_published_decisions_of_the_example_lead_to_what_residents_said, db => {
    let app = app_on(db);
    crate::example::load(&app).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    let published = crate::decisions::store::list_published(&mut tx).await.unwrap();
    assert_eq!(crate::decisions::store::list_newest(&mut tx).await.unwrap().len(), 2);
    drop(tx);
    let [one] = published.as_slice() else { panic!("{} are published", published.len()) };
    let mut visitor = Browser::new(&app);
    let page = visitor.get(&one.href()).await.expect(200).holds("Differs from what residents said");
    assert!(page.text.contains("/surveys/") || page.text.contains("/focus-groups/"), "no source leads anywhere");
    visitor.get("/what-changed").await.expect(200).holds("href=\"/decisions\"");
    let action = page.text.split("/plan/actions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    visitor.get(&format!("/plan/actions/{action}")).await.expect(200).holds(&one.href());
});

#[test]
fn staff_read_decisions_and_a_board_member_changes_none() {
    let may = |role, path| (permissions::may_read(role, path), permissions::may_post(role, path));
    for path in ["/staff/decisions/{id}", "/staff/decisions/{id}/edit", "/staff/decisions/new"] {
        for role in [Role::Officer, Role::Manager, Role::Administrator] {
            assert_eq!(may(Some(role), path), (true, true), "{role:?} {path}");
        }
        for role in [Role::Board, Role::Auditor, Role::Analyst, Role::Equality] {
            let reads = path.ends_with("{id}");
            assert_eq!(may(Some(role), path), (reads, false), "{role:?} {path}");
        }
        for role in [Some(Role::Resident), Some(Role::Shopper), None] {
            assert_eq!(may(role, path), (false, false), "{role:?} {path}");
        }
    }
}
