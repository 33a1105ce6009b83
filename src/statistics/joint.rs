//! Counting columns against a division of the people, one pass over each block: what every figure begins with.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::iter::Sum;

use crate::statistics::alike;
pub use crate::statistics::division::Division;
use crate::statistics::division::{NOWHERE, divide, within};
use crate::statistics::matrix::Block;
use crate::statistics::raking::Cell;

/// The most bytes that are counted together.
const MOST_BYTES: usize = 12;
/// The most cells that are kept for one column, whoever has them or not.
const MOST_CELLS: usize = 1 << 20;

/// How many people, closed to everybody outside `statistics`: only `Counts` can take it in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct People(pub(super) u32);

impl People {
    /// One person.
    pub const ONE: Self = Self(1);

    /// Whether there is anybody.
    #[must_use]
    pub fn any(self) -> bool {
        self.0 > 0
    }

    /// Whether they are at least so many.
    #[must_use]
    pub fn reach(self, least: u32) -> bool {
        self.0 >= least
    }
}

impl Sum for People {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|people| people.0).fold(0, u32::saturating_add))
    }
}

/// Two columns that hold a number from 0 to 65,535, the high byte first, and which of them are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The column of the high byte; the low one follows.
    pub column: usize,
    /// The smallest number that is counted.
    pub from: u16,
    /// The largest number that is counted.
    pub to: u16,
}

/// What is to be counted: which columns together, against which divisions, and which rows.
#[derive(Clone, PartialEq, Eq)]
pub struct Plan {
    /// What the people are divided by.
    pub divisions: Vec<Division>,
    /// Which rows are counted.
    pub span: Span,
    /// Each entry is counted by itself: no column, one, or up to twelve together.
    pub columns: Vec<Vec<usize>>,
}

/// One pass over blocks by a plan.
pub struct Pass {
    divisions: Vec<Division>,
    span: Span,
    seen: Option<(u16, u16)>,
    people: usize,
    counted: Vec<Counted>,
    /// Every column that is looked at, where they are few.
    few: Option<Vec<usize>>,
}

/// Some columns and how often each combination of stratum and codes occurs.
struct Counted {
    columns: Vec<usize>,
    found: Found,
}

enum Found {
    /// A cell for each stratum and code of at most one column.
    Dense(Vec<u32>),
    Sparse(HashMap<(u64, u64), u32, BuildHasherDefault<Mixed>>),
}

impl Counted {
    /// Adds people of a stratum with these codes in the columns.
    fn add(&mut self, stratum: u32, codes: impl Iterator<Item = u8>, people: u32) {
        match &mut self.found {
            Found::Dense(cells) => {
                let at = codes.fold(place(stratum), |at, code| at * 256 + usize::from(code));
                if let Some(cell) = cells.get_mut(at) {
                    *cell = cell.wrapping_add(people);
                }
            }
            Found::Sparse(found) => *found.entry(codes.fold((0, u64::from(stratum)), followed)).or_insert(0) += people,
        }
    }
}

/// A key with one more code at its end.
fn followed((high, low): (u64, u64), code: u8) -> (u64, u64) {
    ((high << 8) | (low >> 56), (low << 8) | u64::from(code))
}

impl Pass {
    /// A pass over about so many rows that has counted nothing yet.
    #[must_use]
    pub fn new(plan: Plan, rows: usize) -> Self {
        let Plan { divisions, span, columns } = plan;
        let strata: usize = divisions.iter().map(Division::parts).product();
        let divided = divisions.iter().filter(|division| division.divides()).map(|division| division.column);
        let few = alike::few(divided.chain(columns.iter().flatten().copied()));
        let counted = columns.into_iter().map(|mut columns| {
            columns.truncate(MOST_BYTES);
            let cells = if columns.is_empty() { strata } else { strata.saturating_mul(256) };
            let dense = columns.len() < 2 && cells <= rows.saturating_mul(4).min(MOST_CELLS);
            let found = if dense { Found::Dense(vec![0; cells]) } else { Found::Sparse(HashMap::default()) };
            Counted { columns, found }
        });
        Self { divisions, span, seen: None, people: 0, counted: counted.collect(), few }
    }

    /// Counts the rows of a block.
    pub fn count(&mut self, block: &Block) {
        if self.count_alike(block).is_some() {
            return;
        }
        let mut strata = vec![0_u32; block.rows()];
        for division in &self.divisions {
            if division.divides() {
                divide(&mut strata, division, block.column(division.column));
            }
        }
        self.spanned(&mut strata, block);
        self.people += strata.iter().filter(|stratum| **stratum != NOWHERE).count();
        for counted in &mut self.counted {
            match (&mut counted.found, counted.columns.as_slice()) {
                (Found::Dense(cells), []) => tally(cells, strata.iter().map(|stratum| place(*stratum))),
                (Found::Dense(cells), [column, ..]) => {
                    let codes = strata.iter().zip(block.column(*column));
                    tally(cells, codes.map(|(stratum, code)| place(*stratum) * 256 + usize::from(*code)));
                }
                (Found::Sparse(found), columns) => {
                    let mut keys: Vec<(u64, u64)> = strata.iter().map(|stratum| (0, u64::from(*stratum))).collect();
                    for column in columns {
                        for (key, code) in keys.iter_mut().zip(block.column(*column)) {
                            *key = followed(*key, *code);
                        }
                    }
                    for (key, stratum) in keys.into_iter().zip(&strata) {
                        if *stratum != NOWHERE {
                            *found.entry(key).or_insert(0) += 1;
                        }
                    }
                }
            }
        }
    }

    /// Counts rows that are alike together; none, and nothing counted, where that cannot be done: many columns or codes, or
    /// rows that are left out.
    fn count_alike(&mut self, block: &Block) -> Option<()> {
        let columns = self.few.as_deref()?;
        let Span { column, from, to } = self.span;
        let (first, last) = block.ends(column).filter(|(first, last)| *first >= from && *last <= to)?;
        let found = alike::combinations(block, columns)?;
        let code = |codes: &[u8], column: usize| {
            let at = columns.iter().position(|one| *one == column);
            at.and_then(|at| codes.get(at)).copied().unwrap_or(0)
        };
        let stratum = |codes: &[u8]| {
            let dividing = self.divisions.iter().filter(|division| division.divides());
            dividing.fold(0, |stratum, division| within(stratum, division, code(codes, division.column)))
        };
        let strata: Vec<u32> = found.iter().map(|(codes, _)| stratum(codes)).collect();
        if strata.contains(&NOWHERE) {
            return None;
        }
        for ((codes, rows), stratum) in found.iter().zip(&strata) {
            for counted in &mut self.counted {
                let of: Vec<u8> = counted.columns.iter().map(|column| code(codes, *column)).collect();
                counted.add(*stratum, of.into_iter(), *rows);
            }
        }
        self.people += block.rows();
        let (from, to) = self.seen.unwrap_or((first, last));
        self.seen = Some((from.min(first), to.max(last)));
        Some(())
    }

    /// Leaves out the rows outside the span, and notes the first and the last number of those inside.
    fn spanned(&mut self, strata: &mut [u32], block: &Block) {
        let Span { column, from, to } = self.span;
        for (stratum, number) in strata.iter_mut().zip(block.numbers(column)) {
            if number < from || number > to {
                *stratum = NOWHERE;
            }
            if *stratum != NOWHERE {
                let (first, last) = self.seen.unwrap_or((number, number));
                self.seen = Some((first.min(number), last.max(number)));
            }
        }
    }

    /// What was counted.
    #[must_use]
    pub fn finish(self) -> Joints {
        let sizes: Vec<usize> = self.divisions.iter().map(Division::parts).collect();
        let joints = self.counted.into_iter().map(|counted| {
            let bytes = counted.columns.len();
            let mut entries: Vec<Entry> = match counted.found {
                Found::Dense(cells) => {
                    let each = if bytes == 0 { 1 } else { 256 };
                    let some = cells.into_iter().enumerate().filter(|(_, people)| *people > 0);
                    some.map(|(at, people)| Entry::dense(at, each, people)).collect()
                }
                Found::Sparse(found) => {
                    found.into_iter().map(|(key, people)| Entry::sparse(key, bytes, people)).collect()
                }
            };
            entries.sort_unstable_by(|one, other| (one.stratum, &one.codes).cmp(&(other.stratum, &other.codes)));
            entries
        });
        Joints { sizes, people: self.people, seen: self.seen, joints: joints.collect() }
    }
}

/// Adds one to each cell named; a place outside is nobody who counts.
fn tally(cells: &mut [u32], places: impl Iterator<Item = usize>) {
    for place in places {
        if let Some(cell) = cells.get_mut(place) {
            *cell = cell.wrapping_add(1);
        }
    }
}

fn place(stratum: u32) -> usize {
    usize::try_from(stratum).unwrap_or(usize::MAX)
}

/// So many people of a stratum with these codes.
struct Entry {
    stratum: usize,
    codes: Vec<u8>,
    people: People,
}

impl Entry {
    fn dense(at: usize, each: usize, people: u32) -> Self {
        let codes = if each == 1 { Vec::new() } else { u8::try_from(at % each).into_iter().collect() };
        Self { stratum: at / each, codes, people: People(people) }
    }

    fn sparse((high, low): (u64, u64), bytes: usize, people: u32) -> Self {
        let number = (u128::from(high) << 64) | u128::from(low);
        let all = number.to_be_bytes();
        let codes = all.get(all.len() - bytes..).unwrap_or_default().to_vec();
        Self { stratum: usize::try_from(number >> (8 * bytes)).unwrap_or(usize::MAX), codes, people: People(people) }
    }
}

/// Which people: for each division of the pass one of its parts, or none for all of them.
pub type Whom = [Option<usize>];

/// What a pass has counted.
pub struct Joints {
    sizes: Vec<usize>,
    people: usize,
    seen: Option<(u16, u16)>,
    joints: Vec<Vec<Entry>>,
}

impl Joints {
    /// How many combinations of stratum and codes there are, which is what it takes of memory.
    #[must_use]
    pub fn size(&self) -> usize {
        self.joints.iter().map(Vec::len).sum()
    }

    /// How many people were counted in all.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people
    }

    /// The first and the last number of the span among them.
    #[must_use]
    pub fn seen(&self) -> Option<(u16, u16)> {
        self.seen
    }

    /// The codes that people have in the columns counted at this place, each with how many have them.
    pub fn each(&self, at: usize, whom: &Whom) -> impl Iterator<Item = (&[u8], People)> {
        let entries = self.joints.get(at).map(Vec::as_slice).unwrap_or_default();
        let belongs = move |entry: &&Entry| self.belongs(entry.stratum, whom);
        entries.iter().filter(belongs).map(|entry| (entry.codes.as_slice(), entry.people))
    }

    /// The combinations of parts of the first so many divisions that somebody is in, in order.
    #[must_use]
    pub fn cells(&self, divisions: usize) -> Vec<Cell> {
        let mut cells = BTreeMap::<Vec<usize>, u32>::new();
        for (mut at, _, people) in self.every(0) {
            at.truncate(divisions);
            let sum = cells.entry(at).or_default();
            *sum = sum.saturating_add(people.0);
        }
        cells.into_iter().map(|(at, people)| Cell { at, people }).collect()
    }

    /// The codes that people have in the columns counted at this place, with the part of each division that they are in.
    pub fn every(&self, at: usize) -> impl Iterator<Item = (Vec<usize>, &[u8], People)> {
        let entries = self.joints.get(at).map(Vec::as_slice).unwrap_or_default();
        entries.iter().map(|entry| (self.parts_of(entry.stratum), entry.codes.as_slice(), entry.people))
    }

    /// The part of each division that a stratum is.
    fn parts_of(&self, stratum: usize) -> Vec<usize> {
        // The last division varies fastest.
        let mut rest = stratum;
        let mut parts: Vec<usize> = self.sizes.iter().rev().map(|size| (rest % size, rest /= size).0).collect();
        parts.reverse();
        parts
    }

    fn belongs(&self, stratum: usize, whom: &Whom) -> bool {
        // The last division varies fastest.
        let mut rest = stratum;
        self.sizes.iter().enumerate().rev().all(|(at, size)| {
            let part = rest % size;
            rest /= size;
            whom.get(at).copied().flatten().is_none_or(|wanted| wanted == part)
        })
    }
}

/// A quick hash for keys that nobody outside can choose: multiply and mix, after the Fx hash of the Rust compiler.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
#[path = "joint_tests.rs"]
mod tests;
