//! A look into the database past the program: what is really stored.

use std::str::FromStr as _;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{PgPool, SqlitePool};

use super::place::Engine;
use super::{Outcome, ensure};

/// An open database, whichever it is.
pub enum Checker {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

macro_rules! on {
    ($checker:expr, $pool:ident => $body:expr) => {
        match $checker {
            Checker::Sqlite($pool) => $body,
            Checker::Postgres($pool) => $body,
        }
    };
}

impl Checker {
    /// Opens the database at a URL.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(engine: Engine, url: &str) -> Outcome<Self> {
        Ok(match engine {
            Engine::Sqlite => {
                let options = SqliteConnectOptions::from_str(url)?.busy_timeout(Duration::from_secs(20));
                Self::Sqlite(SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
            }
            Engine::Postgres => Self::Postgres(PgPoolOptions::new().max_connections(2).connect(url).await?),
        })
    }

    /// The first column of every row, as text.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn texts(&self, sql: &str) -> Outcome<Vec<String>> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        Ok(on!(self, pool => sqlx::query_scalar(sql).fetch_all(pool).await?))
    }

    /// The one number that a query gives.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn number(&self, sql: &str) -> Outcome<i64> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        Ok(on!(self, pool => sqlx::query_scalar(sql).fetch_one(pool).await?))
    }

    /// The first text that a query gives, with one instant as its parameter.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn text_at(&self, sql: &str, at: DateTime<Utc>) -> Outcome<Option<String>> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        Ok(on!(self, pool => sqlx::query_scalar(sql).bind(at).fetch_optional(pool).await?))
    }

    /// Changes rows behind the program's back. Returns how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn change(&self, sql: &str) -> Outcome<u64> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        Ok(on!(self, pool => sqlx::query(sql).execute(pool).await?.rows_affected()))
    }

    /// Changes rows behind the program's back, with one instant as the parameter.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn change_at(&self, sql: &str, at: DateTime<Utc>) -> Outcome<u64> {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        Ok(on!(self, pool => sqlx::query(sql).bind(at).execute(pool).await?.rows_affected()))
    }

    /// Fails unless the database is whole: on SQLite every page and index is read through.
    ///
    /// # Errors
    /// What is broken.
    pub async fn integrity(&self) -> Outcome<()> {
        let Self::Sqlite(pool) = self else { return Ok(()) };
        let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(pool).await?;
        ensure(found == ["ok"], || format!("integrity_check says: {}", found.join("; ")))?;
        let strays: Vec<String> =
            sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(pool).await?;
        ensure(strays.is_empty(), || format!("rows without the row they belong to, in {}", strays.join(", ")))
    }

    /// Closes it, so that nothing of the lab keeps files open.
    pub async fn close(self) {
        on!(self, pool => pool.close().await);
    }
}
