//! The first administrator: a page that needs the token printed in the log, and is gone once there is an account.

use chrono::TimeDelta;

use super::invite::one_time_link;
use super::password::{self, Weakness};
use super::{Role, store};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::random::sha256;

/// How long the printed token can be used; starting the program again prints a new one.
const LASTS: TimeDelta = TimeDelta::days(1);

/// Why the portal was not set up.
#[derive(Debug)]
pub enum SetUpError {
    /// Somebody has an account, or the token is not the printed one.
    NotOpen,
    /// The password is too weak.
    Weak(Weakness),
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for SetUpError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// The address to set the portal up at; none when somebody has an account.
///
/// # Errors
/// When the database refuses.
pub async fn first_link(app: &App) -> Result<Option<String>, db::Error> {
    let mut tx = app.db.write().await?;
    if store::count(&mut tx).await? > 0 {
        return Ok(None);
    }
    let link = one_time_link(app, &mut tx, None, "set_up", LASTS).await?;
    tx.commit().await?;
    Ok(Some(link))
}

/// Whether the page may be shown for that token.
///
/// # Errors
/// When the database refuses.
pub async fn is_open(app: &App, tx: &mut Tx, token: &str) -> Result<bool, db::Error> {
    let link = store::find_link(tx, &sha256(token), app.clock.now()).await?;
    Ok(link.is_some_and(|link| link.purpose == "set_up") && store::count(tx).await? == 0)
}

/// Makes the first administrator.
///
/// # Errors
/// When the page is not open or the password too weak.
pub async fn set_up(
    app: &App,
    tx: &mut Tx,
    token: &str,
    email: &str,
    name: &str,
    new_password: &str,
) -> Result<(), SetUpError> {
    if !is_open(app, tx, token).await? {
        return Err(SetUpError::NotOpen);
    }
    password::check(new_password, &[name, email, "doorstep"]).map_err(SetUpError::Weak)?;
    let now = app.clock.now();
    let link = store::find_link(tx, &sha256(token), now).await?.ok_or(SetUpError::NotOpen)?;
    if !store::spend_link(tx, link.one_time_link_id, now).await? {
        return Err(SetUpError::NotOpen);
    }
    let hash = password::hash(&app.random, new_password.to_owned()).await.ok_or(SetUpError::NotOpen)?;
    let id = store::insert(tx, email, name, Role::Administrator, Some(&hash), false, now).await?;
    audit::record(tx, now, &Actor::system(), "set the portal up", &format!("account {id}"), "").await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::testing::app_on;

    db_test!(v35_set_up_needs_the_printed_token_and_closes_for_good, db => {
        let app = app_on(db);
        let link = first_link(&app).await.unwrap().unwrap();
        let token = link.rsplit('=').next().unwrap();
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(set_up(&app, &mut tx, "guess", "a@example.org", "Ada", "maple lantern otters").await, Err(SetUpError::NotOpen)));
        assert!(matches!(set_up(&app, &mut tx, token, "a@example.org", "Ada", "tiny").await, Err(SetUpError::Weak(_))));
        set_up(&app, &mut tx, token, "a@example.org", "Ada", "maple lantern otters").await.unwrap();
        assert!(matches!(set_up(&app, &mut tx, token, "b@example.org", "Bob", "maple lantern otters").await, Err(SetUpError::NotOpen)));
        tx.commit().await.unwrap();
        assert_eq!(first_link(&app).await.unwrap(), None);
    });
}
