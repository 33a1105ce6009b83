//! Which processes are worked on in a year, why, and who decided it.

use chrono::{DateTime, NaiveDate, Utc};

use super::process::ProcessId;
use super::year::Year;
use crate::key;
use crate::thread::id::AccountId;

key!(/// A process selected for a year.
    SelectionId);

/// The most processes of a year.
pub const MOST: usize = 5;

/// A process selected for a year, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Selection {
    #[sqlx(rename = "selection_id")]
    pub id: SelectionId,
    pub year: Year,
    /// Which of the five places of the year it takes.
    pub place: i64,
    pub process_id: ProcessId,
    /// Why this process, this year.
    pub rationale: String,
    /// The business objective it serves.
    pub objective: String,
    /// The day on which the management team decided.
    pub decided_on: NaiveDate,
    pub approved_by: AccountId,
    pub recorded_by: AccountId,
    pub recorded_at: DateTime<Utc>,
    /// Set when the management team took it back, with the reason.
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: String,
}

impl Selection {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/selections/{}", self.id)
    }
}

/// What is written when a process is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSelection {
    pub year: Year,
    pub process: ProcessId,
    pub rationale: String,
    pub objective: String,
    pub decided_on: NaiveDate,
    pub approved_by: AccountId,
}
