//! Who owns a process, and who did before.

use chrono::{DateTime, NaiveDate, Utc};

use super::process::ProcessId;
use crate::people::{Account, Role};
use crate::thread::id::AccountId;

/// One person's time as owner of a process.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Owner {
    pub owner_id: i64,
    pub process_id: ProcessId,
    pub account_id: AccountId,
    /// True when they belong to the landlord's management team, as the owner of a selected process must.
    pub in_management_team: bool,
    pub from_on: NaiveDate,
    /// The day on which somebody else took over; none for the owner of today.
    pub until_on: Option<NaiveDate>,
    /// What they handed over, in words.
    pub hand_over: String,
    pub recorded_at: DateTime<Utc>,
}

/// Somebody to be made the owner of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub process: ProcessId,
    pub account: AccountId,
    pub in_management_team: bool,
    pub from_on: NaiveDate,
    /// What the owner until now hands over; empty for the first owner.
    pub hand_over: String,
    /// Who owned it when the form was opened.
    pub instead_of: Option<i64>,
}

/// True for those who can own a process, lead an activity or keep a plan: staff whose work it is, neither the board nor an auditor.
#[must_use]
pub fn can_lead(account: &Account) -> bool {
    let works = !matches!(account.role, Role::Resident | Role::Shopper | Role::Board | Role::Auditor);
    works && account.deactivated_at.is_none()
}

/// True for those who approve: managers, the board and administrators.
#[must_use]
pub fn can_approve(account: &Account) -> bool {
    matches!(account.role, Role::Manager | Role::Board | Role::Administrator) && account.deactivated_at.is_none()
}
