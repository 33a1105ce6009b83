//! A return: what a shopper found, kept as it was given, with every correction and decision beside it.

use chrono::{DateTime, NaiveDate, Utc};

use super::assignment::is_outside;
use super::key::{AssignmentId, ItemId, PhotoId, ReturnItemId, ScenarioId};
use super::outcome::Outcome;
use crate::thread::id::{AccountId, ReturnId, StandardId};

/// A return as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReturn {
    pub shopped_on: NaiveDate,
    pub began_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub items: Vec<NewItem>,
    /// What happened, in the shopper's own words.
    pub facts: String,
    pub recognised: bool,
    pub felt_unsafe: bool,
    pub unsafe_words: String,
}

/// One item as it is scored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewItem {
    pub item: ItemId,
    pub outcome: Outcome,
    /// The number noted, in the item's own measure.
    pub value: Option<f64>,
}

/// A return as it is kept.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Return {
    pub return_id: ReturnId,
    pub assignment_id: AssignmentId,
    /// The shopper: never shown to anybody but those who run the programme.
    pub account_id: AccountId,
    /// The scenario it was done by, over all its versions.
    pub scenario_id: ScenarioId,
    pub title: String,
    pub channel: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub reference: String,
    pub shopped_on: NaiveDate,
    pub began_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub facts: String,
    pub recognised: bool,
    pub felt_unsafe: bool,
    pub unsafe_words: String,
    pub filed_at: DateTime<Utc>,
    pub queried_at: Option<DateTime<Utc>>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub voided_at: Option<DateTime<Utc>>,
    pub facts_for_managers: String,
}

/// Where a return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided yet.
    Waiting,
    /// The shopper was asked something.
    Queried,
    /// It counts.
    Accepted,
    /// It counts for nothing.
    Void,
}

impl State {
    /// The words staff read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting for a decision",
            Self::Queried => "Waiting for the shopper",
            Self::Accepted => "Accepted",
            Self::Void => "Void",
        }
    }
}

impl Return {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        match (self.voided_at, self.accepted_at, self.queried_at) {
            (Some(_), _, _) => State::Void,
            (None, Some(_), _) => State::Accepted,
            (None, None, Some(_)) => State::Queried,
            (None, None, None) => State::Waiting,
        }
    }

    /// What a moderator should look at first: reasons that often end in "void" or a call.
    #[must_use]
    pub fn flags(&self) -> Vec<&'static str> {
        let outside = is_outside(self.shopped_on, self.opens_on, self.closes_on);
        [
            (self.felt_unsafe, "Something felt unsafe"),
            (self.recognised, "The shopper was recognised"),
            (outside, "Done outside its window"),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, words)| words)
        .collect()
    }
}

/// An item of a return with its raw and its final score.
#[derive(Debug, Clone)]
pub struct ReturnItem {
    pub id: ReturnItemId,
    pub wording: String,
    pub measure: String,
    pub standard: StandardId,
    /// As the shopper gave it; never changed.
    pub raw_outcome: Outcome,
    pub raw_value: Option<f64>,
    /// Corrections, oldest first; the last one counts.
    pub amendments: Vec<Amendment>,
}

impl ReturnItem {
    /// The outcome that counts.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.amendments.last().map_or(self.raw_outcome, |amendment| amendment.outcome)
    }

    /// The number that counts.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.amendments.last().map_or(self.raw_value, |amendment| amendment.value)
    }
}

/// A correction by a moderator.
#[derive(Debug, Clone)]
pub struct Amendment {
    pub outcome: Outcome,
    pub value: Option<f64>,
    pub reason: String,
    pub amended_at: DateTime<Utc>,
}

/// A step of a moderation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Decision {
    pub kind: String,
    pub words: String,
    pub decided_at: DateTime<Utc>,
}

impl Decision {
    /// What was done, as staff read it.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self.kind.as_str() {
            "accepted" => "Accepted",
            "queried" => "Question to the shopper",
            "answered" => "Answer from the shopper",
            _ => "Made void",
        }
    }
}

/// A photo kept for an assignment.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Photo {
    pub photo_id: PhotoId,
    pub file_id: String,
    /// What it shows, for people who cannot see it.
    pub words: String,
    /// In pixels; none for a photo kept before this was known.
    pub width: Option<i64>,
    /// In pixels, as the width.
    pub height: Option<i64>,
}

/// A number as people read it: without needless noughts.
#[must_use]
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What is counted, of several and of one.
const COUNTED: [(&str, &str); 9] = [
    ("seconds", "second"),
    ("minutes", "minute"),
    ("hours", "hour"),
    ("days", "day"),
    ("weeks", "week"),
    ("times", "time"),
    ("calls", "call"),
    ("letters", "letter"),
    ("people", "person"),
];

/// A number with what it counts: "42 seconds", "1 working day until the answer".
#[must_use]
pub fn counted(value: f64, measure: &str) -> String {
    let number = number(value);
    if number != "1" {
        return format!("{number} {measure}");
    }
    let mut words: Vec<&str> = measure.split(' ').collect();
    let of_one = |word: &str| COUNTED.iter().find(|(several, _)| *several == word).map(|(_, one)| *one);
    if let Some((word, one)) = words.iter_mut().find_map(|word| of_one(word).map(|one| (word, one))) {
        *word = one;
    }
    format!("{number} {}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_thing_is_not_several() {
        for (value, measure, expected) in [
            (42.0, "seconds", "42 seconds"),
            (1.0, "seconds", "1 second"),
            (1.0, "working days until the answer", "1 working day until the answer"),
            (1.5, "hours", "1.5 hours"),
            (1.0, "steps of stairs", "1 steps of stairs"),
        ] {
            assert_eq!(counted(value, measure), expected);
        }
    }

    #[test]
    fn numbers_read_without_needless_noughts() {
        assert_eq!([42.0, 7.5, 0.25].map(number), ["42", "7.5", "0.25"]);
    }

    #[test]
    fn the_last_amendment_counts_and_the_raw_score_stays() {
        let mut item = ReturnItem {
            id: ReturnItemId(1),
            wording: "Answered".into(),
            measure: String::new(),
            standard: StandardId(1),
            raw_outcome: Outcome::NotMet,
            raw_value: Some(70.0),
            amendments: Vec::new(),
        };
        assert_eq!((item.outcome(), item.value()), (Outcome::NotMet, Some(70.0)));
        let at = "2026-11-01T00:00:00Z".parse().unwrap();
        for (outcome, value) in [(Outcome::NotApplicable, None), (Outcome::Met, Some(55.0))] {
            item.amendments.push(Amendment { outcome, value, reason: "Phone record".into(), amended_at: at });
        }
        assert_eq!((item.outcome(), item.value()), (Outcome::Met, Some(55.0)));
        assert_eq!((item.raw_outcome, item.raw_value), (Outcome::NotMet, Some(70.0)));
    }
}
