//! The yearly audit through its pages: what an auditor does, what management answers, and what neither may.

use chrono::TimeDelta;

use crate::app::App;
use crate::db_test;
use crate::improvement::audits::testing::year;
use crate::improvement::tests::person;
use crate::people::{Account, Role};
use crate::plans::testing::small;
use crate::testing::browser::Answer;
use crate::testing::{Browser, app_on};

/// An auditor, a manager who is to answer, and reports of somebody else to draw from.
struct Scene {
    app: App,
    auditor: Browser,
    ann: Account,
    manager: Browser,
    kim: Account,
}

async fn scene(db: crate::db::Db) -> Scene {
    let app = app_on(db);
    let (auditor, ann) = Browser::signed_in(&app, Role::Auditor).await;
    let (manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let mut tx = app.db.write().await.unwrap();
    let owner = person(&mut tx, "owner", Role::Officer).await;
    let approver = person(&mut tx, "approver", Role::Board).await;
    year(&app, &mut tx, owner, approver, 3).await;
    tx.commit().await.unwrap();
    Scene { app, auditor, ann, manager, kim }
}

const OPEN: &[(&str, &str)] = &[
    ("year", "2026"),
    ("scope", "All of it"),
    ("reports", "2"),
    ("plans", "1"),
    ("strata", "owner"),
    ("seed", "spring"),
];

fn but<'a>(fields: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = fields.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

const TESTS: &[(&str, &str)] = &[
    ("performance", "met"),
    ("performance-words", "190 against 200, counted alike"),
    ("standards", "partly"),
    ("standards-words", "Approved on the same day"),
    ("prospects", "not_shown"),
    ("prospects-words", "Nobody says what comes next"),
];

/// Every address of a kind that a page links to, in order.
fn linked(page: &Answer, path: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for rest in page.text.split(&format!("href=\"{path}")).skip(1) {
        let address = format!("{path}{}", rest.split('"').next().unwrap());
        if !all.contains(&address) {
            all.push(address);
        }
    }
    all
}

async fn opened(scene: &mut Scene) -> String {
    scene.auditor.post("/staff/improvement/audits/new", OPEN).await.expect(303).location().to_owned()
}

async fn test_all(scene: &mut Scene, here: &str) {
    let page = scene.auditor.get(here).await.expect(200);
    for item in linked(&page, "/staff/improvement/audit-items/") {
        scene.auditor.post(&item, TESTS).await.expect(303);
    }
}

/// A finished audit with one finding; gives its page and the finding's.
async fn finished(scene: &mut Scene) -> (String, String) {
    let here = opened(scene).await;
    test_all(scene, &here).await;
    let finding = [("weight", "high"), ("found", "Nobody was asked"), ("recommendation", "Ask everybody")];
    scene.auditor.post(&format!("{here}/finding"), &finding).await.expect(303);
    let finish = [("step", "finish"), ("assurance", "limited"), ("conclusion", "Some of it is shown")];
    scene.auditor.post(&here, &finish).await.expect(303);
    let page = scene.auditor.get(&here).await.expect(200);
    (here, linked(&page, "/staff/improvement/audit-findings/").remove(0))
}

db_test!(an_auditor_draws_a_sample_and_tests_each_of_it, db => {
    let mut scene = scene(db).await;
    let new = "/staff/improvement/audits/new";
    scene.auditor.get("/staff/improvement").await.expect(200).holds("/staff/improvement/audits\"");
    scene.auditor.get("/staff/improvement/audits").await.expect(200).holds("No year is audited yet").holds("Open an audit");
    scene.manager.get("/staff/improvement/audits").await.expect(200).lacks("Open an audit");
    scene.auditor.get(new).await.expect(200).holds("2026/27: 3 approved reports and 1 plan, so far");
    for (name, value, message) in [
        ("year", "2019", "Choose last year or this year"),
        ("year", "2025", "There is no approved report and no plan in that year"),
        ("scope", "", "Say what the audit looks at"),
        ("reports", "many", "Enter how many reports"),
        ("plans", "-1", "Enter how many plans"),
        ("strata", "luck", "Choose how they are drawn"),
    ] {
        let refused = scene.auditor.post(new, &but(OPEN, name, value)).await.expect(422).holds(message);
        if name != "scope" {
            refused.holds("All of it");
        }
    }
    let here = opened(&mut scene).await;
    scene.auditor.post(new, OPEN).await.expect(422).holds("2026/27 has an audit already");
    let page = scene.auditor.get(&here).await.expect(200).holds("2 of 3").holds("1 of 1").holds("spring").holds("Under way");
    let items = linked(&page, "/staff/improvement/audit-items/");
    assert_eq!(items.len(), 3);
    let all = scene.auditor.get(&format!("{here}/population.csv")).await.expect(200);
    assert_eq!(all.text.lines().count(), 5);
    for line in all.text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[4], crate::random::sha256(&format!("spring:{}", cells[0])), "{line}");
    }

    // The measure before and after, and how the plan was kept, stand beside the tests.
    let report = scene.auditor.get(&items[0]).await.expect(200).holds("Sign-off report");
    report.holds("200").holds("190").holds("How residents take part").holds("3 tests are open");
    scene.auditor.get(&items[2]).await.expect(200).holds("Improvement plan").holds("Looked at as a whole").holds("1 time");
    for (name, value, message) in [
        ("performance", "well", "Choose a verdict for your words"),
        ("standards-words", "", "Say what shows it"),
    ] {
        scene.auditor.post(&items[0], &but(TESTS, name, value)).await.expect(422).holds(message).holds("Nobody says what comes next");
    }
    scene.auditor.post(&items[0], &[]).await.expect(422).holds("Give a verdict, or change one");
    scene.auditor.post(&items[0], &TESTS[..2]).await.expect(303);
    let finish = [("step", "finish"), ("assurance", "limited"), ("conclusion", "Some of it is shown")];
    scene.auditor.post(&here, &finish).await.expect(422).holds("8 tests are open").holds("Some of it is shown");
    scene.auditor.get("/staff").await.expect(200).holds("The audit of 2026/27: 8 tests are open");
    test_all(&mut scene, &here).await;
    scene.auditor.post(&items[0], TESTS).await.expect(422).holds("Give a verdict, or change one");
    scene.auditor.post(&items[0], &but(TESTS, "performance", "not_met")).await.expect(303);
    scene.manager.get(&items[0]).await.expect(200).holds("Tests as they were written").lacks("Save the tests");
    scene.auditor.post(&here, &[("step", "finish"), ("assurance", ""), ("conclusion", "")]).await.expect(422).holds("Say how far you vouch");
    scene.auditor.post(&here, &[("step", "take-back"), ("reason", "")]).await.expect(422).holds("Say why it is taken back");
    scene.auditor.post(&here, &finish).await.expect(303);
    let page = scene.manager.get(&here).await.expect(200).holds("Limited assurance").holds("It is never changed");
    page.lacks("Finish it").lacks("Take it back");
    scene.auditor.post(&items[0], TESTS).await.expect(422).holds("This is no longer as it was");
    scene.auditor.post(&here, &finish).await.expect(422).holds("This is no longer as it was");
    let log = scene.auditor.get("/staff/audit").await.expect(200);
    for action in ["opened a yearly audit", "tested for a yearly audit", "finished a yearly audit"] {
        assert!(log.text.contains(action), "{action}");
    }
});

db_test!(an_audit_is_taken_back_with_the_reason_and_the_year_audited_anew, db => {
    let mut scene = scene(db).await;
    let here = opened(&mut scene).await;
    scene.auditor.post(&here, &[("step", "other")]).await.expect(422).holds("one of the buttons");
    scene.auditor.post(&here, &[("step", "take-back"), ("reason", "Too small a sample")]).await.expect(303);
    scene.auditor.get(&here).await.expect(200).holds("Too small a sample").lacks("Finish it");
    scene.auditor.post(&format!("{here}/finding"), &[("weight", "low"), ("found", "a"), ("recommendation", "b")]).await.expect(422).holds("no longer as it was");
    let anew = opened(&mut scene).await;
    assert_ne!(anew, here);
    scene.manager.get("/staff/improvement/audits").await.expect(200).holds("Taken back").holds("Under way");
});

db_test!(management_answers_a_finding_and_puts_it_into_a_plan, db => {
    let mut scene = scene(db).await;
    let plan = small(&scene.app).await;
    let here = opened(&mut scene).await;
    let page = scene.auditor.get(&format!("{here}/finding")).await.expect(200).holds("Sign-off report: Improvement");
    assert!(page.text.contains("All of them"));
    for (name, value, message) in [
        ("weight", "huge", "Choose how much it weighs"),
        ("item", "999", "Choose one from the list"),
        ("found", "", "Say what was found"),
        ("recommendation", "", "Say what you recommend"),
    ] {
        let finding = [("weight", "high"), ("item", ""), ("found", "Nobody was asked"), ("recommendation", "Ask everybody")];
        scene.auditor.post(&format!("{here}/finding"), &but(&finding, name, value)).await.expect(422).holds(message);
    }
    let first = linked(&scene.auditor.get(&here).await, "/staff/improvement/audit-items/").remove(0);
    let item = first.rsplit('/').next().unwrap();
    for words in ["Ask everybody", "Written by mistake"] {
        let finding = [("weight", "high"), ("item", item), ("found", "Nobody was asked"), ("recommendation", words)];
        scene.auditor.post(&format!("{here}/finding"), &finding).await.expect(303);
    }
    let all = linked(&scene.auditor.get(&here).await, "/staff/improvement/audit-findings/");
    scene.auditor.post(&all[1], &[("reason", "")]).await.expect(422).holds("Say why it is struck out");
    scene.auditor.post(&all[1], &[("reason", "It was another year")]).await.expect(303);
    scene.manager.get(&all[1]).await.expect(200).holds("It was another year").holds("Struck out");
    let finding = &all[0];
    let (response, action) = (format!("{finding}/response"), format!("{finding}/action"));
    scene.manager.get(finding).await.expect(200).lacks("Answer it").lacks("Strike it out");
    test_all(&mut scene, &here).await;
    scene.auditor.post(&here, &[("step", "finish"), ("assurance", "none"), ("conclusion", "Little")]).await.expect(303);
    scene.auditor.post(finding, &[("reason", "Better not")]).await.expect(422).holds("no longer as it was");

    scene.manager.get("/staff").await.expect(200).holds("Answer a finding of the audit: Ask everybody");
    scene.manager.get(finding).await.expect(200).holds("Answer it");
    let kim = scene.kim.id.to_string();
    let answer = [
        ("agreed", "yes"),
        ("words", "We ask by text"),
        ("owner", kim.as_str()),
        ("due-day", "1"),
        ("due-month", "12"),
        ("due-year", "2026"),
    ];
    for (name, value, message) in [
        ("agreed", "", "Say whether it is agreed"),
        ("words", "", "Say what will be done, or why"),
        ("owner", "", "Choose who sees to it"),
        ("due-year", "2020", "Enter today or a later day"),
    ] {
        scene.manager.post(&response, &but(&answer, name, value)).await.expect(422).holds(message);
    }
    // Not by whoever had a hand in the audit, whatever their role is now.
    let mut tx = scene.app.db.write().await.unwrap();
    crate::on!(tx, c => sqlx::query("UPDATE accounts SET role = 'manager' WHERE account_id = $1").bind(scene.ann.id).execute(c).await.map(|_| ()).unwrap());
    tx.commit().await.unwrap();
    scene.auditor.post(&response, &answer).await.expect(422).holds("somebody else must do it").holds("We ask by text");
    let fields = [("objective", "1"), ("reference", "1.9"), ("title", "Ask everybody")];
    scene.manager.post(&action, &fields).await.expect(422).holds("no longer as it was");
    scene.manager.post(&response, &answer).await.expect(303);
    scene.manager.post(&response, &answer).await.expect(422).holds("Somebody else has just done this");
    scene.manager.get("/staff").await.expect(200).holds("Put a recommendation of the audit into a plan");
    scene.manager.get(finding).await.expect(200).holds("We ask by text").holds("1 December 2026").holds("Put it into a plan");

    scene.manager.get(&action).await.expect(200).holds("Ask everybody").holds("Mend faster").holds(&scene.kim.name);
    let objective = plan.objective.to_string();
    let fields = [("objective", objective.as_str()), ("reference", "1.9"), ("title", "Ask everybody"), ("leads", "PQ")];
    for (name, value, message) in [
        ("objective", "999", "Choose one from the list"),
        ("reference", "nine", "The number must be like 3.5"),
        ("reference", "1.1", "Another action has this number"),
        ("title", "", "Say what will be done"),
    ] {
        scene.manager.post(&action, &but(&fields, name, value)).await.expect(422).holds(message);
    }
    scene.manager.post(&action, &fields).await.expect(303);
    let again = but(&fields, "reference", "1.8");
    scene.manager.post(&action, &again).await.expect(422).holds("Somebody else has just done this");
    let page = scene.manager.get(finding).await.expect(200).holds("In the plan");
    let of_plan = linked(&page, "/staff/plan/actions/").remove(0);
    scene.manager.get(&of_plan).await.expect(200).holds("A recommendation of the yearly audit").holds(finding);
    let (mut analyst, _) = Browser::signed_in(&scene.app, Role::Analyst).await;
    analyst.get(&of_plan).await.expect(200).lacks("yearly audit");
    let (mut administrator, _) = Browser::signed_in(&scene.app, Role::Administrator).await;
    let log = administrator.get("/staff/audit").await.expect(200);
    for done in ["wrote a finding of a yearly audit", "struck out a finding", "answered a yearly audit", "put a recommendation into a plan"] {
        assert!(log.text.contains(done), "{done}");
    }
});

db_test!(an_auditor_looks_back_on_a_later_day_with_evidence, db => {
    let mut scene = scene(db).await;
    let (_, finding) = finished(&mut scene).await;
    let follow = format!("{finding}/follow-up");
    let not = [("progress", "not_done"), ("words", "Nobody was asked")];
    scene.auditor.post_files(&follow, &not, &[]).await.expect(422).holds("no longer as it was");
    let no = [("agreed", "no"), ("words", "Asking everybody costs too much")];
    scene.manager.post(&format!("{finding}/response"), &no).await.expect(303);
    scene.manager.get(&finding).await.expect(200).holds("Not agreed, because").lacks("Put it into a plan").lacks("Write down how far");
    for (fields, message) in [
        (vec![("words", "Nobody was asked")], "Say whether it is carried out"),
        (vec![("progress", "done"), ("words", "")], "Say what you saw"),
        (vec![("progress", "done"), ("words", "All were asked")], "Give what shows it"),
        (vec![("progress", "done"), ("words", "All"), ("address", "javascript:alert(1)")], "Enter a whole web address"),
    ] {
        scene.auditor.post_files(&follow, &fields, &[]).await.expect(422).holds(message);
    }
    let wrong: (&str, &str, &[u8]) = ("file", "run.exe", b"MZ");
    let done = [("progress", "partly"), ("words", "Half of them were asked")];
    scene.auditor.post_files(&follow, &done, &[wrong]).await.expect(422).holds("Half of them were asked");
    scene.auditor.post_files(&follow, &not, &[]).await.expect(303);
    scene.app.clock.advance(TimeDelta::minutes(20));
    let file: (&str, &str, &[u8]) = ("file", "asked.csv", b"asked,41\n");
    scene.auditor.post_files(&follow, &done, &[file]).await.expect(303);
    let page = scene.manager.get(&finding).await.expect(200).holds("Partly done").holds("Not done").holds("Half of them were asked");
    let kept = linked(&page, "/staff/improvement/audit-follow-ups/").remove(0);
    assert_eq!(scene.manager.get(&kept).await.expect(200).bytes, file.2);
    scene.manager.get("/staff/improvement/audits").await.expect(200).holds("Limited assurance");
});

db_test!(who_may_read_an_audit_and_who_may_write_what, db => {
    let mut scene = scene(db).await;
    let (here, finding) = finished(&mut scene).await;
    let item = linked(&scene.auditor.get(&here).await, "/staff/improvement/audit-items/").remove(0);
    let bundle = scene.manager.get(&format!("{here}/bundle.zip")).await.expect(200);
    assert!(bundle.bytes.starts_with(b"PK"));
    assert!(bundle.headers.get("content-disposition").unwrap().to_str().unwrap().contains("audit-2026.zip"));
    let reads = [here.clone(), finding.clone(), item.clone(), format!("{here}/bundle.zip"), format!("{here}/population.csv"), format!("{here}/evidence")];
    let of_auditors = [here.clone(), item, finding.clone(), format!("{here}/finding"), format!("{here}/evidence"), format!("{finding}/follow-up"), "/staff/improvement/audits/new".to_owned()];
    let of_management = [format!("{finding}/response"), format!("{finding}/action")];
    for role in Role::ALL {
        let (mut browser, _) = Browser::signed_in(&scene.app, role).await;
        let may_read = matches!(role, Role::Officer | Role::Manager | Role::Board | Role::Auditor | Role::Administrator);
        for path in &reads {
            browser.get(path).await.expect(if may_read { 200 } else { 403 });
        }
        for path in &of_auditors {
            browser.post(path, &[]).await.expect(if role == Role::Auditor { 422 } else { 403 });
        }
        let answers = matches!(role, Role::Officer | Role::Manager | Role::Administrator);
        for path in &of_management {
            browser.post(path, &[]).await.expect(if answers { 422 } else { 403 });
        }
    }
    Browser::new(&scene.app).get(&format!("{here}/bundle.zip")).await.expect(303);
});

db_test!(a_file_goes_into_the_bundle_once_an_auditor_has_read_it, db => {
    let mut scene = scene(db).await;
    let mut tx = scene.app.db.write().await.unwrap();
    person(&mut tx, "Robin Hearth", Role::Resident).await;
    tx.commit().await.unwrap();
    // All three reports, so that both tables are among what was drawn.
    let fields = but(OPEN, "reports", "3");
    let here = scene.auditor.post("/staff/improvement/audits/new", &fields).await.expect(303).location().to_owned();
    let evidence = format!("{here}/evidence");
    let page = scene.auditor.get(&evidence).await.expect(200).holds("Stays out: names somebody").holds("Not read yet");
    let mut values = page.text.split("<option value=\"").map(|rest| rest.split('"').next().unwrap());
    let choice = values.find(|id| id.len() == 36).unwrap().to_owned();
    scene.auditor.post(&evidence, &[("file", ""), ("nobody", "")]).await.expect(422).holds("Choose a file").holds("Say what you read");
    scene.auditor.post(&evidence, &[("file", "other"), ("nobody", "yes")]).await.expect(422).holds("no longer as it was");
    scene.auditor.post(&evidence, &[("file", &choice), ("nobody", "yes")]).await.expect(303);
    scene.manager.get(&evidence).await.expect(200).holds("In the bundle").lacks("After you have read one");
    let with = scene.manager.get(&format!("{here}/bundle.zip")).await.expect(200).bytes;
    assert!(with.windows(10).any(|part| part == b"hour,calls"));
    scene.auditor.post(&evidence, &[("file", &choice), ("nobody", "no")]).await.expect(303);
    let without = scene.manager.get(&format!("{here}/bundle.zip")).await.expect(200).bytes;
    assert!(!without.windows(10).any(|part| part == b"hour,calls"));
});
