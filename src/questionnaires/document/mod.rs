//! Questions as a document that people and other programs can read: each question by its id, answers by their words.
//!
//! The format is described in `docs/questionnaire-json.md`. Keys and codes, which mean nothing outside the program, are
//! not in it, so that a document says the same wherever it is read.

mod condition;
mod question;
mod read;
mod write;

pub use read::read;
pub use write::write;

use std::fmt;

/// The version of the format that is written, and the only one that is read.
pub const VERSION: u64 = 1;

/// Something in a document that cannot be taken, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place, as programs write it: `questions[2].ask_if`.
    pub place: String,
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.place, self.message) }
    }
}

#[cfg(test)]
mod tests;
