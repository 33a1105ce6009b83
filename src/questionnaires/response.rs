//! One person's answers as they are kept, and the receipt for them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::questionnaires::code_book::Coded;

/// How a response reached us. Never by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A link that anybody may follow.
    OpenLink,
    /// A link sent to one person, who stays apart from the answers.
    PersonalLink,
    /// Told on the telephone.
    Telephone,
    /// Told at the person's own door.
    HomeVisit,
    /// Told or written at one of the landlord's offices.
    FrontDesk,
    /// Written on paper and sent back.
    Post,
    /// Told or written at a meeting, a fair, a day out.
    Event,
}

impl Channel {
    /// All of them, in the order in which figures name them.
    pub const ALL: [Self; 7] = [
        Self::OpenLink,
        Self::PersonalLink,
        Self::Telephone,
        Self::HomeVisit,
        Self::FrontDesk,
        Self::Post,
        Self::Event,
    ];

    /// Those in which staff enter what somebody told them or wrote on paper.
    pub const ENTERED: [Self; 5] = [Self::Telephone, Self::HomeVisit, Self::FrontDesk, Self::Post, Self::Event];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OpenLink => "open_link",
            Self::PersonalLink => "personal_link",
            Self::Telephone => "telephone",
            Self::HomeVisit => "home_visit",
            Self::FrontDesk => "front_desk",
            Self::Post => "post",
            Self::Event => "event",
        }
    }

    /// Its name in lists and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenLink => "Open link",
            Self::PersonalLink => "Personal link",
            Self::Telephone => "Telephone",
            Self::HomeVisit => "Home visit",
            Self::FrontDesk => "Front desk",
            Self::Post => "Post",
            Self::Event => "Event",
        }
    }

    /// What people who answered by it did, to follow a number of them: "412 online". Both links are one way.
    #[must_use]
    pub const fn way(self) -> &'static str {
        match self {
            Self::OpenLink | Self::PersonalLink => "online",
            Self::Telephone => "by telephone",
            Self::HomeVisit => "at home visits",
            Self::FrontDesk => "at the front desk",
            Self::Post => "on paper",
            Self::Event => "at events",
        }
    }

    /// The name of a stored code.
    #[must_use]
    pub fn label(code: &str) -> &'static str {
        code.parse().map_or("", Self::name)
    }
}

impl std::str::FromStr for Channel {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|channel| channel.code() == code).ok_or(())
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
    /// Its number within the version, from one without gaps. Mixing deals the numbers out anew.
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

/// What somebody wrote, without anything of the person or the response.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Word {
    /// Its key, by chance, which stays when answers are put in another order.
    pub word_key: String,
    /// The words.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_comes_back_from_its_code_and_has_a_name() {
        for channel in Channel::ALL {
            assert_eq!(channel.code().parse(), Ok(channel));
            assert_eq!(Channel::label(channel.code()), channel.name());
        }
        assert_eq!("fax".parse::<Channel>(), Err(()));
    }
}
