//! Changes to the map: evidence attached and withdrawn, and who answers for a requirement.

use chrono::NaiveDate;

use super::evidence::{EvidenceId, Strength};
use super::requirement::{Requirement, Set};
use super::source::Source;
use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// What a piece of evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A kept file, by its key.
    File(String),
    /// An address on the web.
    Link(String),
    /// A record within Doorstep.
    Record(Source),
}

/// A piece of evidence to be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    /// What it shows.
    pub title: String,
    pub proof: Proof,
    pub strength: Strength,
    /// The day that it is evidence of.
    pub dated_on: NaiveDate,
}

/// Attaches a piece of evidence to a requirement under the version of its set that holds now.
///
/// # Errors
/// When the database refuses.
pub async fn attach(
    app: &App,
    tx: &mut Tx,
    (set, requirement): (&Set, &Requirement),
    by: AccountId,
    new: &NewEvidence,
) -> Result<EvidenceId, db::Error> {
    store::insert(tx, &requirement.code, set.version, new, by, app.clock.now()).await
}

/// Withdraws a piece of evidence; it stays in the record with the reason. False when it is withdrawn already, or not there.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(
    app: &App,
    tx: &mut Tx,
    (requirement, id): (&Requirement, EvidenceId),
    by: AccountId,
    reason: &str,
) -> Result<bool, db::Error> {
    store::mark_withdrawn(tx, &requirement.code, id, by, reason, app.clock.now()).await
}

/// Says who answers for a requirement from now on, or that nobody does.
///
/// # Errors
/// When the database refuses.
pub async fn appoint(
    app: &App,
    tx: &mut Tx,
    requirement: &Requirement,
    owner: Option<AccountId>,
    by: AccountId,
) -> Result<(), db::Error> {
    store::insert_owner(tx, &requirement.code, owner, by, app.clock.now()).await
}
