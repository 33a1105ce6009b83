//! Answers that come in as a table: an outside agency asked on the telephone, or forms were keyed elsewhere.
//!
//! A file is kept between its preview and the decision, and no longer than a week; then its bytes are gone. It comes in
//! whole or not at all, and coming in twice it adds nothing.

pub mod bring_in;
pub mod cell;
pub mod forget;
pub mod look;
pub mod slot;
pub mod store;
pub mod table;

#[cfg(test)]
mod tests;
