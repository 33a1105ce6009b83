//! A questionnaire in other languages: its texts by place, what is missing, and the questions as people read them.
//!
//! What is asked of whom and how answers are kept hangs on keys and codes, never on words: the same answers in any language
//! are the same bytes.

pub mod places;
pub mod sheet;
pub mod store;
pub mod texts;

pub use texts::{Line, Standing, Texts};
