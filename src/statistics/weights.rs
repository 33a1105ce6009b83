//! Per cent satisfied as it would be had every group answered in proportion to its homes.

use serde::{Deserialize, Serialize};

use crate::statistics::disclosure::Released;
use crate::statistics::figures;

/// A share of people who count unequally.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weighted {
    /// Per cent.
    pub percent: f64,
    /// Lower end of the 95 % interval, in per cent.
    pub low: f64,
    /// Upper end of the 95 % interval, in per cent.
    pub high: f64,
    /// How many people counted equally would say as much.
    pub effective: f64,
}

impl Weighted {
    /// The same in whole per cent and fives of people, as counts are rounded in public.
    pub(super) fn rounded(self) -> Self {
        let effective = (self.effective / 5.0).round() * 5.0;
        Self { percent: self.percent.round(), low: self.low.round(), high: self.high.round(), effective }
    }
}

/// The name of a group whose answers are none or too few to show, so that nothing can stand for its homes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NobodyFrom(pub String);

/// One group: how many it has among everybody, and how many of them answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub name: String,
    pub population: f64,
    pub people: u32,
}

impl Released {
    /// The share of everybody with each group weighed by its homes. Groups without homes take no part,
    /// such as people who did not say where they live. None where no share was let out exactly.
    ///
    /// All of it follows from shares that are shown and from `homes`, so that it can give nothing away.
    ///
    /// # Errors
    /// Names the first group with homes whose share is not shown.
    #[must_use]
    pub fn weighted(&self, homes: &[(String, u32)]) -> Option<Result<Weighted, NobodyFrom>> {
        if homes.is_empty() || self.shown.iter().flatten().next().is_none() {
            return None;
        }
        let part = |name: &str| {
            let at = self.groups.iter().position(|(group, _)| group == name)?;
            self.shown.get(at).copied().flatten()
        };
        let parts: Result<Vec<_>, NobodyFrom> =
            homes.iter().map(|(name, _)| part(name).ok_or_else(|| NobodyFrom(name.clone()))).collect();
        let parts = match parts {
            Ok(parts) => parts,
            Err(missing) => return Some(Err(missing)),
        };
        let group = |((name, homes), base): (&(String, u32), u32)| Group {
            name: name.clone(),
            population: f64::from(*homes),
            people: base,
        };
        let groups: Vec<Group> = homes.iter().zip(parts.iter().map(|part| part.base)).map(group).collect();
        let weights = match cell_weights(&groups) {
            Ok(weights) => weights,
            Err(missing) => return Some(Err(missing)),
        };
        let sum = |of: fn(&super::compare::Part) -> u32| -> f64 {
            parts.iter().zip(&weights).map(|(part, weight)| f64::from(of(part)) * weight).sum()
        };
        let share = sum(|part| part.hits) / sum(|part| part.base);
        let people: Vec<(f64, u32)> = weights.iter().copied().zip(groups.iter().map(|group| group.people)).collect();
        let effective = effective_base(&people);
        let (low, high) = figures::score_interval(share, effective);
        Some(Ok(Weighted { percent: 100.0 * share, low, high, effective }))
    }
}

/// The weight of one person of each group: the group's share of everybody over its share of those who
/// answered, so that the mean weight is one (post-stratification: W. G. Cochran (1977), "Sampling
/// Techniques", third edition, section 5A.9).
///
/// # Errors
/// Names the first group in which nobody answered though it has homes.
pub(super) fn cell_weights(groups: &[Group]) -> Result<Vec<f64>, NobodyFrom> {
    if let Some(empty) = groups.iter().find(|group| group.people == 0 && group.population > 0.0) {
        return Err(NobodyFrom(empty.name.clone()));
    }
    let everybody: f64 = groups.iter().map(|group| group.population).sum();
    let answered: f64 = groups.iter().map(|group| f64::from(group.people)).sum();
    let weight = |group: &Group| match group.people {
        0 => 0.0,
        people => group.population / everybody / (f64::from(people) / answered),
    };
    Ok(groups.iter().map(weight).collect())
}

/// How many people counted equally would say as much: `(Σw)² / Σw²` over weights, each with how many
/// people have it (L. Kish (1965), "Survey Sampling", section 11.7). Nought of nobody.
pub(super) fn effective_base(weights: &[(f64, u32)]) -> f64 {
    let sum: f64 = weights.iter().map(|(weight, people)| weight * f64::from(*people)).sum();
    let squares: f64 = weights.iter().map(|(weight, people)| weight * weight * f64::from(*people)).sum();
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statistics::counts::{Category, Counts};
    use crate::statistics::disclosure::{Policy, release_groups};

    fn released(groups: &[(&str, u32, u32)], policy: &Policy) -> Released {
        let counts = |hits, base| {
            let mut yes = Category::plain("Yes");
            yes.favourable = true;
            let mut counts = Counts::one_of(vec![yes, Category::plain("No")]);
            (0..base).for_each(|at| counts.record(usize::from(at >= hits)));
            counts
        };
        let groups: Vec<_> =
            groups.iter().map(|(name, hits, base)| ((*name).to_owned(), counts(*hits, *base))).collect();
        release_groups(&groups, policy).unwrap()
    }

    fn homes(of: &[(&str, u32)]) -> Vec<(String, u32)> {
        of.iter().map(|(name, homes)| ((*name).to_owned(), *homes)).collect()
    }

    #[test]
    fn an_area_that_answered_too_little_counts_for_all_its_homes() {
        let areas = [("North", 60, 80), ("South", 10, 20), ("Area not given", 9, 18)];
        let found = released(&areas, &Policy::staff()).weighted(&homes(&[("North", 300), ("South", 300)]));
        let found = found.unwrap().unwrap();
        // (0.75 + 0.5) / 2, and (100)² / (80 · 0.625² + 20 · 2.5²) people.
        assert!((found.percent - 62.5).abs() < 1e-9 && (found.effective - 64.0).abs() < 1e-9, "{found:?}");
        assert!(found.low < 62.5 && found.high > 62.5);
    }

    #[test]
    fn an_area_that_is_hidden_is_named_and_nothing_is_weighted() {
        let areas = [("North", 60, 80), ("South", 20, 40), ("East", 1, 3), ("West", 2, 4)];
        let known = homes(&[("North", 300), ("South", 300), ("East", 20), ("West", 30)]);
        let staff = released(&areas, &Policy::staff());
        assert_eq!(staff.weighted(&known), Some(Err(NobodyFrom("East".to_owned()))));
        assert_eq!(staff.weighted(&[]), None);
        assert_eq!(released(&areas, &Policy::public()).weighted(&known[..2]), None);
    }

    #[test]
    fn a_group_in_which_nobody_answered_is_refused_by_name() {
        let group = |name: &str, people| Group { name: name.to_owned(), population: 10.0, people };
        assert_eq!(cell_weights(&[group("A", 3), group("B", 0)]), Err(NobodyFrom("B".to_owned())));
    }

    proptest! {
        #[test]
        fn weights_add_up_to_the_people_and_give_each_group_its_share(
            groups in proptest::collection::vec((1u32..5_000, 1u32..400), 1..9),
        ) {
            let groups: Vec<Group> = groups
                .iter()
                .map(|(homes, people)| Group { name: String::new(), population: f64::from(*homes), people: *people })
                .collect();
            let weights = cell_weights(&groups).unwrap();
            let people: f64 = groups.iter().map(|group| f64::from(group.people)).sum();
            let homes: f64 = groups.iter().map(|group| group.population).sum();
            let sums: Vec<f64> = groups.iter().zip(&weights).map(|(group, w)| f64::from(group.people) * w).collect();
            prop_assert!((sums.iter().sum::<f64>() - people).abs() < 1e-6);
            for (group, sum) in groups.iter().zip(&sums) {
                prop_assert!((sum / people - group.population / homes).abs() < 1e-9);
            }
            let pairs: Vec<(f64, u32)> = weights.into_iter().zip(groups.iter().map(|group| group.people)).collect();
            prop_assert!(effective_base(&pairs) <= people + 1e-6);
        }
    }
}
