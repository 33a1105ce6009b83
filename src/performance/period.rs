//! Periods: a month, and the three months that end with it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Months, NaiveDate};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct Month(NaiveDate);

impl Month {
    /// The month that a day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// The month with that number of a year; none outside 2000 to 2199.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).filter(|_| (2000..2200).contains(&year)).map(Self)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.later(1).0.pred_opt().unwrap_or(self.0)
    }

    /// The month so many months before.
    #[must_use]
    pub fn earlier(self, months: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(months)).unwrap_or(self.0))
    }

    /// The month so many months after.
    #[must_use]
    pub fn later(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(self.0))
    }

    /// As an address and a file hold it: "2026-10".
    #[must_use]
    pub fn code(self) -> String {
        self.0.format("%Y-%m").to_string()
    }

    /// As a narrow table and a chart hold it: "Oct 2026".
    #[must_use]
    pub fn short(self) -> String {
        self.0.format("%b %Y").to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%B %Y").fmt(f)
    }
}

/// A month in words or figures as spreadsheets write it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMonth;

impl FromStr for Month {
    type Err = NoMonth;

    /// Reads "2026-10", "10/2026", "Oct-26", "October 2026", "2026-10-01" and "01/10/2026".
    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let parts: Vec<&str> = text.trim().split(['-', '/', ' ', '.']).filter(|part| !part.is_empty()).collect();
        let (year, month) = match *parts.as_slice() {
            [a, b] if a.len() == 4 => (a, b),
            [a, b] => (b, a),
            [a, b, _day] if a.len() == 4 => (a, b),
            [_day, b, c] => (c, b),
            _ => return Err(NoMonth),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let year: i32 = match year.len() {
            4 if digits(year) => year.parse().map_err(|_| NoMonth)?,
            2 if digits(year) => 2000 + year.parse::<i32>().map_err(|_| NoMonth)?,
            _ => return Err(NoMonth),
        };
        let month = if digits(month) { month.parse().map_err(|_| NoMonth)? } else { named(month).ok_or(NoMonth)? };
        Self::new(year, month).ok_or(NoMonth)
    }
}

/// The number of a month by its name or the first three letters of it.
fn named(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_lowercase();
    let found = NAMES.iter().position(|month| *month == name || (name.len() >= 3 && month.starts_with(&name)));
    found.and_then(|at| u32::try_from(at + 1).ok())
}

/// How many months a value speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// One month.
    Month,
    /// Three months: what residents are shown, since one month jumps about.
    Quarter,
}

impl Span {
    /// The number of months, as it is stored.
    #[must_use]
    pub fn months(self) -> i64 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
        }
    }
}

/// The months of a span that ends with a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub ends: Month,
    pub span: Span,
}

impl Period {
    /// Its first month.
    #[must_use]
    pub fn begins(self) -> Month {
        match self.span {
            Span::Month => self.ends,
            Span::Quarter => self.ends.earlier(2),
        }
    }

    /// The first day and the last, both included.
    #[must_use]
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        (self.begins().first_day(), self.ends.last_day())
    }

    /// True once its last day has passed.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.ends < Month::of(today)
    }

    /// The period of the same length just before it.
    #[must_use]
    pub fn before(self) -> Self {
        Self { ends: self.begins().earlier(1), span: self.span }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.begins(), self.ends);
        if from == to {
            to.fmt(f)
        } else if from.0.year() == to.0.year() {
            write!(f, "{} to {to}", from.0.format("%B"))
        } else {
            write!(f, "{from} to {to}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_read_as_spreadsheets_write_it() {
        for text in ["2026-10", "10/2026", "Oct-26", "oct 2026", "October 2026", "2026-10-01", "01/10/2026", "26-Oct"] {
            let expected = if text == "26-Oct" { Err(NoMonth) } else { Ok(Month::new(2026, 10).unwrap()) };
            assert_eq!(text.parse::<Month>(), expected, "{text}");
        }
        for text in ["", "2026", "2026-13", "soon", "Octopus 2026", "1-2-3-4", "9999-01"] {
            assert_eq!(text.parse::<Month>(), Err(NoMonth), "{text}");
        }
    }

    #[test]
    fn three_months_end_with_theirs_and_follow_each_other() {
        let period = Period { ends: month("2026-01"), span: Span::Quarter };
        assert_eq!(period.to_string(), "November 2025 to January 2026");
        assert_eq!(period.days().0.to_string(), "2025-11-01");
        assert_eq!(period.days().1.to_string(), "2026-01-31");
        assert_eq!(period.before().ends, month("2025-10"));
        assert_eq!(Period { ends: month("2026-10"), span: Span::Quarter }.to_string(), "August to October 2026");
        assert_eq!(Period { ends: month("2028-02"), span: Span::Month }.days().1.to_string(), "2028-02-29");
    }
}
