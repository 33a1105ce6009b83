//! Findings of an audit, what management answers, and how far each recommendation came.

use chrono::{DateTime, NaiveDate, Utc};

use super::audit::{AuditId, ItemId};
use super::coded::coded;
use crate::thread::id::{AccountId, ActionId, AuditFindingId};

coded!(/// How much a finding weighs.
Weight {
    /// It puts the whole of improvement in doubt.
    High = "high", "High";
    Medium = "medium", "Medium";
    Low = "low", "Low";
});

coded!(/// How far a recommendation is.
Progress {
    Done = "done", "Done";
    Partly = "partly", "Partly done";
    NotDone = "not_done", "Not done";
});

impl Weight {
    /// The code of its mark.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::High => "missing",
            Self::Medium => "close",
            Self::Low => "not-started",
        }
    }
}

impl Progress {
    /// The code of its mark.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "close",
            Self::NotDone => "late",
        }
    }
}

/// What an auditor writes of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    pub weight: Weight,
    /// The report or plan it was found in; none where it is about all of them.
    pub item: Option<ItemId>,
    pub found: String,
    pub recommendation: String,
}

/// A finding as it was written.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Finding {
    #[sqlx(rename = "finding_id")]
    pub id: AuditFindingId,
    pub audit_id: AuditId,
    /// Counts the findings of the audit from 1.
    pub number: i64,
    #[sqlx(try_from = "String")]
    pub weight: Weight,
    pub item_id: Option<ItemId>,
    pub found: String,
    pub recommendation: String,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
    /// When it was struck out, while the audit was open.
    pub struck_at: Option<DateTime<Utc>>,
    pub struck_reason: String,
}

impl Finding {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/audit-findings/{}", self.id)
    }

    /// The recommendation in at most so many letters, for a list.
    #[must_use]
    pub fn short(&self, letters: usize) -> String {
        let line = self.recommendation.lines().next().unwrap_or_default();
        if line.chars().count() <= letters {
            line.to_owned()
        } else {
            format!("{}…", line.chars().take(letters.saturating_sub(1)).collect::<String>().trim_end())
        }
    }
}

/// What management writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResponse {
    pub is_agreed: bool,
    /// What will be done, or why it is not agreed.
    pub words: String,
    /// Who sees to it, and by when: of what is agreed.
    pub owner: Option<AccountId>,
    pub due_on: Option<NaiveDate>,
}

/// What management answered. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Response {
    pub finding_id: AuditFindingId,
    pub is_agreed: bool,
    pub words: String,
    pub owner_id: Option<AccountId>,
    pub due_on: Option<NaiveDate>,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
}

/// The action that a recommendation became.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Became {
    pub finding_id: AuditFindingId,
    pub action_id: ActionId,
    pub made_by: AccountId,
    pub made_at: DateTime<Utc>,
}

/// What an auditor writes when looking back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFollowUp {
    pub progress: Progress,
    pub words: String,
    /// A web address that shows it; may be empty.
    pub address: String,
    /// A kept file that shows it.
    pub file: Option<String>,
}

/// A look back. Of several the newest counts.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FollowUp {
    pub follow_up_id: i64,
    pub finding_id: AuditFindingId,
    #[sqlx(rename = "standing", try_from = "String")]
    pub progress: Progress,
    pub words: String,
    pub address: String,
    pub file_id: Option<String>,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
}

/// A finding with all that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub finding: Finding,
    pub response: Option<Response>,
    pub became: Option<Became>,
    /// Oldest first.
    pub follow_ups: Vec<FollowUp>,
}

impl Whole {
    /// How far the recommendation is, as the auditor last saw it.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        self.follow_ups.last().map(|one| one.progress)
    }

    /// True when its day has come and the auditor has not seen it done.
    #[must_use]
    pub fn is_due(&self, today: NaiveDate) -> bool {
        let due = self.response.as_ref().and_then(|one| one.due_on).is_some_and(|day| day <= today);
        due && self.progress() != Some(Progress::Done)
    }

    /// How it stands, as a mark's code and words.
    #[must_use]
    pub fn standing(&self) -> (&'static str, &'static str) {
        match (self.progress(), &self.response, &self.became) {
            _ if self.finding.struck_at.is_some() => ("stopped", "Struck out"),
            (Some(progress), ..) => (progress.mark(), progress.label()),
            (None, None, _) => ("not-started", "Waits for an answer"),
            (None, Some(response), _) if !response.is_agreed => ("stopped", "Not agreed"),
            (None, Some(_), None) => ("on-track", "Agreed"),
            (None, Some(_), Some(_)) => ("on-track", "In the plan"),
        }
    }
}
