//! The same questions asked again: what share was satisfied each time, and whether it moved by more than chance.

use crate::statistics::compare::{self, Part};
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::standing::Standing;
use crate::statistics::table::{Cell, Table};
use crate::statistics::weights::Weighted;

/// How rarely chance alone may bring such a difference before it is called one.
const LEVEL: f64 = 0.05;

/// One question in every wave, oldest first: none where it was not asked, or not in the same words.
#[derive(Clone)]
pub struct Asked {
    /// What was answered in each wave.
    pub waves: Vec<Option<Counts>>,
    /// Who will read it.
    pub policy: Policy,
}

/// What may be shown of one question in one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Share and base.
    pub table: Table,
    /// How it stands to the wave before; none where either share is not shown, where the question was not comparable,
    /// or where counts are rounded, since it would say more than they do.
    pub since: Option<Change>,
}

/// How a share stands to the one of the wave before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The difference in points; positive where the share rose.
    pub points: f64,
    /// Whether it rose or fell by more than chance would explain.
    pub standing: Standing,
    /// How often chance alone would bring such a difference, corrected for the number of questions; none where there are
    /// too few answers for the test to hold.
    pub p: Option<f64>,
}

/// Every question in every wave, each wave compared with the one before.
///
/// The waves are samples independent of each other, so that two shares are compared by the z test with the pooled share
/// (J. L. Fleiss, B. Levin and M. C. Paik (2003), "Statistical Methods for Rates and Proportions", third edition, section
/// 3.1), corrected after Holm for as many questions as are compared between the same two waves.
#[must_use]
pub fn over(questions: &[Asked]) -> Vec<Vec<Option<Point>>> {
    compared(questions, |_, wave| wave.checked_sub(1))
}

/// The same of waves of which some are told together with a later one, each compared with the last before it that is told:
/// tests of shares that end with the same wave are corrected together.
#[must_use]
pub fn over_told(questions: &[Asked]) -> Vec<Vec<Option<Point>>> {
    compared(questions, |question, wave| (0..wave).rev().find(|at| matches!(question.waves.get(*at), Some(Some(_)))))
}

fn compared(questions: &[Asked], before: impl Fn(&Asked, usize) -> Option<usize>) -> Vec<Vec<Option<Point>>> {
    let mut all: Vec<Vec<Option<Point>>> = questions.iter().map(shown).collect();
    let waves = questions.iter().map(|question| question.waves.len()).max().unwrap_or_default();
    for wave in 1..waves {
        let tests: Vec<Option<(f64, Option<compare::Tested>)>> = questions
            .iter()
            .map(|question| {
                let [before, now] = [before(question, wave)?, wave].map(|at| part(question, at));
                Some(test(before?, now?))
            })
            .collect();
        for (points, since) in all.iter_mut().zip(told(tests)) {
            if let Some(Some(point)) = points.get_mut(wave) {
                point.since = since;
            }
        }
    }
    all
}

/// What each difference in points and its test come to, corrected for the number of tests after Holm.
fn told(tests: Vec<Option<(f64, Option<compare::Tested>)>>) -> Vec<Option<Change>> {
    let plain: Vec<f64> = tests.iter().flatten().filter_map(|(_, test)| Some((*test)?.p)).collect();
    let mut adjusted = compare::holm(&plain).into_iter();
    let mut change = |(points, test): (f64, Option<compare::Tested>)| {
        let p = test.and_then(|_| adjusted.next());
        let told = test.zip(p).map(|(test, p)| Standing::of(test.statistic, p));
        // Nobody or everybody both times leaves nothing to test.
        let untold = if points.abs() <= 0.0 { Standing::NoClearDifference } else { Standing::TooFew };
        Change { points, standing: told.unwrap_or(untold), p }
    };
    tests.into_iter().map(|test| test.map(&mut change)).collect()
}

/// How weighted shares of several questions stand to those of the wave before, each as (before, now); none where either is
/// not shown, or where figures are rounded.
///
/// The shares are compared by the same z test at the number of people who, counted equally, would say as much: the counts
/// divided by the design effect (J. N. K. Rao and A. J. Scott (1992), "A simple method for the analysis of clustered binary
/// data", Biometrics 48, 577–585), here Kish's of the weights.
#[must_use]
pub fn weighted_since(pairs: &[Option<(Weighted, Weighted)>]) -> Vec<Option<Change>> {
    let tests = pairs.iter().map(|pair| {
        let (before, now) = (*pair)?;
        Some((now.percent - before.percent, test_weighted(before, now)))
    });
    told(tests.collect())
}

fn test_weighted(before: Weighted, now: Weighted) -> Option<compare::Tested> {
    let [(p, n), (q, m)] = [now, before].map(|share| (share.percent / 100.0, share.effective));
    let pooled = (p * n + q * m) / (n + m);
    let is_large = [n, m].iter().all(|people| people * pooled.min(1.0 - pooled) >= compare::EXPECTED);
    let statistic = (p - q) / (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    (is_large && statistic.is_finite()).then(|| compare::tested(statistic))
}

fn shown(question: &Asked) -> Vec<Option<Point>> {
    let point = |counts: &Counts| Point { table: disclosure::release(counts, &question.policy), since: None };
    question.waves.iter().map(|counts| counts.as_ref().map(point)).collect()
}

/// The figures behind a share that is let out as it is.
fn part(question: &Asked, wave: usize) -> Option<Part> {
    let counts = question.waves.get(wave)?.as_ref().filter(|_| !question.policy.rounds())?;
    disclosure::release(counts, &question.policy).share?;
    Some(Part { hits: counts.favourable()?, base: counts.base() })
}

/// The difference in points, and the test where it holds.
fn test(before: Part, now: Part) -> (f64, Option<compare::Tested>) {
    let share = |part: Part| 100.0 * f64::from(part.hits) / f64::from(part.base);
    let is_large = compare::is_large_enough(&compare::table_of(&[now, before]));
    (share(now) - share(before), compare::two_shares(now, before).filter(|_| is_large))
}

/// Whether people answered in other ways than in the wave before, by more than chance would explain: Pearson's chi-square
/// test. Ways that are hidden in either wave, or so few that the test would not hold, are one. None where nothing is left
/// to test.
#[must_use]
pub fn mix_changed(before: &Counts, now: &Counts, policy: &Policy) -> Option<bool> {
    let tables = [before, now].map(|counts| disclosure::release(counts, policy));
    if !tables.iter().all(Table::is_shown) {
        return None;
    }
    let is_shown = |at: usize| {
        tables.iter().all(|table| table.rows.get(at).is_some_and(|row| matches!(row.cell, Cell::Shown { .. })))
    };
    let (mut apart, mut rest) = (Vec::new(), (0_u32, 0_u32));
    for (at, (one, other)) in before.cells().iter().zip(now.cells()).enumerate() {
        if is_shown(at) && is_enough([*one, *other], before.base(), now.base()) {
            apart.push([*one, *other]);
        } else {
            rest = (rest.0.saturating_add(*one), rest.1.saturating_add(*other));
        }
    }
    if rest != (0, 0) {
        let rest = [rest.0, rest.1];
        let smallest = apart.iter_mut().min_by_key(|way| way.iter().sum::<u32>());
        match smallest.filter(|_| !is_enough(rest, before.base(), now.base())) {
            Some(way) => way.iter_mut().zip(rest).for_each(|(people, more)| *people = people.saturating_add(more)),
            None => apart.push(rest),
        }
    }
    let table: Vec<Vec<u32>> =
        (0..2).map(|wave| apart.iter().filter_map(|way| way.get(wave).copied()).collect()).collect();
    let test = compare::chi_square(&table).filter(|_| compare::is_large_enough(&table))?;
    Some(test.p < LEVEL)
}

/// Whether so much is to be expected of a way in both waves that a test holds.
fn is_enough(way: [u32; 2], before: u32, now: u32) -> bool {
    let [one, other] = way;
    let rest = vec![before.saturating_sub(one), now.saturating_sub(other)];
    compare::is_large_enough(&[vec![one, other], rest])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::counts::Category;

    fn asked(waves: &[Option<(u32, u32)>], policy: Policy) -> Asked {
        let waves = waves.iter().map(|wave| wave.map(|(hits, base)| Counts::hits_of(hits, base))).collect();
        Asked { waves, policy }
    }

    fn since(points: &[Option<Point>], wave: usize) -> Option<Change> {
        points[wave].as_ref().unwrap().since
    }

    #[test]
    fn a_share_that_moved_by_more_than_chance_is_told_from_one_that_did_not() {
        let staff = Policy::staff();
        let found = over(&[
            asked(&[Some((355, 500)), Some((400, 500)), Some((310, 500))], staff),
            asked(&[Some((300, 500)), Some((305, 500)), Some((306, 500))], staff),
        ]);
        let change = since(&found[0], 1).unwrap();
        assert_eq!((change.standing, change.points.round()), (Standing::Higher, 9.0));
        // z is 3.3087, p 0.000937; twice that for two questions.
        assert!((change.p.unwrap() - 0.001_874_675_439_291_2).abs() < 1e-9, "{change:?}");
        assert_eq!(since(&found[0], 2).unwrap().standing, Standing::Lower);
        assert_eq!(since(&found[1], 1).unwrap().standing, Standing::NoClearDifference);
        assert_eq!(since(&found[0], 0), None);
    }

    #[test]
    fn what_is_hidden_or_asked_in_other_words_is_compared_with_nothing() {
        let staff = Policy::staff();
        let found = over(&[
            asked(&[Some((3, 4)), Some((400, 500))], staff),
            asked(&[None, Some((400, 500))], staff),
            asked(&[Some((6, 7)), Some((400, 500))], staff),
            asked(&[Some((300, 500)), Some((400, 500))], Policy::public()),
        ]);
        assert!(found[0][0].as_ref().unwrap().table.share.is_none());
        assert_eq!((since(&found[0], 1), since(&found[1], 1)), (None, None));
        assert_eq!(since(&found[2], 1).map(|change| (change.standing, change.p)), Some((Standing::TooFew, None)));
        assert_eq!(since(&found[3], 1), None, "counts are rounded");
        let level = over(&[asked(&[Some((500, 500)), Some((400, 400))], staff)]);
        assert_eq!(since(&level[0], 1).map(|change| change.standing), Some(Standing::NoClearDifference));
    }

    #[test]
    fn a_wave_that_is_not_told_is_passed_over() {
        let staff = Policy::staff();
        let of = [asked(&[Some((355, 500)), None, Some((400, 500))], staff)];
        assert_eq!(since(&over(&of)[0], 2), None);
        let change = since(&over_told(&of)[0], 2).unwrap();
        assert_eq!((change.standing, change.points.round()), (Standing::Higher, 9.0));
    }

    #[test]
    fn weighted_shares_are_compared_at_their_effective_numbers() {
        let weighted = |percent: f64, effective: f64| Weighted { percent, low: 0.0, high: 100.0, effective };
        // Where every weight is one, it is the test of the plain shares.
        let found = weighted_since(&[Some((weighted(71.0, 500.0), weighted(80.0, 500.0))), None]);
        let change = found[0].unwrap();
        assert!((change.p.unwrap() - 0.000_937_337_719_645_6).abs() < 1e-9, "{change:?}");
        assert_eq!((change.standing, found[1]), (Standing::Higher, None));
        // A design effect of five leaves too little to say.
        let found = weighted_since(&[Some((weighted(71.0, 100.0), weighted(80.0, 100.0)))]);
        assert_eq!(found[0].map(|change| change.standing), Some(Standing::NoClearDifference));
        let few = weighted_since(&[Some((weighted(71.0, 12.0), weighted(80.0, 12.0)))]);
        assert_eq!(few[0].map(|change| (change.standing, change.p)), Some((Standing::TooFew, None)));
    }

    fn ways(of: &[u32]) -> Counts {
        let mut counts = Counts::one_of(of.iter().map(|_| Category::plain("way")).collect());
        of.iter().enumerate().for_each(|(at, people)| (0..*people).for_each(|_| counts.record(at)));
        counts
    }

    #[test]
    fn another_mix_of_ways_is_noticed_and_small_ways_do_not_decide() {
        let changed = |before: &[u32], now: &[u32]| mix_changed(&ways(before), &ways(now), &Policy::staff());
        assert_eq!(changed(&[200, 300, 0], &[380, 120, 0]), Some(true));
        assert_eq!(changed(&[200, 300, 6], &[210, 290, 0]), Some(false));
        assert_eq!(changed(&[200, 0], &[210, 0]), None, "one way only");
        assert_eq!(changed(&[2, 2], &[210, 190]), None, "too few to say");
    }
}
