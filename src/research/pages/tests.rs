//! Journeys through the real router: adding, seeking, joining to an action, sharing, taking out.

use crate::db_test;
use crate::people::Role;
use crate::permissions;
use crate::testing::{Browser, app_on};

const PIECE: &[(&str, &str)] = &[
    ("title", "Lifts that ring for help"),
    ("source", "A housing institute"),
    ("year", "2024"),
    ("finding", "Calls from stuck lifts were answered in 40 seconds, not four minutes."),
    ("area", ""),
    ("standard", ""),
    ("process", ""),
    ("address", "https://example.org/lifts"),
];

fn but<'a>(fields: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = fields.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

db_test!(a_piece_is_added_sought_joined_shared_and_taken_out, db => {
    let app = app_on(db);
    crate::example::load(&app).await.unwrap();
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    let mut tx = app.db.read().await.unwrap();
    let area = crate::standards::areas(&mut tx).await.unwrap().remove(0);
    let (action, name) = crate::plans::list_choices(&mut tx, app.clock.today()).await.unwrap().remove(0);
    drop(tx);
    let (area_id, action) = (area.id.to_string(), action.to_string());
    let piece = but(PIECE, "area", &area_id);
    for (field, value, message) in [
        ("title", "", "Enter a title"),
        ("year", "20x4", "Enter a year"),
        ("finding", "", "Say what it found"),
        ("area", "", "Choose an area, a standard or a process"),
        ("area", "999", "Choose one from the list"),
        ("process", "x", "Choose one from the list"),
        ("address", "javascript:alert(1)", "Enter a whole web address"),
        ("address", "", "Enter a link or choose a file"),
    ] {
        let refused = analyst.post_files("/staff/research/new", &but(&piece, field, value), &[]).await.expect(422);
        refused.holds(message).holds("A housing institute");
    }
    let wrong: &[(&str, &str, &[u8])] = &[("file", "run.exe", b"MZ")];
    analyst.post_files("/staff/research/new", &piece, wrong).await.expect(422).holds("Choose a photo");
    let file: &[(&str, &str, &[u8])] = &[("file", "lifts.txt", b"forty seconds")];
    let here = analyst.post_files("/staff/research/new", &piece, file).await.expect(303).location().to_owned();
    analyst.get(&here).await.expect(200).holds("answered in 40 seconds").holds("Download the file");
    assert_eq!(analyst.get(&format!("{here}/file")).await.expect(200).bytes, b"forty seconds");
    analyst.get("/staff/research?words=LIFTS+institute").await.expect(200).holds("Lifts that ring").holds("1 entry");
    analyst.get("/staff/research?words=lifts+submarines").await.expect(200).holds("Nothing holds all of these words");
    analyst.get(&format!("/staff/research?area={}", area.slug)).await.expect(200).holds("Lifts that ring");
    analyst.get("/staff/research?area=nowhere").await.expect(404);

    analyst.post(&here, &[("step", "join"), ("action", "")]).await.expect(422).holds("Choose an action from the list");
    analyst.post(&here, &[("step", "join"), ("action", &action)]).await.expect(303);
    analyst.get(&here).await.expect(200).holds(&format!("/staff/plan/actions/{action}"));
    analyst.get(&format!("/staff/plan/actions/{action}")).await.expect(200).holds("Research: Lifts that ring for help");
    let day = [("shared-day", "2"), ("shared-month", "11"), ("shared-year", "2026")];
    let share = |with| [&[("step", "share"), ("with", with)], day.as_slice()].concat();
    analyst.post(&here, &share("")).await.expect(422).holds("Say with whom it was shared");
    analyst.post(&here, &but(&share("All"), "shared-year", "2027")).await.expect(422).holds("must not be after today");
    analyst.post(&here, &share("All caretakers")).await.expect(303);
    analyst.post(&here, &[("step", "dance")]).await.expect(422);
    let csv = analyst.get("/staff/research.csv?words=lifts").await.expect(200);
    assert_eq!(csv.text.lines().count(), 2, "{}", csv.text);
    csv.holds("All caretakers, 2 November 2026").holds(name.split(' ').next().unwrap()).holds("https://example.org/lifts,yes");
    analyst.post(&here, &[("step", "part"), ("remove", &action)]).await.expect(303);
    analyst.get(&format!("/staff/plan/actions/{action}")).await.expect(200).lacks("Lifts that ring for help");

    analyst.get(&format!("{here}/edit")).await.expect(200).holds("A file is kept").holds("answered in 40 seconds");
    let newer: &[(&str, &str, &[u8])] = &[("file", "lifts.txt", b"thirty seconds")];
    let edit = format!("{here}/edit");
    analyst.post_files(&edit, &but(&piece, "address", ""), newer).await.expect(303);
    assert_eq!(analyst.get(&format!("{here}/file")).await.expect(200).bytes, b"thirty seconds");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in ["added research", "changed research", "joined research to an action", "parted research", "recorded with whom"] {
        assert!(log.text.contains(action), "{action}");
    }
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&here).await.expect(200).holds("All caretakers").lacks("Change it").lacks("Record that it was shared");
    board.post(&here, &share("Nobody")).await.expect(403);
});

db_test!(the_example_has_four_pieces_that_lead_to_actions, db => {
    let app = app_on(db);
    crate::example::load(&app).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    let all = crate::research::list(&mut tx).await.unwrap();
    assert_eq!(all.len(), 4);
    for entry in &all {
        let linked = crate::thread::linked(&mut tx, crate::thread::Record::Research(entry.id)).await.unwrap();
        assert!(!linked.is_empty(), "{}", entry.title);
    }
});

#[test]
fn staff_read_the_library_and_a_board_member_changes_nothing_in_it() {
    let may = |role, path| (permissions::may_read(role, path), permissions::may_post(role, path));
    for (path, all_read) in
        [("/staff/research/{id}", true), ("/staff/research/new", false), ("/staff/research/{id}/edit", false)]
    {
        for role in [Role::Officer, Role::Manager, Role::Analyst, Role::Equality, Role::Administrator] {
            assert_eq!(may(Some(role), path), (true, true), "{role:?} {path}");
        }
        for role in [Role::Board, Role::Auditor] {
            assert_eq!(may(Some(role), path), (all_read, false), "{role:?} {path}");
        }
        for role in [Some(Role::Resident), Some(Role::Shopper), None] {
            assert_eq!(may(role, path), (false, false), "{role:?} {path}");
        }
    }
}
