//! Taking an offered place, and giving a free one to somebody who waits when staff have spoken with them.

use super::group::Stage;
use super::letters::Envelope;
use super::place::{PlaceId, State};
use super::store;
use super::store::places;
use crate::app::App;
use crate::db::{self, Tx};
use crate::settings::Landlord;

/// Why a place was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The person is not offered a place, or has taken it already.
    #[error("no place is offered to this person")]
    NotOffered,
    /// The time to answer has run out.
    #[error("the offer has run out")]
    RanOut,
    /// Every place is taken.
    #[error("there is no free place")]
    NoPlace,
    /// The group has begun or is cancelled.
    #[error("the group is over")]
    Over,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Takes the place offered to a person. One second before the end is in time, the end itself is not.
///
/// # Errors
/// `NotOffered`, `RanOut`, `Over`, or when the database refuses.
pub async fn accept(app: &App, landlord: &Landlord, tx: &mut Tx, id: PlaceId) -> Result<(), AcceptError> {
    let now = app.clock.now();
    let found = places::find(tx, id).await?.ok_or(AcceptError::NotOffered)?;
    let group = store::groups::lock(tx, found.group_id).await?.ok_or(AcceptError::NotOffered)?;
    let mut place = places::find(tx, id).await?.ok_or(AcceptError::NotOffered)?;
    if place.state == State::Lapsed || place.offer_until.is_some_and(|until| until <= now) {
        return Err(AcceptError::RanOut);
    }
    if group.stage(now) != Stage::Open {
        return Err(AcceptError::Over);
    }
    if !places::change_state(tx, id, State::Offered, State::Booked, now, None).await? {
        return Err(AcceptError::NotOffered);
    }
    place.state = State::Booked;
    place.offer_until = None;
    let needs = places::list_needs(tx, id).await?;
    Ok(Envelope { app, landlord, group: &group, place: &place }.confirmed(tx, &needs).await?)
}

/// Gives a free place to somebody who waits, for staff who have spoken with them.
///
/// # Errors
/// `NotOffered` when the person does not wait, `NoPlace`, `Over`, or when the database refuses.
pub async fn give(app: &App, landlord: &Landlord, tx: &mut Tx, id: PlaceId) -> Result<(), AcceptError> {
    let now = app.clock.now();
    let found = places::find(tx, id).await?.ok_or(AcceptError::NotOffered)?;
    let group = store::groups::lock(tx, found.group_id).await?.ok_or(AcceptError::NotOffered)?;
    if group.stage(now) != Stage::Open {
        return Err(AcceptError::Over);
    }
    let mut place = places::find(tx, id).await?.ok_or(AcceptError::NotOffered)?;
    if !places::change_state(tx, id, State::Waiting, State::Booked, now, None).await? {
        return Err(AcceptError::NotOffered);
    }
    if !store::groups::move_up(tx, group.id).await? {
        return Err(AcceptError::NoPlace);
    }
    place.state = State::Booked;
    let needs = places::list_needs(tx, id).await?;
    Envelope { app, landlord, group: &group, place: &place }.confirmed(tx, &needs).await?;
    tx.public_changed();
    Ok(())
}
