//! A sealed question through the real router: marked by staff, answered page by page, sent once.

use super::tests::{AT, open};
use crate::db::Db;
use crate::on;
use crate::people::Role;
use crate::questionnaires::count::Counting;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::testing::{self, Browser};

const WHY: &str = "to see whether everybody is served as well";

#[tokio::test]
async fn a_question_is_marked_in_the_builder_and_people_read_why_and_that_they_may_leave_it_out() {
    let app = testing::app().await;
    let mut plain = Questionnaire::default();
    plain.add(Question::new("Repaired?", Kind::usual("one_choice").unwrap())).unwrap();
    let asked = open(&app, Access::Open, &plain).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/questions/new", asked.survey.id);
    staff.get(&format!("{at}?kind=one_choice")).await.expect(200).holds("Health or disability").holds("Why you ask it");
    staff.get(&format!("{at}?kind=long_text")).await.expect(200).lacks("Health or disability");
    let base =
        [("kind", "one_choice"), ("text", "Any health condition?"), ("s-options", "Yes\nNo"), ("sealed", "health")];
    let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
    let refused = staff.post(&at, &with(&[("why", ""), ("s-prefer-not", "yes")])).await.expect(422);
    refused.holds("href=\"#why\"").holds("Say why you ask");
    let refused =
        staff.post(&at, &with(&[("why", WHY), ("s-prefer-not", "yes"), ("required", "yes")])).await.expect(422);
    refused.holds("may always be left out").holds(WHY);
    staff.post(&at, &with(&[("why", WHY)])).await.expect(422).holds("Offer “Prefer not to say”");
    let other = with(&[("why", WHY), ("s-prefer-not", "yes"), ("s-other", "yes")]);
    staff.post(&at, &other).await.expect(422).holds("without a box for words");
    staff
        .post(&at, &with(&[("why", WHY), ("s-prefer-not", "yes"), ("divides", "yes")]))
        .await
        .expect(422)
        .holds("neither divides");
    staff.post(&at, &with(&[("why", WHY), ("s-prefer-not", "yes")])).await.expect(303);
    let page = staff.get(&format!("/staff/surveys/{}/questions/2", asked.survey.id)).await.expect(200);
    page.holds("value=\"health\" selected").holds(&format!("Why we ask: {WHY}.")).holds("You can leave this out.");
    staff.get(&format!("/staff/surveys/{}", asked.survey.id)).await.expect(200).holds("sealed");
    // Nothing may hang on it.
    let late = [("kind", "scale"), ("text", "You said {answer 2}. How is it?"), ("s-wording", "satisfaction")];
    staff.post(&at, &late).await.expect(422).holds("because of an answer to a sealed question");

    let mut browser = Browser::new(&app);
    browser
        .get(&format!("{AT}/paper"))
        .await
        .expect(200)
        .holds(&format!("Why we ask: {WHY}."))
        .holds("You can leave this out.");
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    browser
        .get(&format!("{AT}/q/2"))
        .await
        .expect(200)
        .holds("Why we ask: ")
        .holds("Prefer not to say")
        .holds("(optional)");
    browser.post(&format!("{AT}/q/2"), &[("q2", "0")]).await.expect(303);
    let kept: Vec<String> = texts(&app.db, "SELECT CAST(answers AS TEXT) FROM survey_drafts").await;
    assert_eq!(kept, ["{\"1\":{\"o\":0}}"], "an unfinished survey is sealed too");
    browser.get(&format!("{AT}/q/2")).await.expect(200).holds(" checked");
    let check = browser.get(&format!("{AT}/check")).await.expect(200).holds("<p class=\"govuk-body\">Yes</p>");
    let form = [("key", check.hidden("key")), ("seen", check.hidden("seen"))];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = browser.post(&format!("{AT}/check"), &form).await.expect(303);
    let again = browser.post(&format!("{AT}/check"), &form).await.expect(303);
    assert_eq!(sent.location(), again.location(), "the same form again is the same response");
    let asked = store::find(&mut app.db.read().await.unwrap(), asked.survey.id).await.unwrap().unwrap();
    let counts = count_of(&app.db, &asked, 2).await;
    assert_eq!(counts.0, [1, 0, 0]);
}

async fn texts(db: &Db, sql: &'static str) -> Vec<String> {
    let mut tx = db.read().await.unwrap();
    on!(tx, c => sqlx::query_scalar(sql).fetch_all(c).await.unwrap())
}

async fn count_of(db: &Db, asked: &Asked, key: u16) -> (Vec<u32>, u32, u32) {
    let mut tx = db.read().await.unwrap();
    let question = asked.version.questionnaire.find(key).unwrap();
    let counted = Counting::of(&asked.version).of_facet(question, &Facet::whole()).run(&mut tx).await.unwrap();
    counted.counts(question, &Facet::whole(), &[]).unwrap().bare()
}
