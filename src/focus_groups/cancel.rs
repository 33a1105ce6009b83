//! Cancelling a session, and telling everyone on its list.

use super::group::Stage;
use super::letters::Envelope;
use super::place::Place;
use super::postpone::{ChangeError, Told};
use super::store;
use super::store::places;
use crate::app::App;
use crate::db::Tx;
use crate::settings::Landlord;
use crate::thread::id::FocusGroupId;

/// Cancels a session with a reason, and writes to everybody who has, is offered or waits for a place.
///
/// # Errors
/// `NotOpen`, or when the database refuses.
pub async fn cancel(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    id: FocusGroupId,
    reason: &str,
) -> Result<Told, ChangeError> {
    let now = app.clock.now();
    let before = store::groups::lock(tx, id).await?.ok_or(ChangeError::NotOpen)?;
    if !matches!(before.stage(now), Stage::Open | Stage::Draft)
        || !store::groups::mark_cancelled(tx, id, now, reason).await?
    {
        return Err(ChangeError::NotOpen);
    }
    let group = store::groups::lock(tx, id).await?.ok_or(ChangeError::NotOpen)?;
    let list: Vec<Place> = places::list(tx, id).await?.into_iter().filter(Place::is_live).collect();
    for place in &list {
        Envelope { app, landlord, group: &group, place }.cancelled(tx).await?;
    }
    tx.public_changed();
    Ok(Told::of(&list))
}
