//! Waiting for a connection to PostgreSQL: long while the server is there and busy, not at all while it is away, so that
//! whoever sent something hears at once that it was not saved.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection, PgPool, Postgres, Transaction};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long somebody waits before the server is asked whether it is there.
const UNTIL_ASKED: Duration = Duration::from_millis(500);
/// How long the server may take to say so.
const TO_ANSWER: Duration = Duration::from_millis(500);
/// PostgreSQL's code for "too many connections": it is there.
const TOO_MANY: &str = "53300";
/// One at a time asks, lest a busy server be asked by everybody who waits for it.
static ASKING: Semaphore = Semaphore::const_new(1);

/// Opens a transaction as soon as a connection is free.
///
/// # Errors
/// When the pool's own time is over, or the server does not answer.
pub async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let mut opening = std::pin::pin!(pool.begin());
    loop {
        if let Ok(opened) = timeout(UNTIL_ASKED, &mut opening).await {
            return opened;
        }
        if let Ok(_alone) = ASKING.try_acquire() {
            ask(pool).await?;
        }
    }
}

/// Asks the server whether it is there.
async fn ask(pool: &PgPool) -> Result<(), sqlx::Error> {
    let options = pool.connect_options();
    match timeout(TO_ANSWER, PgConnection::connect_with(&options)).await {
        Ok(Ok(connection)) => connection.close().await,
        Ok(Err(sqlx::Error::Database(refusal))) if refusal.code().as_deref() == Some(TOO_MANY) => Ok(()),
        Ok(Err(away)) => Err(away),
        // Slow is not away: the pool's own time decides.
        Err(_) => Ok(()),
    }
}
