//! Deciding whether an answer may be shown, and what is taken out of it before.

use crate::db::{self, Tx};
use crate::surveys::verbatims::mark::{self, Mark};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::{Decision, Review};
use crate::surveys::verbatims::store;
use crate::thread::id::AccountId;

/// Why nothing was kept.
#[derive(Debug)]
pub enum Refused {
    /// There is no such answer.
    NoSuchWord,
    /// Somebody else has decided about it since the page was opened.
    Meanwhile,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub fn in_words(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoSuchWord => "That answer is not there any more",
            Self::Meanwhile => {
                "Somebody else has looked at this answer while you did. Open it again to see what they decided"
            }
            Self::Internal(_) => return None,
        })
    }
}

/// Keeps what was decided about an answer, in place of what was decided before. That may be done at any time, since a
/// name that was missed must go at once. `revision` is that of the review as the person saw it, nought for none.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn decide(tx: &mut Tx, question: OpenQuestion, word: &str, review: Review) -> Result<(), Refused> {
    let standing = store::load(tx, question).await?;
    let text = &standing.word(word).ok_or(Refused::NoSuchWord)?.value;
    let review = Review { marks: mark::tidy(text, review.marks), ..review };
    if !store::save_review(tx, question, word, &review).await? {
        return Err(Refused::Meanwhile);
    }
    if standing.frame.published_at.is_some() {
        tx.public_changed();
    }
    Ok(())
}

/// A decision about an answer whose review had this revision, nought for none.
#[must_use]
pub fn decided(decision: Decision, marks: Vec<Mark>, revision: i64, by: AccountId) -> Review {
    Review { decision, account: by, revision, marks }
}
