//! What residents wrote in their own words: put under themes by one person and checked by another, read before any of
//! it is shown, and counted.

pub mod code;
pub mod filter;
pub mod frame;
pub mod mark;
pub mod open_question;
pub mod publish;
pub mod review;
pub mod sample;
pub mod standing;
pub mod store;
pub mod suggest;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod written;
