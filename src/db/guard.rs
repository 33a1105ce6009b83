//! Opening a database safely: the version that does not corrupt, durable commits, one process to a SQLite file.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{Db, Error, Pools};

/// The oldest SQLite that does not corrupt a database when two connections write and checkpoint at once.
/// Source: sqlite.org/wal.html, "The WAL-reset bug", fixed in 3.51.3.
pub const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Why a database was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither `sqlite:` nor `postgres:`.
    #[error("DOORSTEP_DATABASE_URL must begin with sqlite: or postgres:")]
    UnknownEngine,
    /// SQLite below the safe version.
    #[error("SQLite {0} can lose data; 3.51.3 or newer is needed")]
    OldSqlite(String),
    /// PostgreSQL would acknowledge a commit before it is on disk.
    #[error("PostgreSQL has synchronous_commit off: an acknowledged answer could be lost. Set it to on")]
    AsynchronousCommit,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
    /// The address could not be understood or reached.
    #[error("the database cannot be opened: {0}")]
    Driver(#[from] sqlx::Error),
}

/// Opens the database named by its URL, with the settings that durability needs.
///
/// # Errors
/// When the URL is unknown, the engine unsafe, or the database out of reach.
pub async fn open(url: &str) -> Result<Db, OpenError> {
    if url.starts_with("sqlite:") {
        open_sqlite(url).await
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        open_postgres(url).await
    } else {
        Err(OpenError::UnknownEngine)
    }
}

async fn open_sqlite(url: &str) -> Result<Db, OpenError> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .pragma("mmap_size", "0")
        // Rows are handed from SQLite's thread to ours many at a time: a file of answers is made of millions.
        .row_buffer_size(512)
        // What waits while answers are mixed is never written to a file of its own.
        .pragma("temp_store", "MEMORY")
        .pragma("journal_size_limit", "67108864");
    if !url.contains(":memory:") {
        make_private_file(options.get_filename())?;
    }
    let writer = pool(1).connect_with(options.clone()).await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&writer).await?;
    if parse_version(&version) < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite(version));
    }
    let readers = pool(8).connect_with(options.read_only(true).create_if_missing(false)).await?;
    Ok(Db::new(Pools::Sqlite { writer, readers }))
}

/// Connections to SQLite's file. One that the driver believes within a transaction is closed and another opened: where the
/// disk is full or refuses, SQLite has taken the transaction back by itself, the driver's own `ROLLBACK` fails, and no
/// transaction could ever begin on that connection again. Source: sqlite.org/lang_transaction.html, section 2.3.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(20))
        .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
}

/// Makes an empty file that other accounts on the machine cannot read; SQLite gives its log the same rights. One that is there already is left as it is.
fn make_private_file(path: &Path) -> Result<(), sqlx::Error> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(sqlx::Error::Io(error)),
        _ => Ok(()),
    }
}

async fn open_postgres(url: &str) -> Result<Db, OpenError> {
    let options = PgConnectOptions::from_str(url)?.options([
        ("statement_timeout", "20s"),
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("timezone", "UTC"),
    ]);
    let pool =
        PgPoolOptions::new().max_connections(16).acquire_timeout(Duration::from_secs(20)).connect_with(options).await?;
    let synchronous: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&pool).await?;
    if synchronous == "off" {
        return Err(OpenError::AsynchronousCommit);
    }
    Ok(Db::new(Pools::Postgres(pool)))
}

/// "3.51.3" as numbers that compare; missing parts are 0.
fn parse_version(text: &str) -> (u32, u32, u32) {
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

/// A setting of the open database as `doctor` reports it: what was found and whether it is what durability needs.
pub struct Finding {
    /// The setting's name.
    pub name: &'static str,
    /// What the database says.
    pub found: String,
    /// Whether that is right.
    pub right: bool,
}

/// Reads back the settings that durability needs from the open connections.
///
/// # Errors
/// `Driver` when the database cannot be reached.
pub async fn inspect(db: &Db) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    match db.pools() {
        Pools::Sqlite { writer, .. } => {
            let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(writer).await?;
            findings.push(Finding {
                name: "sqlite_version",
                right: parse_version(&version) >= OLDEST_SQLITE,
                found: version,
            });
            let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(writer).await?;
            findings.push(Finding { name: "journal_mode", right: journal == "wal", found: journal });
            for (name, sql, wanted) in [
                ("synchronous", "PRAGMA synchronous", 2_i64),
                ("foreign_keys", "PRAGMA foreign_keys", 1),
                ("busy_timeout", "PRAGMA busy_timeout", 5000),
                ("secure_delete", "PRAGMA secure_delete", 1),
                ("mmap_size", "PRAGMA mmap_size", 0),
            ] {
                let found: Option<i64> = sqlx::query_scalar(sql).fetch_optional(writer).await?;
                let found = found.unwrap_or(0);
                findings.push(Finding { name, right: found == wanted, found: found.to_string() });
            }
            let integrity: String = sqlx::query_scalar("PRAGMA quick_check").fetch_one(writer).await?;
            findings.push(Finding { name: "quick_check", right: integrity == "ok", found: integrity });
        }
        Pools::Postgres(pool) => {
            for (name, sql) in [
                ("fsync", "SHOW fsync"),
                ("full_page_writes", "SHOW full_page_writes"),
                ("synchronous_commit", "SHOW synchronous_commit"),
            ] {
                let found: String = sqlx::query_scalar(sql).fetch_one(pool).await?;
                findings.push(Finding { name, right: found != "off", found });
            }
        }
    }
    Ok(findings)
}

/// How far the database server's clock is ahead of an instant of ours; none for SQLite, which has no clock of its own.
///
/// # Errors
/// `Driver` when the database cannot be reached.
pub async fn clock_ahead(db: &Db, now: DateTime<Utc>) -> Result<Option<TimeDelta>, Error> {
    let Pools::Postgres(pool) = db.pools() else { return Ok(None) };
    let theirs: DateTime<Utc> = sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(pool).await?;
    Ok(Some(theirs - now))
}

/// Writes a copy of an SQLite database, consistent even while others write.
///
/// # Errors
/// `Driver` when the copy cannot be written; `WrongRowCount` on PostgreSQL, which has `pg_dump`.
pub async fn vacuum_into(db: &Db, target: &str) -> Result<(), Error> {
    match db.pools() {
        Pools::Sqlite { readers, .. } => {
            sqlx::query("VACUUM INTO $1").bind(target).execute(readers).await?;
            Ok(())
        }
        Pools::Postgres(_) => Err(Error::WrongRowCount { expected: 1, actual: 0 }),
    }
}

/// Forces erased bytes out of SQLite's write-ahead log; nothing to do on PostgreSQL.
///
/// # Errors
/// `Driver` when the database cannot be reached.
pub async fn flush_erasure(db: &Db) -> Result<(), Error> {
    let Pools::Sqlite { writer, .. } = db.pools() else { return Ok(()) };
    // Whoever reads an older state holds the log; they are waited for, a second time if need be.
    for _ in 0..2 {
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
        if busy == 0 {
            return Ok(());
        }
    }
    tracing::warn!("a long reading kept the database's log from being emptied; it is tried again at the next erasure");
    Ok(())
}

/// How often, and how long after one another, is asked whether those who began before are done.
const TURNS: u32 = 100;
const TURN: Duration = Duration::from_millis(50);

/// Gives the space of rows that are gone back to the machine, on PostgreSQL, by the statement; nothing to do on SQLite.
/// Rows that went while another transaction was under way are kept for it, so that those are waited for, five seconds.
/// Source: postgresql.org/docs, "Routine Vacuuming", section 24.1.2.
///
/// # Errors
/// `Driver` when the database refuses.
#[expect(clippy::disallowed_methods, reason = "these statements run outside any transaction")]
pub async fn vacuum(db: &Db, statement: &'static str) -> Result<(), Error> {
    const NEXT: &str = "SELECT CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT)";
    const OVER: &str = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= CAST(CAST($1 AS TEXT) AS xid8)";
    let Pools::Postgres(pool) = db.pools() else { return Ok(()) };
    let next: String = sqlx::query_scalar(NEXT).fetch_one(pool).await?;
    for _ in 0..TURNS {
        if sqlx::query_scalar(OVER).bind(&next).fetch_one(pool).await? {
            break;
        }
        tokio::time::sleep(TURN).await;
    }
    sqlx::raw_sql(statement).execute(pool).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, on};

    #[test]
    fn r24_a_sqlite_that_can_lose_data_is_known_by_its_version() {
        for old in ["3.51.2", "3.9.0", "3.51", "2.99.99", "nonsense"] {
            assert!(parse_version(old) < OLDEST_SQLITE, "{old}");
        }
        for safe in ["3.51.3", "3.52", "4.0.0"] {
            assert!(parse_version(safe) >= OLDEST_SQLITE, "{safe}");
        }
    }

    db_test!(a_transaction_that_sqlite_took_back_by_itself_leaves_no_connection_unusable, db => {
        if db.is_sqlite() {
            const FULL: &str = "INSERT INTO heap (bytes) VALUES (zeroblob(40000000))";
            let mut tx = db.write().await.unwrap();
            on!(tx, c => sqlx::query("CREATE TABLE heap (bytes BLOB NOT NULL)").execute(c).await.map(|_| ())).unwrap();
            tx.commit().await.unwrap();
            let mut tx = db.write().await.unwrap();
            on!(tx, c => sqlx::query("PRAGMA max_page_count = 1").execute(c).await.map(|_| ())).unwrap();
            let full = on!(tx, c => sqlx::query(FULL).execute(c).await.map(|_| ()));
            assert!(full.unwrap_err().to_string().contains("full"));
            drop(tx);
            let mut tx = db.write().await.unwrap();
            on!(tx, c => sqlx::query(FULL).execute(c).await.map(|_| ())).unwrap();
            tx.commit().await.unwrap();
        }
    });

    db_test!(what_goes_while_others_write_is_gone_once_they_are_done, db => {
        if !db.is_sqlite() {
            let mut tx = db.write().await.unwrap();
            for sql in ["CREATE TABLE heap (words TEXT)", "CREATE TABLE beside (words TEXT)", "INSERT INTO heap VALUES ('Pat')"] {
                on!(tx, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
            }
            tx.commit().await.unwrap();
            let mut other = db.write().await.unwrap();
            on!(other, c => sqlx::query("INSERT INTO beside VALUES ('Sam')").execute(c).await.map(|_| ())).unwrap();
            let mut tx = db.write().await.unwrap();
            on!(tx, c => sqlx::query("DELETE FROM heap").execute(c).await.map(|_| ())).unwrap();
            tx.commit().await.unwrap();
            let later = async {
                tokio::time::sleep(TURN * 3).await;
                other.commit().await.unwrap();
            };
            let (done, ()) = tokio::join!(vacuum(&db, "VACUUM (FULL) heap"), later);
            done.unwrap();
            let mut tx = db.read().await.unwrap();
            let size: i64 = on!(tx, c => sqlx::query_scalar("SELECT pg_relation_size('heap')").fetch_one(c).await).unwrap();
            assert_eq!(size, 0);
        }
    });
}
