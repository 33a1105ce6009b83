//! Saying how an action stands. Done needs evidence or a stated waiver; stopped and merged need a reason.

use chrono::NaiveDate;

use super::action::{Action, ActionId, Progress, Source};
use super::history::{self, Why};
use super::object::Object;
use super::status::Status;
use super::store::{self, Written};
use crate::clock::london_day;
use crate::db::{self, Tx};

/// What a person says about an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub action: ActionId,
    pub on: NaiveDate,
    pub status: Status,
    pub per_cent: Option<u8>,
    /// In plain words, for residents too.
    pub words: String,
    /// Why there is no evidence for an action that is done; else empty.
    pub waiver: String,
    /// The action that carries this one on, where it is merged.
    pub merged_into: Option<ActionId>,
}

/// Why a statement was not kept, in words for the person who made it.
#[derive(Debug, thiserror::Error)]
pub enum ProgressError {
    /// Done with nothing to show for it.
    #[error("This action has no evidence yet. Attach some first, or say why none is needed")]
    NothingToShow,
    /// Stopped or merged without a word.
    #[error("Say why, in words that residents will read")]
    NoReason,
    /// Merged into nothing.
    #[error("Choose the action that carries this one on")]
    IntoWhat,
    /// Merged into itself, or into an action that was merged into this one.
    #[error("An action cannot be merged into itself or into one of its own parts")]
    IntoItself,
    /// A day that has not come yet.
    #[error("The day must be today or earlier")]
    NotYet,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Keeps a dated statement.
///
/// # Errors
/// When it lacks what its status needs.
pub async fn record_progress(tx: &mut Tx, said: &Said, written: Written) -> Result<(), ProgressError> {
    if said.on > london_day(written.at) {
        return Err(ProgressError::NotYet);
    }
    if matches!(said.status, Status::Stopped | Status::Merged) && said.words.trim().is_empty() {
        return Err(ProgressError::NoReason);
    }
    let into = match (said.status, said.merged_into) {
        (Status::Merged, None) => return Err(ProgressError::IntoWhat),
        (Status::Merged, Some(into)) => Some(into),
        _ => None,
    };
    if let Some(into) = into
        && leads_back(tx, said.action, into).await?
    {
        return Err(ProgressError::IntoItself);
    }
    let evidence = store::list_evidence(tx, said.action)
        .await?
        .into_iter()
        .rfind(|e| e.withdrawn_on.is_none())
        .map(|e| e.evidence_id);
    let progress = Progress {
        action: said.action,
        said_on: said.on,
        status: said.status,
        parts: vec![],
        per_cent: said.per_cent,
        words: said.words.clone(),
        source: Source::Staff,
        waiver: if said.status == Status::Done { said.waiver.clone() } else { String::new() },
    };
    let shown = if said.status == Status::Done { evidence } else { None };
    store::insert_progress(tx, &progress, shown, written).await.map_err(|error| {
        if error.is_conflict("plan_progress_done_is_shown") { ProgressError::NothingToShow } else { error.into() }
    })?;
    merge(tx, said.action, into, &said.words, written).await?;
    tx.public_changed();
    Ok(())
}

/// Says which action carries this one on, or that none does, and keeps in the history which did before.
async fn merge(
    tx: &mut Tx,
    action: ActionId,
    into: Option<ActionId>,
    reason: &str,
    written: Written,
) -> Result<(), db::Error> {
    let Some(plan) = store::find_plan_of(tx, action).await? else { return Ok(()) };
    let Some(old) = store::list_actions(tx, plan).await?.into_iter().find(|a| a.id == action) else { return Ok(()) };
    let new = Action { merged_into: into, ..old.clone() };
    let edits = history::of_action(&old, &new);
    if edits.is_empty() {
        return Ok(());
    }
    store::set_merged_into(tx, action, into).await?;
    let why = Why::staff(reason, written);
    history::note(tx, plan, (Object::Action(action), &old.name()), &edits, why, written).await
}

/// Whether following "merged into" and "part of" from `from` comes back to `action`.
async fn leads_back(tx: &mut Tx, action: ActionId, from: ActionId) -> Result<bool, db::Error> {
    let Some(plan) = store::find_plan_of(tx, action).await? else { return Ok(true) };
    let all = store::list_actions(tx, plan).await?;
    let mut at = Some(from);
    for _ in 0..=all.len() {
        let Some(id) = at else { return Ok(false) };
        if id == action {
            return Ok(true);
        }
        let Some(found) = all.iter().find(|a| a.id == id) else { return Ok(true) };
        if found.parent == Some(action) {
            return Ok(true);
        }
        at = found.merged_into;
    }
    Ok(true)
}
