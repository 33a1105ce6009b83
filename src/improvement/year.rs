//! The landlord's year, which begins on 1 April.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

/// A year, named by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Year(pub i64);

impl Year {
    /// The year that a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let year = i64::from(day.year());
        Self(if day.month() < 4 { year - 1 } else { year })
    }

    /// The year after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The year before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// True for a day that lies in this year.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        Self::of(day) == self
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// Not a year that a plan can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoYear;

impl std::str::FromStr for Year {
    type Err = NoYear;
    fn from_str(text: &str) -> Result<Self, NoYear> {
        text.parse().ok().filter(|year| (2000..2200).contains(year)).map(Self).ok_or(NoYear)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_begins_in_april_and_is_named_by_both() {
        for (day, name) in [("2026-03-31", "2025/26"), ("2026-04-01", "2026/27"), ("2099-12-31", "2099/00")] {
            assert_eq!(Year::of(day.parse().unwrap()).to_string(), name);
        }
        assert_eq!("2026".parse(), Ok(Year(2026)));
        assert_eq!("26".parse::<Year>(), Err(NoYear));
    }
}
