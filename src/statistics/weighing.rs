//! The share satisfied among people who count unequally, let out only where it gives away no group and no person.
//!
//! Whoever knows the weights and both shares, as answered and weighted, has one equation more than before. So what is
//! hidden of a division must be weighed alike, and then the weighted share follows from figures that are shown. And no
//! person may count for more than one of the fewest people on whom a figure may rest.

use std::collections::BTreeSet;

use crate::statistics::compare;
use crate::statistics::counts::{Counts, Shape};
use crate::statistics::disclosure::{Policy, Released, release_groups};
use crate::statistics::figures;
use crate::statistics::raking::Cell;
use crate::statistics::rao_scott::{self, Alike};
use crate::statistics::table::{self, Table};
use crate::statistics::weights::{Weighted, effective_base};

/// How rarely chance alone may bring such a difference before it is called one.
const LEVEL: f64 = 0.05;

/// A division of people, and which of its categories are weighed as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The names of its categories.
    pub categories: Vec<String>,
    /// For each category the class it is weighed in.
    pub classes: Vec<usize>,
}

/// Everybody who answered, with what each counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighing {
    /// The divisions that the weights rest on.
    pub divisions: Vec<Division>,
    /// People who are alike in all of them.
    pub cells: Vec<Cell>,
    /// What a person of each cell counts; the mean over all people is one.
    pub weights: Vec<f64>,
}

/// Why a weighted share is not shown though the plain one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// Too few of a category answered the question, or their answers would be given away.
    Group(String),
    /// One person's answer would count too much.
    OnePerson,
}

impl Weighing {
    /// The weighted share of a question, of the counts of each cell in order; none where the plain share is not shown.
    ///
    /// The interval is Wilson's at the number of people who, counted equally, would have the share's linearised error. At
    /// nought and at one it rests on Kish's effective base, which is also the one that is said.
    ///
    /// # Errors
    /// See [`Withheld`].
    #[must_use]
    pub fn release(&self, counts: &[Counts], policy: &Policy) -> Option<Result<Weighted, Withheld>> {
        for (at, division) in self.divisions.iter().enumerate() {
            let groups = self.by(at, counts)?;
            let released = release_groups(&groups, policy)?;
            released.overall.share?;
            if let Some(name) = hidden_apart(division, &groups, &released) {
                return Some(Err(Withheld::Group(name)));
            }
        }
        let parts: Vec<(f64, u32, u32)> = self
            .weights
            .iter()
            .zip(counts)
            .filter_map(|(weight, counts)| Some((*weight, counts.base(), counts.favourable()?)))
            .filter(|(_, base, _)| *base > 0)
            .collect();
        if self.one_counts_too_much(counts, policy) {
            return Some(Err(Withheld::OnePerson));
        }
        let (share, error) = rao_scott::share(&parts)?;
        let pairs: Vec<(f64, u32)> = parts.iter().map(|(weight, base, _)| (*weight, *base)).collect();
        let effective = effective_base(&pairs);
        let (low, high) = figures::score_interval(share, rao_scott::equal_people(share, error).unwrap_or(effective));
        let found = Weighted { percent: 100.0 * share, low, high, effective };
        Some(Ok(if policy.rounds() { found.rounded() } else { found }))
    }

    /// The weighted per cent of each answer to a question, of the counts of each cell in order; none for an answer that is
    /// hidden, or whose hidden parts are not weighed alike. None at all where the question is not shown, and where
    /// everybody gives as many answers.
    #[must_use]
    pub fn rows(&self, counts: &[Counts], policy: &Policy) -> Option<Vec<Option<f64>>> {
        let first = counts.first().filter(|counts| counts.shape() != Shape::AsManyEach)?;
        if self.one_counts_too_much(counts, policy) {
            return None;
        }
        let mut may = vec![true; first.cells().len()];
        for (at, division) in self.divisions.iter().enumerate() {
            let groups = self.by(at, counts)?;
            let released = release_groups(&groups, policy).filter(|released| released.overall.is_shown())?;
            for (row, may) in may.iter_mut().enumerate() {
                let is_shown = |table: &Table| {
                    table.rows.get(row).is_some_and(|row| matches!(row.cell, table::Cell::Shown { .. }))
                };
                let each = groups.iter().zip(&released.groups).zip(&division.classes);
                let hidden = each.filter(|(((_, counts), (_, table)), _)| counts.base() > 0 && !is_shown(table));
                let classes: BTreeSet<usize> = hidden.map(|(_, class)| *class).collect();
                *may = *may && is_shown(&released.overall) && classes.len() < 2;
            }
        }
        let sum = |of: &dyn Fn(&Counts) -> u32| -> f64 {
            self.weights.iter().zip(counts).map(|(weight, counts)| weight * f64::from(of(counts))).sum()
        };
        let all = sum(&Counts::base);
        let percent = |(row, may): (usize, bool)| {
            let percent = 100.0 * sum(&|counts| counts.cells().get(row).copied().unwrap_or_default()) / all;
            may.then_some(if policy.rounds() { percent.round() } else { percent })
        };
        Some(may.into_iter().enumerate().map(percent).collect())
    }

    /// Whether one person's answer counts for more than one of the fewest people on whom a figure may rest.
    fn one_counts_too_much(&self, counts: &[Counts], policy: &Policy) -> bool {
        let pairs = || self.weights.iter().zip(counts).filter(|(_, counts)| counts.base() > 0);
        let all: f64 = pairs().map(|(weight, counts)| weight * f64::from(counts.base())).sum();
        let most = pairs().map(|(weight, _)| *weight).fold(0.0, f64::max);
        most * f64::from(policy.minimum()) > all
    }

    /// Whether the categories of a division differ in a weighted question by more than chance would explain, by the
    /// second-order corrected test of Rao and Scott. None where they are too few to test, where some are hidden, or
    /// where counts are rounded.
    #[must_use]
    pub fn differ(&self, division: usize, counts: &[Counts], policy: &Policy) -> Option<bool> {
        let groups = self.by(division, counts)?;
        let released = release_groups(&groups, policy).filter(|_| !policy.rounds())?;
        let answered = || groups.iter().zip(&released.groups).filter(|((_, counts), _)| counts.base() > 0);
        if answered().any(|(_, (_, table))| table.share.is_none()) {
            return None;
        }
        let rows: Vec<usize> =
            groups.iter().enumerate().filter(|(_, (_, counts))| counts.base() > 0).map(|(at, _)| at).collect();
        let plain: Vec<compare::Part> = answered()
            .filter_map(|((_, counts), _)| Some(compare::Part { hits: counts.favourable()?, base: counts.base() }))
            .collect();
        if !compare::is_large_enough(&compare::table_of(&plain)) {
            return None;
        }
        let table = self.cells.iter().zip(&self.weights).zip(counts).filter_map(|((cell, weight), counts)| {
            let row = rows.iter().position(|row| Some(row) == cell.at.get(division))?;
            let hits = counts.favourable()?;
            let alike = |column, people| Alike { weight: *weight, row, column, people };
            Some([alike(0, hits), alike(1, counts.base().saturating_sub(hits))])
        });
        let table: Vec<Alike> = table.flatten().collect();
        rao_scott::rao_scott(&table, rows.len(), 2).map(|test| test.p < LEVEL)
    }

    /// The counts of each category of a division.
    fn by(&self, division: usize, counts: &[Counts]) -> Option<Vec<(String, Counts)>> {
        let empty = counts.first()?.emptied();
        let names = self.divisions.get(division)?.categories.iter();
        let mut groups: Vec<(String, Counts)> = names.map(|name| (name.clone(), empty.clone())).collect();
        for (cell, counts) in self.cells.iter().zip(counts) {
            let (_, group) = cell.at.get(division).and_then(|at| groups.get_mut(*at))?;
            if !group.add(counts) {
                return None;
            }
        }
        Some(groups)
    }
}

/// The name of a category whose share is hidden, where some that are hidden are not weighed as one with it.
fn hidden_apart(division: &Division, groups: &[(String, Counts)], released: &Released) -> Option<String> {
    let each = groups.iter().zip(&released.groups).zip(&division.classes);
    let hidden: Vec<(&String, usize)> = each
        .filter(|(((_, counts), (_, table)), _)| counts.base() > 0 && table.share.is_none())
        .map(|(((name, _), _), class)| (name, *class))
        .collect();
    let classes: BTreeSet<usize> = hidden.iter().map(|(_, class)| *class).collect();
    (classes.len() > 1).then(|| hidden.first().map(|(name, _)| (*name).clone())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::raking::{self, Margin};

    /// People by area and age with so many favourable answers of so many, weighed to equal areas and ages.
    fn weighing(of: &[([usize; 2], u32, u32)]) -> (Weighing, Vec<Counts>) {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let (areas, ages) = (names(&["North", "South"]), names(&["Young", "Old"]));
        let cells: Vec<Cell> = of.iter().map(|(at, _, base)| Cell { at: at.to_vec(), people: *base }).collect();
        let equal = |name: &str, all: &[String]| Margin {
            name: name.to_owned(),
            categories: all.iter().map(|name| (name.clone(), 1.0)).collect(),
        };
        let weights = raking::rake(&[equal("Area", &areas), equal("Age", &ages)], &cells).unwrap();
        let divisions = [areas, ages].map(|categories| Division { categories, classes: vec![0, 1] });
        let counts = of.iter().map(|(_, hits, base)| Counts::hits_of(*hits, *base)).collect();
        (Weighing { divisions: divisions.to_vec(), cells, weights }, counts)
    }

    #[test]
    fn a_share_is_weighted_where_every_category_is_shown() {
        let (weighing, counts) = weighing(&[([0, 0], 60, 80), ([0, 1], 60, 80), ([1, 0], 10, 20), ([1, 1], 10, 20)]);
        let staff = weighing.release(&counts, &Policy::staff()).unwrap().unwrap();
        assert!((staff.percent - 62.5).abs() < 1e-9 && (staff.effective - 128.0).abs() < 1e-6, "{staff:?}");
        let rows = weighing.rows(&counts, &Policy::staff()).unwrap();
        let right = [62.5, 37.5];
        assert!(rows.iter().zip(right).all(|(row, right)| (row.unwrap() - right).abs() < 1e-9), "{rows:?}");
        assert_eq!(weighing.rows(&counts, &Policy::public()), Some(vec![Some(63.0), Some(38.0)]));
        assert_eq!(weighing.differ(0, &counts, &Policy::staff()), Some(true));
        assert_eq!(weighing.differ(1, &counts, &Policy::staff()), Some(false));
        let public = weighing.release(&counts, &Policy::public()).unwrap().unwrap();
        assert_eq!((public.percent, public.effective), (63.0, 130.0));
        assert_eq!((public.low.fract(), public.high.fract()), (0.0, 0.0));
        assert_eq!(weighing.differ(0, &counts, &Policy::public()), None, "it says more than rounded counts do");
    }

    #[test]
    fn what_is_hidden_is_not_weighed_apart_from_the_rest_that_is() {
        let few = [([0, 0], 60, 80), ([0, 1], 60, 80), ([1, 0], 1, 2), ([1, 1], 0, 1)];
        let (mut weighing, counts) = weighing(&few);
        let found = weighing.release(&counts, &Policy::staff()).unwrap();
        assert!(matches!(found, Err(Withheld::Group(_))), "{found:?}");
        assert!(weighing.rows(&counts, &Policy::staff()).is_none_or(|rows| rows.iter().all(Option::is_none)));
        // Weighed as one, both follow from what everybody said.
        weighing.divisions[0].classes = vec![0, 0];
        weighing.divisions[1].classes = vec![0, 0];
        weighing.weights = vec![1.0; 4];
        assert!(weighing.release(&counts, &Policy::staff()).unwrap().is_ok());
    }

    #[test]
    fn no_person_counts_for_more_than_one_of_the_fewest() {
        let (mut weighing, counts) = weighing(&[([0, 0], 10, 20), ([0, 1], 10, 20), ([1, 0], 10, 20), ([1, 1], 1, 1)]);
        weighing.weights = vec![1.0, 1.0, 1.0, 20.0];
        assert_eq!(weighing.release(&counts, &Policy::staff()), Some(Err(Withheld::OnePerson)));
        assert_eq!(weighing.rows(&counts, &Policy::staff()), None);
        assert!(weighing.release(&counts[..0], &Policy::staff()).is_none());
    }

    #[test]
    fn nothing_is_weighted_where_nothing_is_shown() {
        let (weighing, counts) = weighing(&[([0, 0], 1, 1), ([0, 1], 1, 1), ([1, 0], 1, 1), ([1, 1], 0, 1)]);
        assert_eq!(weighing.release(&counts, &Policy::staff()), None);
    }
}
