//! How near a survey of some homes comes to asking them all, and how near the regulator asks it to come.
//!
//! The planning formula of the English tenant satisfaction measures (annex 5, survey requirements):
//! `n0 = 1.96² · 0.25 / e²`, for a population of `N` homes `n = n0 / (1 + n0 / N)`, and the margin that
//! `n` answers achieve `1.96 · sqrt(0.25 / n · (N − n) / (N − 1))` (W. G. Cochran (1977), "Sampling
//! Techniques", third edition, sections 3.2 and 4.4, at a share of one half, where it is widest).

/// The quantile of the normal distribution as the regulator's formula is published, for 95 in 100.
const QUANTILE: f64 = 1.96;

/// Under so many homes the margin is asked for as far as is reasonable.
const SMALL: u32 = 1_000;

/// The widest margin the regulator accepts of a landlord with so many homes of one tenure, in points
/// either way: bands with edges at 2,500, 10,000 and 25,000 homes.
#[must_use]
pub const fn asked_margin(homes: u32) -> u32 {
    match homes {
        0..=2_499 => 5,
        2_500..=9_999 => 4,
        10_000..=24_999 => 3,
        _ => 2,
    }
}

/// Whether the margin binds, or is asked for as far as is reasonable: of landlords under 1,000 homes.
#[must_use]
pub const fn is_binding(homes: u32) -> bool {
    homes >= SMALL
}

/// How many answers of so many homes achieve the margin the regulator asks for: the formula's value
/// upwards to a whole number, since a part of an answer cannot be had.
#[must_use]
pub fn answers_needed(homes: u32) -> u32 {
    let (over, under) = sample_size(homes, asked_margin(homes));
    u32::try_from(over.div_ceil(under)).unwrap_or(u32::MAX)
}

/// The planning formula's value for a margin in points, as a fraction that is exact: with the margin in
/// points `n0` is `9604 / e²`, hence `n = 9604 N / (e² N + 9604)`.
fn sample_size(homes: u32, margin: u32) -> (u64, u64) {
    const UNLIMITED: u64 = 9_604;
    let (homes, margin) = (u64::from(homes), u64::from(margin));
    (UNLIMITED * homes, margin * margin * homes + UNLIMITED)
}

/// The margin that so many answers of so many homes achieve, in points either way; none when nobody
/// answered or when there are more answers than homes.
#[must_use]
pub fn achieved_margin(answers: u32, homes: u32) -> Option<f64> {
    if answers == 0 || answers > homes {
        return None;
    }
    let (n, all) = (f64::from(answers), f64::from(homes));
    let missed = if answers == homes { 0.0 } else { (all - n) / (all - 1.0) };
    Some(100.0 * QUANTILE * (0.25 / n * missed).sqrt())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: f64, b: f64, within: f64) -> bool {
        (a - b).abs() < within
    }

    fn value(homes: u32, margin: u32) -> f64 {
        let (over, under) = sample_size(homes, margin);
        f64::from(u32::try_from(over).unwrap()) / f64::from(u32::try_from(under).unwrap())
    }

    /// What landlords published, the formula's value and the planner's whole number.
    #[test]
    fn published_sample_sizes_come_out() {
        for (homes, margin, formula, published, ceiling) in [
            (7_271, 4, 554.48, 554.0, 555.0),
            (8_797, 4, 561.91, 562.0, 562.0),
            (8_894, 3, 952.79, 953.0, 953.0),
            (12_000, 3, 979.97, 980.0, 980.0),
        ] {
            let found = value(homes, margin);
            assert!(close(found, formula, 0.005), "{homes}: {found}");
            assert!(close(found.round(), published, 0.1), "{homes}: {found}");
            assert!(close(found.ceil(), ceiling, 0.1), "{homes}: {found}");
        }
    }

    #[test]
    fn the_edges_of_each_band_come_out() {
        for (homes, margin, formula, ceiling) in [
            (100, 5, 79.35, 80),
            (250, 5, 151.44, 152),
            (500, 5, 217.25, 218),
            (699, 5, 247.91, 248),
            (1_000, 5, 277.54, 278),
            (2_499, 5, 332.97, 333),
            (2_500, 4, 484.03, 485),
            (5_000, 4, 535.91, 536),
            (9_999, 4, 566.26, 567),
            (10_000, 3, 964.22, 965),
            (20_000, 3, 1_013.06, 1_014),
            (24_999, 3, 1_023.43, 1_024),
            (25_000, 2, 2_190.61, 2_191),
            (50_000, 2, 2_290.99, 2_291),
            (100_000, 2, 2_344.70, 2_345),
        ] {
            assert_eq!((asked_margin(homes), answers_needed(homes)), (margin, ceiling), "{homes}");
            let found = value(homes, margin);
            assert!(close(found, formula, 0.005), "{homes}: {found}");
        }
        assert_eq!((is_binding(999), is_binding(1_000)), (false, true));
    }

    #[test]
    fn published_margins_come_out() {
        assert!(close(achieved_margin(536, 2_436).unwrap(), 3.739, 0.0005));
        assert!(close(achieved_margin(1_128, 18_800).unwrap(), 2.829, 0.0005));
    }

    #[test]
    fn every_home_answering_leaves_no_margin_and_more_answers_than_homes_have_none() {
        assert_eq!((achieved_margin(80, 80), achieved_margin(1, 1)), (Some(0.0), Some(0.0)));
        assert_eq!((achieved_margin(81, 80), achieved_margin(0, 80)), (None, None));
    }

    proptest! {
        #[test]
        fn the_answers_needed_achieve_the_margin_and_one_fewer_does_not(homes in 2u32..200_000) {
            let needed = answers_needed(homes);
            prop_assert!(needed <= homes);
            // The formula says N where the margin says N − 1.
            let asked = f64::from(asked_margin(homes)) * (f64::from(homes) / f64::from(homes - 1)).sqrt();
            prop_assert!(achieved_margin(needed, homes).unwrap() <= asked + 1e-9);
            prop_assert!(achieved_margin(needed - 1, homes).is_none_or(|margin| margin > asked - 1e-9));
        }
    }
}
