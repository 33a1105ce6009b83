//! How those who answered compare with everybody, category by category, and what the weights are like.

use crate::questionnaires::questionnaire::Questionnaire;
use crate::statistics::counts::{Category, Counts};
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::raking::{self, Summary};
use crate::statistics::table::Cell;
use crate::surveys::weighting::apply::{NOT_GIVEN, Weights};
use crate::surveys::weighting::method::{self, Method};

/// From so many points on, a category among those who answered is called far from everybody.
pub const FAR: f64 = 5.0;

/// One category.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// How many of everybody it has.
    pub number: u32,
    /// Its per cent of everybody.
    pub everybody: f64,
    /// How many of those who answered it has with their per cent and its per cent when they are weighed, among those who
    /// gave an answer; none where that may not be said.
    pub answered: Option<(u32, f64, f64)>,
}

impl Line {
    /// Whether those who answered are far from everybody.
    #[must_use]
    pub fn is_far(&self) -> bool {
        self.answered.is_some_and(|(_, percent, _)| (percent - self.everybody).abs() >= FAR)
    }
}

/// What a method does to those who answered.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Each question with its categories.
    pub questions: Vec<(String, Vec<Line>)>,
    /// What the weights are like.
    pub weights: Summary,
    /// How many people's weight was cut; none where too few to say.
    pub trimmed: Option<u32>,
    /// How many answered; none where too few to say.
    pub people: Option<u32>,
}

/// The profile of those who answered, as it may be shown; none where nobody answered.
#[must_use]
pub fn of(method: &Method, weights: &Weights, questionnaire: &Questionnaire, policy: &Policy) -> Option<Profile> {
    let weighing = &weights.weighing;
    let summary = raking::summary(&weighing.weights, &weighing.cells)?;
    let people: u32 = weighing.cells.iter().map(|cell| cell.people).sum();
    let each =
        method.margins.iter().filter_map(|margin| questionnaire.find(margin.key).map(|question| (margin, question)));
    let questions = each.enumerate().map(|(at, (margin, question))| {
        let categories = weighing.divisions.get(at).map(|division| division.categories.as_slice()).unwrap_or_default();
        let mut counts = Counts::one_of(categories.iter().map(|name| Category::plain(name.clone())).collect());
        for cell in &weighing.cells {
            (0..cell.people).for_each(|_| counts.record(cell.at.get(at).copied().unwrap_or(usize::MAX)));
        }
        let table = disclosure::release(&counts, &question.policy(policy));
        let known: Vec<Option<u32>> = categories
            .iter()
            .enumerate()
            .map(|(at, _)| match table.rows.get(at).map(|row| row.cell) {
                Some(Cell::Shown { count, .. }) => Some(count),
                _ => None,
            })
            .collect();
        let weighed = raking::sums(&weighing.cells, &weighing.weights, at, categories.len());
        // How many gave no answer is not told by a denominator where it is hidden.
        let counts_blank = known.last().is_some_and(Option::is_none);
        let takes_part = |name: &String| counts_blank || name != NOT_GIVEN;
        let named =
            |of: &[f64]| categories.iter().zip(of).filter(|(name, _)| takes_part(name)).map(|(_, of)| *of).sum::<f64>();
        let plain = raking::sums(&weighing.cells, &vec![1.0; weighing.cells.len()], at, categories.len());
        let (all_plain, all_weighed) = (named(&plain), named(&weighed));
        let everybody: f64 = margin.numbers.iter().map(|(_, number)| f64::from(*number)).sum();
        let lines = margin.numbers.iter().zip(&known).zip(weighed).map(|(((name, number), known), weighed)| Line {
            name: name.clone(),
            number: *number,
            everybody: 100.0 * f64::from(*number) / everybody,
            answered: known.map(|known| (known, 100.0 * f64::from(known) / all_plain, 100.0 * weighed / all_weighed)),
        });
        (method::name(questionnaire, question), lines.collect())
    });
    Some(Profile {
        questions: questions.collect(),
        weights: summary,
        trimmed: match usize::try_from(weights.trimmed).unwrap_or(usize::MAX) {
            0 => Some(0),
            people => disclosure::release_base(people, policy),
        },
        people: disclosure::release_base(usize::try_from(people).unwrap_or(usize::MAX), policy),
    })
}
