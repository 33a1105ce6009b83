//! Erasing people's details, when they ask and when they are old. The place stays as a number, so that the count of who took part remains true.

use chrono::{Months, TimeDelta};
use futures::future::BoxFuture;

use super::place::PlaceId;
use super::store::places;
use super::withdraw::{WithdrawError, withdraw};
use crate::app::App;
use crate::db::{self, Tx, guard};
use crate::jobs::JobError;
use crate::mail;
use crate::settings::{self, Landlord};

/// How many months after its end a session still says who signed up for it and how to reach them.
pub const MONTHS_KEPT: u32 = 12;

/// Takes the person off the list of a session to come, then empties name, address, words and needs, and removes private links and the letters to them. False when they were erased before.
///
/// # Errors
/// When the database refuses.
pub async fn erase(app: &App, landlord: &Landlord, tx: &mut Tx, id: PlaceId) -> Result<bool, db::Error> {
    match withdraw(app, landlord, tx, id, false).await {
        Ok(_) | Err(WithdrawError::NotOnTheList | WithdrawError::Over) => {}
        Err(WithdrawError::Internal(error)) => return Err(error),
    }
    for letter in places::take_letters(tx, id).await? {
        mail::store::erase(tx, letter).await?;
    }
    places::erase(tx, id, app.clock.now()).await
}

/// How many sign-ups came from an address; at most 50 are counted.
///
/// # Errors
/// When the database refuses.
pub async fn count_of_email(tx: &mut Tx, email: &str) -> Result<i64, db::Error> {
    Ok(i64::try_from(places::list_of_email(tx, email).await?.len()).unwrap_or(i64::MAX))
}

/// Erases every sign-up that came from an address, as `erase` does.
///
/// # Errors
/// When the database refuses.
pub async fn erase_of_email(app: &App, landlord: &Landlord, tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    loop {
        // Some at a time; an erased one has no address any more.
        let some = places::list_of_email(tx, email).await?;
        if some.is_empty() {
            return Ok(());
        }
        for place in some {
            erase(app, landlord, tx, place.id).await?;
        }
    }
}

/// Erases who signed up for sessions that were over long enough ago, cancelled ones too.
pub fn forget_old(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let now = app.clock.now();
        let before = now.checked_sub_months(Months::new(MONTHS_KEPT)).unwrap_or(now - TimeDelta::days(365));
        let mut tx = app.db.read().await?;
        let old = places::list_with_details_before(&mut tx, before).await?;
        drop(tx);
        if old.is_empty() {
            return Ok(());
        }
        let mut tx = app.db.write().await?;
        let landlord = settings::store::find(&mut tx).await?;
        for id in old {
            erase(&app, &landlord, &mut tx, id).await?;
        }
        tx.commit().await?;
        guard::flush_erasure(&app.db).await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::testing::{self, opened, states};
    use crate::focus_groups::{links, support};
    use crate::testing::app_on;

    db_test!(an_erased_person_gives_their_place_back_and_leaves_nothing_behind, db => {
        let app = app_on(db);
        let id = opened(&app, 1).await;
        let ann = testing::sign_up(&app, id, "Ann").await;
        testing::sign_up(&app, id, "Bob").await;
        let mut tx = app.db.write().await.unwrap();
        support::add(&app, &mut tx, ann.place_id, crate::focus_groups::place::NeedKind::Access).await.unwrap();
        assert!(erase(&app, &Landlord::default(), &mut tx, ann.place_id).await.unwrap());
        assert!(!erase(&app, &Landlord::default(), &mut tx, ann.place_id).await.unwrap());
        let place = places::find(&mut tx, ann.place_id).await.unwrap().unwrap();
        assert_eq!((place.name.as_str(), &place.email, &place.phone), ("", &None, &None));
        assert_eq!(place.shown_name(), "(details erased)");
        assert!(places::list_needs(&mut tx, ann.place_id).await.unwrap().is_empty());
        assert!(crate::mail::store::list(&mut tx, 99).await.unwrap().iter().all(|letter| !letter.body.contains("Ann") && !letter.recipient.contains("ann")));
        assert!(links::follow(&mut tx, &ann.token).await.unwrap().is_none());
        tx.commit().await.unwrap();
        assert_eq!(states(&app, id).await, ["withdrawn", "offered"]);
    });

    db_test!(a_year_after_a_session_nothing_says_who_signed_up, db => {
        let app = app_on(db);
        let id = opened(&app, 1).await;
        let ann = testing::sign_up(&app, id, "Ann").await;
        testing::sign_up(&app, id, "Bob").await;
        let ends_at = testing::group(&app, id).await.ends_at;
        let kept_until = ends_at.checked_add_months(Months::new(MONTHS_KEPT)).unwrap();
        app.clock.advance(kept_until - app.clock.now());
        forget_old(app.clone()).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(places::find(&mut tx, ann.place_id).await.unwrap().unwrap().name, "Ann");
        drop(tx);
        app.clock.advance(TimeDelta::seconds(1));
        forget_old(app.clone()).await.unwrap();
        forget_old(app.clone()).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let list = places::list(&mut tx, id).await.unwrap();
        assert_eq!(list.len(), 2, "how many signed up stays true");
        for place in list {
            assert_eq!((place.name.as_str(), &place.email, &place.phone), ("", &None, &None));
            assert_eq!(place.erased_at, Some(app.clock.now()));
        }
        assert!(links::follow(&mut tx, &ann.token).await.unwrap().is_none());
        assert!(crate::mail::store::list(&mut tx, 99).await.unwrap().is_empty(), "the letters to them are gone");
        drop(tx);
        assert_eq!(states(&app, id).await, ["booked", "waiting"]);
    });
}
