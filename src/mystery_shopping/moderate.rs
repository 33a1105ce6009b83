//! Moderation: a return is accepted, asked about, amended with a reason or made void; what the shopper gave stays as it was.

use chrono::{DateTime, Utc};

use super::letter::ShopLetter;
use super::names;
use super::outcome::Outcome;
use super::shop_return::{Return, ReturnItem};
use super::store::returns;
use crate::db::{self, Tx};
use crate::jobs::{self, Fact};
use crate::people::{self, Role};
use crate::settings::Landlord;
use crate::thread::id::{AccountId, StandardId};
use crate::thread::{self, Record};

/// Why a step is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ModerateError {
    /// Nobody decides on what they sent themselves.
    #[error("your own return")]
    OwnReturn,
    /// Somebody else decided in the meantime, or the return is void.
    #[error("decided meanwhile")]
    Decided,
    /// The text for managers holds a name.
    #[error("the text names {0}")]
    Named(String),
    /// The amendment changes nothing.
    #[error("nothing to amend")]
    Same,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

fn not_own(found: &Return, by: AccountId) -> Result<(), ModerateError> {
    if found.account_id == by { Err(ModerateError::OwnReturn) } else { Ok(()) }
}

async fn announce(tx: &mut Tx, now: DateTime<Utc>, items: &[ReturnItem]) -> Result<(), db::Error> {
    let mut told: Vec<StandardId> = Vec::new();
    for item in items {
        if !told.contains(&item.standard) {
            told.push(item.standard);
            jobs::announce(tx, now, Fact::ResultsChanged(item.standard)).await?;
        }
    }
    Ok(())
}

/// Accepts a return: from now on it counts. `facts` is what managers read, without names.
///
/// # Errors
/// When it is the moderator's own, decided already, holds a name, or the database refuses.
pub async fn accept(
    tx: &mut Tx,
    now: DateTime<Utc>,
    found: &Return,
    by: AccountId,
    facts: &str,
) -> Result<(), ModerateError> {
    not_own(found, by)?;
    let accounts = people::store::list(tx).await?;
    let hidden = accounts.iter().filter(|account| account.role != Role::Resident);
    let hidden: Vec<String> = hidden.map(|account| account.name.clone()).collect();
    if let Some(name) = names::first_named(facts, &hidden) {
        return Err(ModerateError::Named(name.to_owned()));
    }
    if !returns::accept(tx, found.return_id, facts, now).await? {
        return Err(ModerateError::Decided);
    }
    returns::insert_decision(tx, found.return_id, "accepted", "", Some(by), now).await?;
    let items = returns::items(tx, found.return_id).await?;
    for item in &items {
        thread::connect(tx, Record::Return(found.return_id), Record::Standard(item.standard), now).await?;
    }
    announce(tx, now, &items).await?;
    Ok(())
}

/// Asks the shopper something and tells them by letter.
///
/// # Errors
/// When it is the moderator's own, decided already, or the database refuses.
pub async fn query(
    tx: &mut Tx,
    now: DateTime<Utc>,
    base_url: &str,
    landlord: &Landlord,
    found: &Return,
    by: AccountId,
    question: &str,
) -> Result<(), ModerateError> {
    not_own(found, by)?;
    if !returns::set_queried(tx, found.return_id, Some(now)).await? {
        return Err(ModerateError::Decided);
    }
    returns::insert_decision(tx, found.return_id, "queried", question, Some(by), now).await?;
    if let Some(shopper) =
        people::store::find(tx, found.account_id).await?.filter(|found| found.deactivated_at.is_none())
    {
        let letter = ShopLetter {
            to: &shopper,
            subject: format!("A question about your shop {}", found.reference),
            why: "You get this because you sent us a mystery shopping return.".into(),
            says: format!("We have a question about “{}”:\n\n{question}", found.title),
            ask: "Please answer it here:",
            shop: found.assignment_id,
        };
        letter.post(tx, now, base_url, landlord).await?;
    }
    Ok(())
}

/// Takes the shopper's answer to an open question.
///
/// # Errors
/// When no question is open or the database refuses.
pub async fn answer(
    tx: &mut Tx,
    now: DateTime<Utc>,
    found: &Return,
    by: AccountId,
    words: &str,
) -> Result<(), ModerateError> {
    if found.queried_at.is_none() || !returns::set_queried(tx, found.return_id, None).await? {
        return Err(ModerateError::Decided);
    }
    returns::insert_decision(tx, found.return_id, "answered", words, Some(by), now).await?;
    Ok(())
}

/// Corrects one item; the raw score stays, and the reason is kept.
///
/// # Errors
/// When it is the moderator's own, void, unchanged, or the database refuses.
pub async fn amend(
    tx: &mut Tx,
    now: DateTime<Utc>,
    found: &Return,
    by: AccountId,
    item: &ReturnItem,
    (outcome, value): (Outcome, Option<f64>),
    reason: &str,
) -> Result<(), ModerateError> {
    not_own(found, by)?;
    if (item.outcome(), item.value()) == (outcome, value) {
        return Err(ModerateError::Same);
    }
    if !returns::amend(tx, found.return_id, item.id, (outcome, value), reason, by, now).await? {
        return Err(ModerateError::Decided);
    }
    if found.accepted_at.is_some() {
        announce(tx, now, std::slice::from_ref(item)).await?;
    }
    Ok(())
}

/// Makes a return void: it counts for nothing, and stays to be read with the reason.
///
/// # Errors
/// When it is the moderator's own, void already, or the database refuses.
pub async fn make_void(
    tx: &mut Tx,
    now: DateTime<Utc>,
    found: &Return,
    by: AccountId,
    reason: &str,
) -> Result<(), ModerateError> {
    not_own(found, by)?;
    if !returns::make_void(tx, found.return_id, now).await? {
        return Err(ModerateError::Decided);
    }
    returns::insert_decision(tx, found.return_id, "voided", reason, Some(by), now).await?;
    let items = returns::items(tx, found.return_id).await?;
    announce(tx, now, &items).await?;
    Ok(())
}
