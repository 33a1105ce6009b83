//! Entering answers for somebody, through the real router.

use chrono::TimeDelta;

use super::tests::{AT, count, open, three_questions};
use crate::people::Role;
use crate::questionnaires::store::rows;
use crate::surveys::store;
use crate::surveys::survey::Access;
use crate::testing::{self, Browser};

/// What the form sends: its key, the way, today, and the answers.
fn form<'a>(key: &'a str, by: &'a str, answers: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("key", key), ("by", by), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    form.extend(answers);
    form
}

#[tokio::test]
async fn an_officer_enters_what_somebody_says_on_the_telephone_and_goes_on_with_the_next() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    let show = format!("/staff/surveys/{}", asked.survey.id);
    let at = format!("{show}/enter");
    staff.get(&show).await.expect(200).holds(&format!("href=\"{at}\""));
    let page = staff.get(&at).await.expect(200).lacks("<details class=\"govuk-details").lacks("<script");
    let page = page
        .holds("until the results of the survey are published")
        .holds("says that you entered answers on this day, with the time of the first")
        .holds("name=\"on-day\" type=\"text\" inputmode=\"numeric\" value=\"16\"");
    let key = page.hidden("key");
    let empty = staff.post(&at, &[("key", &key)]).await.expect(422);
    empty.holds("Choose how the person answered").holds("The day: enter a day, month and year");
    let blank = staff.post(&at, &form(&key, "telephone", &[("q3", " ")])).await.expect(422);
    blank.holds("href=\"#q1\"").holds("No question is answered yet").holds("Telephone, 16 November 2026: change this");
    let wrong = staff.post(&at, &form(&key, "telephone", &[("q1", "9"), ("q3", "Mind the step")])).await.expect(422);
    wrong.holds("Question 1: choose one of the answers").holds("Mind the step</textarea>");
    let by_link = staff.post(&at, &form(&key, "open_link", &[("q1", "0")])).await.expect(422);
    by_link.holds("Choose how the person answered");
    assert_eq!(count(&app, &asked).await, 0);
    // What stands under a question that is not asked is not left out without a word.
    let passed = staff.post(&at, &form(&key, "telephone", &[("q1", "1"), ("q2", "0"), ("q3", "Mind the step")])).await;
    let passed = passed.expect(422).holds("href=\"#q2\"").holds("it is asked only if you answered “Yes” to question 1");
    passed.holds("Mind the step</textarea>").holds("Leave it blank, or change the answer before it");
    assert_eq!(count(&app, &asked).await, 0);
    // A required question that the person would not answer stays blank.
    let told = [("q1", "0"), ("q3", "Mind the step")];
    let next = staff.post(&at, &form(&key, "telephone", &told)).await.expect(303).location().to_owned();
    assert_eq!(next, format!("{at}?by=telephone&on=2026-11-16"));
    let page = staff.get(&next).await.expect(200).holds("The answers are kept. Their reference is ");
    let page = page.holds("Telephone, 16 November 2026: change this").lacks("Mind the step");
    let another = page.hidden("key");
    assert_ne!(another, key);
    // The same form again, and again with other answers.
    staff.post(&at, &form(&key, "telephone", &told)).await.expect(303);
    staff.post(&at, &form(&key, "telephone", &[("q1", "1")])).await.expect(422).holds("nobody is counted twice");
    staff.post(&at, &form(&another, "telephone", &[("q1", "1")])).await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let stored = rows::list_after(&mut tx, asked.version.id, (0, 9), 9).await.unwrap();
    assert_eq!(stored.iter().map(|one| one.channel.as_str()).collect::<Vec<_>>(), ["telephone", "telephone"]);
    // The log says once that the officer entered answers, and nothing by which to tell which.
    let sought = crate::audit::store::Sought { account: Some(officer.id), ..Default::default() };
    let entries = crate::audit::store::list(&mut tx, &sought, 9).await.unwrap();
    let said: Vec<_> =
        entries.iter().map(|one| (one.action.as_str(), one.object.as_str(), one.detail.as_str())).collect();
    assert_eq!(said, [("entered answers", format!("survey/{}", asked.survey.id).as_str(), "")]);
}

#[tokio::test]
async fn a_paper_form_counts_by_the_day_it_was_received_until_the_results_are_published() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    app.clock.advance(TimeDelta::days(4));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/enter", asked.survey.id);
    // It closed on the 17th, so that today is no day to begin with.
    let page = staff.get(&format!("{at}?by=post")).await.expect(200).holds("inputmode=\"numeric\" value=\"\"");
    let key = page.hidden("key");
    let on = |day: &'static str| {
        let mut form = form(&key, "post", &[("q1", "0")]);
        form[2].1 = day;
        form
    };
    staff.post(&at, &on("15")).await.expect(422).holds("first day of the survey is 16 November 2026");
    staff.post(&at, &on("18")).await.expect(422).holds("last day of the survey was 17 November 2026");
    staff.post(&at, &on("21")).await.expect(422).holds("The day must be today or earlier");
    staff.post(&at, &on("17")).await.expect(303);
    let mut tx = app.db.write().await.unwrap();
    store::publish_results(&mut tx, asked.survey.id, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    staff.get(&at).await.expect(200).holds("The results are published").lacks("Keep these answers");
    let late = app.random.token();
    let form = form(&late, "post", &[("q1", "0"), ("q3", "Too late but typed")]);
    let refused = staff.post(&at, &form).await.expect(422);
    refused.holds("no more answers can be added").holds("Too late but typed</textarea>");
    // What was kept is acknowledged all the same.
    staff.post(&at, &on("17")).await.expect(303);
    assert_eq!(count(&app, &asked).await, 1);
}

#[tokio::test]
async fn a_draft_takes_no_entries_and_a_survey_by_link_warns_of_counting_twice() {
    let app = testing::app().await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/enter", asked.survey.id);
    staff.get(&at).await.expect(200).holds("has not used their link");
    let copy = staff.post(&format!("/staff/surveys/{}/copy", asked.survey.id), &[]).await.expect(303);
    let copy = format!("{}/enter", copy.location());
    staff
        .get(&copy)
        .await
        .expect(200)
        .holds("The survey takes answers from 17 November 2026")
        .lacks("Keep these answers");
    let key = app.random.token();
    staff
        .post(&copy, &form(&key, "post", &[("q1", "0")]))
        .await
        .expect(422)
        .holds("The first day of the survey is 17 November");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&at).await.expect(403);
    Browser::new(&app).get(AT).await.expect(200).lacks(&at);
}
