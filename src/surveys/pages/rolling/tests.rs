//! Monthly surveys through the real router: set up, asked, answered, told; and what is told of few people.

use chrono::TimeDelta;

use crate::app::App;
use crate::db_test;
use crate::people::Role;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::response::Channel;
use crate::settings::{self, small_numbers};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::rolling::{results, store};
use crate::surveys::sample::testing::homes;
use crate::surveys::store as surveys;
use crate::surveys::survey::Access;
use crate::surveys::testing::{keep, said};
use crate::testing::{Browser, app_on, run_jobs};
use crate::thread::id::SurveyId;

/// So many answer a month's survey, of whom the first are satisfied.
async fn answer(app: &App, survey: SurveyId, satisfied: usize, all: usize) {
    let asked = surveys::find(&mut app.db.read().await.unwrap(), survey).await.unwrap().unwrap();
    let person = |at| {
        let point = Answer::Option(if at < satisfied { 1 } else { 4 });
        (Channel::PersonalLink, said([(1, Answer::Option(0)), (2, point)]))
    };
    keep(app, &asked, (0..all).map(person)).await;
}

const FORM: [(&str, &str); 17] = [
    ("by", "draw"),
    ("pattern", "1"),
    ("title", "Month <b>by</b> month"),
    ("first", "2026-12"),
    ("months", "5"),
    ("day", "1"),
    ("time", "9am"),
    ("days", "21"),
    ("wanted", "30"),
    ("share", ""),
    ("strata", "area"),
    ("months_apart", "12"),
    ("seed", "lantern"),
    ("ways", "email"),
    ("reminders", "1"),
    ("remind_after", "7"),
    ("calls", "6"),
];

db_test!(staff_set_months_up_and_what_is_told_of_them_gives_no_few_people_away, db => {
    let app = app_on(db);
    homes(&app, 200, None).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get("/staff/surveys").await.expect(200).holds("Monthly surveys");
    staff.get("/staff/surveys/monthly").await.expect(200).holds("No survey is asked month by month yet");
    staff.get("/staff/surveys/monthly/new").await.expect(200).holds("there is none yet");
    open(&app, Access::Personal, &three_questions()).await;
    staff.get("/staff/surveys/monthly/new").await.expect(200).holds("Repairs and you").holds("December 2026");
    let wrong: Vec<_> = FORM.iter().map(|pair| if pair.0 == "share" { ("share", "8.3") } else { *pair }).collect();
    let page = staff.post("/staff/surveys/monthly/new", &wrong).await.expect(422).holds("Enter either how many homes");
    page.holds("value=\"lantern\"").holds("Month &lt;b&gt;by").lacks("<b>by");
    let made = staff.post("/staff/surveys/monthly/new", &FORM).await.expect(303);
    let at = made.location().to_owned();
    let page = staff.get(&at).await.expect(200).holds("Planned").holds("lantern 2027-03").lacks("<b>by");
    page.holds("Stop this month").holds("1 December 2026, 9am").holds("21 December 2026, 11:59pm");
    staff.get(&format!("{at}/results")).await.expect(200).holds("No month is over yet");
    let id = 1;
    // Of December, February and April too few answer to tell; of January and March enough.
    for (number, (satisfied, all)) in [(2, 3), (12, 20), (2, 2), (11, 20), (0, 1)].into_iter().enumerate() {
        let month = store::list_months(&mut app.db.read().await.unwrap(), id).await.unwrap()[number].clone();
        app.clock.advance(month.opens_at - app.clock.now());
        run_jobs(&app).await;
        let month = store::list_months(&mut app.db.read().await.unwrap(), id).await.unwrap()[number].clone();
        answer(&app, month.survey.unwrap(), satisfied, all).await;
        let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
        staff.get(&at).await.expect(200).holds("Close it now").holds("Open");
        staff.get(&format!("/staff/surveys/{}", month.survey.unwrap())).await.expect(200).holds("This is part of");
        app.clock.advance(month.closes_at + TimeDelta::hours(1) - app.clock.now());
        let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
        let page = staff.get(&format!("{at}/results")).await.expect(200);
        let page = match number {
            0 => page.holds("Too few people have answered to show anything yet").holds("Too few answered to tell: December 2026"),
            1 => page.holds("January 2027").holds("Too few answered to tell: December 2026"),
            // Five answered in December and February together.
            2 | 3 => page.holds("December 2026 and February 2027").lacks("Too few answered to tell"),
            _ => page.holds("Too few answered to tell: April 2027").holds("the 4 months to March 2027"),
        };
        page.lacks("<b>by");
    }
    // What is told is sums of what may be told: of the months that are hidden nothing follows.
    let mut tx = app.db.read().await.unwrap();
    let landlord = settings::store::find(&mut tx).await.unwrap();
    let months = store::list_months(&mut tx, id).await.unwrap();
    let policy = small_numbers::staff(&landlord);
    let found = results::load(&mut tx, months.clone(), &landlord, &policy, app.clock.now()).await.unwrap().unwrap();
    let line = found.lines.iter().find(|line| line.text.contains("How was it?")).unwrap();
    let told: Vec<(Vec<usize>, Option<u32>)> =
        line.periods.iter().map(|told| (told.months.clone(), told.table.base())).collect();
    assert_eq!(told, [(vec![1], Some(20)), (vec![0, 2], Some(5)), (vec![3], Some(20))]);
    let windows: Vec<(Vec<usize>, Option<u32>)> =
        line.windows.iter().map(|told| (told.months.clone(), told.table.base())).collect();
    assert_eq!(windows, [(vec![0, 1, 2, 3], Some(45))]);
    assert_eq!(line.waiting, [4]);
    assert!(line.periods.iter().any(|told| told.since.is_some()));
    // The own results of a month that waits say nothing either.
    drop(tx);
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let own = staff.get(&format!("/staff/surveys/{}/results", months[4].survey.unwrap())).await.expect(200);
    own.holds("Too few");
    // Stopping what is left, twice.
    staff.post(&at, &[("step", "stop"), ("month", "5")]).await.expect(422).holds("The month is over");
    staff.post(&at, &[("step", "stop-all")]).await.expect(303);
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&format!("{at}/results")).await.expect(200);
    board.get("/staff/surveys/monthly/new").await.expect(403);
    staff.get("/staff/surveys/monthly/404").await.expect(404);
});
