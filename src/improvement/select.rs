//! Selecting a process for a year: five at the most, each with an owner from the management team.

use super::selection::{NewSelection, SelectionId};
use super::store::{owners, processes, selections as store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// Why a process was not selected, or not taken back.
#[derive(Debug, thiserror::Error)]
pub enum SelectError {
    /// The year has its five processes.
    #[error("five processes are selected for the year")]
    Full,
    /// It is selected for the year already.
    #[error("the process is selected for the year")]
    Already,
    /// Nobody from the management team owns it yet.
    #[error("the process has no owner from the management team")]
    NoOwner,
    /// Who records a decision is not who approved it.
    #[error("somebody else must have approved it")]
    OwnWork,
    /// It is not there, or was taken back.
    #[error("it is no longer as it was")]
    NotSo,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for SelectError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("improvement_selections_year_process_id_key") {
            Self::Already
        } else if error.is_conflict("improvement_selections_year_place_key") {
            Self::Full
        } else if error.is_conflict("improvement_selections_second_person") {
            Self::OwnWork
        } else {
            Self::Internal(error)
        }
    }
}

/// Records that the management team selected a process. The place is taken by a conditional insert, which finds none once five are.
///
/// # Errors
/// Why it was not selected, or when the database refuses.
pub async fn select(app: &App, tx: &mut Tx, by: AccountId, new: &NewSelection) -> Result<SelectionId, SelectError> {
    store::take_turn(tx, new.year).await?;
    // Neither the owner nor the model changes meanwhile.
    processes::take_turn(tx).await?;
    match store::insert(tx, new, by, app.clock.now()).await? {
        Some(id) => Ok(id),
        None if owners::current(tx, new.process).await?.is_none_or(|owner| !owner.in_management_team) => {
            Err(SelectError::NoOwner)
        }
        None => Err(SelectError::Full),
    }
}

/// Takes a selection back, which frees its place; it stays on record with the reason.
///
/// # Errors
/// `NotSo`, or when the database refuses.
pub async fn withdraw(app: &App, tx: &mut Tx, id: SelectionId, reason: &str) -> Result<(), SelectError> {
    if store::withdraw(tx, id, app.clock.now(), reason).await? { Ok(()) } else { Err(SelectError::NotSo) }
}
