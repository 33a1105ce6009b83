//! Weights by which those who answered stand for everybody in several respects at once.
//!
//! Raking, or iterative proportional fitting: each respect in turn has its weights multiplied so that its categories
//! come to their part of everybody, again and again until all do (W. E. Deming and F. F. Stephan (1940), "On a least
//! squares adjustment of a sampled frequency table when the expected marginal totals are known", Annals of Mathematical
//! Statistics 11, 427–444). With one respect it is post-stratification.

use crate::statistics::weights::effective_base;

/// The most respects at once.
pub const MOST_MARGINS: usize = 5;

/// How near every category must come to its part, of that part.
const TOLERANCE: f64 = 1e-12;

/// How often all respects are gone through before it is given up.
const MOST_ROUNDS: usize = 2_000;

/// One respect: its categories by name, with how many of everybody each has.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// What it is: a question.
    pub name: String,
    /// Each category with its number among everybody; any unit, as long as it is the same in all margins.
    pub categories: Vec<(String, f64)>,
}

impl Margin {
    fn sum(&self) -> f64 {
        self.categories.iter().map(|(_, number)| number).sum()
    }
}

/// People who are alike in every respect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Their category in each margin.
    pub at: Vec<usize>,
    /// How many they are.
    pub people: u32,
}

/// Why there are no weights, so that a person can mend it.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// No margin, or nobody who answered.
    Nothing,
    /// More than [`MOST_MARGINS`].
    TooMany,
    /// A margin's categories, by its name, are not those that people answered with.
    Changed(String),
    /// The answers to a margin, by its name, cannot be read.
    Shut(String),
    /// Two margins, by name and sum, do not speak of the same people.
    Sums([(String, f64); 2]),
    /// A category, by margin and name, has a part of everybody, but nobody in it answered.
    NobodyIn(String, String),
    /// People answered in a category, by margin and name, that has no part of everybody.
    NoPartFor(String, String),
    /// The margins contradict each other for those who answered, or nearly.
    NoConvergence,
    /// A cap of the mean or less would leave nothing to give the rest to.
    CapTooLow,
}

/// The weight of a person of each cell, with a mean of one over all people.
///
/// # Errors
/// See [`Refused`].
pub fn rake(margins: &[Margin], cells: &[Cell]) -> Result<Vec<f64>, Refused> {
    check(margins, cells)?;
    let answered: f64 = cells.iter().map(|cell| f64::from(cell.people)).sum();
    let targets: Vec<Vec<f64>> = margins.iter().map(|margin| parts(margin, answered)).collect();
    let mut weights = vec![1.0; cells.len()];
    for _ in 0..MOST_ROUNDS {
        for (margin, targets) in targets.iter().enumerate() {
            let sums = sums(cells, &weights, margin, targets.len());
            for (weight, cell) in weights.iter_mut().zip(cells) {
                let at = cell.at.get(margin).copied().unwrap_or_default();
                if let Some((target, sum)) = targets.get(at).zip(sums.get(at)) {
                    *weight *= target / sum;
                }
            }
        }
        let is_near = targets.iter().enumerate().all(|(margin, targets)| {
            let sums = sums(cells, &weights, margin, targets.len());
            targets.iter().zip(sums).all(|(target, sum)| (sum - target).abs() <= TOLERANCE * target)
        });
        if is_near {
            return Ok(weights);
        }
    }
    Err(Refused::NoConvergence)
}

/// The categories' parts of as many people as answered.
fn parts(margin: &Margin, answered: f64) -> Vec<f64> {
    let sum = margin.sum();
    margin.categories.iter().map(|(_, number)| number / sum * answered).collect()
}

/// The weights of all people of each category of a margin.
#[must_use]
pub fn sums(cells: &[Cell], weights: &[f64], margin: usize, categories: usize) -> Vec<f64> {
    let mut sums = vec![0.0; categories];
    for (cell, weight) in cells.iter().zip(weights) {
        if let Some(sum) = cell.at.get(margin).and_then(|at| sums.get_mut(*at)) {
            *sum += weight * f64::from(cell.people);
        }
    }
    sums
}

fn check(margins: &[Margin], cells: &[Cell]) -> Result<(), Refused> {
    let Some(first) = margins.first() else { return Err(Refused::Nothing) };
    if cells.iter().all(|cell| cell.people == 0) || first.sum() <= 0.0 {
        return Err(Refused::Nothing);
    }
    if margins.len() > MOST_MARGINS {
        return Err(Refused::TooMany);
    }
    // Numbers of homes are whole; parts of one come from arithmetic alone.
    let differs = |margin: &&Margin| (margin.sum() - first.sum()).abs() > 1e-9 * first.sum();
    if let Some(other) = margins.iter().find(differs) {
        return Err(Refused::Sums([first, other].map(|margin| (margin.name.clone(), margin.sum()))));
    }
    let alone = vec![1.0; cells.len()];
    for (at, margin) in margins.iter().enumerate() {
        let people = sums(cells, &alone, at, margin.categories.len());
        for ((category, number), people) in margin.categories.iter().zip(people) {
            let named = || (margin.name.clone(), category.clone());
            match (*number > 0.0, people > 0.0) {
                (true, false) => return Err(Refused::NobodyIn(named().0, named().1)),
                (false, true) => return Err(Refused::NoPartFor(named().0, named().1)),
                _ => {}
            }
        }
    }
    Ok(())
}

/// The weights with none above `cap` times the mean, and how many people's were above it. What is cut off is shared out
/// equally among those below, which is repeated until nobody is above (F. J. Potter (1990), "A study of procedures to
/// identify and trim extreme sampling weights", Proceedings of the Section on Survey Research Methods, American
/// Statistical Association, 225–230; shared out as `trimWeights` of R's survey package does it). The mean stays; the
/// margins then no longer come out exactly, which is the price of it.
///
/// # Errors
/// When the cap is not above one.
pub fn trim(weights: &[f64], cells: &[Cell], cap: f64) -> Result<(Vec<f64>, u32), Refused> {
    if cap.is_nan() || cap <= 1.0 {
        return Err(Refused::CapTooLow);
    }
    let people = |cell: &Cell| f64::from(cell.people);
    let all: f64 = cells.iter().map(people).sum();
    let sum: f64 = cells.iter().zip(weights).map(|(cell, weight)| weight * people(cell)).sum();
    let cap = cap * sum / all;
    // Whoever below the cap gets the same share, so that all of it together is one step that everybody takes.
    let mut step = 0.0;
    let mut above: Vec<bool> = weights.iter().map(|weight| *weight > cap).collect();
    while above.contains(&true) {
        let each = || cells.iter().zip(weights).zip(&above);
        let cut: f64 = each().filter(|(_, above)| **above).map(|((cell, _), _)| cap * people(cell)).sum();
        let below = each().filter(|(_, above)| !**above);
        let (below, held) = below
            .fold((0.0, 0.0), |(n, held), ((cell, weight), _)| (n + people(cell), weight.mul_add(people(cell), held)));
        step = (sum - cut - held) / below;
        let next: Vec<bool> = weights.iter().zip(&above).map(|(weight, above)| *above || weight + step > cap).collect();
        if next == above {
            break;
        }
        above = next;
    }
    let trimmed = weights.iter().zip(&above).map(|(weight, above)| if *above { cap } else { weight + step }).collect();
    let over = cells.iter().zip(weights).filter(|(_, weight)| **weight > cap);
    Ok((trimmed, over.map(|(cell, _)| cell.people).sum()))
}

/// What weights are like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// The smallest, where the mean is one.
    pub least: f64,
    /// The largest.
    pub most: f64,
    /// How many people counted equally would say as much (see `weights::effective_base`).
    pub effective: f64,
    /// How many times as many answers are needed for the same certainty, because people count unequally: the number of
    /// people over the effective base (L. Kish (1965), "Survey Sampling", section 11.7).
    pub design_effect: f64,
}

/// What weights are like; none of nobody.
#[must_use]
pub fn summary(weights: &[f64], cells: &[Cell]) -> Option<Summary> {
    let pairs: Vec<(f64, u32)> =
        weights.iter().copied().zip(cells.iter().map(|cell| cell.people)).filter(|(_, people)| *people > 0).collect();
    let people: f64 = pairs.iter().map(|(_, people)| f64::from(*people)).sum();
    let effective = effective_base(&pairs);
    (effective > 0.0).then(|| Summary {
        least: pairs.iter().map(|(weight, _)| *weight).fold(f64::INFINITY, f64::min),
        most: pairs.iter().map(|(weight, _)| *weight).fold(0.0, f64::max),
        effective,
        design_effect: people / effective,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn margin(name: &str, numbers: &[f64]) -> Margin {
        let categories = numbers.iter().zip('A'..).map(|(number, name)| (name.to_string(), *number)).collect();
        Margin { name: name.to_owned(), categories }
    }

    fn cells(of: &[(&[usize], u32)]) -> Vec<Cell> {
        of.iter().map(|(at, people)| Cell { at: at.to_vec(), people: *people }).collect()
    }

    #[test]
    fn what_cannot_be_raked_is_refused_with_what_to_mend() {
        let two = cells(&[(&[0, 0], 5), (&[1, 1], 5)]);
        let (area, age) = (margin("Area", &[30.0, 70.0]), margin("Age", &[40.0, 60.0]));
        assert_eq!(rake(&[], &two), Err(Refused::Nothing));
        assert_eq!(rake(std::slice::from_ref(&area), &[]), Err(Refused::Nothing));
        assert_eq!(rake(&vec![area.clone(); 6], &two), Err(Refused::TooMany));
        let short = margin("Age", &[40.0, 50.0]);
        let sums = [("Area".to_owned(), 100.0), ("Age".to_owned(), 90.0)];
        assert_eq!(rake(&[area.clone(), short], &two), Err(Refused::Sums(sums)));
        let third = margin("Age", &[40.0, 50.0, 10.0]);
        assert_eq!(rake(&[area.clone(), third], &two), Err(Refused::NobodyIn("Age".into(), "C".into())));
        let none = margin("Age", &[0.0, 100.0]);
        assert_eq!(rake(&[area.clone(), none], &two), Err(Refused::NoPartFor("Age".into(), "A".into())));
        // The same people are A in both, but are to be 30 in one and 40 in the other.
        assert_eq!(rake(&[area, age], &two), Err(Refused::NoConvergence));
    }

    #[test]
    fn one_margin_gives_each_category_its_part() {
        let found = rake(&[margin("Area", &[300.0, 300.0])], &cells(&[(&[0], 80), (&[1], 20)])).unwrap();
        assert!((found[0] - 0.625).abs() < 1e-12 && (found[1] - 2.5).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn what_is_cut_off_is_shared_out_until_nobody_is_above() {
        // 4 · 1 + 4 · 1.6 + 2 · 4.8 is 20, a mean of 2. Cut at 2.4, 4.8 lifts 8 people by 0.6: no one else is above.
        let alike = cells(&[(&[0], 4), (&[1], 4), (&[2], 2)]);
        let (found, over) = trim(&[1.0, 1.6, 4.8], &alike, 1.2).unwrap();
        let right = [1.6, 2.2, 2.4];
        assert!(found.iter().zip(right).all(|(one, right)| (one - right).abs() < 1e-12), "{found:?}");
        assert_eq!(over, 2);
        // At 2.1 the middle is above in its turn, and the first take all of it.
        let (found, _) = trim(&[1.0, 1.6, 4.8], &alike, 1.05).unwrap();
        assert!((found[0] - 1.85).abs() < 1e-12 && (found[1] - 2.1).abs() < 1e-12, "{found:?}");
        assert_eq!(trim(&[1.0], &cells(&[(&[0], 4)]), 1.0), Err(Refused::CapTooLow));
        assert_eq!(trim(&[1.0], &cells(&[(&[0], 4)]), 3.0).unwrap(), (vec![1.0], 0));
    }

    proptest! {
        #[test]
        fn raked_weights_give_every_category_its_part_and_trimming_keeps_the_mean(
            people in proptest::collection::vec(1u32..60, 6),
            area in proptest::collection::vec(50u32..400, 3),
            age in 0.1f64..0.9,
            cap in 1.05f64..4.0,
        ) {
            let all: f64 = area.iter().map(|homes| f64::from(*homes)).sum();
            let margins = [
                margin("Area", &area.iter().map(|homes| f64::from(*homes)).collect::<Vec<_>>()),
                margin("Age", &[all * age, all - all * age]),
            ];
            let cells: Vec<Cell> =
                people.iter().enumerate().map(|(at, n)| Cell { at: vec![at / 2, at % 2], people: *n }).collect();
            let weights = rake(&margins, &cells).unwrap();
            let n: f64 = people.iter().map(|n| f64::from(*n)).sum();
            for (at, margin) in margins.iter().enumerate() {
                let sums = sums(&cells, &weights, at, margin.categories.len());
                for ((_, homes), sum) in margin.categories.iter().zip(sums) {
                    prop_assert!((sum / n - homes / all).abs() < 1e-9);
                }
            }
            let (trimmed, _) = trim(&weights, &cells, cap).unwrap();
            let sum: f64 = trimmed.iter().zip(&people).map(|(weight, n)| weight * f64::from(*n)).sum();
            prop_assert!((sum - n).abs() < 1e-6 * n);
            prop_assert!(trimmed.iter().all(|weight| *weight <= cap * (1.0 + 1e-9)));
            let (before, after) = (summary(&weights, &cells).unwrap(), summary(&trimmed, &cells).unwrap());
            prop_assert!(after.effective + 1e-6 >= before.effective);
        }
    }
}
