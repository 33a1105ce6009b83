//! Writing a standard: a new one, a change to a draft, a new version of one in force.

use super::standard::Wording;
use super::store::{approvals, retirements, versions};
use super::wording::{self, Problem};
use crate::app::App;
use crate::audit;
use crate::db::{self, Tx};
use crate::people::Account;
use crate::thread::id::{AreaId, StandardId};
use crate::web::slug::slug_or;

/// Addresses under `/standards` that are pages of their own.
const RESERVED: &[&str] = &["areas", "print", "new"];

/// Why nothing was written.
#[derive(Debug)]
pub enum DraftError {
    /// There is no draft to change: it was published meanwhile.
    NoDraft,
    /// A draft of the next version is being written already.
    DraftExists,
    /// There is no version in force to begin from.
    NotPublished,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for DraftError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Everything that must be mended before a draft can be published: its wording, and of a later version what it changes.
/// It is asked before approval, since a change of the draft ends its approvals.
#[must_use]
pub fn check(number: i64, wording: &Wording) -> Vec<Problem> {
    let mut problems = wording::check(wording);
    if number > 1 && wording.what_changed.is_empty() {
        let sentence = "Say what changed, and why: residents read it".to_owned();
        let after_the_promise = problems.iter().take_while(|one| matches!(one.field, "title" | "promise")).count();
        problems.insert(after_the_promise, Problem { field: "what-changed", sentence });
    }
    problems
}

/// Begins a standard with a draft of its first version.
///
/// # Errors
/// When the database refuses.
pub async fn create(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    area: AreaId,
    owner_role: &str,
    wording: &Wording,
) -> Result<StandardId, DraftError> {
    let base = slug_or(&wording.title, "standard");
    let mut address = base.clone();
    let mut next = 2;
    while RESERVED.contains(&address.as_str()) || versions::slug_is_taken(tx, &address).await? {
        address = format!("{base}-{next}");
        next += 1;
    }
    let now = app.clock.now();
    let id = versions::insert(tx, &address, area, owner_role, now).await?;
    let version = versions::insert_draft(tx, id, wording, now).await?;
    approvals::add_author(tx, version, by.id).await?;
    audit::record(tx, now, &by.actor(), "wrote a new standard", &format!("standard {id}"), &wording.title).await?;
    Ok(id)
}

/// Changes the draft of a standard. Approvals of the wording before end.
///
/// # Errors
/// When it was published meanwhile.
pub async fn edit(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    id: StandardId,
    area: AreaId,
    owner_role: &str,
    wording: &Wording,
) -> Result<(), DraftError> {
    let now = app.clock.now();
    let draft = versions::find_draft(tx, id).await?.ok_or(DraftError::NoDraft)?;
    let before = versions::find_for_staff(tx, id).await?.ok_or(DraftError::NoDraft)?;
    if before.area_id != area || before.owner_role != owner_role {
        versions::set_place(tx, id, area, owner_role).await?;
        if before.in_force_from.is_some() {
            tx.public_changed();
        }
        audit::record(
            tx,
            now,
            &by.actor(),
            "moved a standard",
            &format!("standard {id}"),
            &format!("area {area}, owner {owner_role}"),
        )
        .await?;
    }
    if draft.wording == *wording {
        return Ok(());
    }
    if !versions::update_draft(tx, draft.version_id, wording, now).await? {
        return Err(DraftError::NoDraft);
    }
    approvals::add_author(tx, draft.version_id, by.id).await?;
    let ended = approvals::end_approvals(tx, draft.version_id, now).await?;
    let detail = if ended > 0 {
        format!("version {}; {ended} approvals ended", draft.number)
    } else {
        format!("version {}", draft.number)
    };
    audit::record(tx, now, &by.actor(), "changed a draft standard", &format!("standard {id}"), &detail).await?;
    Ok(())
}

/// Begins the next version of a standard from the newest published one.
///
/// # Errors
/// When a draft is there already, nothing has been published, or the standard has an end.
pub async fn begin_version(app: &App, tx: &mut Tx, by: &Account, id: StandardId) -> Result<(), DraftError> {
    let newest = versions::history(tx, id).await?.into_iter().next().ok_or(DraftError::NotPublished)?;
    if retirements::find(tx, id).await?.is_some() {
        return Err(DraftError::NotPublished);
    }
    let now = app.clock.now();
    let wording = Wording { what_changed: String::new(), ..newest.wording };
    let version = match versions::insert_draft(tx, id, &wording, now).await {
        Err(error) if error.is_conflict("standard_versions_standard_id_key") => return Err(DraftError::DraftExists),
        other => other?,
    };
    approvals::add_author(tx, version, by.id).await?;
    audit::record(tx, now, &by.actor(), "began a new version of a standard", &format!("standard {id}"), "").await?;
    Ok(())
}

/// Throws a draft away. What is published stays; a standard that was never published goes with its draft.
///
/// # Errors
/// When there is no draft.
pub async fn discard(app: &App, tx: &mut Tx, by: &Account, id: StandardId) -> Result<(), DraftError> {
    let draft = versions::find_draft(tx, id).await?.ok_or(DraftError::NoDraft)?;
    if !versions::delete_draft(tx, id, draft.version_id).await? {
        return Err(DraftError::NoDraft);
    }
    let detail = format!("version {}: {}", draft.number, draft.wording.title);
    audit::record(tx, app.clock.now(), &by.actor(), "threw a draft standard away", &format!("standard {id}"), &detail)
        .await?;
    Ok(())
}
