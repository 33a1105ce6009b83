//! How the groups of a division stand to each other, told from what may be shown of them and no more.

use serde::{Deserialize, Serialize};

use crate::statistics::compare::{self, Part};
use crate::statistics::disclosure::Released;

/// How rarely chance alone may bring such a difference before it is called one.
const LEVEL: f64 = 0.05;

/// How one group's per cent satisfied stands to that of the other groups shown, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Higher, by more than chance would explain.
    Higher,
    /// Lower, by more than chance would explain.
    Lower,
    /// Not so far from the others that chance would not explain it.
    NoClearDifference,
    /// So few answers that a test would not hold.
    TooFew,
}

/// How the groups of a division stand to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each group against the other groups shown, in the order of the groups; none for a group whose
    /// share is not shown.
    pub groups: Vec<Option<Standing>>,
    /// Whether the groups shown, all at once, differ by more than chance would explain; none where
    /// they are too few to test.
    pub differ: Option<bool>,
}

/// Compares the groups whose share is shown, each with the others together. A group that is hidden
/// takes no part, on either side: whatever is said here follows from figures that are shown.
///
/// Each comparison is a z test of two shares, corrected for their number after Holm; the groups at
/// once are compared by Pearson's chi-square test. None with fewer than two groups.
pub(super) fn compare(shown: &[Option<Part>]) -> Option<Comparison> {
    compare_all(&[shown]).pop().flatten()
}

/// The comparisons of several divisions that are read together, such as the questions of one table: corrected for the
/// number of all of them at once.
pub fn compare_together(all: &mut [Released]) {
    let shown: Vec<&[Option<Part>]> = all.iter().map(|released| released.shown.as_slice()).collect();
    for (comparison, released) in compare_all(&shown).into_iter().zip(all) {
        released.comparison = comparison;
    }
}

/// The comparison of each division, corrected for the number of all tests.
fn compare_all(divisions: &[&[Option<Part>]]) -> Vec<Option<Comparison>> {
    let parts: Vec<Vec<Part>> = divisions.iter().map(|shown| shown.iter().flatten().copied().collect()).collect();
    let tests = |parts: &Vec<Part>| -> Vec<Option<(f64, f64)>> {
        if parts.len() < 2 { Vec::new() } else { parts.iter().map(|part| against_rest(parts, *part)).collect() }
    };
    let tests: Vec<Vec<Option<(f64, f64)>>> = parts.iter().map(tests).collect();
    let plain: Vec<f64> = tests.iter().flatten().flatten().map(|(_, p)| *p).collect();
    let mut adjusted = compare::holm(&plain).into_iter();
    let mut all = Vec::new();
    for ((shown, parts), tests) in divisions.iter().zip(&parts).zip(tests) {
        if parts.len() < 2 {
            all.push(None);
            continue;
        }
        let table = compare::table_of(parts);
        let together = compare::chi_square(&table).filter(|_| compare::is_large_enough(&table));
        let mut standings = tests.into_iter().map(|test| {
            let told = test.and_then(|(statistic, _)| Some(Standing::of(statistic, adjusted.next()?)));
            told.unwrap_or(Standing::TooFew)
        });
        let groups = shown.iter().map(|part| part.and_then(|_| standings.next())).collect();
        all.push(Some(Comparison { groups, differ: together.map(|test| test.p < LEVEL) }));
    }
    all
}

impl Standing {
    /// How a group stands to the other groups shown.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Higher => "Higher than the rest",
            Self::Lower => "Lower than the rest",
            Self::NoClearDifference => "No clear difference",
            Self::TooFew => "Too few to compare",
        }
    }

    /// What a test says: a statistic above nought for a share that is higher, and how often chance would bring it.
    pub(super) fn of(statistic: f64, p: f64) -> Self {
        match (p < LEVEL, statistic > 0.0) {
            (false, _) => Self::NoClearDifference,
            (true, true) => Self::Higher,
            (true, false) => Self::Lower,
        }
    }
}

/// The statistic and p of one part against all the others, where a test holds.
fn against_rest(parts: &[Part], part: Part) -> Option<(f64, f64)> {
    let sum = |of: fn(&Part) -> u32| parts.iter().map(of).fold(0_u32, u32::saturating_add);
    let rest = Part {
        hits: sum(|part| part.hits).saturating_sub(part.hits),
        base: sum(|part| part.base).saturating_sub(part.base),
    };
    if !compare::is_large_enough(&compare::table_of(&[part, rest])) {
        return None;
    }
    compare::two_shares(part, rest).map(|test| (test.statistic, test.p))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(hits: u32, base: u32) -> Part {
        Part { hits, base }
    }

    #[test]
    fn an_area_far_below_the_others_is_lower_and_they_are_not_all_higher() {
        let found =
            compare(&[Some(part(150, 200)), Some(part(130, 200)), Some(part(90, 200)), None, Some(part(155, 200))])
                .unwrap();
        let (higher, lower, alike) = (Standing::Higher, Standing::Lower, Standing::NoClearDifference);
        assert_eq!(found.groups, [Some(higher), Some(alike), Some(lower), None, Some(higher)]);
        assert_eq!(found.differ, Some(true));
    }

    #[test]
    fn what_chance_would_explain_is_no_difference() {
        let found = compare(&[Some(part(70, 100)), Some(part(141, 200))]).unwrap();
        assert_eq!(found.groups, [Some(Standing::NoClearDifference); 2]);
        assert_eq!(found.differ, Some(false));
    }

    #[test]
    fn many_areas_make_one_that_stands_out_a_little_no_news() {
        // Tested alone, 45 of 80 against 54 of 80 everywhere else is lower; as one of twelve it is not.
        let mut areas = vec![Some(part(45, 80))];
        areas.extend((0..11).map(|_| Some(part(54, 80))));
        assert_eq!(compare(&areas).unwrap().groups[0], Some(Standing::NoClearDifference));
        assert!(
            against_rest(&areas.iter().flatten().copied().collect::<Vec<_>>(), Part { hits: 45, base: 80 })
                .is_some_and(|(_, p)| p < LEVEL)
        );
    }

    #[test]
    fn few_answers_are_not_compared_and_one_area_alone_is_with_nobody() {
        let found = compare(&[Some(part(4, 6)), Some(part(130, 200)), Some(part(120, 200))]).unwrap();
        assert_eq!(found.groups[0], Some(Standing::TooFew));
        assert_eq!(found.differ, None);
        assert_eq!(compare(&[Some(part(60, 80)), None]), None);
    }

    proptest! {
        #[test]
        fn a_hidden_group_changes_no_verdict(
            parts in proptest::collection::vec((0u32..60, 0u32..60), 2..6), at in 0usize..6,
        ) {
            let shown: Vec<_> = parts.iter().map(|(hits, rest)| Some(part(*hits, hits + rest))).collect();
            let at = at.min(shown.len());
            let mut with_hidden = shown.clone();
            with_hidden.insert(at, None);
            let (plain, hidden) = (compare(&shown).unwrap(), compare(&with_hidden).unwrap());
            let mut groups = hidden.groups.clone();
            prop_assert_eq!(groups.remove(at), None);
            prop_assert_eq!((groups, hidden.differ), (plain.groups, plain.differ));
        }
    }
}
