//! Questions, routing, answers, versions and code books: how anything is asked, and how it is kept.
//!
//! Knows no survey, no visit and no person: whoever asks hands in a version and gets answers back.

pub mod answer;
pub mod answerings;
pub mod bank;
pub mod checker;
pub mod code_book;
pub mod condition;
pub mod count;
pub mod document;
pub mod fields;
pub mod journey;
pub mod kinds;
pub mod lock;
pub mod matrix;
#[cfg(test)]
mod matrix_tests;
pub mod mix;
pub mod order;
pub mod paper;
pub mod paths;
pub mod piping;
pub mod question;
pub mod questionnaire;
pub mod read;
pub mod response;
pub mod routing;
pub mod sealed;
pub mod spoken;
pub mod store;
#[cfg(test)]
pub mod testing;
pub mod translations;
pub mod version;
pub mod words;
