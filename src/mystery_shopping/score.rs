//! What accepted returns say of a standard: items met of items met or not met, and only where enough shops stand behind it.

use chrono::NaiveDate;

use super::store::results;
use crate::db::{self, Tx};
use crate::statistics::disclosure::{Policy, release_share};
use crate::thread::id::StandardId;

/// Under this many shops a score is only an indication. Source: `domain` section 3.1, step 7.
pub const FIRM: u32 = 10;

/// The counts behind a standard's score in a period. They leave the program through [`Score::reading`] only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Items that were met.
    pub met: i64,
    /// Items that were not met.
    pub not_met: i64,
    /// Accepted shops in which an item of the standard was met or not met.
    pub shops: i64,
    /// The day of the newest of them.
    pub latest_on: Option<NaiveDate>,
}

/// What may be said of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Too few shops to say anything.
    TooFew { shops: u32 },
    /// A share that rests on few shops.
    Indicative { percent: u32, shops: u32 },
    /// A share.
    Firm { percent: u32, shops: u32 },
}

impl Score {
    /// What may be said, under the landlord's policy for shops.
    #[must_use]
    pub fn reading(&self, policy: &Policy) -> Reading {
        let shops = count(self.shops);
        let (met, not_met) = (count(self.met), count(self.not_met));
        if shops < policy.minimum() {
            return Reading::TooFew { shops };
        }
        match release_share(met, met.saturating_add(not_met), policy) {
            None => Reading::TooFew { shops },
            Some(share) if shops < FIRM => Reading::Indicative { percent: share.percent, shops },
            Some(share) => Reading::Firm { percent: share.percent, shops },
        }
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

impl Reading {
    /// The sentence people read.
    #[must_use]
    pub fn sentence(&self) -> String {
        let shops = |shops: u32| if shops == 1 { "1 shop".to_owned() } else { format!("{shops} shops") };
        match *self {
            Self::TooFew { shops: n } => format!("Too few to report ({})", shops(n)),
            Self::Indicative { percent, shops: n } => format!("{percent}% met, indicative ({})", shops(n)),
            Self::Firm { percent, shops: n } => format!("{percent}% met ({})", shops(n)),
        }
    }
}

/// The counts of a standard over the days of a period, both ends included.
///
/// # Errors
/// When the database refuses.
pub async fn score_for_standard(
    tx: &mut Tx,
    standard: StandardId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Score, db::Error> {
    results::score(tx, standard, from, to).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(met: i64, not_met: i64, shops: i64) -> Score {
        Score { met, not_met, shops, latest_on: None }
    }

    #[test]
    fn four_shops_are_too_few_to_report_and_nine_are_indicative() {
        assert_eq!(score(7, 1, 4).reading(&Policy::shops()).sentence(), "Too few to report (4 shops)");
        assert_eq!(score(0, 0, 0).reading(&Policy::shops()), Reading::TooFew { shops: 0 });
        assert_eq!(score(4, 1, 5).reading(&Policy::shops()).sentence(), "80% met, indicative (5 shops)");
        assert_eq!(score(9, 0, 9).reading(&Policy::shops()), Reading::Indicative { percent: 100, shops: 9 });
        assert_eq!(score(15, 5, 10).reading(&Policy::shops()).sentence(), "75% met (10 shops)");
    }

    #[test]
    fn a_landlord_may_ask_for_more_shops_but_never_for_fewer() {
        assert_eq!(score(8, 1, 9).reading(&Policy::shops().at_least(12)), Reading::TooFew { shops: 9 });
        assert_eq!(score(3, 0, 3).reading(&Policy::shops().at_least(1)), Reading::TooFew { shops: 3 });
    }
}
