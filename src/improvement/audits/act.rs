//! A recommendation becomes an action of a plan, through the plan's own code, so that its history has it.

use super::error::AuditError;
use super::respond::finished;
use super::store::findings as store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::plans::Written;
use crate::plans::deadline::Span;
use crate::plans::plan::PlanId;
use crate::plans::word_action::{WordError, Words, add_action};
use crate::thread::id::{AccountId, ActionId, AuditFindingId};
use crate::thread::{self, Record};

/// Why no action was added.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// Another action of the plan has that number.
    #[error("the number is taken")]
    NumberTaken,
    /// The audit or the finding does not allow it.
    #[error(transparent)]
    Audit(#[from] AuditError),
}

impl From<db::Error> for ActError {
    fn from(error: db::Error) -> Self {
        Self::Audit(error.into())
    }
}

/// What is added, and where.
#[derive(Debug, Clone)]
pub struct NewAction {
    pub plan: PlanId,
    pub words: Words,
    pub due: Option<Span>,
}

/// Adds the action that a recommendation becomes, and joins the two.
///
/// # Errors
/// `NotSo` unless the finding is agreed, `Already` when it has an action, `NumberTaken`, or when the database refuses; the transaction must then be dropped.
pub async fn act(
    app: &App,
    tx: &mut Tx,
    id: AuditFindingId,
    by: AccountId,
    new: &NewAction,
) -> Result<ActionId, ActError> {
    finished(tx, id).await?;
    if !store::response(tx, id).await?.is_some_and(|one| one.is_agreed) {
        return Err(AuditError::NotSo.into());
    }
    let at = app.clock.now();
    let action = add_action(tx, new.plan, &new.words, new.due, Written { at, by: Some(by) }).await;
    let action = action.map_err(|error| match error {
        WordError::ReferenceTaken => ActError::NumberTaken,
        WordError::Database(error) => error.into(),
    })?;
    store::insert_action(tx, id, action, by, at).await?;
    thread::connect(tx, Record::AuditFinding(id), Record::Action(action), at).await?;
    Ok(action)
}
