//! A calendar month: the grain in which a plan makes its promises.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// English month names, in order.
pub const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// One month of one year between 1950 and 2149, counted from year 0 so that months subtract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month with this number (1 to 12), or nothing when there is no such month in range.
    #[must_use]
    pub fn new(year: i32, number: u32) -> Option<Self> {
        let index = i32::try_from(number).ok().filter(|n| (1..=12).contains(n))? - 1;
        (1950..2150).contains(&year).then_some(Self(year * 12 + index))
    }

    /// The month a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 12 + day.month0().cast_signed())
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 for January to 12 for December.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12).cast_unsigned() + 1
    }

    /// The last day of the month: a deadline is met until then.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .and_then(|next| next.pred_opt())
            .unwrap_or(NaiveDate::MAX)
    }

    /// The month so many months later (or earlier, when negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from `earlier` to this one; negative when this one comes first.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// `2009-03`, as stored and as published in data.
    #[must_use]
    pub fn code(self) -> String {
        format!("{:04}-{:02}", self.year(), self.number())
    }

    /// Reads `2009-03`, the form of [`Month::code`] and of a browser's month field.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        let (year, number) = code.trim().split_once('-')?;
        if year.len() != 4 || number.len() != 2 {
            return None;
        }
        Self::new(year.parse().ok()?, number.parse().ok()?)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let index = usize::try_from(self.number() - 1).unwrap_or_default();
        write!(f, "{} {}", NAMES.get(index).unwrap_or(&""), self.year())
    }
}

#[cfg(test)]
#[path = "month_tests.rs"]
mod tests;
