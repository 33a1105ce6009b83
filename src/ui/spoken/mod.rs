//! What pages say in the language of the person who reads: the languages there are, the program's own phrases, and how a
//! page finds the words. It knows nobody's texts but the program's.
//!
//! The English phrase is its own key, so that whatever is not translated is still said, marked as English.

pub mod holes;
pub mod language;
pub mod phrases;
mod phrases_of_answers;
mod phrases_of_letters;
mod phrases_of_pages;
pub mod tongue;

use leptos::prelude::*;

pub use language::Language;
pub use tongue::Tongue;

/// A phrase as it is drawn in the language of the page.
pub fn say(english: impl AsRef<str>) -> AnyView {
    Tongue::current().say(english.as_ref()).view()
}

/// A phrase in the language of the page where only plain text may stand: in a title, or as a part of a sentence.
#[must_use]
pub fn said(english: impl AsRef<str>) -> String {
    Tongue::current().say(english.as_ref()).words
}

/// A phrase whose holes are filled with what is in the language of the page already.
#[must_use]
pub fn filled(pattern: &str, fills: &[(&str, &str)]) -> String {
    Tongue::current().fill(pattern, fills).words
}
