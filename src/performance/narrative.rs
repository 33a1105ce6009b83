//! What is said of a promise missed: why, what is done, and when it will be kept again.

use chrono::{DateTime, NaiveDate, Utc};

use super::period::{Month, Period};
use crate::thread::id::StandardId;

/// The most characters of each part.
pub const LONGEST: usize = 1500;

/// An explanation as it was given.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Narrative {
    pub standard_id: StandardId,
    /// The last month of the period it explains.
    pub ends_month: Month,
    pub why: String,
    pub doing: String,
    /// The day from which the promise should be kept again.
    pub back_on: NaiveDate,
    pub written_at: DateTime<Utc>,
}

/// An explanation to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNarrative {
    pub standard_id: StandardId,
    pub ends_month: Month,
    pub why: String,
    pub doing: String,
    pub back_on: NaiveDate,
}

/// True while an explanation still answers for a period: it was given for one of the period's months or since, and the day it promised has not passed.
#[must_use]
pub fn stands(ends_month: Month, back_on: NaiveDate, period: Period, today: NaiveDate) -> bool {
    ends_month >= period.begins() && back_on >= today
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::performance::period::Span;

    #[test]
    fn an_explanation_holds_for_three_months_or_until_the_day_it_promised() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let period = Period { ends: "2026-10".parse().unwrap(), span: Span::Quarter };
        let given = |month: &str, back: &str| stands(month.parse().unwrap(), day(back), period, day("2026-11-16"));
        assert!(given("2026-10", "2026-12-31") && given("2026-08", "2026-11-16"));
        assert!(!given("2026-07", "2026-12-31"));
        assert!(!given("2026-10", "2026-11-15"));
    }
}
