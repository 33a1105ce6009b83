//! A questionnaire as it is stored: open to change until the first answer, then locked for good.

use chrono::{DateTime, Utc};

use crate::questionnaires::questionnaire::Questionnaire;

/// One version of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: i64,
    /// Goes up by one at each change, so that two people's changes never overwrite each other.
    pub revision: i64,
    /// When the first answer arrived, after which the questions never change.
    pub locked_at: Option<DateTime<Utc>>,
    /// The questions.
    pub questionnaire: Questionnaire,
}

impl Version {
    /// Whether the questions may no longer change.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        self.locked_at.is_some()
    }
}
