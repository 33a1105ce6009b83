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
#[path = "paths_tests.rs"]
mod tests;
