//! What happened in a session: who came, what they were given to read, the notes, and what was heard.

use super::place::PlaceId;
use super::store::places;
use super::{Group, store};
use crate::app::App;
use crate::db::{self, Tx};

/// The record of a session as staff keep it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Whether each person with a place came; none where nobody knows.
    pub attendance: Vec<(PlaceId, Option<bool>)>,
    /// What people were given before the discussion, with its version.
    pub information_given: String,
    /// Notes by question, for staff only.
    pub notes: String,
    /// What was heard, in public once published: by group, never by person.
    pub heard: String,
    /// What happens next and when.
    pub next_steps: String,
    /// Whether everyone may read what was heard.
    pub publish: bool,
}

/// Keeps the record. What was heard stays published from the day it first was.
///
/// # Errors
/// When the database refuses.
pub async fn keep(app: &App, tx: &mut Tx, group: &Group, record: &Record) -> Result<(), db::Error> {
    for (place, came) in &record.attendance {
        places::set_attended(tx, group.id, *place, *came).await?;
    }
    let published_at = record.publish.then(|| group.heard_published_at.unwrap_or_else(|| app.clock.now()));
    let texts = [&*record.information_given, &*record.notes, &*record.heard, &*record.next_steps];
    store::groups::save_record(tx, group.id, texts, published_at).await?;
    tx.public_changed();
    Ok(())
}

/// How many people came, of whom staff said so.
///
/// # Errors
/// When the database refuses.
pub async fn count_came(tx: &mut Tx, group: &Group) -> Result<i64, db::Error> {
    places::count_attended(tx, group.id).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::testing::{self, opened};
    use crate::testing::app_on;

    db_test!(attendance_is_kept_for_people_with_a_place_only, db => {
        let app = app_on(db);
        let id = opened(&app, 1).await;
        let ann = testing::sign_up(&app, id, "Ann").await;
        let bob = testing::sign_up(&app, id, "Bob").await;
        let group = testing::group(&app, id).await;
        let record = Record {
            attendance: vec![(ann.place_id, Some(true)), (bob.place_id, Some(true))],
            heard: "Appointments come too late.".into(),
            publish: true,
            ..Record::default()
        };
        let mut tx = app.db.write().await.unwrap();
        keep(&app, &mut tx, &group, &record).await.unwrap();
        assert_eq!(count_came(&mut tx, &group).await.unwrap(), 1);
        let kept = store::groups::list_held(&mut tx, group.starts_at, 10).await.unwrap();
        assert_eq!(kept[0].heard, "Appointments come too late.");
        assert_eq!(kept[0].heard_published_at, Some(app.clock.now()));
    });
}
