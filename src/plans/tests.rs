//! The use cases of plans on both databases.

use chrono::Days;

use super::attach_evidence::{Proof, attach_evidence};
use super::deadline::Span;
use super::hand_over::hand_over;
use super::month::Month;
use super::needs;
use super::plan::ObjectiveId;
use super::progress::Word;
use super::record_progress::{ProgressError, Said, record_progress};
use super::revise_deadline::{ReviseError, revise_deadline};
use super::start::{StartError, close, start};
use super::status::Status;
use super::store::{self, Sent};
use super::testing::{said, small, words, written};
use super::whole::{Whole, load_open};
use super::word_action::{WordError, add_action, leads_text, reword_action};
use crate::app::App;
use crate::db_test;
use crate::people::{self, Role};
use crate::testing::app_on;
use crate::thread::id::StandardId;
use crate::thread::{self, Record};

async fn today(app: &App) -> Whole {
    let mut tx = app.db.read().await.unwrap();
    load_open(&mut tx, app.clock.today()).await.unwrap().unwrap()
}

db_test!(done_needs_evidence_or_a_stated_waiver, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let refused = record_progress(&mut tx, &said(plan.first, app.clock.today(), Status::Done), written(&app)).await.unwrap_err();
    assert!(matches!(refused, ProgressError::NothingToShow));
    assert!(refused.to_string().contains("no evidence yet"));
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    let waived = Said { waiver: "The notes are private".to_owned(), ..said(plan.first, app.clock.today(), Status::Done) };
    record_progress(&mut tx, &waived, written(&app)).await.unwrap();
    let link = Proof::typed("https://example.org/minutes").unwrap();
    let id = attach_evidence(&mut tx, plan.second, "Minutes", link, true, written(&app)).await.unwrap();
    record_progress(&mut tx, &said(plan.second, app.clock.today(), Status::Done), written(&app)).await.unwrap();
    store::withdraw_evidence(&mut tx, id, app.clock.today(), "The wrong minutes").await.unwrap();
    assert!(store::withdraw_evidence(&mut tx, id, app.clock.today(), "again").await.is_err());
    assert_eq!(store::find_evidence(&mut tx, id).await.unwrap().unwrap().withdrawn_reason, "The wrong minutes");
    let again = record_progress(&mut tx, &said(plan.second, app.clock.today(), Status::Done), written(&app)).await;
    assert!(matches!(again, Err(ProgressError::NothingToShow)), "withdrawn evidence shows nothing");
});

db_test!(progress_is_dated_and_another_day_has_its_own_truth, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let day = app.clock.today();
    let mut tx = app.db.write().await.unwrap();
    let future = record_progress(&mut tx, &said(plan.first, day + Days::new(1), Status::OnTrack), written(&app)).await;
    assert!(matches!(future, Err(ProgressError::NotYet)));
    record_progress(&mut tx, &said(plan.first, day - Days::new(20), Status::OnTrack), written(&app)).await.unwrap();
    let stopped = Said { words: String::new(), ..said(plan.first, day, Status::Stopped) };
    assert!(matches!(record_progress(&mut tx, &stopped, written(&app)).await, Err(ProgressError::NoReason)));
    record_progress(&mut tx, &said(plan.first, day, Status::Stopped), written(&app)).await.unwrap();
    let word = |whole: Option<Whole>| whole.unwrap().find(plan.first).unwrap().as_of.word;
    assert_eq!(word(load_open(&mut tx, day).await.unwrap()), Word::Stopped);
    assert_eq!(word(load_open(&mut tx, day - Days::new(1)).await.unwrap()), Word::Late);
    assert_eq!(word(load_open(&mut tx, day - Days::new(17)).await.unwrap()), Word::OnTrack);
});

db_test!(a_merged_action_names_the_one_that_carries_it_on_and_never_itself, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let merge = |from, into| Said { merged_into: into, ..said(from, app.clock.today(), Status::Merged) };
    assert!(matches!(record_progress(&mut tx, &merge(plan.first, None), written(&app)).await, Err(ProgressError::IntoWhat)));
    assert!(matches!(record_progress(&mut tx, &merge(plan.first, Some(plan.first)), written(&app)).await, Err(ProgressError::IntoItself)));
    record_progress(&mut tx, &merge(plan.first, Some(plan.second)), written(&app)).await.unwrap();
    assert!(matches!(record_progress(&mut tx, &merge(plan.second, Some(plan.first)), written(&app)).await, Err(ProgressError::IntoItself)));
    let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
    assert_eq!(whole.find(plan.first).unwrap().action().merged_into, Some(plan.second));
});

db_test!(a_moved_deadline_keeps_the_first_one_and_needs_a_reason, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let span = Span::month(Month::read("2027-02").unwrap());
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(revise_deadline(&mut tx, plan.first, span, " ", app.clock.today(), written(&app)).await, Err(ReviseError::NoReason)));
    revise_deadline(&mut tx, plan.first, span, "The hall was closed", app.clock.today(), written(&app)).await.unwrap();
    let free = words(plan.objective, "1.3", "Later", "");
    let free = add_action(&mut tx, plan.plan, &free, None, written(&app)).await.unwrap();
    revise_deadline(&mut tx, free, span, "", app.clock.today(), written(&app)).await.unwrap();
    tx.commit().await.unwrap();
    let whole = today(&app).await;
    let standing = &whole.find(plan.first).unwrap().as_of.standing;
    assert_eq!((standing.first_promised(), standing.due(), standing.slipped()), (Month::read("2026-10"), Month::read("2027-02"), Some(4)));
    assert_eq!(whole.find(free).unwrap().as_of.standing.revised, None, "a first deadline is no revision");
});

db_test!(one_plan_is_current_and_earlier_ones_are_kept, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let second = start(&mut tx, "Our plan", "", app.clock.today(), written(&app)).await;
    assert!(matches!(second, Err(StartError::AnotherIsOpen)));
    store::update_plan(&mut tx, plan.plan, "The plan of 2026", "Words").await.unwrap();
    close(&mut tx, plan.plan, app.clock.today()).await.unwrap();
    assert!(close(&mut tx, plan.plan, app.clock.today()).await.is_err());
    start(&mut tx, "Our plan", "", app.clock.today(), written(&app)).await.unwrap();
    let plans = store::list_plans(&mut tx).await.unwrap();
    assert_eq!(plans.iter().map(|p| (p.slug.as_str(), p.is_open)).collect::<Vec<_>>(), [("our-plan-2", true), ("our-plan", false)]);
});

db_test!(rewording_keeps_the_old_words_and_a_reference_is_used_once, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
    let action = whole.find(plan.first).unwrap().action().clone();
    let mut new = words(plan.objective, "1.1", "Ask every tenant how", "PQ (phase 1)\nRW (phase 2)");
    assert_eq!(reword_action(&mut tx, plan.plan, &action, &new, "Clearer", written(&app)).await.unwrap(), 2);
    assert_eq!(leads_text(&mut tx, plan.plan, plan.first).await.unwrap(), "PQ (phase 1)\nRW (phase 2)");
    let changes = store::list_changes(&mut tx, plan.plan, Some(plan.first), 10).await.unwrap();
    assert_eq!((changes[1].field.as_str(), changes[1].old_value.as_str(), changes[1].reason.as_str()), ("Action", "Ask tenants how", "Clearer"));
    new.reference = Some("1.2".to_owned());
    let taken = reword_action(&mut tx, plan.plan, &action, &new, "", written(&app)).await;
    assert!(matches!(taken, Err(WordError::ReferenceTaken)));
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    store::update_theme(&mut tx, plan.theme, 20, "HOMES AND GARDENS").await.unwrap();
    let mut objective = store::list_objectives(&mut tx, plan.plan).await.unwrap().remove(0);
    objective.title = "Mend at once".to_owned();
    store::update_objective(&mut tx, &objective).await.unwrap();
    let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
    let (theme, objective) = whole.place_of(plan.first).unwrap();
    assert_eq!((theme.shown().as_str(), objective.title.as_str()), ("Homes and gardens", "Mend at once"));
    objective_is_refused_twice(&mut tx, plan.plan, objective).await;
});

async fn objective_is_refused_twice(
    tx: &mut crate::db::Tx,
    plan: super::plan::PlanId,
    objective: &super::plan::Objective,
) {
    let same = super::plan::Objective { id: ObjectiveId(0), ..objective.clone() };
    let error = store::insert_objective(tx, plan, &same).await.unwrap_err();
    assert!(error.is_conflict("plan_objectives_plan_id_reference_key"), "{error}");
}

db_test!(an_actions_address_names_nobody_of_the_directory, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let new = words(plan.objective, "1.3", "PQ and TU train the team", "TU");
    let id = add_action(&mut tx, plan.plan, &new, None, written(&app)).await.unwrap();
    let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
    assert_eq!(whole.find(id).unwrap().action().slug, "1-3-and-train-the-team");
});

db_test!(a_leads_actions_are_what_needs_them_and_can_be_handed_over, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let account = people::store::insert(&mut tx, "rw@example.org", "Rowan", Role::Manager, None, false, app.clock.now()).await.unwrap();
    let mut leads = store::list_leads(&mut tx).await.unwrap();
    assert_eq!(leads.iter().map(|l| (l.initials.as_str(), l.is_group)).collect::<Vec<_>>(), [("HoS", true), ("PQ", false), ("RW", false)]);
    leads[1].account_id = Some(account);
    store::update_lead(&mut tx, &leads[1]).await.unwrap();
    let mine = needs::needs_attention(&mut tx, account, app.clock.today()).await.unwrap();
    assert_eq!(mine.iter().map(|n| (n.id, n.late)).collect::<Vec<_>>(), [(plan.first, true)]);
    store::replace_members(&mut tx, leads[0].lead_id, &[leads[1].lead_id]).await.unwrap();
    let december = app.clock.today() + Days::new(20);
    let mine = needs::needs_attention(&mut tx, account, december).await.unwrap();
    assert_eq!(mine.iter().map(|n| n.id).collect::<Vec<_>>(), [plan.first, plan.second], "a group's action is in every member's list");
    assert_eq!(hand_over(&mut tx, leads[1].lead_id, leads[2].lead_id, written(&app)).await.unwrap(), 1);
    assert_eq!(leads_text(&mut tx, plan.plan, plan.first).await.unwrap(), "RW (phase 1)");
    let mine = needs::needs_attention(&mut tx, account, app.clock.today()).await.unwrap();
    assert!(mine.is_empty());
});

db_test!(others_read_the_plan_in_short_and_no_member_of_staff_is_named, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    record_progress(&mut tx, &said(plan.second, app.clock.today(), Status::OnTrack), written(&app)).await.unwrap();
    let summary = needs::summary(&mut tx, app.clock.today()).await.unwrap().unwrap();
    assert_eq!((summary.done, summary.counts.on_track, summary.counts.late, summary.total), (0, 1, 1, 2));
    assert_eq!(summary.latest_changes[0].name, "1.2 Write it down, says a member of staff");
    thread::connect(&mut tx, Record::Standard(StandardId(4)), Record::Action(plan.second), app.clock.now()).await.unwrap();
    let shown = needs::actions_for_standard(&mut tx, StandardId(4), app.clock.today()).await.unwrap();
    assert_eq!(shown.iter().map(|s| s.word).collect::<Vec<_>>(), [Word::OnTrack]);
    assert_eq!(needs::list_choices(&mut tx, app.clock.today()).await.unwrap().len(), 2);
    store::close_plan(&mut tx, plan.plan, app.clock.today()).await.unwrap();
    let closed = needs::actions_for_standard(&mut tx, StandardId(4), app.clock.today()).await.unwrap();
    assert_eq!(closed.iter().map(|s| s.word).collect::<Vec<_>>(), [Word::Unfinished]);
    assert_eq!(needs::summary(&mut tx, app.clock.today()).await.unwrap(), None);
});

db_test!(a_file_waits_for_one_decision_and_then_its_bytes_go, db => {
    let app = app_on(db);
    let plan = small(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let file = Sent { name: "plan.csv", bytes: b"Ref,Action" };
    let id = store::insert_import(&mut tx, file, Some(Sent { name: "leads.csv", bytes: b"a,b" }), None, written(&app)).await.unwrap();
    assert_eq!(store::find_import(&mut tx, id).await.unwrap().unwrap().leads_content.as_deref(), Some(&b"a,b"[..]));
    store::decide_import(&mut tx, id, Some((plan.plan, Some(app.clock.today()))), "1 new row", app.clock.now()).await.unwrap();
    assert!(store::decide_import(&mut tx, id, None, "", app.clock.now()).await.is_err());
    let kept = store::find_import(&mut tx, id).await.unwrap().unwrap();
    assert_eq!((kept.content, kept.leads_content, kept.state.as_str()), (None, None, "applied"));
    assert_eq!(store::last_said_on(&mut tx, plan.plan).await.unwrap(), Some(app.clock.today()));
    assert_eq!(store::list_imports(&mut tx, 5).await.unwrap().len(), 1);
});
