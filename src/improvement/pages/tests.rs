//! Journeys through the real router: the model, owners, groups and the yearly selection.

use crate::people::Role;
use crate::testing::{Browser, app};

const DAY: [(&str, &str); 3] = [("decided-day", "2"), ("decided-month", "11"), ("decided-year", "2026")];

#[tokio::test]
async fn a_process_is_modelled_owned_and_selected_in_the_browser() {
    let app = app().await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let (mut board, member) = Browser::signed_in(&app, Role::Board).await;
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let (_, owner) = Browser::signed_in(&app, Role::Officer).await;
    manager.get("/staff/improvement").await.expect(200).holds("No process is selected for this year yet");
    manager.get("/staff/improvement/processes").await.expect(200).holds("No process is in the model yet");
    let refused =
        manager.post("/staff/improvement/processes/new", &[("name", ""), ("description", "From A to B")]).await;
    refused.expect(422).holds("Enter a name").holds("From A to B");
    let fields = [("name", "Routine repairs"), ("description", "From the call to the repair"), ("department", "Homes")];
    let here = manager.post("/staff/improvement/processes/new", &fields).await.expect(303).location().to_owned();
    auditor.get(&here).await.expect(200).holds("Nobody owns it yet").lacks("Appoint an owner").lacks("Archive it");
    auditor.post(&format!("{here}/edit"), &fields).await.expect(403);

    // A process without an owner cannot be selected.
    let id = here.rsplit('/').next().unwrap().to_owned();
    let approver = member.id.to_string();
    let mut chosen = vec![
        ("year", "2026"),
        ("process", id.as_str()),
        ("rationale", "It is late"),
        ("objective", "Good homes"),
        ("approver", approver.as_str()),
    ];
    chosen.extend(DAY);
    manager
        .post("/staff/improvement/select", &chosen)
        .await
        .expect(422)
        .holds("no owner from the management team")
        .holds("It is late");
    let owner_id = owner.id.to_string();
    let mut appointed = vec![
        ("account", ""),
        ("in-management-team", "yes"),
        ("from-day", "2"),
        ("from-month", "11"),
        ("from-year", "2026"),
    ];
    manager.post(&format!("{here}/owner"), &appointed).await.expect(422).holds("Choose a person from the list");
    appointed[0] = ("account", approver.as_str());
    manager.post(&format!("{here}/owner"), &appointed).await.expect(422).holds("Choose a person from the list");
    appointed[0] = ("account", owner_id.as_str());
    manager.post(&format!("{here}/owner"), &appointed).await.expect(303);
    manager.post(&format!("{here}/owner"), &appointed).await.expect(422).holds("Somebody else was appointed meanwhile");
    manager.get(&here).await.expect(200).holds(&owner.name).holds("from the management team");

    manager
        .get("/staff/improvement/select")
        .await
        .expect(200)
        .holds("5 places left")
        .lacks("Choose a process that is in use");
    for (name, value, message) in [
        ("objective", "", "Name the business objective"),
        ("rationale", "", "Say why this process"),
        ("approver", "", "It is not the person who records it"),
        ("year", "2019", "Choose this year or the next"),
        ("decided-year", "2030", "the decision has been taken"),
        ("process", "99", "Choose a process that is in use"),
    ] {
        let fields: Vec<(&str, &str)> =
            chosen.iter().map(|(field, kept)| (*field, if *field == name { value } else { *kept })).collect();
        manager.post("/staff/improvement/select", &fields).await.expect(422).holds(message);
    }
    manager.post("/staff/improvement/select", &chosen).await.expect(303);
    manager.post("/staff/improvement/select", &chosen).await.expect(422).holds("It is selected for 2026/27 already");
    board
        .get("/staff/improvement")
        .await
        .expect(200)
        .holds("1 of 5 places taken")
        .holds("Routine repairs")
        .lacks("Select a process<");
    board.get("/staff/improvement/select").await.expect(403);
    manager
        .post(&here, &[("step", "archive"), ("reason", "Old")])
        .await
        .expect(422)
        .holds("Take the selection back first");
    let page = auditor.get("/staff/improvement").await;
    let selection =
        page.text.split("/staff/improvement/selections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let selection = format!("/staff/improvement/selections/{selection}");
    auditor.get(&selection).await.expect(200).holds("It is late").holds(&member.name).lacks("Take it back");
    manager.post(&selection, &[("reason", "")]).await.expect(422).holds("Say why it is taken back");
    manager.post(&selection, &[("reason", "Bought in")]).await.expect(303);
    manager.post(&selection, &[("reason", "Bought in")]).await.expect(422);
    manager.post(&here, &[("step", "archive"), ("reason", "")]).await.expect(422).holds("Say why it is archived");
    manager.post(&here, &[("step", "archive"), ("reason", "Bought in")]).await.expect(303);
    manager.get("/staff/improvement/processes").await.expect(200).holds("archived");
    manager.post(&here, &[("step", "bring-back")]).await.expect(303);
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in [
        "added a process",
        "appointed a process owner",
        "selected a process",
        "took back a selection",
        "archived a process",
    ] {
        assert!(log.text.contains(action), "{action}");
    }
    manager.get("/staff/improvement?year=soon").await.expect(404);
}

#[tokio::test]
async fn a_group_meets_and_its_residents_are_counted() {
    let app = app().await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let fields = [("name", "Letting"), ("description", "From keys to keys"), ("department", "Homes")];
    let here = manager.post("/staff/improvement/processes/new", &fields).await.expect(303).location().to_owned();
    manager.get(&format!("{here}/meeting")).await.expect(404);
    manager
        .post(&format!("{here}/group"), &[("members", "Jo Field"), ("residents", "many")])
        .await
        .expect(422)
        .holds("Choose how the group came about")
        .holds("from 0 to 500")
        .holds("Jo Field");
    let group = [("basis", "volunteers"), ("members", "Jo Field\nPat Lane"), ("residents", "3")];
    manager.post(&format!("{here}/group"), &group).await.expect(303);
    let mut meeting = vec![
        ("held-day", "3"),
        ("held-month", "11"),
        ("held-year", "2027"),
        ("residents", "2"),
        ("notes", "We walked an empty home."),
    ];
    manager
        .post(&format!("{here}/meeting"), &meeting)
        .await
        .expect(422)
        .holds("notes are written after the meeting")
        .holds("We walked");
    meeting[2] = ("held-year", "2026");
    manager.post(&format!("{here}/meeting"), &meeting).await.expect(303);
    manager
        .get(&here)
        .await
        .expect(200)
        .holds("3 residents work with the group")
        .holds("Pat Lane")
        .holds("We walked an empty home.")
        .holds("2 residents were there");
}

#[tokio::test]
async fn an_untrained_owner_is_flagged_until_a_training_is_recorded() {
    let app = app().await;
    let (mut manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let fields = [("name", "Letting"), ("description", "From keys to keys"), ("department", "Homes")];
    let here = manager.post("/staff/improvement/processes/new", &fields).await.expect(303).location().to_owned();
    let owner = kim.id.to_string();
    let appointed = [("account", owner.as_str()), ("from-day", "2"), ("from-month", "11"), ("from-year", "2026")];
    manager.post(&format!("{here}/owner"), &appointed).await.expect(303);
    manager.get(&here).await.expect(200).holds("Not trained");
    manager.get("/staff/improvement/processes").await.expect(200).holds("Not trained");
    manager.get("/staff").await.expect(200).holds("no training for owners is recorded");
    auditor
        .get("/staff/improvement/training")
        .await
        .expect(200)
        .holds("1 person is not trained")
        .lacks("Record a training");
    manager.get("/staff/improvement/training/new").await.expect(200).holds("Add a course first");
    let courses = "/staff/improvement/training/courses";
    manager
        .post(courses, &[("title", "Owning"), ("lasts", "0")])
        .await
        .expect(422)
        .holds("Choose for whom it is")
        .holds("from 1 to 120")
        .holds("Owning");
    manager.post(courses, &[("title", "Owning"), ("audience", "owners"), ("lasts", "24")]).await.expect(303);
    manager
        .post(courses, &[("title", "Owning"), ("audience", "leads")])
        .await
        .expect(422)
        .holds("There is a course of this title already");
    auditor.post(courses, &[("title", "Owned"), ("audience", "owners")]).await.expect(403);
    let page = manager.get("/staff/improvement/training/new").await.expect(200);
    let course = page
        .text
        .split("name=\"course\"")
        .nth(1)
        .unwrap()
        .split("value=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let mut training =
        vec![("course", course.as_str()), ("held-day", "2"), ("held-month", "11"), ("held-year", "2027")];
    manager
        .post("/staff/improvement/training/new", &training)
        .await
        .expect(422)
        .holds("recorded once it was held")
        .holds("Choose who attended");
    training[3] = ("held-year", "2026");
    training.push(("person", &owner));
    manager.post("/staff/improvement/training/new", &training).await.expect(303);
    manager.post("/staff/improvement/training/new", &training).await.expect(422).holds("already");
    auditor
        .get("/staff/improvement/training")
        .await
        .expect(200)
        .holds("Trained until 2 November 2028")
        .holds("Everybody who leads improvement is trained");
    manager.get(&here).await.expect(200).lacks("Not trained");
    manager.get("/staff").await.expect(200).lacks("no training for owners is recorded");
}
