//! A figure of the landlord's own: what was kept out of how many, in one month.

use super::period::Month;
use crate::standards::{Published, Unit};
use crate::thread::id::StandardId;
use crate::web::number::plain;

/// The most cases a month can hold.
pub const MOST: i64 = 10_000_000;

/// A figure to be kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewFigure {
    pub standard_id: StandardId,
    pub month: Month,
    /// How many were kept, or the total of what was measured in the standard's unit.
    pub numerator: f64,
    /// Out of how many.
    pub denominator: i64,
}

/// Which of the two numbers is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// True for the number below the line, how many cases.
    pub in_cases: bool,
    pub message: String,
}

impl Wrong {
    fn of(in_cases: bool, message: impl Into<String>) -> Self {
        Self { in_cases, message: message.into() }
    }
}

/// The two numbers of a figure, checked against each other. For a share the first is how many were kept; for any other unit it is the average.
///
/// # Errors
/// The number that is wrong, in words that follow a name.
pub fn read(unit: Unit, first: &str, cases: &str) -> Result<(f64, i64), Wrong> {
    let cases = number(cases).filter(|cases| cases.fract() == 0.0 && (1.0..=10_000_000.0).contains(cases));
    let cases = cases.and_then(|cases| format!("{cases:.0}").parse::<i64>().ok()).filter(|cases| *cases <= MOST);
    let Some(cases) = cases else { return Err(Wrong::of(true, "enter how many there were, a whole number from 1")) };
    let whole = f64::from(u32::try_from(cases).unwrap_or(u32::MAX));
    let Some(first) = number(first) else {
        let what = if unit == Unit::PerCent { "enter how many were kept, a whole number" } else { "enter a number" };
        return Err(Wrong::of(false, what));
    };
    match unit {
        Unit::PerCent if first.fract() != 0.0 => Err(Wrong::of(false, "enter a whole number")),
        Unit::PerCent if first > whole => {
            Err(Wrong::of(false, format!("enter {cases} or fewer, as there were only {cases}")))
        }
        Unit::PerCent => Ok((first, cases)),
        _ if first > 1_000_000.0 => Err(Wrong::of(false, "enter a smaller number")),
        _ => Ok((first * whole, cases)),
    }
}

/// A number that is not negative; commas, a pound sign and a per cent sign are forgiven.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = plain(text.trim().trim_start_matches('£').trim_end_matches('%'))?;
    text.parse::<f64>().ok().filter(|number| *number >= 0.0)
}

/// What the first of the two boxes asks for.
#[must_use]
pub fn first_label(standard: &Published) -> String {
    match standard.unit {
        Unit::PerCent => standard.numerator.clone(),
        unit => format!("Average, in {}", unit.label().to_lowercase()),
    }
}

/// The first number of a stored figure, as its box shows it.
#[must_use]
pub fn first_value(unit: Unit, numerator: f64, denominator: i64) -> String {
    let cases = f64::from(u32::try_from(denominator.max(1)).unwrap_or(u32::MAX));
    crate::standards::unit::figure(if unit == Unit::PerCent { numerator } else { numerator / cases })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_can_be_kept_than_there_were() {
        assert_eq!(read(Unit::PerCent, "1,116", "1,240"), Ok((1116.0, 1240)));
        let wrong = read(Unit::PerCent, "13", "12").unwrap_err();
        assert_eq!((wrong.in_cases, wrong.message.as_str()), (false, "enter 12 or fewer, as there were only 12"));
        assert_eq!(read(Unit::PerCent, "1.5", "12").unwrap_err().message, "enter a whole number");
        for cases in ["", "0", "-3", "2.5", "many", "99999999999"] {
            assert!(read(Unit::PerCent, "1", cases).unwrap_err().in_cases, "{cases}");
        }
        assert!(!read(Unit::PerCent, "", "12").unwrap_err().in_cases);
    }

    #[test]
    fn an_average_is_kept_as_its_total_so_that_months_can_be_added() {
        assert_eq!(read(Unit::Days, "23.5", "40"), Ok((940.0, 40)));
        assert_eq!(first_value(Unit::Days, 940.0, 40), "23.5");
        assert_eq!(first_value(Unit::PerCent, 1116.0, 1240), "1116");
        assert!(read(Unit::Days, "NaN", "40").is_err() && read(Unit::Days, "-1", "40").is_err());
    }
}
