//! Writing a finding. A published one is taken back before it is changed, so that every published word has had a second look.

use super::finding::Text;
use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, FindingId};
use crate::thread::{self, Record};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another entry has that address.
    #[error("another entry has that address")]
    SlugTaken,
    /// It is published, or not there.
    #[error("only a draft can be changed")]
    NotADraft,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for WriteError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("findings_slug_key") { Self::SlugTaken } else { Self::Internal(error) }
    }
}

/// Writes a new draft and joins it to what it came from and led to.
///
/// # Errors
/// `SlugTaken`, or when the database refuses.
pub async fn create(app: &App, tx: &mut Tx, by: AccountId, text: &Text) -> Result<FindingId, WriteError> {
    let id = store::insert(tx, text, by, app.clock.now()).await?;
    join(app, tx, id, text).await?;
    Ok(id)
}

/// Changes a draft and what it is joined to.
///
/// # Errors
/// `SlugTaken`, `NotADraft`, or when the database refuses.
pub async fn edit(app: &App, tx: &mut Tx, id: FindingId, by: AccountId, text: &Text) -> Result<(), WriteError> {
    if !store::update(tx, id, text, by, app.clock.now()).await? {
        return Err(WriteError::NotADraft);
    }
    join(app, tx, id, text).await?;
    Ok(())
}

/// Voices and promises lead to a finding; a finding leads to actions.
async fn join(app: &App, tx: &mut Tx, id: FindingId, text: &Text) -> Result<(), db::Error> {
    let finding = Record::Finding(id);
    for old in thread::linked(tx, finding).await? {
        // The page does not offer the activity whose report an entry came from, nor audits and decisions, and so does not take
        // them away.
        let is_kept = matches!(old, Record::Activity(_) | Record::AuditFinding(_) | Record::Decision(_));
        if !is_kept && !text.joined.contains(&old) {
            thread::disconnect(tx, finding, old).await?;
        }
    }
    for record in &text.joined {
        let (from, to) = if matches!(record, Record::Action(_)) { (finding, *record) } else { (*record, finding) };
        thread::connect(tx, from, to, app.clock.now()).await?;
    }
    Ok(())
}
