//! What staff cannot take back, through the real router: each is asked once more before it happens.

use crate::app::App;
use crate::people::Role;
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::survey::{Access, Asked};
use crate::testing::{self, Browser};

/// A published survey, and the address of a copy of it that is a draft.
async fn with_copy(app: &App, staff: &mut Browser) -> (Asked, String) {
    let asked = open(app, Access::Open, &three_questions()).await;
    let copy = staff.post(&format!("/staff/surveys/{}/copy", asked.survey.id), &[]).await.expect(303);
    (asked, copy.location().to_owned())
}

#[tokio::test]
async fn a_draft_is_thrown_away_and_a_published_survey_is_not() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let (asked, copy) = with_copy(&app, &mut staff).await;
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&copy).await.expect(200).lacks("Throw it away");
    board.post(&format!("{copy}/discard"), &[]).await.expect(403);
    staff.get(&copy).await.expect(200).holds("Throw it away").holds("Throw the draft away");
    let gone = staff.post(&format!("{copy}/discard"), &[]).await.expect(303);
    assert_eq!(gone.location(), "/staff/surveys");
    staff.get("/staff/surveys").await.expect(200).holds("The draft is gone").lacks(&copy);
    staff.get(&copy).await.expect(404);
    staff.post(&format!("{copy}/discard"), &[]).await.expect(404);
    let here = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&here).await.expect(200).lacks("Throw it away");
    let refused = staff.post(&format!("{here}/discard"), &[]).await.expect(422);
    refused.holds("A survey that was published stays").holds("<title>Error: ");
    Browser::new(&app).get(&asked.survey.path()).await.expect(200);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/audit").await.expect(200).holds("threw a draft away");
}

#[tokio::test]
async fn removing_a_question_is_asked_once_more() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let (_, copy) = with_copy(&app, &mut staff).await;
    let page = staff.get(&copy).await.expect(200).holds("Remove question 3").holds("Yes, remove question 3");
    let asks = page.text.split("<details").filter(|part| part.contains("/questions/3/remove")).count();
    assert_eq!(asks, 1, "the button stands below the question that asks");
    staff.post(&format!("{copy}/questions/3/remove"), &[]).await.expect(303);
    staff.get(&copy).await.expect(200).holds("The question was removed").lacks("Remove question 3");
}
