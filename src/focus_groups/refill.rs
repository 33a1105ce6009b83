//! Offering free places to those who wait, longest first.

use super::letters::Envelope;
use super::place::State;
use super::store;
use super::store::places;
use crate::app::App;
use crate::db::{self, Tx};
use crate::settings::Landlord;
use crate::thread::id::FocusGroupId;

/// Offers every free place to the next person waiting, by letter, and holds it for them. Later than a day before the start nothing is offered: staff phone instead. Returns how many were offered.
///
/// # Errors
/// When the database refuses.
pub async fn refill(app: &App, landlord: &Landlord, tx: &mut Tx, id: FocusGroupId) -> Result<usize, db::Error> {
    let now = app.clock.now();
    let mut offered = 0;
    loop {
        let Some(group) = store::groups::lock(tx, id).await? else { return Ok(offered) };
        let Some(until) = group.hold_until(now).filter(|_| group.can_offer(now)) else { return Ok(offered) };
        let Some(mut place) = places::first_waiting(tx, id).await? else { return Ok(offered) };
        if !store::groups::move_up(tx, id).await?
            || !places::change_state(tx, place.id, State::Waiting, State::Offered, now, Some(until)).await?
        {
            return Err(db::Error::WrongRowCount { expected: 1, actual: 0 });
        }
        place.state = State::Offered;
        place.offer_until = Some(until);
        Envelope { app, landlord, group: &group, place: &place }.offered(tx, until).await?;
        offered += 1;
    }
}
