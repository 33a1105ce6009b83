//! The rules of the yearly audit that the database holds, on both engines.

use std::io::{Cursor, Read as _};

use chrono::TimeDelta;
use futures::future::join_all;

use super::act::{ActError, NewAction, act};
use super::audit::{Assurance, AuditId, Head, Item, Kind, NewTest, Strata, Verdict, counting};
use super::bundle::bundle;
use super::check::{list, say};
use super::draw::choose;
use super::error::AuditError;
use super::find::{find, strike_out};
use super::finding::{NewFinding, NewFollowUp, NewResponse, Progress, Weight};
use super::finish::{finish, take_back};
use super::follow::follow;
use super::open::{NewAudit, open};
use super::record::record;
use super::respond::respond;
use super::store::{audits, findings, verdicts};
use super::testing::year;
use crate::app::App;
use crate::db::Tx;
use crate::improvement::tests::person;
use crate::improvement::year::Year;
use crate::people::Role;
use crate::plans::testing::{small, words};
use crate::random::hex;
use crate::testing::app_on;
use crate::thread::id::{AccountId, AuditFindingId};
use crate::thread::{self, Record};
use crate::{db_test, on};

fn asked(app: &App) -> NewAudit {
    NewAudit {
        year: Year::of(app.clock.today()),
        scope: "All of it".into(),
        strata: Strata::Owner,
        seed: Some("spring".into()),
        reports: 3,
        plans: 2,
    }
}

fn test(head: Head, words: &str) -> NewTest {
    NewTest { head, verdict: Verdict::Partly, words: words.into() }
}

async fn drawn(tx: &mut Tx, audit: AuditId) -> Vec<Item> {
    audits::list_items(tx, audit).await.unwrap().into_iter().filter(|item| item.place.is_some()).collect()
}

/// Fails unless the database itself refuses a statement.
async fn refuses(app: &App, sql: &'static str) {
    let mut tx = app.db.write().await.unwrap();
    let done = on!(tx, c => sqlx::query(sql).execute(c).await.map(|done| done.rows_affected()));
    assert!(done.is_err(), "{sql}");
}

/// An audit with every test written, and who is who: owner, approver, auditor.
async fn tested(app: &App, reports: usize) -> (AuditId, [AccountId; 3]) {
    let mut tx = app.db.write().await.unwrap();
    let people = [
        person(&mut tx, "kim", Role::Manager).await,
        person(&mut tx, "lee", Role::Board).await,
        person(&mut tx, "ann", Role::Auditor).await,
    ];
    let [kim, lee, ann] = people;
    year(app, &mut tx, kim, lee, reports).await;
    let id = open(app, &mut tx, ann, &asked(app)).await.unwrap();
    for item in drawn(&mut tx, id).await {
        let all: Vec<NewTest> = Head::ALL.iter().map(|head| test(*head, "As shown")).collect();
        record(app, &mut tx, item.id, ann, &all).await.unwrap();
    }
    tx.commit().await.unwrap();
    (id, people)
}

async fn found(app: &App, audit: AuditId, by: AccountId) -> AuditFindingId {
    let mut tx = app.db.write().await.unwrap();
    let new = NewFinding {
        weight: Weight::High,
        item: None,
        found: "Robin Hearth was not asked".into(),
        recommendation: "Ask everybody".into(),
    };
    let id = find(app, &mut tx, audit, by, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn finished(app: &App, audit: AuditId, by: AccountId) {
    let mut tx = app.db.write().await.unwrap();
    finish(app, &mut tx, audit, by, Assurance::Limited, "Some of it").await.unwrap();
    tx.commit().await.unwrap();
}

db_test!(a_year_is_audited_once_and_its_draw_can_be_repeated_and_never_changed, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee, ann) = (
        person(&mut tx, "kim", Role::Manager).await,
        person(&mut tx, "lee", Role::Board).await,
        person(&mut tx, "ann", Role::Auditor).await,
    );
    assert!(matches!(open(&app, &mut tx, ann, &asked(&app)).await, Err(AuditError::Nothing)));
    year(&app, &mut tx, kim, lee, 5).await;
    tx.commit().await.unwrap();
    let next = NewAudit { year: Year::of(app.clock.today()).next(), ..asked(&app) };
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(open(&app, &mut tx, ann, &next).await, Err(AuditError::NotSo)));
    drop(tx);
    let wanted = asked(&app);
    let opened = join_all((0..4).map(|_| async {
        let mut tx = app.db.write().await.unwrap();
        let done = open(&app, &mut tx, ann, &wanted).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    })).await;
    assert_eq!(opened.iter().filter(|one| one.is_ok()).count(), 1, "{opened:?}");
    assert!(opened.iter().all(|one| matches!(one, Ok(_) | Err(AuditError::Already))), "{opened:?}");
    let id = *opened.iter().find_map(|one| one.as_ref().ok()).unwrap();
    let mut tx = app.db.write().await.unwrap();
    let items = audits::list_items(&mut tx, id).await.unwrap();
    assert_eq!(items.len(), 6);
    let candidates: Vec<_> = items.iter().map(|item| item.of.clone()).collect();
    let again = choose("spring", &candidates, Kind::Report, 3);
    let kept: Vec<_> = items.iter().map(|item| item.place.filter(|_| item.of.drawn.kind() == Kind::Report)).collect();
    assert_eq!(again, kept);
    assert_eq!(again.iter().flatten().count(), 3);
    // A report that is approved later is not among what was drawn from.
    assert!(candidates.iter().all(|one| one.stratum == "kim"));
    drop(tx);
    for sql in [
        "UPDATE improvement_audits SET seed = 'other'",
        "DELETE FROM improvement_audits",
        "UPDATE improvement_audit_items SET place = 9",
        "DELETE FROM improvement_audit_items",
    ] {
        refuses(&app, sql).await;
    }
    let mut tx = app.db.write().await.unwrap();
    take_back(&app, &mut tx, id, "Too small a sample").await.unwrap();
    assert!(matches!(take_back(&app, &mut tx, id, "Again").await, Err(AuditError::NotSo)));
    let anew = open(&app, &mut tx, ann, &asked(&app)).await.unwrap();
    assert_ne!(anew, id);
    assert_eq!(audits::list(&mut tx).await.unwrap().len(), 2);
});

db_test!(an_audit_is_finished_once_every_test_has_a_verdict_and_then_stays, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee, ann) = (
        person(&mut tx, "kim", Role::Manager).await,
        person(&mut tx, "lee", Role::Board).await,
        person(&mut tx, "ann", Role::Auditor).await,
    );
    year(&app, &mut tx, kim, lee, 3).await;
    let id = open(&app, &mut tx, ann, &NewAudit { reports: 2, ..asked(&app) }).await.unwrap();
    let items = drawn(&mut tx, id).await;
    assert_eq!(items.len(), 3);
    let left_out = audits::list_items(&mut tx, id).await.unwrap().into_iter().find(|item| item.place.is_none()).unwrap();
    let one = [test(Head::Performance, "As shown")];
    assert!(matches!(record(&app, &mut tx, left_out.id, ann, &one).await, Err(AuditError::NotSo)));
    // Who wrote, approved or owns what was drawn does not test it.
    assert!(matches!(record(&app, &mut tx, items[0].id, kim, &one).await, Err(AuditError::OwnWork)));
    assert!(matches!(record(&app, &mut tx, items[0].id, lee, &one).await, Err(AuditError::OwnWork)));
    assert!(matches!(record(&app, &mut tx, items[2].id, kim, &one).await, Err(AuditError::OwnWork)));
    let done = finish(&app, &mut tx, id, ann, Assurance::Limited, "Some of it").await;
    assert!(matches!(done, Err(AuditError::Unfinished(9))), "{done:?}");
    for item in &items {
        let all: Vec<NewTest> = Head::ALL.iter().map(|head| test(*head, "As shown")).collect();
        record(&app, &mut tx, item.id, ann, &all).await.unwrap();
    }
    record(&app, &mut tx, items[0].id, ann, &[test(Head::Performance, "Looked at again")]).await.unwrap();
    let all = verdicts::list(&mut tx, id).await.unwrap();
    assert_eq!(all.len(), 10);
    assert_eq!(counting(&all, items[0].id, Head::Performance).unwrap().words, "Looked at again");
    finish(&app, &mut tx, id, ann, Assurance::Limited, "Some of it").await.unwrap();
    assert!(matches!(record(&app, &mut tx, items[0].id, ann, &one).await, Err(AuditError::NotSo)));
    assert!(matches!(take_back(&app, &mut tx, id, "Too late").await, Err(AuditError::NotSo)));
    tx.commit().await.unwrap();
    for sql in [
        "UPDATE improvement_audits SET conclusion = 'All is well'",
        "UPDATE improvement_audit_tests SET verdict = 'met'",
        "DELETE FROM improvement_audit_tests",
    ] {
        refuses(&app, sql).await;
    }
});

db_test!(a_finding_is_answered_once_by_somebody_else_and_becomes_one_action, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let (id, [kim, lee, ann]) = tested(&app, 2).await;
    let finding = found(&app, id, ann).await;
    let struck = found(&app, id, ann).await;
    let mut tx = app.db.write().await.unwrap();
    strike_out(&app, &mut tx, struck, "Written twice").await.unwrap();
    assert!(matches!(strike_out(&app, &mut tx, struck, "Again").await, Err(AuditError::NotSo)));
    let agreed = NewResponse { is_agreed: true, words: "We ask".into(), owner: Some(kim), due_on: Some(app.clock.today()) };
    // Not before the audit is finished.
    assert!(matches!(respond(&app, &mut tx, finding, kim, &agreed).await, Err(AuditError::NotSo)));
    tx.commit().await.unwrap();
    finished(&app, id, ann).await;
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(respond(&app, &mut tx, finding, ann, &agreed).await, Err(AuditError::OwnWork)));
    assert!(matches!(respond(&app, &mut tx, struck, kim, &agreed).await, Err(AuditError::NotSo)));
    let new = NewAction { plan: plan.plan, words: words(plan.objective, "1.9", "Ask everybody", "PQ"), due: None };
    let early = act(&app, &mut tx, finding, kim, &new).await;
    assert!(matches!(early, Err(ActError::Audit(AuditError::NotSo))), "{early:?}");
    let look = NewFollowUp { progress: Progress::NotDone, words: "Nobody was asked".into(), address: String::new(), file: None };
    assert!(matches!(follow(&app, &mut tx, finding, ann, &look).await, Err(AuditError::NotSo)));
    drop(tx);
    let answered = join_all([kim, lee, kim].map(|by| {
        let (app, agreed) = (app.clone(), agreed.clone());
        async move {
            let mut tx = app.db.write().await.unwrap();
            let done = respond(&app, &mut tx, finding, by, &agreed).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        }
    })).await;
    assert_eq!(answered.iter().filter(|one| one.is_ok()).count(), 1, "{answered:?}");
    assert!(answered.iter().all(|one| matches!(one, Ok(()) | Err(AuditError::Already))), "{answered:?}");

    let mut tx = app.db.write().await.unwrap();
    let taken = NewAction { words: words(plan.objective, "1.1", "Ask everybody", "PQ"), ..new.clone() };
    assert!(matches!(act(&app, &mut tx, finding, kim, &taken).await, Err(ActError::NumberTaken)));
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    let action = act(&app, &mut tx, finding, kim, &new).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    let twice = NewAction { words: words(plan.objective, "1.8", "Ask everybody", "PQ"), ..new };
    let twice = act(&app, &mut tx, finding, kim, &twice).await;
    assert!(matches!(twice, Err(ActError::Audit(AuditError::Already))), "{twice:?}");
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    let (one, other) = (Record::AuditFinding(finding), Record::Action(action));
    assert_eq!(thread::linked(&mut tx, one).await.unwrap(), [other]);
    assert_eq!(thread::linked(&mut tx, other).await.unwrap(), [one]);
    // The plan's own history has who added it.
    const ADDED: &str = "SELECT account_id FROM plan_changes WHERE action_id = $1";
    let added: Vec<Option<AccountId>> = on!(tx, c => sqlx::query_scalar(ADDED).bind(action).fetch_all(c).await.unwrap());
    assert_eq!(added, [Some(kim)]);

    // Who sees to it does not say how far it is; every look stays.
    assert!(matches!(follow(&app, &mut tx, finding, kim, &look).await, Err(AuditError::OwnWork)));
    follow(&app, &mut tx, finding, ann, &look).await.unwrap();
    let done = NewFollowUp { progress: Progress::Done, words: "All were asked".into(), address: "https://example.org/a".into(), file: None };
    follow(&app, &mut tx, finding, ann, &done).await.unwrap();
    let kept = findings::find(&mut tx, finding).await.unwrap().unwrap();
    let whole = findings::whole(&mut tx, kept).await.unwrap();
    assert_eq!((whole.follow_ups.len(), whole.progress()), (2, Some(Progress::Done)));
    tx.commit().await.unwrap();
    for sql in [
        "UPDATE improvement_audit_findings SET found = 'Nothing'",
        "UPDATE improvement_audit_findings SET struck_reason = 'Better not' WHERE struck_at IS NOT NULL",
        "DELETE FROM improvement_audit_findings",
        "UPDATE improvement_audit_responses SET words = 'We do not'",
        "DELETE FROM improvement_audit_responses",
        "UPDATE improvement_audit_follow_ups SET standing = 'done'",
        "DELETE FROM improvement_audit_follow_ups",
    ] {
        refuses(&app, sql).await;
    }
});

/// The files of a bundle by their paths.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let path = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        all.push((path, bytes));
    }
    all
}

db_test!(a_bundle_is_the_same_byte_for_byte_and_names_no_member_of_the_public, db => {
    use sha2::Digest as _;
    let app = app_on(db);
    let (id, [kim, _, ann]) = tested(&app, 3).await;
    let mut tx = app.db.write().await.unwrap();
    let at = crate::testing::noon();
    crate::people::store::insert(&mut tx, "robin@example.org", "Robin Hearth", Role::Resident, None, false, at).await.unwrap();
    tx.commit().await.unwrap();
    let finding = found(&app, id, ann).await;
    finished(&app, id, ann).await;
    let mut tx = app.db.write().await.unwrap();
    let audit = audits::find(&mut tx, id).await.unwrap().unwrap();
    let files = list(&mut tx, &audit).await.unwrap();
    assert_eq!(files.len(), 2);
    let before = unpacked(&bundle(&app, &mut tx, &audit).await.unwrap());
    // Nobody has read a file yet, so none is in it.
    assert!(before.iter().all(|(path, _)| !path.starts_with("evidence/")));
    assert!(matches!(say(&app, &mut tx, id, "no-such-file", true, ann).await, Err(AuditError::NotSo)));
    for file in &files {
        say(&app, &mut tx, id, &file.file.file_id, true, ann).await.unwrap();
    }
    let answer = NewResponse { is_agreed: false, words: "Robin Hearth’s own wish".into(), owner: None, due_on: None };
    respond(&app, &mut tx, finding, kim, &answer).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = app.db.read().await.unwrap();
    let one = bundle(&app, &mut tx, &audit).await.unwrap();
    drop(tx);
    app.clock.advance(TimeDelta::days(400));
    let mut tx = app.db.read().await.unwrap();
    let other = bundle(&app, &mut tx, &audit).await.unwrap();
    assert!(one == other, "the bundle changes with the day");
    let all = unpacked(&one);
    let paths: Vec<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
    for path in ["README.txt", "audit.json", "evidence.csv", "findings.csv", "population.csv", "tests.csv", "SHA256SUMS.txt"] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    assert_eq!(paths.iter().filter(|path| path.starts_with("reports/")).count(), 3);
    assert_eq!(paths.iter().filter(|path| path.starts_with("plans/")).count(), 1);
    // The table that names somebody stays out whatever was said of it.
    let evidence: Vec<&(String, Vec<u8>)> = all.iter().filter(|(path, _)| path.starts_with("evidence/")).collect();
    assert_eq!(evidence.len(), 1);
    assert_eq!(evidence[0].1, b"hour,calls\n12,41\n");
    for (path, bytes) in &all {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Robin") && !text.contains("Hearth") && !path.contains("Hearth"), "{path}: {text}");
    }
    let text = |path: &str| String::from_utf8(all.iter().find(|(own, _)| own == path).unwrap().1.clone()).unwrap();
    assert!(text("audit.json").contains("[a member of the public]"));
    assert!(text("evidence.csv").contains("it names a member of the public"));
    // Every version of the plan is there: it was opened, then three activities were added.
    let plan = paths.iter().find(|path| path.starts_with("plans/")).unwrap();
    assert_eq!(text(plan).matches("\"version\":").count(), 4);
    let sums = text("SHA256SUMS.txt");
    assert_eq!(sums.lines().count(), all.len() - 1);
    for (path, bytes) in all.iter().filter(|(path, _)| path != "SHA256SUMS.txt") {
        assert!(sums.contains(&format!("{}  {path}\n", hex(&sha2::Sha256::digest(bytes)))), "{path}");
    }
});
