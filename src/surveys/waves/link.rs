//! Which survey may be the next wave of which.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::random::Random;
use crate::surveys::publish;
use crate::surveys::store as surveys;
use crate::surveys::survey::{Asked, Survey};
use crate::surveys::waves::comparable::{self, Standing};
use crate::surveys::waves::{series, store};
use crate::thread::id::SurveyId;

/// Why surveys were not joined.
#[derive(Debug)]
pub enum Refused {
    /// There is no such survey.
    Gone,
    /// It did not open before this one.
    NotBefore,
    /// It is of another kind.
    OtherKind,
    /// Another survey is the next wave of it.
    Taken,
    /// No question is the same in both.
    NothingInCommon,
    /// It is a draft, so that nothing can come after it yet.
    NotPublished,
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
            Self::Gone => "Choose a survey from the list",
            Self::NotBefore => "Choose a survey that opened before this one",
            Self::OtherKind => {
                "Choose a survey of the same kind: what people say after a service is no wave of what they say in general"
            }
            Self::Taken => "Another survey is already the next wave of that one. Choose that other survey instead",
            Self::NothingInCommon => {
                "No question of that survey is asked in this one with the same words and answers, so there is nothing to compare. Make the next wave as a copy"
            }
            Self::NotPublished => "Publish this survey first, then make its next wave",
            Self::Internal(_) => return None,
        })
    }
}

/// The surveys that a survey could be the next wave of, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn candidates(tx: &mut Tx, survey: &Survey) -> Result<Vec<Survey>, db::Error> {
    let mut found = Vec::new();
    for (other, _) in surveys::list(tx).await? {
        let after = store::find_after(tx, other.id).await?;
        let is_free = after.is_none_or(|after| after == survey.id);
        if is_free && other.kind == survey.kind && other.published_at.is_some() && other.opens_at < survey.opens_at {
            found.push(other);
        }
    }
    Ok(found)
}

/// Makes a survey the next wave of another.
///
/// # Errors
/// See [`Refused`].
pub async fn join(tx: &mut Tx, asked: &Asked, before: SurveyId) -> Result<Survey, Refused> {
    let earlier = surveys::find(tx, before).await?.ok_or(Refused::Gone)?;
    // Times can be changed, so that a line could otherwise lead back to its own beginning.
    let is_behind = series::ids(tx, before).await?.contains(&asked.survey.id);
    if is_behind || earlier.survey.opens_at >= asked.survey.opens_at {
        return Err(Refused::NotBefore);
    }
    if earlier.survey.kind != asked.survey.kind {
        return Err(Refused::OtherKind);
    }
    let (now, before_it) = (&asked.version.questionnaire, &earlier.version.questionnaire);
    let is_same = |question| comparable::standing(question, before_it) == Standing::Same;
    if !now.questions().iter().filter(|question| question.kind.has_share()).any(is_same) {
        return Err(Refused::NothingInCommon);
    }
    if !store::join(tx, asked.survey.id, before).await? {
        return Err(Refused::Taken);
    }
    tx.public_changed();
    Ok(earlier.survey)
}

/// Takes a survey out of its line.
///
/// # Errors
/// When the database refuses.
pub async fn part(tx: &mut Tx, survey: SurveyId) -> Result<(), db::Error> {
    store::part(tx, survey).await?;
    tx.public_changed();
    Ok(())
}

/// Makes a copy of a survey as its next wave: a draft.
///
/// # Errors
/// See [`Refused`].
pub async fn copy_on(tx: &mut Tx, random: &Random, asked: &Asked, now: DateTime<Utc>) -> Result<SurveyId, Refused> {
    if asked.survey.published_at.is_none() || asked.survey.opens_at >= now {
        return Err(Refused::NotPublished);
    }
    let id = publish::copy(tx, random, asked, now).await?;
    if !store::join(tx, id, asked.survey.id).await? {
        return Err(Refused::Taken);
    }
    Ok(id)
}
