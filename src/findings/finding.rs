//! A finding: an entry in "what changed because of you".

use chrono::{DateTime, NaiveDate, Utc};

use crate::thread::Record;
use crate::thread::id::{AccountId, FindingId};

/// What was decided about what people said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// We do as they said.
    Accepted,
    /// We do part of it.
    Partly,
    /// We do not do it.
    NotAccepted,
}

impl Decision {
    /// Every decision, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Partly, Self::NotAccepted];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "partly",
            Self::NotAccepted => "not_accepted",
        }
    }

    /// The decision as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::Partly => "Partly accepted",
            Self::NotAccepted => "Not accepted",
        }
    }
}

impl std::str::FromStr for Decision {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|decision| decision.code() == text).ok_or(())
    }
}

/// A finding as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub id: FindingId,
    pub slug: String,
    pub title: String,
    /// What we asked.
    pub asked: String,
    /// What people said.
    pub said: String,
    /// Who said it and how many, in words.
    pub heard_from: String,
    /// What we did or will do.
    pub did: String,
    pub decision: Decision,
    /// Why it was decided so.
    pub reason: String,
    pub decided_on: NaiveDate,
    /// Who wrote it last.
    pub written_by: AccountId,
    pub changed_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
}

impl Finding {
    /// Its public page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/what-changed/{}", self.slug)
    }
}

/// What staff write of a finding, with the records it is joined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub slug: String,
    pub title: String,
    pub asked: String,
    pub said: String,
    pub heard_from: String,
    pub did: String,
    pub decision: Decision,
    pub reason: String,
    pub decided_on: NaiveDate,
    /// Where it was heard, the promises it is about, and the actions it caused.
    pub joined: Vec<Record>,
}
