//! What was known of a plan at the end of a day.
//!
//! A day that is over keeps its truth: what staff say counts from the day on which they said it here, even where they
//! date it back, and what a dated document says counts from its own day. What a plan held in the moment it was brought
//! in holds for all time before, as nothing else is known of that time.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::clock::london_instant;

/// The end of a day in London.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Then {
    /// The day.
    pub day: NaiveDate,
    /// What was recorded before this moment is known.
    pub before: DateTime<Utc>,
}

impl Then {
    /// The end of that day.
    #[must_use]
    pub fn end_of(day: NaiveDate) -> Self {
        let next = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
        Self { day, before: london_instant(next).unwrap_or_else(|_| next.and_utc()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_london() {
        let end = |day: &str| Then::end_of(day.parse().unwrap()).before.to_rfc3339();
        assert_eq!(end("2026-06-30"), "2026-06-30T23:00:00+00:00");
        assert_eq!(end("2026-11-30"), "2026-12-01T00:00:00+00:00");
    }
}
