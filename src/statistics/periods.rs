//! Months of small samples as they may be told: a month alone where its share may be shown, months that are too small joined
//! until theirs may be, and several together only as sums of those.
//!
//! Whoever takes one view from another, or yesterday's page from today's, gets nothing new by it: every view is a sum of
//! periods, each of which is shown itself. A period is one month that is shown as it is, or months that are hidden wherever
//! else they stand, so that what a month's own results say takes nothing from it either. And a period stays as it is however
//! many months follow.

use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Policy};

/// Months that are told as one.
#[derive(Clone)]
pub struct Period {
    /// The places of the months, in order.
    pub months: Vec<usize>,
    /// What was answered in them.
    pub counts: Counts,
}

impl Period {
    /// The place of its last month.
    #[must_use]
    pub fn end(&self) -> usize {
        self.months.last().copied().unwrap_or_default()
    }

    fn says_its_share(&self, policy: &Policy) -> bool {
        disclosure::release(&self.counts, policy).share.is_some()
    }
}

/// One period for each month in which somebody answered, to be joined.
#[must_use]
pub fn of_months(months: Vec<Option<Counts>>) -> Vec<Period> {
    let found = months.into_iter().enumerate().filter_map(|(at, counts)| Some((at, counts?)));
    found.filter(|(_, counts)| counts.base() > 0).map(|(at, counts)| Period { months: vec![at], counts }).collect()
}

/// Joins periods whose share may not be shown with the next such, in the order given, until it may. Those left over at the
/// end are left out until others follow. The result is in the order of the last months.
#[must_use]
pub fn join(periods: Vec<Period>, policy: &Policy) -> Vec<Period> {
    let mut told = Vec::new();
    let mut waiting: Option<Period> = None;
    for period in periods {
        if period.says_its_share(policy) {
            told.push(period);
            continue;
        }
        let joined = match waiting.take() {
            None => period,
            Some(mut before) => {
                // Months in which the answers were others cannot be told as one: those before stay hidden.
                if before.counts.add(&period.counts) {
                    before.months.extend(period.months);
                    before.months.sort_unstable();
                    before
                } else {
                    period
                }
            }
        };
        if joined.says_its_share(policy) {
            told.push(joined);
        } else {
            waiting = Some(joined);
        }
    }
    told.sort_by_key(Period::end);
    told
}

/// So many months together, ending with the last month of each period: the sum of the periods that lie within them. With the
/// months they hold. Where fewer months have passed, the last one alone: all there is so far.
#[must_use]
pub fn windows(periods: &[Period], length: usize) -> Vec<Period> {
    let full = |period: &&Period| period.end() + 1 >= length;
    let mut ends: Vec<usize> = periods.iter().filter(full).map(Period::end).collect();
    if ends.is_empty() {
        ends.extend(periods.last().map(Period::end));
    }
    ends.dedup();
    let window = |end: usize| sum(periods, (end + 1).saturating_sub(length)..=end).filter(|window| window.end() == end);
    ends.into_iter().filter_map(window).collect()
}

/// The sum of the periods whose every month lies within.
fn sum(periods: &[Period], within: std::ops::RangeInclusive<usize>) -> Option<Period> {
    let mut inside = periods.iter().filter(|period| period.months.iter().all(|month| within.contains(month)));
    let mut all = inside.next()?.clone();
    for period in inside {
        if all.counts.add(&period.counts) {
            all.months.extend(&period.months);
        }
    }
    all.months.sort_unstable();
    Some(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn months(of: &[(u32, u32)]) -> Vec<Period> {
        of_months(of.iter().map(|(hits, base)| Some(Counts::hits_of(*hits, *base))).collect())
    }

    fn names(periods: &[Period]) -> Vec<Vec<usize>> {
        periods.iter().map(|period| period.months.clone()).collect()
    }

    #[test]
    fn small_months_are_joined_with_each_other_and_never_with_one_that_is_shown() {
        let staff = Policy::staff();
        let told = join(months(&[(3, 4), (10, 20), (1, 3), (0, 0), (12, 20), (2, 4)]), &staff);
        assert_eq!(names(&told), [vec![1], vec![0, 2], vec![4]]);
        assert_eq!(told[1].counts.bare(), (vec![4, 3], 7, 0));
        // What is left over waits for another small month, and a period that was told stays.
        let later = join(months(&[(3, 4), (10, 20), (1, 3), (0, 0), (12, 20), (2, 4), (1, 1)]), &staff);
        assert_eq!(names(&later), [vec![1], vec![0, 2], vec![4], vec![5, 6]]);
    }

    #[test]
    fn nobody_and_everybody_of_a_small_month_wait_too() {
        // Under the public policy "all of fifteen" would speak for each of them.
        let told = join(months(&[(15, 15), (12, 18), (4, 6)]), &Policy::public());
        assert_eq!(names(&told), [vec![1], vec![0, 2]]);
    }

    #[test]
    fn twelve_months_are_sums_of_whole_periods() {
        let mut of = vec![(10, 20); 14];
        of[0] = (2, 3);
        of[13] = (1, 3);
        let told = join(months(&of), &Policy::staff());
        let windows = windows(&told, 12);
        // The two small months are one period, longer than a year: no window holds it.
        assert_eq!(windows.iter().map(Period::end).collect::<Vec<_>>(), [11, 12]);
        assert!(windows.iter().all(|window| !window.months.contains(&0)));
        let so_far = super::windows(&join(months(&of[1..4]), &Policy::staff()), 12);
        assert_eq!(names(&so_far), [vec![0, 1, 2]]);
        assert!(super::windows(&[], 12).is_empty());
    }

    /// Whoever holds every period, every window of every month so far and every month's own figures tries to work out the
    /// months that are hidden: by sums and differences of all of them, which is what linear algebra can do at the best.
    fn attack(of: &[(u32, u32)], policy: &Policy) -> Vec<Vec<bool>> {
        let mut known: Vec<Vec<f64>> = Vec::new();
        let row = |months: &[usize]| -> Vec<f64> {
            (0..of.len()).map(|at| f64::from(u8::from(months.contains(&at)))).collect()
        };
        for so_far in 1..=of.len() {
            let told = join(months(&of[..so_far]), policy);
            known.extend(told.iter().map(|period| row(&period.months)));
            known.extend(windows(&told, 12).iter().map(|window| row(&window.months)));
        }
        // The results of each month by itself.
        let own = months(of).into_iter().filter(|month| month.says_its_share(policy));
        known.extend(own.map(|month| row(&month.months)));
        let is_known = |wanted: &[f64]| rank(&known) == rank(&[known.clone(), vec![wanted.to_vec()]].concat());
        let hidden: Vec<usize> =
            months(of).into_iter().filter(|month| !month.says_its_share(policy)).map(|month| month.end()).collect();
        hidden.iter().map(|month| vec![is_known(&row(&[*month]))]).collect()
    }

    fn rank(rows: &[Vec<f64>]) -> usize {
        let mut rows = rows.to_vec();
        let (mut rank, columns) = (0, rows.first().map_or(0, Vec::len));
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|at| rows[*at][column].abs() > 1e-9) else { continue };
            rows.swap(rank, pivot);
            for at in 0..rows.len() {
                if at != rank && rows[at][column].abs() > 1e-9 {
                    let factor = rows[at][column] / rows[rank][column];
                    let above = rows[rank].clone();
                    for (cell, above) in rows[at].iter_mut().zip(above) {
                        *cell -= factor * above;
                    }
                }
            }
            rank += 1;
        }
        rank
    }

    #[test]
    fn no_month_that_is_hidden_follows_from_anything_that_is_shown() {
        let year = [
            (10, 20),
            (3, 4),
            (9, 20),
            (8, 20),
            (7, 20),
            (6, 20),
            (11, 20),
            (1, 2),
            (9, 20),
            (9, 20),
            (9, 20),
            (8, 20),
        ];
        let longer = [year.as_slice(), &[(2, 4), (12, 20), (9, 19), (1, 3)]].concat();
        let tried = attack(&longer, &Policy::staff());
        assert_eq!(tried.len(), 4);
        assert!(tried.iter().flatten().all(|is_known| !is_known), "{tried:?}");
        // The attack itself works: were a year told with a hidden month in it, that month would follow.
        let (whole, all_but_one) = (vec![1.0, 1.0], vec![0.0, 1.0]);
        assert_eq!(rank(&[whole.clone(), all_but_one.clone()]), rank(&[whole, all_but_one, vec![1.0, 0.0]]));
    }

    proptest::proptest! {
        #[test]
        fn no_hidden_month_follows_whatever_was_answered(
            of in proptest::collection::vec((0_u32..30).prop_flat_map(|base| (0..=base, Just(base))), 1..20),
        ) {
            for policy in [Policy::staff(), Policy::public()] {
                let tried = attack(&of, &policy);
                prop_assert!(tried.iter().flatten().all(|is_known| !is_known), "{of:?}");
            }
        }
    }
}
