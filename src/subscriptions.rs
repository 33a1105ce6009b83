//! Which fact starts which job, and what is done again and again: the only wiring between contexts.

use crate::focus_groups;
use crate::jobs::{Handlers, Sweep};
use crate::{people, surveys};

/// The work of each kind of job.
#[must_use]
pub fn handlers() -> Handlers {
    let mut handlers = Handlers::new();
    handlers.insert(surveys::jobs::COUNTS_CHANGED, surveys::jobs::announce);
    handlers
}

/// Work done every ten seconds whether or not anything happened.
pub const SWEEPS: &[(&str, Sweep)] = &[
    ("forget old sign-in failures", people::sign_in::forget_old_failures),
    ("forget answers that were never sent", surveys::jobs::forget_old_drafts),
    ("let offered places lapse", focus_groups::let_offers_lapse),
];
