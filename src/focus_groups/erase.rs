//! Erasing one person's details. The place stays as a number, so that the count of who took part remains true.

use super::place::PlaceId;
use super::store::places;
use super::withdraw::{WithdrawError, withdraw};
use crate::app::App;
use crate::db::{self, Tx};
use crate::mail;
use crate::settings::Landlord;

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
}
