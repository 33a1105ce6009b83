//! A new password by a one-time link, and using such a link.

use chrono::TimeDelta;

use super::invite::one_time_link;
use super::password::{self, Weakness};
use super::{Account, store};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::mail::{self, Letter};
use crate::random::sha256;

/// How long a link to choose a new password can be used.
pub const RESET_LASTS: TimeDelta = TimeDelta::hours(1);

/// Why no link was made or used.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No active account has that address.
    #[error("no active account has that e-mail address")]
    NoAccount,
    /// The link was used, has run out, or never was one.
    #[error("this link has been used or has run out")]
    NotGood,
    /// The password is too weak.
    #[error("the password is too weak")]
    Weak(Weakness),
    /// The database refused.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Makes a link without sending it, for a person at the command line.
///
/// # Errors
/// When no active account has the address.
pub async fn link_for(app: &App, tx: &mut Tx, by: &Actor, email: &str) -> Result<String, LinkError> {
    let (account, _) = store::find_by_email(tx, email)
        .await?
        .filter(|(account, _)| account.deactivated_at.is_none())
        .ok_or(LinkError::NoAccount)?;
    audit::record(tx, app.clock.now(), by, "made a reset link", &format!("account {}", account.id), "").await?;
    Ok(one_time_link(app, tx, Some(account.id), "reset", RESET_LASTS).await?)
}

/// Sends a link to the address if an active account with a password has it; says nothing either way.
///
/// # Errors
/// When the database refuses.
pub async fn send_link(app: &App, tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    let Some((account, Some(_))) = store::find_by_email(tx, email).await? else { return Ok(()) };
    if account.deactivated_at.is_some() || account.is_example {
        return Ok(());
    }
    let link = one_time_link(app, tx, Some(account.id), "reset", RESET_LASTS).await?;
    let letter = Letter {
        to: account.email,
        subject: "Choose a new password".into(),
        body: format!(
            "You get this because somebody asked for a new password for your account.\n\nChoose one here within one hour:\n{link}\n\nIf it was not you, do nothing: your password stays as it is.\n"
        ),
        attachment: None,
    };
    mail::post(tx, app.clock.now(), &letter).await?;
    Ok(())
}

/// The account behind a link that can still be used.
///
/// # Errors
/// `NotGood` when it cannot.
pub async fn account_of(app: &App, tx: &mut Tx, token: &str) -> Result<Account, LinkError> {
    let link = store::find_link(tx, &sha256(token), app.clock.now())
        .await?
        .filter(|link| link.purpose != "set_up")
        .ok_or(LinkError::NotGood)?;
    let id = link.account_id.ok_or(LinkError::NotGood)?;
    store::find(tx, id).await?.filter(|account| account.deactivated_at.is_none()).ok_or(LinkError::NotGood)
}

/// Uses a link: sets the password, ends every session and every other link of the account.
///
/// # Errors
/// When the link is not good or the password too weak; neither uses the link up.
pub async fn use_link(
    app: &App,
    tx: &mut Tx,
    token: &str,
    new_password: &str,
    landlord: &str,
) -> Result<Account, LinkError> {
    let account = account_of(app, tx, token).await?;
    password::check(new_password, &[&account.name, &account.email, landlord, "doorstep"]).map_err(LinkError::Weak)?;
    let now = app.clock.now();
    let link = store::find_link(tx, &sha256(token), now).await?.ok_or(LinkError::NotGood)?;
    if !store::spend_link(tx, link.one_time_link_id, now).await? {
        return Err(LinkError::NotGood);
    }
    let hash = password::hash(&app.random, new_password.to_owned())
        .await
        .ok_or(LinkError::Internal(db::Error::Corrupt { table: "accounts", column: "password_hash" }))?;
    store::set_password(tx, account.id, &hash).await?;
    store::spend_all_links(tx, account.id, now).await?;
    store::delete_sessions(tx, account.id).await?;
    audit::record(tx, now, &account.actor(), "chose a password", &format!("account {}", account.id), "").await?;
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::people::{Role, invite};
    use crate::testing::app_on;

    db_test!(a_link_works_once_within_its_time_and_a_weak_password_does_not_spend_it, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let link = invite::invite(&app, &mut tx, &Actor::system(), "Kim@Example.org", "Kim", Role::Manager).await.unwrap();
        assert!(matches!(invite::invite(&app, &mut tx, &Actor::system(), "kim@example.org", "Kim", Role::Manager).await, Err(invite::InviteError::Taken)));
        let token = link.rsplit('/').next().unwrap();
        assert!(matches!(use_link(&app, &mut tx, token, "short", "").await, Err(LinkError::Weak(Weakness::TooShort))));
        let account = use_link(&app, &mut tx, token, "maple lantern otters", "").await.unwrap();
        assert_eq!(account.email, "kim@example.org");
        assert!(matches!(use_link(&app, &mut tx, token, "maple lantern otters", "").await, Err(LinkError::NotGood)));
        assert!(matches!(use_link(&app, &mut tx, "", "maple lantern otters", "").await, Err(LinkError::NotGood)));
        send_link(&app, &mut tx, "nobody@example.org").await.unwrap();
        let reset = link_for(&app, &mut tx, &Actor::system(), "kim@example.org").await.unwrap();
        app.clock.advance(TimeDelta::minutes(61));
        assert!(matches!(account_of(&app, &mut tx, reset.rsplit('/').next().unwrap()).await, Err(LinkError::NotGood)));
    });
}
