//! Erasing who an account belongs to. The account stays as a number, so that what was done by it stays told; it has no
//! name and no address, and nobody can sign in to it.

use super::{Account, Role, store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::random::sha256;

/// What an erased account is called.
pub const NAME: &str = "Erased person";

/// Why an account was not erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is the account of whoever asks.
    OwnAccount,
    /// It belongs to staff or to a mystery shopper, for whom an administrator must do it.
    NeedsAdministrator,
    /// It is the last administrator's.
    LastAdministrator,
}

impl Kept {
    /// What to tell the person.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::OwnAccount => "This is the address of your own account, which somebody else must erase",
            Self::NeedsAdministrator => {
                "This is the address of an account of staff or of a mystery shopper, which an administrator must erase"
            }
            Self::LastAdministrator => "This is the address of the last administrator: make another one first",
        }
    }
}

/// Whether `by` may erase the account of an address, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn may_erase(tx: &mut Tx, by: &Account, email: &str) -> Result<Result<Option<Account>, Kept>, db::Error> {
    let Some((account, _)) = store::find_by_email(tx, email).await? else { return Ok(Ok(None)) };
    if account.id == by.id {
        return Ok(Err(Kept::OwnAccount));
    }
    if account.role != Role::Resident && by.role != Role::Administrator {
        return Ok(Err(Kept::NeedsAdministrator));
    }
    let is_active = account.role == Role::Administrator && account.deactivated_at.is_none();
    if is_active && store::count_active_administrators(tx).await? < 2 {
        return Ok(Err(Kept::LastAdministrator));
    }
    Ok(Ok(Some(account)))
}

/// Erases an account and whatever else of people is kept under its address: sessions, links, counters of wrong sign-ins
/// and links that were asked for.
///
/// # Errors
/// When the database refuses.
pub async fn erase(app: &App, tx: &mut Tx, account: Option<&Account>, email: &str) -> Result<(), db::Error> {
    if let Some(account) = account {
        store::erase(tx, account.id, NAME, app.clock.now()).await?;
    }
    let digest = sha256(email);
    for counter in [format!("email:{digest}"), format!("link:{digest}")] {
        store::forget_failures(tx, &counter).await?;
    }
    Ok(())
}
