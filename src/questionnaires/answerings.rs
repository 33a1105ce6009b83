//! Every way people can answer some questions, as far as conditions can tell the answers apart. Pure and bounded.

use std::collections::BTreeSet;

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book::{self, NO_ANSWER};
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::choice::Special;
use crate::questionnaires::kinds::field::{Choice, Field};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing::{self, Way, taken};

/// There are more ways than can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooTangled;

/// The most steps one search takes, where a step is one answer to one question.
const MOST_STEPS: usize = 20_000;

/// How many steps several searches may still take together.
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(10 * MOST_STEPS)
    }
}

/// The most groups of options of one question that conditions tell apart, where several may be chosen.
const MOST_GROUPS: usize = 8;

/// The answers to a question of which no two mean the same to any of these conditions, and no other means something else.
pub fn classes(question: &Question, conditions: &[&Condition]) -> Result<Vec<Answer>, TooTangled> {
    let mut sets: Vec<&[u8]> = Vec::new();
    let mut blank_matters = false;
    for statement in conditions.iter().flat_map(|condition| condition.statements()) {
        match statement {
            Condition::Gave { question: key, codes } if *key == question.key => sets.push(codes),
            Condition::Answered { answered } if *answered == question.key => blank_matters = true,
            _ => {}
        }
    }
    let meaning = |codes: &[u8]| -> Vec<bool> {
        let named = sets.iter().map(|set| codes.iter().any(|code| set.contains(code)));
        named.chain([blank_matters && codes.iter().all(|code| *code == NO_ANSWER)]).collect()
    };
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for answer in candidates(question, &meaning)? {
        if seen.insert(meaning(&code_book::codes_of(&question.kind, &answer))) {
            found.push(answer);
        }
    }
    Ok(found)
}

/// Enough answers to find one of every meaning among them.
fn candidates(question: &Question, meaning: &impl Fn(&[u8]) -> Vec<bool>) -> Result<Vec<Answer>, TooTangled> {
    let kind = &question.kind;
    let mut found = Vec::new();
    match kind.field() {
        Field::Radios(choices) => {
            found.extend(choices.iter().filter_map(|choice| taken(kind, &[choice.value.as_str()])));
        }
        Field::Checkboxes(choices) => found.extend(several(kind, &choices, meaning)?),
        // Conditions on an open question know only whether it was answered.
        _ => {
            found.push(Answer::Open(String::new()));
            let specials = Special::ALL.into_iter().filter_map(|special| taken(kind, &[special.value()]));
            found.extend(specials.filter(|answer| Special::of(answer).is_some()));
        }
    }
    if !question.required {
        found.push(Answer::NoAnswer);
    }
    Ok(found)
}

/// One answer for every set of groups of options that mean the same: the fewest ticks that the kind takes.
fn several(kind: &Kind, choices: &[Choice], meaning: &impl Fn(&[u8]) -> Vec<bool>) -> Result<Vec<Answer>, TooTangled> {
    let (options, apart): (Vec<&Choice>, Vec<&Choice>) = choices.iter().partition(|choice| choice.is_option());
    let mut groups: Vec<(Vec<bool>, Vec<&str>)> = Vec::new();
    for (choice, code) in options.into_iter().zip(code_book::FIRST_OPTION..) {
        let means = meaning(&[code]);
        match groups.iter_mut().find(|(other, _)| *other == means) {
            Some((_, values)) => values.push(choice.value.as_str()),
            None => groups.push((means, vec![choice.value.as_str()])),
        }
    }
    if groups.len() > MOST_GROUPS {
        return Err(TooTangled);
    }
    let mut found: Vec<Answer> = apart.iter().filter_map(|choice| taken(kind, &[choice.value.as_str()])).collect();
    for set in 1..1_usize << groups.len() {
        let members: Vec<&Vec<&str>> =
            groups.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0).map(|(_, (_, values))| values).collect();
        let first = members.iter().filter_map(|values| values.first().copied());
        let more = members.iter().flat_map(|values| values.iter().skip(1).copied());
        let ticks: Vec<&str> = first.chain(more).collect();
        let fewest = members.len();
        found.extend((fewest..=ticks.len()).find_map(|many| taken(kind, ticks.get(..many)?)));
    }
    Ok(found)
}

/// The positions of the questions whose answers decide whether those at `targets` are asked, in order.
#[must_use]
pub fn deciding(questionnaire: &Questionnaire, targets: &[usize]) -> Vec<usize> {
    let (mut found, mut next): (BTreeSet<usize>, Vec<usize>) = (BTreeSet::new(), targets.to_vec());
    while let Some(at) = next.pop() {
        let own = questionnaire.at(at).into_iter().flat_map(|question| question.show_if.iter());
        let mut named: Vec<u16> = own.flat_map(Condition::questions).collect();
        for question in questionnaire.questions().iter().take(at) {
            // Of several skips the first that fits is followed, so those that lead elsewhere matter too.
            if question.skips.iter().any(|skip| routing::target(questionnaire, skip) > at) {
                named.extend(question.skips.iter().flat_map(|skip| skip.when.questions()));
                named.push(question.key);
            }
        }
        let positions = named.into_iter().filter_map(|key| questionnaire.position(key));
        next.extend(positions.filter(|position| found.insert(*position)).collect::<Vec<_>>());
    }
    found.into_iter().collect()
}

/// Calls `end` for every way through the questions at these positions (in order), with the answers that lead there.
/// Answers differ when they mean something else to the conditions of these questions, or to these `conditions`.
///
/// # Errors
/// [`TooTangled`] when there are too many.
pub fn each(
    questionnaire: &Questionnaire,
    positions: &[usize],
    conditions: &[&Condition],
    budget: &mut Budget,
    end: &mut dyn FnMut(&Way<'_>, &Answers),
) -> Result<(), TooTangled> {
    let own = positions.iter().filter_map(|at| questionnaire.at(*at)).flat_map(Question::conditions);
    let conditions: Vec<&Condition> = own.chain(conditions.iter().copied()).collect();
    let mut steps = Vec::new();
    for question in positions.iter().filter_map(|at| Some((*at, questionnaire.at(*at)?))) {
        steps.push((question.0, question.1.key, classes(question.1, &conditions)?));
    }
    let most = MOST_STEPS.min(budget.0);
    let mut left = most;
    let outcome = step(&steps, Way::new(questionnaire), &mut Answers::default(), &mut left, end);
    budget.0 -= most - left;
    outcome
}

/// A question on the way: its position, its key, and the answers that differ.
type Step = (usize, u16, Vec<Answer>);

fn step(
    steps: &[Step],
    mut way: Way<'_>,
    answers: &mut Answers,
    left: &mut usize,
    end: &mut dyn FnMut(&Way<'_>, &Answers),
) -> Result<(), TooTangled> {
    let Some(((position, key, classes), rest)) = steps.split_first() else {
        end(&way, answers);
        return Ok(());
    };
    *left = left.checked_sub(1).ok_or(TooTangled)?;
    if !way.reaches(*position, answers) {
        return step(rest, way, answers, left, end);
    }
    for answer in classes {
        // What was put down for later questions on another way stays, and counts for nothing until they are asked.
        let mut way = way.clone();
        answers.put(*key, answer.clone());
        way.leaves(*position, answers);
        step(rest, way, answers, left, end)?;
    }
    Ok(())
}
