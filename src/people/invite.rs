//! Inviting a person: an account without a password, and a link that sets one.

use chrono::TimeDelta;

use super::letter::AccountLetter;
use super::{Account, Role, store};
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

/// Who is to have an account, and as what.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// The address that the link goes to.
    pub email: &'a str,
    /// What they are called.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
}

/// Makes an account and sends its one-time link, which is also returned.
///
/// # Errors
/// When the address is taken or cannot be one.
pub async fn invite(app: &App, tx: &mut Tx, by: &Actor, person: NewPerson<'_>) -> Result<String, InviteError> {
    if !mail::is_address(person.email.trim()) {
        return Err(InviteError::NotAnAddress);
    }
    let id = add(app, tx, by, person, "invited").await?.ok_or(InviteError::Taken)?;
    Ok(send(app, tx, id, person, "If you did not expect this, you need not do anything.").await?)
}

/// Sends somebody who has not used their invitation a new link, whether or not the old one ran out; no earlier link works after that. False, with nothing done, when they chose a password meanwhile or the account is closed.
///
/// # Errors
/// When the database refuses.
pub async fn invite_again(app: &App, tx: &mut Tx, by: &Actor, id: AccountId) -> Result<bool, db::Error> {
    let now = app.clock.now();
    if !waits(tx, id).await? {
        return Ok(false);
    }
    store::spend_all_links(tx, id, now).await?;
    // Whoever chooses a password by a link holds that link until it is saved, so that only now the answer is sure.
    let Some(account) = store::find(tx, id).await?.filter(Account::is_invited) else { return Ok(false) };
    let person = NewPerson { email: &account.email, name: &account.name, role: account.role };
    let otherwise =
        "A link in an earlier letter of ours no longer works. If you did not expect this, you need not do anything.";
    send(app, tx, id, person, otherwise).await?;
    audit::record(tx, now, by, "sent an invitation again", &format!("account {id}"), "").await?;
    Ok(true)
}

async fn waits(tx: &mut Tx, id: AccountId) -> Result<bool, db::Error> {
    Ok(store::find(tx, id).await?.is_some_and(|account| account.is_invited()))
}

/// Adds an account without a password, and notes how it came about; none when the address is taken.
pub(super) async fn add(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    person: NewPerson<'_>,
    how: &str,
) -> Result<Option<AccountId>, db::Error> {
    let now = app.clock.now();
    let NewPerson { email, name, role } = person;
    if store::find_by_email(tx, email).await?.is_some() {
        return Ok(None);
    }
    let id = match store::insert(tx, email, name, role, None, false, now).await {
        Ok(id) => id,
        Err(error) if error.is_conflict("accounts_email_key") => return Ok(None),
        Err(error) => return Err(error),
    };
    audit::record(tx, now, by, how, &format!("account {id}"), role.label()).await?;
    Ok(Some(id))
}

/// Makes the link of an invitation, puts its letter in the outbox, and returns the link.
async fn send(
    app: &App,
    tx: &mut Tx,
    id: AccountId,
    person: NewPerson<'_>,
    otherwise: &str,
) -> Result<String, db::Error> {
    let link = one_time_link(app, tx, Some(id), "invitation", INVITATION_LASTS).await?;
    let landlord = settings::store::find(tx).await?;
    let letter = AccountLetter {
        to: person.email,
        name: person.name,
        subject: "Your invitation".into(),
        why: format!(
            "You get this because {} invites you to its resident engagement portal, as: {}.",
            landlord.name,
            person.role.label()
        ),
        ask: "Choose a password here within seven days, then sign in:",
        link: &link,
        otherwise,
    };
    letter.post(app, tx, &landlord).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::people::reset;
    use crate::testing::app_on;

    db_test!(an_invitation_sent_again_has_a_new_link_and_the_old_one_stops_working, db => {
        let app = app_on(db);
        let by = Actor::system();
        let mut tx = app.db.write().await.unwrap();
        let kim = NewPerson { email: "kim@example.org", name: "Kim", role: Role::Manager };
        let old = invite(&app, &mut tx, &by, kim).await.unwrap();
        let id = store::find_by_email(&mut tx, "kim@example.org").await.unwrap().unwrap().0.id;
        assert_eq!(store::list_with_open_link(&mut tx, app.clock.now()).await.unwrap(), [id]);
        app.clock.advance(INVITATION_LASTS);
        assert!(store::list_with_open_link(&mut tx, app.clock.now()).await.unwrap().is_empty());
        assert!(invite_again(&app, &mut tx, &by, id).await.unwrap());
        let second = newest_token(&mut tx).await;
        assert!(invite_again(&app, &mut tx, &by, id).await.unwrap());
        let third = newest_token(&mut tx).await;
        for spent in [old.rsplit('/').next().unwrap(), &second] {
            assert!(reset::account_of(&app, &mut tx, spent).await.is_err());
        }
        assert_eq!(mail::store::list(&mut tx, 9).await.unwrap().len(), 3);
        reset::use_link(&app, &mut tx, &third, "maple lantern otters", "").await.unwrap();
        assert!(!invite_again(&app, &mut tx, &by, id).await.unwrap());
        let entries = audit::store::list(&mut tx, &audit::store::Sought::default(), 9).await.unwrap();
        assert_eq!(entries.iter().filter(|entry| entry.action == "sent an invitation again").count(), 2);
    });

    async fn newest_token(tx: &mut Tx) -> String {
        let letter = mail::store::list(tx, 1).await.unwrap().remove(0);
        let line = letter.body.lines().find(|line| line.contains("/link/")).unwrap().to_owned();
        line.rsplit('/').next().unwrap().to_owned()
    }
}
