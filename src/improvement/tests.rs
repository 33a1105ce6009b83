//! The rules that the database holds, on both engines.

use futures::future::join_all;

use super::activity::{Standing, Way, Wording};
use super::appoint::{AppointError, appoint};
use super::evidence::{NewEvidence, Proof, attach};
use super::group::{self, Basis};
use super::keep::{self, KeepError};
use super::measured::Measured;
use super::model::{ModelError, add, archive, bring_back, change};
use super::owner::Appointment;
use super::process::{ProcessId, Words};
use super::select::{SelectError, select, withdraw};
use super::selection::{MOST, NewSelection, SelectionId};
use super::sign::{self, SignError};
use super::sign_off::{PublicSummary, Report};
use super::store::{activities, groups, owners, plans, processes, selections, sign_offs};
use super::year::Year;
use crate::app::App;
use crate::db::Tx;
use crate::people::{self, Role};
use crate::testing::app_on;
use crate::thread::id::{AccountId, ActivityId};
use crate::{db_test, on};

pub(super) async fn person(tx: &mut Tx, name: &str, role: Role) -> AccountId {
    let at = crate::testing::noon();
    people::store::insert(tx, &format!("{name}@example.org"), name, role, None, false, at).await.unwrap()
}

pub(super) fn words(name: &str, parent: Option<ProcessId>) -> Words {
    Words {
        parent,
        name: name.into(),
        description: "From the call to the repair".into(),
        department: "Homes".into(),
        measures: vec![],
    }
}

/// A process that somebody from the management team owns.
pub(super) async fn owned(app: &App, tx: &mut Tx, name: &str, owner: AccountId) -> ProcessId {
    let process = add(app, tx, &words(name, None)).await.unwrap();
    appoint(app, tx, owner, &appointment(app, process, owner)).await.unwrap();
    process
}

fn appointment(app: &App, process: ProcessId, account: AccountId) -> Appointment {
    Appointment {
        process,
        account,
        in_management_team: true,
        from_on: app.clock.today(),
        hand_over: String::new(),
        instead_of: None,
    }
}

fn selection(app: &App, process: ProcessId, approver: AccountId) -> NewSelection {
    NewSelection {
        year: Year::of(app.clock.today()),
        process,
        rationale: "Residents wait too long".into(),
        objective: "Homes people are glad to live in".into(),
        decided_on: app.clock.today(),
        approved_by: approver,
    }
}

db_test!(a_year_takes_five_processes_however_many_try_at_once, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee) = (person(&mut tx, "kim", Role::Manager).await, person(&mut tx, "lee", Role::Board).await);
    let mut all = Vec::new();
    for number in 0..12 {
        all.push(owned(&app, &mut tx, &format!("Process {number}"), kim).await);
    }
    tx.commit().await.unwrap();
    let tries = all.iter().map(|process| async {
        let mut tx = app.db.write().await.unwrap();
        let done = select(&app, &mut tx, kim, &selection(&app, *process, lee)).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    });
    let done: Vec<Result<SelectionId, SelectError>> = join_all(tries).await;
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), MOST);
    assert!(done.iter().all(|one| matches!(one, Ok(_) | Err(SelectError::Full))), "{done:?}");
    let mut tx = app.db.write().await.unwrap();
    let year = Year::of(app.clock.today());
    let kept = selections::list(&mut tx, year).await.unwrap();
    assert_eq!(kept.iter().map(|one| one.place).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    // A place that is given back can be taken once more, and the record of the first stays.
    withdraw(&app, &mut tx, kept[2].id, "The contract ends").await.unwrap();
    assert!(matches!(withdraw(&app, &mut tx, kept[2].id, "Again").await, Err(SelectError::NotSo)));
    let free = all.iter().find(|process| kept.iter().all(|one| one.process_id != **process)).unwrap();
    select(&app, &mut tx, kim, &selection(&app, *free, lee)).await.unwrap();
    let now = selections::list(&mut tx, year).await.unwrap();
    assert_eq!((now.len(), now.iter().filter(|one| one.withdrawn_at.is_none()).count()), (6, 5));
    // The next year has places of its own.
    let next = NewSelection { year: year.next(), ..selection(&app, *free, lee) };
    select(&app, &mut tx, kim, &next).await.unwrap();
});

db_test!(a_selection_needs_a_manager_as_owner_and_a_second_person, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee) = (person(&mut tx, "kim", Role::Manager).await, person(&mut tx, "lee", Role::Board).await);
    let process = add(&app, &mut tx, &words("Repairs", None)).await.unwrap();
    let refused = select(&app, &mut tx, kim, &selection(&app, process, lee)).await;
    assert!(matches!(refused, Err(SelectError::NoOwner)), "{refused:?}");
    let outside = Appointment { in_management_team: false, ..appointment(&app, process, kim) };
    appoint(&app, &mut tx, lee, &outside).await.unwrap();
    assert!(matches!(select(&app, &mut tx, kim, &selection(&app, process, lee)).await, Err(SelectError::NoOwner)));
    let owner = owners::current(&mut tx, process).await.unwrap().unwrap();
    let inside = Appointment { instead_of: Some(owner.owner_id), hand_over: "Joined the team".into(), ..appointment(&app, process, kim) };
    appoint(&app, &mut tx, lee, &inside).await.unwrap();
    select(&app, &mut tx, kim, &selection(&app, process, lee)).await.unwrap();
    tx.commit().await.unwrap();
    for (new, refusal) in [
        (selection(&app, process, lee), "selected for the year"),
        (NewSelection { year: Year(2031), ..selection(&app, process, kim) }, "somebody else"),
    ] {
        let mut tx = app.db.write().await.unwrap();
        let refused = select(&app, &mut tx, kim, &new).await.unwrap_err().to_string();
        assert!(refused.contains(refusal), "{refused}");
    }
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(archive(&app, &mut tx, process, "Gone").await, Err(ModelError::Selected)));
    let owner = owners::current(&mut tx, process).await.unwrap().unwrap();
    let out = Appointment { in_management_team: false, instead_of: Some(owner.owner_id), ..inside };
    assert!(matches!(appoint(&app, &mut tx, lee, &out).await, Err(AppointError::NotInManagement)));
});

db_test!(a_process_has_one_owner_and_every_hand_over_is_kept, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee) = (person(&mut tx, "kim", Role::Manager).await, person(&mut tx, "lee", Role::Officer).await);
    let process = owned(&app, &mut tx, "Repairs", kim).await;
    tx.commit().await.unwrap();
    let first = owners::current(&mut app.db.read().await.unwrap(), process).await.unwrap().unwrap();
    let new = Appointment { instead_of: Some(first.owner_id), ..appointment(&app, process, lee) };
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(appoint(&app, &mut tx, kim, &new).await, Err(AppointError::NothingHandedOver)));
    let same = Appointment { account: kim, ..new.clone() };
    assert!(matches!(appoint(&app, &mut tx, kim, &same).await, Err(AppointError::Same)));
    let late = Appointment { from_on: app.clock.today().succ_opt().unwrap(), ..new.clone() };
    assert!(matches!(appoint(&app, &mut tx, kim, &late).await, Err(AppointError::Day)));
    drop(tx);
    let new = Appointment { hand_over: "Two talks with the contractor are under way.".into(), ..new };
    let tries = (0..8).map(|_| async {
        let mut tx = app.db.write().await.unwrap();
        let done = appoint(&app, &mut tx, kim, &new).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    });
    let done = join_all(tries).await;
    assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
    let mut tx = app.db.read().await.unwrap();
    let kept = owners::history(&mut tx, process).await.unwrap();
    assert_eq!(kept.iter().map(|one| one.account_id).collect::<Vec<_>>(), [lee, kim]);
    assert_eq!((kept[1].until_on, kept[1].hand_over.as_str()), (Some(app.clock.today()), new.hand_over.as_str()));
});

db_test!(the_model_stays_a_tree_and_keeps_what_is_archived, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let homes = add(&app, &mut tx, &words("Homes", None)).await.unwrap();
    let repairs = add(&app, &mut tx, &words("Repairs", Some(homes))).await.unwrap();
    let late = add(&app, &mut tx, &words("Emergencies", Some(repairs))).await.unwrap();
    for above in [homes, repairs, late] {
        assert!(matches!(change(&mut tx, homes, &words("Homes", Some(above))).await, Err(ModelError::Ring)));
    }
    assert!(matches!(archive(&app, &mut tx, repairs, "Bought in").await, Err(ModelError::HasParts)));
    archive(&app, &mut tx, late, "Bought in").await.unwrap();
    archive(&app, &mut tx, repairs, "Bought in").await.unwrap();
    assert!(matches!(change(&mut tx, repairs, &words("Mending", None)).await, Err(ModelError::NotThere)));
    assert!(matches!(add(&app, &mut tx, &words("Gas", Some(repairs))).await, Err(ModelError::NotThere)));
    assert_eq!(processes::list(&mut tx).await.unwrap().len(), 3);
    bring_back(&mut tx, late).await.unwrap();
    let back = processes::find(&mut tx, late).await.unwrap().unwrap();
    assert_eq!((back.parent_id, back.archived_at), (None, None), "what it was a part of is archived");
});

db_test!(a_group_keeps_who_came_and_who_left, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let process = add(&app, &mut tx, &words("Repairs", None)).await.unwrap();
    let set = crate::improvement::group::set;
    set(&app, &mut tx, process, crate::improvement::group::Basis::Volunteers, 2, &["Pat".into(), "Jo".into()]).await.unwrap();
    set(&app, &mut tx, process, crate::improvement::group::Basis::FunctionalTeam, 3, &["Jo".into(), "Sam".into()]).await.unwrap();
    let group = groups::find(&mut tx, process).await.unwrap().unwrap();
    let names: Vec<(&str, bool)> = group.members.iter().map(|one| (one.name.as_str(), one.until_on.is_none())).collect();
    assert_eq!(names, [("Pat", false), ("Jo", true), ("Sam", true)]);
    assert_eq!((group.basis, group.residents), (crate::improvement::group::Basis::FunctionalTeam, 3));
});

pub(super) fn wording(app: &App, lead: AccountId) -> Wording {
    Wording {
        way: Way::LineManagement,
        process_id: None,
        what: "Letters in plain words".into(),
        measure: "Calls about letters".into(),
        standard_id: None,
        baseline: "200 a month".into(),
        target: "100 a month".into(),
        starts_on: app.clock.today(),
        due_on: app.clock.today(),
        resources: "No additional cost".into(),
        lead_id: lead,
        design_how: String::new(),
        design_count: None,
        delivery_how: String::new(),
        delivery_count: None,
        outcome_how: String::new(),
        outcome_count: None,
        stopped_reason: String::new(),
    }
}

pub(super) fn report() -> Report {
    Report {
        action_taken: "Twelve letters were written anew".into(),
        no_improvement: Some("Fewer calls came in every year".into()),
        measured: Measured { before: "200".into(), after: "190".into(), moved: String::new() },
        resident_view: "Nobody was asked yet".into(),
        cost_pounds: None,
        savings_pounds: Some(0),
        lessons: "Ask first".into(),
        public: None,
    }
}

db_test!(one_live_plan_and_one_report_that_counts_however_many_try_at_once, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee) = (person(&mut tx, "kim", Role::Manager).await, person(&mut tx, "lee", Role::Manager).await);
    let today = app.clock.today();
    tx.commit().await.unwrap();
    let opened = join_all((0..6).map(|_| async {
        let mut tx = app.db.write().await.unwrap();
        let done = keep::open(&app, &mut tx, kim, kim, today).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    })).await;
    let plan = *opened.iter().find_map(|one| one.as_ref().ok()).unwrap();
    assert!(opened.iter().filter(|one| one.is_err()).all(|one| matches!(one, Err(KeepError::HasPlan))), "{opened:?}");
    assert_eq!(opened.iter().filter(|one| one.is_ok()).count(), 1);
    let mut tx = app.db.write().await.unwrap();
    let activity = keep::add_activity(&app, &mut tx, plan, kim, &wording(&app, kim)).await.unwrap();
    assert!(matches!(sign::send(&app, &mut tx, activity, kim, &report()).await, Err(SignError::NoEvidence)));
    let proof = Proof::typed("https://example.org/letters").unwrap();
    attach(&app, &mut tx, kim, &NewEvidence { activity, title: "The letters".into(), proof }).await.unwrap();
    tx.commit().await.unwrap();
    let sent = join_all((0..6).map(|_| async {
        let mut tx = app.db.write().await.unwrap();
        let done = sign::send(&app, &mut tx, activity, kim, &report()).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    })).await;
    assert_eq!(sent.iter().filter(|one| one.is_ok()).count(), 1, "{sent:?}");
    assert!(sent.iter().all(|one| matches!(one, Ok(_) | Err(SignError::Waiting))), "{sent:?}");
    let first = *sent.iter().find_map(|one| one.as_ref().ok()).unwrap();

    // Past the use case, the database itself refuses the author.
    let mut tx = app.db.write().await.unwrap();
    let forced = on!(tx, c => sqlx::query("UPDATE sign_offs SET decision = 'approved', decided_by = written_by, decided_at = written_at").execute(c).await.map(|_| ()));
    assert!(crate::db::Error::from(forced.unwrap_err()).is_conflict("sign_offs_second_person"));
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(sign::approve(&app, &mut tx, first, kim, "").await, Err(SignError::OwnWork)));
    sign::send_back(&app, &mut tx, first, lee, "Ask residents").await.unwrap();
    assert!(matches!(sign::approve(&app, &mut tx, first, lee, "").await, Err(SignError::NotSo)));
    let second = sign::send(&app, &mut tx, activity, kim, &report()).await.unwrap();
    assert_eq!(activities::find(&mut tx, activity).await.unwrap().unwrap().standing(today), Standing::Waiting);
    sign::approve(&app, &mut tx, second, lee, "").await.unwrap();
    assert_eq!(activities::find(&mut tx, activity).await.unwrap().unwrap().standing(today), Standing::Done);
    let kept = sign_offs::list_of(&mut tx, activity).await.unwrap();
    assert_eq!(kept.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(kept[1].report, report());
    assert_eq!(kept[1].decided.as_ref().unwrap().words, "Ask residents");
});

db_test!(a_plan_goes_along_with_its_process_and_keeps_its_versions, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, lee) = (person(&mut tx, "kim", Role::Manager).await, person(&mut tx, "lee", Role::Manager).await);
    let process = owned(&app, &mut tx, "Repairs", kim).await;
    let plan = keep::open(&app, &mut tx, kim, kim, app.clock.today()).await.unwrap();
    let own = Wording { process_id: Some(process), ..wording(&app, kim) };
    let activity = keep::add_activity(&app, &mut tx, plan, kim, &own).await.unwrap();
    let seen = activities::find(&mut tx, activity).await.unwrap().unwrap().activity_version_id;
    let changed = Wording { target: "50 a month".into(), ..own.clone() };
    keep::change_activity(&app, &mut tx, activity, kim, seen, &changed).await.unwrap();
    let before = owners::current(&mut tx, process).await.unwrap().unwrap();
    let hand_over = Appointment { instead_of: Some(before.owner_id), hand_over: "All of it".into(), ..appointment(&app, process, lee) };
    appoint(&app, &mut tx, kim, &hand_over).await.unwrap();
    assert!(plans::live_of(&mut tx, kim).await.unwrap().is_none());
    let gone = plans::live_of(&mut tx, lee).await.unwrap().unwrap();
    assert_eq!((gone.id, gone.versions), (plan, 4));
    let target = async |tx: &mut Tx, number| activities::list(tx, plan, number).await.unwrap()[0].wording.target.clone();
    assert_eq!(target(&mut tx, 2).await, "100 a month");
    assert_eq!(target(&mut tx, 4).await, "50 a month");
});

/// An activity of a plan with something that shows it.
async fn shown(app: &App, lead: AccountId) -> ActivityId {
    let mut tx = app.db.write().await.unwrap();
    let plan = keep::open(app, &mut tx, lead, lead, app.clock.today()).await.unwrap();
    let activity = keep::add_activity(app, &mut tx, plan, lead, &wording(app, lead)).await.unwrap();
    let proof = Proof::typed("https://example.org/letters").unwrap();
    attach(app, &mut tx, lead, &NewEvidence { activity, title: "The letters".into(), proof }).await.unwrap();
    tx.commit().await.unwrap();
    activity
}

db_test!(a_report_is_about_the_activity_as_it_stands_once_whoever_changes_it_is_done, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let kim = person(&mut tx, "kim", Role::Manager).await;
    tx.commit().await.unwrap();
    let activity = shown(&app, kim).await;
    let mut stopping = app.db.write().await.unwrap();
    let seen = activities::find(&mut stopping, activity).await.unwrap().unwrap().activity_version_id;
    let stopped = Wording { stopped_reason: "No money".into(), ..wording(&app, kim) };
    keep::change_activity(&app, &mut stopping, activity, kim, seen, &stopped).await.unwrap();
    let sending = async {
        let mut tx = app.db.write().await.unwrap();
        sign::send(&app, &mut tx, activity, kim, &report()).await
    };
    let committed = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        stopping.commit().await.unwrap();
    };
    let (sent, ()) = tokio::join!(sending, committed);
    assert!(matches!(sent, Err(SignError::NotUnderWay)), "{sent:?}");
});

db_test!(what_residents_read_names_nobody_and_may_say_any_other_word, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let (kim, _) = (person(&mut tx, "Sam", Role::Manager).await, person(&mut tx, "Lee Hart", Role::Officer).await);
    let process = owned(&app, &mut tx, "Letters", kim).await;
    group::set(&app, &mut tx, process, Basis::Volunteers, 2, &["Jo Field".to_owned()]).await.unwrap();
    tx.commit().await.unwrap();
    let activity = shown(&app, kim).await;
    let told = |said: &str| {
        let words = || "Letters in plain words".to_owned();
        let (title, asked, heard_from, reason, did) = (words(), words(), words(), words(), words());
        Report { public: Some(PublicSummary { title, asked, said: said.into(), heard_from, reason, did }), ..report() }
    };
    for (said, name) in [("jo field wrote them", "Jo Field"), ("Thank LEE HART.", "Lee Hart"), ("It was Sam’s idea", "Sam")] {
        let mut tx = app.db.write().await.unwrap();
        let refused = sign::send(&app, &mut tx, activity, kim, &told(said)).await;
        assert!(matches!(&refused, Err(SignError::Names(named)) if named == name), "{said}: {refused:?}");
    }
    let mut tx = app.db.write().await.unwrap();
    sign::send(&app, &mut tx, activity, kim, &told("All letters are the same now, at Lee Harton House")).await.unwrap();
});
