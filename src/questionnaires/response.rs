//! One person's answers as they are kept, and the receipt for them.

use chrono::NaiveDate;

use crate::questionnaires::code_book::Coded;

/// How a response reached us. Never by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A link that anybody may follow.
    OpenLink,
    /// A link sent to one person, who stays apart from the answers.
    PersonalLink,
}

impl Channel {
    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OpenLink => "open_link",
            Self::PersonalLink => "personal_link",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(code: &str) -> &'static str {
        if code == Self::PersonalLink.code() { "Personal link" } else { "Open link" }
    }
}

/// A response about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewResponse<'a> {
    /// The version that was answered.
    pub version_id: i64,
    /// The answers by the version's code book.
    pub coded: &'a Coded,
    /// How it reached us.
    pub channel: Channel,
    /// The day in London.
    pub received_on: NaiveDate,
    /// What the person keeps.
    pub reference: &'a str,
    /// The key of the form that was sent: a second sending is known by it.
    pub submission_key: &'a str,
    /// A digest of the answers: a second sending with other answers is known by it.
    pub digest: &'a str,
}

/// What was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Receipt {
    /// What the person keeps.
    pub reference: String,
    /// A digest of the answers.
    pub digest: String,
    /// The day in London.
    pub received_on: NaiveDate,
}

/// The closed part of a stored response.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Stored {
    /// Its id, to find its open answers by.
    pub response_id: i64,
    /// Its number within the version, from one without gaps.
    pub number: i64,
    /// State bytes and option bits by the version's code book.
    pub codes: Vec<u8>,
    /// How it reached us.
    pub channel: String,
    /// The day in London.
    pub received_on: NaiveDate,
}

/// One stored open answer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Open {
    /// The response it belongs to.
    pub response_id: i64,
    /// The question's key.
    pub question_key: i64,
    /// The words, number or day.
    pub value: String,
    /// The day in London.
    pub received_on: NaiveDate,
}
