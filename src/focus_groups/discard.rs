//! Throwing a draft away: a session that residents never saw.

use super::store;
use crate::db::{self, Tx};
use crate::thread::id::FocusGroupId;
use crate::thread::{self, Record};

/// Why nothing was thrown away.
#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    /// It was opened to residents, or somebody is on its list: it stays, and can be cancelled.
    #[error("this focus group is no draft")]
    NotADraft,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Throws a session away that was never opened to residents and has nobody on its list. What was joined to it is joined no more.
///
/// # Errors
/// `NotADraft`, or when the database refuses.
pub async fn discard(tx: &mut Tx, id: FocusGroupId) -> Result<(), DiscardError> {
    if !store::groups::delete_draft(tx, id).await? {
        return Err(DiscardError::NotADraft);
    }
    let gone = Record::FocusGroup(id);
    for other in thread::linked(tx, gone).await? {
        thread::disconnect(tx, gone, other).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::focus_groups::arrange;
    use crate::focus_groups::testing::{opened, plan, sign_up};
    use crate::testing::app_on;
    use crate::thread::id::FindingId;

    db_test!(a_draft_goes_and_a_session_that_residents_saw_stays, db => {
        let app = app_on(db);
        let open = opened(&app, 2).await;
        let taken = sign_up(&app, open, "Ann").await;
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(discard(&mut tx, open).await, Err(DiscardError::NotADraft)));
        let other = arrange::Plan { slug: "other".into(), ..plan(&app, 2) };
        let draft = arrange::create(&app, &mut tx, &other).await.unwrap();
        let finding = Record::Finding(FindingId(7));
        thread::connect(&mut tx, finding, Record::FocusGroup(draft), app.clock.now()).await.unwrap();
        discard(&mut tx, draft).await.unwrap();
        assert!(store::groups::find_by_id(&mut tx, draft).await.unwrap().is_none());
        assert!(thread::linked(&mut tx, finding).await.unwrap().is_empty());
        assert!(matches!(discard(&mut tx, draft).await, Err(DiscardError::NotADraft)), "it is gone already");
        let left: Vec<_> = store::groups::list_all(&mut tx).await.unwrap().iter().map(|group| group.id).collect();
        assert_eq!(left, [open]);
        assert!(store::places::find(&mut tx, taken.place_id).await.unwrap().is_some());
        tx.commit().await.unwrap();
    });
}
