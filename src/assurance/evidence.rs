//! Evidence for a requirement: what it is, how strong, how old; and how a requirement stands by it.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::key;
use crate::thread::id::AccountId;

key!(/// A piece of evidence for a requirement.
    EvidenceId);

/// After so many months evidence is old. Source: the yearly self-assessment against the consumer standards.
pub const FRESH_MONTHS: u32 = 12;

/// How strongly a piece of evidence shows that the requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    Strong,
    Partial,
    Weak,
}

impl Strength {
    /// Every strength, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Strong, Self::Partial, Self::Weak];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Partial => "partial",
            Self::Weak => "weak",
        }
    }

    /// The strength as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Strong => "Strong: it shows the outcome",
            Self::Partial => "In part: it shows some of it",
            Self::Weak => "Weak: it shows only what is meant to be done",
        }
    }
}

impl std::str::FromStr for Strength {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|strength| strength.code() == text).ok_or(())
    }
}

/// A piece of evidence as it was attached. It may be withdrawn, with a reason, and is never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub id: EvidenceId,
    /// The code of the requirement.
    pub requirement: String,
    /// The version of the set under which it was attached.
    pub set_version: i64,
    /// What it shows.
    pub title: String,
    /// The code of a record within Doorstep; empty for a file or a link.
    pub record: String,
    /// A web address; empty for a record or a file.
    pub address: String,
    pub file_id: Option<String>,
    pub strength: Strength,
    /// The day that it is evidence of.
    pub dated_on: NaiveDate,
    pub attached_by: AccountId,
    pub attached_at: DateTime<Utc>,
    /// Set once it is withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: String,
}

impl Evidence {
    /// Whether it is older than [`FRESH_MONTHS`].
    #[must_use]
    pub fn is_old(&self, today: NaiveDate) -> bool {
        today.checked_sub_months(Months::new(FRESH_MONTHS)).is_some_and(|first| self.dated_on < first)
    }
}

/// How a requirement stands by its evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing is attached.
    Gap,
    /// All that is attached is old.
    Old,
    /// What is attached and not old is weak.
    Weak,
    /// Something that is neither old nor weak is attached.
    Shown,
}

impl Standing {
    /// Every standing, the worst first.
    pub const ALL: [Self; 4] = [Self::Gap, Self::Old, Self::Weak, Self::Shown];

    /// How a requirement stands by all that was attached to it.
    #[must_use]
    pub fn of(evidence: &[Evidence], today: NaiveDate) -> Self {
        let each = evidence.iter().filter(|one| one.withdrawn_at.is_none()).map(|one| match one.strength {
            _ if one.is_old(today) => Self::Old,
            Strength::Weak => Self::Weak,
            Strength::Strong | Strength::Partial => Self::Shown,
        });
        each.max().unwrap_or(Self::Gap)
    }

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Old => "old",
            Self::Weak => "weak",
            Self::Shown => "shown",
        }
    }

    /// The code of its mark.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Gap => "missing",
            Self::Old => "late",
            Self::Weak => "close",
            Self::Shown => "meeting",
        }
    }

    /// The standing as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Gap => "No evidence",
            Self::Old => "Only old evidence",
            Self::Weak => "Only weak evidence",
            Self::Shown => "Evidence",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(strength: Strength, dated_on: &str, withdrawn: bool) -> Evidence {
        Evidence {
            id: EvidenceId(1),
            requirement: "tia-1-3".into(),
            set_version: 1,
            title: "A survey".into(),
            record: "survey-1".into(),
            address: String::new(),
            file_id: None,
            strength,
            dated_on: dated_on.parse().unwrap(),
            attached_by: AccountId(1),
            attached_at: crate::testing::noon(),
            withdrawn_at: withdrawn.then(crate::testing::noon),
            withdrawn_reason: String::new(),
        }
    }

    #[test]
    fn the_best_piece_that_counts_says_how_a_requirement_stands() {
        let today = "2026-11-16".parse().unwrap();
        let of = |all: &[Evidence]| Standing::of(all, today);
        let (old, weak) =
            (evidence(Strength::Strong, "2025-11-15", false), evidence(Strength::Weak, "2026-11-16", false));
        let (last_day, gone) =
            (evidence(Strength::Partial, "2025-11-16", false), evidence(Strength::Strong, "2026-11-16", true));
        assert_eq!(of(&[]), Standing::Gap);
        assert_eq!(of(std::slice::from_ref(&gone)), Standing::Gap);
        assert_eq!(of(std::slice::from_ref(&old)), Standing::Old);
        assert_eq!(of(&[old.clone(), weak.clone(), gone]), Standing::Weak);
        assert_eq!(of(&[old, weak, last_day]), Standing::Shown);
    }
}
