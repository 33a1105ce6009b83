//! Small questionnaires and answers at random, and every answer a person could give to them.

use proptest::prelude::*;

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;

/// Chance that proptest can make smaller: bytes, read one after the other.
#[derive(Debug)]
pub struct Dice {
    bytes: Vec<u8>,
    at: usize,
}

impl Dice {
    /// A whole number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.at += 1;
        usize::from(*self.bytes.get(self.at - 1).unwrap_or(&0)) % sides
    }
}

/// Dice for a property test.
pub fn dice() -> impl Strategy<Value = Dice> {
    proptest::collection::vec(any::<u8>(), 160).prop_map(|bytes| Dice { bytes, at: 0 })
}

fn kind(dice: &mut Dice) -> Kind {
    match dice.roll(5) {
        0 => Kind::usual("several_choices").unwrap(),
        1 => Kind::usual("short_text").unwrap(),
        2 => {
            let options = ["Red", "Green", "Blue"].map(str::to_owned).to_vec();
            Kind::OneChoice(one_choice::Settings { options, dont_know: true, ..one_choice::Settings::default() })
        }
        _ => Kind::usual("one_choice").unwrap(),
    }
}

/// A condition on some of these questions.
pub fn condition(dice: &mut Dice, on: &[Question], depth: usize) -> Condition {
    if depth > 0 && dice.roll(3) == 0 {
        let parts = vec![condition(dice, on, depth - 1), condition(dice, on, depth - 1)];
        return match dice.roll(3) {
            0 => Condition::All { all: parts },
            1 => Condition::Any { any: parts },
            _ => Condition::All { all: parts }.negated(),
        };
    }
    let question = &on[dice.roll(on.len())];
    let offered = routing::triggers(&question.kind);
    let statement = if offered.is_empty() || dice.roll(5) == 0 {
        Condition::Answered { answered: question.key }
    } else {
        let many = 1 + dice.roll(2);
        let codes = (0..many).map(|_| offered[dice.roll(offered.len())].0).collect();
        Condition::Gave { question: question.key, codes }
    };
    if dice.roll(3) == 0 { statement.negated() } else { statement }
}

/// A questionnaire of up to `most` questions, many of them for some people only, some leading past others.
pub fn questionnaire(dice: &mut Dice, most: usize) -> Questionnaire {
    let mut of = Questionnaire::default();
    for number in 1..=1 + dice.roll(most) {
        let mut question = Question::new(format!("Number {number}?"), kind(dice));
        question.required = dice.roll(2) == 0;
        if !of.questions().is_empty() && dice.roll(3) > 0 {
            question.show_if = Some(condition(dice, of.questions(), 2));
        }
        of.add(question).unwrap();
    }
    let keys: Vec<u16> = of.questions().iter().map(|question| question.key).collect();
    for (position, key) in keys.iter().enumerate().filter(|_| dice.roll(4) == 0).collect::<Vec<_>>() {
        let when = condition(dice, &of.questions()[..=position], 1);
        let to = keys[position + 1..].get(dice.roll(keys.len())).copied();
        of.set_skip(*key, 0, Some(Skip { when, to })).unwrap();
    }
    of
}

/// Every answer the question takes, as far as conditions can tell them apart.
pub fn every_answer(question: &Question) -> Vec<Answer> {
    let options: Vec<u8> = (0..).take(question.kind.options().len()).collect();
    let mut all: Vec<Answer> = if question.required { Vec::new() } else { vec![Answer::NoAnswer] };
    if matches!(question.kind, Kind::SeveralChoices(_)) {
        all.extend([vec![0], vec![1], vec![0, 1]].map(Answer::Several));
    } else if options.is_empty() {
        all.push(Answer::Open("x".to_owned()));
    } else {
        all.extend(options.into_iter().map(Answer::Option));
    }
    let offered = routing::triggers(&question.kind);
    let specials = [Answer::NotApplicable, Answer::DontKnow, Answer::PreferNotToSay].into_iter();
    all.extend(specials.filter(|answer| offered.iter().any(|(code, _)| *code == code_book::state(answer))));
    all
}

/// Answers to all questions, those that are not asked included, as a form without script may send them.
pub fn answers(dice: &mut Dice, to: &Questionnaire) -> Answers {
    let mut answers = Answers::default();
    for question in to.questions() {
        let all = every_answer(question);
        answers.put(question.key, all[dice.roll(all.len())].clone());
    }
    answers
}

/// Dice that roll very often, all from one seed.
pub fn many(seed: u64) -> Dice {
    let step =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    let states = std::iter::successors(Some(seed), step);
    Dice { bytes: states.map(|state| state.to_be_bytes()[0]).skip(1).take(40_000).collect(), at: 0 }
}
