//! The questions in order, and every change that keeps them sound.

use serde::{Deserialize, Serialize};

use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::photo::Way;
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::sealed::mark::{self, Fault};
use crate::questionnaires::{lock, routing};

/// The most questions a questionnaire may have.
pub const MOST_QUESTIONS: usize = 100;

/// The most skips one question may have.
pub const MOST_SKIPS: usize = 5;

/// Questions in the order they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questionnaire {
    next_key: u16,
    questions: Vec<Question>,
    /// The version of the bank it was made from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bank: Option<String>,
}

/// Why a change to a questionnaire was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No question has that key.
    NoSuchQuestion,
    /// A question would be shown because of a question that comes after it, or would repeat its answer.
    LaterReference,
    /// A skip would lead backwards, or to no question.
    SkipsBack,
    /// A condition would say nothing somewhere, or too much.
    NoCondition,
    /// Another question is shown because of this one.
    Needed,
    /// There are as many questions as there may be.
    TooMany,
    /// The question has as many skips as it may have.
    TooManySkips,
    /// The question is one of a bank, which stays as it is.
    Fixed,
    /// A question would stand before or between those of a bank.
    NoSlot,
    /// A question would lead past those of a bank.
    PastFixed,
    /// A sealed question would be what it may not be.
    Sealed(Fault),
}

impl Questionnaire {
    /// The questions of a bank, which then stay as they are. They get the keys from one upwards in their order, by
    /// which their conditions may name each other.
    ///
    /// # Errors
    /// When a condition names a later question or none.
    pub fn of_bank(version: &str, questions: Vec<Question>) -> Result<Self, Refused> {
        let keyed = (1_u16..).zip(questions).map(|(key, question)| Question { key, ..question });
        let questions: Vec<Question> = keyed.collect();
        let next_key = questions.last().map_or(0, |question| question.key);
        let made = Self { next_key, questions, bank: Some(version.to_owned()) };
        made.check_references().map(|()| made)
    }

    /// The version of the bank it was made from, if it was.
    #[must_use]
    pub fn bank(&self) -> Option<&str> {
        self.bank.as_deref()
    }

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
        Self { next_key: self.next_key, questions: questions.collect(), bank: self.bank.clone() }
    }

    /// The same as staff enter it for somebody: of a photo it is said that one came, or, where people only tell their
    /// answers, that none can.
    #[must_use]
    pub fn entered(&self, told: bool) -> Self {
        let way = if told { Way::Told } else { Way::Entered };
        self.reworded(|question| question.kind.stands(way.clone()))
    }

    /// The first question that asks for a photo.
    #[must_use]
    pub fn photo(&self) -> Option<&Question> {
        self.questions.iter().find(|question| question.kind.is_photo())
    }

    /// The same in other words, to be read by people and never stored: whatever `say` does, what is asked of whom and
    /// how it is kept stays. The banks keep only what is stored.
    #[must_use]
    pub fn reworded(&self, say: impl Fn(&mut Question)) -> Self {
        let mut reworded = self.clone();
        reworded.questions.iter_mut().for_each(say);
        reworded
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

    /// Says who is asked the question with this key: everybody, or those of whom this is so.
    pub fn ask_only(&mut self, key: u16, condition: Option<Condition>) -> Result<(), Refused> {
        let question = self.find(key).ok_or(Refused::NoSuchQuestion)?.clone();
        self.replace(key, Question { show_if: condition, ..question })
    }

    /// Changes the skip at this place (from nought) of the question with this key, adds it when it is the next, or
    /// takes it out.
    pub fn set_skip(&mut self, key: u16, at: usize, skip: Option<Skip>) -> Result<(), Refused> {
        let mut question = self.find(key).ok_or(Refused::NoSuchQuestion)?.clone();
        match (skip, question.skips.get_mut(at)) {
            (Some(skip), Some(old)) => *old = skip,
            (Some(_), None) if at >= MOST_SKIPS => return Err(Refused::TooManySkips),
            (Some(skip), None) => question.skips.push(skip),
            (None, Some(_)) => drop(question.skips.remove(at)),
            (None, None) => {}
        }
        self.replace(key, question)
    }

    /// Moves a question one place up (or down), over the questions of a bank that it may not stand between. At the
    /// end of the list nothing changes.
    pub fn shift(&mut self, key: u16, up: bool) -> Result<(), Refused> {
        let mut at = self.position(key).ok_or(Refused::NoSuchQuestion)?;
        if self.find(key).is_some_and(|question| question.bank.is_some()) {
            return Err(Refused::Fixed);
        }
        let mut changed = self.clone();
        loop {
            let to = if up { at.checked_sub(1) } else { Some(at + 1) };
            let Some(to) = to.filter(|to| *to < self.questions.len()) else {
                return if lock::has_only_slots(&changed) { Ok(()) } else { Err(Refused::NoSlot) };
            };
            changed.questions.swap(at, to);
            at = to;
            if lock::has_only_slots(&changed) {
                return self.accept(changed);
            }
        }
    }

    /// Takes a question out.
    pub fn remove(&mut self, key: u16) -> Result<(), Refused> {
        if self.find(key).ok_or(Refused::NoSuchQuestion)?.bank.is_some() {
            return Err(Refused::Fixed);
        }
        if self.questions.iter().any(|other| other.key != key && other.names(key)) {
            return Err(Refused::Needed);
        }
        self.questions.retain(|question| question.key != key);
        Ok(())
    }

    fn accept(&mut self, changed: Self) -> Result<(), Refused> {
        if !lock::keeps(self, &changed) {
            return Err(Refused::Fixed);
        }
        if !lock::has_only_slots(&changed) {
            return Err(Refused::NoSlot);
        }
        changed.check_references()?;
        mark::check(&changed).map_err(Refused::Sealed)?;
        if lock::leads_past(&changed) {
            return Err(Refused::PastFixed);
        }
        *self = changed;
        Ok(())
    }

    /// Whether every condition says something, and conditions and texts name questions that come earlier only, and
    /// every skip leads on.
    fn check_references(&self) -> Result<(), Refused> {
        for (position, question) in self.questions.iter().enumerate() {
            if !question.conditions().all(Condition::is_well_formed) {
                return Err(Refused::NoCondition);
            }
            let stands = |key: u16, before: usize| self.position(key).is_some_and(|earlier| earlier < before);
            let all_stand = |of: &Condition, before| of.questions().into_iter().all(|key| stands(key, before));
            let own = question.show_if.iter().all(|condition| all_stand(condition, position))
                && question.repeats().into_iter().all(|key| stands(key, position));
            // When a question leads on, it was answered itself.
            let onward = question.skips.iter().all(|skip| all_stand(&skip.when, position + 1));
            if !own || !onward {
                return Err(Refused::LaterReference);
            }
            if question.skips.iter().any(|skip| routing::target(self, skip) <= position) {
                return Err(Refused::SkipsBack);
            }
        }
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
    fn who_is_asked_is_changed_by_itself() {
        let mut of = three();
        let both = Condition::All { all: vec![Condition::chose(1, &[0]), Condition::chose(2, &[1]).negated()] };
        of.ask_only(3, Some(both.clone())).unwrap();
        assert_eq!(of.find(3).unwrap().show_if, Some(both));
        assert_eq!(of.remove(2), Err(Refused::Needed));
        assert_eq!(of.ask_only(3, Some(Condition::Any { any: Vec::new() })), Err(Refused::NoCondition));
        of.ask_only(3, None).unwrap();
        assert_eq!(of, three());
    }

    #[test]
    fn a_skip_leads_forwards_only_and_keeps_its_target() {
        let mut of = three();
        let skip = |to: Option<u16>| Some(Skip { when: Condition::chose(1, &[1]), to });
        assert_eq!(of.set_skip(1, 0, skip(Some(1))), Err(Refused::SkipsBack));
        assert_eq!(of.set_skip(1, 0, skip(Some(9))), Err(Refused::SkipsBack));
        of.set_skip(1, 0, skip(Some(3))).unwrap();
        assert_eq!(of.remove(3), Err(Refused::Needed));
        assert_eq!(of.shift(1, false), Err(Refused::LaterReference));
        of.set_skip(1, 0, skip(None)).unwrap();
        of.remove(3).unwrap();
        of.remove(2).unwrap();
        of.remove(1).unwrap();
    }

    #[test]
    fn a_text_that_repeats_an_answer_keeps_its_question_in_front() {
        let mut of = three();
        of.replace(3, asked("Why {answer:2}?")).unwrap();
        assert_eq!(of.remove(2), Err(Refused::Needed));
        assert_eq!(of.shift(3, true), Err(Refused::LaterReference));
        assert_eq!(of.replace(3, asked("Why {answer:3}?")), Err(Refused::LaterReference));
        assert_eq!(of.replace(3, asked("Why?").hinted("{answer:9}")), Err(Refused::LaterReference));
    }

    #[test]
    fn a_skip_goes_with_what_it_names_out_of_reach() {
        let mut of = three();
        let later = Skip { when: Condition::chose(2, &[0]), to: Some(3) };
        assert_eq!(of.set_skip(1, 0, Some(later.clone())), Err(Refused::LaterReference));
        of.set_skip(2, 0, Some(later)).unwrap();
        assert_eq!(of.shift(3, true), Err(Refused::SkipsBack));
        of.set_skip(2, 0, None).unwrap();
        assert_eq!(of, three());
        let on = Skip { when: Condition::chose(1, &[0]), to: None };
        for at in 0..MOST_SKIPS {
            of.set_skip(1, at, Some(on.clone())).unwrap();
        }
        assert_eq!(of.set_skip(1, MOST_SKIPS, Some(on)), Err(Refused::TooManySkips));
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
