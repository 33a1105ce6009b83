//! The yearly audit of improvement: a sample of sign-off reports and plans drawn by a seed, three tests of each, findings with their answers, and a look back at what came of them.

mod coded;

pub mod act;
pub mod attention;
pub mod audit;
pub mod bundle;
pub mod check;
pub mod draw;
pub mod error;
pub mod example;
pub mod find;
pub mod finding;
pub mod finish;
pub mod follow;
pub mod named;
pub mod open;
pub mod record;
pub mod respond;
pub mod seen;
pub mod store;
#[cfg(test)]
pub(in crate::improvement) mod testing;
#[cfg(test)]
mod tests;
pub mod zipped;

pub use attention::needs_attention;
