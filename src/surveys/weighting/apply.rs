//! From a method and counted answers to what each person counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::questionnaires::bank::Tenure;
use crate::questionnaires::count::{Counted, Counting};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::version::Version;
use crate::statistics::counts::Counts;
use crate::statistics::raking::{self, Cell, Margin, Refused};
use crate::statistics::weighing::{Division, Weighing};
use crate::surveys::results;
use crate::surveys::weighting::method::{self, Method};

/// The category of those who gave none of the answers.
pub const NOT_GIVEN: &str = "Not given";

/// What each person counts.
#[derive(Clone)]
pub struct Weights {
    /// Everybody by the questions they are weighed by.
    pub weighing: Weighing,
    /// How many people's weight was cut.
    pub trimmed: u32,
    /// Whether one of the questions they are weighed by is sealed.
    pub by_sealed: bool,
    /// Everybody divided by the questions they are weighed by, then by tenure.
    counted: Arc<Counted>,
    /// The keys of the questions, in the order of the divisions.
    keys: Vec<u16>,
}

/// Everybody divided by a method's questions, those who gave none of the answers last in each, then by tenure as in
/// [`results::by_tenure`].
#[must_use]
pub fn divided<'a>(method: &Method, version: &'a Version) -> Counting<'a> {
    let questionnaire = &version.questionnaire;
    let margins = method.margins.iter().filter_map(|margin| questionnaire.find(margin.key));
    let divided = margins.fold(Counting::of(version), |counting, question| {
        let blank = question.kind.groups().len();
        let part = |code: u8| question.kind.category(code).map_or(blank, |at| at.min(blank));
        counting.by(question, &Facet::whole(), blank + 1, |code| Some(part(code)))
    });
    results::by_tenure(divided, questionnaire).everything()
}

/// Weighs everybody, divided by the method's questions.
///
/// Who left such a question blank is a category of its own, which keeps the part it had among those who answered (M.
/// DeBell and J. A. Krosnick (2009), "Computing weights for American National Election Study survey data", technical
/// report nes012427). A category of fewer than `minimum` people is weighed as one with the smallest other: it would let
/// a few people count for many, and give away what disclosure control hides (see `statistics::weighing`).
///
/// # Errors
/// See [`Refused`].
pub fn weigh(
    method: &Method,
    questionnaire: &Questionnaire,
    counted: Counted,
    minimum: u32,
) -> Result<Weights, Refused> {
    let found = method.margins.iter().map(|margin| {
        let gone = || Refused::Changed("A question".to_owned());
        let question = questionnaire.find(margin.key).ok_or_else(gone)?;
        if !margin.numbers.iter().map(|(name, _)| name).eq(&question.kind.groups()) {
            return Err(Refused::Changed(method::name(questionnaire, question)));
        }
        Ok((margin, question))
    });
    let found: Vec<_> = found.collect::<Result<_, _>>()?;
    if let Some((_, question)) = found.iter().find(|(_, question)| counted.is_shut(question)) {
        return Err(Refused::Shut(method::name(questionnaire, question)));
    }
    let by_sealed = found.iter().any(|(_, question)| question.sealed.is_some());
    let cells = counted.cells(found.len());
    let (mut margins, mut divisions) = (Vec::new(), Vec::new());
    for (at, (margin, question)) in found.iter().enumerate() {
        let name = method::name(questionnaire, question);
        let (raw, merged, classes) = margin_of(name, &margin.numbers, &cells, at, minimum)?;
        divisions.push(Division { categories: raw, classes });
        margins.push(merged);
    }
    let by_class = |cell: &Cell| Cell {
        at: cell.at.iter().zip(&divisions).filter_map(|(at, division)| division.classes.get(*at).copied()).collect(),
        people: cell.people,
    };
    let classed: Vec<Cell> = cells.iter().map(by_class).collect();
    let raked = raking::rake(&margins, &classed)?;
    let (weights, trimmed) = match method.cap() {
        Some(cap) => raking::trim(&raked, &cells, cap)?,
        None => (raked, 0),
    };
    let keys = found.iter().map(|(margin, _)| margin.key).collect();
    let weighing = Weighing { divisions, cells, weights };
    Ok(Weights { weighing, trimmed, by_sealed, counted: Arc::new(counted), keys })
}

/// A margin's categories with the one of those who gave none, the margin with small ones weighed as one with another, and
/// the class of each category.
fn margin_of(
    name: String,
    numbers: &[(String, u32)],
    cells: &[Cell],
    at: usize,
    minimum: u32,
) -> Result<(Vec<String>, Margin, Vec<usize>), Refused> {
    let mut people = vec![0_u32; numbers.len() + 1];
    for cell in cells {
        if let Some(sum) = cell.at.get(at).and_then(|at| people.get_mut(*at)) {
            *sum = sum.saturating_add(cell.people);
        }
    }
    for ((category, number), people) in numbers.iter().zip(&people) {
        match (*number, *people) {
            (0, 1..) => return Err(Refused::NoPartFor(name, category.clone())),
            (1.., 0) => return Err(Refused::NobodyIn(name, category.clone())),
            _ => {}
        }
    }
    let everybody: f64 = numbers.iter().map(|(_, number)| f64::from(*number)).sum();
    let answered: f64 = people.iter().map(|people| f64::from(*people)).sum();
    let blank = people.last().map_or(0.0, |people| f64::from(*people)) / answered.max(1.0);
    let parts = numbers.iter().map(|(_, number)| f64::from(*number) * (1.0 - blank)).chain([everybody * blank]);
    let parts: Vec<f64> = parts.collect();
    let raw: Vec<String> = numbers.iter().map(|(name, _)| name.clone()).chain([NOT_GIVEN.to_owned()]).collect();
    let classes = classes(&people, minimum);
    let merged = (0..raw.len()).map(|class| {
        let number = parts.iter().zip(&classes).filter(|(_, of)| **of == class).map(|(part, _)| part).sum();
        (raw.get(class).cloned().unwrap_or_default(), number)
    });
    let merged = Margin { name, categories: merged.collect() };
    Ok((raw, merged, classes))
}

/// The class of each category: its own, or with the smallest other while its class has fewer people than `minimum`.
fn classes(people: &[u32], minimum: u32) -> Vec<usize> {
    let mut classes: Vec<usize> = (0..people.len()).collect();
    loop {
        let mut sums = BTreeMap::<usize, u32>::new();
        for (class, people) in classes.iter().zip(people).filter(|(_, people)| **people > 0) {
            *sums.entry(*class).or_default() += people;
        }
        let mut sizes: Vec<(u32, usize)> = sums.into_iter().map(|(class, people)| (people, class)).collect();
        sizes.sort_unstable();
        let [(smallest, from), (_, to), ..] = *sizes else { return classes };
        if smallest >= minimum {
            return classes;
        }
        classes.iter_mut().filter(|class| **class == from).for_each(|class| *class = to);
    }
}

impl Weights {
    /// One facet of a closed question for each cell. Where the survey asks for the tenure as the regulator does, `belongs`
    /// says of which tenures; none stands for homes outside the measures.
    #[must_use]
    pub fn counts(
        &self,
        question: &Question,
        facet: &Facet,
        belongs: impl Fn(Option<Tenure>) -> bool,
    ) -> Option<Vec<Counts>> {
        self.counted.counts_by(question, facet, &self.weighing.cells, |rest| {
            belongs(rest.first().and_then(|part| Tenure::ALL.get(*part)).copied())
        })
    }

    /// The place of a question among those that people are weighed by.
    #[must_use]
    pub fn division_of(&self, key: u16) -> Option<usize> {
        self.keys.iter().position(|known| *known == key)
    }
}
