//! How many people gave each answer, closed to everybody outside `statistics`.

use crate::statistics::joint::People;

/// One thing a person could have answered, and how it takes part in the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The words the person saw.
    pub label: String,
    /// The place on a scale, where a mean makes sense.
    pub score: Option<i32>,
    /// Whether the answer counts as satisfied (or as agreeing).
    pub favourable: bool,
}

impl Category {
    /// A category that is only counted: no score, never favourable.
    #[must_use]
    pub fn plain(label: impl Into<String>) -> Self {
        Self { label: label.into(), score: None, favourable: false }
    }
}

/// Whether one person's answer falls in one category or in several.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    OneOf,
    SeveralOf,
    /// Several, and of everybody as many, so that all cells together add up to a sum that is known.
    AsManyEach,
}

/// How many people gave each answer to one question.
///
/// It has no `Debug`, `Display`, `Serialize` or getter outside this module on purpose: a view, an
/// export or a log can only hold what [`super::disclosure::release`] let out as a `Table`.
#[derive(Clone)]
pub struct Counts {
    categories: Vec<Category>,
    cells: Vec<u32>,
    base: u32,
    outside: u32,
    shape: Shape,
    sample: Option<Sample>,
}

/// What part of all homes a survey's answers are.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sample {
    answers: u32,
    homes: u32,
}

impl Counts {
    /// Nobody yet, for a question where a person gives one answer.
    #[must_use]
    pub fn one_of(categories: Vec<Category>) -> Self {
        Self::empty(categories, Shape::OneOf)
    }

    /// Nobody yet, for a question where a person may tick several answers.
    #[must_use]
    pub fn several_of(categories: Vec<Category>) -> Self {
        Self::empty(categories, Shape::SeveralOf)
    }

    /// Nobody yet, for a question where everybody ticks the same number of answers.
    #[must_use]
    pub fn same_number_of(categories: Vec<Category>) -> Self {
        Self::empty(categories, Shape::AsManyEach)
    }

    /// `hits` of `base` cases: kept promises, items met. More hits than cases count as all of them.
    #[must_use]
    pub fn hits_of(hits: u32, base: u32) -> Self {
        let mut yes = Category::plain("Yes");
        yes.favourable = true;
        let mut counts = Self::one_of(vec![yes, Category::plain("No")]);
        let hits = hits.min(base);
        counts.cells = vec![hits, base - hits];
        counts.base = base;
        counts
    }

    fn empty(categories: Vec<Category>, shape: Shape) -> Self {
        let cells = vec![0; categories.len()];
        Self { categories, cells, base: 0, outside: 0, shape, sample: None }
    }

    /// The same categories with nobody in them.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self::empty(self.categories.clone(), self.shape)
    }

    /// The same counts, as part of a survey that `answers` of `homes` answered: intervals then allow for
    /// the homes there are. More answers than homes say nothing about either.
    #[must_use]
    pub fn sampled(self, answers: u32, homes: u32) -> Self {
        let sample = Some(Sample { answers, homes }).filter(|sample| sample.answers <= sample.homes);
        Self { sample, ..self }
    }

    /// One person gave the answer at `index`. An index without a category counts as outside.
    pub fn record(&mut self, index: usize) {
        self.record_several(&[index]);
    }

    /// One person ticked every category in `indexes`; an empty list means none of them.
    pub fn record_several(&mut self, indexes: &[usize]) {
        self.record_people(indexes, People::ONE);
    }

    /// One person was not asked, did not answer or said "not applicable": never in the base.
    pub fn record_outside(&mut self) {
        self.record_people_outside(People::ONE);
    }

    /// All these people gave the same answer: each ticked every category in `indexes`, an empty list meaning none of them.
    /// An index without a category counts as outside.
    pub fn record_people(&mut self, indexes: &[usize], people: People) {
        if indexes.iter().any(|&index| index >= self.cells.len()) {
            self.record_people_outside(people);
            return;
        }
        for &index in indexes {
            if let Some(cell) = self.cells.get_mut(index) {
                *cell = cell.saturating_add(people.0);
            }
        }
        self.base = self.base.saturating_add(people.0);
    }

    /// None of these people is in the base.
    pub fn record_people_outside(&mut self, people: People) {
        self.outside = self.outside.saturating_add(people.0);
    }

    /// The answers in words, which are no secret.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        self.categories.iter().map(|category| category.label.clone()).collect()
    }

    /// Adds other counts of the same question. False, and nothing changed, if the categories differ.
    /// Counts of two surveys together are no sample of either's homes.
    #[must_use]
    pub fn add(&mut self, other: &Self) -> bool {
        if self.categories != other.categories || self.shape != other.shape {
            return false;
        }
        for (mine, theirs) in self.cells.iter_mut().zip(&other.cells) {
            *mine = mine.saturating_add(*theirs);
        }
        self.base = self.base.saturating_add(other.base);
        self.outside = self.outside.saturating_add(other.outside);
        self.sample = self.sample.filter(|sample| Some(*sample) == other.sample);
        true
    }

    /// What is in each cell, in the base and outside it, for tests that count by another way.
    #[cfg(test)]
    pub fn bare(&self) -> (Vec<u32>, u32, u32) {
        (self.cells.clone(), self.base, self.outside)
    }

    pub(super) fn categories(&self) -> &[Category] {
        &self.categories
    }

    pub(super) fn cells(&self) -> &[u32] {
        &self.cells
    }

    pub(super) fn base(&self) -> u32 {
        self.base
    }

    pub(super) fn outside(&self) -> u32 {
        self.outside
    }

    pub(super) fn shape(&self) -> Shape {
        self.shape
    }

    /// How many homes stand behind the base, where that is known. A question that only some were asked
    /// stands for the same part of all homes as of all answers, since nobody knows how many more it
    /// would have fitted (W. G. Cochran (1977), "Sampling Techniques", third edition, chapter 2, on
    /// means of subpopulations).
    pub(super) fn population(&self) -> Option<f64> {
        let Sample { answers, homes } = self.sample.filter(|sample| sample.answers >= self.base)?;
        Some(f64::from(homes) * f64::from(self.base) / f64::from(answers.max(1)))
    }

    /// How many gave a favourable answer, where the question has favourable answers.
    pub(super) fn favourable(&self) -> Option<u32> {
        if !self.categories.iter().any(|category| category.favourable) {
            return None;
        }
        let pairs = self.categories.iter().zip(&self.cells);
        Some(pairs.filter(|(category, _)| category.favourable).map(|(_, cell)| *cell).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colours() -> Counts {
        Counts::one_of(vec![Category::plain("Red"), Category::plain("Blue")])
    }

    #[test]
    fn an_answer_outside_the_base_never_reaches_it() {
        let mut counts = colours();
        counts.record(0);
        counts.record_outside();
        counts.record(7);
        assert_eq!((counts.base(), counts.outside()), (1, 2));
    }

    #[test]
    fn counts_of_another_question_are_not_added() {
        let mut counts = colours();
        assert!(!counts.add(&Counts::several_of(vec![Category::plain("Red")])));
        let mut other = counts.emptied();
        other.record(1);
        assert!(counts.add(&other));
        assert_eq!(counts.cells(), [0, 1]);
    }

    #[test]
    fn several_ticks_of_one_person_are_one_in_the_base() {
        let mut counts = Counts::several_of(vec![Category::plain("Red"), Category::plain("Blue")]);
        counts.record_several(&[0, 1]);
        counts.record_several(&[]);
        assert_eq!((counts.base(), counts.cells()), (2, [1, 1].as_slice()));
    }

    #[test]
    fn a_question_some_were_asked_stands_for_its_part_of_all_homes() {
        let mut counts = colours();
        (0..50).for_each(|_| counts.record(0));
        assert_eq!(counts.population(), None);
        assert_eq!(counts.clone().sampled(200, 4_000).population(), Some(1_000.0));
        assert_eq!(counts.clone().sampled(50, 49).population(), None);
        let mut sampled = counts.sampled(50, 100);
        assert!(sampled.add(&colours()));
        assert_eq!(sampled.population(), None);
    }
}
