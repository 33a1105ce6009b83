//! A shop given to a shopper, with the days on which it may be done.

use chrono::{DateTime, NaiveDate, Utc};

use super::key::{AssignmentId, ScenarioVersionId};
use crate::thread::id::{AccountId, ReturnId};

/// A shop given to a shopper.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Assignment {
    pub assignment_id: AssignmentId,
    pub account_id: AccountId,
    pub scenario_version_id: ScenarioVersionId,
    /// The scenario's title, for lists.
    pub title: String,
    pub channel: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// What holds for this shop alone: where, at what time of day.
    pub note: String,
    pub accepted_at: Option<DateTime<Utc>>,
    pub declined_at: Option<DateTime<Utc>>,
    pub decline_reason: String,
    pub cancelled_at: Option<DateTime<Utc>>,
    /// The return, once it is sent.
    pub return_id: Option<ReturnId>,
    pub queried_at: Option<DateTime<Utc>>,
    pub return_accepted_at: Option<DateTime<Utc>>,
    pub voided_at: Option<DateTime<Utc>>,
}

/// Where a shop stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Waiting for the shopper's yes or no.
    Offered,
    /// The shopper will do it.
    Accepted,
    /// The shopper said no.
    Declined,
    /// Staff took it back.
    Cancelled,
    /// The return waits for moderation.
    Sent,
    /// Staff asked the shopper something about the return.
    Queried,
    /// The return counts.
    Counted,
    /// The return counts for nothing.
    Void,
}

impl Stage {
    /// The words a shopper reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Offered => "Waiting for your answer",
            Self::Accepted => "To do",
            Self::Declined => "You said no",
            Self::Cancelled => "Cancelled",
            Self::Sent => "Sent, being checked",
            Self::Queried => "We have a question for you",
            Self::Counted => "Checked, it counts",
            Self::Void => "Not counted",
        }
    }

    /// The words staff read.
    #[must_use]
    pub fn staff_label(self) -> &'static str {
        match self {
            Self::Offered => "Waiting for the shopper’s answer",
            Self::Accepted => "Accepted, to do",
            Self::Declined => "Declined",
            Self::Cancelled => "Cancelled",
            Self::Sent => "Waiting for moderation",
            Self::Queried => "Waiting for the shopper’s answer to a question",
            Self::Counted => "Accepted",
            Self::Void => "Void",
        }
    }
}

impl Assignment {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.return_id.is_some() {
            return match (self.voided_at, self.return_accepted_at, self.queried_at) {
                (Some(_), _, _) => Stage::Void,
                (None, Some(_), _) => Stage::Counted,
                (None, None, Some(_)) => Stage::Queried,
                (None, None, None) => Stage::Sent,
            };
        }
        match (self.cancelled_at, self.declined_at, self.accepted_at) {
            (Some(_), _, _) => Stage::Cancelled,
            (None, Some(_), _) => Stage::Declined,
            (None, None, Some(_)) => Stage::Accepted,
            (None, None, None) => Stage::Offered,
        }
    }

    /// Whether a day is none of those on which it may be done.
    #[must_use]
    pub fn is_outside(&self, on: NaiveDate) -> bool {
        is_outside(on, self.opens_on, self.closes_on)
    }

    /// The days on which it may be done, in words.
    #[must_use]
    pub fn window(&self) -> String {
        format!("{} to {}", crate::clock::day(self.opens_on), crate::clock::day(self.closes_on))
    }
}

/// Whether a day is before the first or after the last on which a shop may be done.
#[must_use]
pub fn is_outside(on: NaiveDate, opens_on: NaiveDate, closes_on: NaiveDate) -> bool {
    on < opens_on || on > closes_on
}
