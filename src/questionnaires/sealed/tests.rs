//! What may be sealed, and that what is sealed is nowhere else.

use super::kept::{self, Purpose};
use super::mark::{self, Fault};
use super::*;
use crate::keyring::Keyring;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book::{self, SEALED};
use crate::questionnaires::document;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::{Questionnaire, Refused};
use crate::questionnaires::translations::places;
use crate::questionnaires::translations::texts::Texts;
use crate::questionnaires::version::Version;
use crate::random::Random;

fn choice(prefer_not: bool, other: bool) -> Kind {
    Kind::OneChoice(one_choice::Settings { other, prefer_not, ..one_choice::Settings::default() })
}

fn health() -> Question {
    Question::new("Any health condition?", choice(true, false))
        .sealed_for(Category::Health, "to see who is served well")
}

/// An open question (key 1), a sealed one (2), several choices sealed (3), an open scale (4).
fn four() -> Questionnaire {
    let mut of = Questionnaire::default();
    of.add(Question::new("Repair?", choice(false, false))).unwrap();
    of.add(health()).unwrap();
    let several = Question::new("Which?", Kind::usual("several_choices").unwrap());
    of.add(several.sealed_for(Category::Other, "to know")).unwrap();
    of.add(Question::new("How was it?", Kind::usual("scale").unwrap())).unwrap();
    of
}

fn version(questionnaire: Questionnaire) -> Version {
    Version { id: 7, revision: 1, locked_at: Some(crate::testing::noon()), questionnaire }
}

#[test]
fn only_a_question_that_may_be_left_out_and_has_answers_to_choose_from_is_sealed() {
    let fault = |question: Question| Questionnaire::default().add(question).unwrap_err();
    assert_eq!(fault(health().required()), Refused::Sealed(Fault::Required));
    assert_eq!(fault(Question { kind: choice(false, false), ..health() }), Refused::Sealed(Fault::NoWayOut));
    assert_eq!(fault(Question { kind: choice(true, true), ..health() }), Refused::Sealed(Fault::Open));
    for open in ["number", "date", "short_text", "long_text"] {
        let question = Question { kind: Kind::usual(open).unwrap(), ..health() };
        assert_eq!(fault(question), Refused::Sealed(Fault::Open), "{open}");
    }
    for closed in ["scale", "several_choices", "grid", "ranking", "zero_to_ten"] {
        Questionnaire::default().add(Question { kind: Kind::usual(closed).unwrap(), ..health() }).unwrap();
    }
    assert_eq!(fault(health().dividing()), Refused::Sealed(Fault::Used));
    assert_eq!(fault(health().measuring(Some(3))), Refused::Sealed(Fault::Used));
    assert_eq!(fault(health().sealed_for(Category::Age, " ")), Refused::Sealed(Fault::NoReason));
    for category in Category::ALL {
        assert_eq!(category.code().parse(), Ok(category));
    }
}

#[test]
fn nothing_hangs_on_an_answer_that_is_sealed() {
    let needed = Err(Refused::Sealed(Fault::Needed));
    let scale = |text: &str| Question::new(text, Kind::usual("scale").unwrap());
    let mut of = four();
    assert_eq!(of.add(scale("Why?").shown_if(2, &[0])), Err(Refused::Sealed(Fault::Needed)));
    assert_eq!(of.add(scale("You said {answer:2}. Why?")), Err(Refused::Sealed(Fault::Needed)));
    let leads = Skip { when: crate::questionnaires::condition::Condition::chose(2, &[0]), to: None };
    assert_eq!(of.set_skip(2, 0, Some(leads)), needed);
    assert_eq!(of, four());
    // A sealed question may itself be asked because of an open one, and lead nowhere.
    of.replace(2, health().shown_if(1, &[0])).unwrap();
    // And a question on which something hangs is not sealed afterwards.
    let mut of = Questionnaire::default();
    of.add(Question::new("Any?", choice(true, false))).unwrap();
    of.add(scale("How?").shown_if(1, &[0])).unwrap();
    assert_eq!(of.replace(1, health()), needed);
    assert_eq!(mark::check(&of), Ok(()));
}

#[test]
fn codes_say_of_a_sealed_answer_nothing_at_all() {
    let of = four();
    let answers = [
        Answers::default(),
        crate::surveys::testing::said([(2, Answer::Option(1)), (3, Answer::Several(vec![0, 1]))]),
        crate::surveys::testing::said([(2, Answer::PreferNotToSay), (3, Answer::NoAnswer)]),
    ];
    let coded: Vec<_> = answers.iter().map(|answers| code_book::encode(&of, answers)).collect();
    for one in &coded {
        assert_eq!(one.codes, [1, SEALED, SEALED, 0, 1]);
        assert_eq!((one.secret.keys.as_slice(), one.secret.bytes.len()), ([2, 3].as_slice(), 3));
        assert_eq!(code_book::digest(one), code_book::digest(&coded[0]));
    }
    let ring = Keyring::in_memory(Random::seeded(3));
    assert!(kept::digest(&ring, &coded[0], "form").is_err(), "without a key nothing is taken");
    ring.begin().unwrap();
    let digest = |at: usize, form: &str| kept::digest(&ring, &coded[at], form).unwrap();
    assert_eq!(digest(1, "form"), digest(1, "form"));
    assert_ne!(digest(1, "form"), digest(2, "form"));
    assert_ne!(digest(1, "form"), digest(1, "another form"), "equal answers are not seen to be equal");
}

#[test]
fn parted_answers_come_together_again_in_their_own_place_alone() {
    let (of, ring) = (version(four()), Keyring::in_memory(Random::seeded(4)));
    ring.begin().unwrap();
    let all = [
        crate::surveys::testing::said([(1, Answer::Option(0))]),
        crate::surveys::testing::said([(1, Answer::Option(1)), (2, Answer::Option(0)), (3, Answer::Several(vec![1]))]),
        crate::surveys::testing::said([(2, Answer::NoAnswer), (3, Answer::NotApplicable), (4, Answer::Option(2))]),
    ];
    let mut lengths = Vec::new();
    for answers in &all {
        let parted = kept::part(&ring, Purpose::Draft, &of, answers).unwrap();
        assert!(parted.open.get(2).is_none() && parted.open.get(3).is_none());
        lengths.push(parted.sealed.as_ref().unwrap().len());
        assert_eq!(&kept::join(&ring, Purpose::Draft, &of, parted.clone()).unwrap(), answers);
        assert!(kept::join(&ring, Purpose::Paper, &of, parted.clone()).is_err(), "a draft is no paper form");
        let elsewhere = Version { id: 8, ..of.clone() };
        assert!(kept::join(&ring, Purpose::Draft, &elsewhere, parted).is_err(), "of another survey");
    }
    assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "{lengths:?}");
    // Before anybody has sent anything the questions may change: then it is asked anew.
    let parted = kept::part(&ring, Purpose::Draft, &of, &all[1]).unwrap();
    let mut fewer = four();
    fewer.remove(3).unwrap();
    let changed = Version { locked_at: None, questionnaire: fewer, ..of.clone() };
    let joined = kept::join(&ring, Purpose::Draft, &changed, parted).unwrap();
    assert_eq!((joined.get(1), joined.get(2)), (Some(&Answer::Option(1)), None));
    // Where nothing is sealed, no key is needed.
    let mut plain = Questionnaire::default();
    plain.add(Question::new("Repair?", choice(false, false))).unwrap();
    let none = Keyring::none();
    let parted = kept::part(&none, Purpose::Draft, &version(plain.clone()), &all[0]).unwrap();
    assert_eq!(parted.sealed, None);
    assert_eq!(kept::join(&none, Purpose::Draft, &version(plain), parted).unwrap(), all[0]);
}

#[test]
fn the_mark_goes_with_a_document_and_its_reason_is_said_in_every_language() {
    let of = four();
    let document = document::write(&of, &[]);
    assert_eq!(document[1]["sealed"]["category"], "health");
    assert_eq!(document::read(&document, Questionnaire::default(), &[]).unwrap(), of);
    let mut unsound = document;
    unsound[1]["required"] = serde_json::json!(true);
    let said = document::read(&unsound, Questionnaire::default(), &[]).unwrap_err()[0].to_string();
    assert!(said.contains("may always be left out"), "{said}");
    let lines = places::lines(&of);
    let line = lines.iter().find(|line| line.place == "q2-why").unwrap();
    assert_eq!(line.source, "to see who is served well");
    let mut texts = Texts::default();
    texts.put(line, "i weld pwy sy’n cael gwasanaeth da");
    let said = places::said(&of, &texts);
    assert_eq!(said.find(2).unwrap().sealed.as_ref().unwrap().why, "i weld pwy sy’n cael gwasanaeth da");
    for phrase in [mark::WHY, mark::NOTICE] {
        assert!(crate::ui::spoken::phrases::is_phrase(phrase));
        assert!(places::fixed_words(&of).contains(&phrase.to_owned()));
    }
}
