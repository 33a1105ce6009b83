//! What a resident said about a standard, and how far it has come.

use chrono::{DateTime, Utc};

use crate::thread::id::{CommentId, StandardId};

/// The most characters of a comment, and of the answer to it.
pub const LONGEST: usize = 2000;

/// A comment as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Comment {
    #[sqlx(rename = "comment_id")]
    pub id: CommentId,
    pub standard_id: StandardId,
    pub standard_slug: String,
    pub standard_title: String,
    /// The resident's own words; empty after an erasure that took them too.
    pub words: String,
    /// True when the resident allows the words to be shown.
    pub may_publish: bool,
    /// True when the resident allows us to hand it to somebody who can help.
    pub may_pass_on: bool,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub sent_at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
    /// The words as the public sees them.
    pub published_words: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    pub withheld_at: Option<DateTime<Utc>>,
    pub withheld_reason: String,
    pub answer: String,
    pub answered_at: Option<DateTime<Utc>>,
    pub passed_to: String,
    pub passed_reference: String,
    /// How the resident agreed that it be passed on.
    pub passed_consent: String,
    pub passed_at: Option<DateTime<Utc>>,
    pub erased_at: Option<DateTime<Utc>>,
}

/// How far a comment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has read it.
    Waiting,
    /// Read, and not shown.
    Read,
    /// Shown on the standard's page.
    Published,
    /// Read, and kept from being shown for a stated reason.
    Withheld,
}

impl State {
    /// Every state, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Read, Self::Published, Self::Withheld];

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Read => "read",
            Self::Published => "published",
            Self::Withheld => "withheld",
        }
    }

    /// The state in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting to be read",
            Self::Read => "Read",
            Self::Published => "Published",
            Self::Withheld => "Withheld",
        }
    }
}

impl Comment {
    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> State {
        if self.published_at.is_some() {
            State::Published
        } else if self.withheld_at.is_some() {
            State::Withheld
        } else if self.read_at.is_some() {
            State::Read
        } else {
            State::Waiting
        }
    }

    /// True while something is kept that says who wrote it.
    #[must_use]
    pub fn has_contact(&self) -> bool {
        self.name.is_some() || self.email.is_some() || self.phone.is_some()
    }
}

/// A published comment: all that the public may know of one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Voice {
    #[sqlx(rename = "comment_id")]
    pub id: CommentId,
    pub words: String,
    pub sent_at: DateTime<Utc>,
    pub answer: String,
}

/// A comment as it arrives.
#[derive(Debug, Clone, Default)]
pub struct NewComment {
    pub submission_key: String,
    pub words: String,
    pub may_publish: bool,
    pub may_pass_on: bool,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}
