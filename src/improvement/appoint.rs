//! Appointing the owner of a process: one at a time, with a record of what the one before handed over.

use super::keep;
use super::owner::Appointment;
use super::store::{owners as store, processes, selections};
use super::year::Year;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// Why nobody was appointed.
#[derive(Debug, thiserror::Error)]
pub enum AppointError {
    /// Somebody else was appointed meanwhile.
    #[error("somebody else was appointed meanwhile")]
    Changed,
    /// They own it already.
    #[error("they own it already")]
    Same,
    /// The owner until now has to say what is handed over.
    #[error("what is handed over is not said")]
    NothingHandedOver,
    /// The owner of a selected process comes from the management team.
    #[error("the owner of a selected process comes from the management team")]
    NotInManagement,
    /// Nobody is owner before the one before was, or from a day to come.
    #[error("the day is before the owner until now began, or still to come")]
    Day,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for AppointError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("process_owners_process_id_key") { Self::Changed } else { Self::Internal(error) }
    }
}

/// Appoints an owner. The plan of the one before goes along when it is about this process alone and the new owner has none.
///
/// # Errors
/// Why nobody was appointed, or when the database refuses.
pub async fn appoint(app: &App, tx: &mut Tx, by: AccountId, new: &Appointment) -> Result<(), AppointError> {
    processes::take_turn(tx).await?;
    let today = app.clock.today();
    let before = store::current(tx, new.process).await?;
    if before.as_ref().map(|owner| owner.owner_id) != new.instead_of {
        return Err(AppointError::Changed);
    }
    if new.from_on > today || before.as_ref().is_some_and(|owner| owner.from_on > new.from_on) {
        return Err(AppointError::Day);
    }
    if !new.in_management_team && !selections::years_of(tx, new.process, Year::of(today)).await?.is_empty() {
        return Err(AppointError::NotInManagement);
    }
    if let Some(before) = &before {
        if before.account_id == new.account && before.in_management_team == new.in_management_team {
            return Err(AppointError::Same);
        }
        if new.hand_over.is_empty() {
            return Err(AppointError::NothingHandedOver);
        }
        if !store::end(tx, before.owner_id, new.from_on, &new.hand_over).await? {
            return Err(AppointError::Changed);
        }
    }
    store::insert(tx, new, by, app.clock.now()).await?;
    if let Some(before) = before {
        keep::go_along(app, tx, by, new.process, before.account_id, new.account).await?;
    }
    Ok(())
}
