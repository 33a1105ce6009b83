//! What fault tests and benchmarks share: the program as a child, people who send forms, and a look into the database from outside.

pub mod chance;
pub mod checker;
pub mod client;
pub mod form;
pub mod group;
pub mod ledger;
pub mod place;
pub mod proxy;
pub mod server;
pub mod staff;
pub mod survey;

use std::future::Future;

use tokio::task::JoinHandle;

/// Anything that went wrong, in words.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;
/// What a step of a test ends with.
pub type Outcome<T> = Result<T, Fault>;

/// Starts something that goes on beside the test.
pub fn beside<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::spawn(work)
}

/// Fails with the words given unless the condition holds.
///
/// # Errors
/// The words.
pub fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome<()> {
    if holds { Ok(()) } else { Err(otherwise().into()) }
}
