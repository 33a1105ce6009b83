//! One commit for several people. On SQLite every commit waits for the disk and every writer for the one before, so that
//! people who save at the same moment are carried in one transaction, and each is told once it is on the disk.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::sync::oneshot;

use super::{Db, Error, Tx};

/// How many are carried in one transaction at most, so that other writers do not wait long.
const MOST: usize = 64;

/// One statement, and whether it changed what it should.
pub type Work = Box<dyn for<'a> FnOnce(&'a mut Tx) -> BoxFuture<'a, Result<bool, Error>> + Send>;

struct Waiting {
    work: Work,
    told: oneshot::Sender<Result<bool, Error>>,
}

/// Who waits to be carried, and whether somebody carries.
#[derive(Clone, Default)]
pub(super) struct Line(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    is_served: bool,
}

impl Line {
    /// Puts somebody in the line. True when nobody serves it, which is then for the caller to see to.
    fn join(&self, waiting: Waiting) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.push_back(waiting);
        !std::mem::replace(&mut state.is_served, true)
    }

    /// The next to be carried; when nobody waits the serving ends.
    fn next(&self) -> Vec<Waiting> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let most = state.waiting.len().min(MOST);
        state.is_served = most > 0;
        state.waiting.drain(..most).collect()
    }
}

impl Db {
    /// Runs one single statement, in one commit with whatever others run at the same moment. What it says is told after the
    /// commit: whatever this returns is on the disk. A statement that fails takes back nothing but itself, so work of two
    /// statements never comes here.
    ///
    /// # Errors
    /// What the statement says; `Driver` when the commit failed: nothing was kept.
    pub async fn write_together(&self, work: Work) -> Result<bool, Error> {
        if !self.is_sqlite() {
            let mut tx = self.write().await?;
            let changed = work(&mut tx).await?;
            tx.commit().await?;
            return Ok(changed);
        }
        let (told, hears) = oneshot::channel();
        if self.line.join(Waiting { work, told }) {
            serve(self.clone());
        }
        hears.await.unwrap_or(Err(Error::Driver(sqlx::Error::WorkerCrashed)))
    }

    /// Carries everybody in one transaction. Whoever is not told when it fails hears that nothing was kept.
    async fn carry(&self, all: Vec<Waiting>) -> Result<(), Error> {
        let mut tx = self.write().await?;
        let mut done = Vec::with_capacity(all.len());
        for Waiting { work, told } in all {
            done.push((told, work(&mut tx).await));
        }
        tx.commit().await?;
        for (told, said) in done {
            // Whoever went away meanwhile need not hear it.
            drop(told.send(said));
        }
        Ok(())
    }
}

/// Serves the line until nobody waits, in a task of its own: whoever came first may go away, and the others are carried all the same.
#[expect(clippy::disallowed_methods, reason = "nobody who waits may take the others' commit along when they go")]
fn serve(db: Db) {
    tokio::spawn(async move {
        loop {
            let all = db.line.next();
            if all.is_empty() {
                return;
            }
            match AssertUnwindSafe(db.carry(all)).catch_unwind().await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "a commit for several failed"),
                Err(_) => tracing::error!("a statement of a commit for several panicked"),
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{db_test, on};

    fn put(number: i64) -> Work {
        const PUT: &str = "INSERT INTO together (number) VALUES ($1) ON CONFLICT DO NOTHING";
        Box::new(move |tx| {
            Box::pin(
                async move { Ok(on!(tx, c => sqlx::query(PUT).bind(number).execute(c).await?.rows_affected()) == 1) },
            )
        })
    }

    async fn table(db: &Db) {
        const MAKE: &str = "CREATE TABLE together (number BIGINT PRIMARY KEY CHECK (number > 0))";
        let mut tx = db.write().await.unwrap();
        on!(tx, c => sqlx::query(MAKE).execute(c).await.map(|_| ())).unwrap();
        tx.commit().await.unwrap();
    }

    async fn count(db: &Db) -> i64 {
        let mut tx = db.read().await.unwrap();
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM together").fetch_one(c).await).unwrap()
    }

    db_test!(everybody_hears_of_their_own_statement, db => {
        table(&db).await;
        let all = futures::future::join_all((1..=200).map(|number| db.write_together(put(number % 100 + 1)))).await;
        assert_eq!(all.iter().filter(|said| matches!(said, Ok(true))).count(), 100);
        assert_eq!(all.iter().filter(|said| matches!(said, Ok(false))).count(), 100);
        assert_eq!(count(&db).await, 100);
    });

    db_test!(a_statement_that_is_refused_takes_nobody_along, db => {
        table(&db).await;
        let all = futures::future::join_all([5, -1, 6].map(|number| db.write_together(put(number)))).await;
        assert!(matches!(all.as_slice(), [Ok(true), Err(Error::Conflict(_)), Ok(true)]), "{all:?}");
        assert_eq!(count(&db).await, 2);
    });

    db_test!(a_statement_that_panics_stops_nobody_after_it, db => {
        table(&db).await;
        if db.is_sqlite() {
            let fault: Work = Box::new(|_| Box::pin(async { assert_eq!(1, 2, "a fault of the test's making"); Ok(true) }));
            assert!(db.write_together(fault).await.is_err());
        }
        assert!(db.write_together(put(1)).await.unwrap());
        assert_eq!(count(&db).await, 1);
    });
}
