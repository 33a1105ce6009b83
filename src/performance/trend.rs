//! Better, about the same, worse: a value beside the one of the period before.

use crate::standards::{Direction, Source};

/// How a value moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    Better,
    Same,
    Worse,
}

impl Trend {
    /// The movement in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Better => "Better than before",
            Self::Same => "About the same",
            Self::Worse => "Worse than before",
        }
    }
}

/// A value with what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    pub value: f64,
    /// How many answers, checks or cases.
    pub base: i64,
    pub source: Source,
}

/// The critical value of the two-sided test at 5 per cent.
const CRITICAL: f64 = 1.96;
/// A share of cases has to move this many points to be called a movement.
const POINTS: f64 = 1.0;
/// Any other value has to move by this part of what it was.
const RELATIVE: f64 = 0.02;

/// How a value moved between two periods. A share of answers or of checks is a sample: it moved only where the difference is unlikely to be chance.
/// A landlord's own count of its cases is no sample: it moved when it moved by a point, or by two per cent of what it was.
#[must_use]
pub fn compare(before: Reading, now: Reading, direction: Direction, in_per_cent: bool) -> Trend {
    let difference = now.value - before.value;
    let moved = if before.source != now.source {
        false
    } else if now.source != Source::Figure {
        z(before, now).abs() >= CRITICAL
    } else if in_per_cent {
        difference.abs() >= POINTS
    } else {
        difference.abs() > before.value.abs() * RELATIVE
    };
    match (moved, (difference > 0.0) == (direction == Direction::Higher)) {
        (false, _) => Trend::Same,
        (true, true) => Trend::Better,
        (true, false) => Trend::Worse,
    }
}

/// The two-proportion z statistic with the pooled share; 0 where it says nothing. Source: domain reference 7.2; Altman, Practical Statistics for Medical Research, section 10.3.
fn z(before: Reading, now: Reading) -> f64 {
    let count = |n: i64| i32::try_from(n).map_or(f64::from(i32::MAX), f64::from);
    let (n1, n2) = (count(before.base), count(now.base));
    let (p1, p2) = (before.value / 100.0, now.value / 100.0);
    if n1 <= 0.0 || n2 <= 0.0 {
        return 0.0;
    }
    let pooled = (p1 * n1 + p2 * n2) / (n1 + n2);
    let error = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
    if error > 0.0 { (p2 - p1) / error } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(value: f64, base: i64) -> Reading {
        Reading { value, base, source: Source::Survey }
    }

    fn figure(value: f64) -> Reading {
        Reading { value, base: 100, source: Source::Figure }
    }

    #[test]
    fn a_survey_moved_only_where_chance_is_unlikely() {
        // 80 of 100 against 69 of 100: z = 1.785; against 67 of 100: z = 2.078.
        assert!((z(survey(80.0, 100), survey(69.0, 100)) + 1.785).abs() < 0.001);
        assert_eq!(compare(survey(80.0, 100), survey(69.0, 100), Direction::Higher, true), Trend::Same);
        assert_eq!(compare(survey(80.0, 100), survey(67.0, 100), Direction::Higher, true), Trend::Worse);
        assert_eq!(compare(survey(67.0, 100), survey(80.0, 100), Direction::Higher, true), Trend::Better);
        assert_eq!(compare(survey(100.0, 20), survey(100.0, 20), Direction::Higher, true), Trend::Same);
    }

    #[test]
    fn a_count_of_cases_moves_by_a_point_and_fewer_days_are_better() {
        assert_eq!(compare(figure(90.0), figure(90.9), Direction::Higher, true), Trend::Same);
        assert_eq!(compare(figure(90.0), figure(91.0), Direction::Higher, true), Trend::Better);
        assert_eq!(compare(figure(25.0), figure(23.0), Direction::Lower, false), Trend::Better);
        assert_eq!(compare(figure(24.0), figure(24.4), Direction::Lower, false), Trend::Same);
    }

    #[test]
    fn values_from_different_sources_are_not_compared() {
        assert_eq!(compare(figure(90.0), survey(10.0, 500), Direction::Higher, true), Trend::Same);
    }
}
