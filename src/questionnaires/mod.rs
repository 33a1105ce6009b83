//! Questions, routing, answers, versions and code books: how anything is asked, and how it is kept.
//!
//! Knows no survey, no visit and no person: whoever asks hands in a version and gets answers back.

pub mod answer;
pub mod code_book;
pub mod count;
pub mod fields;
pub mod journey;
pub mod kinds;
pub mod paper;
pub mod question;
pub mod questionnaire;
pub mod read;
pub mod response;
pub mod routing;
pub mod store;
pub mod version;
