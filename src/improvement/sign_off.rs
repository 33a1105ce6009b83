//! Sign-off reports: what was done, what shows that it is better, and what was decided about the report.

use chrono::{DateTime, Utc};

use super::measured::Measured;
use crate::key;
use crate::thread::id::{AccountId, ActivityId};

key!(/// One report about an activity; one that was sent back is answered by another.
    SignOffId);

/// What the author writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub action_taken: String,
    /// Why there is no measurable improvement; none where there is one.
    pub no_improvement: Option<String>,
    pub measured: Measured,
    /// What residents say of it.
    pub resident_view: String,
    /// What it cost, in pounds; none where that is not known.
    pub cost_pounds: Option<i64>,
    /// What it saves in a year, in pounds; none where that is not known.
    pub savings_pounds: Option<i64>,
    pub lessons: String,
    /// What residents are told, where they are.
    pub public: Option<PublicSummary>,
}

/// What residents read of it under "what changed because of you", with no member of staff named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicSummary {
    pub title: String,
    pub asked: String,
    pub said: String,
    pub heard_from: String,
    pub reason: String,
    pub did: String,
}

/// A decision on a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Approved,
    SentBack,
}

impl Decision {
    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::SentBack => "sent_back",
        }
    }

    /// The decision as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Approved => "Approved",
            Self::SentBack => "Sent back",
        }
    }
}

/// A decision with who took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub decision: Decision,
    /// Why it is sent back, or what the approver adds.
    pub words: String,
    pub by: AccountId,
    pub at: DateTime<Utc>,
}

/// A report as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    pub id: SignOffId,
    pub activity_id: ActivityId,
    /// Counts the reports about the activity from 1.
    pub number: i64,
    /// The activity as it was worded then, by the key of the wording.
    pub activity_version_id: i64,
    pub report: Report,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
    pub decided: Option<Decided>,
}

impl SignOff {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/sign-offs/{}", self.id)
    }

    /// How it stands, as a mark's code and a word.
    #[must_use]
    pub fn standing(&self) -> (&'static str, &'static str) {
        match self.decided.as_ref().map(|decided| decided.decision) {
            None => ("on-track", "Waits for approval"),
            Some(Decision::Approved) => ("done", Decision::Approved.label()),
            Some(Decision::SentBack) => ("late", Decision::SentBack.label()),
        }
    }
}
