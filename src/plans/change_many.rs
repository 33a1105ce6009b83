//! Changing several actions at once, all or none: their status, their deadline or their leads, with one reason.

use chrono::NaiveDate;

use super::action::ActionId;
use super::deadline::Span;
use super::history::{self, Edit, Why};
use super::leads::{self, Lead};
use super::led::leads_texts;
use super::month::Month;
use super::object::{Object, field};
use super::record_progress::{ProgressError, Said, record_progress};
use super::revise_deadline::{ReviseError, revise_deadline};
use super::status::Status;
use super::store::Written;
use super::whole::Whole;
use super::word_action::set_leads;
use crate::db::{self, Tx};

/// What changes in all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// How they stand. For what is done without evidence the reason says why none is needed.
    Status(Status),
    /// By the end of which month they are due.
    Deadline(Month),
    /// Who leads them, as a plan writes it.
    Leads(String),
}

/// Why nothing was changed, in words for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum ManyError {
    /// No action was chosen.
    #[error("Choose at least one action")]
    Nothing,
    /// No reason was given.
    #[error("Say why, in words that residents will read")]
    NoReason,
    /// Merging is said one by one, because each goes on in another action.
    #[error("Post progress on each action that is merged, to say which action carries it on")]
    OneByOne,
    /// One of them refuses.
    #[error("{0}: {1}")]
    Refused(String, String),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Changes the actions; gives how many there were.
///
/// # Errors
/// Without an action or a reason, or when one of them refuses; then the transaction must not be committed.
pub async fn change_many(
    tx: &mut Tx,
    whole: &Whole,
    ids: &[ActionId],
    (change, reason): (&Change, &str),
    on: NaiveDate,
    written: Written,
) -> Result<usize, ManyError> {
    if ids.is_empty() {
        return Err(ManyError::Nothing);
    }
    if reason.trim().is_empty() {
        return Err(ManyError::NoReason);
    }
    let old_leads = leads_texts(tx, whole.plan.id).await?;
    let mut changed = 0;
    for row in whole.rows().filter(|row| ids.contains(&row.action().id)) {
        let (id, name) = (row.action().id, row.action().name());
        match change {
            Change::Status(Status::Merged) => return Err(ManyError::OneByOne),
            Change::Status(status) => {
                let said = Said {
                    action: id,
                    on,
                    status: *status,
                    per_cent: None,
                    words: reason.to_owned(),
                    waiver: String::new(),
                    merged_into: None,
                };
                record_progress(tx, &said, written).await.map_err(|error| match error {
                    ProgressError::Database(error) => error.into(),
                    error => ManyError::Refused(name, error.to_string()),
                })?;
            }
            Change::Deadline(month) => {
                let moved = revise_deadline(tx, id, Span::month(*month), reason, on, written).await;
                moved.map_err(|error| match error {
                    ReviseError::Database(error) => error.into(),
                    error => ManyError::Refused(name, error.to_string()),
                })?;
            }
            Change::Leads(text) => {
                let named: Vec<Lead> = leads::read(text);
                let (old, new) = (old_leads.get(&id).cloned().unwrap_or_default(), leads::write(&named));
                if old == new {
                    continue;
                }
                set_leads(tx, id, &named).await?;
                let edit = Edit::new(field::LEADS, old, new);
                let why = Why::staff(reason, written);
                history::note(tx, whole.plan.id, (Object::Action(id), &name), &[edit], why, written).await?;
            }
        }
        changed += 1;
    }
    tx.public_changed();
    Ok(changed)
}
