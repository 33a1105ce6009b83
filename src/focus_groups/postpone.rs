//! Moving a session to another time or place, and telling everyone on its list.

use chrono::{DateTime, Utc};

use super::group::{Stage, hold_until};
use super::letters::Envelope;
use super::place::{Place, State};
use super::store::places;
use super::{refill, store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::settings::Landlord;
use crate::thread::id::FocusGroupId;

/// Whom a letter reached, and whom staff must phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub by_letter: usize,
    pub to_phone: usize,
}

impl Told {
    pub(super) fn of(list: &[Place]) -> Self {
        let by_letter = list.iter().filter(|place| place.email.is_some()).count();
        Self { by_letter, to_phone: list.len() - by_letter }
    }

    /// The sentence that staff read afterwards.
    #[must_use]
    pub fn sentence(self) -> String {
        let letters = if self.by_letter == 1 {
            "1 person gets a letter".into()
        } else {
            format!("{} people get a letter", self.by_letter)
        };
        match self.to_phone {
            0 => format!("{letters}."),
            1 => format!("{letters}. 1 person has no e-mail address: please phone them."),
            many => format!("{letters}. {many} people have no e-mail address: please phone them."),
        }
    }
}

/// Why a session was not moved or cancelled.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Only a session that is open and lies ahead can be moved or cancelled.
    #[error("this group has begun, is cancelled or is not open yet")]
    NotOpen,
    /// The new time has passed.
    #[error("the new time has passed")]
    InThePast,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Gives a session a new time or place, and writes to everybody who has, is offered or waits for a place. Offers are held afresh, counted from now; one that can no longer be held ends.
///
/// # Errors
/// `NotOpen`, `InThePast`, or when the database refuses.
pub async fn postpone(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    id: FocusGroupId,
    place: &str,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<Told, ChangeError> {
    let now = app.clock.now();
    let before = store::groups::lock(tx, id).await?.ok_or(ChangeError::NotOpen)?;
    if before.stage(now) != Stage::Open {
        return Err(ChangeError::NotOpen);
    }
    if starts_at <= now {
        return Err(ChangeError::InThePast);
    }
    store::groups::set_time_and_place(tx, id, place, starts_at, ends_at).await?;
    let group = store::groups::lock(tx, id).await?.ok_or(ChangeError::NotOpen)?;
    let mut list: Vec<Place> = places::list(tx, id).await?.into_iter().filter(Place::is_live).collect();
    for place in &mut list {
        if place.state == State::Offered {
            match hold_until(now, starts_at) {
                Some(until) => {
                    places::set_offer_end(tx, place.id, until).await?;
                    place.offer_until = Some(until);
                }
                None => end_offer(tx, id, place, now).await?,
            }
        }
        Envelope { app, landlord, group: &group, place }.moved(tx).await?;
    }
    refill::refill(app, landlord, tx, id).await?;
    tx.public_changed();
    Ok(Told::of(&list))
}

/// Ends an offer that can no longer be held, since the session now starts within 24 hours.
async fn end_offer(tx: &mut Tx, group: FocusGroupId, place: &mut Place, now: DateTime<Utc>) -> Result<(), db::Error> {
    if places::change_state(tx, place.id, State::Offered, State::Lapsed, now, None).await? {
        places::forget_person_key(tx, place.id).await?;
        store::groups::give_back(tx, group).await?;
        place.state = State::Lapsed;
        place.offer_until = None;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::db_test;
    use crate::focus_groups::cancel::cancel;
    use crate::focus_groups::testing::{self, opened};
    use crate::focus_groups::withdraw::withdraw;
    use crate::testing::app_on;

    db_test!(everybody_on_the_list_is_told_of_a_new_time_and_of_the_end, db => {
        let app = app_on(db);
        let landlord = Landlord::default();
        let id = opened(&app, 2).await;
        let mut gone = None;
        for name in ["Ann", "Bob", "Cai", "Dee"] {
            let signed = testing::sign_up(&app, id, name).await;
            gone.get_or_insert(signed.place_id);
        }
        let mut tx = app.db.write().await.unwrap();
        withdraw(&app, &landlord, &mut tx, gone.unwrap(), false).await.unwrap();
        let new_start = app.clock.now() + TimeDelta::days(40);
        assert!(matches!(postpone(&app, &landlord, &mut tx, id, "Hall", app.clock.now(), new_start).await, Err(ChangeError::InThePast)));
        app.clock.advance(TimeDelta::hours(10));
        let told = postpone(&app, &landlord, &mut tx, id, "The new hall", new_start, new_start + TimeDelta::hours(2)).await.unwrap();
        assert_eq!(told, Told { by_letter: 3, to_phone: 0 });
        tx.commit().await.unwrap();
        let group = testing::group(&app, id).await;
        assert_eq!((group.place.as_str(), group.revision, group.starts_at), ("The new hall", 1, new_start));
        let letters = testing::letters(&app).await;
        let moved: Vec<_> = letters.iter().filter(|letter| letter.subject.starts_with("New time or place")).collect();
        assert_eq!(moved.len(), 3);
        assert!(moved[0].attachment.as_deref().unwrap().contains("SEQUENCE:1"));
        assert!(moved[1].body.contains("is held until 18 November 2026, 10pm"));
        let mut tx = app.db.write().await.unwrap();
        let soon = app.clock.now() + TimeDelta::hours(23);
        postpone(&app, &landlord, &mut tx, id, "The new hall", soon, soon + TimeDelta::hours(2)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(testing::states(&app, id).await, ["withdrawn", "booked", "lapsed", "waiting"]);
        assert_eq!(testing::group(&app, id).await.taken, 1);
        let letters = testing::letters(&app).await;
        assert_eq!(letters.iter().filter(|letter| letter.body.contains("can no longer hold the place")).count(), 1);
        let mut tx = app.db.write().await.unwrap();
        let told = cancel(&app, &landlord, &mut tx, id, "The hall has flooded.").await.unwrap();
        assert_eq!(told.by_letter, 2);
        assert!(matches!(cancel(&app, &landlord, &mut tx, id, "Again").await, Err(ChangeError::NotOpen)));
        tx.commit().await.unwrap();
        let letters = testing::letters(&app).await;
        let last = letters.iter().filter(|letter| letter.subject.starts_with("Cancelled")).collect::<Vec<_>>();
        assert_eq!(last.len(), 2);
        assert!(last[0].body.contains("The hall has flooded.") && last[0].attachment.as_deref().unwrap().contains("METHOD:CANCEL"));
    });
}
