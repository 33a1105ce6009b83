//! Links between records of any kind, in the direction in which one led to the other.

use chrono::{DateTime, Utc};

use super::id::{
    ActionId, ActivityId, AuditFindingId, CommentId, DecisionId, FindingId, FocusGroupId, ResearchId, ReturnId,
    StandardId, SurveyId, ThemeId,
};
use super::store;
use crate::db::{self, Tx};

/// A record that the thread can join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Record {
    /// A service standard.
    Standard(StandardId),
    /// An action of a plan.
    Action(ActionId),
    /// A survey.
    Survey(SurveyId),
    /// A focus group.
    FocusGroup(FocusGroupId),
    /// A finding, or entry in "what changed because of you".
    Finding(FindingId),
    /// A mystery shopper's return.
    Return(ReturnId),
    /// A resident's comment.
    Comment(CommentId),
    /// A theme of what residents wrote.
    Theme(ThemeId),
    /// An activity of an owner's improvement plan.
    Activity(ActivityId),
    /// A finding of the yearly audit of improvement.
    AuditFinding(AuditFindingId),
    /// A decision and what residents had said about it.
    Decision(DecisionId),
    /// A piece of research or good practice.
    Research(ResearchId),
}

impl Record {
    pub(super) fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Standard(id) => ("standard", id.0),
            Self::Action(id) => ("action", id.0),
            Self::Survey(id) => ("survey", id.0),
            Self::FocusGroup(id) => ("focus_group", id.0),
            Self::Finding(id) => ("finding", id.0),
            Self::Return(id) => ("return", id.0),
            Self::Comment(id) => ("comment", id.0),
            Self::Theme(id) => ("theme", id.0),
            Self::Activity(id) => ("activity", id.0),
            Self::AuditFinding(id) => ("audit_finding", id.0),
            Self::Decision(id) => ("decision", id.0),
            Self::Research(id) => ("research", id.0),
        }
    }

    pub(super) fn from_parts(kind: &str, id: i64) -> Option<Self> {
        Some(match kind {
            "standard" => Self::Standard(StandardId(id)),
            "action" => Self::Action(ActionId(id)),
            "survey" => Self::Survey(SurveyId(id)),
            "focus_group" => Self::FocusGroup(FocusGroupId(id)),
            "finding" => Self::Finding(FindingId(id)),
            "return" => Self::Return(ReturnId(id)),
            "comment" => Self::Comment(CommentId(id)),
            "theme" => Self::Theme(ThemeId(id)),
            "activity" => Self::Activity(ActivityId(id)),
            "audit_finding" => Self::AuditFinding(AuditFindingId(id)),
            "decision" => Self::Decision(DecisionId(id)),
            "research" => Self::Research(ResearchId(id)),
            _ => return None,
        })
    }

    /// The record as forms and rows hold it: `survey-12`.
    #[must_use]
    pub fn code(self) -> String {
        let (kind, id) = self.parts();
        format!("{kind}-{id}")
    }

    /// Reads what `code` wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, id) = code.split_once('-')?;
        Self::from_parts(kind, id.parse().ok()?)
    }
}

/// Joins two records; joining them again changes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn connect(tx: &mut Tx, from: Record, to: Record, at: DateTime<Utc>) -> Result<(), db::Error> {
    store::insert(tx, from, to, at).await
}

/// Takes the link between two records away, whichever way it goes.
///
/// # Errors
/// When the database refuses.
pub async fn disconnect(tx: &mut Tx, one: Record, other: Record) -> Result<(), db::Error> {
    store::delete(tx, one, other).await
}

/// Every record joined to this one, in either direction, oldest link first.
///
/// # Errors
/// When the database refuses.
pub async fn linked(tx: &mut Tx, record: Record) -> Result<Vec<Record>, db::Error> {
    store::list(tx, record).await
}
