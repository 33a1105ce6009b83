//! Letting offers run out that nobody answered, so that the place goes on to the next person.

use futures::future::BoxFuture;

use super::letters::Envelope;
use super::place::{PlaceId, State};
use super::store::places;
use super::{refill, store};
use crate::app::App;
use crate::db;
use crate::jobs::JobError;
use crate::settings;
use crate::thread::id::FocusGroupId;

/// The sweep: every offer whose time has run out.
pub fn sweep(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move { Ok(let_lapse(&app).await?) })
}

async fn let_lapse(app: &App) -> Result<(), db::Error> {
    let mut tx = app.db.read().await?;
    let run_out = places::list_run_out(&mut tx, app.clock.now()).await?;
    drop(tx);
    for (place, group) in run_out {
        let_one_lapse(app, place, group).await?;
    }
    Ok(())
}

/// Each in a transaction of its own. What was read before is checked again under the session's lock, so that two nodes do it once.
async fn let_one_lapse(app: &App, id: PlaceId, group: FocusGroupId) -> Result<(), db::Error> {
    let now = app.clock.now();
    let mut tx = app.db.write().await?;
    let Some(group) = store::groups::lock(&mut tx, group).await? else { return Ok(()) };
    let Some(place) = places::find(&mut tx, id).await? else { return Ok(()) };
    if place.offer_until.is_none_or(|until| until > now)
        || !places::change_state(&mut tx, id, State::Offered, State::Lapsed, now, None).await?
    {
        return Ok(());
    }
    places::forget_person_key(&mut tx, id).await?;
    store::groups::give_back(&mut tx, group.id).await?;
    let landlord = settings::store::find(&mut tx).await?;
    if group.cancelled_at.is_none() {
        Envelope { app, landlord: &landlord, group: &group, place: &place }.lapsed(&mut tx).await?;
    }
    refill::refill(app, &landlord, &mut tx, group.id).await?;
    tx.public_changed();
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::db_test;
    use crate::focus_groups::accept::{AcceptError, accept, give};
    use crate::focus_groups::testing::{self, opened, states};
    use crate::focus_groups::withdraw::{WithdrawError, withdraw};
    use crate::settings::Landlord;
    use crate::testing::app_on;

    async fn leave(app: &App, id: PlaceId) -> Result<(), WithdrawError> {
        let mut tx = app.db.write().await.unwrap();
        withdraw(app, &Landlord::default(), &mut tx, id, true).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    async fn say_yes(app: &App, id: PlaceId) -> Result<(), AcceptError> {
        let mut tx = app.db.write().await.unwrap();
        accept(app, &Landlord::default(), &mut tx, id).await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    db_test!(a_place_given_back_is_offered_to_the_one_who_waited_longest_and_freed_once, db => {
        let app = app_on(db);
        let group = opened(&app, 1).await;
        let ann = testing::sign_up(&app, group, "Ann").await;
        let bob = testing::sign_up(&app, group, "Bob").await;
        testing::sign_up(&app, group, "Cai").await;
        leave(&app, ann.place_id).await.unwrap();
        assert!(matches!(leave(&app, ann.place_id).await, Err(WithdrawError::NotOnTheList)));
        assert_eq!(states(&app, group).await, ["withdrawn", "offered", "waiting"]);
        let again = testing::sign_up(&app, group, "Ann").await;
        assert_eq!(again.position, Some(2), "whoever comes back goes to the end");
        say_yes(&app, bob.place_id).await.unwrap();
        assert!(matches!(say_yes(&app, bob.place_id).await, Err(AcceptError::NotOffered)));
        assert_eq!(states(&app, group).await, ["withdrawn", "booked", "waiting", "waiting"]);
        let subjects: Vec<String> = testing::letters(&app).await.into_iter().map(|letter| letter.subject).collect();
        assert_eq!(subjects.iter().filter(|subject| subject.starts_with("A place is free for you")).count(), 1);
        leave(&app, again.place_id).await.unwrap();
        let stored = testing::group(&app, group).await;
        assert_eq!((stored.taken, stored.waiting), (1, 1));
    });

    db_test!(r09_an_offer_can_be_taken_one_second_before_its_end_and_goes_on_at_its_end, db => {
        let app = app_on(db);
        let group = opened(&app, 1).await;
        let ann = testing::sign_up(&app, group, "Ann").await;
        let bob = testing::sign_up(&app, group, "Bob").await;
        let cai = testing::sign_up(&app, group, "Cai").await;
        leave(&app, ann.place_id).await.unwrap();
        app.clock.advance(TimeDelta::hours(48) - TimeDelta::seconds(1));
        let_lapse(&app).await.unwrap();
        assert_eq!(states(&app, group).await, ["withdrawn", "offered", "waiting"]);
        app.clock.advance(TimeDelta::seconds(1));
        assert!(matches!(say_yes(&app, bob.place_id).await, Err(AcceptError::RanOut)));
        let_lapse(&app).await.unwrap();
        let_lapse(&app).await.unwrap();
        assert_eq!(states(&app, group).await, ["withdrawn", "lapsed", "offered"]);
        assert!(matches!(say_yes(&app, bob.place_id).await, Err(AcceptError::RanOut)));
        app.clock.advance(TimeDelta::hours(48) - TimeDelta::seconds(1));
        say_yes(&app, cai.place_id).await.unwrap();
        let stored = testing::group(&app, group).await;
        assert_eq!((stored.taken, stored.waiting), (1, 0));
        let subjects: Vec<String> = testing::letters(&app).await.into_iter().map(|letter| letter.subject).collect();
        assert!(subjects.contains(&"Your offer has run out: Talk about repairs".to_owned()));
    });

    db_test!(r09_no_offer_outlives_a_day_before_the_start_and_then_staff_give_places_by_phone, db => {
        let app = app_on(db);
        let group = opened(&app, 1).await;
        let ann = testing::sign_up(&app, group, "Ann").await;
        testing::sign_up(&app, group, "Bob").await;
        let cai = testing::sign_up(&app, group, "Cai").await;
        let start = testing::group(&app, group).await.starts_at;
        app.clock.advance(start - TimeDelta::hours(25) - app.clock.now());
        leave(&app, ann.place_id).await.unwrap();
        app.clock.advance(TimeDelta::hours(1));
        let_lapse(&app).await.unwrap();
        assert_eq!(states(&app, group).await, ["withdrawn", "lapsed", "waiting"], "nothing is offered in the last day");
        let late = testing::sign_up(&app, group, "Dee").await;
        assert_eq!(late.position, Some(2), "a newcomer does not overtake those who wait");
        let mut tx = app.db.write().await.unwrap();
        give(&app, &Landlord::default(), &mut tx, cai.place_id).await.unwrap();
        assert!(matches!(give(&app, &Landlord::default(), &mut tx, late.place_id).await, Err(AcceptError::NoPlace)));
        drop(tx);
        let mut tx = app.db.write().await.unwrap();
        give(&app, &Landlord::default(), &mut tx, cai.place_id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(states(&app, group).await, ["withdrawn", "lapsed", "booked", "waiting"]);
        app.clock.advance(TimeDelta::hours(24));
        assert!(matches!(leave(&app, cai.place_id).await, Err(WithdrawError::Over)));
    });
}
