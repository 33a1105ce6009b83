//! What a standard is counted in, and which way is better.

use std::str::FromStr;

/// What a result and its target are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A share out of a hundred.
    PerCent,
    /// Calendar days.
    Days,
    /// Monday to Friday without bank holidays.
    WorkingDays,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// How many.
    Number,
    /// A score from 0 to 10.
    Score,
    /// Money.
    Pounds,
}

impl Unit {
    /// Every unit, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::PerCent,
        Self::Days,
        Self::WorkingDays,
        Self::Hours,
        Self::Minutes,
        Self::Seconds,
        Self::Number,
        Self::Score,
        Self::Pounds,
    ];

    /// The word kept in the database and in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PerCent => "per_cent",
            Self::Days => "days",
            Self::WorkingDays => "working_days",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
            Self::Seconds => "seconds",
            Self::Number => "number",
            Self::Score => "score",
            Self::Pounds => "pounds",
        }
    }

    /// The unit as staff pick it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::PerCent => "Per cent",
            Self::Days => "Days",
            Self::WorkingDays => "Working days",
            Self::Hours => "Hours",
            Self::Minutes => "Minutes",
            Self::Seconds => "Seconds",
            Self::Number => "Number",
            Self::Score => "Score from 0 to 10",
            Self::Pounds => "Pounds",
        }
    }

    /// True for a length of time.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Self::Days | Self::WorkingDays | Self::Hours | Self::Minutes | Self::Seconds)
    }

    /// A value with its unit, as a sentence holds it: "92.5%", "24 days", "1 hour", "£3.50".
    #[must_use]
    pub fn with(self, value: f64) -> String {
        let figure = figure(value);
        let one = figure == "1";
        let named = |single: &str, many: &str| format!("{figure} {}", if one { single } else { many });
        match self {
            Self::PerCent => format!("{figure}%"),
            Self::Days => named("day", "days"),
            Self::WorkingDays => named("working day", "working days"),
            Self::Hours => named("hour", "hours"),
            Self::Minutes => named("minute", "minutes"),
            Self::Seconds => named("second", "seconds"),
            Self::Number => figure,
            Self::Score => format!("{figure} out of 10"),
            Self::Pounds if value.fract() == 0.0 => format!("£{value:.0}"),
            Self::Pounds => format!("£{value:.2}"),
        }
    }
}

/// A number as a person writes it: no needless decimals, at most two.
#[must_use]
pub fn figure(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is better: a share kept, a score.
    Higher,
    /// Less is better: days taken, calls lost.
    Lower,
}

impl Direction {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Higher, Self::Lower];

    /// The word kept in the database and in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }

    /// The direction as staff pick it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Higher => "Higher is better",
            Self::Lower => "Lower is better",
        }
    }

    /// True when a value is as good as a limit, or better.
    #[must_use]
    pub fn reaches(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Higher => value >= limit,
            Self::Lower => value <= limit,
        }
    }

    /// A target as a sentence holds it: "at least 90%", "24 days or fewer".
    #[must_use]
    pub fn target(self, unit: Unit, target: f64) -> String {
        let value = unit.with(target);
        match (self, unit) {
            (Self::Higher, Unit::PerCent) if target >= 100.0 => "every time (100%)".to_owned(),
            (Self::Higher, _) => format!("at least {value}"),
            (Self::Lower, Unit::Days | Unit::WorkingDays | Unit::Number) => format!("{value} or fewer"),
            (Self::Lower, _) => format!("{value} or less"),
        }
    }
}

impl FromStr for Unit {
    type Err = String;
    fn from_str(code: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|unit| unit.code() == code).ok_or_else(|| format!("{code} is no unit"))
    }
}

impl FromStr for Direction {
    type Err = String;
    fn from_str(code: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|way| way.code() == code).ok_or_else(|| format!("{code} is no direction"))
    }
}

impl TryFrom<String> for Unit {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        code.parse()
    }
}

impl TryFrom<String> for Direction {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        code.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_reads_as_people_say_it() {
        assert_eq!(Unit::PerCent.with(92.5), "92.5%");
        assert_eq!(Unit::Hours.with(1.0), "1 hour");
        assert_eq!(Unit::WorkingDays.with(10.0), "10 working days");
        assert_eq!(Unit::Pounds.with(3.5), "£3.50");
        assert_eq!(Unit::Number.with(200.0), "200");
    }

    #[test]
    fn a_target_says_which_way_is_better() {
        assert_eq!(Direction::Higher.target(Unit::PerCent, 90.0), "at least 90%");
        assert_eq!(Direction::Lower.target(Unit::Days, 24.0), "24 days or fewer");
        assert_eq!(Direction::Lower.target(Unit::PerCent, 7.0), "7% or less");
        assert!(Direction::Lower.reaches(20.0, 24.0) && !Direction::Higher.reaches(89.9, 90.0));
    }

    #[test]
    fn every_code_reads_back() {
        assert!(Unit::ALL.iter().all(|unit| unit.code().parse::<Unit>().as_ref() == Ok(unit)));
        assert!(Direction::ALL.iter().all(|way| way.code().parse::<Direction>().as_ref() == Ok(way)));
    }
}
