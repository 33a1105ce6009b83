//! The questions in order, and every change that keeps them sound.

use serde::{Deserialize, Serialize};

use crate::questionnaires::question::Question;
use crate::questionnaires::routing;

/// The most questions a questionnaire may have.
pub const MOST_QUESTIONS: usize = 100;

/// Questions in the order they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questionnaire {
    next_key: u16,
    questions: Vec<Question>,
}

/// Why a change to a questionnaire was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No question has that key.
    NoSuchQuestion,
    /// A question would be shown because of a question that comes after it, or of none.
    LaterReference,
    /// Another question is shown because of this one.
    Needed,
    /// There are as many questions as there may be.
    TooMany,
}

impl Questionnaire {
    /// The questions in order.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question at a position, from nought.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&Question> {
        self.questions.get(position)
    }

    /// Where the question with this key stands.
    #[must_use]
    pub fn position(&self, key: u16) -> Option<usize> {
        self.questions.iter().position(|question| question.key == key)
    }

    /// The question with this key.
    #[must_use]
    pub fn find(&self, key: u16) -> Option<&Question> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// The same, but every question may be left blank: for answers that somebody else types, who can ask no more.
    #[must_use]
    pub fn without_required(&self) -> Self {
        let questions = self.questions.iter().map(|question| Question { required: false, ..question.clone() });
        Self { next_key: self.next_key, questions: questions.collect() }
    }

    /// Adds a question at the end and says which key it got.
    pub fn add(&mut self, mut question: Question) -> Result<u16, Refused> {
        if self.questions.len() >= MOST_QUESTIONS {
            return Err(Refused::TooMany);
        }
        let key = self.next_key + 1;
        question.key = key;
        let mut changed = self.clone();
        changed.next_key = key;
        changed.questions.push(question);
        self.accept(changed).map(|()| key)
    }

    /// Puts another question in the place of the one with this key. It keeps the key.
    pub fn replace(&mut self, key: u16, question: Question) -> Result<(), Refused> {
        let mut changed = self.clone();
        let old = changed.questions.iter_mut().find(|old| old.key == key);
        *old.ok_or(Refused::NoSuchQuestion)? = Question { key, ..question };
        self.accept(changed)
    }

    /// Moves a question one place up (or down). At the end of the list nothing changes.
    pub fn shift(&mut self, key: u16, up: bool) -> Result<(), Refused> {
        let from = self.position(key).ok_or(Refused::NoSuchQuestion)?;
        let to = if up { from.saturating_sub(1) } else { from + 1 };
        if to >= self.questions.len() {
            return Ok(());
        }
        let mut changed = self.clone();
        changed.questions.swap(from, to);
        self.accept(changed)
    }

    /// Takes a question out.
    pub fn remove(&mut self, key: u16) -> Result<(), Refused> {
        self.position(key).ok_or(Refused::NoSuchQuestion)?;
        let depends = |other: &Question| other.show_if.as_ref().is_some_and(|on| on.question == key);
        if self.questions.iter().any(depends) {
            return Err(Refused::Needed);
        }
        self.questions.retain(|question| question.key != key);
        Ok(())
    }

    fn accept(&mut self, changed: Self) -> Result<(), Refused> {
        if !routing::refers_back(&changed) {
            return Err(Refused::LaterReference);
        }
        *self = changed;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;

    fn asked(text: &str) -> Question {
        Question::new(text, Kind::usual("one_choice").unwrap())
    }

    fn three() -> Questionnaire {
        let mut of = Questionnaire::default();
        of.add(asked("First")).unwrap();
        of.add(asked("Second").shown_if(1, &[0])).unwrap();
        of.add(asked("Third")).unwrap();
        of
    }

    fn order(of: &Questionnaire) -> Vec<u16> {
        of.questions().iter().map(|question| question.key).collect()
    }

    #[test]
    fn a_question_shown_because_of_a_later_one_is_refused() {
        let mut of = three();
        assert_eq!(of.shift(1, false), Err(Refused::LaterReference));
        assert_eq!(of.replace(1, asked("First").shown_if(3, &[0])), Err(Refused::LaterReference));
        assert_eq!(of.add(asked("Self").shown_if(4, &[0])), Err(Refused::LaterReference));
        assert_eq!(of, three());
    }

    #[test]
    fn a_question_that_another_needs_cannot_be_removed() {
        let mut of = three();
        assert_eq!(of.remove(1), Err(Refused::Needed));
        of.remove(2).unwrap();
        of.remove(1).unwrap();
        assert_eq!(order(&of), [3]);
    }

    #[test]
    fn a_key_is_never_given_twice() {
        let mut of = three();
        of.remove(3).unwrap();
        assert_eq!(of.add(asked("Fourth")), Ok(4));
        assert_eq!(of.shift(4, true), Ok(()));
        assert_eq!(order(&of), [1, 4, 2]);
        assert_eq!(of.shift(1, true), Ok(()));
        assert_eq!(order(&of), [1, 4, 2]);
    }

    #[test]
    fn a_questionnaire_survives_being_stored() {
        let stored = serde_json::to_string(&three()).unwrap();
        assert_eq!(serde_json::from_str::<Questionnaire>(&stored).unwrap(), three());
    }
}
