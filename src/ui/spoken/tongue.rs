//! The language of one page, with the words that the program says in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::holes;
use super::language::{ENGLISH, Language};
use super::phrases;

/// A language with the program's phrases in it, by their English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tongue {
    language: &'static Language,
    phrases: Arc<BTreeMap<String, String>>,
}

/// Holes whose words are phrases themselves, to be said too.
const SAID_TOO: [&str; 6] = ["date", "moment", "place", "problem", "time", "until"];

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub words: String,
    /// Whether they are English on a page of another language, because there are no others.
    pub is_english: bool,
}

impl Said {
    fn own(words: impl Into<String>) -> Self {
        Self { words: words.into(), is_english: false }
    }

    /// The attribute that tells a screen reader how to pronounce the words, where the page's own would be wrong.
    #[must_use]
    pub fn lang(&self) -> Option<&'static str> {
        self.is_english.then_some(ENGLISH.tag)
    }

    /// As it is drawn.
    pub fn view(self) -> AnyView {
        match self.lang() {
            Some(lang) => view! { <span lang=lang dir="ltr">{self.words}</span> }.into_any(),
            None => self.words.into_any(),
        }
    }
}

impl Default for Tongue {
    fn default() -> Self {
        Self { language: &ENGLISH, phrases: Arc::default() }
    }
}

impl Tongue {
    /// A language with these words for the program's phrases, over those that are built in.
    #[must_use]
    pub fn new(language: &'static Language, own: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut phrases: BTreeMap<String, String> = phrases::built_in(language.code).collect();
        phrases.extend(own.into_iter().filter(|(_, words)| !words.is_empty()));
        Self { language, phrases: Arc::new(phrases) }
    }

    /// The language of the page that is being drawn; English outside of one.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    /// Draws or says something in this language.
    pub fn speak<T>(&self, say: impl FnOnce() -> T) -> T {
        Owner::new().with(|| {
            provide_context(self.clone());
            say()
        })
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// Whether it is English as every page is written.
    #[must_use]
    pub fn is_plain_english(&self) -> bool {
        self.language == &ENGLISH
    }

    /// A phrase, whole or with its holes filled. What is no phrase of the program's is somebody's own words and stays.
    #[must_use]
    pub fn say(&self, english: &str) -> Said {
        if self.phrases.is_empty() && self.language.is_english() {
            return Said::own(english);
        }
        if let Some(words) = self.phrases.get(english) {
            return Said::own(words);
        }
        if phrases::is_phrase(english) {
            return Said { words: english.to_owned(), is_english: !self.language.is_english() };
        }
        for pattern in phrases::patterns() {
            if let Some(fills) = holes::found(pattern, english) {
                let fills: Vec<(&str, String)> =
                    fills.into_iter().map(|(name, value)| (name, self.say_too(name, value))).collect();
                return self.put(pattern, &fills);
            }
        }
        Said::own(english)
    }

    /// A phrase whose holes are filled with what is in this language already.
    #[must_use]
    pub fn fill(&self, pattern: &str, fills: &[(&str, &str)]) -> Said {
        self.put(pattern, fills)
    }

    fn put<F: AsRef<str>>(&self, pattern: &str, fills: &[(&str, F)]) -> Said {
        match self.phrases.get(pattern) {
            Some(words) => Said::own(holes::filled(words, fills)),
            None => Said { words: holes::filled(pattern, fills), is_english: !self.language.is_english() },
        }
    }

    fn say_too(&self, hole: &str, value: &str) -> String {
        match hole {
            // Within a sentence the problem begins with a small letter.
            "problem" => with_first(&self.say(&with_first(value, char::to_uppercase)).words, char::to_lowercase),
            hole if SAID_TOO.contains(&hole) => self.say(value).words,
            _ => value.to_owned(),
        }
    }
}

fn with_first<I: Iterator<Item = char>>(words: &str, change: impl Fn(char) -> I) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| change(first).chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::spoken::language;

    fn welsh() -> Tongue {
        Tongue::new(language::find("cy").unwrap(), [])
    }

    #[test]
    fn what_is_said_in_welsh_is_welsh_down_to_the_month() {
        assert_eq!(welsh().say("Back").words, "Yn ôl");
        let moment = welsh().say("This survey opens at 9am on 1 November 2026 (UK time).").words;
        assert!(moment.contains("1 Tachwedd 2026") && !moment.contains("November"), "{moment}");
        let said = welsh().say("Question 3: choose one answer").words;
        assert_eq!(said, "Cwestiwn 3: dewiswch un ateb");
    }

    #[test]
    fn what_has_no_word_is_english_and_says_so_and_what_is_nobodys_phrase_stays() {
        let polish = Tongue::new(language::find("pl").unwrap(), [("Back".to_owned(), "Wstecz".to_owned())]);
        assert_eq!(polish.say("Back"), Said::own("Wstecz"));
        assert_eq!(polish.say("Continue to the moon"), Said::own("Continue to the moon"));
        let said = polish.say("Save and go on");
        assert_eq!((said.words.as_str(), said.lang()), ("Save and go on", Some("en-GB")));
        assert_eq!(said.view().to_html().replace("<!>", ""), "<span lang=\"en-GB\" dir=\"ltr\">Save and go on</span>");
        let easy = Tongue::new(language::find("easy").unwrap(), []);
        assert_eq!(easy.say("Save and go on").lang(), None);
    }

    #[test]
    fn a_page_finds_the_tongue_it_is_drawn_in() {
        assert!(Tongue::current().is_plain_english());
        assert_eq!(welsh().speak(|| super::super::said("Back")), "Yn ôl");
        assert!(Tongue::current().is_plain_english());
    }
}
