//! A new password by a one-time link, and using such a link.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use super::invite::one_time_link;
use super::letter::AccountLetter;
use super::password::{self, Weakness};
use super::{Account, store};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::jobs::{self, JobError};
use crate::random::sha256;
use crate::settings;

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

/// The job that looks whether an address has an account and sends its link.
pub const JOB: &str = "link_asked";
/// Links sent to one address within the window, asked for by anybody.
const LINKS_PER_ADDRESS: i64 = 5;
/// How long an asked link counts.
const WINDOW: TimeDelta = TimeDelta::hours(1);

/// Counts one more link asked for an address, known or not. False when there were too many of late.
///
/// # Errors
/// When the database refuses.
pub async fn may_ask(app: &App, tx: &mut Tx, email: &str) -> Result<bool, db::Error> {
    let (counter, now) = (format!("link:{}", sha256(&email.trim().to_lowercase())), app.clock.now());
    let asked = store::count_failures(tx, &counter, now - WINDOW).await?;
    store::insert_failure(tx, &counter, now).await?;
    Ok(asked < LINKS_PER_ADDRESS)
}

/// Notes that somebody asked for a link. Whether the address has an account is looked up by a job, so that neither the answer nor its time tells.
///
/// # Errors
/// When the database refuses.
pub async fn ask(app: &App, tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    if may_ask(app, tx, email).await? {
        jobs::enqueue(tx, app.clock.now(), JOB, email, None).await?;
    }
    Ok(())
}

/// Runs the job of a link that was asked for.
pub fn send_asked(app: App, email: String) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let mut tx = app.db.write().await?;
        send_link(&app, &mut tx, &email).await?;
        Ok(tx.commit().await?)
    })
}

/// Sends a link to the address if an active account has it; says nothing either way. Somebody who never chose a password can do so by it.
///
/// # Errors
/// When the database refuses.
pub async fn send_link(app: &App, tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    let Some((account, _)) = store::find_by_email(tx, email).await? else { return Ok(()) };
    if account.deactivated_at.is_some() || account.is_example {
        return Ok(());
    }
    let link = one_time_link(app, tx, Some(account.id), "reset", RESET_LASTS).await?;
    let landlord = settings::store::find(tx).await?;
    let letter = AccountLetter {
        to: &account.email,
        name: &account.name,
        subject: "Choose a new password".into(),
        why: format!("You get this because somebody asked for a new password for your account with {}.", landlord.name),
        ask: "Choose one here within one hour:",
        link: &link,
        otherwise: "If it was not you, do nothing: your password stays as it is.",
    };
    letter.post(app, tx, &landlord).await
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
    use crate::mail;
    use crate::people::invite::NewPerson;
    use crate::people::{Role, invite};
    use crate::testing::{app_on, run_jobs};

    const KIM: NewPerson<'static> = NewPerson { email: "kim@example.org", name: "Kim", role: Role::Manager };

    db_test!(a_link_works_once_within_its_time_and_a_weak_password_does_not_spend_it, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let link = invite::invite(&app, &mut tx, &Actor::system(), NewPerson { email: "Kim@Example.org", ..KIM }).await.unwrap();
        assert!(matches!(invite::invite(&app, &mut tx, &Actor::system(), KIM).await, Err(invite::InviteError::Taken)));
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

    db_test!(v37_a_link_is_asked_by_the_same_steps_for_any_address_and_five_times_an_hour_at_most, db => {
        let app = app_on(db);
        let letters = async || {
            let mut tx = app.db.read().await.unwrap();
            mail::store::list(&mut tx, 99).await.unwrap().iter().filter(|letter| letter.subject == "Choose a new password").count()
        };
        let mut tx = app.db.write().await.unwrap();
        invite::invite(&app, &mut tx, &Actor::system(), KIM).await.unwrap();
        tx.commit().await.unwrap();
        for email in ["nobody@example.org", "kim@example.org"] {
            for _ in 0..LINKS_PER_ADDRESS + 3 {
                let mut tx = app.db.write().await.unwrap();
                ask(&app, &mut tx, email).await.unwrap();
                tx.commit().await.unwrap();
            }
            assert_eq!(letters().await, 0, "the answer must not wait for the look");
        }
        run_jobs(&app).await;
        assert_eq!(letters().await, 5);
        app.clock.advance(TimeDelta::minutes(61));
        let mut tx = app.db.write().await.unwrap();
        ask(&app, &mut tx, "KIM@example.org").await.unwrap();
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        assert_eq!(letters().await, 6);
    });
}
