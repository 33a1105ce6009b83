//! Writing a scenario, and changing it: a version that has been assigned is never altered, a new one takes its place.

use chrono::{DateTime, Utc};

use super::key::{ScenarioId, ScenarioVersionId};
use super::scenario::{Scenario, Script};
use super::store::scenarios;
use crate::db::{self, Tx};

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing differed.
    Same,
    /// Nobody had been given this version, so that it was altered in place.
    Altered,
    /// The version is in use: a new one with this number was made.
    NewVersion(i64),
}

/// Writes a new scenario.
///
/// # Errors
/// When the database refuses.
pub async fn write(
    tx: &mut Tx,
    now: DateTime<Utc>,
    script: &Script,
) -> Result<(ScenarioId, ScenarioVersionId), db::Error> {
    let id = scenarios::insert(tx, now).await?;
    let version = scenarios::insert_version(tx, id, 1, script, now).await?;
    Ok((id, version))
}

/// Changes a scenario.
///
/// # Errors
/// When the database refuses; `Conflict` when somebody else changed it at the same moment.
pub async fn change(tx: &mut Tx, now: DateTime<Utc>, current: &Scenario, script: &Script) -> Result<Change, db::Error> {
    if current.script() == *script {
        return Ok(Change::Same);
    }
    if scenarios::remove_unused_version(tx, current.version).await? {
        scenarios::insert_version(tx, current.id, current.number, script, now).await?;
        return Ok(Change::Altered);
    }
    let number = current.number + 1;
    scenarios::insert_version(tx, current.id, number, script, now).await?;
    Ok(Change::NewVersion(number))
}
