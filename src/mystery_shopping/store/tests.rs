//! Tests of use cases and stores on both engines, and the builders that tests of pages share.

use chrono::{NaiveDate, TimeDelta};

use super::{assignments, drafts, photos, results, returns, scenarios, shoppers};
use crate::app::App;
use crate::audit::Actor;
use crate::db::Tx;
use crate::db_test;
use crate::mystery_shopping::assign::{AssignError, NewAssignment, assign};
use crate::mystery_shopping::assignment::{Assignment, Stage};
use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::file_return::{FileError, file};
use crate::mystery_shopping::key::ScenarioVersionId;
use crate::mystery_shopping::moderate::{self, ModerateError};
use crate::mystery_shopping::outcome::Outcome;
use crate::mystery_shopping::photo::{self, NewPhoto, PhotoError};
use crate::mystery_shopping::programme;
use crate::mystery_shopping::respond::{self, RespondError};
use crate::mystery_shopping::scenario::{ItemScript, Scenario, Script};
use crate::mystery_shopping::score::score_for_standard;
use crate::mystery_shopping::shop_return::{NewItem, NewReturn, State};
use crate::mystery_shopping::shopper::{Standing, Training};
use crate::mystery_shopping::train::{self, TrainError};
use crate::mystery_shopping::write_scenario::{self, Change};
use crate::people::{self, Account, Role};
use crate::settings::Landlord;
use crate::testing::{app_on, run_jobs};
use crate::thread::id::{ReturnId, StandardId};
use crate::thread::{self, Record};

/// A scenario with two items, each of its own standard.
pub fn script(first: StandardId, second: StandardId) -> Script {
    Script {
        title: "Ask about a repair".into(),
        persona: "A tenant with a dripping tap".into(),
        channel: Channel::Phone,
        brief: "Phone the repairs line and ask how long it takes.".into(),
        opening_line: "My kitchen tap drips.".into(),
        facts_allowed: "You live in a flat.".into(),
        stop_rule: "Before anybody books a visit.".into(),
        answer_key: "Routine repairs take 20 working days.".into(),
        items: vec![
            ItemScript { wording: "Answered within 60 seconds".into(), standard: first, measure: "seconds".into() },
            ItemScript { wording: "They gave their name".into(), standard: second, measure: String::new() },
        ],
    }
}

/// Keeps that scenario.
pub async fn scenario(app: &App, tx: &mut Tx, first: StandardId, second: StandardId) -> Scenario {
    let (id, _) = write_scenario::write(tx, app.clock.now(), &script(first, second)).await.unwrap();
    scenarios::find(tx, id).await.unwrap().unwrap()
}

/// An account with the role of a shopper.
pub async fn account(app: &App, tx: &mut Tx) -> Account {
    let number = people::store::count(tx).await.unwrap();
    let (email, name) = (format!("shopper{number}@example.org"), format!("Wanda Shopwell {number}"));
    let id = people::store::insert(tx, &email, &name, Role::Shopper, None, false, app.clock.now()).await.unwrap();
    people::store::find(tx, id).await.unwrap().unwrap()
}

/// Makes an account a trained shopper who signed the agreement.
pub async fn ready(app: &App, tx: &mut Tx, account: &Account) {
    let today = app.clock.today();
    let training = Training {
        trained_on: today - TimeDelta::days(400),
        trained_by: "Terry Teach".into(),
        expires_on: today + TimeDelta::days(100),
    };
    train::record(tx, app.clock.now(), today, account.id, &training).await.unwrap();
    train::agree(tx, app.clock.now(), account.id, today - TimeDelta::days(390)).await.unwrap();
}

fn new(app: &App, scenario_version: ScenarioVersionId) -> NewAssignment {
    let today = app.clock.today();
    NewAssignment {
        scenario_version,
        opens_on: today - TimeDelta::days(2),
        closes_on: today + TimeDelta::days(10),
        note: "Before ten".into(),
    }
}

/// A shop that the shopper accepted.
pub async fn accepted_shop(app: &App, tx: &mut Tx, to: &Account, version: ScenarioVersionId) -> Assignment {
    let id = assignments::insert_if_ready(tx, to.id, &new(app, version), app.clock.now()).await.unwrap().unwrap();
    respond::accept(tx, app.clock.now(), id, to.id).await.unwrap();
    assignments::find(tx, id).await.unwrap().unwrap()
}

/// What a shopper would send of that scenario yesterday.
pub fn found(app: &App, scenario: &Scenario, outcomes: &[Outcome]) -> NewReturn {
    let at = app.clock.now() - TimeDelta::days(1);
    NewReturn {
        shopped_on: crate::clock::london_day(at),
        began_at: at,
        ended_at: at + TimeDelta::minutes(6),
        items: scenario
            .items
            .iter()
            .zip(outcomes)
            .map(|(item, outcome)| NewItem { item: item.id, outcome: *outcome, value: Some(42.5) })
            .collect(),
        facts: "They answered and told me what would happen.".into(),
        recognised: false,
        felt_unsafe: true,
        unsafe_words: "The step was loose.".into(),
    }
}

async fn send(app: &App, tx: &mut Tx, to: &Account, scenario: &Scenario, outcomes: &[Outcome]) -> ReturnId {
    let shop = accepted_shop(app, tx, to, scenario.version).await;
    let (key, reference) = (app.random.token(), app.random.reference());
    file(tx, app.clock.now(), &shop, &found(app, scenario, outcomes), &key, &reference).await.unwrap()
}

async fn officer(app: &App, tx: &mut Tx) -> Account {
    let number = people::store::count(tx).await.unwrap();
    let email = format!("officer{number}@example.org");
    let id =
        people::store::insert(tx, &email, "Olga Watch", Role::Officer, None, false, app.clock.now()).await.unwrap();
    people::store::find(tx, id).await.unwrap().unwrap()
}

fn days(app: &App) -> (NaiveDate, NaiveDate) {
    (programme::a_year_before(app.clock.today()), app.clock.today())
}

const FIRST: StandardId = StandardId(101);
const SECOND: StandardId = StandardId(102);

db_test!(a_scenario_in_use_gets_a_new_version_and_keeps_the_old_one, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let first = scenario(&app, &mut tx, FIRST, SECOND).await;
    assert_eq!((first.number, first.standards()), (1, vec![FIRST, SECOND]));
    assert_eq!(write_scenario::change(&mut tx, app.clock.now(), &first, &first.script()).await.unwrap(), Change::Same);
    let mut script = first.script();
    script.title = "Ask about a slow repair".into();
    assert_eq!(write_scenario::change(&mut tx, app.clock.now(), &first, &script).await.unwrap(), Change::Altered);
    let altered = scenarios::find(&mut tx, first.id).await.unwrap().unwrap();
    assert_eq!((altered.number, altered.title.as_str(), altered.items.len()), (1, "Ask about a slow repair", 2));

    let shopper = account(&app, &mut tx).await;
    ready(&app, &mut tx, &shopper).await;
    let shop = accepted_shop(&app, &mut tx, &shopper, altered.version).await;
    script.items.truncate(1);
    assert_eq!(write_scenario::change(&mut tx, app.clock.now(), &altered, &script).await.unwrap(), Change::NewVersion(2));
    let newest = scenarios::find(&mut tx, first.id).await.unwrap().unwrap();
    assert_eq!((newest.number, newest.items.len()), (2, 1));
    let given = scenarios::find_version(&mut tx, shop.scenario_version_id).await.unwrap().unwrap();
    assert_eq!((given.number, given.items.len()), (1, 2));
    scenarios::set_retired(&mut tx, first.id, Some(app.clock.now())).await.unwrap();
    let listed = scenarios::list(&mut tx).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(listed[0].retired_at.is_some() && listed[0].number == 2 && listed[0].items.len() == 1);
});

db_test!(an_untrained_shopper_cannot_be_assigned, db => {
    let app = app_on(db);
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let shopper = account(&app, &mut tx).await;
    let new = new(&app, scenario.version);
    let give = async |tx: &mut Tx, new: &NewAssignment| assign(tx, now, "http://x", &Landlord::default(), &shopper, new).await;
    assert!(matches!(give(&mut tx, &new).await, Err(AssignError::NotReady(Standing::Untrained))));
    train::register(&mut tx, now, shopper.id).await.unwrap();
    assert_eq!(assignments::insert_if_ready(&mut tx, shopper.id, &new, now).await.unwrap(), None, "the statement itself refuses");
    let training = |trained_on, expires_on| Training { trained_on, trained_by: "Terry Teach".into(), expires_on };
    let (old, soon) = (today - TimeDelta::days(500), today + TimeDelta::days(1));
    assert!(matches!(train::record(&mut tx, now, today, shopper.id, &training(soon, soon)).await, Err(TrainError::InFuture)));
    assert!(matches!(train::record(&mut tx, now, today, shopper.id, &training(today, old)).await, Err(TrainError::OutBeforeHeld)));
    train::record(&mut tx, now, today, shopper.id, &training(old, soon)).await.unwrap();
    train::agree(&mut tx, now, shopper.id, old).await.unwrap();
    assert!(matches!(give(&mut tx, &new).await, Err(AssignError::NotReady(Standing::Expired))), "the training ends inside the window");
    assert_eq!(assignments::insert_if_ready(&mut tx, shopper.id, &new, now).await.unwrap(), None);
    ready(&app, &mut tx, &shopper).await;
    assert_eq!(shoppers::list_trainings(&mut tx, shopper.id).await.unwrap().len(), 2);
    train::pause(&mut tx, now, shopper.id, true).await.unwrap();
    assert!(matches!(give(&mut tx, &new).await, Err(AssignError::NotReady(Standing::Paused))));
    train::pause(&mut tx, now, shopper.id, false).await.unwrap();
    assert_eq!(shoppers::list(&mut tx).await.unwrap().len(), 1);
    give(&mut tx, &new).await.unwrap();
    assert!(matches!(give(&mut tx, &new).await, Err(AssignError::TooSoon)), "the same scenario within a month");
    let upside_down = NewAssignment { opens_on: new.closes_on, closes_on: new.opens_on, ..new.clone() };
    assert!(matches!(give(&mut tx, &upside_down).await, Err(AssignError::BadWindow)));
    scenarios::set_retired(&mut tx, scenario.id, Some(now)).await.unwrap();
    assert!(matches!(give(&mut tx, &new).await, Err(AssignError::Retired)));
    scenarios::set_retired(&mut tx, scenario.id, None).await.unwrap();
    for _ in 0..2 {
        accepted_shop(&app, &mut tx, &shopper, scenario.version).await;
    }
    assert!(matches!(give(&mut tx, &new).await, Err(AssignError::TooMany)));
    let officer = officer(&app, &mut tx).await;
    assert!(matches!(assign(&mut tx, now, "http://x", &Landlord::default(), &officer, &new).await, Err(AssignError::NotAShopper)));
});

db_test!(a_shop_is_accepted_declined_or_cancelled_by_the_right_person_only, db => {
    let app = app_on(db);
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let (one, two) = (account(&app, &mut tx).await, account(&app, &mut tx).await);
    ready(&app, &mut tx, &one).await;
    let id = assignments::insert_if_ready(&mut tx, one.id, &new(&app, scenario.version), now).await.unwrap().unwrap();
    assert!(matches!(respond::accept(&mut tx, now, id, two.id).await, Err(RespondError::NotOpen)), "V21");
    assert!(matches!(respond::decline(&mut tx, now, id, two.id, "no").await, Err(RespondError::NotOpen)), "V21");
    assert!(assignments::find_own(&mut tx, id, two.id).await.unwrap().is_none());
    respond::accept(&mut tx, now, id, one.id).await.unwrap();
    respond::decline(&mut tx, now, id, one.id, "I am away").await.unwrap();
    assert!(matches!(respond::accept(&mut tx, now, id, one.id).await, Err(RespondError::NotOpen)));
    let shop = assignments::find_own(&mut tx, id, one.id).await.unwrap().unwrap();
    assert_eq!((shop.stage(), shop.decline_reason.as_str()), (Stage::Declined, "I am away"));
    assert_eq!(assignments::list_declined(&mut tx, now).await.unwrap().len(), 1);
    let other = accepted_shop(&app, &mut tx, &one, scenario.version).await;
    assert_eq!(assignments::list_open(&mut tx).await.unwrap().len(), 1);
    respond::cancel(&mut tx, now, other.assignment_id).await.unwrap();
    assert!(matches!(respond::cancel(&mut tx, now, other.assignment_id).await, Err(RespondError::NotOpen)));
    let sent = file(&mut tx, now, &other, &found(&app, &scenario, &[Outcome::Met, Outcome::Met]), "k", "R").await;
    assert!(matches!(sent, Err(FileError::NotOpen)), "a cancelled shop takes no return");
    assert_eq!(assignments::list_own(&mut tx, one.id).await.unwrap().len(), 2);
});

db_test!(a_return_is_kept_once_however_often_it_is_sent, db => {
    let app = app_on(db);
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let shopper = account(&app, &mut tx).await;
    ready(&app, &mut tx, &shopper).await;
    let shop = accepted_shop(&app, &mut tx, &shopper, scenario.version).await;
    let fields = vec![("facts".to_owned(), "So far".to_owned())];
    drafts::save(&mut tx, shop.assignment_id, &Vec::new(), now).await.unwrap();
    drafts::save(&mut tx, shop.assignment_id, &fields, now).await.unwrap();
    assert_eq!(drafts::find(&mut tx, shop.assignment_id).await.unwrap(), Some(fields));
    let new = found(&app, &scenario, &[Outcome::Met, Outcome::NotMet]);
    let id = file(&mut tx, now, &shop, &new, "key", "REF").await.unwrap();
    assert_eq!(drafts::find(&mut tx, shop.assignment_id).await.unwrap(), None);
    tx.commit().await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(file(&mut tx, now, &shop, &new, "key", "REF").await, Err(FileError::Already(kept)) if kept == id));
    assert!(matches!(file(&mut tx, now, &shop, &new, "other", "REF2").await, Err(FileError::Already(kept)) if kept == id));
    let kept = returns::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!((kept.state(), kept.flags()), (State::Waiting, vec!["Something felt unsafe"]));
    assert_eq!((kept.shopped_on, kept.ended_at, kept.account_id), (new.shopped_on, new.ended_at, shopper.id));
    let items = returns::items(&mut tx, id).await.unwrap();
    assert_eq!(items.iter().map(|item| item.raw_outcome).collect::<Vec<_>>(), [Outcome::Met, Outcome::NotMet]);
    assert_eq!(items[0].raw_value, Some(42.5));
    assert!(matches!(respond::decline(&mut tx, now, shop.assignment_id, shopper.id, "x").await, Err(RespondError::NotOpen)));
});

db_test!(v15_photos_are_kept_for_one_assignment_up_to_a_number, db => {
    let app = app_on(db);
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let shopper = account(&app, &mut tx).await;
    ready(&app, &mut tx, &shopper).await;
    let shop = accepted_shop(&app, &mut tx, &shopper, scenario.version).await;
    let other = accepted_shop(&app, &mut tx, &shopper, scenario.version).await;
    let photo = NewPhoto { name: "door.jpg".into(), drawn: crate::files::image::Drawn { jpeg: vec![1, 2, 3], width: 30, height: 20 }, words: "The door".into() };
    for _ in 0..photo::MOST_PHOTOS {
        photo::keep(&app, &mut tx, now, shop.assignment_id, shopper.id, &photo).await.unwrap();
    }
    assert!(matches!(photo::keep(&app, &mut tx, now, shop.assignment_id, shopper.id, &photo).await, Err(PhotoError::TooMany)));
    let kept = photos::list(&mut tx, shop.assignment_id).await.unwrap();
    photos::set_words(&mut tx, shop.assignment_id, kept[0].photo_id, "The front door").await.unwrap();
    let first = photos::find(&mut tx, shop.assignment_id, &kept[0].file_id).await.unwrap().unwrap();
    assert_eq!((first.words.as_str(), first.width, first.height), ("The front door", Some(30), Some(20)));
    assert!(photos::find(&mut tx, other.assignment_id, &kept[0].file_id).await.unwrap().is_none(), "V24");
    assert_eq!(photo::remove(&mut tx, other.assignment_id, kept[0].photo_id).await.unwrap(), None, "V21");
    let gone = photo::remove(&mut tx, shop.assignment_id, kept[0].photo_id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    crate::files::erase(&app, &gone).await;
    crate::files::erase(&app, &gone).await;
    let mut tx = app.db.read().await.unwrap();
    assert!(crate::files::find(&mut tx, &gone).await.unwrap().is_none());
    assert_eq!(photos::count(&mut tx, shop.assignment_id).await.unwrap(), photo::MOST_PHOTOS - 1);
});

db_test!(accepted_returns_count_with_their_final_score_and_the_raw_score_stays, db => {
    let app = app_on(db);
    let (from, to) = days(&app);
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let shopper = account(&app, &mut tx).await;
    ready(&app, &mut tx, &shopper).await;
    let officer = officer(&app, &mut tx).await;
    let mut sent = Vec::new();
    for outcomes in [[Outcome::Met, Outcome::NotApplicable], [Outcome::NotMet, Outcome::Met], [Outcome::Met, Outcome::Met]] {
        sent.push(send(&app, &mut tx, &shopper, &scenario, &outcomes).await);
    }
    assert_eq!(returns::count_waiting(&mut tx).await.unwrap(), 3);
    assert_eq!(score_for_standard(&mut tx, FIRST, from, to).await.unwrap().shops, 0, "nothing counts before moderation");
    for id in &sent {
        let found = returns::find(&mut tx, *id).await.unwrap().unwrap();
        assert!(matches!(moderate::accept(&mut tx, now, &found, shopper.id, "x").await, Err(ModerateError::OwnReturn)));
        let named = moderate::accept(&mut tx, now, &found, officer.id, "I met Olga Watch.").await;
        assert!(matches!(named, Err(ModerateError::Named(name)) if name == "Olga Watch"));
        moderate::accept(&mut tx, now, &found, officer.id, "Answered at once.").await.unwrap();
        assert!(matches!(moderate::accept(&mut tx, now, &found, officer.id, "again").await, Err(ModerateError::Decided)));
    }
    let score = score_for_standard(&mut tx, FIRST, from, to).await.unwrap();
    assert_eq!((score.met, score.not_met, score.shops, score.latest_on), (2, 1, 3, Some(to.pred_opt().unwrap())));
    let second = score_for_standard(&mut tx, SECOND, from, to).await.unwrap();
    assert_eq!((second.met, second.not_met, second.shops), (2, 0, 2), "what does not apply counts for nothing");
    assert_eq!(score_for_standard(&mut tx, FIRST, to, to).await.unwrap().shops, 0, "the period is kept to");
    assert!(thread::linked(&mut tx, Record::Return(sent[0])).await.unwrap().contains(&Record::Standard(FIRST)));

    let found = returns::find(&mut tx, sent[1]).await.unwrap().unwrap();
    let items = returns::items(&mut tx, sent[1]).await.unwrap();
    let change = (Outcome::Met, Some(48.0));
    assert!(matches!(moderate::amend(&mut tx, now, &found, shopper.id, &items[0], change, "x").await, Err(ModerateError::OwnReturn)));
    moderate::amend(&mut tx, now, &found, officer.id, &items[0], change, "The phone record says 48 seconds").await.unwrap();
    let amended = returns::items(&mut tx, sent[1]).await.unwrap();
    assert_eq!((amended[0].raw_outcome, amended[0].raw_value), (Outcome::NotMet, Some(42.5)));
    assert_eq!((amended[0].outcome(), amended[0].value()), change);
    assert_eq!(amended[0].amendments[0].reason, "The phone record says 48 seconds");
    assert!(matches!(moderate::amend(&mut tx, now, &found, officer.id, &amended[0], change, "x").await, Err(ModerateError::Same)));
    assert!(!returns::amend(&mut tx, sent[0], amended[0].id, change, "x", officer.id, now).await.unwrap(), "an item of another return");
    assert_eq!(score_for_standard(&mut tx, FIRST, from, to).await.unwrap().met, 3);

    let found = returns::find(&mut tx, sent[2]).await.unwrap().unwrap();
    assert!(matches!(moderate::make_void(&mut tx, now, &found, shopper.id, "x").await, Err(ModerateError::OwnReturn)));
    moderate::make_void(&mut tx, now, &found, officer.id, "Recognised").await.unwrap();
    assert!(matches!(moderate::make_void(&mut tx, now, &found, officer.id, "Again").await, Err(ModerateError::Decided)));
    let score = score_for_standard(&mut tx, FIRST, from, to).await.unwrap();
    assert_eq!((score.met, score.not_met, score.shops), (2, 0, 2));
    assert_eq!(results::facts(&mut tx, FIRST, from, to).await.unwrap().len(), 2);
    let items = programme::items(&mut tx, FIRST, from, to).await.unwrap();
    assert_eq!((items.len(), items[0].score.met, items[0].median), (1, 2, None));
    assert_eq!(returns::list(&mut tx).await.unwrap().len(), 3);
    programme::plan(&mut tx, now, FIRST, 12).await.unwrap();
    programme::plan(&mut tx, now, StandardId(900), 6).await.unwrap();
    let lines = programme::lines(&mut tx, app.clock.today()).await.unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!((lines[0].planned, lines[0].done, lines[0].waiting, lines[0].given), (Some(12), 2, 0, 0));
    tx.commit().await.unwrap();
    run_jobs(&app).await;
});

db_test!(a_question_goes_to_the_shopper_and_the_answer_comes_back, db => {
    let app = app_on(db);
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let shopper = account(&app, &mut tx).await;
    ready(&app, &mut tx, &shopper).await;
    let officer = officer(&app, &mut tx).await;
    let id = send(&app, &mut tx, &shopper, &scenario, &[Outcome::Met, Outcome::Met]).await;
    let found = returns::find(&mut tx, id).await.unwrap().unwrap();
    assert!(matches!(moderate::answer(&mut tx, now, &found, shopper.id, "x").await, Err(ModerateError::Decided)));
    let landlord = Landlord { name: "Mill Lane Homes".into(), phone: "01632 960 001".into(), ..Landlord::default() };
    moderate::query(&mut tx, now, "http://x", &landlord, &found, officer.id, "Which line did you phone?").await.unwrap();
    let letter = crate::mail::store::list(&mut tx, 1).await.unwrap().remove(0);
    assert!(letter.body.starts_with(&format!("Hello {}\n\nYou get this because you sent us", shopper.name)), "{}", letter.body);
    assert!(letter.body.contains(&format!("Which line did you phone?\n\nPlease answer it here:\nhttp://x/shops/{}\n", found.assignment_id)));
    assert!(letter.body.ends_with("Phone us on 01632 960 001.\n\nMill Lane Homes\n"), "{}", letter.body);
    assert_eq!(returns::count_waiting(&mut tx).await.unwrap(), 0);
    let found = returns::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(found.state(), State::Queried);
    moderate::answer(&mut tx, now, &found, shopper.id, "The repairs line.").await.unwrap();
    assert_eq!(returns::count_waiting(&mut tx).await.unwrap(), 1);
    let decisions = returns::decisions(&mut tx, id).await.unwrap();
    assert_eq!(decisions.iter().map(|step| step.kind.as_str()).collect::<Vec<_>>(), ["queried", "answered"]);
    crate::audit::record(&mut tx, now, &Actor::system(), "tested", "x", "").await.unwrap();
});

db_test!(a_shopper_is_reminded_once_near_the_end_of_the_window, db => {
    let app = app_on(db);
    let mut tx = app.db.write().await.unwrap();
    let scenario = scenario(&app, &mut tx, FIRST, SECOND).await;
    let shopper = account(&app, &mut tx).await;
    ready(&app, &mut tx, &shopper).await;
    accepted_shop(&app, &mut tx, &shopper, scenario.version).await;
    tx.commit().await.unwrap();
    let letters = || std::fs::read_dir(app.mailer.folder().unwrap()).map_or(0, Iterator::count);
    run_jobs(&app).await;
    assert_eq!(letters(), 0, "ten days before the end is too early");
    app.clock.advance(TimeDelta::days(8));
    run_jobs(&app).await;
    run_jobs(&app).await;
    assert_eq!(letters(), 1);
});
