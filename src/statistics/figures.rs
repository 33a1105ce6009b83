//! The formulas: per cent, Wilson interval, mean.

/// The quantile of the normal distribution for a two-sided 95 % interval.
const Z95: f64 = 1.959_963_984_540_054;

/// `part` of `whole` in whole per cent, halves upwards. None of nothing is none.
#[must_use]
pub fn percent(part: u32, whole: u32) -> u32 {
    parts_of(100, part, whole)
}

/// `part` of `whole` in tenths of a per cent, halves upwards: how the English tenant satisfaction
/// measures are published. None of nothing is none.
#[must_use]
pub fn tenths(part: u32, whole: u32) -> u32 {
    parts_of(1_000, part, whole)
}

fn parts_of(parts: u32, part: u32, whole: u32) -> u32 {
    if whole == 0 {
        return 0;
    }
    let (part, whole) = (u64::from(part.min(whole)), u64::from(whole));
    u32::try_from((2 * u64::from(parts) * part + whole) / (2 * whole)).unwrap_or(parts)
}

/// The 95 % interval for a share, in per cent, lower and upper end.
///
/// Wilson's score interval: E. B. Wilson (1927), "Probable inference, the law of succession, and
/// statistical inference", Journal of the American Statistical Association 22, 209–212. It stays
/// within 0 and 100 and behaves at small bases, where the textbook interval does not.
///
/// With a `population`, the number of homes the base was drawn from, it is the score interval for a
/// sample without replacement, whose share has the variance `p (1 − p) / n · (N − n) / (N − 1)` (W. G.
/// Cochran (1977), "Sampling Techniques", third edition, section 3.2): Wilson's at the effective base
/// `n (N − 1) / (N − n)`. When everybody was asked it is the share itself.
#[must_use]
pub fn wilson(hits: u32, base: u32, population: Option<f64>) -> Option<(f64, f64)> {
    if base == 0 {
        return None;
    }
    let n = f64::from(base);
    let p = f64::from(hits.min(base)) / n;
    match population {
        Some(all) if all <= n => Some((100.0 * p, 100.0 * p)),
        Some(all) => Some(score_interval(p, n * (all - 1.0) / (all - n))),
        None => Some(score_interval(p, n)),
    }
}

/// Wilson's interval for the share `p` at the base `n`, in per cent. The base need not be whole: of people
/// who count unequally it is how many counted equally would say as much (E. L. Korn and B. I. Graubard
/// (1998), "Confidence intervals for proportions with small expected number of positive counts estimated
/// from survey data", Survey Methodology 24, 193–201).
#[must_use]
pub fn score_interval(p: f64, n: f64) -> (f64, f64) {
    let z2 = Z95 * Z95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    (100.0 * (centre - half).max(0.0), 100.0 * (centre + half).min(1.0))
}

/// The arithmetic mean of scores, each with how many people gave it.
#[must_use]
pub fn mean(scores: &[(i32, u32)]) -> Option<f64> {
    let base: u32 = scores.iter().map(|(_, count)| count).sum();
    if base == 0 {
        return None;
    }
    let total: f64 = scores.iter().map(|(score, count)| f64::from(*score) * f64::from(*count)).sum();
    Some(total / f64::from(base))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 0.005
    }

    #[test]
    fn per_cent_rounds_halves_upwards() {
        assert_eq!((percent(1, 8), percent(1, 3), percent(0, 0), percent(9, 9)), (13, 33, 0, 100));
        assert_eq!((tenths(1, 8), tenths(1, 16), tenths(2, 3), tenths(0, 0), tenths(9, 9)), (125, 63, 667, 0, 1_000));
    }

    /// Worked by hand from the formula, and the "81 of 263" example of Newcombe (1998), table I,
    /// Statistics in Medicine 17, 857–872: 0.2553 to 0.3662.
    #[test]
    fn wilson_gives_the_published_intervals() {
        let (low, high) = wilson(81, 263, None).unwrap();
        assert!(close(low, 25.53) && close(high, 36.62), "{low} {high}");
        let (low, high) = wilson(0, 20, None).unwrap();
        assert!(close(low, 0.0) && close(high, 16.11), "{low} {high}");
        assert_eq!(wilson(0, 0, None), None);
    }

    #[test]
    fn the_mean_weighs_each_score_by_its_people() {
        assert_eq!(mean(&[(5, 3), (1, 1)]), Some(4.0));
        assert_eq!(mean(&[(5, 0)]), None);
    }

    #[test]
    fn the_more_of_all_homes_answered_the_narrower_the_interval() {
        let width = |population| wilson(60, 90, population).map(|(low, high)| high - low).unwrap();
        let widths = [None, Some(10_000.0), Some(180.0), Some(100.0), Some(90.0)].map(width);
        assert!(widths.windows(2).all(|pair| pair[0] > pair[1]), "{widths:?}");
        assert!(close(widths[4], 0.0));
        assert_eq!(
            wilson(60, 90, Some(90.0)).map(|(low, high)| (close(low, 66.67), close(high, 66.67))),
            Some((true, true))
        );
    }
}
