//! Signing in: the same work and the same words for a wrong address and a wrong password, and a limit on tries that all nodes share.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use super::{Account, password, store};
use crate::app::App;
use crate::audit;
use crate::db;
use crate::jobs::JobError;
use crate::random::sha256;

/// Wrong tries for one e-mail address, known or not, within the window.
const TRIES_PER_ADDRESS: i64 = 10;
/// Wrong tries from one network address within the window: a library has many people.
const TRIES_PER_CLIENT: i64 = 100;
/// How long wrong tries count.
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Why a person was not signed in.
#[derive(Debug)]
pub enum SignInError {
    /// Address or password is wrong, or the account is closed.
    Wrong,
    /// Too many wrong tries.
    Wait,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for SignInError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Checks address and password and opens a session. Returns the account and the new session's token.
///
/// # Errors
/// When they do not fit, or there were too many wrong tries.
pub async fn sign_in(
    app: &App,
    email: &str,
    given: String,
    client: &str,
    device: &str,
) -> Result<(Account, String), SignInError> {
    let now = app.clock.now();
    let counters = [
        (format!("email:{}", sha256(&email.trim().to_lowercase())), TRIES_PER_ADDRESS),
        (format!("client:{client}"), TRIES_PER_CLIENT),
    ];
    let mut tx = app.db.read().await?;
    for (counter, most) in &counters {
        if store::count_failures(&mut tx, counter, now - WINDOW).await? >= *most {
            return Err(SignInError::Wait);
        }
    }
    let found = store::find_by_email(&mut tx, email).await?;
    drop(tx);
    let usable = found.filter(|(account, _)| {
        account.deactivated_at.is_none() && (!account.is_example || app.config.is_loopback_only())
    });
    let (account, hash) = usable.map_or((None, None), |(account, hash)| (Some(account), hash));
    let right = password::matches(given, hash).await;
    let mut tx = app.db.write().await?;
    let (Some(account), true) = (account, right) else {
        for (counter, _) in &counters {
            store::insert_failure(&mut tx, counter, now).await?;
        }
        tx.commit().await?;
        return Err(SignInError::Wrong);
    };
    if let Some((counter, _)) = counters.first() {
        store::forget_failures(&mut tx, counter).await?;
    }
    let token = app.random.token();
    store::insert_session(&mut tx, account.id, &sha256(&token), device, now).await?;
    audit::record(&mut tx, now, &account.actor(), "signed in", &format!("account {}", account.id), "").await?;
    tx.commit().await?;
    Ok((account, token))
}

/// Forgets wrong tries that no longer count.
pub fn forget_old_failures(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let mut tx = app.db.write().await?;
        store::forget_failures_before(&mut tx, app.clock.now() - TimeDelta::days(1)).await?;
        tx.commit().await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::config::Config;
    use crate::db_test;
    use crate::people::invite::NewPerson;
    use crate::people::{Role, example, invite, reset};
    use crate::testing::app_on;

    db_test!(v37_wrong_tries_are_limited_and_say_the_same_for_known_and_unknown, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let kim = NewPerson { email: "kim@example.org", name: "Kim", role: Role::Manager };
        let link = invite::invite(&app, &mut tx, &Actor::system(), kim).await.unwrap();
        reset::use_link(&app, &mut tx, link.rsplit('/').next().unwrap(), "maple lantern otters", "").await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(sign_in(&app, "kim@example.org", "wrong".into(), "c", "").await, Err(SignInError::Wrong)));
        assert!(matches!(sign_in(&app, "nobody@example.org", "wrong".into(), "c", "").await, Err(SignInError::Wrong)));
        let (account, token) = sign_in(&app, "KIM@example.org ", "maple lantern otters".into(), "c", "a phone").await.unwrap();
        assert_eq!(token.len(), 64);
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(store::find_session(&mut tx, &sha256(&token)).await.unwrap().unwrap().account_id, account.id);
        drop(tx);
        for email in ["kim@example.org", "nobody@example.org"] {
            for _ in 0..TRIES_PER_ADDRESS {
                let _ = sign_in(&app, email, "wrong".into(), "c", "").await;
            }
            assert!(matches!(sign_in(&app, email, "maple lantern otters".into(), "c", "").await, Err(SignInError::Wait)));
        }
        app.clock.advance(TimeDelta::minutes(16));
        assert!(sign_in(&app, "kim@example.org", "maple lantern otters".into(), "c", "").await.is_ok());
    });

    db_test!(the_known_password_of_an_example_account_opens_nothing_behind_a_proxy, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let hash = password::hash(&app.random, example::PASSWORD.to_owned()).await.unwrap();
        store::insert(&mut tx, "kim@example.org", "Kim", Role::Manager, Some(&hash), true, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(sign_in(&app, "kim@example.org", example::PASSWORD.into(), "c", "").await.is_ok());
        let config = Config { base_url: "https://homes.example".into(), ..app.config.clone() };
        let open = App::new(config, app.db.clone(), app.clock.clone(), app.random.clone(), app.mailer.clone());
        let refused = sign_in(&open, "kim@example.org", example::PASSWORD.into(), "c", "").await;
        assert!(matches!(refused, Err(SignInError::Wrong)));
    });
}
