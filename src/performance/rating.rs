//! How a value stands against the promise of its period.

use std::str::FromStr;

use crate::standards::{Direction, Source};

/// How a value stands against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rating {
    /// At the target or better.
    Meeting,
    /// Short of it, within tolerance.
    Close,
    /// Short of it.
    Missing,
}

/// What a value is judged by: the version of the standard that held in its period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Yardstick {
    pub target: f64,
    /// What the law asks for at the least; a value short of it is never close.
    pub legal_floor: Option<f64>,
    pub direction: Direction,
}

/// The tolerance relative to the target. Source: domain reference 7.2.
const RELATIVE: f64 = 0.05;
/// The tolerance for satisfaction, in points. Source: domain reference 7.2.
const POINTS: f64 = 2.0;
/// Less than this is a matter of how computers hold fractions.
const NOTHING: f64 = 1e-9;

impl Rating {
    /// Judges a value; results of surveys are allowed two points, others five per cent of the target.
    #[must_use]
    pub fn of(value: f64, yardstick: Yardstick, source: Source) -> Self {
        let Yardstick { target, legal_floor, direction } = yardstick;
        let slack = if source == Source::Survey { POINTS } else { target.abs() * RELATIVE };
        let reaches = |limit: f64| match direction {
            Direction::Higher => value >= limit - NOTHING,
            Direction::Lower => value <= limit + NOTHING,
        };
        let tolerated = match direction {
            Direction::Higher => target - slack,
            Direction::Lower => target + slack,
        };
        if reaches(target) {
            Self::Meeting
        } else if reaches(tolerated) && legal_floor.is_none_or(reaches) {
            Self::Close
        } else {
            Self::Missing
        }
    }

    /// Every rating, worst first, as a list of exceptions wants them.
    pub const ALL: [Self; 3] = [Self::Missing, Self::Close, Self::Meeting];

    /// The word kept in the database and in addresses, and the class of its mark.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Close => "close",
            Self::Missing => "missing",
        }
    }

    /// The rating as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Meeting => "Meeting the promise",
            Self::Close => "Close to the promise",
            Self::Missing => "Missing it",
        }
    }
}

impl FromStr for Rating {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|rating| rating.code() == code).ok_or(())
    }
}

#[cfg(test)]
#[path = "rating_tests.rs"]
mod tests;
