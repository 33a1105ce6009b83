//! Journeys through the real router: attaching, withdrawing, answering for a requirement, counting gaps, and the bundle.

use std::io::Read as _;

use crate::app::App;
use crate::assurance::evidence::Standing;
use crate::assurance::map::Map;
use crate::assurance::requirement::sets;
use crate::assurance::source;
use crate::db_test;
use crate::people::{self, Role};
use crate::permissions;
use crate::random::hex;
use crate::testing::{Browser, app_on};

const LINK: &[(&str, &str)] = &[
    ("title", "Minutes of the panel"),
    ("record", ""),
    ("address", "https://example.org/minutes"),
    ("strength", "strong"),
    ("dated-day", "2"),
    ("dated-month", "11"),
    ("dated-year", "2026"),
];

fn but<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = LINK.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

/// The files of a ZIP, by path.
fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let all = archive.len();
    let read = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let path = file.name().unwrap().into_owned();
        (path, bytes)
    };
    (0..all).map(read).collect()
}

db_test!(evidence_is_attached_grows_old_and_is_withdrawn_and_gaps_are_counted, db => {
    let app = app_on(db);
    let (mut manager, kim) = Browser::signed_in(&app, Role::Manager).await;
    let here = "/staff/assurance/tia-1-3";
    manager.get("/staff/assurance").await.expect(200).holds("0 of 20 have evidence. 20 gaps").holds("0 of 8 have evidence");
    manager.get("/staff/assurance/tia-9-9").await.expect(404);
    manager.get(here).await.expect(200).holds("Nothing is attached yet").holds("Nobody yet");
    let attach = format!("{here}/evidence");
    manager.get(&attach).await.expect(200);
    for (name, value, message) in [
        ("title", "", "Say what it shows"),
        ("strength", "great", "Choose how strong it is"),
        ("address", "", "Choose a record or a file, or enter a link"),
        ("address", "minutes", "Enter a whole web address"),
        ("record", "survey-1", "Give one of the three"),
        ("dated-year", "2027", "must not be after today"),
    ] {
        manager.post_files(&attach, &but(name, value), &[]).await.expect(422).holds(message).holds("<title>Error: ");
    }
    let record: Vec<_> = but("address", "").into_iter().map(|(name, value)| if name == "record" { (name, "survey-77") } else { (name, value) }).collect();
    manager.post_files(&attach, &record, &[]).await.expect(422).holds("Choose one from the list");
    let old = but("dated-year", "2024");
    manager.post_files(&attach, &old, &[]).await.expect(303);
    manager.get("/staff/assurance").await.expect(200).holds("0 of 20 have evidence. 19 gaps, 1 only old evidence");
    manager.get(here).await.expect(200).holds("Older than 12 months").holds("Only old evidence");
    let file: &[(&str, &str, &[u8])] = &[("file", "minutes.txt", b"the panel met")];
    manager.post_files(&attach, &but("address", ""), file).await.expect(303);
    manager.get("/staff/assurance").await.expect(200).holds("1 of 20 have evidence. 19 gaps, 0 only old");
    manager.get("/staff/assurance?show=gap").await.expect(200).lacks(&format!("{here}\"")).holds("TIA 1.4");
    manager.get("/staff/assurance?show=shown").await.expect(200).holds(&format!("{here}\"")).lacks("TIA 1.4");
    manager.get("/staff/assurance?show=maybe").await.expect(404);
    let id = manager.get(here).await.text.split(&format!("{here}/files/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(manager.get(&format!("{here}/files/{id}")).await.expect(200).bytes, b"the panel met");
    manager.get(&format!("/staff/assurance/tia-1-4/files/{id}")).await.expect(404);

    let reason = format!("reason-{id}");
    let withdraw = |words| [("step", "withdraw"), ("evidence", id.as_str()), (reason.as_str(), words)];
    manager.post(here, &withdraw("")).await.expect(422).holds("Say why it no longer counts");
    manager.post("/staff/assurance/tia-1-4", &withdraw("Wrong place")).await.expect(422);
    manager.post(here, &withdraw("The wrong minutes")).await.expect(303);
    manager.post(here, &withdraw("Again")).await.expect(422).holds("It is withdrawn already");
    manager.get(here).await.expect(200).holds("Withdrawn: The wrong minutes").holds("Only old evidence");
    let owner = kim.id.to_string();
    manager.post(here, &[("step", "appoint"), ("owner", "999")]).await.expect(422).holds("Choose one from the list");
    manager.post(here, &[("step", "appoint"), ("owner", &owner)]).await.expect(303);
    manager.get("/staff/assurance?show=mine").await.expect(200).holds("TIA 1.3").lacks("TIA 1.4");
    manager.post(here, &[]).await.expect(422);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in ["attached evidence for a requirement", "withdrew evidence", "said who answers for a requirement"] {
        assert!(log.text.contains(action), "{action}");
    }
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(here).await.expect(200).lacks("Attach evidence").lacks("Withdraw it").holds("Download the ZIP");
    board.post(here, &[("step", "appoint"), ("owner", "")]).await.expect(403);
    board.get(&attach).await.expect(403);
});

/// Attaches every record of the example that can be attached to one requirement.
async fn attach_all(app: &App, manager: &mut Browser, code: &str) -> usize {
    let mut tx = app.db.read().await.unwrap();
    let all = source::choices(&mut tx, app.clock.today()).await.unwrap();
    drop(tx);
    let mut kinds: Vec<&str> = Vec::new();
    for (record, name) in &all {
        let kind = name.split(':').next().unwrap();
        if !kinds.contains(&kind) {
            kinds.push(kind);
            let mut fields: Vec<_> = but("address", "").into_iter().filter(|(name, _)| *name != "record").collect();
            fields.push(("record", record));
            manager.post_files(&format!("/staff/assurance/{code}/evidence"), &fields, &[]).await.expect(303);
        }
    }
    kinds.len()
}

db_test!(a_bundle_holds_the_records_their_files_and_true_hashes_and_names_nobody_of_the_public, db => {
    let app = app_on(db);
    crate::example::load(&app).await.unwrap();
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let kinds = attach_all(&app, &mut manager, "t-whole").await;
    assert!(kinds >= 9, "only {kinds} kinds of record can be attached");
    let mut tx = app.db.read().await.unwrap();
    let everybody = people::store::list(&mut tx).await.unwrap();
    drop(tx);
    let resident = everybody.iter().find(|one| one.role == Role::Resident).unwrap().name.clone();
    let named = format!("What {} said", resident.to_uppercase());
    let file: &[(&str, &str, &[u8])] = &[("file", "../notes & more.txt", b"plain notes")];
    let fields: Vec<_> = but("address", "").into_iter().map(|(name, value)| if name == "title" { (name, named.as_str()) } else { (name, value) }).collect();
    manager.post_files("/staff/assurance/t-whole/evidence", &fields, file).await.expect(303);
    let first = manager.get("/staff/assurance/t-whole/bundle").await.expect(200);
    assert!(first.headers.get("content-disposition").unwrap().to_str().unwrap().contains("t-whole-2026-11-16.zip"));
    assert_eq!(manager.get("/staff/assurance/t-whole/bundle").await.bytes, first.bytes, "the same state gives the same bytes");
    let parts = unzipped(&first.bytes);
    let text = |path: &str| String::from_utf8(parts.iter().find(|(name, _)| name == path).unwrap().1.clone()).unwrap();
    assert_eq!(parts.iter().filter(|(name, _)| name.starts_with("records/") && name.rsplit_once('.').is_some_and(|(_, end)| end == "html")).count(), kinds);
    assert!(parts.iter().any(|(name, bytes)| name.starts_with("files/") && name.ends_with("-notes---more.txt") && bytes == b"plain notes"));
    assert!(parts.iter().any(|(name, _)| name.ends_with("-results.json")), "a survey’s published figures");
    let manifest = text("manifest.sha256");
    assert_eq!(manifest.lines().count(), parts.len() - 1);
    for line in manifest.lines() {
        use sha2::Digest as _;
        let (hash, path) = line.split_once("  ").unwrap();
        let bytes = &parts.iter().find(|(name, _)| name == path).unwrap().1;
        assert_eq!(hash, hex(&sha2::Sha256::digest(bytes)), "{path}");
    }
    let index = text("index.html");
    assert!(index.contains("[name taken out]") && index.contains("Tenancy"), "{index}");
    for (path, _) in parts.iter().filter(|(name, _)| name.starts_with("records/")) {
        assert!(index.contains(&format!("href=\"{path}\"")), "{path}");
    }
    for one in everybody.iter().filter(|one| matches!(one.role, Role::Resident | Role::Shopper)) {
        for (path, bytes) in &parts {
            assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains(&one.name.to_lowercase()), "{} in {path}", one.name);
        }
    }
});

db_test!(the_example_has_evidence_for_about_half_of_the_requirements, db => {
    let app = app_on(db);
    crate::example::load(&app).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    let map = Map::load(&mut tx, app.clock.today()).await.unwrap();
    let count = |standing| sets().iter().map(|set| map.count(set, standing)).sum::<usize>();
    assert_eq!(Standing::ALL.map(count), [14, 1, 1, 12]);
    drop(tx);
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get("/staff/assurance/tia-1-3").await.expect(200).holds("Decision: Appointments on Sundays").holds("What changed: ");
});

#[test]
fn staff_read_the_map_and_a_board_member_changes_nothing_in_it() {
    let may = |role, path| (permissions::may_read(role, path), permissions::may_post(role, path));
    let bundle = "/staff/assurance/{code}/bundle";
    for role in [Role::Officer, Role::Manager, Role::Administrator] {
        assert_eq!(may(Some(role), "/staff/assurance/{code}"), (true, true), "{role:?}");
        assert_eq!(may(Some(role), "/staff/assurance/{code}/evidence"), (true, true), "{role:?}");
    }
    for role in [Role::Board, Role::Auditor, Role::Analyst, Role::Equality] {
        assert_eq!(may(Some(role), "/staff/assurance/{code}"), (true, false), "{role:?}");
        assert_eq!(may(Some(role), "/staff/assurance/{code}/evidence"), (false, false), "{role:?}");
        assert_eq!(may(Some(role), bundle), (true, false), "{role:?}");
    }
    for role in [Some(Role::Resident), Some(Role::Shopper), None] {
        assert_eq!(may(role, "/staff/assurance"), (false, false), "{role:?}");
        assert_eq!(may(role, bundle), (false, false), "{role:?}");
    }
}
