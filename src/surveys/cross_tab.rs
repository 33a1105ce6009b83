//! Two closed questions of a survey against each other, and a third as a filter. What may be shown of them, and why a
//! third is not let in everywhere, is said in `statistics/cross.rs`.

use crate::db::{self, Tx};
use crate::questionnaires::count::{self, Counted, Counting};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Dependence, Layers, Policy, Released};
use crate::surveys::export;
use crate::surveys::survey::Asked;

/// What a table can be made of: a closed question, or one item of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    question: &'a Question,
    facet: Facet,
    /// Its words for people.
    pub title: String,
}

/// Every subject of a survey. The regulator's questions are shown for each tenure by itself and nowhere else, and places
/// in an order give each other away.
#[must_use]
pub fn subjects(asked: &Asked) -> Vec<Subject<'_>> {
    let questionnaire = &asked.version.questionnaire;
    let open = |question: &&Question| question.bank.is_none() && !question.kind.facets_are_bound();
    let subjects = questionnaire.questions().iter().filter(open).flat_map(|question| {
        question.kind.facets().into_iter().map(|facet| {
            let title = export::headed(&piping::described(&question.text, questionnaire), &facet.about);
            Subject { question, facet, title }
        })
    });
    subjects.collect()
}

impl Subject<'_> {
    /// How forms name it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}", self.question.key, self.facet.byte)
    }

    /// Whether everybody gives one answer to it at most, so that people can be divided by it.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.facet.byte > 0 || self.question.kind.more_bytes() == 0
    }

    fn divides(&self, questionnaire: &Questionnaire) -> bool {
        count::divider(questionnaire).is_some_and(|divider| divider.key == self.question.key)
    }

    /// The parts that people fall in by it: its answers, and last those who gave none. The dividing question's are its
    /// groups, as everywhere.
    fn parts(&self, questionnaire: &Questionnaire) -> Vec<String> {
        if self.divides(questionnaire) {
            return count::group_names(self.question);
        }
        let answers = self.question.kind.counts().map(|counts| counts.labels()).unwrap_or_default();
        answers.into_iter().chain(["No answer".to_owned()]).collect()
    }

    /// The layers it makes as a filter, each with its parts: of a scale the two good points together, the middle, and the
    /// two bad ones; of scores from 0 to 10 three bands; else every part by itself.
    #[must_use]
    pub fn layers(&self, questionnaire: &Questionnaire) -> Vec<(String, Vec<usize>)> {
        let parts = self.parts(questionnaire);
        let kind = &self.question.kind;
        let bands: &[&[usize]] = match parts.len() {
            6 if kind.has_share() => &[&[0, 1], &[2], &[3, 4], &[5]],
            12 if kind.has_mean() => &[&[0, 1, 2, 3, 4, 5, 6], &[7, 8], &[9, 10], &[11]],
            _ => return parts.into_iter().enumerate().map(|(at, name)| (name, vec![at])).collect(),
        };
        let name = |band: &[usize]| {
            let name = |at: Option<&usize>| at.and_then(|at| parts.get(*at)).cloned().unwrap_or_default();
            let between = if kind.has_mean() { "to" } else { "or" };
            match band {
                [only] => name(Some(only)),
                _ => format!("{} {between} {}", name(band.first()), name(band.last())),
            }
        };
        bands.iter().map(|band| (name(band), band.to_vec())).collect()
    }

    fn divide<'b>(&self, counting: Counting<'b>, questionnaire: &Questionnaire) -> Counting<'b> {
        if self.divides(questionnaire) { counting.by_group() } else { counting.by_answer(self.question, &self.facet) }
    }

    fn counts(&self, counted: &Counted, part: Option<usize>, of_third: Option<usize>) -> Option<Counts> {
        counted.counts(self.question, &self.facet, &[part, of_third])
    }
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Chosen<'a> {
    /// The question whose answers are the rows.
    pub rows: Subject<'a>,
    /// The question whose answers are the columns. It or the other must be single.
    pub columns: Subject<'a>,
    /// The filter, which must be single, and the place of one of its layers.
    pub only: Option<(Subject<'a>, usize)>,
}

/// A table of two questions as it may be shown.
#[derive(Clone, Debug)]
pub struct CrossTab {
    /// One question for everybody and for each part by the other.
    pub released: Released,
    /// The answers that are counted in each part.
    pub answers: Vec<String>,
    /// The words of the question by which people are divided.
    pub divided_by: String,
    /// Whether the parts are the columns, as they were asked for, or the rows.
    pub parts_are_columns: bool,
    /// Whether the two depend on each other; none where that cannot be tested.
    pub dependence: Option<Dependence>,
}

/// Why there is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// The two have more combinations of answers than anybody reads.
    TooManyCells,
    /// Some answers to a sealed question could not be opened.
    Shut,
    /// Somewhere in the layers of the filter, or in the tables of each two of the three, are fewer people than this.
    TooFewInLayers(u32),
}

/// Counts and releases a table.
///
/// # Errors
/// When the database refuses.
pub async fn work_out(
    tx: &mut Tx,
    asked: &Asked,
    chosen: &Chosen<'_>,
    policy: &Policy,
) -> Result<Result<CrossTab, NotShown>, db::Error> {
    let questionnaire = &asked.version.questionnaire;
    let (by, of) = in_order(chosen, questionnaire);
    let counting = by.divide(Counting::of(&asked.version), questionnaire);
    let counting = match &chosen.only {
        Some((third, _)) => third.divide(counting, questionnaire),
        None => counting.undivided(),
    };
    let counting = counting.of_facet(of.question, &of.facet).of_facet(by.question, &by.facet);
    let counted = counting.run(tx).await?;
    let third = chosen.only.as_ref().map(|(third, _)| third);
    let subjects = || [by, of].into_iter().chain(third);
    if subjects().any(|subject| counted.is_shut(subject.question)) {
        return Ok(Err(NotShown::Shut));
    }
    // Where one of them is about a special category, all of the table is.
    let policy = &subjects().fold(*policy, |policy, subject| subject.question.policy(&policy));
    let names = by.parts(questionnaire);
    let answers = names.len() - 1;
    let released = match &chosen.only {
        None => disclosure::release_cross(&divided(&counted, of, &names, None), answers, policy)
            .ok_or(NotShown::TooManyCells),
        Some((third, layer)) => {
            let layers = third.layers(questionnaire);
            let thirds: Vec<(String, Vec<usize>)> =
                third.parts(questionnaire).into_iter().enumerate().map(|(at, name)| (name, vec![at])).collect();
            let layered = |subject: &Subject<'_>| -> Vec<(String, Counts)> {
                let parts = thirds
                    .iter()
                    .map(|(name, at)| Some((name.clone(), subject.counts(&counted, None, at.first().copied())?)));
                parts.flatten().collect()
            };
            let pairs = [divided(&counted, of, &names, None), layered(of), layered(by)];
            let layers: Vec<_> = layers.iter().map(|(_, parts)| divided(&counted, of, &names, Some(parts))).collect();
            let all = Layers { pairs: &pairs, layers: &layers, answers };
            disclosure::release_layers(&all, *layer, policy).ok_or(NotShown::TooFewInLayers(policy.minimum()))
        }
    };
    Ok(released.map(|(released, dependence)| CrossTab {
        released,
        answers: of.question.kind.counts().map(|counts| counts.labels()).unwrap_or_default(),
        divided_by: by.title.clone(),
        parts_are_columns: *by == chosen.columns,
        dependence,
    }))
}

/// The question by which people are divided and the question that is counted, in one order for each pair whichever way it
/// is drawn: people are divided by what divides all results, else by what was asked first.
fn in_order<'a, 'b>(chosen: &'b Chosen<'a>, questionnaire: &Questionnaire) -> (&'b Subject<'a>, &'b Subject<'a>) {
    let (one, other) = (&chosen.rows, &chosen.columns);
    let place = |subject: &Subject<'_>| {
        let position = questionnaire.position(subject.question.key);
        (!subject.is_single(), !subject.divides(questionnaire), position, subject.facet.byte)
    };
    if place(one) <= place(other) { (one, other) } else { (other, one) }
}

/// What is counted, for each part of the people; of those in some parts by the third question, or of everybody.
fn divided(counted: &Counted, of: &Subject<'_>, names: &[String], within: Option<&[usize]>) -> Vec<(String, Counts)> {
    let of_part = |part: usize| match within {
        None => of.counts(counted, Some(part), None),
        Some(thirds) => {
            let mut all = thirds.iter().map(|third| of.counts(counted, Some(part), Some(*third)));
            let mut sum = all.next()??;
            for counts in all {
                let _ = sum.add(&counts?);
            }
            Some(sum)
        }
    };
    names.iter().enumerate().filter_map(|(part, name)| Some((name.clone(), of_part(part)?))).collect()
}
