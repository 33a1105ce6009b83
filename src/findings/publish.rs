//! Publishing a finding: somebody else than its writer reads it first.

use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, FindingId};

/// Why nothing was published or taken back.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Nobody publishes what they wrote themselves.
    #[error("somebody else must read it first")]
    OwnWork,
    /// It is published already, or is not.
    #[error("it is no longer as it was")]
    NotSo,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Publishes a draft that somebody else wrote.
///
/// # Errors
/// `OwnWork`, `NotSo`, or when the database refuses.
pub async fn publish(app: &App, tx: &mut Tx, id: FindingId, by: AccountId) -> Result<(), PublishError> {
    let finding = store::find(tx, id).await?.ok_or(PublishError::NotSo)?;
    if finding.written_by == by {
        return Err(PublishError::OwnWork);
    }
    if !store::mark_published(tx, id, by, app.clock.now()).await? {
        return Err(PublishError::NotSo);
    }
    tx.public_changed();
    Ok(())
}

/// Takes a published entry back, so that it can be changed.
///
/// # Errors
/// `NotSo`, or when the database refuses.
pub async fn take_back(tx: &mut Tx, id: FindingId) -> Result<(), PublishError> {
    if !store::mark_taken_back(tx, id).await? {
        return Err(PublishError::NotSo);
    }
    tx.public_changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::findings::finding::{Decision, Text};
    use crate::findings::write::{WriteError, create, edit};
    use crate::findings::{for_group, for_standard, latest_published};
    use crate::people::{self, Role};
    use crate::testing::app_on;
    use crate::thread::Record;
    use crate::thread::id::{ActionId, FocusGroupId, StandardId};

    fn text(slug: &str) -> Text {
        Text {
            slug: slug.into(),
            title: "A call before we come".into(),
            asked: "How was it?".into(),
            said: "We wait too long.".into(),
            heard_from: "Eight residents".into(),
            did: "We call.".into(),
            decision: Decision::Partly,
            reason: "It costs little.".into(),
            decided_on: "2026-11-02".parse().unwrap(),
            joined: vec![
                Record::Standard(StandardId(4)),
                Record::FocusGroup(FocusGroupId(2)),
                Record::Action(ActionId(9)),
            ],
        }
    }

    db_test!(an_entry_is_published_by_a_second_person_and_changed_only_as_a_draft, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let now = app.clock.now();
        let writer = people::store::insert(&mut tx, "w@example.org", "W", Role::Officer, None, false, now).await.unwrap();
        let reader = people::store::insert(&mut tx, "r@example.org", "R", Role::Manager, None, false, now).await.unwrap();
        let id = create(&app, &mut tx, writer, &text("call")).await.unwrap();
        assert!(matches!(publish(&app, &mut tx, id, writer).await, Err(PublishError::OwnWork)));
        assert!(latest_published(&mut tx, 10).await.unwrap().is_empty());
        publish(&app, &mut tx, id, reader).await.unwrap();
        assert!(matches!(publish(&app, &mut tx, id, reader).await, Err(PublishError::NotSo)));
        assert!(matches!(edit(&app, &mut tx, id, writer, &text("call")).await, Err(WriteError::NotADraft)));
        assert_eq!(latest_published(&mut tx, 10).await.unwrap().len(), 1);
        assert_eq!(for_standard(&mut tx, StandardId(4)).await.unwrap()[0].slug, "call");
        assert_eq!(for_group(&mut tx, FocusGroupId(2)).await.unwrap().len(), 1);
        take_back(&mut tx, id).await.unwrap();
        assert!(matches!(take_back(&mut tx, id).await, Err(PublishError::NotSo)));
        assert!(for_standard(&mut tx, StandardId(4)).await.unwrap().is_empty());
        let mut other = text("called");
        other.joined = vec![Record::Standard(StandardId(5))];
        edit(&app, &mut tx, id, reader, &other).await.unwrap();
        publish(&app, &mut tx, id, writer).await.unwrap();
        assert!(for_standard(&mut tx, StandardId(4)).await.unwrap().is_empty());
        let found = for_standard(&mut tx, StandardId(5)).await.unwrap();
        assert_eq!((found[0].slug.as_str(), found[0].decision, found[0].written_by), ("called", Decision::Partly, reader));
        assert_eq!(store::find_published_by_slug(&mut tx, "called").await.unwrap().unwrap().id, id);
        assert!(store::find_published_by_slug(&mut tx, "call").await.unwrap().is_none());
        assert_eq!(store::list_all(&mut tx).await.unwrap().len(), 1);
        assert!(matches!(create(&app, &mut tx, writer, &text("called")).await, Err(WriteError::SlugTaken)));
    });
}
