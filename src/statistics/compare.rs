//! Whether shares differ by more than chance: tests, and their correction when there are many.

use statrs::function::erf::erfc;
use statrs::function::gamma::checked_gamma_ur;

/// The smallest count to be expected in each cell for the tests to hold (W. G. Cochran (1954), "Some
/// methods for strengthening the common χ² tests", Biometrics 10, 417–451).
pub(super) const EXPECTED: f64 = 5.0;

/// So many favourable answers of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub hits: u32,
    pub base: u32,
}

/// A test's statistic, and how often chance alone would bring one as large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tested {
    pub statistic: f64,
    pub p: f64,
}

/// The two-sided z test that two shares are one, with the pooled share in the standard error (J. L.
/// Fleiss, B. Levin and M. C. Paik (2003), "Statistical Methods for Rates and Proportions", third
/// edition, section 3.1, without the correction for continuity). The statistic is positive when the
/// first share is the larger. None when a base is nought, or when all or none are favourable.
pub(super) fn two_shares(one: Part, other: Part) -> Option<Tested> {
    let (n, m) = (f64::from(one.base), f64::from(other.base));
    let (a, b) = (f64::from(one.hits), f64::from(other.hits));
    let pooled = (a + b) / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    let statistic = (a / n - b / m) / error;
    statistic.is_finite().then(|| tested(statistic))
}

/// A statistic that is normal where nothing differs, with how often chance alone would bring one as large either way.
pub(super) fn tested(statistic: f64) -> Tested {
    Tested { statistic, p: erfc(statistic.abs() / std::f64::consts::SQRT_2) }
}

/// Pearson's chi-square test that rows and columns of counts do not depend on each other (K. Pearson
/// (1900), "On the criterion …", Philosophical Magazine 50, 157–175), with `(rows − 1)(columns − 1)`
/// degrees of freedom. None for a table with fewer than two rows or columns, with rows of unequal
/// length, or with an empty row or column.
pub(super) fn chi_square(table: &[Vec<u32>]) -> Option<Tested> {
    let expected = expected(table)?;
    let (rows, columns) = (table.len(), table.first()?.len());
    let cells = table.iter().zip(&expected).flat_map(|(counts, expected)| counts.iter().zip(expected));
    let statistic: f64 = cells.map(|(count, expected)| (f64::from(*count) - expected).powi(2) / expected).sum();
    let freedom = u32::try_from(rows.checked_sub(1)? * columns.checked_sub(1)?).ok().filter(|freedom| *freedom > 0)?;
    // At nought the tail is the whole distribution, which the function itself refuses to say.
    let p = if statistic > 0.0 { checked_gamma_ur(f64::from(freedom) / 2.0, statistic / 2.0).ok()? } else { 1.0 };
    Some(Tested { statistic, p })
}

/// Whether so much is to be expected in every cell that the tests hold.
pub(super) fn is_large_enough(table: &[Vec<u32>]) -> bool {
    expected(table).is_some_and(|rows| rows.iter().flatten().all(|expected| *expected >= EXPECTED))
}

/// Favourable and other answers, a row for each part.
pub(super) fn table_of(parts: &[Part]) -> Vec<Vec<u32>> {
    parts.iter().map(|part| vec![part.hits, part.base.saturating_sub(part.hits)]).collect()
}

/// The counts to be expected if rows and columns did not depend on each other; none where a row or a
/// column is empty.
fn expected(table: &[Vec<u32>]) -> Option<Vec<Vec<f64>>> {
    let columns = table.first()?.len();
    if table.iter().any(|row| row.len() != columns) {
        return None;
    }
    let sums: Vec<f64> = table.iter().map(|row| row.iter().map(|count| f64::from(*count)).sum()).collect();
    let mut down = vec![0.0; columns];
    for row in table {
        for (sum, count) in down.iter_mut().zip(row) {
            *sum += f64::from(*count);
        }
    }
    if sums.iter().chain(&down).any(|sum| *sum <= 0.0) {
        return None;
    }
    let total: f64 = sums.iter().sum();
    Some(sums.iter().map(|row| down.iter().map(|column| row * column / total).collect()).collect())
}

/// Adjusts the p values of several tests so that even one false alarm among them all stays as rare as
/// in a single test: S. Holm (1979), "A simple sequentially rejective multiple test procedure",
/// Scandinavian Journal of Statistics 6, 65–70. In the order given.
pub(super) fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut adjusted = vec![1.0; p.len()];
    let (mut left, mut least) = (f64::from(u32::try_from(p.len()).unwrap_or(u32::MAX)), 0.0_f64);
    for (at, p) in order {
        least = least.max((left * p).min(1.0));
        left -= 1.0;
        if let Some(slot) = adjusted.get_mut(at) {
            *slot = least;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_tested_is_not() {
        let part = |hits, base| Part { hits, base };
        assert_eq!(two_shares(part(0, 40), part(0, 60)), None);
        assert_eq!(two_shares(part(40, 40), part(60, 60)), None);
        assert_eq!(two_shares(part(0, 0), part(3, 60)), None);
        for table in
            [vec![], vec![vec![3, 4]], vec![vec![3], vec![4]], vec![vec![3, 0], vec![4, 0]], vec![vec![1], vec![1, 2]]]
        {
            assert_eq!(chi_square(&table), None, "{table:?}");
        }
    }

    #[test]
    fn small_tables_are_too_small_to_test() {
        assert!(is_large_enough(&[vec![10, 10], vec![5, 5]]));
        assert!(!is_large_enough(&[vec![10, 10], vec![4, 5]]));
        assert!(!is_large_enough(&[vec![0, 10], vec![0, 10]]));
    }

    /// The four tests of Holm's own procedure, worked by hand: 4 × 0.005, 3 × 0.011, 2 × 0.02, 1 × 0.04.
    #[test]
    fn holm_steps_down() {
        let found = holm(&[0.02, 0.005, 0.04, 0.011]);
        let by_hand = [0.04, 0.02, 0.04, 0.033];
        assert!(found.iter().zip(by_hand).all(|(found, by_hand)| (found - by_hand).abs() < 1e-12), "{found:?}");
    }

    proptest! {
        #[test]
        fn holm_keeps_the_order_and_never_makes_a_test_bolder(p in proptest::collection::vec(0.0f64..=1.0, 1..20)) {
            let found = holm(&p);
            let many = f64::from(u32::try_from(p.len()).unwrap());
            for (one, (before, after)) in p.iter().zip(&found).enumerate() {
                prop_assert!(before <= after && *after <= 1.0 && *after <= before * many + 1e-12);
                for (other, later) in p.iter().zip(&found).skip(one) {
                    prop_assert!((before <= other) == (after <= later) || (after - later).abs() < 1e-12);
                }
            }
        }

        #[test]
        fn the_z_test_of_two_shares_is_the_chi_square_test_of_their_table(
            a in 1u32..300, b in 1u32..300, c in 1u32..300, d in 1u32..300,
        ) {
            let parts = [Part { hits: a, base: a + b }, Part { hits: c, base: c + d }];
            let z = two_shares(parts[0], parts[1]).unwrap();
            let square = chi_square(&table_of(&parts)).unwrap();
            prop_assert!((z.statistic * z.statistic - square.statistic).abs() < 1e-8 * square.statistic.max(1.0));
            prop_assert!((z.p - square.p).abs() < 1e-9);
        }
    }
}
