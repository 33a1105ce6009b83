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
#[path = "sign_in_tests.rs"]
mod tests;
