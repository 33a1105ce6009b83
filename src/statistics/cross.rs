//! Two questions against each other, and the same within one answer to a third.
//!
//! **Two.** A table of two questions is a division of the answers to one by the answers to the other, those who gave
//! none to it being a group as well, so that the groups together are everybody. It goes out by `release_groups`: the
//! smallest base, small cells, and further cells wherever rows, columns and totals would give a hidden one away. The
//! caller asks for each pair in one fixed order whichever way it is drawn: released both ways, the cells that one way
//! hides might be shown by the other.
//!
//! **Three.** At most two questions are ever crossed freely. A third is let in only as a filter, and only where nothing
//! whatever has to be hidden: not in the table of any two of the three, and not in the layer of any of its answers, with
//! those who gave no answer to one of them counted as an answer of its own. Whatever layer somebody looks at, the layers
//! beside it, their sums and what is left of the whole table after taking some of them away are then sums of cells that
//! are each large enough or empty, so that no view can be taken from another to find a few people. Where one cell of
//! one layer is small, there is no layer at all.

use crate::statistics::compare;
use crate::statistics::counts::{Counts, Shape};
use crate::statistics::disclosure::{self, Policy, Released};
use crate::statistics::table::{Cell, Table};

/// The most cells of a table of two questions: more than that nobody reads, and each would hold few people.
pub const MOST_CELLS: usize = 400;

/// Pearson's chi-square test that two questions do not depend on each other, on what is shown of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dependence {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub freedom: u32,
    /// How often chance alone would bring a statistic as large, from 0 to 1.
    pub p: f64,
}

/// One question for each answer to another, released together. The first `answers` groups are answers; what follows are
/// people who gave none, who take no part in the test. None where there are more cells than anybody reads.
#[must_use]
pub fn release_cross(
    groups: &[(String, Counts)],
    answers: usize,
    policy: &Policy,
) -> Option<(Released, Option<Dependence>)> {
    let cells: usize = groups.iter().map(|(_, counts)| counts.cells().len()).sum();
    if cells > MOST_CELLS {
        return None;
    }
    let released = disclosure::release_groups(groups, policy)?;
    let tables: Vec<&Table> = released.groups.iter().map(|(_, table)| table).collect();
    let dependence = dependence(groups, &tables, answers, policy);
    Some((released, dependence))
}

/// A third question as a filter: its layers, each with one question for each answer to another.
pub struct Layers<'a> {
    /// Each two of the three, for everybody.
    pub pairs: &'a [Vec<(String, Counts)>],
    /// For each answer to the third, and for those who gave none.
    pub layers: &'a [Vec<(String, Counts)>],
    /// How many groups of a layer are answers, from the first on.
    pub answers: usize,
}

/// One layer, by its place; none where anything would have to be hidden in any of them or in the table of any pair.
#[must_use]
pub fn release_layers(of: &Layers<'_>, shown: usize, policy: &Policy) -> Option<(Released, Option<Dependence>)> {
    let mut all = of.pairs.iter().chain(of.layers).flatten();
    if !all.all(|(_, counts)| is_open(counts, policy)) {
        return None;
    }
    let groups = of.layers.get(shown)?;
    let mut total = groups.first()?.1.emptied();
    let whole: Vec<(String, Table)> = groups
        .iter()
        .filter(|(_, counts)| total.add(counts))
        .map(|(name, counts)| (name.clone(), disclosure::whole(counts, policy)))
        .collect();
    let tables: Vec<&Table> = whole.iter().map(|(_, table)| table).collect();
    let dependence = dependence(groups, &tables, of.answers, policy);
    let released = Released {
        overall: disclosure::whole(&total, policy),
        shown: vec![None; whole.len()],
        groups: whole,
        comparison: None,
    };
    Some((released, dependence))
}

/// Whether nothing of the counts says too much: each is empty or large enough, those outside the base too.
fn is_open(counts: &Counts, policy: &Policy) -> bool {
    let base = counts.base();
    let few_without = |cell: u32| counts.shape() != Shape::OneOf && policy.is_small(base.saturating_sub(cell), base);
    let small = |cell: &u32| policy.is_small(*cell, base) || few_without(*cell);
    let few = |people: u32| people > 0 && people < policy.minimum();
    !few(base) && !few(counts.outside()) && !counts.cells().iter().any(small)
}

/// The test over the groups that are shown whole; none where counts are rounded, where people gave several answers, where
/// fewer than two groups or answers are left, or where so few people are to be expected in a cell that it would not hold.
fn dependence(groups: &[(String, Counts)], tables: &[&Table], answers: usize, policy: &Policy) -> Option<Dependence> {
    if policy.rounds() {
        return None;
    }
    let is_whole = |table: &Table| table.is_shown() && table.rows.iter().all(|row| row.cell != Cell::Hidden);
    let shown = groups.iter().zip(tables).take(answers).filter(|(_, table)| is_whole(table));
    let counts: Vec<&Counts> = shown.map(|((_, counts), _)| counts).filter(|counts| counts.base() > 0).collect();
    if counts.iter().any(|counts| counts.shape() != Shape::OneOf) {
        return None;
    }
    let used: Vec<usize> = (0..counts.first()?.cells().len())
        .filter(|at| counts.iter().any(|counts| counts.cells().get(*at).is_some_and(|cell| *cell > 0)))
        .collect();
    let row = |counts: &&Counts| used.iter().filter_map(|at| counts.cells().get(*at).copied()).collect();
    let table: Vec<Vec<u32>> = counts.iter().map(row).collect();
    let tested = compare::chi_square(&table).filter(|_| compare::is_large_enough(&table))?;
    let freedom = u32::try_from((table.len() - 1) * (used.len() - 1)).ok()?;
    Some(Dependence { statistic: tested.statistic, freedom, p: tested.p })
}

#[cfg(test)]
#[path = "cross_tests.rs"]
mod tests;
