//! Inviting a person: an account without a password, and a link that sets one.

use chrono::TimeDelta;

use super::letter::AccountLetter;
use super::{Role, store};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::random::sha256;
use crate::thread::id::AccountId;
use crate::{mail, settings};

/// How long an invitation can be used.
pub const INVITATION_LASTS: TimeDelta = TimeDelta::days(7);

/// Why a person was not invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// Another account has that address.
    #[error("there is an account with that e-mail address already")]
    Taken,
    /// The text cannot be an address.
    #[error("that is not an e-mail address")]
    NotAnAddress,
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Makes an account and sends its one-time link, which is also returned.
///
/// # Errors
/// When the address is taken or cannot be one.
pub async fn invite(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    email: &str,
    name: &str,
    role: Role,
) -> Result<String, InviteError> {
    if !mail::is_address(email.trim()) {
        return Err(InviteError::NotAnAddress);
    }
    let id = add(app, tx, by, email, name, role, "invited").await?;
    let link = one_time_link(app, tx, Some(id), "invitation", INVITATION_LASTS).await?;
    let landlord = settings::store::find(tx).await?;
    let letter = AccountLetter {
        to: email,
        name,
        subject: "Your invitation".into(),
        why: format!(
            "You get this because {} invites you to its resident engagement portal, as: {}.",
            landlord.name,
            role.label()
        ),
        ask: "Choose a password here within seven days, then sign in:",
        link: &link,
        otherwise: "If you did not expect this, you need not do anything.",
    };
    letter.post(app, tx, &landlord).await?;
    Ok(link)
}

/// Adds an account without a password, and notes how it came about.
pub(super) async fn add(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    email: &str,
    name: &str,
    role: Role,
    how: &str,
) -> Result<AccountId, InviteError> {
    let now = app.clock.now();
    if store::find_by_email(tx, email).await?.is_some() {
        return Err(InviteError::Taken);
    }
    let id = store::insert(tx, email, name, role, None, false, now)
        .await
        .map_err(|error| if error.is_conflict("accounts_email_key") { InviteError::Taken } else { error.into() })?;
    audit::record(tx, now, by, how, &format!("account {id}"), role.label()).await?;
    Ok(id)
}

/// Makes a one-time link; only its hash is kept.
pub(super) async fn one_time_link(
    app: &App,
    tx: &mut Tx,
    account: Option<AccountId>,
    purpose: &str,
    lasts: TimeDelta,
) -> Result<String, db::Error> {
    let token = app.random.token();
    let now = app.clock.now();
    store::insert_link(tx, account, purpose, &sha256(&token), now, now + lasts).await?;
    let page = if purpose == "set_up" { "set-up?token=" } else { "link/" };
    Ok(format!("{}/{page}{token}", app.config.base_url))
}
