//! The SQL of people.

use chrono::{DateTime, Utc};

use super::account::Session;
use super::{Account, Role};
use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::AccountId;

#[derive(sqlx::FromRow)]
struct Row {
    account_id: AccountId,
    email: String,
    name: String,
    role: String,
    is_example: bool,
    created_at: DateTime<Utc>,
    deactivated_at: Option<DateTime<Utc>>,
    password_hash: Option<String>,
}

impl Row {
    fn read(self) -> Result<(Account, Option<String>), db::Error> {
        let role = self.role.parse().map_err(|()| db::Error::Corrupt { table: "accounts", column: "role" })?;
        let account = Account {
            id: self.account_id,
            email: self.email,
            name: self.name,
            role,
            is_example: self.is_example,
            created_at: self.created_at,
            deactivated_at: self.deactivated_at,
            has_password: self.password_hash.is_some(),
        };
        Ok((account, self.password_hash))
    }
}

fn one(row: Option<Row>) -> Result<Option<Account>, db::Error> {
    row.map(Row::read).transpose().map(|found| found.map(|(account, _)| account))
}

/// An account by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, db::Error> {
    one(on!(tx, c => sqlx::query_as("SELECT * FROM accounts WHERE account_id = $1").bind(id).fetch_optional(c).await?))
}

/// An account and its password's hash by e-mail address, in any case.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<(Account, Option<String>)>, db::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("SELECT * FROM accounts WHERE email = $1").bind(email.trim().to_lowercase()).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// Every account, by name.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Account>, db::Error> {
    let rows: Vec<Row> =
        on!(tx, c => sqlx::query_as("SELECT * FROM accounts ORDER BY LOWER(name), account_id").fetch_all(c).await?);
    rows.into_iter().map(|row| row.read().map(|(account, _)| account)).collect()
}

/// How many accounts there are; none means that nobody has set the program up.
///
/// # Errors
/// When the database refuses.
pub async fn count(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM accounts").fetch_one(c).await?))
}

const INSERT: &str = "INSERT INTO accounts (email, name, role, password_hash, is_example, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING account_id";

/// Adds an account; `Conflict("accounts_email_key")` when the address is taken.
///
/// # Errors
/// When the address is taken or the database refuses.
pub async fn insert(
    tx: &mut Tx,
    email: &str,
    name: &str,
    role: Role,
    password_hash: Option<&str>,
    is_example: bool,
    at: DateTime<Utc>,
) -> Result<AccountId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(email.trim().to_lowercase()).bind(name).bind(role.code()).bind(password_hash).bind(is_example).bind(at).fetch_one(c).await?),
    )
}

pub(super) async fn set_password(tx: &mut Tx, id: AccountId, hash: &str) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE accounts SET password_hash = $2 WHERE account_id = $1").bind(id).bind(hash).execute(c).await?.rows_affected()),
    )
}

pub(super) async fn set_name(tx: &mut Tx, id: AccountId, name: &str) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE accounts SET name = $2 WHERE account_id = $1").bind(id).bind(name).execute(c).await?.rows_affected()),
    )
}

pub(super) async fn set_name_and_role(tx: &mut Tx, id: AccountId, name: &str, role: Role) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE accounts SET name = $2, role = $3 WHERE account_id = $1").bind(id).bind(name).bind(role.code()).execute(c).await?.rows_affected()),
    )
}

pub(super) async fn set_deactivated(tx: &mut Tx, id: AccountId, at: Option<DateTime<Utc>>) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE accounts SET deactivated_at = $2 WHERE account_id = $1").bind(id).bind(at).execute(c).await?.rows_affected()),
    )
}

/// Empties who an account belongs to, closes it, and removes what leads to it.
pub(super) async fn erase(tx: &mut Tx, id: AccountId, name: &str, at: DateTime<Utc>) -> Result<(), db::Error> {
    const ERASE: &str = "UPDATE accounts SET email = $2, name = $3, password_hash = NULL, \
        deactivated_at = COALESCE(deactivated_at, $4) WHERE account_id = $1";
    let address = format!("erased-{id}@erased.invalid");
    db::one_row(
        on!(tx, c => sqlx::query(ERASE).bind(id).bind(address).bind(name).bind(at).execute(c).await?.rows_affected()),
    )?;
    delete_sessions(tx, id).await?;
    on!(tx, c => sqlx::query("DELETE FROM one_time_links WHERE account_id = $1").bind(id).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn count_active_administrators(tx: &mut Tx) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM accounts WHERE role = 'administrator' AND deactivated_at IS NULL").fetch_one(c).await?),
    )
}

const INSERT_SESSION: &str =
    "INSERT INTO sessions (account_id, token_hash, device, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)";

/// Opens a session for a token's hash.
///
/// # Errors
/// When the database refuses.
pub async fn insert_session(
    tx: &mut Tx,
    id: AccountId,
    token_hash: &str,
    device: &str,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT_SESSION).bind(id).bind(token_hash).bind(device).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The session of a token's hash.
///
/// # Errors
/// When the database refuses.
pub async fn find_session(tx: &mut Tx, token_hash: &str) -> Result<Option<Session>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT session_id, account_id, device, created_at, seen_at FROM sessions WHERE token_hash = $1").bind(token_hash).fetch_optional(c).await?),
    )
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database refuses.
pub async fn touch_session(tx: &mut Tx, session_id: i64, at: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE sessions SET seen_at = $2 WHERE session_id = $1").bind(session_id).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// A person's sessions, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_sessions(tx: &mut Tx, id: AccountId) -> Result<Vec<Session>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT session_id, account_id, device, created_at, seen_at FROM sessions WHERE account_id = $1 ORDER BY session_id DESC").bind(id).fetch_all(c).await?),
    )
}

pub(super) async fn delete_session(tx: &mut Tx, id: AccountId, session_id: i64) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND session_id = $2").bind(id).bind(session_id).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn delete_sessions(tx: &mut Tx, id: AccountId) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM sessions WHERE account_id = $1").bind(id).execute(c).await.map(|_| ())?);
    Ok(())
}

const INSERT_LINK: &str =
    "INSERT INTO one_time_links (account_id, purpose, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";

pub(super) async fn insert_link(
    tx: &mut Tx,
    account: Option<AccountId>,
    purpose: &str,
    token_hash: &str,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT_LINK).bind(account).bind(purpose).bind(token_hash).bind(at).bind(expires_at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// A one-time link that can still be used.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Link {
    pub one_time_link_id: i64,
    pub account_id: Option<AccountId>,
    pub purpose: String,
}

const FIND_LINK: &str = "SELECT one_time_link_id, account_id, purpose FROM one_time_links WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";

pub(super) async fn find_link(tx: &mut Tx, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Link>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(FIND_LINK).bind(token_hash).bind(now).fetch_optional(c).await?))
}

/// Spends a link; false when somebody else just did.
pub(super) async fn spend_link(tx: &mut Tx, link_id: i64, at: DateTime<Utc>) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query("UPDATE one_time_links SET used_at = $2 WHERE one_time_link_id = $1 AND used_at IS NULL").bind(link_id).bind(at).execute(c).await?.rows_affected())
            == 1,
    )
}

pub(super) async fn spend_all_links(tx: &mut Tx, id: AccountId, at: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE one_time_links SET used_at = $2 WHERE account_id = $1 AND used_at IS NULL").bind(id).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

const OPEN_LINKS: &str = "SELECT DISTINCT account_id FROM one_time_links WHERE account_id IS NOT NULL AND used_at IS NULL AND expires_at > $1 ORDER BY account_id";

/// The accounts that a one-time link still leads to.
pub(super) async fn list_with_open_link(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<AccountId>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(OPEN_LINKS).bind(now).fetch_all(c).await?))
}

pub(super) async fn insert_failure(tx: &mut Tx, counter: &str, at: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("INSERT INTO sign_in_failures (counter, failed_at) VALUES ($1, $2)").bind(counter).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn count_failures(tx: &mut Tx, counter: &str, since: DateTime<Utc>) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM sign_in_failures WHERE counter = $1 AND failed_at > $2").bind(counter).bind(since).fetch_one(c).await?),
    )
}

pub(super) async fn forget_failures(tx: &mut Tx, counter: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM sign_in_failures WHERE counter = $1").bind(counter).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(super) async fn forget_failures_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM sign_in_failures WHERE failed_at < $1").bind(before).execute(c).await.map(|_| ())?);
    Ok(())
}
