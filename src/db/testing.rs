//! A database for each test: SQLite always, PostgreSQL too when `TEST_POSTGRES_URL` names a server.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{Db, guard, migrate};
use crate::keyring::Keyring;
use crate::random::Random;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Which engine a test body runs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A file in a temporary folder of its own.
    Sqlite,
    /// A database of its own on the test server.
    Postgres,
}

/// An empty, migrated database of the kind, or none when there is no PostgreSQL to test on.
pub async fn empty(kind: Kind) -> Option<Db> {
    let name = format!("doorstep_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let url = match kind {
        Kind::Sqlite => {
            let path = std::env::temp_dir().join(format!("{name}.db"));
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
            }
            format!("sqlite:{}", path.display())
        }
        Kind::Postgres => {
            #[expect(
                clippy::disallowed_methods,
                reason = "the address of the test server is not a setting of the product"
            )]
            let server = std::env::var("TEST_POSTGRES_URL").ok()?;
            let pool = sqlx::PgPool::connect(&server).await.unwrap();
            // A database name cannot be a parameter.
            let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
            sqlx::query(create).execute(&pool).await.unwrap();
            pool.close().await;
            let (base, _) = server.rsplit_once('/').unwrap();
            let query = server.split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default();
            format!("{base}/{name}{query}")
        }
    };
    let db = guard::open(&url).await.unwrap().with_keyring(Keyring::in_memory(Random::system()));
    migrate::run(&db).await.unwrap();
    Some(db)
}

/// Makes two tests of one body: `db_test!(a_name, db => { … })` gives `a_name::sqlite` and `a_name::postgres`.
#[macro_export]
macro_rules! db_test {
    ($name:ident, $db:ident => $body:block) => {
        mod $name {
            use super::*;
            async fn body($db: $crate::db::Db) $body
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(db) = $crate::db::testing::empty($crate::db::testing::Kind::Sqlite).await {
                    body(db).await;
                }
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(db) = $crate::db::testing::empty($crate::db::testing::Kind::Postgres).await {
                    body(db).await;
                }
            }
        }
    };
}
