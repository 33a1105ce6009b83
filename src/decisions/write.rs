//! Writing a decision: a draft, a change to a draft, or the next version of one that is published.

use super::decision::{Text, Version};
use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::people::Names;
use crate::thread::id::{AccountId, DecisionId};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another decision has that address.
    #[error("another decision has that address")]
    SlugTaken,
    /// It is approved, or somebody else has just begun the next version.
    #[error("it is no longer a draft")]
    NotADraft,
    /// What everybody reads names a member of staff.
    #[error("it names {0}")]
    Names(String),
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for WriteError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("decisions_slug_key") {
            return Self::SlugTaken;
        }
        let meanwhile = ["decision_versions_decision_id_key", "decision_versions_decision_id_number_key"];
        if meanwhile.iter().any(|name| error.is_conflict(name)) { Self::NotADraft } else { Self::Internal(error) }
    }
}

/// Writes a new decision as a draft.
///
/// # Errors
/// Why it was not written, or when the database refuses.
pub async fn create(app: &App, tx: &mut Tx, by: AccountId, slug: &str, text: &Text) -> Result<DecisionId, WriteError> {
    check_names(tx, text).await?;
    let now = app.clock.now();
    let id = store::insert(tx, slug, now).await?;
    store::insert_version(tx, id, 1, text, by, now).await?;
    Ok(id)
}

/// Changes the draft that `newest` is, or begins the version after it where it is published.
///
/// # Errors
/// Why it was not written, or when the database refuses.
pub async fn edit(app: &App, tx: &mut Tx, newest: &Version, by: AccountId, text: &Text) -> Result<(), WriteError> {
    check_names(tx, text).await?;
    let now = app.clock.now();
    if newest.published_at.is_some() {
        store::insert_version(tx, newest.decision_id, newest.number + 1, text, by, now).await?;
        return Ok(());
    }
    if store::update(tx, newest.decision_id, newest.number, text, by, now).await? {
        Ok(())
    } else {
        Err(WriteError::NotADraft)
    }
}

/// A body decides, and no person is named where everybody reads.
async fn check_names(tx: &mut Tx, text: &Text) -> Result<(), WriteError> {
    let staff = Names::of_staff(tx).await?;
    let Text { title, question, views, heard_from, decided, reasons, body, differs_why, correction, .. } = text;
    let mut all = vec![title, question, views, heard_from, decided, reasons, body, differs_why, correction];
    all.extend(text.choices.iter().flat_map(|choice| [&choice.option, &choice.residents]));
    match all.into_iter().find_map(|words| staff.named_in(words)) {
        Some(name) => Err(WriteError::Names(name)),
        None => Ok(()),
    }
}
