//! Freezing a plan as at a day, so that what was laid before a meeting can be shown ever after. Each snapshot holds the
//! hash of the one before: an altered or missing one shows.

use chrono::{NaiveDate, SecondsFormat};

use super::pack;
use super::plan::{Plan, PlanId};
use super::store::{self, Snapshot, Written};
use crate::clock::london_day;
use crate::db::{self, Tx};
use crate::random::sha256;

/// Why a plan was not frozen, in words for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum FreezeError {
    /// Frozen for nothing.
    #[error("Say what it is frozen for, like \u{201c}Board meeting of March\u{201d}")]
    NoTitle,
    /// A day that has not come yet.
    #[error("The day must be today or earlier")]
    NotYet,
    /// The plan cannot be written down.
    #[error("the plan cannot be written down: {0}")]
    Written(#[from] serde_json::Error),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Freezes a plan as at that day.
///
/// # Errors
/// Without a title, or for a day that has not come.
pub async fn freeze(
    tx: &mut Tx,
    plan: Plan,
    day: NaiveDate,
    title: &str,
    written: Written,
) -> Result<Snapshot, FreezeError> {
    if title.trim().is_empty() {
        return Err(FreezeError::NoTitle);
    }
    if day > london_day(written.at) {
        return Err(FreezeError::NotYet);
    }
    let plan_id = plan.id;
    let (number, previous_hash) = store::take_snapshot_number(tx, plan_id).await?;
    let mut one = Snapshot {
        snapshot_id: 0,
        plan_id,
        number,
        as_of: day,
        title: title.to_owned(),
        content: pack::make(tx, plan, day).await?.json()?,
        frozen_at: written.at,
        account_id: written.by,
        previous_hash,
        hash: String::new(),
    };
    one.hash = expected_hash(&one);
    one.snapshot_id = store::insert_snapshot(tx, &one).await?;
    Ok(one)
}

/// The hash of everything a snapshot holds; each value with its length, so that none can lend to its neighbour.
fn expected_hash(one: &Snapshot) -> String {
    let parts = [
        one.plan_id.to_string(),
        one.number.to_string(),
        one.as_of.to_string(),
        one.title.clone(),
        one.content.clone(),
        one.frozen_at.to_rfc3339_opts(SecondsFormat::Micros, true),
        one.account_id.map(|id| id.to_string()).unwrap_or_default(),
        one.previous_hash.clone(),
    ];
    sha256(&parts.map(|part| format!("{}:{part}", part.len())).concat())
}

/// Reads the chain of every plan and names the first snapshot that does not fit: the plan and its number there.
///
/// # Errors
/// When the database refuses.
pub async fn first_broken(tx: &mut Tx) -> Result<Option<(PlanId, i64)>, db::Error> {
    for (plan, last, end) in store::list_chain_ends(tx).await? {
        let (mut previous, mut after) = (String::new(), 0);
        for one in store::list_snapshots(tx, plan).await? {
            if one.number != after + 1 || one.previous_hash != previous || one.hash != expected_hash(&one) {
                return Ok(Some((plan, after + 1)));
            }
            after = one.number;
            previous = one.hash;
        }
        if after != last || previous != end {
            return Ok(Some((plan, after + 1)));
        }
    }
    Ok(None)
}
