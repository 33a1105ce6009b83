//! Batches of paper forms, through the real router.

use super::tests::{count, open, three_questions};
use crate::people::Role;
use crate::surveys::survey::Access;
use crate::testing::{self, Browser};

const BLANK_ONE: &str = "Blank</dt><dd class=\"govuk-summary-list__value\">1</dd>";

#[tokio::test]
async fn two_officers_enter_a_batch_settle_a_difference_and_close_it() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut one, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut other, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let at = format!("/staff/surveys/{}/batches", asked.survey.id);
    one.get(&format!("/staff/surveys/{}", asked.survey.id)).await.expect(200).holds(&format!("href=\"{at}\""));
    one.get(&at).await.expect(200).holds("No batches yet").holds("One form in 10");
    let empty = one.post(&at, &[("name", " "), ("received", "501")]).await.expect(422);
    empty
        .holds("Enter a name for the batch")
        .holds("from 5 to 500")
        .holds("value=\"501\"")
        .holds("The day: enter a day");
    let new = [("name", "Monday"), ("received", "6"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    let mut few = new;
    few[1].1 = "4";
    let few = one.post(&at, &few).await.expect(422).holds("For fewer than 5 forms, use “Enter answers”");
    few.holds(&format!("href=\"/staff/surveys/{}/enter\"", asked.survey.id));
    let batch = one.post(&at, &new).await.expect(303).location().to_owned();
    one.post(&at, &new).await.expect(422).holds("There is a batch of this name");
    let page = one.get(&batch).await.expect(200).holds("Enter the forms").holds("Not known yet");
    page.holds(&format!("href=\"{batch}/forms/1\""));
    auditor.get(&batch).await.expect(200).lacks("Change the number").lacks("/forms/1\"");
    auditor.get(&format!("{batch}/forms/1")).await.expect(403);
    one.post(&batch, &[("step", "recount"), ("received", "5")]).await.expect(303);
    let first = format!("{batch}/forms/1");
    one.get(&first).await.expect(200).holds("name=\"~keying\" value=\"1\"").holds("Nothing is written on it");
    one.post(&first, &[("q1", "0")]).await.expect(400);
    let empty = one.post(&first, &[("step", "enter"), ("keying", "1")]).await.expect(422);
    empty.holds("No question is answered yet").holds("or tick that nothing is written on the form");
    let ticked = one.post(&first, &[("keying", "1"), ("q3", "But it is"), ("blank", "yes")]).await.expect(422);
    ticked.holds("href=\"#blank\"").holds("but there are answers").holds("But it is</textarea>");
    let told = [("keying", "1"), ("q1", "0"), ("q3", "Mind the step")];
    let next = one.post(&first, &told).await.expect(303).location().to_owned();
    assert_eq!(next, format!("{batch}/forms/2"));
    one.get(&next).await.expect(200).holds("Form 1 is kept").holds("Enter form 2").lacks("Mind the step");
    one.get(&first).await.expect(303);
    one.get(&format!("{batch}/forms/6")).await.expect(404);
    let refused = other.post(&first, &[("keying", "1"), ("q1", "1"), ("q3", "Typed and kept")]).await.expect(422);
    refused.holds("Form 1 was entered before").holds("Typed and kept</textarea>");
    let few = one.post(&batch, &[("step", "recount"), ("received", "4")]).await.expect(422);
    few.holds("For fewer than 5 forms, use “Enter answers”");
    one.post(&batch, &[("step", "recount"), ("received", "500")]).await.expect(303);
    one.post(&batch, &[("step", "recount"), ("received", "5")]).await.expect(303);
    let blank = one.post(&next, &[("keying", "1"), ("blank", "yes")]).await.expect(303).location().to_owned();
    assert_eq!(blank, format!("{batch}/forms/3"));
    for number in 3..=5 {
        one.post(&format!("{batch}/forms/{number}"), &[("keying", "1"), ("q1", "0")]).await.expect(303);
    }
    let page = one.get(&batch).await.expect(200).holds("so a colleague must do that").lacks("/forms/");
    let page = page.holds(BLANK_ONE);
    page.lacks("Close the batch</button>");
    one.post(&batch, &[("step", "close")]).await.expect(422).holds("The batch changed meanwhile");
    let page = other.get(&batch).await.expect(200).holds("Drawn by chance");
    let number = (1..=5).find(|number| page.text.contains(&format!("/forms/{number}\""))).unwrap();
    let (said_first, chosen) = if number == 2 { ("Left blank", "1") } else { ("Yes", "2") };
    let again = format!("{batch}/forms/{number}");
    let said = one.get(&again).await.expect(303).location().to_owned();
    assert_eq!(said, batch);
    let page = other.get(&again).await.expect(200).holds("Enter form").holds("again").lacks("Mind the step");
    page.holds("name=\"~keying\" value=\"2\"");
    // A page opened for the first keying, of what may be another paper, gives no second one, however often it is sent.
    for _ in 0..2 {
        let late = other.post(&again, &[("keying", "1"), ("q1", "1")]).await.expect(422);
        late.holds("was entered before. Look at the number on the paper").holds("name=\"~keying\" value=\"1\"");
    }
    other.post(&again, &[("keying", "2"), ("q1", "1")]).await.expect(303);
    let compared = one.get(&again).await.expect(200).holds("Where the two differ").holds("1. Had a repair?");
    compared
        .holds(&format!("<td><p class=\"govuk-body\">{said_first}</p></td><td><p class=\"govuk-body\">No</p></td>"));
    one.post(&again, &[("step", "settle")]).await.expect(422).holds("Choose what the paper says");
    assert_eq!(count(&app, &asked).await, 0);
    one.post(&again, &[("step", "settle"), ("keying", chosen)]).await.expect(303);
    one.get(&batch).await.expect(200).holds("Close the batch</button>").holds("answers entered twice differed");
    one.post(&batch, &[("step", "close")]).await.expect(303);
    one.post(&batch, &[("step", "close")]).await.expect(422);
    one.get(&batch).await.expect(200).holds("4 forms count as answers by post").holds("answers entered twice differed");
    one.get(&at).await.expect(200).holds("Closed");
    one.get(&batch).await.expect(200).holds(BLANK_ONE);
    assert_eq!(count(&app, &asked).await, 4);
    auditor
        .get("/staff/audit")
        .await
        .expect(200)
        .holds("closed a batch")
        .holds("Monday: 4 answers")
        .lacks("Monday: form");
}

#[tokio::test]
async fn a_batch_belongs_to_its_survey() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = format!("/staff/surveys/{}", asked.survey.id);
    let new = [("name", "Monday"), ("received", "5"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    let batch = staff.post(&format!("{here}/batches"), &new).await.expect(303).location().to_owned();
    let copy = staff.post(&format!("{here}/copy"), &[]).await.expect(303).location().to_owned();
    staff.get(&batch.replace(&here, &copy)).await.expect(404);
    staff
        .get(&format!("{copy}/batches"))
        .await
        .expect(200)
        .holds("The survey takes answers from")
        .lacks("Make the batch");
    staff.post(&format!("{copy}/batches"), &new).await.expect(422).holds("The first day of the survey is");
}
