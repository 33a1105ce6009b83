//! Questionnaires out and in through the real router.

use super::tests::{of, open, three_questions};
use crate::people::Role;
use crate::questionnaires::document;
use crate::questionnaires::question::Question;
use crate::surveys::store;
use crate::surveys::survey::Access;
use crate::testing::{self, Browser};

const LSS: &[u8] = include_bytes!("../../../tests/fixtures/limesurvey.lss");
const PATH: &str = "/staff/surveys/import";

/// Sends the form of the preview back with these changes, as the browser would.
async fn make(
    browser: &mut Browser,
    page: &testing::browser::Answer,
    changes: &[(&str, &str)],
) -> testing::browser::Answer {
    let form = testing::forms::forms(&page.text, PATH).into_iter().find(|form| form.action == PATH).unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for found in form.boxes.iter().filter(|found| !["radio", "checkbox", "submit"].contains(&found.kind.as_str())) {
        fields.push((found.name.clone(), found.value.clone()));
    }
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.push(("~step".to_owned(), "make".to_owned()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(changes.iter().copied()).collect();
    browser.post(PATH, &fields).await
}

const TEXTS: [(&str, &str); 4] =
    [("kind", "pulse"), ("access", "open"), ("introduction", "About repairs."), ("next_steps", "We read it.")];

#[tokio::test]
async fn a_questionnaire_leaves_as_one_file_and_becomes_a_draft_again() {
    let app = testing::app().await;
    let mut questions = three_questions();
    questions.add(Question::new("How many?", of("number"))).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get("/staff/surveys").await.expect(200).holds("href=\"/staff/surveys/import\"");
    let file = staff.get(&format!("/staff/surveys/{}/questionnaire.json", asked.survey.id)).await.expect(200);
    let file = file.holds("\"format\": \"doorstep-questionnaire\"").holds("\"options\": [");
    let page = staff.post_files(PATH, &[], &[("file", "repairs.json", file.text.as_bytes())]).await.expect(200);
    let page = page
        .holds("4 questions were read")
        .holds("Only if")
        .holds("value=\"Repairs and you\"")
        .lacks("could not be taken over");
    assert_eq!(store::list(&mut app.db.read().await.unwrap()).await.unwrap().len(), 1, "nothing is made yet");
    let refused = make(&mut staff, &page, &[("title", ""), TEXTS[1], TEXTS[2], TEXTS[3]]).await.expect(422);
    refused.holds("Enter a title").holds("Choose what kind of survey it is").holds("4 questions were read");
    let made = make(&mut staff, &page, &TEXTS).await.expect(303).location().to_owned();
    staff.get(&made).await.expect(200).holds("1. Had a repair?").holds("Draft");
    staff.get(&format!("{made}/files")).await.expect(200).holds("came from the file “repairs.json”");
    let id = made.rsplit('/').next().unwrap().parse().unwrap();
    let copy = store::find(&mut app.db.read().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!(copy.version.questionnaire, questions);
    staff.post(&format!("{made}/discard"), &[]).await.expect(303);
}

#[tokio::test]
async fn a_file_with_faults_is_refused_with_the_place_of_each() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.post_files(PATH, &[], &[]).await.expect(422).holds("Choose the file of the questions");
    let wrong = r#"{"format":"doorstep-questionnaire","version":1,"questions":[{"text":"Why?","kind":"one_choice","options":["<b>"]},{"kind":"date"}]}"#;
    let page = staff.post_files(PATH, &[], &[("file", "x.json", wrong.as_bytes())]).await.expect(422);
    page.holds("questions[0].options: Enter at least two answers")
        .holds("questions[1].text: is missing")
        .lacks("<b>\"");
    let broken = staff.post_files(PATH, &[], &[("file", "x.json", b"{\"a\": ")]).await.expect(422);
    broken.holds("line 1, column 6: this is no JSON");
    for (bytes, words) in [
        (b"a,b\n1,2\n".as_slice(), "it is not XML"),
        (b"<!DOCTYPE a [<!ENTITY b \"c\">]><document>&b;</document>", "entities of its own"),
        (b"<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "holds no survey"),
    ] {
        staff.post_files(PATH, &[], &[("file", "x.lss", bytes)]).await.expect(422).holds(words);
    }
    staff.post(PATH, &[("step", "make"), ("document", "{}"), ("left", "[]")]).await.expect(400);
}

#[tokio::test]
async fn a_survey_of_limesurvey_becomes_a_draft_and_what_was_left_out_stays_to_be_read() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let hostile = String::from_utf8(LSS.to_vec()).unwrap().replace("Send us a photo", "Send &lt;script>alert(1)");
    let page = staff.post_files(PATH, &[], &[("file", "<b>.lss", hostile.as_bytes())]).await.expect(200);
    let page =
        page.holds("23 questions were read").holds("What could not be taken over as it was").holds("Question PHOTO");
    // V07: what stands in the file is shown as words.
    let page = page.holds("Send &lt;script&gt;alert(1)").lacks("<script").lacks("<b>.lss");
    let made = make(&mut staff, &page, &TEXTS).await.expect(303).location().to_owned();
    let shown = staff.get(&made).await.expect(200);
    shown.holds("1. Have you had a repair?").holds("23. See this").holds("Asked only if");
    staff
        .get(&format!("{made}/files"))
        .await
        .expect(200)
        .holds("Question PHOTO")
        .holds("Files cannot be sent")
        .lacks("<script");
    staff.post(&format!("{made}/publish"), &[]).await.expect(303);
    staff.get(&made).await.expect(200).holds("Open");
    let id = made.rsplit('/').next().unwrap().parse().unwrap();
    let asked = store::find(&mut app.db.read().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!(document::write(&asked.version.questionnaire, &[]).len(), 23);
}
