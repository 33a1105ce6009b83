//! Bringing a database to this program's shape; the scripts are part of the binary.

use sqlx::migrate::{MigrateError, Migrator};

use super::{Db, Pools};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Runs every script not yet run. PostgreSQL takes an advisory lock, so two nodes may start at once.
///
/// # Errors
/// When a script fails, or the database was made by a newer program.
pub async fn run(db: &Db) -> Result<(), MigrateError> {
    match db.pools() {
        Pools::Sqlite { writer, .. } => SQLITE.run(writer).await,
        Pools::Postgres(pool) => POSTGRES.run(pool).await,
    }
}

/// The number of the newest script, which `readyz` and `doctor` compare with the database.
#[must_use]
pub fn newest() -> i64 {
    SQLITE.iter().map(|script| script.version).max().unwrap_or(0)
}

/// The number of the newest script that the database has had; none before the first.
///
/// # Errors
/// When the database does not answer.
pub async fn applied(db: &Db) -> Result<Option<i64>, super::Error> {
    let mut tx = db.read().await?;
    Ok(crate::on!(tx, c => sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(c).await?))
}
