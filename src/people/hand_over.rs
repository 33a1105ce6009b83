//! Changing what a person is called and may do, closing an account and opening it again.

use super::{Account, Role, store};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};

/// Why an account was not changed.
#[derive(Debug, PartialEq, Eq)]
pub enum ChangeError {
    /// It is the last administrator's: nobody could undo it.
    LastAdministrator,
    /// The database refused.
    Internal(String),
}

impl From<db::Error> for ChangeError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

/// Changes a person's name and role and ends their sessions, so that the change takes effect at once.
///
/// # Errors
/// When it would leave no administrator.
pub async fn change(
    app: &App,
    tx: &mut Tx,
    by: &Actor,
    account: &Account,
    name: &str,
    role: Role,
) -> Result<(), ChangeError> {
    if account.role == Role::Administrator && role != Role::Administrator {
        keep_one_administrator(tx, account).await?;
    }
    store::set_name_and_role(tx, account.id, name, role).await?;
    if role != account.role {
        store::delete_sessions(tx, account.id).await?;
    }
    let detail = format!("from {} to {}", account.role.label(), role.label());
    audit::record(tx, app.clock.now(), by, "changed an account", &format!("account {}", account.id), &detail).await?;
    Ok(())
}

/// Gives a person the name by which they want to be called.
///
/// # Errors
/// When the database refuses.
pub async fn rename(app: &App, tx: &mut Tx, by: &Actor, account: &Account, name: &str) -> Result<(), db::Error> {
    store::set_name(tx, account.id, name).await?;
    audit::record(tx, app.clock.now(), by, "changed a name", &format!("account {}", account.id), "").await
}

/// Closes an account: it cannot sign in, and its sessions end now.
///
/// # Errors
/// When it would leave no administrator.
pub async fn deactivate(app: &App, tx: &mut Tx, by: &Actor, account: &Account) -> Result<(), ChangeError> {
    if account.role == Role::Administrator {
        keep_one_administrator(tx, account).await?;
    }
    store::set_deactivated(tx, account.id, Some(app.clock.now())).await?;
    store::delete_sessions(tx, account.id).await?;
    store::spend_all_links(tx, account.id, app.clock.now()).await?;
    audit::record(tx, app.clock.now(), by, "closed an account", &format!("account {}", account.id), "").await?;
    Ok(())
}

/// Opens a closed account again.
///
/// # Errors
/// When the database refuses.
pub async fn reactivate(app: &App, tx: &mut Tx, by: &Actor, account: &Account) -> Result<(), ChangeError> {
    store::set_deactivated(tx, account.id, None).await?;
    audit::record(tx, app.clock.now(), by, "opened an account again", &format!("account {}", account.id), "").await?;
    Ok(())
}

async fn keep_one_administrator(tx: &mut Tx, account: &Account) -> Result<(), ChangeError> {
    let others = store::count_active_administrators(tx).await? - i64::from(account.deactivated_at.is_none());
    if others < 1 { Err(ChangeError::LastAdministrator) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::testing::app_on;

    db_test!(the_last_administrator_cannot_be_closed_or_demoted, db => {
        let app = app_on(db);
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        let ada = store::insert(&mut tx, "ada@example.org", "Ada", Role::Administrator, None, false, now).await.unwrap();
        let ada = store::find(&mut tx, ada).await.unwrap().unwrap();
        assert_eq!(deactivate(&app, &mut tx, &ada.actor(), &ada).await, Err(ChangeError::LastAdministrator));
        assert_eq!(change(&app, &mut tx, &ada.actor(), &ada, "Ada", Role::Auditor).await, Err(ChangeError::LastAdministrator));
        store::insert(&mut tx, "bob@example.org", "Bob", Role::Administrator, None, false, now).await.unwrap();
        deactivate(&app, &mut tx, &ada.actor(), &ada).await.unwrap();
        let closed = store::find(&mut tx, ada.id).await.unwrap().unwrap();
        assert!(closed.deactivated_at.is_some());
        reactivate(&app, &mut tx, &ada.actor(), &closed).await.unwrap();
        assert_eq!(store::list(&mut tx).await.unwrap().len(), 2);
    });
}
