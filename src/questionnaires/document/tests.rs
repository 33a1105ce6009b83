use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::questionnaires::bank;
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::{self, Kind};
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;
use crate::questionnaires::testing;

fn read_own(questions: &Value) -> Result<Questionnaire, Vec<Fault>> {
    read(questions.as_array().unwrap(), Questionnaire::default(), &[(7, "repairs-in-time".to_owned())])
}

fn faults(questions: Value) -> Vec<String> {
    read_own(&questions).unwrap_err().iter().map(ToString::to_string).collect()
}

proptest! {
    #[test]
    fn any_questions_come_back_as_they_were(mut dice in testing::dice()) {
        let of = testing::questionnaire(&mut dice, 8);
        let document = write(&of, &[]);
        let back = read(&document, Questionnaire::default(), &[]).unwrap();
        prop_assert_eq!(write(&back, &[]), document);
        // Codes may stand in another order, but they ask the same of everybody.
        let answers = testing::answers(&mut dice, &of);
        prop_assert_eq!(routing::asked(&back, &answers), routing::asked(&of, &answers));
    }
}

#[test]
fn every_kind_comes_back_with_all_that_is_said_of_it() {
    let mut of = Questionnaire::default();
    for (tag, name) in kinds::ALL {
        of.add(Question::new(name, Kind::usual(tag).unwrap()).hinted("A hint").required()).unwrap();
    }
    let measuring = Question::new("How was {answer:2}?", Kind::usual("scale").unwrap()).measuring(Some(7));
    of.add(measuring).unwrap();
    of.add(Question { mixed: true, ..Question::new("Area", Kind::usual("one_choice").unwrap()).dividing() }).unwrap();
    let standards = [(7, "repairs-in-time".to_owned())];
    let document = write(&of, &standards);
    assert_eq!(document[11]["text"], json!("How was {answer 2}?"));
    assert_eq!(document[11]["measures"], json!("repairs-in-time"));
    assert_eq!(read(&document, Questionnaire::default(), &standards), Ok(of.clone()));
    // A standard that this landlord does not have is left out.
    let elsewhere = read(&document, Questionnaire::default(), &[]).unwrap();
    assert_eq!(elsewhere.at(11).unwrap().measures, None);
}

#[test]
fn a_document_names_questions_and_answers_in_words_whatever_their_keys() {
    let mut of = Questionnaire::default();
    let yes_no = || Question::new("Repair?", Kind::usual("one_choice").unwrap());
    of.add(yes_no()).unwrap();
    of.remove(1).unwrap();
    let first = of.add(yes_no()).unwrap();
    let several = of.add(Question::new("What?", Kind::usual("several_choices").unwrap())).unwrap();
    let both = Condition::All {
        all: vec![
            Condition::chose(first, &[0]),
            Condition::Gave { question: several, codes: vec![9, 2] }.negated(),
            Condition::Answered { answered: several },
        ],
    };
    let third = of.add(yes_no().shown_when(both)).unwrap();
    of.set_skip(first, 0, Some(Skip { when: Condition::chose(first, &[1]), to: Some(third) })).unwrap();
    of.set_skip(third, 0, Some(Skip { when: Condition::chose(third, &[1]), to: None })).unwrap();
    let document = json!(write(&of, &[]));
    assert_eq!(document[0]["id"], json!("q1"));
    assert_eq!(document[0]["skips"], json!([{ "when": { "question": "q1", "options": ["No"] }, "to": "q3" }]));
    let gave = json!({ "question": "q2", "options": ["Second answer"], "special": ["not_applicable"] });
    assert_eq!(
        document[2]["ask_if"],
        json!({ "all": [{ "question": "q1", "options": ["Yes"] }, { "not": gave }, { "answered": "q2" }] })
    );
    let back = read_own(&document).unwrap();
    assert_eq!(json!(write(&back, &[])), document);
    assert_ne!(back, of, "keys begin anew");
}

#[test]
fn questions_of_a_bank_are_references_and_own_ones_keep_their_place() {
    let bank = bank::current().unwrap();
    let start = bank.questionnaire("Mill Lane Homes").unwrap();
    let mut of = start.clone();
    let key = of.add(Question::new("Why do you say that?", Kind::usual("long_text").unwrap())).unwrap();
    while of.position(key) != Some(2) {
        of.shift(key, true).unwrap();
    }
    let document = write(&of, &[]);
    assert_eq!(document[0], json!({ "id": "q1", "bank": "TP01" }));
    assert_eq!(document[2]["text"], json!("Why do you say that?"));
    assert_eq!(read(&document, start.clone(), &[]), Ok(of));
    // The words are the reader's landlord's.
    let elsewhere = read(&document, bank.questionnaire("Lantern Homes").unwrap(), &[]).unwrap();
    assert!(elsewhere.at(0).unwrap().text.contains("Lantern Homes"));
    let mut short = document.clone();
    short.remove(4);
    let fault = read(&short, start.clone(), &[]).unwrap_err().remove(0).to_string();
    assert!(fault.starts_with("questions[4].bank: the next question of the bank is “"), "{fault}");
    let mut first = document;
    first.swap(0, 2);
    assert!(read(&first, start, &[]).is_err());
    let own = json!([{ "bank": "TP01" }]);
    assert_eq!(faults(own), ["questions[0].bank: the bank has no question “TP01” here"]);
}

#[test]
fn every_fault_names_its_place_in_plain_words() {
    let question = |more: Value| {
        let mut question = json!({ "text": "Repair?", "kind": "one_choice", "options": ["Yes", "No"] });
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    let plain = || question(json!({}));
    assert_eq!(read_own(&json!([plain()])).unwrap().questions().len(), 1);
    for (second, said) in [
        (json!("Repair?"), "questions[1]: is no question"),
        (json!({ "kind": "date" }), "questions[1].text: is missing. It is the question itself"),
        (json!({ "text": "When?" }), "questions[1].kind: is missing. It says what kind of question it is"),
        (json!({ "text": "Which?", "kind": "one_choice" }), "questions[1]: missing field \"options\""),
        (question(json!({ "requird": true })), "questions[1].requird: is no setting of “one_choice”"),
        (question(json!({ "most": 1 })), "questions[1].most: is no setting of “one_choice”"),
        (
            question(json!({ "options": ["Yes"] })),
            "questions[1].options: Enter at least two answers to choose from, one on each line",
        ),
        (question(json!({ "id": "q1" })), "questions[1].id: “q1” stands twice"),
        (
            question(json!({ "ask_if": { "question": "q9", "options": ["Yes"] } })),
            "questions[1].ask_if.question: \"q9\" names no question that comes before",
        ),
        (
            question(json!({ "ask_if": { "question": "q1", "options": ["Maybe"] } })),
            "questions[1].ask_if.options[0]: \"Maybe\" is no answer to q1",
        ),
        (
            question(json!({ "ask_if": { "all": [] } })),
            "questions[1]: is a condition that says nothing somewhere, or more than one can hold",
        ),
        (question(json!({ "ask_if": { "unless": 1 } })), "questions[1].ask_if.unless: is not part of a condition"),
        (
            question(json!({ "text": "Why {answer 2}?" })),
            "questions[1].text: “{answer 2}” does not name a question that comes before this one",
        ),
        (
            question(json!({ "skips": [{ "when": { "answered": "q1" }, "to": "q1" }] })),
            "questions[1].skips[0]: leads backwards, or to no question",
        ),
        (
            question(json!({ "skips": [{ "when": { "answered": "q1" }, "to": "end" }] })),
            "questions[1].skips[0].to: “end” names no question",
        ),
        (question(json!({ "text": "x".repeat(301) })), "questions[1].text: must be 300 characters or fewer"),
    ] {
        assert_eq!(faults(json!([plain(), second])), [said]);
    }
    let wrong_type = faults(json!([question(json!({ "required": "yes" }))])).remove(0);
    assert!(wrong_type.starts_with("questions[0].required: invalid type"), "{wrong_type}");
    assert_eq!(faults(json!(vec![plain(); 101])), ["questions: there are more than 100"]);
}

#[test]
fn a_condition_nested_beyond_reason_is_refused_and_not_followed() {
    let mut condition = json!({ "answered": "q1" });
    for _ in 0..100 {
        condition = json!({ "all": [condition] });
    }
    let first = json!({ "text": "Repair?", "kind": "one_choice", "options": ["Yes", "No"] });
    let second = json!({ "text": "Why?", "kind": "long_text", "longest": 500, "ask_if": condition });
    assert_eq!(faults(json!([first, second])).len(), 1);
}
