//! An account and its session, as every page may know them.

use chrono::{DateTime, TimeDelta, Utc};

use super::Role;
use crate::audit::Actor;
use crate::thread::id::AccountId;

/// A person's account.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Made by the example landlord: its password is public and works on loopback only.
    pub is_example: bool,
    pub created_at: DateTime<Utc>,
    pub deactivated_at: Option<DateTime<Utc>>,
    /// False until the person has used their invitation.
    pub has_password: bool,
}

impl Account {
    /// This person as the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: Some(self.id), role: self.role.code().to_owned() }
    }

    /// True while the person can still use an invitation: no password is chosen, and the account is open.
    #[must_use]
    pub fn is_invited(&self) -> bool {
        !self.has_password && self.deactivated_at.is_none()
    }
}

/// A signed-in session.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Session {
    pub session_id: i64,
    pub account_id: AccountId,
    /// What the browser said it is, for the person to recognise.
    pub device: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

/// How long a session lasts without use: staff.
pub const STAFF_IDLE: TimeDelta = TimeDelta::minutes(30);
/// How long a session lasts without use: residents and shoppers, who may be interrupted.
pub const RESIDENT_IDLE: TimeDelta = TimeDelta::hours(24);
/// How long any session lasts in all.
pub const STAFF_WHOLE: TimeDelta = TimeDelta::hours(12);
/// How long a resident's session lasts in all.
pub const RESIDENT_WHOLE: TimeDelta = TimeDelta::days(30);

impl Session {
    /// True while the session may be used by a person of that role.
    #[must_use]
    pub fn is_good(&self, role: Role, now: DateTime<Utc>) -> bool {
        let (idle, whole) = if role.is_staff() { (STAFF_IDLE, STAFF_WHOLE) } else { (RESIDENT_IDLE, RESIDENT_WHOLE) };
        now - self.seen_at < idle && now - self.created_at < whole
    }
}
