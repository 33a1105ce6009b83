//! Planning a session: making it, changing its words and capacity, opening it to residents.

use chrono::{DateTime, Utc};

use super::group::{Format, Stage};
use super::place::NeedKind;
use super::{refill, store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::settings::Landlord;
use crate::thread::id::FocusGroupId;

/// A session as staff plan it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub slug: String,
    pub title: String,
    pub purpose: String,
    pub can_change: String,
    pub cannot_change: String,
    pub format: Format,
    pub place: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub offers: Vec<NeedKind>,
    pub capacity: i64,
}

/// Why a plan was not kept.
#[derive(Debug, thiserror::Error)]
pub enum ArrangeError {
    /// Another session has that address.
    #[error("another focus group has that address")]
    SlugTaken,
    /// More places are taken than the new capacity has.
    #[error("more places are taken than that")]
    TooFewPlaces,
    /// Only a draft that lies ahead can be opened.
    #[error("this group cannot be opened now")]
    CannotOpen,
    /// There is no such session.
    #[error("no such focus group")]
    NotFound,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for ArrangeError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("focus_groups_slug_key") { Self::SlugTaken } else { Self::Internal(error) }
    }
}

/// Makes a draft.
///
/// # Errors
/// `SlugTaken`, or when the database refuses.
pub async fn create(app: &App, tx: &mut Tx, plan: &Plan) -> Result<FocusGroupId, ArrangeError> {
    Ok(store::groups::insert(tx, plan, app.clock.now()).await?)
}

/// Changes words, support and capacity. Places that become free are offered to those who wait. Time and place change only while it is a draft; after that people must be told, which is moving it.
///
/// # Errors
/// `SlugTaken`, `TooFewPlaces`, `NotFound`, or when the database refuses.
pub async fn edit(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    id: FocusGroupId,
    plan: &Plan,
) -> Result<(), ArrangeError> {
    let group = store::groups::lock(tx, id).await?.ok_or(ArrangeError::NotFound)?;
    if !store::groups::update(tx, id, plan).await? {
        return Err(ArrangeError::TooFewPlaces);
    }
    if group.stage(app.clock.now()) == Stage::Draft {
        store::groups::set_time_and_place(tx, id, &plan.place, plan.starts_at, plan.ends_at).await?;
    }
    refill::refill(app, landlord, tx, id).await?;
    tx.public_changed();
    Ok(())
}

/// Opens a draft to residents.
///
/// # Errors
/// `CannotOpen` when it is no draft or its start has passed.
pub async fn open(app: &App, tx: &mut Tx, id: FocusGroupId) -> Result<(), ArrangeError> {
    if !store::groups::mark_published(tx, id, app.clock.now()).await? {
        return Err(ArrangeError::CannotOpen);
    }
    tx.public_changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::Group;
    use crate::focus_groups::testing::{self, opened, plan};
    use crate::testing::app_on;

    /// What was planned, as it was stored.
    fn planned(group: Group) -> Plan {
        let Group {
            slug,
            title,
            purpose,
            can_change,
            cannot_change,
            format,
            place,
            starts_at,
            ends_at,
            offers,
            capacity,
            ..
        } = group;
        Plan { slug, title, purpose, can_change, cannot_change, format, place, starts_at, ends_at, offers, capacity }
    }

    db_test!(the_capacity_may_not_fall_below_what_is_taken_and_more_places_go_to_those_who_wait, db => {
        let app = app_on(db);
        let landlord = Landlord::default();
        let group = opened(&app, 2).await;
        for name in ["Ann", "Bob", "Cai"] {
            testing::sign_up(&app, group, name).await;
        }
        let mut smaller = plan(&app, 1);
        smaller.slug = "talk".into();
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(edit(&app, &landlord, &mut tx, group, &smaller).await, Err(ArrangeError::TooFewPlaces)));
        drop(tx);
        let mut tx = app.db.write().await.unwrap();
        edit(&app, &landlord, &mut tx, group, &Plan { capacity: 3, ..smaller }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(testing::states(&app, group).await, ["booked", "booked", "offered"]);
    });

    db_test!(two_sessions_cannot_have_one_address_and_a_draft_takes_nobody, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let id = create(&app, &mut tx, &plan(&app, 5)).await.unwrap();
        assert!(matches!(create(&app, &mut tx, &plan(&app, 5)).await, Err(ArrangeError::SlugTaken)));
        drop(tx);
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(edit(&app, &Landlord::default(), &mut tx, id, &plan(&app, 5)).await, Err(ArrangeError::NotFound)));
        let id = create(&app, &mut tx, &plan(&app, 5)).await.unwrap();
        assert!(store::groups::open_now(&mut tx, app.clock.now()).await.unwrap().is_empty());
        assert!(store::groups::take(&mut tx, id, app.clock.now()).await.unwrap().is_none());
        open(&app, &mut tx, id).await.unwrap();
        assert!(matches!(open(&app, &mut tx, id).await, Err(ArrangeError::CannotOpen)));
        let listed = store::groups::open_now(&mut tx, app.clock.now()).await.unwrap();
        assert_eq!((listed.len(), listed[0].places_left), (1, 5));
        assert_eq!(store::groups::list_all(&mut tx).await.unwrap().len(), 1);
        let group = store::groups::find_by_slug(&mut tx, "talk").await.unwrap().unwrap();
        assert_eq!(planned(group), plan(&app, 5));
    });
}
