//! What comes of ringing, and what has come of the whole sample.

use std::str::FromStr;

use chrono::TimeDelta;

/// What came of a call that did not end with answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    NoAnswer,
    Engaged,
    /// They asked to be rung at another time.
    CallBack,
    WrongNumber,
    Refused,
    /// They speak a language that the caller does not.
    Language,
    /// Whoever was asked for has moved away or died.
    Gone,
}

impl Outcome {
    /// All of them, as callers choose.
    pub const ALL: [Self; 7] =
        [Self::NoAnswer, Self::Engaged, Self::CallBack, Self::WrongNumber, Self::Language, Self::Refused, Self::Gone];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::Engaged => "engaged",
            Self::CallBack => "call_back",
            Self::WrongNumber => "wrong_number",
            Self::Refused => "refused",
            Self::Language => "language",
            Self::Gone => "gone",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoAnswer => "No answer",
            Self::Engaged => "Engaged",
            Self::CallBack => "Ring again at a time they named",
            Self::WrongNumber => "Wrong number",
            Self::Refused => "They would rather not take part",
            Self::Language => "They speak another language",
            Self::Gone => "Moved away or died",
        }
    }

    /// True when nobody writes to them or rings them about this survey any more.
    #[must_use]
    pub const fn ends_all(self) -> bool {
        matches!(self, Self::Refused | Self::Gone)
    }

    /// When to ring again where nobody named a time; none where they are not rung again, or at once.
    #[must_use]
    pub fn again_after(self) -> Option<TimeDelta> {
        match self {
            Self::NoAnswer => Some(TimeDelta::hours(4)),
            Self::Engaged => Some(TimeDelta::minutes(30)),
            Self::CallBack | Self::WrongNumber | Self::Refused | Self::Language | Self::Gone => None,
        }
    }
}

impl FromStr for Outcome {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code).ok_or(())
    }
}

/// Where the homes of a sample stand, by the groups of the American Association for Public Opinion Research, "Standard
/// Definitions", 10th edition, 2023: final dispositions of a sample of named persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Answered (I).
    pub complete: i64,
    /// Would rather not, or asked for no more (R).
    pub refused: i64,
    /// Rung, and nobody could speak (NC).
    pub no_contact: i64,
    /// Could not, for want of a language (O).
    pub other: i64,
    /// Nothing is known of them: not rung, a wrong number, a letter without an answer (U).
    pub unknown: i64,
    /// Moved away or died, so no home to be asked (NE).
    pub not_eligible: i64,
}

impl Summary {
    /// Adds homes of the same standing.
    pub fn add(&mut self, is_spent: bool, wants_no_more: bool, outcome: &str, homes: i64) {
        let outcome = outcome.parse::<Outcome>().ok();
        let group = match outcome {
            _ if is_spent => &mut self.complete,
            Some(Outcome::Gone) => &mut self.not_eligible,
            _ if wants_no_more => &mut self.refused,
            Some(Outcome::Refused) => &mut self.refused,
            Some(Outcome::Language) => &mut self.other,
            Some(Outcome::NoAnswer | Outcome::Engaged | Outcome::CallBack) => &mut self.no_contact,
            Some(Outcome::WrongNumber) | None => &mut self.unknown,
        };
        *group += homes;
    }

    /// The least response rate, RR1: those who answered of all who could have, everybody unknown among them. In tenths of a
    /// per cent; none where there is nobody.
    #[must_use]
    pub fn response_rate(&self) -> Option<i64> {
        tenths(self.complete, self.complete + self.refused + self.no_contact + self.other + self.unknown)
    }

    /// The cooperation rate, COOP1: those who answered of all who were spoken with. In tenths of a per cent.
    #[must_use]
    pub fn cooperation_rate(&self) -> Option<i64> {
        tenths(self.complete, self.complete + self.refused + self.other)
    }
}

/// A share in tenths of a per cent, rounded to the nearest.
#[must_use]
pub fn tenths(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 2_000 + whole) / (whole * 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_home_stands_in_one_group_and_the_rates_follow_the_standard() {
        let mut summary = Summary::default();
        for (is_spent, stopped, outcome, homes) in [
            (true, false, "", 30),
            (true, true, "no_answer", 10),
            (false, true, "", 5),
            (false, true, "refused", 7),
            (false, true, "gone", 4),
            (false, false, "language", 3),
            (false, false, "call_back", 15),
            (false, false, "wrong_number", 6),
            (false, false, "", 20),
        ] {
            summary.add(is_spent, stopped, outcome, homes);
        }
        let expected = Summary { complete: 40, refused: 12, no_contact: 15, other: 3, unknown: 26, not_eligible: 4 };
        assert_eq!(summary, expected);
        // 40 of 96; 40 of 55.
        assert_eq!((summary.response_rate(), summary.cooperation_rate()), (Some(417), Some(727)));
        assert_eq!(Summary::default().response_rate(), None);
    }

    #[test]
    fn outcomes_come_back_from_their_codes() {
        for outcome in Outcome::ALL {
            assert_eq!(outcome.code().parse(), Ok(outcome));
        }
        assert_eq!("completed".parse::<Outcome>(), Err(()));
        assert_eq!([tenths(1, 3), tenths(2, 3), tenths(0, 5), tenths(1, 0)], [Some(333), Some(667), Some(0), None]);
    }
}
