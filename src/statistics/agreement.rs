//! How far two people agree who judged the same things with yes or no: in per cent, and beyond chance.
//!
//! Cohen's kappa: J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological
//! Measurement 20(1), 37–46. With `n` things of which both said yes to `a`, the first alone to `b`, the second alone
//! to `c` and neither to `d`, the observed agreement is `po = (a + d) / n`, the one that chance would give
//! `pe = ((a + b)(a + c) + (c + d)(b + d)) / n²`, and kappa `(po − pe) / (1 − pe)`.

/// What two people said of the same things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    both: u32,
    first_only: u32,
    second_only: u32,
    neither: u32,
}

/// How good an agreement is beyond chance, in the words of D. G. Altman (1991), "Practical Statistics for Medical
/// Research", table 14.2: very good above 0.8, good above 0.6, moderate above 0.4, else weak (there fair or poor).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    VeryGood,
    Good,
    Moderate,
    Weak,
}

impl Agreement {
    /// What was said, thing by thing: by the first person, and by the second.
    #[must_use]
    pub fn of(said: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut found = Self::default();
        for pair in said {
            let cell = match pair {
                (true, true) => &mut found.both,
                (true, false) => &mut found.first_only,
                (false, true) => &mut found.second_only,
                (false, false) => &mut found.neither,
            };
            *cell = cell.saturating_add(1);
        }
        found
    }

    /// Of how many things the two said the same, in per cent from 0 to 100; none where nothing was judged by both.
    #[must_use]
    pub fn per_cent(self) -> Option<f64> {
        let all = self.all();
        (all > 0.0).then(|| 100.0 * (f64::from(self.both) + f64::from(self.neither)) / all)
    }

    /// Cohen's kappa, from -1 to 1; none where nothing was judged by both, or where both said the same of everything,
    /// so that chance would give nothing else.
    #[must_use]
    pub fn kappa(self) -> Option<f64> {
        let all = self.all();
        let (a, b) = (f64::from(self.both), f64::from(self.first_only));
        let (c, d) = (f64::from(self.second_only), f64::from(self.neither));
        // Both in n², so that whole numbers are compared.
        let (observed, chance) = ((a + d) * all, (a + b) * (a + c) + (c + d) * (b + d));
        let room = all * all - chance;
        (room > 0.0).then(|| (observed - chance) / room)
    }

    /// How good kappa is, where there is one.
    #[must_use]
    pub fn strength(self) -> Option<Strength> {
        self.kappa().map(|kappa| match kappa {
            kappa if kappa > 0.8 => Strength::VeryGood,
            kappa if kappa > 0.6 => Strength::Good,
            kappa if kappa > 0.4 => Strength::Moderate,
            _ => Strength::Weak,
        })
    }

    fn all(self) -> f64 {
        [self.both, self.first_only, self.second_only, self.neither].map(f64::from).iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_who_say_the_same_of_everything_leave_nothing_to_chance() {
        assert_eq!((Agreement::default().per_cent(), Agreement::default().kappa()), (None, None));
        let never = Agreement::of([(false, false); 30]);
        assert_eq!((never.per_cent(), never.kappa(), never.strength()), (Some(100.0), None, None));
        let alike = Agreement::of([(true, true), (false, false)]);
        assert_eq!((alike.kappa(), alike.strength()), (Some(1.0), Some(Strength::VeryGood)));
        let opposed = Agreement::of([(true, false), (false, true)]);
        assert_eq!(
            (opposed.per_cent(), opposed.kappa(), opposed.strength()),
            (Some(0.0), Some(-1.0), Some(Strength::Weak))
        );
    }
}
