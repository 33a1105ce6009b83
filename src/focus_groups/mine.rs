//! A signed-in person's own places, found by the e-mail address that their account has proved.

use chrono::{DateTime, Utc};

use super::group::Stage;
use super::place::{Place, PlaceId, State};
use super::store::places;
use super::{Group, links, store};
use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};

/// A place of the person's, with its session.
#[derive(Debug, Clone)]
pub struct Mine {
    pub place: Place,
    pub group: Group,
}

impl Mine {
    /// Where the person stands, in a sentence.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> String {
        match (self.group.stage(now), self.place.state, self.place.offer_until) {
            (Stage::Cancelled, ..) => "This group will not take place.".into(),
            (_, State::Withdrawn, _) => "You have withdrawn.".into(),
            (_, State::Lapsed, _) => "Your offer has run out.".into(),
            (Stage::Past, ..) => "This group has begun or is over.".into(),
            (_, State::Booked, _) => "You have a place.".into(),
            (_, State::Offered, Some(until)) => {
                format!("A place is free for you until {} (UK time).", clock::day_and_time(until))
            }
            (_, State::Offered | State::Waiting, _) => "You are on the waiting list.".into(),
        }
    }

    /// True while something can be done about it on its own page.
    #[must_use]
    pub fn can_change(&self, now: DateTime<Utc>) -> bool {
        self.place.is_live() && self.group.stage(now) == Stage::Open
    }
}

/// Every place asked for with that address, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, email: &str) -> Result<Vec<Mine>, db::Error> {
    let mut mine = Vec::new();
    for place in places::list_of_email(tx, email).await? {
        if let Some(group) = store::groups::find_by_id(tx, place.group_id).await? {
            mine.push(Mine { place, group });
        }
    }
    Ok(mine)
}

/// A new private link to one of the places asked for with that address; none when it is no such place. Earlier links go on working.
///
/// # Errors
/// When the database refuses.
pub async fn open(app: &App, tx: &mut Tx, email: &str, id: PlaceId) -> Result<Option<String>, db::Error> {
    if !places::list_of_email(tx, email).await?.iter().any(|place| place.id == id) {
        return Ok(None);
    }
    let token = links::make_token(app, tx, id).await?;
    Ok(Some(links::path(&token)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::testing::{self, opened};
    use crate::testing::app_on;

    db_test!(a_person_finds_their_own_places_by_their_address_and_nobody_elses, db => {
        let app = app_on(db);
        let group = opened(&app, 1).await;
        let ann = testing::sign_up(&app, group, "Ann").await;
        let bob = testing::sign_up(&app, group, "Bob").await;
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        let mine = list(&mut tx, "ANN@example.org").await.unwrap();
        assert_eq!(mine.len(), 1);
        assert_eq!((mine[0].place.id, mine[0].standing(now).as_str()), (ann.place_id, "You have a place."));
        assert!(mine[0].can_change(now) && !mine[0].can_change(mine[0].group.starts_at));
        let bobs = list(&mut tx, "bob@example.org").await.unwrap();
        assert_eq!(bobs[0].standing(now), "You are on the waiting list.");
        assert!(list(&mut tx, "nobody@example.org").await.unwrap().is_empty());
        assert_eq!(open(&app, &mut tx, "ann@example.org", bob.place_id).await.unwrap(), None);
        let path = open(&app, &mut tx, "ann@example.org", ann.place_id).await.unwrap().unwrap();
        let token = path.strip_prefix("/places/").unwrap();
        assert_eq!(links::follow(&mut tx, token).await.unwrap().unwrap().0.id, ann.place_id);
        assert_eq!(links::follow(&mut tx, &ann.token).await.unwrap().unwrap().0.id, ann.place_id);
    });
}
