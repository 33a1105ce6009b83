//! Which questions a person is asked, given what they answered before.

use crate::questionnaires::answer::{Answer, Answers, Given};
use crate::questionnaires::code_book;
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::question::Skip;
use crate::questionnaires::questionnaire::Questionnaire;

/// The positions of the questions that are asked, in order. An answer to a question that is not asked
/// counts for nothing, so a chain of conditions closes as a whole.
#[must_use]
pub fn asked(questionnaire: &Questionnaire, answers: &Answers) -> Vec<usize> {
    let mut way = Way::new(questionnaire);
    for position in 0..questionnaire.questions().len() {
        if way.reaches(position, answers) {
            way.leaves(position, answers);
        }
    }
    way.asked
}

/// A way through the questions, taken one question after the other.
#[derive(Clone)]
pub struct Way<'a> {
    questionnaire: &'a Questionnaire,
    asked: Vec<usize>,
    /// Where the questions go on after a skip.
    resume: usize,
}

impl<'a> Way<'a> {
    /// Before the first question.
    #[must_use]
    pub fn new(questionnaire: &'a Questionnaire) -> Self {
        Self { questionnaire, asked: Vec::new(), resume: 0 }
    }

    /// The positions asked so far.
    #[must_use]
    pub fn asked(&self) -> &[usize] {
        &self.asked
    }

    /// Whether an earlier answer led past this position.
    #[must_use]
    pub fn skips(&self, position: usize) -> bool {
        position < self.resume
    }

    /// Comes to the next question and says whether it is asked, given the answers to those before it.
    pub fn reaches(&mut self, position: usize, answers: &Answers) -> bool {
        let Some(question) = self.questionnaire.at(position) else { return false };
        let is_open = question.show_if.as_ref().is_none_or(|condition| self.holds(condition, answers));
        let is_asked = is_open && !self.skips(position);
        if is_asked {
            self.asked.push(position);
        }
        is_asked
    }

    /// Leaves a question that was asked, now that its answer is there: the first skip that fits is followed.
    pub fn leaves(&mut self, position: usize, answers: &Answers) {
        let Some(question) = self.questionnaire.at(position) else { return };
        let followed = question.skips.iter().find(|skip| self.holds(&skip.when, answers));
        if let Some(skip) = followed {
            self.resume = target(self.questionnaire, skip);
        }
    }

    /// Whether a condition is so, of the questions asked so far.
    pub fn holds(&self, condition: &Condition, answers: &Answers) -> bool {
        condition.holds(&|key| {
            let position = self.questionnaire.position(key).filter(|position| self.asked.contains(position))?;
            let kind = &self.questionnaire.at(position)?.kind;
            answers.get(key).map(|answer| code_book::codes_of(kind, answer))
        })
    }
}

/// The position a skip leads to, which is one past the last for the end. One that leads nowhere skips nothing.
#[must_use]
pub fn target(questionnaire: &Questionnaire, skip: &Skip) -> usize {
    match skip.to {
        None => questionnaire.questions().len(),
        Some(key) => questionnaire.position(key).unwrap_or(0),
    }
}

/// The answers a condition can name, each with its code: options and special answers. None for an open question, of
/// which a condition can only say that it was answered.
#[must_use]
pub fn triggers(kind: &Kind) -> Vec<(u8, String)> {
    let options = (code_book::FIRST_OPTION..).zip(kind.options());
    let (Field::Radios(choices) | Field::Checkboxes(choices)) = kind.field() else { return Vec::new() };
    let others = choices.into_iter().filter(|choice| !choice.is_option()).filter_map(|choice| {
        let answer = taken(kind, &[choice.value.as_str()])?;
        Some((code_book::state(&answer), choice.label))
    });
    options.chain(others).collect()
}

/// The answer that a kind makes of these values of its field, if it takes them. A choice that asks for words gets some.
#[must_use]
pub fn taken(kind: &Kind, values: &[&str]) -> Option<Answer> {
    let chosen = values.iter().map(|value| ("q".to_owned(), (*value).to_owned()));
    let words = values.iter().filter(|value| value.parse::<u8>().is_err());
    let words = words.map(|value| (format!("q-{value}"), "x".to_owned()));
    let pairs: Vec<(String, String)> = chosen.chain(words).collect();
    kind.read(&Given::new(&pairs, "q")).ok().filter(|answer| *answer != Answer::NoAnswer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaires::question::Question;
    use crate::questionnaires::testing;

    fn yes_no() -> Kind {
        Kind::usual("one_choice").unwrap()
    }

    fn chain() -> Questionnaire {
        let mut of = Questionnaire::default();
        of.add(Question::new("Had a repair?", yes_no())).unwrap();
        of.add(Question::new("Was it finished?", yes_no()).shown_if(1, &[0])).unwrap();
        let why = Question::new("What is left?", Kind::usual("long_text").unwrap());
        of.add(why.shown_if(2, &[1])).unwrap();
        of.add(Question::new("Anything else?", Kind::usual("short_text").unwrap())).unwrap();
        of
    }

    #[test]
    fn a_question_is_asked_only_after_the_answer_that_opens_it() {
        let mut answers = Answers::default();
        assert_eq!(asked(&chain(), &answers), [0, 3]);
        answers.put(1, Answer::Option(0));
        assert_eq!(asked(&chain(), &answers), [0, 1, 3]);
        answers.put(2, Answer::Option(1));
        assert_eq!(asked(&chain(), &answers), [0, 1, 2, 3]);
    }

    #[test]
    fn the_answer_of_a_hidden_question_opens_nothing() {
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(1));
        answers.put(2, Answer::Option(1));
        assert_eq!(asked(&chain(), &answers), [0, 3]);
    }

    #[test]
    fn an_answer_that_is_not_one_of_these_opens_a_question_for_those_who_were_not_asked_too() {
        let mut of = chain();
        let not_finished = Condition::chose(2, &[0]).negated();
        of.add(Question::new("Shall we call you?", yes_no()).shown_when(not_finished)).unwrap();
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(0));
        answers.put(2, Answer::Option(0));
        assert_eq!(asked(&of, &answers), [0, 1, 3]);
        // The answer is still there, but its question is hidden now.
        answers.put(1, Answer::Option(1));
        assert_eq!(asked(&of, &answers), [0, 3, 4]);
    }

    #[test]
    fn a_skip_leads_past_what_is_in_between_and_the_first_that_fits_is_followed() {
        let mut of = Questionnaire::default();
        for number in 1..=5 {
            of.add(Question::new(format!("Number {number}?"), yes_no())).unwrap();
        }
        let any = Condition::Answered { answered: 1 };
        of.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[0]), to: Some(3) })).unwrap();
        of.set_skip(1, 1, Some(Skip { when: any, to: Some(5) })).unwrap();
        of.set_skip(3, 0, Some(Skip { when: Condition::chose(2, &[1]).negated(), to: None })).unwrap();
        let mut answers = Answers::default();
        assert_eq!(asked(&of, &answers), [0, 1, 2]);
        answers.put(1, Answer::Option(1));
        assert_eq!(asked(&of, &answers), [0, 4]);
        answers.put(1, Answer::Option(0));
        // Question 2 is skipped, so its answer does not keep question 3 from leading to the end.
        answers.put(2, Answer::Option(1));
        assert_eq!(asked(&of, &answers), [0, 2]);
        answers.put(1, Answer::NoAnswer);
        assert_eq!(asked(&of, &answers), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_question_that_is_not_asked_leads_nowhere() {
        let mut of = chain();
        of.set_skip(2, 0, Some(Skip { when: Condition::chose(2, &[0]).negated(), to: None })).unwrap();
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(1));
        assert_eq!(asked(&of, &answers), [0, 3]);
        answers.put(1, Answer::Option(0));
        answers.put(2, Answer::Option(1));
        assert_eq!(asked(&of, &answers), [0, 1]);
    }

    #[test]
    fn a_condition_can_name_special_answers_too() {
        let several = triggers(&Kind::usual("several_choices").unwrap());
        assert_eq!(several.last().unwrap(), &(code_book::NOT_APPLICABLE, "None of these".to_owned()));
        assert!(triggers(&Kind::usual("date").unwrap()).is_empty());
    }

    proptest! {
        #[test]
        fn the_answers_of_hidden_questions_never_count(mut dice in testing::dice()) {
            let of = testing::questionnaire(&mut dice, 6);
            let answers = testing::answers(&mut dice, &of);
            let asked = asked(&of, &answers);
            let mut seen = Answers::default();
            for position in &asked {
                let key = of.at(*position).unwrap().key;
                seen.put(key, answers.get(key).unwrap().clone());
            }
            prop_assert_eq!(&super::asked(&of, &seen), &asked);
            let coded = code_book::encode(&of, &answers);
            prop_assert_eq!(&code_book::encode(&of, &seen), &coded);
            for (position, place) in code_book::places(&of).into_iter().enumerate() {
                let question = of.at(position).unwrap();
                let open = coded.open.iter().find(|(key, _)| *key == question.key);
                let stored = code_book::decode(&question.kind, place, &coded.codes, open.map(|(_, value)| value.as_str()));
                let expected = answers.get(question.key).filter(|_| asked.contains(&position));
                prop_assert_eq!(stored.as_ref(), expected);
                prop_assert!(asked.contains(&position) || open.is_none());
            }
        }
    }
}
