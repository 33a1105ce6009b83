//! A question that people answer in their own words, alone or beside its choices.

use crate::questionnaires::question::Question;
use crate::surveys::results::{QuestionResult, Words};
use crate::surveys::survey::Asked;

/// Which question of which version it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// The version of the questionnaire.
    pub version_id: i64,
    /// The question's key.
    pub key: i64,
}

impl OpenQuestion {
    /// The question with this key, if people write words under it.
    #[must_use]
    pub fn find(asked: &Asked, key: u16) -> Option<(Self, &Question)> {
        let question = asked.version.questionnaire.find(key).filter(|question| asks_words(question))?;
        Some((Self { version_id: asked.version.id, key: i64::from(key) }, question))
    }

    /// Every question of a survey under which people write words, in its order.
    #[must_use]
    pub fn all(asked: &Asked) -> Vec<(Self, &Question)> {
        let questions = asked.version.questionnaire.questions().iter();
        questions.filter_map(|question| Self::find(asked, question.key)).collect()
    }

    /// Whether its words may be read by those for whom these results were released: as on the page of results.
    #[must_use]
    pub fn may_be_read(self, results: &[QuestionResult]) -> bool {
        readable(results).iter().any(|key| i64::from(*key) == self.key)
    }
}

/// The keys of the questions whose words may be shown at all.
#[must_use]
pub fn readable(results: &[QuestionResult]) -> Vec<u16> {
    let shown = results.iter().filter(|result| result.words == Words::Open);
    shown.map(|result| result.question.key).collect()
}

fn asks_words(question: &Question) -> bool {
    question.bank.is_none() && (question.kind.is_words() || question.kind.other_category().is_some())
}
