//! Taking evidence back. It stays in the list with the reason, and an action that is done keeps something to show.

use chrono::NaiveDate;

use super::history::{self, Edit, Why};
use super::object::{Object, field};
use super::status::Status;
use super::store::{self, Evidence, Written};
use super::whole::load;
use crate::clock::london_day;
use crate::db::{self, Tx};

/// Why evidence was not withdrawn, in words for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// Nothing else shows that the action is done.
    #[error(
        "Nothing else shows that this action is done. First attach other evidence, or post progress that says why none is needed or changes the status"
    )]
    NothingElse,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Withdraws a piece of evidence that still stands.
///
/// # Errors
/// While it is all that shows an action to be done, or when it does not stand any more.
pub async fn withdraw_evidence(
    tx: &mut Tx,
    evidence: &Evidence,
    reason: &str,
    written: Written,
) -> Result<(), WithdrawError> {
    let on = london_day(written.at);
    let others = store::list_evidence(tx, evidence.action_id)
        .await?
        .iter()
        .any(|e| e.withdrawn_on.is_none() && e.evidence_id != evidence.evidence_id);
    if !others && is_done_by_evidence(tx, evidence, on).await? {
        return Err(WithdrawError::NothingElse);
    }
    store::withdraw_evidence(tx, evidence.evidence_id, on, reason).await?;
    if let Some(plan) = store::find_plan_of(tx, evidence.action_id).await? {
        let edit = Edit::new(field::EVIDENCE, &evidence.title, "");
        let object = (Object::Action(evidence.action_id), "");
        history::note(tx, plan, object, &[edit], Why::staff(reason, written), written).await?;
    }
    tx.public_changed();
    Ok(())
}

/// Whether the action of this evidence is done on that day with no reason given why it needs none.
async fn is_done_by_evidence(tx: &mut Tx, evidence: &Evidence, on: NaiveDate) -> Result<bool, db::Error> {
    let Some(plan) = store::find_plan_of(tx, evidence.action_id).await? else { return Ok(false) };
    let Some(whole) = load(tx, plan, on).await? else { return Ok(false) };
    let said = whole.find(evidence.action_id).and_then(|action| action.told.said(on));
    Ok(said.is_some_and(|p| p.status == Status::Done && p.waiver.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::plans::action::ActionId;
    use crate::plans::attach_evidence::{Proof, attach_evidence};
    use crate::plans::record_progress::{Said, record_progress};
    use crate::plans::testing::{said, small, written};
    use crate::testing::app_on;

    async fn attached(tx: &mut Tx, action: ActionId, title: &str, written: Written) -> Evidence {
        let link = Proof::typed("https://example.org/minutes").unwrap();
        let id = attach_evidence(tx, action, title, link, true, written).await.unwrap();
        store::find_evidence(tx, id).await.unwrap().unwrap()
    }

    db_test!(the_only_evidence_of_a_done_action_stays_until_something_else_shows_it, db => {
        let app = app_on(db);
        let plan = small(&app).await;
        let (day, written) = (app.clock.today(), written(&app));
        let mut tx = app.db.write().await.unwrap();
        let first = attached(&mut tx, plan.first, "Minutes", written).await;
        record_progress(&mut tx, &said(plan.first, day, Status::Done), written).await.unwrap();
        let refused = withdraw_evidence(&mut tx, &first, "The wrong minutes", written).await.unwrap_err();
        assert!(matches!(refused, WithdrawError::NothingElse), "{refused}");
        assert_eq!(store::find_evidence(&mut tx, first.evidence_id).await.unwrap().unwrap().withdrawn_on, None);
        let second = attached(&mut tx, plan.first, "The right minutes", written).await;
        withdraw_evidence(&mut tx, &first, "The wrong minutes", written).await.unwrap();
        assert!(withdraw_evidence(&mut tx, &second, "x", written).await.is_err());
        let waived = Said { waiver: "The minutes are private".to_owned(), ..said(plan.first, day, Status::Done) };
        record_progress(&mut tx, &waived, written).await.unwrap();
        withdraw_evidence(&mut tx, &second, "Private", written).await.unwrap();
    });

    db_test!(evidence_of_an_action_that_is_not_done_is_withdrawn_at_once, db => {
        let app = app_on(db);
        let plan = small(&app).await;
        let (day, written) = (app.clock.today(), written(&app));
        let mut tx = app.db.write().await.unwrap();
        let only = attached(&mut tx, plan.first, "Minutes", written).await;
        record_progress(&mut tx, &said(plan.first, day, Status::Done), written).await.unwrap();
        record_progress(&mut tx, &said(plan.first, day, Status::OnTrack), written).await.unwrap();
        withdraw_evidence(&mut tx, &only, "The wrong minutes", written).await.unwrap();
    });
}
