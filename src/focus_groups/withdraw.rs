//! Withdrawing: the place is given back once, and offered to the next person in the same transaction.

use super::group::Stage;
use super::letters::Envelope;
use super::place::{Place, PlaceId, State};
use super::store::places;
use super::{refill, store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::settings::Landlord;

/// Why nobody was withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// The person is not on the list any more.
    #[error("this person is not on the list any more")]
    NotOnTheList,
    /// The group has begun or is cancelled.
    #[error("the group is over")]
    Over,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Takes a person off the list, or lets an offered place go. Returns the place as it was. `tell` sends them a letter about it.
///
/// # Errors
/// `NotOnTheList` the second time, `Over`, or when the database refuses.
pub async fn withdraw(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    id: PlaceId,
    tell: bool,
) -> Result<Place, WithdrawError> {
    let now = app.clock.now();
    let found = places::find(tx, id).await?.ok_or(WithdrawError::NotOnTheList)?;
    let group = store::groups::lock(tx, found.group_id).await?.ok_or(WithdrawError::NotOnTheList)?;
    let place = places::find(tx, id).await?.filter(Place::is_live).ok_or(WithdrawError::NotOnTheList)?;
    if group.stage(now) != Stage::Open {
        return Err(WithdrawError::Over);
    }
    if !places::change_state(tx, id, place.state, State::Withdrawn, now, None).await? {
        return Err(WithdrawError::NotOnTheList);
    }
    places::forget_person_key(tx, id).await?;
    if place.holds_a_place() {
        store::groups::give_back(tx, group.id).await?;
    } else {
        store::groups::wait_no_more(tx, group.id).await?;
    }
    if tell {
        Envelope { app, landlord, group: &group, place: &place }.withdrawn(tx).await?;
    }
    refill::refill(app, landlord, tx, group.id).await?;
    tx.public_changed();
    Ok(place)
}
