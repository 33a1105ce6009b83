//! A decision by version. A published version stays as it is for good; what was wrong in it is put right by the next.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::thread::Record;
use crate::thread::id::{AccountId, DecisionId};

/// What became of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Chosen,
    InPart,
    NotChosen,
}

impl Outcome {
    /// Every outcome, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Chosen, Self::InPart, Self::NotChosen];

    /// The word that forms hold.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::InPart => "in_part",
            Self::NotChosen => "not_chosen",
        }
    }

    /// The outcome as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Chosen => "Chosen",
            Self::InPart => "Chosen in part",
            Self::NotChosen => "Not chosen",
        }
    }
}

impl std::str::FromStr for Outcome {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == text).ok_or(())
    }
}

/// An option with what residents said of it and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub option: String,
    pub residents: String,
    pub outcome: Outcome,
}

/// How a decision stands to what residents said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    AsSaid,
    Partly,
    Differs,
}

impl Alignment {
    /// Every alignment, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::AsSaid, Self::Partly, Self::Differs];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AsSaid => "as_said",
            Self::Partly => "partly",
            Self::Differs => "differs",
        }
    }

    /// The alignment as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AsSaid => "As residents said",
            Self::Partly => "Partly as residents said",
            Self::Differs => "Differs from what residents said",
        }
    }
}

impl std::str::FromStr for Alignment {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|alignment| alignment.code() == text).ok_or(())
    }
}

/// What staff write of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub title: String,
    /// What was to be decided.
    pub question: String,
    /// Two to six options.
    pub choices: Vec<Choice>,
    /// What residents said, views of few included.
    pub views: String,
    /// Who said it and how many, in words.
    pub heard_from: String,
    /// The records in which they said it.
    pub sources: Vec<Record>,
    pub decided: String,
    pub reasons: String,
    pub decided_on: NaiveDate,
    /// Who decided: a body, never a person.
    pub body: String,
    pub alignment: Alignment,
    /// Where it differs from what residents said, and why; empty only where it does not.
    pub differs_why: String,
    /// What this version puts right; empty in the first and only there.
    pub correction: String,
}

/// One version of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub decision_id: DecisionId,
    pub slug: String,
    /// Counts versions from 1.
    pub number: i64,
    pub text: Text,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
    pub approved: Option<(AccountId, DateTime<Utc>)>,
    pub published_at: Option<DateTime<Utc>>,
}

impl Version {
    /// Its page in the workspace.
    #[must_use]
    pub fn staff_href(&self) -> String {
        format!("/staff/decisions/{}", self.decision_id)
    }

    /// The page that everybody reads, once a version is published.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/decisions/{}", self.slug)
    }

    /// How it stands, as a mark's code and a word.
    #[must_use]
    pub fn standing(&self) -> (&'static str, &'static str) {
        match (self.published_at, self.approved) {
            (Some(_), _) => ("done", "Published"),
            (None, Some(_)) => ("on-track", "Approved"),
            (None, None) => ("not-started", "Draft"),
        }
    }
}
