//! Activities of a plan: what is done, how it is measured, and how residents take part.

use chrono::NaiveDate;

use super::plan::PlanId;
use super::process::ProcessId;
use crate::thread::id::{AccountId, ActivityId, StandardId};

/// By which way an improvement is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The work on a process selected for the year.
    Selected,
    /// A manager's own work.
    LineManagement,
    /// A project that comes to an end.
    Project,
}

impl Way {
    /// Every way, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::Selected, Self::LineManagement, Self::Project];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Selected => "selected",
            Self::LineManagement => "line_management",
            Self::Project => "project",
        }
    }

    /// The way as people read it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Selected => "Work on a selected process",
            Self::LineManagement => "Line management",
            Self::Project => "One-off project",
        }
    }
}

impl std::str::FromStr for Way {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|way| way.code() == text).ok_or(())
    }
}

impl TryFrom<String> for Way {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|()| text)
    }
}

/// What staff write of an activity.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Wording {
    #[sqlx(rename = "route", try_from = "String")]
    pub way: Way,
    pub process_id: Option<ProcessId>,
    pub what: String,
    pub measure: String,
    /// The standard whose values show whether it is better.
    pub standard_id: Option<StandardId>,
    pub baseline: String,
    pub target: String,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    pub resources: String,
    pub lead_id: AccountId,
    /// How residents take part in working it out, and how many.
    pub design_how: String,
    pub design_count: Option<i64>,
    /// How they take part in doing it.
    pub delivery_how: String,
    pub delivery_count: Option<i64>,
    /// How they say whether it is better.
    pub outcome_how: String,
    pub outcome_count: Option<i64>,
    /// Why it was given up; empty unless it was.
    pub stopped_reason: String,
}

/// How residents take part in one stage of an improvement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Involvement<'a> {
    pub stage: &'static str,
    pub how: &'a str,
    pub count: Option<i64>,
}

impl Wording {
    /// How residents take part, stage by stage.
    #[must_use]
    pub fn involvement(&self) -> [Involvement<'_>; 3] {
        [
            Involvement { stage: "Design", how: &self.design_how, count: self.design_count },
            Involvement { stage: "Delivery", how: &self.delivery_how, count: self.delivery_count },
            Involvement { stage: "Outcome", how: &self.outcome_how, count: self.outcome_count },
        ]
    }

    /// True when no stage says how residents take part.
    #[must_use]
    pub fn involves_nobody(&self) -> bool {
        self.involvement().iter().all(|one| one.how.is_empty())
    }
}

/// An activity as a version of its plan has it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Activity {
    #[sqlx(rename = "activity_id")]
    pub id: ActivityId,
    pub plan_id: PlanId,
    pub activity_version_id: i64,
    #[sqlx(flatten)]
    pub wording: Wording,
    /// The newest decision on a report about it, "waiting" while there is none.
    pub report: Option<String>,
}

/// How an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NotStarted,
    OnTrack,
    Late,
    /// A report waits to be approved.
    Waiting,
    /// The report was sent back.
    SentBack,
    /// The report is approved: only this makes an activity complete.
    Done,
    Stopped,
}

impl Standing {
    /// The code of its mark.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::OnTrack | Self::Waiting => "on-track",
            Self::Late | Self::SentBack => "late",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }

    /// The standing in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::OnTrack => "On track",
            Self::Late => "Late",
            Self::Waiting => "Report waits",
            Self::SentBack => "Report sent back",
            Self::Done => "Done",
            Self::Stopped => "Stopped",
        }
    }

    /// True when nothing is left to do.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Stopped)
    }
}

impl Activity {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/activities/{}", self.id)
    }

    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match self.report.as_deref() {
            Some("approved") => Standing::Done,
            _ if !self.wording.stopped_reason.is_empty() => Standing::Stopped,
            Some("waiting") => Standing::Waiting,
            Some(_) => Standing::SentBack,
            None if self.wording.due_on < today => Standing::Late,
            None if self.wording.starts_on > today => Standing::NotStarted,
            None => Standing::OnTrack,
        }
    }
}
