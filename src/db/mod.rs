//! The database: one SQL text for SQLite and PostgreSQL, transactions opened at the edge, errors a use case can read.

pub mod error;
pub mod guard;
pub mod id;
mod kept;
pub mod migrate;
mod patience;
pub mod shelf;
#[cfg(test)]
pub mod testing;
pub mod together;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

pub use error::Error;

use crate::keyring::Keyring;

/// The pools of one database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    publication: Arc<AtomicI64>,
    kept: kept::Kept,
    line: together::Line,
    shelf: shelf::Shelf,
    keyring: Keyring,
}

/// A pool of connections for each engine.
#[derive(Clone)]
pub enum Pools {
    /// One writer connection, which every write waits for, and read-only readers.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// One pool for both.
    Postgres(PgPool),
}

/// An open transaction. Dropping it without `commit` rolls it back.
pub struct Tx {
    pub(crate) engine: Engine,
    public_changed: bool,
    published: Arc<AtomicI64>,
    shelf: shelf::Shelf,
    keyring: Keyring,
    writes: bool,
    /// What it put on a shelf of its own, which goes with it.
    own: Option<shelf::Shelf>,
}

/// The transaction of whichever engine is in use; named only by `on!`.
pub enum Engine {
    /// A transaction on SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// A transaction on PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Expands one expression for the connection of either engine: `on!(tx, c => query.execute(c).await?)`.
#[macro_export]
macro_rules! on {
    ($tx:expr, $c:ident => $body:expr) => {
        match &mut $tx.engine {
            $crate::db::Engine::Sqlite(open) => {
                let $c = &mut **open;
                $body
            }
            $crate::db::Engine::Postgres(open) => {
                let $c = &mut **open;
                $body
            }
        }
    };
}

impl Db {
    pub(crate) fn new(pools: Pools) -> Self {
        Self {
            pools,
            publication: Arc::new(AtomicI64::new(0)),
            kept: kept::Kept::new(),
            line: together::Line::default(),
            shelf: shelf::Shelf::new(shelf::ROOM),
            keyring: Keyring::none(),
        }
    }

    /// The same database with the keys of what is sealed in it.
    #[must_use]
    pub fn with_keyring(self, keyring: Keyring) -> Self {
        Self { keyring, ..self }
    }

    /// The keys of what is sealed in it, which lie elsewhere.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Opens a transaction that only reads.
    ///
    /// # Errors
    /// `Driver` when the database cannot be reached.
    pub async fn read(&self) -> Result<Tx, Error> {
        let engine = match &self.pools {
            Pools::Sqlite { readers, .. } => Engine::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => Engine::Postgres(patience::begin(pool).await?),
        };
        Ok(Tx { writes: false, ..self.tx(engine) })
    }

    /// Opens a transaction that writes. On SQLite it waits for the one writer and takes the lock at once.
    ///
    /// # Errors
    /// `Driver` when the database cannot be reached.
    pub async fn write(&self) -> Result<Tx, Error> {
        Ok(self.tx(match &self.pools {
            Pools::Sqlite { writer, .. } => Engine::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Engine::Postgres(patience::begin(pool).await?),
        }))
    }

    fn tx(&self, engine: Engine) -> Tx {
        let published = Arc::clone(&self.publication);
        let keyring = self.keyring.clone();
        Tx { engine, public_changed: false, published, shelf: self.shelf.clone(), keyring, writes: true, own: None }
    }

    /// The number of the newest public change this node knows of; cached pages are good only while it stands.
    #[must_use]
    pub fn publication(&self) -> i64 {
        self.publication.load(Ordering::Acquire)
    }

    /// Reads the publication number afresh, so that this node learns of changes made by another.
    ///
    /// # Errors
    /// `Driver` when the database cannot be reached.
    pub async fn refresh_publication(&self) -> Result<(), Error> {
        let mut tx = self.read().await?;
        let number: i64 = on!(tx, c => sqlx::query_scalar("SELECT number FROM publication").fetch_one(c).await?);
        self.publication.fetch_max(number, Ordering::AcqRel);
        Ok(())
    }

    /// True on SQLite, where there is one file and one node.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.pools, Pools::Sqlite { .. })
    }

    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Closes every connection, finishing SQLite's write-ahead log.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes every change of the transaction durable.
    ///
    /// # Errors
    /// `Driver` when the database refuses or cannot be reached: nothing was kept.
    pub async fn commit(mut self) -> Result<(), Error> {
        // Last of all: every public change takes this one row, and none shall hold it while it does its own work.
        const NEXT: &str = "UPDATE publication SET number = number + 1 RETURNING number";
        let mut number: Option<i64> = None;
        if self.public_changed {
            number = Some(on!(self, c => sqlx::query_scalar(NEXT).fetch_one(c).await?));
        }
        match self.engine {
            Engine::Sqlite(open) => open.commit().await?,
            Engine::Postgres(open) => open.commit().await?,
        }
        if let Some(number) = number {
            self.published.fetch_max(number, Ordering::AcqRel);
        }
        Ok(())
    }

    /// The keys of what is sealed in the database, which lie elsewhere.
    #[must_use]
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Says that something the public can see changes with this transaction, so that cached pages are drawn anew.
    pub fn public_changed(&mut self) {
        self.public_changed = true;
    }

    /// The text for the engine in use, where one text cannot serve both. At most five uses in all.
    #[must_use]
    pub fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => sqlite,
            Engine::Postgres(_) => postgres,
        }
    }
}

/// Checks that a conditional change touched exactly one row.
///
/// # Errors
/// `WrongRowCount` when it touched another number.
pub fn one_row(affected: u64) -> Result<(), Error> {
    if affected == 1 { Ok(()) } else { Err(Error::WrongRowCount { expected: 1, actual: affected }) }
}
