//! The past of a plan stays as it was, whatever is done to the plan afterwards; on both databases.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::attach_evidence::{Proof, attach_evidence};
use super::between::{self, Kind};
use super::deadline::Span;
use super::freeze::{FreezeError, first_broken, freeze};
use super::hand_over::hand_over;
use super::history::Why;
use super::led::change_lead;
use super::month::Month;
use super::pack::{self, Pack};
use super::plan::{Plan, PlanId, Theme};
use super::record_progress::{Said, record_progress};
use super::revise_deadline::revise_deadline;
use super::status::Status;
use super::store;
use super::structure::{add_theme, change_objective, change_theme, describe_plan};
use super::testing::{Small, said, small, words, written};
use super::whole::{Whole, load, load_standing};
use super::withdraw_evidence::withdraw_evidence;
use super::word_action::{add_action, reword_action};
use crate::app::App;
use crate::db::Tx;
use crate::testing::app_on;
use crate::{db_test, on};

async fn plan_of(tx: &mut Tx, id: PlanId) -> Plan {
    store::find_plan(tx, id).await.unwrap().unwrap()
}

async fn pack_of(tx: &mut Tx, id: PlanId, day: NaiveDate) -> Pack {
    let plan = plan_of(tx, id).await;
    pack::make(tx, plan, day).await.unwrap()
}

/// A day later, at noon.
fn next_day(app: &App) {
    app.clock.advance(TimeDelta::days(1));
}

/// One thing that somebody does: which, on which action, and a number that it needs.
#[derive(Debug, Clone)]
struct Deed {
    kind: u8,
    on: usize,
    number: u64,
    days: i64,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = (0_u8..13, 0_usize..20, 0_u64..40, 0_i64..3).prop_map(|(kind, on, number, days)| Deed {
        kind,
        on,
        number,
        days,
    });
    proptest::collection::vec(deed, 24)
}

/// Does it, where it can be done; a refusal leaves the plan as it was.
async fn act(app: &App, plan: Small, deed: &Deed) {
    let (today, written) = (app.clock.today(), written(app));
    let mut tx = app.db.write().await.unwrap();
    let whole = load(&mut tx, plan.plan, today).await.unwrap().unwrap();
    let rows: Vec<_> = whole.rows().map(|row| row.action().clone()).collect();
    let action = rows.get(deed.on % rows.len()).unwrap().clone();
    let (number, n) = (deed.number, deed.number.to_string());
    let back = today - Days::new(number);
    let done = match deed.kind {
        0..=2 => {
            let status = Status::ALL[usize::from(deed.kind) * 2 + usize::from(number % 2 == 0)];
            let into = rows.get((deed.on + 1) % rows.len()).map(|a| a.id);
            let said = Said { merged_into: into, waiver: n.clone(), words: n.clone(), ..said(action.id, back, status) };
            record_progress(&mut tx, &said, written).await.is_ok()
        }
        3 => {
            let span = Span::month(Month::of(today).plus(i32::try_from(number % 9).unwrap() - 2));
            revise_deadline(&mut tx, action.id, span, &n, back, written).await.is_ok()
        }
        4 | 5 => {
            let mut new = words(
                action.objective,
                "9.9",
                &format!("Do it {n} times"),
                if number % 2 == 0 { "PQ" } else { "RW (phase 2)" },
            );
            new.reference = action.reference.clone().map(|_| format!("1.{}", number % 30 + 1));
            new.resources = if number % 3 == 0 { "Unknown".to_owned() } else { format!("£{n}k") };
            reword_action(&mut tx, plan.plan, &action, &new, &n, written).await.is_ok()
        }
        6 => {
            let mut new = words(plan.objective, &format!("1.{}", number + 40), "One more", "PQ/RW");
            if number % 3 == 0 {
                (new.parent, new.reference) = (Some(plan.first), None);
            }
            add_action(&mut tx, plan.plan, &new, Some(Span::month(Month::of(today))), written).await.is_ok()
        }
        7 => {
            let proof = Proof::Link(format!("https://example.org/{n}"));
            attach_evidence(&mut tx, action.id, &format!("Minutes {n}"), proof, true, written).await.is_ok()
        }
        8 => {
            match store::list_evidence(&mut tx, action.id).await.unwrap().into_iter().find(|e| e.withdrawn_on.is_none())
            {
                Some(evidence) => withdraw_evidence(&mut tx, &evidence, &n, written).await.is_ok(),
                None => false,
            }
        }
        9 => {
            let mut lead = store::list_leads(&mut tx).await.unwrap().remove(0);
            lead.initials = format!("Q{n}");
            change_lead(&mut tx, &lead, written).await.is_ok()
        }
        10 => {
            let leads = store::list_leads(&mut tx).await.unwrap();
            hand_over(&mut tx, leads[0].lead_id, leads[1].lead_id, written).await.is_ok()
        }
        11 => {
            let old = whole.objectives().next().unwrap().objective.clone();
            let mut new = super::plan::Objective { title: format!("Mend in {n} days"), ..old.clone() };
            new.target = Some(Month::of(today).plus(i32::try_from(number).unwrap()));
            let why = Why::staff(&n, written);
            if number % 2 == 0 {
                new.theme = add_theme(&mut tx, plan.plan, 5, &n, why, written).await.unwrap();
            }
            change_objective(&mut tx, plan.plan, &old, &new, why, written).await.is_ok()
        }
        _ => {
            let old = whole.themes[0].theme.clone();
            let new = Theme { title: format!("HOMES {n}"), position: i64::try_from(number).unwrap(), id: old.id };
            change_theme(&mut tx, plan.plan, &old, &new, Why::staff("", written), written).await.unwrap();
            let plan = plan_of(&mut tx, plan.plan).await;
            describe_plan(&mut tx, &plan, &format!("Plan {n}"), "Other words", written).await.is_ok()
        }
    };
    if done {
        tx.commit().await.unwrap();
    }
}

db_test!(whatever_is_done_to_a_plan_the_pack_of_an_earlier_day_stays_byte_for_byte_the_same, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut runner = TestRunner::deterministic();
    let mut packs: BTreeMap<NaiveDate, (String, Vec<u8>)> = BTreeMap::new();
    for _ in 0..3 {
        let sequence = deeds().new_tree(&mut runner).unwrap().current();
        for deed in sequence {
            app.clock.advance(TimeDelta::days(deed.days) + TimeDelta::minutes(1));
            act(&app, plan, &deed).await;
            let yesterday = app.clock.today() - Days::new(1);
            let mut tx = app.db.read().await.unwrap();
            let pack = pack_of(&mut tx, plan.plan, yesterday).await;
            let made = (pack.json().unwrap(), pack.table());
            let kept = packs.entry(yesterday).or_insert_with(|| made.clone());
            assert_eq!(kept.0, made.0, "the pack of {yesterday} changed after {deed:?}");
        }
    }
    assert!(packs.len() > 30, "{} days", packs.len());
    let distinct: std::collections::BTreeSet<&String> = packs.values().map(|(json, _)| json).collect();
    assert!(distinct.len() > 20, "the plan did change: {}", distinct.len());
    let mut tx = app.db.read().await.unwrap();
    for (day, (json, table)) in &packs {
        let again = pack_of(&mut tx, plan.plan, *day).await;
        assert_eq!((&again.json().unwrap(), &again.table()), (json, table), "the pack of {day}");
        assert_eq!(Pack::read(json).unwrap(), again);
    }
});

db_test!(the_statement_in_force_alone_says_what_all_statements_say, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut runner = TestRunner::deterministic();
    for deed in deeds().new_tree(&mut runner).unwrap().current() {
        app.clock.advance(TimeDelta::days(deed.days));
        act(&app, plan, &deed).await;
    }
    let mut tx = app.db.read().await.unwrap();
    for ago in 0..60 {
        let day = app.clock.today() - Days::new(ago);
        let full = load(&mut tx, plan.plan, day).await.unwrap().unwrap();
        let of = plan_of(&mut tx, plan.plan).await;
        let short = load_standing(&mut tx, of, day).await.unwrap();
        let standing = |whole: &Whole| whole.rows().map(|row| (row.action().clone(), row.as_of.clone())).collect::<Vec<_>>();
        assert_eq!(standing(&full), standing(&short), "{day}");
        assert!(short.rows().all(|row| row.told.progress.len() <= 1));
    }
});

db_test!(what_is_said_later_of_an_earlier_day_does_not_change_how_the_plan_stood_then, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let first = app.clock.today();
    for _ in 0..5 { next_day(&app); }
    let mut tx = app.db.write().await.unwrap();
    record_progress(&mut tx, &said(plan.second, first, Status::OnTrack), written(&app)).await.unwrap();
    let status = |pack: &Pack| pack.find(plan.second).unwrap().status.clone();
    assert_eq!(status(&pack_of(&mut tx, plan.plan, first).await), "not_started");
    let now = pack_of(&mut tx, plan.plan, app.clock.today()).await;
    assert_eq!((status(&now).as_str(), now.find(plan.second).unwrap().updated), ("on_track", Some(first)));
});

db_test!(a_row_of_the_history_is_neither_changed_nor_removed, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    record_progress(&mut tx, &said(plan.first, app.clock.today(), Status::OnTrack), written(&app)).await.unwrap();
    attach_evidence(&mut tx, plan.first, "Minutes", Proof::Link("https://example.org".to_owned()), true, written(&app)).await.unwrap();
    let of = plan_of(&mut tx, plan.plan).await;
    freeze(&mut tx, of, app.clock.today(), "Board", written(&app)).await.unwrap();
    tx.commit().await.unwrap();
    for change in [
        "UPDATE plan_changes SET new_value = 'x'",
        "DELETE FROM plan_changes",
        "UPDATE plan_progress SET words = 'x'",
        "DELETE FROM plan_progress",
        "UPDATE plan_deadlines SET words = 'x'",
        "DELETE FROM plan_deadlines",
        "UPDATE plan_evidence SET title = 'x'",
        "DELETE FROM plan_evidence",
        "UPDATE plan_snapshots SET content = '{}'",
        "DELETE FROM plan_snapshots",
    ] {
        let mut tx = app.db.write().await.unwrap();
        let refused = on!(tx, c => sqlx::query(change).execute(c).await.map(|_| ()));
        assert!(refused.is_err(), "{change}");
    }
});

db_test!(a_frozen_plan_is_the_pack_of_its_day_and_a_broken_chain_is_named, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let day = app.clock.today();
    let mut tx = app.db.write().await.unwrap();
    let of = plan_of(&mut tx, plan.plan).await;
    assert!(matches!(freeze(&mut tx, of.clone(), day + Days::new(1), "Board", written(&app)).await, Err(FreezeError::NotYet)));
    assert!(matches!(freeze(&mut tx, of.clone(), day, " ", written(&app)).await, Err(FreezeError::NoTitle)));
    let first = freeze(&mut tx, of.clone(), day, "Board of November", written(&app)).await.unwrap();
    next_day(&app);
    record_progress(&mut tx, &said(plan.second, day, Status::OnTrack), written(&app)).await.unwrap();
    let second = freeze(&mut tx, of, app.clock.today(), "Board of December", written(&app)).await.unwrap();
    assert_eq!((first.number, second.number, &second.previous_hash), (1, 2, &first.hash));
    assert_eq!(first.content, pack_of(&mut tx, plan.plan, day).await.json().unwrap());
    let heads = [&second, &first].map(|one| store::Snapshot { content: String::new(), ..one.clone() });
    assert_eq!(store::list_snapshot_heads(&mut tx, plan.plan).await.unwrap(), heads);
    assert_eq!(store::list_snapshots(&mut tx, plan.plan).await.unwrap(), [first, second]);
    assert_eq!(first_broken(&mut tx).await.unwrap(), None);
    tx.commit().await.unwrap();
    // Somebody at the database itself, who lifts the guard first.
    let mut tx = app.db.write().await.unwrap();
    if app.db.is_sqlite() {
        on!(tx, c => sqlx::query("DROP TRIGGER plan_snapshots_stay").execute(c).await.map(|_| ()).unwrap());
        on!(tx, c => sqlx::query("DROP TRIGGER plan_snapshots_remain").execute(c).await.map(|_| ()).unwrap());
    } else {
        on!(tx, c => sqlx::query("DROP TRIGGER plan_snapshots_stay ON plan_snapshots").execute(c).await.map(|_| ()).unwrap());
    }
    tx.commit().await.unwrap();
    for (change, broken) in [
        ("UPDATE plan_snapshots SET content = '{}' WHERE number = 1", 1),
        ("UPDATE plan_snapshots SET title = 'Other' WHERE number = 2", 2),
        ("DELETE FROM plan_snapshots WHERE number = 1", 1),
        ("DELETE FROM plan_snapshots WHERE number = 2", 2),
    ] {
        let mut tx = app.db.write().await.unwrap();
        on!(tx, c => sqlx::query(change).execute(c).await.map(|_| ()).unwrap());
        assert_eq!(first_broken(&mut tx).await.unwrap(), Some((plan.plan, broken)), "{change}");
    }
});

db_test!(what_changed_between_two_days_is_told_with_its_reason, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let day = app.clock.today();
    next_day(&app);
    let mut tx = app.db.write().await.unwrap();
    let (today, written) = (app.clock.today(), written(&app));
    let third = words(plan.objective, "1.3", "Tell everybody", "PQ");
    let third = add_action(&mut tx, plan.plan, &third, None, written).await.unwrap();
    let merged = Said { merged_into: Some(plan.second), ..said(plan.first, today, Status::Merged) };
    record_progress(&mut tx, &merged, written).await.unwrap();
    let span = Span::month(Month::read("2027-03").unwrap());
    revise_deadline(&mut tx, plan.second, span, "The hall was closed", today, written).await.unwrap();
    attach_evidence(&mut tx, plan.second, "Minutes", Proof::Link("https://example.org/m".to_owned()), true, written).await.unwrap();
    let (before, after) = (pack_of(&mut tx, plan.plan, day).await, pack_of(&mut tx, plan.plan, today).await);
    let found = between::between(&before, &after);
    assert_eq!(found.iter().map(|d| d.id).collect::<Vec<_>>(), [plan.first, plan.second, third]);
    let facts = |at: usize| found[at].facts.iter().map(|f| (f.kind, f.new.as_str(), f.why.as_str())).collect::<Vec<_>>();
    assert_eq!(facts(0), [(Kind::Merged, "Merged into 1.2 Write it down, says PQ", "As planned.")]);
    assert_eq!(facts(1), [(Kind::Slipped, "March 2027", "The hall was closed"), (Kind::Evidence, "Minutes", "")]);
    assert_eq!(facts(2), [(Kind::Added, "Not started", "")]);
    let counted: Vec<(Kind, usize)> = between::counted(&found);
    assert_eq!(counted, [(Kind::Added, 1), (Kind::Merged, 1), (Kind::Slipped, 1), (Kind::Evidence, 1)]);
    assert!(between::between(&before, &before).is_empty());
    let gone = between::between(&after, &before);
    assert_eq!(gone.last().map(|d| (d.id, d.facts[0].kind)), Some((third, Kind::Gone)));
});

db_test!(the_history_tells_who_changed_what_from_what_and_why, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    next_day(&app);
    let mut tx = app.db.write().await.unwrap();
    let by = crate::people::store::insert(&mut tx, "kim@example.org", "Kim", crate::people::Role::Manager, None, false, app.clock.now()).await.unwrap();
    let written = store::Written { by: Some(by), ..written(&app) };
    record_progress(&mut tx, &said(plan.first, app.clock.today(), Status::OnTrack), written).await.unwrap();
    next_day(&app);
    let written = store::Written { at: app.clock.now(), ..written };
    let stopped = Said { words: "No money".to_owned(), ..said(plan.first, app.clock.today(), Status::Stopped) };
    record_progress(&mut tx, &stopped, written).await.unwrap();
    revise_deadline(&mut tx, plan.first, Span::month(Month::read("2027-03").unwrap()), "Late money", app.clock.today(), written).await.unwrap();
    let rows = store::list_ledger(&mut tx, plan.plan, Some(plan.first), 3, 0).await.unwrap();
    let told: Vec<_> = rows.iter().map(|r| (r.field.as_str(), r.old_value.as_str(), r.new_value.as_str(), r.reason.as_str(), r.account_id)).collect();
    assert_eq!(told, [
        ("Deadline", "October 2026", "March 2027", "Late money", Some(by)),
        ("Status", "on_track", "stopped", "No money", Some(by)),
        ("Status", "", "on_track", "As planned.", Some(by)),
    ]);
    let all = store::list_ledger(&mut tx, plan.plan, None, 100, 0).await.unwrap();
    assert!(all.len() > rows.len());
    assert_eq!(store::list_ledger(&mut tx, plan.plan, None, 100, 2).await.unwrap(), all[2..]);
});

db_test!(a_pack_made_while_somebody_changes_the_plan_is_that_of_its_day_all_the_same, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let day = app.clock.today();
    next_day(&app);
    let before = pack_of(&mut app.db.read().await.unwrap(), plan.plan, day).await;
    let mut changing = app.db.write().await.unwrap();
    if !app.db.is_sqlite() {
        // Whoever makes the pack stands in the middle of it when the change is committed.
        const HOLD: &str = "LOCK TABLE plan_deadlines IN ACCESS EXCLUSIVE MODE";
        on!(changing, c => sqlx::query(HOLD).execute(c).await.map(|_| ()).unwrap());
    }
    let whole = load(&mut changing, plan.plan, app.clock.today()).await.unwrap().unwrap();
    let old = whole.find(plan.first).unwrap().action();
    let new = words(plan.objective, "1.1", "Other words", "RW");
    reword_action(&mut changing, plan.plan, old, &new, "", written(&app)).await.unwrap();
    let making = async { pack_of(&mut app.db.read().await.unwrap(), plan.plan, day).await };
    let committed = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        changing.commit().await.unwrap();
    };
    let (made, ()) = tokio::join!(making, committed);
    assert_eq!(made, before);
});
