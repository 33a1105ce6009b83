//! What staff read of results beside the shares themselves: how near they come to everybody, and how areas differ.

use crate::app::App;
use crate::db_test;
use crate::people::Role;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::describe;
use crate::surveys::pages::tests::{AT, of, open, publish_results};
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked, Survey};
use crate::surveys::testing::{keep_online, said};
use crate::testing::{self, Browser, app_on};

fn by_area() -> Questionnaire {
    let options = ["North", "South", "East", "West"].map(str::to_owned).to_vec();
    let area = Kind::OneChoice(one_choice::Settings { options, ..one_choice::Settings::default() });
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Where do you live?", area).dividing()).unwrap();
    questions.add(Question::new("How was it?", of("scale"))).unwrap();
    questions
}

/// Keeps so many answers of an area, so many of them satisfied; all five points are among them.
async fn answer(app: &App, asked: &Asked, area: u8, satisfied: usize, base: usize) {
    let person = |person: usize| {
        let point = if person < satisfied { person % 2 } else { 2 + person % 3 };
        said([(1, Answer::Option(area)), (2, Answer::Option(u8::try_from(point).unwrap()))])
    };
    keep_online(app, asked, (0..base).map(person)).await;
}

/// The row of an area in the table that compares areas.
fn row(text: &str, area: &str) -> String {
    let compared = text.split("Compared with the rest").nth(1).unwrap();
    let row = compared.split("<tr>").find(|row| row.contains(area)).unwrap();
    row.split("</tr>").next().unwrap().to_owned()
}

#[tokio::test]
async fn staff_read_which_areas_differ_and_nothing_about_those_that_are_hidden() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    for (area, satisfied, base) in [(0, 150, 200), (1, 90, 200), (2, 3, 3), (3, 2, 4)] {
        answer(&app, &asked, area, satisfied, base).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let results = format!("/staff/surveys/{}/results", asked.survey.id);
    let page = staff.get(&results).await.expect(200).holds("Compared with the rest");
    let page = page.holds("Taken together, the areas differ by more than chance would explain.");
    assert!(row(&page.text, "North").contains("75.0%") && row(&page.text, "North").contains("Higher than the rest"));
    assert!(row(&page.text, "South").contains("45.0%") && row(&page.text, "South").contains("Lower than the rest"));
    for hidden in ["East", "West", "Area not given"] {
        let row = row(&page.text, hidden);
        assert!(row.contains("Too few") && row.contains("Not compared") && !row.contains('%'), "{row}");
    }
    // One area at a time has nothing to be compared with.
    staff.get(&format!("{results}?area=0")).await.expect(200).lacks("Compared with the rest");
}

#[tokio::test]
async fn in_public_counts_are_rounded_and_no_verdict_says_more_than_they_do() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    answer(&app, &asked, 0, 150, 200).await;
    answer(&app, &asked, 1, 90, 200).await;
    app.clock.advance(chrono::TimeDelta::days(2));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&format!("{at}/results")).await.expect(200).holds("Higher than the rest").holds("75.0%");
    publish_results(&app, &asked).await;
    let public = Browser::new(&app).get(&format!("{AT}/results")).await.expect(200).holds("By area");
    public.lacks("Compared with").lacks("than the rest").lacks("75.0%").holds(">75%");
}

#[tokio::test]
async fn areas_that_chance_would_explain_show_no_clear_difference() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    for (area, satisfied, base) in [(0, 70, 100), (1, 141, 200), (2, 7, 7)] {
        answer(&app, &asked, area, satisfied, base).await;
    }
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    let page = board.get(&format!("/staff/surveys/{}/results", asked.survey.id)).await.expect(200);
    assert!(row(&page.text, "South").contains("No clear difference"));
    assert!(row(&page.text, "East").contains("Too few to compare"));
    page.holds("There are too few answers to say whether the areas, taken together, differ.");
}

#[tokio::test]
async fn the_number_of_homes_brings_the_response_rate_the_margin_and_narrower_intervals() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    answer(&app, &asked, 0, 60, 90).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let before = staff.get(&format!("{at}/results")).await.expect(200);
    before.holds("say how many homes could have answered").holds("between 56% and 76%");
    let mut details: Vec<(String, String)> = describe::fill(&asked.survey).fields().to_vec();
    let mut post = async |homes: &str| {
        details.retain(|(name, _)| name != "homes");
        details.push(("homes".to_owned(), homes.to_owned()));
        let fields: Vec<(&str, &str)> = details.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        staff.post(&format!("{at}/details"), &fields).await
    };
    let wrong = post("about 200").await.expect(422).holds("value=\"about 200\"");
    wrong.holds("Enter how many homes could answer, from 1 to 1,000,000, or leave it empty");
    post("180").await.expect(303);
    let page = staff.get(&format!("{at}/results")).await.expect(200);
    let page = page.holds("66.7% of 90 people were").holds("between 59% and 73%");
    let page = page.holds("That is 50.0% of the 180 homes that could answer").holds("at most ±7.3 points");
    // What the regulator asks for is asked of its own survey alone.
    page.lacks("regulator asks");
    staff.get(&at).await.expect(200).holds("Homes that could answer");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board
        .get(&format!("{at}/results"))
        .await
        .expect(200)
        .holds("50.0% of the 180 homes")
        .lacks(&format!("{at}/details"));
}

#[tokio::test]
async fn too_few_answers_have_no_response_rate() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    answer(&app, &asked, 0, 2, 4).await;
    let mut tx = app.db.write().await.unwrap();
    store::update(&mut tx, &Survey { homes: Some(2_436), ..asked.survey.clone() }).await.unwrap();
    tx.commit().await.unwrap();
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let page = staff.get(&format!("/staff/surveys/{}/results", asked.survey.id)).await.expect(200);
    page.lacks("homes that could answer").lacks("margin of error");
}

db_test!(the_numbers_of_homes_are_kept_changed_and_taken_away, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &by_area()).await;
    assert_eq!(asked.survey.homes, None);
    let mut tx = app.db.write().await.unwrap();
    for homes in [Some(1), Some(1_000_000), None] {
        store::update(&mut tx, &Survey { homes, ..asked.survey.clone() }).await.unwrap();
        assert_eq!(store::find(&mut tx, asked.survey.id).await.unwrap().unwrap().survey.homes, homes);
    }
    let group_homes = vec![("North".to_owned(), 300), ("South “old town”".to_owned(), 1)];
    let areas = Survey { group_homes, ..asked.survey.clone() };
    store::update(&mut tx, &areas).await.unwrap();
    assert_eq!(store::find(&mut tx, asked.survey.id).await.unwrap().unwrap().survey, areas);
    let nonsense = Survey { homes: Some(0), ..asked.survey.clone() };
    assert!(store::update(&mut tx, &nonsense).await.is_err());
});

#[tokio::test]
async fn the_homes_in_each_area_bring_a_weighted_share_unless_an_area_is_hidden() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    for (area, satisfied, base) in [(0, 60, 80), (1, 20, 40), (2, 30, 40), (3, 45, 60)] {
        answer(&app, &asked, area, satisfied, base).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let page = staff.get(&format!("{at}/results")).await.expect(200).holds("Weigh by the homes in each area");
    page.lacks("in proportion to its homes");
    let some = [("homes-0", "300"), ("homes-1", "lots"), ("homes-2", ""), ("homes-3", "100")];
    let wrong = staff.post(&format!("{at}/homes"), &some).await.expect(422).holds("value=\"lots\"");
    wrong.holds("Enter how many homes South has, from 1 to 1,000,000").holds("Enter how many homes East has");
    let all = [("homes-0", "300"), ("homes-1", "300"), ("homes-2", "300"), ("homes-3", "1,200")];
    staff.post(&format!("{at}/homes"), &all).await.expect(303);
    staff.get(&format!("{at}/homes")).await.expect(200).holds("value=\"1200\"");
    let copy = staff.post(&format!("{at}/copy"), &[]).await.expect(303).location().to_owned();
    staff.get(&format!("{copy}/homes")).await.expect(200).holds("value=\"300\"").holds("value=\"1200\"");
    // (300 × 75 + 300 × 50 + 300 × 75 + 1,200 × 75) / 2,100, against 155 of 220 as they answered.
    let page = staff.get(&format!("{at}/results")).await.expect(200).holds("70.5% of 220 people");
    page.holds("Had every area answered in proportion to its homes, it would be 71.4%").holds("of the 2,100 homes");
    staff.get(&format!("{at}/results?area=1")).await.expect(200).lacks("in proportion to its homes");
    let none = [("homes-0", ""), ("homes-1", ""), ("homes-2", ""), ("homes-3", "")];
    staff.post(&format!("{at}/homes"), &none).await.expect(303);
    staff.get(&format!("{at}/results")).await.expect(200).lacks("in proportion to its homes");
}

#[tokio::test]
async fn a_share_is_not_weighted_by_an_area_that_is_hidden_and_a_survey_without_areas_asks_for_none() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    for (area, satisfied, base) in [(0, 60, 80), (1, 20, 40), (2, 1, 3), (3, 2, 4)] {
        answer(&app, &asked, area, satisfied, base).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let all = [("homes-0", "300"), ("homes-1", "300"), ("homes-2", "20"), ("homes-3", "30")];
    staff.post(&format!("{at}/homes"), &all).await.expect(303);
    let page = staff.get(&format!("{at}/results")).await.expect(200).lacks("in proportion to its homes");
    page.holds("cannot be weighted by the homes in each area, because none is shown for East.");
    let mut plain = Questionnaire::default();
    plain.add(Question::new("How was it?", of("scale"))).unwrap();
    let other = open(&app, Access::Open, &plain).await;
    staff.get(&format!("/staff/surveys/{}/homes", other.survey.id)).await.expect(404);
    staff.get(&format!("/staff/surveys/{}/results", other.survey.id)).await.expect(200).lacks("Weigh by");
}

#[tokio::test]
async fn a_survey_whose_results_are_published_takes_no_more_answers_and_does_not_open_again() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &by_area()).await;
    answer(&app, &asked, 0, 60, 90).await;
    app.clock.advance(chrono::TimeDelta::days(2));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    publish_results(&app, &asked).await;
    let mut form = describe::fill(&asked.survey);
    form.set("closes-year", "2027");
    form.set("introduction", "Tell us more.");
    let fields: Vec<(String, String)> = form.fields().to_vec();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let refused = staff.post(&format!("{at}/details"), &fields).await.expect(422).holds("does not open again");
    refused.holds("value=\"2027\"").holds("Tell us more.</textarea>");
    // Even a survey that was opened again past the page takes nothing.
    let mut tx = app.db.write().await.unwrap();
    let reopened = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
    let closes_at = app.clock.now() + chrono::TimeDelta::days(1);
    let survey = Survey { closes_at, ..reopened.survey.clone() };
    store::update(&mut tx, &survey).await.unwrap();
    let reopened = crate::surveys::survey::Asked { survey, ..reopened };
    let submission = crate::surveys::submit::Submission {
        asked: &reopened,
        answers: &crate::questionnaires::answer::Answers::default(),
        submission_key: "late",
        opened_at: app.clock.now(),
        ticket: &crate::surveys::draft::Ticket::default(),
    };
    let kept = crate::surveys::submit::submit(&mut tx, &app.random, &submission, app.clock.now()).await;
    assert!(matches!(kept, Err(crate::surveys::submit::Refused::Closed)), "{kept:?}");
}

#[tokio::test]
async fn words_are_shown_area_by_area_only_where_enough_people_wrote_in_every_area_that_did() {
    let mut questions = by_area();
    questions.add(Question::new("Anything else?", of("long_text"))).unwrap();
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions).await;
    let write = |area: u8, people: usize| {
        let words = move |at: usize| Answer::Open(format!("Area {area} person {at}"));
        (0..people).map(move |at| said([(1, Answer::Option(area)), (2, Answer::Option(0)), (3, words(at))]))
    };
    keep_online(&app, &asked, write(0, 10).chain(write(1, 10))).await;
    // Who wrote nothing is in nobody's words.
    answer(&app, &asked, 2, 3, 30).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let results = format!("/staff/surveys/{}/results", asked.survey.id);
    let north = staff.get(&format!("{results}?area=0")).await.expect(200);
    north.holds("10 answers in words").holds("Area 0 person 9").lacks("Area 1 person");
    staff.get(&format!("{results}?area=2")).await.expect(200).holds("Nobody wrote anything here");
    // Nine more in another area: the words of all the others would give theirs away.
    keep_online(&app, &asked, write(3, 9)).await;
    for area in 0..4 {
        let page = staff.get(&format!("{results}?area={area}")).await.expect(200);
        page.holds("Too few people answered to show their words").lacks("Area 0 person").lacks("Area 3 person");
    }
    staff.get(&results).await.expect(200).holds("29 answers in words").holds("Area 3 person 0");
    keep_online(&app, &asked, write(3, 1)).await;
    staff.get(&format!("{results}?area=3")).await.expect(200).holds("10 answers in words").lacks("Area 0 person");
}
