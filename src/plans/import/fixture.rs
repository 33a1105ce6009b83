//! Importing whole files: an invented plan with every oddity, and the plan of 2009 wherever it is at hand.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::apply::{Into, apply};
use super::look::{Look, look};
use super::rows::{self, Kind};
use crate::app::App;
use crate::clock::day as day_in_words;
use crate::db::Tx;
use crate::db_test;
use crate::people::Role;
use crate::plans::money::Money;
use crate::plans::month::Month;
use crate::plans::status::Status;
use crate::plans::store::{self, Written};
use crate::plans::whole::{Whole, load_open};
use crate::testing::{Browser, app_on};

const PLAN: &[u8] = include_bytes!("../../../tests/fixtures/plan.csv");
const WORKBOOK: &[u8] = include_bytes!("../../../tests/fixtures/plan.xlsx");
const LEADS: &[u8] = include_bytes!("../../../tests/fixtures/leads.csv");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn import(app: &App, bytes: &[u8], leads: Option<&[u8]>) -> Look {
    let mut tx = app.db.write().await.unwrap();
    let look = look(&mut tx, bytes, leads, app.clock.today()).await.unwrap();
    let into = if look.is_another { Into::NewPlan } else { Into::Current };
    apply(&mut tx, &look, into, Written { at: app.clock.now(), by: None }).await.unwrap();
    tx.commit().await.unwrap();
    look
}

async fn whole(app: &App, on: &str) -> Whole {
    let mut tx: Tx = app.db.read().await.unwrap();
    load_open(&mut tx, day(on)).await.unwrap().unwrap()
}

fn references(whole: &Whole, keep: impl Fn(&crate::plans::whole::WholeAction) -> bool) -> Vec<String> {
    whole.actions().filter(|a| keep(a)).filter_map(|a| a.action().reference.clone()).collect()
}

#[test]
fn the_workbook_reads_like_the_csv_file() {
    let (csv, book) = (rows::read(PLAN).unwrap(), rows::read(WORKBOOK).unwrap());
    assert_eq!(book.title.as_deref(), Some("BRINDLE VALE HOMES - IMPROVEMENT PLAN"));
    assert_eq!(book.dated, Some(day("2024-11-14")));
    let cells = |file: &rows::PlanFile| {
        file.entries.iter().map(|e| (e.kind, e.reference.clone(), e.cells.clone())).collect::<Vec<_>>()
    };
    assert_eq!(cells(&csv), cells(&book));
}

#[test]
fn a_file_saved_with_semicolons_or_by_old_windows_reads_the_same() {
    let text = std::str::from_utf8(PLAN).unwrap();
    let names = |bytes: &[u8]| rows::read(bytes).unwrap().entries.into_iter().map(|e| e.cells).collect::<Vec<_>>();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(vec![]);
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    assert_eq!(names(&writer.into_inner().unwrap()), names(PLAN));
    let old: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '\u{2013}' => 0x96,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    assert_eq!(names(&old), names(PLAN));
}

db_test!(every_oddity_of_a_plan_is_read_and_kept_in_order, db => {
    let app = app_on(db);
    let look = import(&app, WORKBOOK, Some(LEADS)).await;
    assert_eq!((look.file.count(Kind::Theme), look.file.count(Kind::Objective), look.file.count(Kind::Action), look.file.count(Kind::SubRow)), (4, 6, 23, 7));
    assert_eq!(look.unnamed, ["ZZ"]);
    let plan = whole(&app, "2024-11-14").await;
    assert_eq!(plan.plan.title, "Brindle Vale Homes - Improvement Plan");
    assert_eq!(plan.plan.opened_on, day("2024-11-14"));
    let order = references(&plan, |_| true);
    assert_eq!(order, look.file.entries.iter().filter(|e| e.kind == Kind::Action).filter_map(|e| e.reference.clone()).collect::<Vec<_>>());
    assert_eq!(references(&plan, |a| a.as_of.standing.status == Status::Done), ["1.1", "1.2", "3.1", "5.1", "5.2"]);
    let clear = references(&plan, |a| a.as_of.late && a.as_of.standing.status != Status::Unclassified);
    assert_eq!(clear, ["1.3", "1.4", "4.1", "4.3", "4.4"]);
    assert_eq!(references(&plan, |a| a.as_of.standing.status == Status::Unclassified), ["2.1", "3.2", "3.5", "4.5", "6.2"]);
    let revised: Vec<(String, String)> = plan.actions().filter_map(|a| Some((a.action().reference.clone()?, a.as_of.standing.revised?.last.code()))).collect();
    assert_eq!(revised, [("4.2", "2025-01"), ("5.3", "2025-02"), ("5.4", "2025-01")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let parts: Vec<(String, Status)> = plan.actions().flat_map(|a| &a.parts).map(|p| (p.action().heading().into_owned(), p.as_of.standing.status)).collect();
    assert_eq!(parts.iter().map(|p| p.1).collect::<Vec<_>>(), [Status::Unclassified, Status::Done, Status::Done, Status::Unclassified, Status::Merged, Status::Done, Status::Done]);
    assert_eq!(parts[6].0, "New short surveys for: stair cleaning, windows, lift repairs");
    assert_eq!(references(&plan, |a| a.as_of.standing.status == Status::Stopped), ["5.6"]);
    assert_eq!(plan.find(plan.actions().find(|a| a.action().reference.as_deref() == Some("4.3")).unwrap().action().id).unwrap().as_of.per_cent, Some(60));
    let money = Money::of(&plan, &[]);
    assert_eq!((money.estimate, money.unknown), (1_275_000, 2));
    assert_eq!(whole(&app, "2025-03-01").await.actions().filter(|a| a.as_of.late).filter(|a| a.as_of.standing.revised.is_some()).count(), 3);
});

db_test!(importing_twice_changes_nothing, db => {
    let app = app_on(db);
    import(&app, PLAN, Some(LEADS)).await;
    let before = whole(&app, "2026-11-16").await;
    let again = import(&app, PLAN, Some(LEADS)).await;
    assert_eq!((again.diff.added(), again.diff.changed(), again.diff.missing.len()), (0, 0, 0));
    assert_eq!(whole(&app, "2026-11-16").await, before);
    let book = import(&app, WORKBOOK, None).await;
    assert_eq!((book.diff.added(), book.diff.changed(), book.is_another), (0, 0, false));
    let mut tx = app.db.read().await.unwrap();
    assert!(store::list_changes(&mut tx, before.plan.id, None, 10).await.unwrap().is_empty());
});

db_test!(a_later_version_updates_by_reference_and_keeps_what_changed, db => {
    let app = app_on(db);
    import(&app, PLAN, None).await;
    let later = String::from_utf8(PLAN.to_vec()).unwrap()
        .replace("Tenants talked the list over in September. It will be put to the two area panels in November.", "Complete.")
        .replace("Copies on file.,SE,NAC,Oct 2024", "Copies on file.,\"SE, PQ\",NAC,Dec 2024")
        .replace("5.6,Buy paint", "5.7,Buy paint");
    let look = import(&app, later.as_bytes(), None).await;
    assert_eq!((look.diff.added(), look.diff.changed()), (1, 2));
    assert_eq!(look.diff.missing.iter().filter_map(|h| h.reference.clone()).collect::<Vec<_>>(), ["5.6"]);
    let plan = whole(&app, "2026-11-16").await;
    let find = |reference: &str| plan.actions().find(|a| a.action().reference.as_deref() == Some(reference)).unwrap();
    assert_eq!(find("1.3").as_of.standing.status, Status::Done);
    let moved = find("4.1");
    assert_eq!(moved.as_of.standing.first_promised(), Month::read("2024-10"));
    assert_eq!(moved.as_of.standing.due(), Month::read("2024-12"), "the original deadline is kept beside the new one");
    assert!(find("5.6").as_of.standing.status == Status::Stopped && find("5.7").as_of.standing.status == Status::Stopped);
    let mut tx = app.db.read().await.unwrap();
    let changes = store::list_changes(&mut tx, plan.plan.id, Some(moved.action().id), 10).await.unwrap();
    let fields: Vec<&str> = changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!(fields, ["Deadline", "Lead staff"]);
    assert!(changes[0].reason.contains(&day_in_words(look.said_on)));
});

db_test!(another_plan_with_the_same_numbers_starts_a_plan_of_its_own, db => {
    let app = app_on(db);
    import(&app, PLAN, None).await;
    let other = "Ref,Action,Deadline,Status\nGARDENS,,,\n1,Greener courtyards,,\n1.1,Plant hedges beside every bicycle shelter,May 2027,\n1.2,Borrow mowers,May 2027,\n";
    let look = import(&app, other.as_bytes(), None).await;
    assert!(look.is_another);
    assert_eq!(whole(&app, "2026-11-16").await.actions().count(), 2);
    let mut tx = app.db.read().await.unwrap();
    let plans = store::list_plans(&mut tx).await.unwrap();
    assert_eq!(plans.iter().map(|p| p.is_open).collect::<Vec<_>>(), [true, false]);
});

/// The real plan's file, where this machine has it.
#[expect(clippy::disallowed_methods, reason = "where a tester keeps that file is not a setting of the product")]
fn plan_of_2009(ending: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let named = std::env::var("DOORSTEP_TEST_PLAN")
        .ok()
        .map(PathBuf::from)
        .filter(|p| p.extension().is_some_and(|e| e == ending));
    let beside = || {
        std::fs::read_dir(folder).ok()?.flatten().map(|f| f.path()).find(|p| {
            let name = p.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.contains("action-plan-2009") && name.ends_with(ending)
        })
    };
    let found = named.or_else(beside).and_then(|p| std::fs::read(p).ok());
    if found.is_none() {
        println!("skipped: the plan of 2009 ({ending}) is not on this machine");
    }
    found
}

fn split(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

db_test!(the_2009_plan_is_read_as_people_read_it_from_its_table, db => { plan_of_2009_is_right(db, "csv").await });
db_test!(the_2009_plan_is_read_as_people_read_it_from_its_workbook, db => { plan_of_2009_is_right(db, "xlsx").await });

async fn plan_of_2009_is_right(db: crate::db::Db, ending: &str) {
    let Some(bytes) = plan_of_2009(ending) else { return };
    let app = app_on(db);
    let look = import(&app, &bytes, None).await;
    let count = |kind| look.file.count(kind);
    assert_eq!((count(Kind::Theme), count(Kind::Objective), count(Kind::Action), count(Kind::SubRow)), (4, 17, 55, 10));
    let plan = whole(&app, "2009-11-12").await;
    assert_eq!(
        (plan.themes.len(), plan.objectives().count(), plan.actions().count(), plan.rows().count()),
        (4, 17, 55, 65)
    );
    let order = references(&plan, |_| true);
    assert!(order.windows(2).any(|w| w == ["3.3", "3.5"]), "there is no 3.4");
    let done = references(&plan, |a| a.as_of.standing.status == Status::Done);
    assert_eq!(done, split("1.1 1.2 1.3 3.1 4.1 5.1 5.2 6.1 6.2 6.5 7.1 9.1 11.2 15.1 17.1 17.2"));
    let revised: Vec<String> = plan
        .actions()
        .filter_map(|a| Some(format!("{} {}", a.action().reference.clone()?, a.as_of.standing.revised?.last.code())))
        .collect();
    assert_eq!(revised, ["5.3 2010-02", "5.4 2010-01", "6.3 2010-01"]);
    let late = references(&plan, |a| a.as_of.late);
    for reference in split("1.4 1.5 3.3 4.3 6.4 7.2 7.4 8.1 8.3 11.1 12.2 15.5") {
        assert!(late.contains(&reference), "{reference} is late");
        let state =
            plan.actions().find(|a| a.action().reference.as_deref() == Some(&reference)).unwrap().as_of.standing.status;
        assert!(matches!(state, Status::OnTrack | Status::NotStarted), "{reference}");
    }
    for reference in split("3.5 3.6 5.3 5.4 5.5 6.3 12.3 12.4 13.1 13.2 14.1 16.1 16.2 16.3") {
        assert!(!late.contains(&reference), "{reference} is not late");
    }
    let unclear = references(&plan, |a| a.as_of.standing.status == Status::Unclassified);
    for reference in split("3.2 4.2 6.6 6.7 7.3 8.2 10.1") {
        assert!(unclear.contains(&reference), "{reference} needs a person");
    }
    let parts: Vec<Status> = plan
        .actions()
        .filter(|a| a.action().reference.as_deref() == Some("2.1"))
        .flat_map(|a| &a.parts)
        .map(|p| p.as_of.standing.status)
        .collect();
    assert_eq!(parts.len(), 10);
    assert_eq!(parts.iter().filter(|s| **s == Status::Merged).count(), 1);
    assert_eq!(parts[4], Status::Merged);
    let slipped: Vec<Option<i32>> =
        plan.actions().filter(|a| a.as_of.standing.revised.is_some()).map(|a| a.as_of.standing.slipped()).collect();
    assert_eq!(slipped, [Some(5), Some(3), Some(3)]);
    let again = import(&app, &bytes, None).await;
    assert_eq!((again.diff.added(), again.diff.changed(), again.diff.missing.len()), (0, 0, 0));
    names_nobody(&app, &plan).await;
    opens_in_every_view(&app).await;
}

/// Every view of the workspace opens for an auditor, today and as at the day of the plan.
async fn opens_in_every_view(app: &App) {
    let (mut auditor, _) = Browser::signed_in(app, Role::Auditor).await;
    for view in ["", "/months?all=yes", "/timeline", "/by-lead", "/mine", "/history", "/then", "/compare", "/snapshots"]
    {
        auditor.get(&format!("/staff/plan{view}")).await.expect(200);
    }
    let then = auditor.get("/staff/plan/then?on=2009-11-12").await.expect(200);
    then.holds("16 of 55 done").holds("Moved back 5 months");
    let pack = auditor.get("/staff/plan/pack.json?on=2009-11-12").await.expect(200).text;
    let pack = crate::plans::pack::Pack::read(&pack).unwrap();
    assert_eq!((pack.rows.len(), pack.rows.iter().filter(|row| row.slipped().is_some()).count()), (65, 3));
}

/// No public page of the plan has anybody's initials among its words.
async fn names_nobody(app: &App, plan: &Whole) {
    let mut tx = app.db.read().await.unwrap();
    let people: Vec<String> =
        store::list_leads(&mut tx).await.unwrap().into_iter().filter(|l| !l.is_group).map(|l| l.initials).collect();
    drop(tx);
    assert!(people.len() > 5, "{people:?}");
    let actions = plan.rows().map(|a| format!("/plan/actions/{}", a.action().slug));
    let mut visitor = Browser::new(app);
    for path in ["/plan", "/plan.json", "/plan.csv"].map(str::to_owned).into_iter().chain(actions) {
        let page = visitor.get(&path).await.expect(200).text;
        let words: std::collections::BTreeSet<&str> = page.split(|c: char| !c.is_alphanumeric()).collect();
        for person in &people {
            assert!(!words.contains(person.as_str()), "{path} names {person}");
        }
    }
}
