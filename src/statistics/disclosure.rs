//! The one door out for counts: what may be shown of them, and to whom.
//!
//! The rules are those of official statistics for small numbers: a minimum base, small cells hidden, a
//! second cell hidden wherever subtraction would reveal the first, nobody and everybody treated as
//! small in small groups, and counts rounded in public.

use serde::{Deserialize, Serialize};

use crate::statistics::compare::Part;
use crate::statistics::counts::{Counts, Shape};
use crate::statistics::figures;
use crate::statistics::joint::People;
use crate::statistics::standing::{self, Comparison};
use crate::statistics::suppression::{self, Spot};
use crate::statistics::table::{Base, Cell, Row, Share, Split, Table};

pub use crate::statistics::cross::{Dependence, Layers, release_cross, release_layers};

/// The fewest people of whom anybody is shown how they answered about a special category.
const GUARDED: u32 = 10;

/// Who will see the figures, and what is then too small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    minimum: u32,
    guard_below: u32,
    round_to: u32,
}

impl Policy {
    /// For anybody: at least 10, counts rounded to five, and under a base of 20 "nobody" and "everybody"
    /// say too much about each person.
    #[must_use]
    pub const fn public() -> Self {
        Self { minimum: 10, guard_below: 20, round_to: 5 }
    }

    /// For the measures a regulator wants published to one decimal place, each with its own number of answers: small
    /// numbers as for anybody, counts as they are. No total of theirs may stand beside them in rounded counts.
    #[must_use]
    pub const fn measures() -> Self {
        Self { round_to: 1, ..Self::public() }
    }

    /// For staff who may see results: at least 5, counts as they are.
    #[must_use]
    pub const fn staff() -> Self {
        Self { minimum: 5, guard_below: 0, round_to: 1 }
    }

    /// For returns of trained mystery shoppers, whose subject is the service: at least 5 shops.
    #[must_use]
    pub const fn shops() -> Self {
        Self { minimum: 5, guard_below: 0, round_to: 1 }
    }

    /// The same with a higher minimum; a lower one changes nothing.
    #[must_use]
    pub fn at_least(self, minimum: u32) -> Self {
        Self { minimum: self.minimum.max(minimum), ..self }
    }

    /// The same for a question about a special category: at least 10, whoever looks.
    #[must_use]
    pub fn guarded(self) -> Self {
        self.at_least(GUARDED)
    }

    /// The smallest base that may be shown.
    #[must_use]
    pub const fn minimum(&self) -> u32 {
        self.minimum
    }

    /// True when so many people may be spoken of at all: their own words, or when they answered.
    #[must_use]
    pub fn admits(&self, people: usize) -> bool {
        u32::try_from(people).is_ok_and(|people| people >= self.minimum)
    }

    /// The smallest base of a table. Beside a base that is exact, a share hidden because nobody or everybody was
    /// satisfied would say just that, so that such tables need a base at which nothing is hidden for it.
    const fn smallest_base(&self) -> u32 {
        if self.round_to == 1 && self.guard_below > self.minimum { self.guard_below } else { self.minimum }
    }

    /// Whether a count says too much about those in it, or, in a small base, about those who are not.
    pub(super) fn is_small(&self, value: u32, base: u32) -> bool {
        let small = value > 0 && value < self.minimum;
        // Where nobody answered there is nobody to protect.
        small || (base > 0 && base < self.guard_below && (value == 0 || value == base))
    }

    /// True when counts are rounded on the way out, so that a page says "about".
    #[must_use]
    pub const fn rounds(&self) -> bool {
        self.round_to > 1
    }

    fn rounded(&self, count: u32) -> u32 {
        (count + self.round_to / 2) / self.round_to * self.round_to
    }
}

/// The figures of one question for everybody and for each group of a division.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Released {
    /// Everybody together.
    pub overall: Table,
    /// Each group, in the order given.
    pub groups: Vec<(String, Table)>,
    /// How the groups shown stand to each other; none where counts are rounded, since it would say
    /// more than they do.
    pub comparison: Option<Comparison>,
    /// The figures behind each share that was let out exactly, for what follows from them.
    #[serde(skip)]
    pub(super) shown: Vec<Option<Part>>,
}

/// The figures of one question that may be shown under the policy.
#[must_use]
pub fn release(counts: &Counts, policy: &Policy) -> Table {
    Sheet::alone(counts, policy).table(counts, policy)
}

/// A share alone: `hits` of `base`, or nothing when the base is too small to say.
#[must_use]
pub fn release_share(hits: u32, base: u32, policy: &Policy) -> Option<Share> {
    share(&Counts::hits_of(hits, base), policy)
}

/// How many people answered, rounded as counts are, or nothing when they are too few to say.
#[must_use]
pub fn release_base(people: usize, policy: &Policy) -> Option<u32> {
    u32::try_from(people).ok().filter(|_| policy.admits(people)).map(|people| policy.rounded(people))
}

/// The mean of numbers people gave.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// The mean.
    pub value: f64,
    /// How many people gave a number, rounded as the policy says.
    pub base: u32,
    /// Whether counts were rounded.
    pub rounded: bool,
}

/// The mean of numbers, each with how many people gave it, or nothing when too few gave one.
#[must_use]
pub fn release_mean(numbers: &[(i32, People)], policy: &Policy) -> Option<Mean> {
    let base = numbers.iter().map(|(_, people)| *people).sum::<People>().0;
    let scores: Vec<(i32, u32)> = numbers.iter().map(|(number, people)| (*number, people.0)).collect();
    let value = figures::mean(&scores).filter(|_| base >= policy.minimum)?;
    Some(Mean { value, base: policy.rounded(base), rounded: policy.rounds() })
}

/// The figures for everybody and for each group, hidden together so that no group can be worked out
/// from the others. The groups must divide the people: each person in exactly one. A group with other
/// categories than the first is left out.
#[must_use]
pub fn release_groups(groups: &[(String, Counts)], policy: &Policy) -> Option<Released> {
    let mut total = groups.first()?.1.emptied();
    let groups: Vec<_> = groups.iter().filter(|(_, counts)| total.add(counts)).collect();
    let overall = Sheet::alone(&total, policy);
    let members: Vec<&Counts> = groups.iter().map(|(_, counts)| counts).collect();
    let sheets = divide(&overall, &members, policy);
    let tables =
        groups.iter().zip(&sheets).map(|((label, counts), sheet)| (label.clone(), sheet.table(counts, policy)));
    let tables: Vec<(String, Table)> = tables.collect();
    let shown = shown(&members, &tables, policy);
    let comparison = standing::compare(&shown);
    Some(Released { groups: tables, overall: overall.table(&total, policy), comparison, shown })
}

/// The table of counts of which nothing has to be hidden; the caller has made sure of it.
pub(super) fn whole(counts: &Counts, policy: &Policy) -> Table {
    let hidden = vec![false; counts.cells().len()];
    Sheet { base: Base::Shown(counts.base()), hidden, share: false, mean: false }.table(counts, policy)
}

/// The figures behind each share that was let out as it is; none behind rounded ones, which follow from
/// more than they say.
fn shown(groups: &[&Counts], tables: &[(String, Table)], policy: &Policy) -> Vec<Option<Part>> {
    let part = |(counts, (_, table)): (&&Counts, &(String, Table))| {
        table.share.filter(|_| !policy.rounds())?;
        Some(Part { hits: counts.favourable()?, base: counts.base() })
    };
    groups.iter().zip(tables).map(part).collect()
}

/// Which parts of one table stay hidden.
struct Sheet {
    base: Base,
    hidden: Vec<bool>,
    share: bool,
    mean: bool,
}

impl Sheet {
    fn nothing(base: Base, cells: usize) -> Self {
        Self { base, hidden: vec![true; cells], share: false, mean: false }
    }

    /// For a table nobody divides further.
    fn alone(counts: &Counts, policy: &Policy) -> Self {
        let cells = counts.cells().len();
        let smallest = policy.smallest_base();
        if counts.base() < smallest {
            return Self::nothing(Base::FewerThan(smallest), cells);
        }
        let mut spots = spots(counts, policy, 0, |_| 0);
        let base = Base::Shown(counts.base());
        if counts.shape() != Shape::SeveralOf && !suppression::protect(&mut spots) {
            let share = share(counts, policy).is_some();
            return Self { share, ..Self::nothing(base, cells) };
        }
        Self::of(counts, policy, &spots)
    }

    fn of(counts: &Counts, policy: &Policy, spots: &[Spot]) -> Self {
        let scores: Vec<_> = counts.categories().iter().map(|category| category.score).collect();
        Self {
            base: Base::Shown(counts.base()),
            hidden: spots.iter().map(|spot| spot.hidden).collect(),
            share: share(counts, policy).is_some(),
            mean: counts.shape() == Shape::OneOf && suppression::mean_is_safe(spots, &scores),
        }
    }

    fn table(&self, counts: &Counts, policy: &Policy) -> Table {
        let shown = matches!(self.base, Base::Shown(_));
        let lines = counts.categories().iter().zip(counts.cells()).zip(&self.hidden);
        let rows = lines.map(|((category, &count), &hidden)| {
            let percent = figures::percent(count, counts.base());
            let cell = if hidden { Cell::Hidden } else { Cell::Shown { count: policy.rounded(count), percent } };
            Row { label: category.label.clone(), cell }
        });
        let pairs = counts.categories().iter().zip(counts.cells());
        let scores: Vec<(i32, u32)> = pairs.filter_map(|(category, &count)| Some((category.score?, count))).collect();
        let base = match self.base {
            Base::Shown(base) => Base::Shown(policy.rounded(base)),
            hidden => hidden,
        };
        Table {
            base,
            rounded: policy.rounds(),
            rows: if shown { rows.collect() } else { Vec::new() },
            share: if shown && self.share { share(counts, policy) } else { None },
            mean: if shown && self.mean { figures::mean(&scores) } else { None },
            outside: shown.then(|| policy.rounded(counts.outside())),
            split: if shown && self.share && !policy.rounds() { split(counts, &self.hidden, policy) } else { None },
        }
    }
}

/// What is not favourable on a scale, in two: the middle, and what lies below it. It is shown where the middle is and
/// neither is small, since the share and the middle give the rest away; each is rounded from its own count.
fn split(counts: &Counts, hidden: &[bool], policy: &Policy) -> Option<Split> {
    let lines = counts.categories().iter().zip(counts.cells()).zip(hidden);
    let scored = lines.filter_map(|((category, &count), &hidden)| Some((category.score?, category, count, hidden)));
    let (_, _, middle, is_hidden) =
        scored.filter(|(_, category, ..)| !category.favourable).max_by_key(|line| line.0)?;
    let below = counts.base().checked_sub(counts.favourable()?)?.checked_sub(middle)?;
    let tenths = |count: u32| figures::tenths(count, counts.base());
    let is_kept = is_hidden || policy.is_small(below, counts.base());
    (!is_kept).then(|| Split { middle: tenths(middle), below: tenths(below) })
}

/// The share of favourable answers, unless the base is small or the share would speak for each person.
fn share(counts: &Counts, policy: &Policy) -> Option<Share> {
    let (hits, base) = (counts.favourable()?, counts.base());
    let extreme = hits == 0 || hits == base;
    if base < policy.minimum || (base < policy.guard_below && extreme) {
        return None;
    }
    let (low, high) = figures::wilson(hits, base, counts.population())?;
    let tenths = (!policy.rounds()).then(|| figures::tenths(hits, base));
    Some(Share { percent: figures::percent(hits, base), tenths, low, high, base: policy.rounded(base) })
}

/// The cells of one row as spots. A share that is shown makes each side of the row a known sum, unless
/// a side is a single answer: then the share *is* that answer and rests on its base alone.
fn spots(counts: &Counts, policy: &Policy, row: usize, column: impl Fn(usize) -> usize) -> Vec<Spot> {
    let sides = counts.categories().iter().filter(|category| category.favourable).count();
    let others = counts.categories().len() - sides;
    let split = sides > 1 && others > 1 && share(counts, policy).is_some();
    let each = counts.categories().iter().zip(counts.cells()).enumerate();
    let spot = |(at, (category, &value)): (usize, (&crate::statistics::counts::Category, &u32))| {
        let small = policy.is_small(value, counts.base());
        // Ticking is a division of its own for each answer: those who did and those who did not.
        let few_did_not = policy.is_small(counts.base().saturating_sub(value), counts.base());
        let (across, sensitive) = match counts.shape() {
            Shape::OneOf => (2 * row + usize::from(split && category.favourable), small),
            Shape::SeveralOf => (at, small || few_did_not),
            Shape::AsManyEach => (2 * row, small || few_did_not),
        };
        Spot { value, across, down: column(at), hidden: sensitive, sensitive }
    };
    each.map(spot).collect()
}

/// Hides, over all groups at once, what the groups and the total would otherwise give away.
fn divide(overall: &Sheet, groups: &[&Counts], policy: &Policy) -> Vec<Sheet> {
    let cells = overall.hidden.len();
    let bases = hidden_bases(groups, policy);
    if !matches!(overall.base, Base::Shown(_)) {
        return bases.into_iter().map(|_| Sheet::nothing(overall.base, cells)).collect();
    }
    let mut all: Vec<Spot> = Vec::new();
    for (row, (counts, base)) in groups.iter().zip(&bases).enumerate() {
        let several = counts.shape() == Shape::SeveralOf;
        let mut spots = spots(counts, policy, row, |column| if several { 0 } else { column });
        for (spot, total_hidden) in spots.iter_mut().zip(&overall.hidden) {
            // What is hidden of everybody is hidden of each group: a column never gives the total away.
            spot.hidden = spot.hidden || *total_hidden || !matches!(base, Base::Shown(_));
        }
        all.append(&mut spots);
    }
    let safe = suppression::protect(&mut all);
    let rows = all.chunks(cells.max(1));
    let sheet = |((counts, base), spots): ((&&Counts, Base), &[Spot])| match base {
        Base::Shown(_) if safe => {
            let whole = spots.iter().all(|spot| !spot.hidden);
            Sheet { mean: whole, ..Sheet::of(counts, policy, spots) }
        }
        Base::Shown(_) => Sheet { base, ..Sheet::nothing(base, cells) },
        hidden => Sheet::nothing(hidden, cells),
    };
    groups.iter().zip(bases).zip(rows).map(sheet).collect()
}

/// Which bases may be said: none below the minimum, and never all but one.
fn hidden_bases(groups: &[&Counts], policy: &Policy) -> Vec<Base> {
    let spot = |counts: &&Counts| {
        let small = counts.base() < policy.minimum;
        let sensitive = small && counts.base() > 0;
        Spot { value: counts.base(), across: 0, down: 0, hidden: small, sensitive }
    };
    let mut spots: Vec<Spot> = groups.iter().map(spot).collect();
    let safe = suppression::protect(&mut spots);
    let base = |spot: &Spot| match (spot.value < policy.minimum, spot.hidden || !safe) {
        (true, _) => Base::FewerThan(policy.minimum),
        (false, true) => Base::Withheld,
        (false, false) => Base::Shown(spot.value),
    };
    spots.iter().map(base).collect()
}

#[cfg(test)]
#[path = "disclosure_tests.rs"]
mod tests;
