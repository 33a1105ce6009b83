//! From form pairs to answers, or to messages in question order.

use std::collections::BTreeSet;

use crate::questionnaires::answer::{Answer, Answers, Given, Wrong};
use crate::questionnaires::condition::Condition;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing::{self, Way};
use crate::questionnaires::words;

/// What is wrong with the answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The question.
    pub key: u16,
    /// The name of its field in the form.
    pub field: String,
    /// What to do about it, in plain words.
    pub message: String,
}

/// The answer to one question.
pub fn read_one(question: &Question, pairs: &[(String, String)]) -> Result<Answer, Vec<Problem>> {
    let field = question.field_name();
    let answer = question.kind.read(&Given::new(pairs, &field)).and_then(|answer| {
        let lacks = if question.required { question.kind.lacks(&answer) } else { Vec::new() };
        if lacks.is_empty() { Ok(answer) } else { Err(lacks) }
    });
    let problem = |wrong: Wrong| {
        let field = if wrong.part.is_empty() { field.clone() } else { format!("{field}-{}", wrong.part) };
        Problem { key: question.key, field, message: wrong.message }
    };
    answer.map_err(|wrong| wrong.into_iter().map(problem).collect())
}

/// The answers to all questions on one page. Questions that the answers before them leave out are not
/// read, so nothing hidden is required and nothing hidden counts. Where that hangs on an answer with a
/// problem, nobody knows yet: such a question is not read either, until the problem is mended.
pub fn read_all(questionnaire: &Questionnaire, pairs: &[(String, String)]) -> Result<Answers, Vec<Problem>> {
    let (mut answers, mut problems) = (Answers::default(), Vec::new());
    let mut way = Way::new(questionnaire);
    let (mut unsure, mut unsure_before) = (BTreeSet::new(), 0);
    for (position, question) in questionnaire.questions().iter().enumerate() {
        let is_unsure = |condition: &Condition, unsure: &BTreeSet<u16>| {
            condition.questions().into_iter().any(|key| unsure.contains(&key))
        };
        let is_unknown = position < unsure_before || question.show_if.as_ref().is_some_and(|of| is_unsure(of, &unsure));
        if is_unknown {
            unsure.insert(question.key);
        } else if !way.reaches(position, &answers) {
            continue;
        } else {
            match read_one(question, pairs) {
                Ok(answer) => answers.put(question.key, answer),
                Err(found) => {
                    unsure.insert(question.key);
                    problems.extend(found.into_iter().map(|problem| {
                        let message = format!("Question {}: {}", position + 1, lower_first(&problem.message));
                        Problem { message, ..problem }
                    }));
                }
            }
        }
        let led = question.skips.iter().filter(|skip| is_unknown || is_unsure(&skip.when, &unsure));
        unsure_before = led.map(|skip| routing::target(questionnaire, skip)).fold(unsure_before, usize::max);
        if !is_unknown {
            way.leaves(position, &answers);
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(problems) }
}

/// What somebody put down under questions that their answers lead past. Of people who answer themselves it counts for
/// nothing; whoever types for somebody else must say which of the two is right.
#[must_use]
pub fn unreached(questionnaire: &Questionnaire, answers: &Answers, pairs: &[(String, String)]) -> Vec<Problem> {
    let asked = routing::asked(questionnaire, answers);
    let passed = questionnaire.questions().iter().enumerate().filter(|(position, _)| !asked.contains(position));
    let typed = passed.filter(|(_, question)| read_one(question, pairs) != Ok(Answer::NoAnswer));
    let problem = |(position, question): (usize, &Question)| {
        let why = match words::only_if(questionnaire, question) {
            Some(condition) => format!("it is asked only if {condition}"),
            None => "an answer before it leads past it".to_owned(),
        };
        let message = format!("Question {}: {why}. Leave it blank, or change the answer before it", position + 1);
        Problem { key: question.key, field: question.field_name(), message }
    };
    typed.map(problem).collect()
}

fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaires::kinds::{self, Kind};
    use crate::questionnaires::question::Skip;
    use crate::questionnaires::testing;

    /// The form pairs that would give these answers again.
    fn pairs_of(questionnaire: &Questionnaire, answers: &Answers) -> Vec<(String, String)> {
        let pairs = questionnaire.questions().iter().filter_map(|question| {
            let answer = answers.get(question.key)?;
            Some(question.kind.pairs(&question.field_name(), answer))
        });
        pairs.flatten().collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn two() -> Questionnaire {
        let mut of = Questionnaire::default();
        let yes_no = Kind::usual("one_choice").unwrap();
        of.add(Question::new("Had a repair?", yes_no).required()).unwrap();
        let scale = Kind::usual("scale").unwrap();
        of.add(Question::new("How was it?", scale).required().shown_if(1, &[0])).unwrap();
        of
    }

    #[test]
    fn problems_come_in_question_order_and_say_how_to_mend_them() {
        let problems = read_all(&two(), &[]).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message, "Question 1: choose one answer");
        assert_eq!(problems[0].field, "q1");
    }

    #[test]
    fn a_hidden_question_is_neither_required_nor_counted() {
        let answers = read_all(&two(), &pairs(&[("q1", "1"), ("q2", "0")])).unwrap();
        assert_eq!(answers.get(2), None);
        let typed = unreached(&two().without_required(), &answers, &pairs(&[("q1", "1"), ("q2", "0")]));
        assert_eq!(typed.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["q2"]);
        assert!(typed[0].message.starts_with("Question 2: it is asked only if you answered “Yes” to question 1."));
        assert!(unreached(&two().without_required(), &answers, &pairs(&[("q1", "1"), ("q2", "")])).is_empty());
        assert!(read_all(&two(), &pairs(&[("q1", "0")])).is_err());
    }

    #[test]
    fn what_hangs_on_an_answer_with_a_problem_is_not_complained_about_yet() {
        let mut of = two();
        let not_yes = Condition::chose(1, &[0]).negated();
        of.add(Question::new("Why not?", Kind::usual("long_text").unwrap()).required().shown_when(not_yes)).unwrap();
        let of_problems = |problems: Vec<Problem>| problems.iter().map(|problem| problem.key).collect::<Vec<_>>();
        assert_eq!(of_problems(read_all(&of, &[]).unwrap_err()), [1]);
        assert_eq!(of_problems(read_all(&of, &pairs(&[("q1", "1")])).unwrap_err()), [3]);
        assert!(read_all(&of, &pairs(&[("q1", "1"), ("q3", "No time")])).is_ok());
    }

    #[test]
    fn what_is_skipped_is_neither_required_nor_read_and_nobody_knows_while_the_answer_that_leads_on_is_missing() {
        let mut of = Questionnaire::default();
        let leads = Condition::chose(1, &[1]);
        of.add(Question::new("Had a repair?", Kind::usual("one_choice").unwrap()).required()).unwrap();
        of.add(Question::new("How was it?", Kind::usual("scale").unwrap()).required()).unwrap();
        of.add(Question::new("Name the month", Kind::usual("short_text").unwrap()).required()).unwrap();
        of.set_skip(1, 0, Some(Skip { when: leads, to: Some(3) })).unwrap();
        let keys = |problems: Vec<Problem>| problems.iter().map(|problem| problem.key).collect::<Vec<_>>();
        assert_eq!(keys(read_all(&of, &[]).unwrap_err()), [1, 3]);
        assert_eq!(keys(read_all(&of, &pairs(&[("q1", "0"), ("q3", "May")])).unwrap_err()), [2]);
        let skipped = read_all(&of, &pairs(&[("q1", "1"), ("q2", "0"), ("q3", "May")])).unwrap();
        assert_eq!(skipped.get(2), None);
    }

    fn every_kind() -> Questionnaire {
        let mut of = Questionnaire::default();
        for (tag, _) in kinds::ALL {
            of.add(Question::new(tag, Kind::usual(tag).unwrap())).unwrap();
        }
        of
    }

    proptest! {
        #[test]
        fn of_everything_that_is_sent_the_answers_to_the_questions_asked_are_read(mut dice in testing::dice()) {
            let of = testing::questionnaire(&mut dice, 6);
            let answers = testing::answers(&mut dice, &of);
            let read = read_all(&of, &pairs_of(&of, &answers)).unwrap();
            let asked = routing::asked(&of, &answers);
            for (position, question) in of.questions().iter().enumerate() {
                let expected = answers.get(question.key).filter(|_| asked.contains(&position));
                prop_assert_eq!(read.get(question.key), expected);
            }
        }

        #[test]
        fn whatever_is_sent_is_read_or_refused_and_reads_the_same_again(
            sent in proptest::collection::vec(("q([1-9]|10)(-day|-month|-year|-[0-2]|-other)?", "[ -~]{0,12}|[0-9]{1,3}|na|dk"), 0..14)
        ) {
            let of = every_kind();
            if let Ok(answers) = read_all(&of, &sent) {
                prop_assert_eq!(read_all(&of, &pairs_of(&of, &answers)), Ok(answers));
            }
        }
    }
}
