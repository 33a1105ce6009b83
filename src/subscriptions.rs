//! Which fact starts which job, and what is done again and again: the only wiring between contexts.

use crate::jobs::{Handlers, Sweep};
use crate::people;

/// The work of each kind of job.
#[must_use]
pub fn handlers() -> Handlers {
    Handlers::new()
}

/// Work done every ten seconds whether or not anything happened.
pub const SWEEPS: &[(&str, Sweep)] = &[("forget old sign-in failures", people::sign_in::forget_old_failures)];
