//! Which questions a person is asked, given what they answered before.

use crate::questionnaires::answer::Answers;
use crate::questionnaires::code_book;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::choice::Special;
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::questionnaire::Questionnaire;

/// The positions of the questions that are asked, in order. An answer to a question that is not asked
/// counts for nothing, so a chain of conditions closes as a whole.
#[must_use]
pub fn asked(questionnaire: &Questionnaire, answers: &Answers) -> Vec<usize> {
    let mut asked: Vec<usize> = Vec::new();
    for (position, question) in questionnaire.questions().iter().enumerate() {
        let given = |key: u16| given(questionnaire, answers, &asked, key);
        if question.show_if.as_ref().is_none_or(|condition| condition.holds(&given)) {
            asked.push(position);
        }
    }
    asked
}

/// The codes of a person's answer to a question; none when it was not asked or not reached.
fn given(questionnaire: &Questionnaire, answers: &Answers, asked: &[usize], key: u16) -> Option<Vec<u8>> {
    let position = questionnaire.position(key).filter(|position| asked.contains(position))?;
    let kind = &questionnaire.at(position)?.kind;
    answers.get(key).map(|answer| code_book::codes_of(kind, answer))
}

/// The answers a condition can name, each with its code: options and special answers. None for an open question, of
/// which a condition can only say that it was answered.
#[must_use]
pub fn triggers(kind: &Kind) -> Vec<(u8, String)> {
    let options = (code_book::FIRST_OPTION..).zip(kind.options());
    let (Field::Radios(choices) | Field::Checkboxes(choices)) = kind.field() else { return Vec::new() };
    let specials = choices.into_iter().filter(|choice| choice.apart).filter_map(|choice| {
        let special = Special::ALL.into_iter().find(|special| special.value() == choice.value)?;
        Some((code_book::state(&special.answer()), choice.label))
    });
    options.chain(specials).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaires::answer::Answer;
    use crate::questionnaires::condition::Condition;
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
