//! The bank is what the regulator words, and a questionnaire made from it asks the right people.

use super::*;
use crate::questionnaires::answer::{Answer, Answers as Given};
use crate::questionnaires::code_book::{self, NOT_ASKED};
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::lock;
use crate::questionnaires::routing;

const NAME: &str = "Mill Lane Homes";

fn bank() -> &'static Bank {
    current().unwrap()
}

fn made() -> Questionnaire {
    bank().questionnaire(NAME).unwrap()
}

fn key(code: &str) -> u16 {
    asking(&made(), code).unwrap().key
}

/// The codes of the questions somebody is asked who gave these answers.
fn asked_of(answers: &[(&str, u8)]) -> Vec<String> {
    let mut given = Given::default();
    for (code, option) in answers {
        given.put(key(code), Answer::Option(*option));
    }
    let questionnaire = made();
    let at = |position: usize| questionnaire.at(position).unwrap().bank.clone().unwrap().code;
    routing::asked(&questionnaire, &given).into_iter().map(at).collect()
}

#[test]
fn every_bank_that_is_built_in_can_be_read() {
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/questionnaires/bank")).unwrap();
    let files = files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "json"));
    assert_eq!(BANKS.len(), files.count());
    assert!(find("tsm_2023").is_some() && find("tsm_1999").is_none());
}

#[test]
fn the_twelve_measures_are_asked_in_their_order_with_the_filters_before_what_they_open() {
    let codes: Vec<&str> = bank().items.iter().map(|item| item.code.as_str()).collect();
    let expected = "TP01 TENURE A TP02 TP03 TP04 TP05 TP06 TP07 TP08 B TP09 C TP10 TP11 TP12";
    assert_eq!(codes.join(" "), expected);
    assert_eq!(bank().measures().count(), 12);
    assert!(bank().measures().all(|item| item.code.starts_with("TP")));
}

#[test]
fn the_words_are_the_regulators_and_only_the_landlords_name_is_put_in() {
    let questionnaire = made();
    let text = |code: &str| asking(&questionnaire, code).unwrap().text.clone();
    assert_eq!(
        text("TP01"),
        "Taking everything into account, how satisfied or dissatisfied are you with the service provided by Mill Lane Homes?"
    );
    assert_eq!(
        text("TP03"),
        "How satisfied or dissatisfied are you with the time taken to complete your most recent repair after you reported it?"
    );
    assert_eq!(
        text("TP08"),
        "To what extent do you agree or disagree with the following “Mill Lane Homes treats me fairly and with respect”?"
    );
    assert_eq!(
        text("TP09"),
        "How satisfied or dissatisfied are you with Mill Lane Homes’s approach to complaints handling?"
    );
    assert!(questionnaire.questions().iter().all(|question| !question.text.contains(['{', '}'])));
    assert!(bank().items.iter().all(|item| !item.text.replace(LANDLORD, "").contains(['{', '}'])));
}

#[test]
fn the_scales_are_the_regulators() {
    let questionnaire = made();
    let last_choice = |code: &str| {
        let Field::Radios(choices) = asking(&questionnaire, code).unwrap().kind.field() else { panic!("{code}") };
        (choices.len(), choices.last().unwrap().label.clone())
    };
    for code in ["TP01", "TP02", "TP03", "TP04", "TP09", "TP10"] {
        assert_eq!(last_choice(code), (5, "Very dissatisfied".to_owned()), "{code}");
    }
    for code in ["TP05", "TP06", "TP07", "TP08", "TP11", "TP12"] {
        assert_eq!(last_choice(code), (6, "Not applicable/don’t know".to_owned()), "{code}");
    }
    assert_eq!(asking(&questionnaire, "TP08").unwrap().kind.options()[0], "Strongly agree");
    assert_eq!(last_choice("C"), (3, "Don’t know".to_owned()));
    assert_eq!((last_choice("A").0, last_choice("B").0), (2, 2));
}

#[test]
fn people_who_part_own_are_not_asked_about_repairs() {
    let rents = asked_of(&[("TENURE", 0), ("A", 0)]);
    assert!(["A", "TP02", "TP03", "TP04"].iter().all(|code| rents.contains(&(*code).to_owned())), "{rents:?}");
    let no_repair = asked_of(&[("TENURE", 0), ("A", 1)]);
    assert!(no_repair.contains(&"TP04".to_owned()) && !no_repair.contains(&"TP02".to_owned()));
    for other in [1, 2] {
        let owns = asked_of(&[("TENURE", other), ("A", 0)]);
        assert!(!owns.iter().any(|code| ["A", "TP02", "TP03", "TP04"].contains(&code.as_str())), "{owns:?}");
        assert!(owns.contains(&"TP05".to_owned()));
    }
    assert_eq!([0, 1, 2, 3].map(|at| bank().tenure_at(at)), [Some(Tenure::Lcra), Some(Tenure::Lcho), None, None]);
}

#[test]
fn only_yes_opens_what_a_filter_guards() {
    let asked = |answers: &[(&str, u8)]| asked_of(answers).join(" ");
    assert!(asked(&[("B", 0), ("C", 0)]).contains("B TP09 C TP10 TP11"));
    assert!(asked(&[("B", 1), ("C", 1)]).contains("B C TP11"));
    let mut given = Given::default();
    given.put(key("C"), Answer::DontKnow);
    given.put(key("TP10"), Answer::Option(0));
    let questionnaire = made();
    let coded = code_book::encode(&questionnaire, &given);
    let at = questionnaire.position(key("TP10")).unwrap();
    assert_eq!(coded.codes[at], NOT_ASKED, "“don’t know” opens nothing");
}

#[test]
fn every_item_but_the_measures_stands_in_the_theme_it_opens_and_themes_are_not_torn() {
    let mut themes: Vec<&str> = bank().items.iter().map(|item| item.theme.as_str()).collect();
    themes.dedup();
    let torn = themes.len();
    themes.sort_unstable();
    themes.dedup();
    assert_eq!(themes.len(), torn);
    assert!(lock::has_only_slots(&made()));
}

#[test]
fn a_questionnaire_is_the_banks_as_long_as_the_name_is_the_landlords() {
    let mut questionnaire = made();
    assert!(bank().is_asked_by(&questionnaire, NAME));
    assert!(!bank().is_asked_by(&questionnaire, "Other Homes"));
    questionnaire.add(Question::new("Why?", Kind::usual("long_text").unwrap())).unwrap();
    assert!(bank().is_asked_by(&questionnaire, NAME));
    assert!(!bank().is_asked_by(&Questionnaire::default(), NAME));
}
