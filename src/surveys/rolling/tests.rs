//! A year of months by a fixed clock: each drawn once, no home twice, and nothing sent twice.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::plan::{Calendar, Month, Series, Size, State};
use super::{set_up, stop, store, turn};
use crate::app::App;
use crate::mail;
use crate::residents::store::households;
use crate::residents::{Way, Ways};
use crate::surveys::describe;
use crate::surveys::kind::SurveyKind;
use crate::surveys::pages::tests::three_questions;
use crate::surveys::sample::draw;
use crate::surveys::sample::events::{self, Event};
use crate::surveys::sample::plan::{Framed, Standing, Strata};
use crate::surveys::sample::store::{events as events_store, samples};
use crate::surveys::sample::testing::homes;
use crate::surveys::store as surveys;
use crate::surveys::survey::Access;
use crate::surveys::testing::described;
use crate::surveys::waves;
use crate::testing::{app_on, run_jobs};
use crate::thread::id::{HouseholdId, SurveyId};
use crate::{db_test, on};

async fn pattern(app: &App) -> SurveyId {
    let now = app.clock.now();
    let description = described(Access::Personal, now, TimeDelta::days(300));
    let mut tx = app.db.write().await.unwrap();
    let of = &three_questions();
    let id = describe::create(&mut tx, &app.random, SurveyKind::Perception, &description, of, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A series from December 2026 on, each month opening on its first day at nine and open for three weeks.
async fn planned(app: &App, wanted: i64, months: i64) -> i64 {
    planned_by(app, Size::Homes(wanted), months).await
}

async fn planned_by(app: &App, size: Size, months: i64) -> i64 {
    let series = Series {
        id: 0,
        pattern: pattern(app).await,
        title: "Month by month".to_owned(),
        seed: "lantern".to_owned(),
        strata: Strata::Area,
        size,
        ways: Ways::ALL,
        months_apart: 12,
        most_reminders: 2,
        remind_after: 7,
        most_calls: 6,
    };
    let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let calendar = Calendar { first, months, day: 1, time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(), days: 21 };
    let mut tx = app.db.write().await.unwrap();
    let id = set_up::create(&mut tx, &series, &calendar, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn months(app: &App, series: i64) -> Vec<Month> {
    store::list_months(&mut app.db.read().await.unwrap(), series).await.unwrap()
}

fn move_to(app: &App, at: DateTime<Utc>) {
    app.clock.advance(at - app.clock.now());
}

/// Everything that is due, as often as it takes.
async fn run(app: &App) {
    for _ in 0..3 {
        run_jobs(app).await;
    }
}

async fn letters(app: &App) -> Vec<(String, String)> {
    let all = mail::store::list(&mut app.db.read().await.unwrap(), 9_999).await.unwrap();
    all.into_iter().map(|letter| (letter.recipient, letter.subject)).collect()
}

async fn frame_of(app: &App, survey: SurveyId) -> Vec<Framed> {
    let mut tx = app.db.read().await.unwrap();
    samples::find_frame(&mut tx, survey).await.unwrap()
}

fn references(frame: &[Framed]) -> BTreeSet<String> {
    frame.iter().filter(|home| home.standing == Standing::Drawn).map(|home| home.reference.clone()).collect()
}

db_test!(a_year_of_months_asks_no_home_twice_and_anybody_can_draw_each_again, db => {
    let app = app_on(db);
    homes(&app, 130, None).await;
    let list = crate::residents::list_current(&mut app.db.read().await.unwrap()).await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    households::set_no_contact(&mut tx, list[5].id, "Asked in May").await.unwrap();
    tx.commit().await.unwrap();
    let id = planned(&app, 10, 13).await;
    run(&app).await;
    assert!(months(&app, id).await.iter().all(|month| month.state == State::Planned), "nothing opens before its day");
    let mut asked: Vec<BTreeSet<String>> = Vec::new();
    let mut before = None;
    for number in 0..13 {
        let month = months(&app, id).await[number].clone();
        move_to(&app, month.opens_at - TimeDelta::seconds(1));
        run(&app).await;
        assert_eq!(months(&app, id).await[number].state, State::Planned);
        move_to(&app, month.opens_at);
        run(&app).await;
        let month = months(&app, id).await[number].clone();
        assert!(month.is_open(app.clock.now()) && month.closes_at - month.opens_at < TimeDelta::days(21), "{month:?}");
        assert_eq!((month.drawn, month.wanted, month.listed), (Some(10), Some(10), Some(130)));
        let survey = month.survey.unwrap();
        let frame = frame_of(&app, survey).await;
        let drawn = references(&frame);
        assert!(drawn.len() == 10 && !drawn.contains(&list[5].reference));
        // Those of the first month are free again after a year, as far as they were not written to after its first day.
        let lately = asked.iter().skip(asked.len().saturating_sub(11));
        assert!(lately.into_iter().all(|others| others.is_disjoint(&drawn)), "{number}");
        asked.push(drawn.clone());
        // By hand: the seed of the month, the list, and who was asked lately.
        let mut tx = app.db.read().await.unwrap();
        let sample = samples::find(&mut tx, survey).await.unwrap().unwrap();
        assert_eq!(sample.seed, format!("lantern {}", month.first_day().format("%Y-%m")));
        let now = crate::residents::list_current(&mut tx).await.unwrap();
        let lately = now.iter().zip(&frame).filter(|(_, framed)| framed.standing == Standing::AskedLately);
        let lately: HashSet<HouseholdId> = lately.map(|(home, _)| home.id).collect();
        let (again, _) = draw::choose(&sample.seed, &sample.plan, &now, &lately);
        assert_eq!(again, frame);
        // Each month is the next wave of the month before.
        assert_eq!(waves::store::find_before(&mut tx, survey).await.unwrap(), before);
        before = Some(survey);
    }
    let all: BTreeSet<String> = asked[..12].iter().flatten().cloned().collect();
    assert_eq!(all.len(), 120);
});

db_test!(nobody_is_written_to_twice_however_often_and_on_however_many_nodes_the_program_runs, db => {
    let app = app_on(db);
    homes(&app, 40, Some(Way::Email)).await;
    let id = planned(&app, 12, 2).await;
    let opens_at = months(&app, id).await[0].opens_at;
    move_to(&app, opens_at);
    let turns = futures::future::join_all((0..6).map(|_| turn::turn(app.clone()))).await;
    assert!(turns.into_iter().all(|turn| turn.is_ok()));
    turn::turn(app.clone()).await.unwrap();
    run(&app).await;
    let sent = letters(&app).await;
    assert_eq!(sent.iter().map(|(to, _)| to).collect::<BTreeSet<_>>().len(), 12);
    assert_eq!(sent.len(), 12);
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(surveys::list(&mut tx).await.unwrap().len(), 2, "the pattern and one month");
    drop(tx);
    // A week later those who have not answered are reminded, once; a week later again, and then no more.
    let survey = months(&app, id).await[0].survey.unwrap();
    let mut tx = app.db.write().await.unwrap();
    let (home, ..) = first_home(&mut tx, survey).await;
    assert!(crate::surveys::sample::store::homes::spend(&mut tx, survey, home).await.unwrap());
    tx.commit().await.unwrap();
    let mut reminded = Vec::new();
    for _ in 0..4 {
        app.clock.advance(TimeDelta::days(6));
        run(&app).await;
        let early = letters(&app).await.len();
        app.clock.advance(TimeDelta::days(1));
        let turns = futures::future::join_all((0..4).map(|_| turn::turn(app.clone()))).await;
        assert!(turns.into_iter().all(|turn| turn.is_ok()));
        run(&app).await;
        reminded.push((early, letters(&app).await.len()));
    }
    // The fourth week is after the first month's end, and before the second month.
    assert_eq!(reminded, [(12, 23), (23, 34), (34, 34), (34, 34)]);
});

async fn first_home(tx: &mut crate::db::Tx, survey: SurveyId) -> (i64, HouseholdId) {
    for household in crate::residents::list_current(tx).await.unwrap() {
        let found = crate::surveys::sample::store::homes::find_by_household(tx, survey, household.id).await.unwrap();
        if let Some(home) = found {
            return (home.id, home.household);
        }
    }
    panic!("nobody was drawn")
}

db_test!(a_list_that_is_too_small_is_said_and_asks_nobody_again, db => {
    let app = app_on(db);
    homes(&app, 14, None).await;
    let id = planned(&app, 10, 4).await;
    for month in months(&app, id).await {
        move_to(&app, month.opens_at);
        run(&app).await;
    }
    let found = months(&app, id).await;
    let told: Vec<(State, Option<i64>)> = found.iter().map(|month| (month.state, month.drawn)).collect();
    assert_eq!(told[..2], [(State::Opened, Some(10)), (State::Opened, Some(4))]);
    assert_eq!(told[2..], [(State::Failed, None), (State::Failed, None)]);
    assert!(found[2].why.starts_with("The list is too small: none of its 14 homes could be asked"), "{}", found[2].why);
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(surveys::list(&mut tx).await.unwrap().len(), 3, "a month that could not draw leaves no survey");
    let attention = crate::surveys::needs_attention(&mut tx, app.clock.now()).await.unwrap();
    assert!(attention.iter().any(|one| one.sentence.contains("was not asked in March 2027: The list is too small")), "{attention:?}");
});

db_test!(months_are_stopped_planned_again_closed_and_missed, db => {
    let app = app_on(db);
    homes(&app, 60, None).await;
    let id = planned(&app, 5, 5).await;
    let plan = months(&app, id).await;
    let mut tx = app.db.write().await.unwrap();
    let now = app.clock.now();
    stop::stop(&mut tx, &plan[0], now).await.unwrap();
    assert!(matches!(stop::stop(&mut tx, &plan[0], now).await, Err(stop::Refused::NotNow)), "somebody else was first");
    stop::plan_again(&mut tx, &plan[0], now).await.unwrap();
    assert!(matches!(stop::plan_again(&mut tx, &plan[0], now).await, Err(stop::Refused::TooLate)));
    stop::stop(&mut tx, &plan[1], now).await.unwrap();
    tx.commit().await.unwrap();
    move_to(&app, plan[0].opens_at);
    run(&app).await;
    let open = months(&app, id).await[0].clone();
    assert!(open.is_open(app.clock.now()));
    // An open month closes, and nobody is reminded.
    app.clock.advance(TimeDelta::days(2));
    let mut tx = app.db.write().await.unwrap();
    stop::stop(&mut tx, &open, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let sent = letters(&app).await.len();
    app.clock.advance(TimeDelta::days(6));
    run(&app).await;
    let closed = months(&app, id).await[0].clone();
    assert!(!closed.is_open(app.clock.now()) && letters(&app).await.len() == sent);
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(stop::stop(&mut tx, &closed, app.clock.now()).await, Err(stop::Refused::NotNow)));
    drop(tx);
    move_to(&app, plan[1].opens_at);
    run(&app).await;
    assert_eq!(months(&app, id).await[1].state, State::Stopped);
    // The program does not run in February and March: what is over was missed, what is open still opens.
    move_to(&app, plan[3].opens_at + TimeDelta::days(3));
    run(&app).await;
    let found = months(&app, id).await;
    assert_eq!([found[2].state, found[3].state], [State::Missed, State::Opened]);
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(stop::stop_all(&mut tx, id).await.unwrap(), 1);
    tx.commit().await.unwrap();
});

db_test!(events_are_asked_about_month_by_month_and_reminded, db => {
    let app = app_on(db);
    homes(&app, 8, Some(Way::Email)).await;
    let id = planned_by(&app, Size::Events(3), 3).await;
    let plan = months(&app, id).await;
    move_to(&app, plan[0].opens_at);
    run(&app).await;
    let first = months(&app, id).await[0].clone();
    assert_eq!((first.state, first.drawn, first.wanted), (State::Opened, None, None));
    assert!(letters(&app).await.is_empty());
    let list = crate::residents::list_current(&mut app.db.read().await.unwrap()).await.unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let happened = [(0, "2026-12-01"), (1, "2026-12-20"), (2, "2026-12-30"), (0, "2026-12-30")];
    let happened = happened.map(|(home, on)| Event { household: list[home].id, happened_on: day(on) });
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(events::add(&mut tx, first.survey.unwrap(), 3, &happened).await.unwrap(), 4);
    tx.commit().await.unwrap();
    // The first is asked on 4 December and reminded a week later, and again a week after.
    let mut sent = Vec::new();
    for days in [3, 6, 1, 1, 7] {
        app.clock.advance(TimeDelta::days(days));
        run(&app).await;
        run(&app).await;
        sent.push(letters(&app).await.len());
    }
    assert_eq!(sent, [1, 1, 2, 2, 3]);
    // On 23 December the month is over: that event is asked about in January, with those of the end of December; a home is
    // asked once in twelve months.
    move_to(&app, plan[1].opens_at - TimeDelta::hours(1));
    run(&app).await;
    assert_eq!(letters(&app).await.len(), 3);
    move_to(&app, plan[1].opens_at + TimeDelta::days(2));
    run(&app).await;
    run(&app).await;
    let asked: Vec<String> = letters(&app).await.into_iter().map(|(to, _)| to).collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    assert_eq!(asked.iter().filter(|to| *to == "person0@home.example").count(), 3, "once, and the two reminders");
    let second = months(&app, id).await[1].clone();
    let counts = events_store::count(&mut app.db.read().await.unwrap(), second.survey.unwrap()).await.unwrap();
    assert_eq!(counts, [("asked".to_owned(), 2), ("asked_lately".to_owned(), 1)]);
});

db_test!(a_series_that_cannot_be_read_holds_up_no_other, db => {
    const SPOIL: &str = "UPDATE rolling_series SET ways = 'by pigeon' WHERE series_id = $1";
    let app = app_on(db);
    homes(&app, 40, Some(Way::Email)).await;
    let (spoilt, sound) = (planned(&app, 5, 1).await, planned(&app, 5, 1).await);
    let mut tx = app.db.write().await.unwrap();
    on!(tx, c => sqlx::query(SPOIL).bind(spoilt).execute(c).await.map(|_| ())).unwrap();
    tx.commit().await.unwrap();
    let opens_at = months(&app, sound).await[0].opens_at;
    move_to(&app, opens_at);
    assert!(turn::turn(app.clone()).await.is_err());
    let state = async |series: i64| months(&app, series).await[0].state;
    assert_eq!((state(spoilt).await, state(sound).await), (State::Planned, State::Opened));
    run(&app).await;
    assert_eq!(letters(&app).await.len(), 5);
    app.clock.advance(TimeDelta::days(7));
    assert!(turn::turn(app.clone()).await.is_err());
    run(&app).await;
    assert_eq!(letters(&app).await.len(), 10, "they are reminded too");
});
