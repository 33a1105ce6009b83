//! The ways through a questionnaire: which questions are asked together, and after which answers.

use std::collections::BTreeMap;

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::answerings::{self, Budget, TooTangled};
use crate::questionnaires::condition::Condition;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;

/// The most ways that are listed.
pub const MOST: usize = 30;

/// One way: the questions it asks, and answers that lead along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The positions asked, in order.
    pub asked: Vec<usize>,
    /// Answers to the questions that decide, with their positions: one example of those that lead this way.
    pub after: Vec<(usize, String)>,
}

/// The ways through, the fullest first; no more than [`MOST`], and whether there are more.
///
/// # Errors
/// [`TooTangled`] when there are too many ways of answering to look at.
pub fn paths(questionnaire: &Questionnaire) -> Result<(Vec<Path>, bool), TooTangled> {
    let all: Vec<usize> = (0..questionnaire.questions().len()).collect();
    let deciding = answerings::deciding(questionnaire, &all);
    let mut found: BTreeMap<Vec<usize>, Answers> = BTreeMap::new();
    let conditions: Vec<&Condition> = questionnaire.questions().iter().flat_map(Question::conditions).collect();
    answerings::each(questionnaire, &deciding, &conditions, &mut Budget::default(), &mut |_, answers| {
        found.entry(routing::asked(questionnaire, answers)).or_insert_with(|| answers.clone());
    })?;
    let more = found.len() > MOST;
    let mut paths: Vec<Path> = found
        .into_iter()
        .map(|(asked, answers)| {
            let after = asked.iter().filter(|at| deciding.contains(at)).filter_map(|at| {
                let question = questionnaire.at(*at)?;
                let answer = answers.get(question.key)?;
                Some((*at, said(&question.kind.show(answer), answer)))
            });
            Path { after: after.collect(), asked }
        })
        .collect();
    paths.sort_by_key(|path| std::cmp::Reverse(path.asked.len()));
    paths.truncate(MOST);
    Ok((paths, more))
}

fn said(words: &str, answer: &Answer) -> String {
    match answer {
        Answer::NoAnswer => "left blank".to_owned(),
        // Of an open question only this is known, whatever its kind makes of it in words.
        Answer::Open(open) if open.is_empty() => "answered".to_owned(),
        _ if words.is_empty() => "answered".to_owned(),
        _ => format!("“{words}”"),
    }
}

/// Positions as people count them, in runs: "1 to 3, 5".
#[must_use]
pub fn numbers(positions: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for number in positions.iter().map(|position| position + 1) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let words = runs.into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Skip;

    #[test]
    fn every_set_of_questions_is_one_way_with_answers_that_lead_along_it() {
        let mut of = Questionnaire::default();
        for text in ["Repair?", "Finished?", "What is left?", "Anything else?"] {
            of.add(Question::new(text, Kind::usual("one_choice").unwrap()).required()).unwrap();
        }
        of.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[1]), to: Some(4) })).unwrap();
        of.ask_only(3, Some(Condition::chose(2, &[1]))).unwrap();
        let (paths, more) = paths(&of).unwrap();
        let asked: Vec<&[usize]> = paths.iter().map(|path| path.asked.as_slice()).collect();
        assert_eq!(asked, [&[0, 1, 2, 3][..], &[0, 1, 3], &[0, 3]]);
        assert_eq!(paths[0].after, [(0, "“Yes”".to_owned()), (1, "“No”".to_owned())]);
        assert!(!more);
    }

    #[test]
    fn a_questionnaire_without_logic_has_one_way_and_six_free_choices_have_more_than_are_listed() {
        let mut of = Questionnaire::default();
        of.add(Question::new("Why?", Kind::usual("long_text").unwrap())).unwrap();
        assert_eq!(paths(&of).unwrap(), (vec![Path { asked: vec![0], after: Vec::new() }], false));
        for _ in 0..6 {
            let filter = Question::new("Had one?", Kind::usual("one_choice").unwrap()).required();
            let filter = of.add(filter).unwrap();
            of.add(Question::new("When?", Kind::usual("date").unwrap()).shown_if(filter, &[0])).unwrap();
        }
        let (listed, more) = paths(&of).unwrap();
        assert_eq!((listed.len(), more), (MOST, true));
        assert_eq!(listed[0].asked.len(), 13);
    }

    #[test]
    fn numbers_are_said_in_runs() {
        assert_eq!(numbers(&[0, 1, 2, 4, 6, 7]), "1 to 3, 5, 7, 8");
        assert_eq!(numbers(&[]), "");
    }
}
