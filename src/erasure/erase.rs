//! What is kept under an e-mail address, and erasing all of it at once.

use crate::app::App;
use crate::audit;
use crate::db::{self, Tx, guard};
use crate::people::Account;
use crate::people::erase::Kept;
use crate::settings::Landlord;
use crate::{focus_groups, jobs, mail, people, residents, standards, surveys};

/// Gives the space of erased rows back to the machine, on PostgreSQL.
const VACUUM: &str = "VACUUM (FULL) accounts, sessions, one_time_links, sign_in_failures, jobs, letters, comments, places, \
    support_needs, survey_invitations, households";

/// How much is kept under an address: what it is, and how many.
pub type Found = Vec<(&'static str, usize)>;

/// Why nothing was erased.
#[derive(Debug)]
pub enum Refused {
    /// The account may not be erased by this person.
    Account(Kept),
    /// Nothing is kept under the address.
    Nothing,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// What is kept under an address in each context, nothing left out that is there.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, email: &str) -> Result<Found, db::Error> {
    let account = people::store::find_by_email(tx, email).await?.is_some();
    let many = |count: i64| usize::try_from(count).unwrap_or(0);
    let all = [
        ("Account", usize::from(account)),
        ("Sign-ups for focus groups", many(focus_groups::erase::count_of_email(tx, email).await?)),
        ("Comments on standards", many(standards::erase::count_of_email(tx, email).await?)),
        ("Homes on the list", residents::forget::count_of_email(tx, email).await?),
        ("Personal links to surveys", many(surveys::erase::count_links(tx, email).await?)),
        ("Letters that were sent or wait", mail::store::list_with(tx, email).await?.len()),
        ("Requests for a new password", many(jobs::store::count_of(tx, email).await?)),
    ];
    Ok(all.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// Erases everything that is kept under an address and notes that it was done, without the address. Gives the letters that
/// are gone, for `finish`.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn erase(
    app: &App,
    tx: &mut Tx,
    landlord: &Landlord,
    by: &Account,
    email: &str,
) -> Result<Vec<i64>, Refused> {
    let found = find(tx, email).await?;
    if found.is_empty() {
        return Err(Refused::Nothing);
    }
    let account = people::erase::may_erase(tx, by, email).await?.map_err(Refused::Account)?;
    // Those that go with a place or a comment are among them, so that none is left in a file.
    let mut letters = mail::store::list_with(tx, email).await?;
    // Places first: whoever gives one up gets a letter, which goes with the others.
    focus_groups::erase::erase_of_email(app, landlord, tx, email).await?;
    standards::erase::erase_of_email(app, tx, email).await?;
    residents::forget::erase_of_email(tx, email, app.clock.now()).await?;
    // A second time, since a mixing at the same moment may have written a link anew.
    for _ in 0..2 {
        surveys::erase::erase_links(tx, email).await?;
    }
    people::erase::erase(app, tx, account.as_ref(), email).await?;
    jobs::store::forget(tx, email).await?;
    letters.append(&mut mail::store::erase_with(tx, email).await?);
    let said: Vec<String> = found.iter().map(|(what, count)| format!("{what}: {count}")).collect();
    audit::record(tx, app.clock.now(), &by.actor(), "erased a person", "person", &said.join(", ")).await?;
    Ok(letters)
}

/// Pushes what was erased out of the database's files, and takes letters away that were written to files. After the commit.
///
/// # Errors
/// When the database cannot be reached.
pub async fn finish(app: &App, letters: &[i64]) -> Result<(), db::Error> {
    app.mailer.forget(letters).await;
    guard::flush_erasure(&app.db).await?;
    guard::vacuum(&app.db, VACUUM).await
}
