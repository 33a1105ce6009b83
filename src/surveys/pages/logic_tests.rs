//! Who is asked what, built without script through the real router, and what residents then see.

use futures::TryStreamExt as _;

use super::tests::{AT, count, of, open};
use crate::app::App;
use crate::people::Role;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::store::rows;
use crate::statistics::disclosure::Policy;
use crate::surveys::files::ways::Ways;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::{answers_file, results, store};
use crate::testing::{self, Browser};

/// Four questions for everybody: yes or no, any of two, a line of words, a scale.
fn four() -> Questionnaire {
    let mut questions = Questionnaire::default();
    for (text, tag) in [
        ("Had a repair?", "one_choice"),
        ("What was it?", "several_choices"),
        ("Which trade?", "short_text"),
        ("How was it?", "scale"),
    ] {
        questions.add(Question::new(text, of(tag))).unwrap();
    }
    questions
}

async fn again(app: &App, asked: &Asked) -> Questionnaire {
    let mut tx = app.db.read().await.unwrap();
    store::find(&mut tx, asked.survey.id).await.unwrap().unwrap().version.questionnaire
}

#[tokio::test]
async fn a_condition_of_two_lists_is_built_line_by_line_and_nothing_chosen_is_lost() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &four()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&here).await.expect(200).holds(&format!("{here}/questions/4/asked")).lacks("questions/1/asked");
    let at = format!("{here}/questions/4/asked");
    staff.get(&at).await.expect(200).holds("Now everybody is asked it.").lacks("A second list");
    let nothing = staff.post(&at, &[("step", "add-1"), ("l1-add", "")]).await.expect(422);
    nothing.holds("Choose the question that the new line is about");
    let one = staff.post(&at, &[("step", "add-1"), ("l1-add", "1")]).await.expect(200);
    one.holds("1. Had a repair?").holds("name=\"l1-1-answers\"").holds("A second list");
    let first = [("l1", "all"), ("l1-1", "1"), ("l1-1-how", "one-of"), ("l1-1-answers", "8")];
    let two = staff.post(&at, &[&first[..], &[("step", "add-2"), ("l2-add", "2")]].concat()).await.expect(200);
    assert_eq!(two.text.matches(" checked").count(), 2, "the answer that was ticked, and “both lists”");
    let second = [("l2-1", "2"), ("l2-1-how", "none-of"), ("lists", "any"), ("step", "save")];
    let refused = staff.post(&at, &[&first[..], &second].concat()).await.expect(422);
    refused.holds("Tick at least one answer of question 2").holds("value=\"none-of\" selected");
    let open_one = [("l2-2", "3"), ("l2-2-how", "answered"), ("l2", "all"), ("l2-1-answers", "9")];
    staff.post(&at, &[&first[..], &second, &open_one].concat()).await.expect(303);
    let either = Condition::Any {
        any: vec![
            Condition::chose(1, &[0]),
            Condition::All { all: vec![Condition::chose(2, &[1]).negated(), Condition::Answered { answered: 3 }] },
        ],
    };
    assert_eq!(again(&app, &asked).await.find(4).unwrap().show_if, Some(either));
    let words = "Asked only if you answered “Yes” to question 1, or you did not answer “Second answer” to question 2 and you answered question 3.";
    staff.get(&here).await.expect(200).holds(words).holds("Who is asked question 4 was saved");
    let back = staff.get(&at).await.expect(200);
    back.holds("value=\"none-of\" selected").holds("value=\"answered\" selected").holds("value=\"any\" checked");
    // Changing its words leaves who is asked as it is.
    let reworded = [("text", "How did it go?"), ("kind", "scale"), ("s-wording", "satisfaction")];
    staff.post(&format!("{here}/questions/4"), &reworded).await.expect(303);
    staff.get(&here).await.expect(200).holds(words).holds("4. How did it go?");
    let gone = [("l1-1", "1"), ("l1-1-how", "gone"), ("step", "save")];
    staff.post(&at, &gone).await.expect(303);
    assert_eq!(again(&app, &asked).await.find(4).unwrap().show_if, None);
}

#[tokio::test]
async fn a_condition_with_not_and_or_decides_what_residents_are_asked() {
    let app = testing::app().await;
    let mut questions = four();
    let condition = Condition::Any { any: vec![Condition::chose(1, &[0]).negated(), Condition::chose(2, &[1])] };
    questions.ask_only(4, Some(condition)).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{AT}/all")).await.expect(200);
    page.holds(
        "Answer this only if you did not answer “Yes” to question 1, or you answered “Second answer” to question 2.",
    );
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    browser.post(&format!("{AT}/q/2"), &[("q2", "0")]).await.expect(303);
    let check = browser.post(&format!("{AT}/q/3"), &[("q3", "Plumber")]).await.expect(303);
    assert_eq!(check.location(), format!("{AT}/check"));
    let changed = browser.post(&format!("{AT}/q/2?from=check"), &[("q2", "1")]).await.expect(303);
    assert_eq!(changed.location(), format!("{AT}/q/4"));
    assert_eq!(count(&app, &asked).await, 0);
}

#[tokio::test]
async fn who_is_asked_no_longer_changes_once_somebody_has_answered() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &four()).await;
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/questions/2/asked", asked.survey.id);
    let line = [("l1-1", "1"), ("l1-1-how", "one-of"), ("l1-1-answers", "8"), ("step", "save")];
    staff.post(&at, &line).await.expect(422).holds("the questions are locked").holds("value=\"8\" checked");
    staff.post(&at.replace("/questions/2/", "/questions/9/"), &line).await.expect(404);
}

#[tokio::test]
async fn a_skip_is_built_followed_said_and_taken_out() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &four()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = format!("/staff/surveys/{}", asked.survey.id);
    let at = format!("{here}/questions/1/skips/1");
    staff.get(&here).await.expect(200).holds(&at).lacks("questions/4/skips");
    staff.get(&at).await.expect(200).holds("1. Had a repair?").holds("name=\"l1-1-answers\"").lacks("Take this skip");
    staff.get(&format!("{here}/questions/1/skips/3")).await.expect(404);
    let line = [("l1-1", "1"), ("l1-1-how", "one-of"), ("l1-1-answers", "9"), ("step", "save")];
    staff.post(&at, &line).await.expect(422).holds("Choose where to go on").holds("value=\"9\" checked");
    staff.post(&at, &[&line[..], &[("to", "1")]].concat()).await.expect(422).holds("Choose where to go on");
    staff.post(&at, &[("to", "end"), ("step", "save")]).await.expect(422).holds("Choose the question it depends on");
    staff.post(&at, &[&line[..], &[("to", "3")]].concat()).await.expect(303);
    let words = "If you answered “No” to question 1, go on to question 3.";
    staff.get(&here).await.expect(200).holds(words).holds("The skip was saved");
    staff.get(&at).await.expect(200).holds("value=\"3\" selected").holds("Take this skip out");
    let mut browser = Browser::new(&app);
    browser.get(AT).await.expect(200).holds("Up to 4");
    browser.get(&format!("{AT}/all")).await.expect(200).holds(words);
    browser.post(AT, &[]).await.expect(303);
    let next = browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
    assert_eq!(next.location(), format!("{AT}/q/3"));
    browser.get(&format!("{AT}/q/2")).await.expect(303);
    browser.get(&format!("{AT}/q/3")).await.expect(200).holds("Question 2 of 3").holds(&format!("href=\"{AT}/q/1\""));
}

#[tokio::test]
async fn a_skip_is_taken_out_again() {
    let app = testing::app().await;
    let mut questions = four();
    questions.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[1]), to: None })).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&here).await.expect(200).holds("go on to the end.");
    staff.post(&format!("{here}/questions/1/skips/1"), &[("step", "remove")]).await.expect(303);
    assert_eq!(again(&app, &asked).await, four());
}

#[tokio::test]
async fn an_earlier_answer_stands_in_a_later_question_and_is_never_markup() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &four()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = format!("/staff/surveys/{}", asked.survey.id);
    let form = |text: &'static str| [("text", text), ("kind", "scale"), ("s-wording", "satisfaction")];
    staff.get(&format!("{here}/questions/4")).await.expect(200).holds("write {answer 1} with the number");
    let later = staff.post(&format!("{here}/questions/4"), &form("How was {answer 5}?")).await.expect(422);
    later.holds("does not name a question that comes before this one").holds("How was {answer 5}?");
    staff.post(&format!("{here}/questions/4"), &form("How was the {answer 3}?")).await.expect(303);
    staff.get(&format!("{here}/questions/4")).await.expect(200).holds("value=\"How was the {answer 3}?\"");
    let plain = "How was the (your answer to question 3)?";
    staff.get(&here).await.expect(200).holds(&format!("4. {plain}")).lacks("{answer");
    staff.post(&format!("{here}/questions/3/remove"), &[]).await.expect(422).holds("Another question depends on this");
    staff.post(&format!("{here}/questions/3/move"), &[("direction", "down")]).await.expect(422);
    let mut browser = Browser::new(&app);
    browser.get(&format!("{AT}/all")).await.expect(200).holds(plain).lacks("{answer");
    browser.post(AT, &[]).await.expect(303);
    for (number, name, answer) in [(1, "q1", "0"), (2, "q2", "0"), (3, "q3", "<b>roof</b>")] {
        browser.post(&format!("{AT}/q/{number}"), &[(name, answer)]).await.expect(303);
    }
    let page = browser.get(&format!("{AT}/q/4")).await.expect(200);
    let page = page.holds("How was the &lt;b&gt;roof&lt;/b&gt;?").lacks("<b>roof").holds(&format!("<title>{plain}"));
    assert!(!page.text.split("</title>").next().unwrap().contains("roof"), "no answer goes into the browser's history");
    browser.post(&format!("{AT}/q/4"), &[("q4", "0")]).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds("How was the &lt;b&gt;roof");
    browser.post(&format!("{AT}/q/3"), &[]).await.expect(303);
    browser.get(&format!("{AT}/q/4")).await.expect(200).holds("How was the your answer?");
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
    staff.get(&format!("{here}/results")).await.expect(200).holds(plain).lacks("{answer");
    staff.get(&format!("{here}/figures.csv")).await.expect(200).holds(plain).lacks("{answer");
    let mut tx = app.db.read().await.unwrap();
    let asked = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
    let tally = rows::find_tally(&mut tx, asked.version.id).await.unwrap();
    let gathered = results::gather(&mut tx, &asked).await.unwrap();
    let ways = Ways::of(&gathered.came_by(&Policy::staff()));
    drop(tx);
    let file: Vec<Vec<u8>> = answers_file::parts(app.db.clone(), asked, ways, tally).try_collect().await.unwrap();
    assert!(String::from_utf8(file.concat()).unwrap().contains(plain));
}

/// A copy of a published survey, which is a draft, with these questions.
async fn draft(app: &App, staff: &mut Browser, change: impl FnOnce(&mut Questionnaire)) -> String {
    let mut questions = four();
    change(&mut questions);
    let asked = open(app, Access::Open, &questions).await;
    let copy = staff.post(&format!("/staff/surveys/{}/copy", asked.survey.id), &[]).await.expect(303);
    copy.location().to_owned()
}

#[tokio::test]
async fn a_survey_with_a_question_nobody_can_be_asked_is_not_published() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = draft(&app, &mut staff, |questions| {
        questions.ask_only(3, Some(Condition::chose(1, &[0, 1]))).unwrap();
    })
    .await;
    let line = |number: &str, code: &str| {
        let field = format!("l1-{number}");
        [
            (field.clone(), "1".to_owned()),
            (format!("{field}-how"), "one-of".into()),
            (format!("{field}-answers"), code.into()),
        ]
    };
    let lines = [line("1", "8"), line("2", "9")].concat();
    let mut pairs: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    pairs.push(("l1", "all"));
    staff.post(&format!("{here}/questions/4/asked"), &pairs).await.expect(303);
    let said = "Nobody can be asked question 4: no answers lead to it.";
    staff.get(&here).await.expect(200).holds("Check of the questions").holds("Must be changed").holds(said);
    let refused = staff.post(&format!("{here}/publish"), &[]).await.expect(422);
    refused.holds("<title>Error: ").holds(&format!("<a href=\"#question-4\">{said}"));
    staff.post(&format!("{here}/questions/4/asked"), &[]).await.expect(303);
    staff.post(&format!("{here}/publish"), &[]).await.expect(303);
}

#[tokio::test]
async fn what_is_only_doubtful_is_shown_and_may_be_published() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = draft(&app, &mut staff, |questions| {
        questions.ask_only(3, Some(Condition::chose(1, &[0]).negated())).unwrap();
        questions.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[1]), to: Some(2) })).unwrap();
    })
    .await;
    let page = staff.get(&here).await.expect(200).holds("Have a look").holds("leads to the next question");
    let page =
        page.holds("Every way through the questions").holds("Questions 1 to 4, for example after question 1 “No”.");
    page.holds("Questions 1, 2, 4, for example after question 1 “Yes”.");
    staff.post(&format!("{here}/publish"), &[]).await.expect(303);
}

#[tokio::test]
async fn staff_try_every_page_of_a_draft_and_nothing_is_kept() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Board).await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let here = draft(&app, &mut officer, |questions| {
        questions.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[1]), to: Some(4) })).unwrap();
        let required = questions.find(4).unwrap().clone().required();
        questions.replace(4, Question { text: "After “{answer:1}”: how was it?".into(), ..required }).unwrap();
    })
    .await;
    let at = format!("{here}/try");
    staff.get(&here).await.expect(200).holds(&at);
    let first = staff.get(&at).await.expect(200).holds("Nothing you enter here is kept.").holds("Question 1 of 4");
    assert_eq!(first.hidden("at"), "1");
    let next = staff.post(&at, &[("at", "1"), ("q1", "1"), ("step", "next")]).await.expect(200);
    let next = next.holds("Question 2 of 2").holds("After “No”: how was it?").holds("Nothing you enter here is kept.");
    assert_eq!((next.hidden("at"), next.hidden("q1"), next.hidden("seen")), ("4".into(), "1".into(), "1".into()));
    let so_far = [("at", "4"), ("q1", "1"), ("seen", "1")];
    let refused = staff.post(&at, &so_far).await.expect(422).holds("Choose one answer");
    assert_eq!(refused.hidden("q1"), "1");
    let back = staff.post(&at, &[&so_far[..], &[("step", "back")]].concat()).await.expect(200);
    back.holds("Question 1 of 2").holds("value=\"1\" checked");
    let end = staff.post(&at, &[&so_far[..], &[("q4", "0")]].concat()).await.expect(200);
    let end = end.holds("The end").holds("Very satisfied").lacks("Which trade?");
    assert_eq!(end.text.matches("name=\"~seen\"").count(), 2);
    staff.post(&at, &[("at", "77")]).await.expect(303);
    officer.get(&here).await.expect(200).holds("You can change the questions until the first person answers.");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get(&here).await.expect(200).lacks("Try it out");
}

/// The values of a question's choices in the order they stand.
fn values(page: &crate::testing::browser::Answer) -> Vec<String> {
    let inputs = page.text.split("name=\"q1\"").skip(1);
    inputs.map(|rest| rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn mixed_options_keep_their_order_for_one_person_and_their_codes_for_all() {
    let app = testing::app().await;
    let mut questions = Questionnaire::default();
    let options = ["A", "B", "C", "D", "E", "F", "G", "H"].map(str::to_owned).to_vec();
    let kind = Kind::OneChoice(one_choice::Settings { options, dont_know: true, ..one_choice::Settings::default() });
    questions.add(Question { mixed: true, ..Question::new("Which?", kind).required() }).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    let mut orders = std::collections::BTreeSet::new();
    for _ in 0..4 {
        let mut browser = Browser::new(&app);
        browser.post(AT, &[]).await.expect(303);
        let order = values(&browser.get(&format!("{AT}/q/1")).await.expect(200));
        assert_eq!(order.last().unwrap(), "dk");
        assert_eq!(values(&browser.post(&format!("{AT}/q/1"), &[]).await.expect(422)), order);
        browser.post(&format!("{AT}/q/1"), &[("q1", "2")]).await.expect(303);
        let back = browser.get(&format!("{AT}/q/1?from=check")).await.expect(200);
        assert_eq!(values(&back), order);
        assert_eq!(values(&browser.get(&format!("{AT}/all")).await.expect(200)), order);
        browser.get(&format!("{AT}/check")).await.expect(200).holds("C");
        orders.insert(order);
    }
    assert!(orders.len() > 1, "everybody saw {orders:?}");
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{AT}/all")).await.expect(200);
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    let form = [("key", key.as_str()), ("seal", seal.as_str()), ("q1", "9")];
    let refused = browser.post(&format!("{AT}/all"), &form).await.expect(422);
    assert_eq!(values(&refused), values(&page));
    browser.post(&format!("{AT}/all"), &[form[0], form[1], ("q1", "2")]).await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let stored = rows::list_after(&mut tx, asked.version.id, (0, 9), 9).await.unwrap();
    let coded = code_book::encode(&questions, &{
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(2));
        answers
    });
    assert_eq!(stored[0].codes, coded.codes);
}
