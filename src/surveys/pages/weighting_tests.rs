//! Weighting and waves through the real router.

use crate::app::App;
use crate::people::Role;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store as responses;
use crate::surveys::pages::tests::{AT, of, open, publish_results};
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked, Survey};
use crate::testing::{self, Browser};
use crate::thread::id::SurveyId;

fn questions() -> Questionnaire {
    let choice = |options: &[&str]| {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Kind::OneChoice(one_choice::Settings { options, ..one_choice::Settings::default() })
    };
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Where do you live?", choice(&["North", "South"])).dividing()).unwrap();
    questions.add(Question::new("How old are you?", choice(&["Under 45", "45 and over"]))).unwrap();
    questions.add(Question::new("How was it?", of("scale"))).unwrap();
    questions.add(Question::new("And the time it took?", of("scale"))).unwrap();
    questions
}

/// Keeps so many answers of an area and an age by a channel, so many of them satisfied with both.
async fn answer(app: &App, asked: &Asked, (area, age): (u8, u8), channel: Channel, satisfied: usize, base: usize) {
    let mut tx = app.db.write().await.unwrap();
    for person in 0..base {
        let mut answers = Answers::default();
        let point = u8::try_from(if person < satisfied { person % 2 } else { 2 + person % 3 }).unwrap();
        for (key, option) in [(1, area), (2, age), (3, point), (4, point)] {
            answers.put(key, Answer::Option(option));
        }
        let coded = code_book::encode(&asked.version.questionnaire, &answers);
        let response = NewResponse {
            version_id: asked.version.id,
            coded: &coded,
            channel,
            received_on: app.clock.today(),
            reference: &app.random.reference(),
            submission_key: &app.random.token(),
            digest: &code_book::digest(&coded),
        };
        assert!(responses::insert_response(&mut tx, &app.random, &response).await.unwrap());
    }
    tx.commit().await.unwrap();
}

const ONLINE: Channel = Channel::OpenLink;

const NUMBERS: [(&str, &str); 6] =
    [("way", "raking"), ("n1-0", "2,000"), ("n1-1", "2,000"), ("n2-0", "1,000"), ("n2-1", "3,000"), ("cap", "3")];

fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<(&str, &str)> = NUMBERS.to_vec();
    form.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    form.extend(changed);
    form
}

#[tokio::test]
async fn staff_weigh_by_two_questions_see_what_it_gives_and_read_both_shares() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    for (place, satisfied, base) in [((0, 0), 30, 60), ((0, 1), 45, 60), ((1, 0), 5, 20), ((1, 1), 15, 20)] {
        answer(&app, &asked, place, ONLINE, satisfied, base).await;
    }
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let page = staff.get(&format!("{at}/weighting")).await.expect(200).holds("each counts once");
    page.holds("Nobody has chosen yet").holds("How old are you?").lacks("What these numbers give");
    // What is wrong is said at its box, and everything typed stands there again.
    let wrong = staff.post(&format!("{at}/weighting"), &with(&[("n1-0", "lots"), ("cap", "0")])).await.expect(422);
    wrong
        .holds("Enter how many of everybody are “North”")
        .holds("value=\"lots\"")
        .holds("value=\"3,000\"")
        .holds("from 1.1 to 10");
    let sums = staff.post(&format!("{at}/weighting"), &with(&[("n2-0", "900")])).await.expect(422);
    sums.holds("add up to 4,000").holds("to 3,900").holds("value=\"900\"");
    let form = with(&[("step", "preview")]);
    let preview = staff.post(&format!("{at}/weighting"), &form).await.expect(200).holds("What these numbers give");
    preview.holds("Design effect").holds("Far").holds("50.0%").holds("Nobody has chosen yet");
    staff.post(&format!("{at}/weighting"), &with(&[("step", "save")])).await.expect(303);
    let kept = staff.get(&format!("{at}/weighting")).await.expect(200).holds(&officer.name);
    kept.holds("“Where do you live?” and “How old are you?”").holds("3 times the mean").holds("value=\"2000\"");
    // By age within each area: (50 + 3 · 75) / 4 and (25 + 3 · 75) / 4 of equal areas, as margins and cells agree here.
    let results = staff.get(&format!("{at}/results")).await.expect(200).holds("59.4% of 160 people");
    let results =
        results.holds("it is 65.6%").holds("As people answered").holds("As people answered and weighted: How was it?");
    results.holds("Weighted, the areas differ no more than chance would explain.");
    let file = staff
        .get(&format!("{at}/figures.csv"))
        .await
        .expect(200)
        .holds("How was it?,Satisfied or agreed (weighted),,65.6,");
    file.holds("Satisfied or agreed: North,,62.5,120,").holds("No clear difference");
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    admin.get("/staff/audit").await.holds("chose how answers are weighed");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board
        .get(&format!("{at}/weighting"))
        .await
        .expect(200)
        .holds("Largest weight")
        .lacks("<form method=\"post\" novalidate");
    staff.post(&format!("{at}/weighting"), &[("way", "none")]).await.expect(303);
    staff.get(&format!("{at}/results")).await.expect(200).lacks("Weighted so that");
}

#[tokio::test]
async fn the_public_reads_the_weighted_share_rounded_and_how_it_was_made_and_it_stays() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    for (place, satisfied, base) in [((0, 0), 30, 60), ((0, 1), 45, 60), ((1, 0), 5, 20), ((1, 1), 15, 20)] {
        answer(&app, &asked, place, ONLINE, satisfied, base).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    staff.post(&format!("{at}/weighting"), &NUMBERS).await.expect(303);
    app.clock.advance(chrono::TimeDelta::days(2));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    publish_results(&app, &asked).await;
    let public = Browser::new(&app).get(&format!("{AT}/results")).await.expect(200);
    public
        .holds("Weighted so that those who answered stand for everybody, it is 66%")
        .holds("(by raking)")
        .lacks("65.6");
    let refused = staff.post(&format!("{at}/weighting"), &[("way", "none")]).await.expect(422);
    refused.holds("The results are published, so the weights stay as they are");
}

#[tokio::test]
async fn a_share_is_not_weighted_where_that_would_give_a_few_people_away() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    for (place, satisfied, base) in [((0, 0), 30, 60), ((0, 1), 45, 60), ((1, 0), 1, 2), ((1, 1), 1, 2)] {
        answer(&app, &asked, place, ONLINE, satisfied, base).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    staff.post(&format!("{at}/weighting"), &NUMBERS).await.expect(303);
    // Four people of the South are weighed as one with the North, so that their answers follow from nothing.
    let results = staff.get(&format!("{at}/results")).await.expect(200).holds("Weighted so that");
    results.lacks("the areas differ no more");
    staff.get(&format!("{at}/weighting")).await.expect(200).holds("Hidden");
}

/// The next wave of a survey, open for a day.
async fn next_wave(app: &App, staff: &mut Browser, asked: &Asked) -> Asked {
    let at = format!("/staff/surveys/{}/waves", asked.survey.id);
    let copy = staff.post(&at, &[("step", "next")]).await.expect(303).location().to_owned();
    let id: i64 = copy.rsplit('/').next().unwrap().parse().unwrap();
    let mut tx = app.db.write().await.unwrap();
    let draft = store::find(&mut tx, SurveyId(id)).await.unwrap().unwrap();
    let now = app.clock.now();
    let (opens_at, closes_at) = (now - chrono::TimeDelta::hours(1), now + chrono::TimeDelta::days(1));
    store::update(&mut tx, &Survey { opens_at, closes_at, ..draft.survey.clone() }).await.unwrap();
    let draft = store::find(&mut tx, SurveyId(id)).await.unwrap().unwrap();
    crate::surveys::publish::publish(&mut tx, &draft, now).await.unwrap();
    let found = store::find(&mut tx, SurveyId(id)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    found
}

#[tokio::test]
async fn the_next_wave_is_compared_question_by_question_and_a_change_of_ways_is_flagged() {
    let app = testing::app().await;
    let first = open(&app, Access::Open, &questions()).await;
    answer(&app, &first, (0, 0), ONLINE, 250, 500).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", first.survey.id);
    staff.get(&at).await.expect(200).holds(&format!("{at}/waves"));
    staff
        .get(&format!("{at}/waves"))
        .await
        .expect(200)
        .holds("There is no wave before this survey")
        .holds("Make the next wave");
    app.clock.advance(chrono::TimeDelta::days(365));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let second = next_wave(&app, &mut staff, &first).await;
    answer(&app, &second, (0, 0), ONLINE, 180, 300).await;
    answer(&app, &second, (0, 0), Channel::Post, 125, 200).await;
    let waves = format!("/staff/surveys/{}/waves", second.survey.id);
    let page = staff.get(&waves).await.expect(200).holds("November 2026").holds("November 2027");
    let page = page.holds("More people were very or fairly satisfied than last time: 50.0%, then 61.0%. That is more than chance explains.");
    let page = page.holds("+11.0 points: higher").holds("under 0.001").holds("How was it? – wave by wave");
    page.holds("People answered in other ways than last time.").holds("<td class=\"ds-table__number\">60%</td>");
    staff.get(&format!("{at}/waves")).await.expect(200).holds("The next wave is").lacks("Make the next wave");
    staff.post(&format!("{at}/waves"), &[("step", "next")]).await.expect(422).holds("Another survey is already");
    let itself = second.survey.id.to_string();
    staff.post(&waves, &[("before", &itself)]).await.expect(422).holds("Choose a survey that opened before");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&waves).await.expect(200).holds("Wave by wave").lacks("This survey is the next wave of");
    staff.post(&waves, &[("before", "")]).await.expect(303);
    staff.get(&waves).await.expect(200).holds("There is no wave before this survey");
}

#[tokio::test]
async fn a_wave_with_few_answers_shows_nothing_and_the_public_sees_waves_that_are_published() {
    let app = testing::app().await;
    let first = open(&app, Access::Open, &questions()).await;
    answer(&app, &first, (0, 0), ONLINE, 60, 100).await;
    app.clock.advance(chrono::TimeDelta::days(365));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let second = next_wave(&app, &mut staff, &first).await;
    answer(&app, &second, (0, 0), ONLINE, 3, 4).await;
    let waves = format!("/staff/surveys/{}/waves", second.survey.id);
    staff
        .get(&waves)
        .await
        .expect(200)
        .holds("Fewer than 5")
        .holds("Too few")
        .lacks("75.0%")
        .lacks("wave by wave</title>");
    answer(&app, &second, (0, 0), ONLINE, 60, 80).await;
    app.clock.advance(chrono::TimeDelta::days(2));
    publish_results(&app, &second).await;
    let public = format!("{}/results", second.survey.path());
    Browser::new(&app).get(&public).await.expect(200).lacks("Compared with earlier surveys");
    publish_results(&app, &first).await;
    let page = Browser::new(&app).get(&public).await.expect(200).holds("Compared with earlier surveys");
    page.holds("60%, then 75% were very or fairly satisfied.").lacks("chance").lacks("60.0%");
}

#[tokio::test]
async fn waves_are_told_as_people_answered_and_weighted_and_one_without_weights_is_marked() {
    let app = testing::app().await;
    let first = open(&app, Access::Open, &questions()).await;
    for (place, satisfied, base) in [((0, 0), 30, 60), ((0, 1), 45, 60), ((1, 0), 5, 20), ((1, 1), 15, 20)] {
        answer(&app, &first, place, ONLINE, satisfied, base).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.post(&format!("/staff/surveys/{}/weighting", first.survey.id), &NUMBERS).await.expect(303);
    app.clock.advance(chrono::TimeDelta::days(365));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let second = next_wave(&app, &mut staff, &first).await;
    for (place, satisfied, base) in [((0, 0), 54, 60), ((0, 1), 54, 60), ((1, 0), 18, 20), ((1, 1), 18, 20)] {
        answer(&app, &second, place, ONLINE, satisfied, base).await;
    }
    let waves = format!("/staff/surveys/{}/waves", second.survey.id);
    let page = staff.get(&waves).await.expect(200).holds("November 2027: answers have no weights");
    let page =
        page.holds("<td class=\"ds-table__number\">No weights</td>").holds(">65.6%</td>").holds("(design effect ");
    page.holds("+30.6 points: higher").lacks("Weighted, since the wave before");
    staff.post(&format!("/staff/surveys/{}/weighting", second.survey.id), &NUMBERS).await.expect(303);
    let page = staff.get(&waves).await.expect(200).lacks("No weights").lacks("have no weights");
    // Weighted it is 90 of a hundred too, after 65.6.
    page.holds("Weighted, since the wave before").holds("+30.6 points: higher").holds("+24.4 points: higher");
}
