//! Inviting a person: an account without a password, and a link that sets one.

use chrono::TimeDelta;

use super::{Role, store};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::random::sha256;
use crate::thread::id::AccountId;

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
    let now = app.clock.now();
    if store::find_by_email(tx, email).await?.is_some() {
        return Err(InviteError::Taken);
    }
    let id = store::insert(tx, email, name, role, None, false, now)
        .await
        .map_err(|error| if error.is_conflict("accounts_email_key") { InviteError::Taken } else { error.into() })?;
    audit::record(tx, now, by, "invited", &format!("account {id}"), role.label()).await?;
    let link = one_time_link(app, tx, Some(id), "invitation", INVITATION_LASTS).await?;
    let letter = Letter {
        to: email.trim().to_owned(),
        subject: "Your invitation".into(),
        body: format!(
            "You get this because {name} was invited to use our resident engagement portal as: {}.\n\nChoose a password here within seven days:\n{link}\n\nIf you did not expect this, you need not do anything.\n",
            role.label()
        ),
        attachment: None,
    };
    mail::post(tx, now, &letter).await?;
    Ok(link)
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
