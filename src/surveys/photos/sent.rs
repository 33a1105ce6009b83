//! The photos that were sent to a question, with what people said of them. In an order of chance that stays.

use crate::db::{self, Tx};
use crate::questionnaires::kinds::photo;
use crate::questionnaires::question::Question;
use crate::questionnaires::store as responses;
use crate::statistics::disclosure::Policy;
use crate::surveys::photos::store::{self, Photo};
use crate::surveys::results;
use crate::surveys::survey::Asked;

/// A question for a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Of {
    /// The version of the questionnaire.
    pub version_id: i64,
    /// The question's key.
    pub key: i64,
}

impl Of {
    /// The question with this key, if it asks for a photo.
    #[must_use]
    pub fn find(asked: &Asked, key: u16) -> Option<(Self, &Question)> {
        let question = asked.version.questionnaire.find(key).filter(|question| question.kind.is_photo())?;
        Some((Self { version_id: asked.version.id, key: i64::from(key) }, question))
    }

    /// Every question of a survey that asks for a photo, in its order.
    #[must_use]
    pub fn all(asked: &Asked) -> Vec<(Self, &Question)> {
        let questions = asked.version.questionnaire.questions().iter();
        questions.filter_map(|question| Self::find(asked, question.key)).collect()
    }
}

/// A photo that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The key of the answer, by chance.
    pub word_key: String,
    /// The name of its file.
    pub file: String,
    /// What the person said of it, or nothing.
    pub words: String,
}

/// What was sent to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gallery {
    /// How many people sent a photo.
    pub people: usize,
    /// Those that are here; the others came on paper, or were taken out.
    pub photos: Vec<Sent>,
}

/// Whether so many people answered that their photos may be seen: as for their words.
///
/// # Errors
/// When the database refuses.
pub async fn may_be_seen(tx: &mut Tx, asked: &Asked, policy: &Policy) -> Result<bool, db::Error> {
    Ok(policy.admits(results::gather(tx, asked).await?.people()))
}

/// All that was sent to a question. Whether it may be seen is for the caller to say.
///
/// # Errors
/// When the database refuses.
pub async fn gallery(tx: &mut Tx, of: Of) -> Result<Gallery, db::Error> {
    let words = responses::list_words(tx, of.version_id, of.key, "%").await?;
    let people = words.len();
    let here = words.into_iter().filter_map(|word| {
        let (file, words) = photo::parts(&word.value);
        let (file, words) = (file?.to_owned(), words.to_owned());
        Some(Sent { word_key: word.word_key, file, words })
    });
    Ok(Gallery { people, photos: here.collect() })
}

/// A photo of a question by the name of its file.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, of: Of, file: &str) -> Result<Option<Photo>, db::Error> {
    store::find_sent(tx, (of.version_id, of.key), file).await
}
