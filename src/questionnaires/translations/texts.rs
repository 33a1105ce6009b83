//! Texts in another language, each with the English it was made from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::questionnaires::piping;
use crate::ui::spoken::{Language, holes};

/// A text that people read, which can be said in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place, in letters, digits and dashes: "q3-answer-2". No other text has it.
    pub place: String,
    /// Its place for staff: "Question 3, answer 2".
    pub about: String,
    /// The English, as it is stored.
    pub source: String,
    /// What it is.
    pub what: What,
}

/// What a text is, by which it is told how long it may be and when a translation is out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Around the questions: a title, an introduction. It can be put right in English while people answer.
    Around,
    /// A question.
    Question,
    /// A part of a question: a hint, an answer to choose from, an item, a unit.
    Part,
    /// One of the program's phrases, whose holes must stay.
    Phrase,
}

/// How a text stands in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is one, made from the English as it is now.
    Good,
    /// There is one, but the English was changed since.
    Old,
    /// There is none.
    Missing,
}

/// A text in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The English it was made from.
    pub from: String,
    /// The words, with marks for earlier answers as the questionnaire stores them.
    pub words: String,
}

/// The texts of one language by their places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, Text>);

impl Line {
    /// The most characters a translation may have: other languages need more room than English.
    #[must_use]
    pub fn longest(&self) -> usize {
        (self.source.chars().count() * 2).max(100)
    }

    /// Whether a text must be there before people are offered the language. In easy read, answers to choose from and
    /// other parts may stay as they are in English.
    #[must_use]
    pub fn is_needed(&self, language: &Language) -> bool {
        match self.what {
            What::Around | What::Question => true,
            What::Part => !language.is_easy_read(),
            What::Phrase => false,
        }
    }

    /// What stands against the words of a translation, with marks as they are stored; none when they will do.
    #[must_use]
    pub fn refuses(&self, words: &str) -> Option<String> {
        if words.chars().count() > self.longest() {
            return Some(format!("{}: shorten the text to {} characters or fewer", self.about, self.longest()));
        }
        let missing = self.marks(&self.source).into_iter().find(|mark| !self.marks(words).contains(mark));
        let strange = self.marks(words).into_iter().find(|mark| !self.marks(&self.source).contains(mark));
        match (missing, strange) {
            (Some(mark), _) => Some(format!("{}: keep {mark} in the text, as it is in the English", self.about)),
            (None, Some(mark)) => Some(format!("{}: take out {mark}, which is not in the English", self.about)),
            (None, None) => None,
        }
    }

    /// What must stand in every language: the holes of a phrase, the earlier answers that a text repeats.
    fn marks(&self, words: &str) -> BTreeSet<String> {
        match self.what {
            What::Phrase => holes::names(words).into_iter().map(|name| format!("{{{name}}}")).collect(),
            _ => piping::keys(words).into_iter().map(|key| format!("{{answer:{key}}}")).collect(),
        }
    }
}

impl Texts {
    /// The words at the place of a line, whatever English they were made from.
    #[must_use]
    pub fn words(&self, line: &Line) -> Option<&str> {
        self.0.get(&line.place).map(|text| text.words.as_str())
    }

    /// The English that the words at the place of a line were made from.
    #[must_use]
    pub fn made_from(&self, line: &Line) -> Option<&str> {
        self.0.get(&line.place).map(|text| text.from.as_str())
    }

    /// How the text of a line stands.
    #[must_use]
    pub fn standing(&self, line: &Line) -> Standing {
        match self.0.get(&line.place) {
            None => Standing::Missing,
            Some(text) if text.from == line.source => Standing::Good,
            Some(_) => Standing::Old,
        }
    }

    /// The words that people read at the place of a line. A question's words count only while its English is the one they
    /// were made from, since an answer must be an answer to the same question.
    #[must_use]
    pub fn said(&self, line: &Line) -> Option<&str> {
        let is_good = line.what == What::Around || self.standing(line) == Standing::Good;
        self.words(line).filter(|_| is_good)
    }

    /// The lines that must be there and are not.
    #[must_use]
    pub fn missing<'a>(&self, lines: &'a [Line], language: &Language) -> Vec<&'a Line> {
        lines.iter().filter(|line| line.is_needed(language) && self.said(line).is_none()).collect()
    }

    /// Keeps the words of a line as made from its English now; takes them out when they are empty.
    pub fn put(&mut self, line: &Line, words: &str) {
        if words.is_empty() {
            self.0.remove(&line.place);
        } else {
            let text = Text { from: line.source.clone(), words: words.to_owned() };
            self.0.insert(line.place.clone(), text);
        }
    }

    /// Every text with the English it was made from.
    pub fn all(&self) -> impl Iterator<Item = &Text> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::spoken::language;

    fn line(what: What, source: &str) -> Line {
        Line { place: "q1-text".to_owned(), about: "Question 1".to_owned(), source: source.to_owned(), what }
    }

    #[test]
    fn a_question_whose_english_changed_is_missing_and_an_introduction_is_not() {
        let welsh = language::find("cy").unwrap();
        for (what, missing) in [(What::Question, 1), (What::Around, 0)] {
            let mut texts = Texts::default();
            texts.put(&line(what, "How was it?"), "Sut oedd hi?");
            assert_eq!(texts.standing(&line(what, "How was it?")), Standing::Good);
            let changed = [line(what, "How bad was it?")];
            assert_eq!(texts.standing(&changed[0]), Standing::Old);
            assert_eq!(texts.missing(&changed, welsh).len(), missing, "{what:?}");
            texts.put(&changed[0], "");
            assert_eq!(texts.missing(&changed, welsh).len(), 1);
        }
    }

    #[test]
    fn easy_read_may_leave_the_parts_of_a_question_as_they_are() {
        let part = [line(What::Part, "Yes")];
        assert!(Texts::default().missing(&part, language::find("easy").unwrap()).is_empty());
        assert_eq!(Texts::default().missing(&part, language::find("ur").unwrap()).len(), 1);
    }

    #[test]
    fn what_is_filled_in_later_stays_in_every_language() {
        let phrase = line(What::Phrase, "Question {n} of {most}");
        assert_eq!(phrase.refuses("{most} / {n}"), None);
        assert!(phrase.refuses("Cwestiwn {n}").unwrap().contains("keep {most}"));
        assert!(phrase.refuses("{n} {most} {day}").unwrap().contains("take out {day}"));
        let question = line(What::Question, "Why {answer:2}? {n}");
        assert_eq!(question.refuses("Pam {answer:2}?"), None);
        assert!(question.refuses("Pam?").is_some());
        assert!(question.refuses(&format!("{{answer:2}}{}", "é".repeat(101))).unwrap().contains("characters"));
    }
}
