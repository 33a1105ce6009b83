//! The program's own phrases on the pages of people who answer, in English and in Welsh. Every other language is written by
//! the landlord.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::holes;
use super::phrases_of_answers::{CONDITIONS, QUESTIONS};
use super::phrases_of_letters::LETTERS;
use super::phrases_of_pages::PAGES;

/// Each phrase with its Welsh.
type Phrase = (&'static str, &'static str);

/// Those found again in a finished sentence; those of conditions are only put together, since their few words stand in any
/// sentence.
const FOUND_AGAIN: [&[Phrase]; 2] = [PAGES, QUESTIONS];

static PHRASES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| all().collect());

static PATTERNS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let phrases = FOUND_AGAIN.iter().copied().flatten().map(|(english, _)| *english);
    let mut patterns: Vec<&str> = phrases.filter(|phrase| !holes::names(phrase).is_empty()).collect();
    // The longest first, which says the most.
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.len()));
    patterns
});

fn both() -> impl Iterator<Item = &'static Phrase> {
    FOUND_AGAIN.iter().copied().chain([CONDITIONS, LETTERS]).flatten()
}

/// Every phrase in English, in the order in which people meet them.
pub fn all() -> impl Iterator<Item = &'static str> {
    both().map(|(english, _)| *english)
}

/// Those of letters, in English: a letter is in a language only where all of them are.
pub fn of_letters() -> impl Iterator<Item = &'static str> {
    LETTERS.iter().map(|(english, _)| *english)
}

/// Whether the words are exactly one of the program's phrases.
#[must_use]
pub fn is_phrase(words: &str) -> bool {
    PHRASES.contains(words)
}

/// The phrases with holes that are found again in a finished sentence.
#[must_use]
pub fn patterns() -> &'static [&'static str] {
    &PATTERNS
}

/// The words that the program brings for a language, by their English.
pub fn built_in(code: &str) -> impl Iterator<Item = (String, String)> + use<> {
    let is_welsh = code == "cy";
    both().filter(move |_| is_welsh).map(|(english, welsh)| ((*english).to_owned(), (*welsh).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_welsh_of_a_phrase_has_the_same_holes() {
        for (english, welsh) in both() {
            let sorted = |phrase: &'static str| {
                let mut names = holes::names(phrase);
                names.sort_unstable();
                names
            };
            assert_eq!(sorted(english), sorted(welsh), "{english}");
            assert!(!welsh.is_empty() && welsh.trim() == *welsh, "{english}");
        }
    }

    #[test]
    fn a_phrase_stands_once() {
        assert_eq!(PHRASES.len(), all().count());
    }
}
