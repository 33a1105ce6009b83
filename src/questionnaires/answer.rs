//! What a person answered, and the form pairs it came in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One answer. Options count from nought in the question's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::enum_variant_names, reason = "“no answer” is what the code book calls it")]
pub enum Answer {
    /// Seen and left blank.
    #[serde(rename = "-")]
    NoAnswer,
    /// "Not applicable."
    #[serde(rename = "na")]
    NotApplicable,
    /// "I don't know."
    #[serde(rename = "dk")]
    DontKnow,
    /// "Prefer not to say."
    #[serde(rename = "pn")]
    PreferNotToSay,
    /// One option.
    #[serde(rename = "o")]
    Option(u8),
    /// None of the options, but this, in the person's own words.
    #[serde(rename = "x")]
    Other(String),
    /// Several options, in order, at least one.
    #[serde(rename = "s")]
    Several(Vec<u8>),
    /// The code of each item in the code book, in order; not all of them "no answer".
    #[serde(rename = "i")]
    Items(Vec<u8>),
    /// Options put in order, the first first; not those that were given no place.
    #[serde(rename = "r")]
    Ranked(Vec<u8>),
    /// Words, a number or a day, in the kind's one canonical spelling.
    #[serde(rename = "t")]
    Open(String),
}

/// What is wrong with an answer, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The part of the field it is about, as [`Given::part`] names it; empty for the field as a whole.
    pub part: String,
    /// How to mend it, in plain words.
    pub message: String,
}

impl Wrong {
    /// One thing that is wrong with the field as a whole.
    #[must_use]
    pub fn whole(message: impl Into<String>) -> Vec<Self> {
        Self::part("", message)
    }

    /// One thing that is wrong with a part of the field.
    #[must_use]
    pub fn part(part: impl Into<String>, message: impl Into<String>) -> Vec<Self> {
        vec![Self { part: part.into(), message: message.into() }]
    }
}

/// The answers of one person so far, by question key. A key that is absent was not reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<u16, Answer>);

impl Answers {
    /// The answer to a question, if it was reached.
    #[must_use]
    pub fn get(&self, key: u16) -> Option<&Answer> {
        self.0.get(&key)
    }

    /// Keeps an answer, replacing an earlier one to the same question.
    pub fn put(&mut self, key: u16, answer: Answer) {
        self.0.insert(key, answer);
    }

    /// Takes the answer to a question out, if it was reached.
    pub fn take(&mut self, key: u16) -> Option<Answer> {
        self.0.remove(&key)
    }

    /// Whether nothing was answered in fact: every question reached was left blank.
    #[must_use]
    pub fn are_blank(&self) -> bool {
        self.0.values().all(|answer| *answer == Answer::NoAnswer)
    }
}

/// The pairs of a form that belong to one field name.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pairs: &'a [(String, String)],
    name: &'a str,
}

impl<'a> Given<'a> {
    /// Looks only at `name` and its parts (`name-day`).
    #[must_use]
    pub fn new(pairs: &'a [(String, String)], name: &'a str) -> Self {
        Self { pairs, name }
    }

    /// The first value under the name itself, trimmed; empty when there is none.
    #[must_use]
    pub fn one(&self) -> &'a str {
        self.all().next().unwrap_or("")
    }

    /// Every value under the name itself, trimmed.
    pub fn all(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = self.name;
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// The first value of a part of the name, trimmed; empty when there is none.
    #[must_use]
    pub fn part(&self, part: &str) -> &'a str {
        let belongs = |key: &str| key.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('-')) == Some(part);
        self.pairs.iter().find(|(key, _)| belongs(key)).map_or("", |(_, value)| value.trim())
    }

    /// Whether the part was sent with anything in it, as a ticked box is.
    #[must_use]
    pub fn ticked(&self, part: &str) -> bool {
        !self.part(part).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_field_sees_its_own_values_and_parts_only() {
        let pairs = pairs(&[("q1", " a "), ("q12", "x"), ("q1-day", "4"), ("q1", "b")]);
        let given = Given::new(&pairs, "q1");
        assert_eq!(given.all().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((given.part("day"), given.part("month")), ("4", ""));
    }

    #[test]
    fn answers_survive_being_stored() {
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(2));
        answers.put(2, Answer::Several(vec![0, 3]));
        answers.put(9, Answer::Open("A “leak”\nagain".to_owned()));
        answers.put(10, Answer::NoAnswer);
        answers.put(12, Answer::Items(vec![8, 1, 2]));
        answers.put(13, Answer::Ranked(vec![2, 0, 1]));
        answers.put(11, Answer::Other("By pigeon".to_owned()));
        let stored = serde_json::to_string(&answers).unwrap();
        assert_eq!(serde_json::from_str::<Answers>(&stored).unwrap(), answers);
    }
}
