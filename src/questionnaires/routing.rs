//! Which questions a person is asked, given what they answered before.

use crate::questionnaires::answer::Answers;
use crate::questionnaires::code_book;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;

/// The positions of the questions that are asked, in order. An answer to a question that is not asked
/// opens nothing, so a chain of conditions closes as a whole.
#[must_use]
pub fn asked(questionnaire: &Questionnaire, answers: &Answers) -> Vec<usize> {
    let mut asked: Vec<usize> = Vec::new();
    for (position, question) in questionnaire.questions().iter().enumerate() {
        let opened = question.show_if.as_ref().is_none_or(|condition| {
            let Some(earlier) = questionnaire.position(condition.question) else { return false };
            let reached = earlier < position && asked.contains(&earlier);
            let kind = questionnaire.at(earlier).map(|question| &question.kind);
            let answer = answers.get(condition.question);
            let fits = kind.zip(answer).is_some_and(|(kind, answer)| {
                code_book::codes_of(kind, answer).iter().any(|code| condition.codes.contains(code))
            });
            reached && fits
        });
        if opened {
            asked.push(position);
        }
    }
    asked
}

/// Whether every condition names an earlier question and at least one of its answers.
#[must_use]
pub fn refers_back(questionnaire: &Questionnaire) -> bool {
    questionnaire.questions().iter().enumerate().all(|(position, question)| {
        question.show_if.as_ref().is_none_or(|condition| {
            let earlier = questionnaire.position(condition.question);
            earlier.is_some_and(|earlier| earlier < position) && !condition.codes.is_empty()
        })
    })
}

/// The answers a condition can name, each with its code: options, or "any answer" to an open question.
#[must_use]
pub fn triggers(kind: &Kind) -> Vec<(u8, String)> {
    let options = kind.options();
    if options.is_empty() {
        return vec![(code_book::FIRST_OPTION, "any answer".to_owned())];
    }
    (code_book::FIRST_OPTION..).zip(options).collect()
}

/// A condition in words, for pages that show all questions at once and for the builder:
/// "you answered “Yes” to question 2".
#[must_use]
pub fn condition_in_words(questionnaire: &Questionnaire, question: &Question) -> Option<String> {
    let condition = question.show_if.as_ref()?;
    let position = questionnaire.position(condition.question)?;
    let earlier = questionnaire.at(position)?;
    let named: Vec<String> = triggers(&earlier.kind)
        .into_iter()
        .filter(|(code, _)| condition.codes.contains(code))
        .map(|(_, label)| label)
        .collect();
    if earlier.kind.options().is_empty() {
        return Some(format!("you answered question {}", position + 1));
    }
    let quoted: Vec<String> = named.iter().map(|label| format!("“{label}”")).collect();
    Some(format!("you answered {} to question {}", quoted.join(" or "), position + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::answer::Answer;

    fn chain() -> Questionnaire {
        let mut of = Questionnaire::default();
        let yes_no = || Kind::usual("one_choice").unwrap();
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
    fn a_condition_is_said_in_words() {
        let of = chain();
        let words = condition_in_words(&of, of.at(1).unwrap());
        assert_eq!(words.unwrap(), "you answered “Yes” to question 1");
        assert_eq!(condition_in_words(&of, of.at(0).unwrap()), None);
    }
}
