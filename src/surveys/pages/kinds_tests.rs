//! The kinds of question that have more than one answer to give, from the builder to the results.

use super::tests::{AT, open, publish_results};
use crate::app::App;
use crate::people::Role;
use crate::questionnaires::kinds::{Kind, grid, one_choice, ranking, several_choices};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::survey::{Access, Asked};
use crate::testing::{self, Browser};

/// An open survey of one question.
async fn asking(app: &App, question: Question) -> Asked {
    let mut questions = Questionnaire::default();
    questions.add(question).unwrap();
    open(app, Access::Open, &questions).await
}

/// One person answers on the page of all questions.
async fn answer(app: &App, answers: &[(&str, &str)]) {
    let mut browser = Browser::new(app);
    let page = browser.get(&format!("{AT}/all")).await.expect(200);
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    let form = [&[("key", key.as_str()), ("seal", seal.as_str())][..], answers].concat();
    browser.post(&format!("{AT}/all"), &form).await.expect(303);
}

#[tokio::test]
async fn what_somebody_says_instead_of_an_option_is_kept_counted_and_read_by_staff() {
    let app = testing::app().await;
    let settings = one_choice::Settings { other: true, ..one_choice::Settings::default() };
    let asked = asking(&app, Question::new("Did we ring first?", Kind::OneChoice(settings))).await;
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    let refused = browser.post(&format!("{AT}/q/1"), &[("q1", "other"), ("q1-other", " ")]).await.expect(422);
    refused.holds("href=\"#q1-other\"").holds("id=\"q1-other-error\"").holds("Write what it is");
    let both = [("q1", "0"), ("q1-other", "You wrote a letter")];
    browser.post(&format!("{AT}/q/1"), &both).await.expect(422).holds("value=\"You wrote a letter\"");
    browser.post(&format!("{AT}/q/1"), &[("q1-other", "You wrote a letter")]).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds("Other: You wrote a letter");
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds("value=\"You wrote a letter\"").holds(" checked");

    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    for person in 0..14 {
        let few = [("q1", if person < 8 { "0" } else { "1" })];
        answer(&app, &few).await;
    }
    for _ in 0..4 {
        answer(&app, &[("q1", "other"), ("q1-other", "You sent a text")]).await;
    }
    let page = staff.get(&format!("{at}/results")).await.expect(200);
    page.holds(">Other").lacks("You sent a text").holds("Too few people answered to show their words");
    answer(&app, &[("q1-other", "You sent a text")]).await;
    staff.get(&format!("{at}/results")).await.expect(200).holds("You sent a text").holds("5 answers in words");
    staff.get(&format!("{at}/figures.csv")).await.expect(200).holds("Did we ring first?,Other,5,");
    let file = staff.post(&format!("{at}/answers"), &[]).await.expect(200);
    file.holds("Did we ring first?,\"Did we ring first? – other, in words\"").holds(",Other,You sent a text");
    app.clock.advance(chrono::TimeDelta::days(2));
    publish_results(&app, &asked).await;
    browser.get(&format!("{AT}/results")).await.expect(200).holds("Did we ring first?").lacks("You sent a text");
}

#[tokio::test]
async fn somebody_who_may_choose_two_is_told_so_before_and_after() {
    let app = testing::app().await;
    let options = ["Gutters", "Doors", "Lifts"].map(str::to_owned).to_vec();
    let settings =
        several_choices::Settings { options, most: Some(2), none: false, ..several_choices::Settings::default() };
    asking(&app, Question::new("What should come first?", Kind::SeveralChoices(settings))).await;
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds("Choose up to 2.").lacks("None of these");
    let three = [("q1", "0"), ("q1", "1"), ("q1", "2")];
    let refused = browser.post(&format!("{AT}/q/1"), &three).await.expect(422);
    refused.holds("Choose at most 2 answers. You chose 3").holds(" checked");
    browser.post(&format!("{AT}/q/1"), &three[..2]).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds("Gutters; Doors");
}

/// Two items on a scale of satisfaction.
fn two_items() -> Kind {
    let items = ["Repairs", "Cleaning"].map(str::to_owned).to_vec();
    Kind::Grid(grid::Settings { items, ..grid::Settings::default() })
}

#[tokio::test]
async fn every_item_of_a_required_grid_is_asked_for_by_name_and_counted_by_itself() {
    let app = testing::app().await;
    let asked = asking(&app, Question::new("How satisfied are you?", two_items()).required()).await;
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    let refused = browser.post(&format!("{AT}/q/1"), &[("q1-0", "0")]).await.expect(422);
    refused.holds("href=\"#q1-1\"").holds("Choose one answer for “Cleaning”").holds(" checked").lacks("href=\"#q1-0\"");
    browser.post(&format!("{AT}/q/1"), &[("q1-0", "0"), ("q1-1", "na")]).await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    check.holds("Repairs: Very satisfied").holds("Cleaning: Not applicable");
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds(" checked");
    for person in 0..20 {
        let (repairs, cleaning) = (if person < 15 { "0" } else { "4" }, if person < 10 { "1" } else { "na" });
        answer(&app, &[("q1-0", repairs), ("q1-1", cleaning)]).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let page = staff.get(&format!("{at}/results")).await.expect(200);
    let page = page.holds("of 20 people were very or fairly satisfied");
    page.holds("of 10 people were very or fairly satisfied").holds("How people answered: Cleaning");
    let figures = staff.get(&format!("{at}/figures.csv")).await.expect(200);
    figures
        .holds("How satisfied are you? – Repairs,Very satisfied,15,75,20")
        .holds("– Cleaning,Fairly satisfied,10,100,10");
    let file = staff.post(&format!("{at}/answers"), &[]).await.expect(200);
    file.holds("How satisfied are you? – Repairs,How satisfied are you? – Cleaning")
        .holds("Very satisfied,Fairly satisfied")
        .holds("Very dissatisfied,Not applicable");
    app.clock.advance(chrono::TimeDelta::days(2));
    publish_results(&app, &asked).await;
    browser.get(&format!("{AT}/results")).await.expect(200).holds("75%").holds("How people answered: Repairs");
}

#[tokio::test]
async fn the_items_of_a_grid_are_divided_by_groups_one_by_one() {
    let app = testing::app().await;
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Where do you live?", Kind::usual("one_choice").unwrap()).dividing()).unwrap();
    questions.add(Question::new("How satisfied are you?", two_items())).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    for person in 0..24 {
        let area = if person < 12 { "0" } else { "1" };
        answer(&app, &[("q1", area), ("q2-0", area), ("q2-1", if person < 12 { "4" } else { "0" })]).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/results", asked.survey.id);
    staff.get(&at).await.expect(200).holds("By area: How satisfied are you? – Cleaning");
    let yes = staff.get(&format!("{at}?area=0")).await.expect(200);
    assert_eq!(yes.text.matches("of 12 people were very or fairly satisfied").count(), 2);
}

#[tokio::test]
async fn answers_are_put_in_order_without_a_place_twice_and_counted_by_place() {
    let app = testing::app().await;
    let options = ["Gutters", "Doors", "Lifts"].map(str::to_owned).to_vec();
    let settings = ranking::Settings { options, top: None };
    let asked = asking(&app, Question::new("What should come first?", Kind::Ranking(settings))).await;
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    let refused = browser.post(&format!("{AT}/q/1"), &[("q1-0", "2"), ("q1-1", "2"), ("q1-2", "1")]).await.expect(422);
    refused.holds("href=\"#q1-1\"").holds("“Gutters” and “Doors” are both 2nd").holds("value=\"2\" selected");
    let order = [("q1-0", "2"), ("q1-1", "3"), ("q1-2", "1")];
    browser.post(&format!("{AT}/q/1"), &order).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds("1st: Lifts").holds("3rd: Doors");
    for person in 0..20 {
        let doors_first = [("q1-0", "2"), ("q1-1", "1"), ("q1-2", "3")];
        answer(&app, if person < 12 { &order } else { &doors_first }).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let page = staff.get(&format!("{at}/results")).await.expect(200);
    // Lifts: 12 people put them first and 8 third; doors the other way round.
    let page = page.holds("the order that 20 people gave").holds("60%").holds(">1.8<").holds(">2.2<");
    assert!(page.text.find("Lifts").unwrap() < page.text.find("Doors").unwrap());
    let figures = staff.get(&format!("{at}/figures.csv")).await.expect(200);
    figures.holds("What should come first? – Lifts,Mean place,1.8,,20").holds("– Lifts,1st,12,60,20");
    let file = staff.post(&format!("{at}/answers"), &[]).await.expect(200);
    file.holds("What should come first? – Gutters").holds(",2,3,1").holds(",2,1,3");
}

#[tokio::test]
async fn a_place_that_few_gave_is_not_what_the_other_answers_leave_of_everybody() {
    let app = testing::app().await;
    let options = ["Gutters", "Doors", "Lifts"].map(str::to_owned).to_vec();
    let settings = ranking::Settings { options, top: None };
    let asked = asking(&app, Question::new("What should come first?", Kind::Ranking(settings))).await;
    for person in 0..20 {
        let (gutters, doors, lifts) = if person < 3 { ("3", "2", "1") } else { ("1", "2", "3") };
        answer(&app, &[("q1-0", gutters), ("q1-1", doors), ("q1-2", lifts)]).await;
    }
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let file = staff.get(&format!("/staff/surveys/{}/figures.csv", asked.survey.id)).await.expect(200);
    for place in ["1st", "3rd"] {
        let hidden = file.text.lines().filter(|line| line.contains(&format!(",{place},hidden,"))).count();
        assert!(hidden >= 2, "{place}: {}", file.text);
    }
    file.lacks("Gutters,Mean place").lacks("Lifts,Mean place");
}

/// The place that stands chosen in the list of an option.
fn place(page: &str, name: &str) -> String {
    let list = page.split(&format!("id=\"{name}\"")).nth(1).unwrap().split("</select>").next().unwrap();
    let before = list.split(" selected").next().filter(|before| before.len() < list.len());
    before.and_then(|before| before.rsplit("value=\"").next()?.split('"').next()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn answers_are_moved_up_and_down_by_buttons_which_save_nothing_and_lose_nothing() {
    let app = testing::app().await;
    let options = ["Gutters", "Doors", "Lifts"].map(str::to_owned).to_vec();
    let ranked = Kind::Ranking(ranking::Settings { options, top: None });
    let mut questions = Questionnaire::default();
    questions.add(Question::new("What comes first?", ranked)).unwrap();
    questions.add(Question::new("Anything else?", Kind::usual("long_text").unwrap())).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    let places = |text: &str| ["q1-0", "q1-1", "q1-2"].map(|name| place(text, name));
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    let one = format!("{AT}/q/1");
    let page = browser.get(&one).await.expect(200).holds("Move up").holds("value=\"q1-2-up\"");
    assert_eq!(places(&page.text), ["", "", ""]);
    let page = browser.post(&one, &[("~step", "q1-2-up")]).await.expect(200).lacks("There is a problem");
    assert_eq!(places(&page.text), ["1", "3", "2"]);
    let now = [("q1-0", "1"), ("q1-1", "3"), ("q1-2", "2")];
    let page = browser.post(&one, &[&now[..], &[("~step", "q1-0-down")]].concat()).await.expect(200);
    assert_eq!(places(&page.text), ["2", "3", "1"]);
    assert_eq!(places(&browser.get(&one).await.expect(200).text), ["", "", ""], "nothing is saved by a move");
    browser.post(&one, &[("q1-0", "2"), ("q1-1", "3"), ("q1-2", "1")]).await.expect(303);
    browser.post(&format!("{AT}/q/2"), &[]).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds("1st: Lifts").holds("2nd: Gutters");
    // On one page with other questions, and where staff enter or try it, what else was typed stays.
    let mut other = Browser::new(&app);
    let all = format!("{AT}/all");
    let page = other.get(&all).await.expect(200);
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    let form = [("key", key.as_str()), ("seal", &seal), ("q2", "Mind the step"), ("~step", "q1-1-up")];
    let page = other.post(&all, &form).await.expect(200).holds("Mind the step</textarea>");
    assert_eq!((places(&page.text), page.hidden("key")), (["2", "1", "3"].map(str::to_owned), key.clone()));
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let enter = format!("/staff/surveys/{}/enter", asked.survey.id);
    let key = staff.get(&enter).await.expect(200).hidden("key");
    let form = [("key", key.as_str()), ("by", "post"), ("q2", "Mind the step"), ("~step", "q1-1-up")];
    let page = staff.post(&enter, &form).await.expect(200).holds("Mind the step</textarea>");
    assert_eq!(places(&page.text), ["2", "1", "3"]);
    let page =
        staff.post(&format!("/staff/surveys/{}/try", asked.survey.id), &[("at", "1"), ("~step", "q1-1-up")]).await;
    assert_eq!(places(&page.expect(200).text), ["2", "1", "3"]);
}
