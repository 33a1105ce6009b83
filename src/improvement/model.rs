//! Changing the process model: adding, rewording and moving a process, and keeping one that is no longer done.

use super::process::{ProcessId, Words};
use super::store::processes as store;
use super::year::Year;
use crate::app::App;
use crate::db::{self, Tx};

/// Why the model was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A process cannot be a part of itself or of its own parts.
    #[error("a process cannot be a part of itself")]
    Ring,
    /// There is no such process, or it is archived.
    #[error("the process is not in the model")]
    NotThere,
    /// Parts of it are still done.
    #[error("it has parts that are still in use")]
    HasParts,
    /// It is worked on this year or next.
    #[error("it is selected for a year that is not over")]
    Selected,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Adds a process to the model.
///
/// # Errors
/// `NotThere` when what it is to be a part of is not there, or when the database refuses.
pub async fn add(app: &App, tx: &mut Tx, words: &Words) -> Result<ProcessId, ModelError> {
    store::take_turn(tx).await?;
    let id = store::insert(tx, words, app.clock.now()).await?.ok_or(ModelError::NotThere)?;
    store::replace_measures(tx, id, &words.measures).await?;
    Ok(id)
}

/// Rewords a process, or moves it under another.
///
/// # Errors
/// `Ring`, `NotThere`, or when the database refuses.
pub async fn change(tx: &mut Tx, id: ProcessId, words: &Words) -> Result<(), ModelError> {
    store::take_turn(tx).await?;
    if store::is_above(tx, id, words.parent).await? {
        return Err(ModelError::Ring);
    }
    if !store::update(tx, id, words).await? {
        return Err(ModelError::NotThere);
    }
    store::replace_measures(tx, id, &words.measures).await?;
    Ok(())
}

/// Takes a process out of use; it stays in the model with the reason.
///
/// # Errors
/// `HasParts`, `Selected`, `NotThere`, or when the database refuses.
pub async fn archive(app: &App, tx: &mut Tx, id: ProcessId, reason: &str) -> Result<(), ModelError> {
    store::take_turn(tx).await?;
    if store::has_parts_in_use(tx, id).await? {
        return Err(ModelError::HasParts);
    }
    if !super::store::selections::years_of(tx, id, Year::of(app.clock.today())).await?.is_empty() {
        return Err(ModelError::Selected);
    }
    if store::archive(tx, id, app.clock.now(), reason).await? { Ok(()) } else { Err(ModelError::NotThere) }
}

/// Takes an archived process back into use, at the top when what it was a part of is archived.
///
/// # Errors
/// `NotThere`, or when the database refuses.
pub async fn bring_back(tx: &mut Tx, id: ProcessId) -> Result<(), ModelError> {
    store::take_turn(tx).await?;
    if store::bring_back(tx, id).await? { Ok(()) } else { Err(ModelError::NotThere) }
}
