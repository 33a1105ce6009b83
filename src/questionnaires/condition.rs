//! What must be so for a question to be asked: a small tree over the answers to other questions.

use serde::{Deserialize, Serialize};

use crate::questionnaires::code_book::{FIRST_OPTION, NO_ANSWER};

/// The most statements one condition may hold.
pub const MOST_STATEMENTS: usize = 40;

/// The deepest a condition may nest: a statement in a "not" in a list in a list stands at 4.
const DEEPEST: usize = 6;

/// What must be so. It is stored by the names of its fields: `{"question":1,"codes":[8]}` is the oldest form, and means
/// what it always meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Condition {
    /// The person gave one of these answers.
    Gave {
        /// The question they gave it to.
        question: u16,
        /// The codes of the code book, any of which is enough.
        codes: Vec<u8>,
    },
    /// The person gave any answer at all: "don't know" is one, a blank is none.
    Answered {
        /// The question they answered.
        answered: u16,
    },
    /// Every one of these is so.
    All {
        /// At least one.
        all: Vec<Condition>,
    },
    /// At least one of these is so.
    Any {
        /// At least one.
        any: Vec<Condition>,
    },
    /// This is not so. Of a question that was not asked, "did not give that answer" is so.
    Not {
        /// What is not so.
        not: Box<Condition>,
    },
}

impl Condition {
    /// That one of these options (from nought) was chosen.
    #[must_use]
    pub fn chose(question: u16, options: &[u8]) -> Self {
        Self::Gave { question, codes: options.iter().map(|option| option.saturating_add(FIRST_OPTION)).collect() }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not { not } => *not,
            other => Self::Not { not: Box::new(other) },
        }
    }

    /// Whether it is so. `given` says which codes a person's answer to a question carries: none for a question that was
    /// not asked or not reached.
    pub fn holds<F: Fn(u16) -> Option<Vec<u8>>>(&self, given: &F) -> bool {
        match self {
            Self::Gave { question, codes } => {
                given(*question).is_some_and(|given| given.iter().any(|code| codes.contains(code)))
            }
            Self::Answered { answered } => {
                given(*answered).is_some_and(|given| given.iter().any(|code| *code != NO_ANSWER))
            }
            Self::All { all } => all.iter().all(|part| part.holds(given)),
            Self::Any { any } => any.iter().any(|part| part.holds(given)),
            Self::Not { not } => !not.holds(given),
        }
    }

    /// The statements in it, without the lists and the "not"s around them.
    #[must_use]
    pub fn statements(&self) -> Vec<&Self> {
        match self {
            Self::Gave { .. } | Self::Answered { .. } => vec![self],
            Self::All { all: parts } | Self::Any { any: parts } => parts.iter().flat_map(Self::statements).collect(),
            Self::Not { not } => not.statements(),
        }
    }

    /// The keys of the questions it names, each once.
    #[must_use]
    pub fn questions(&self) -> Vec<u16> {
        let mut keys: Vec<u16> = self.statements().into_iter().filter_map(Self::key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn key(&self) -> Option<u16> {
        match self {
            Self::Gave { question, .. } => Some(*question),
            Self::Answered { answered } => Some(*answered),
            _ => None,
        }
    }

    /// Whether it says something everywhere: no empty list, no statement without an answer, not too long or too deep.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        self.is_whole(DEEPEST) && self.statements().len() <= MOST_STATEMENTS
    }

    fn is_whole(&self, depth: usize) -> bool {
        let Some(below) = depth.checked_sub(1) else { return false };
        match self {
            Self::Gave { codes, .. } => !codes.is_empty(),
            Self::Answered { .. } => true,
            Self::All { all: parts } | Self::Any { any: parts } => {
                !parts.is_empty() && parts.iter().all(|part| part.is_whole(below))
            }
            Self::Not { not } => not.is_whole(below),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Question 1 was answered with the first option, question 2 left blank, question 3 not asked.
    fn given(key: u16) -> Option<Vec<u8>> {
        match key {
            1 => Some(vec![FIRST_OPTION]),
            2 => Some(vec![NO_ANSWER]),
            _ => None,
        }
    }

    fn not(of: Condition) -> Condition {
        of.negated()
    }

    #[test]
    fn a_condition_stored_before_there_were_trees_means_what_it_meant() {
        let old: Condition = serde_json::from_str(r#"{"question":1,"codes":[8,10]}"#).unwrap();
        assert_eq!(old, Condition::chose(1, &[0, 2]));
        assert_eq!(serde_json::to_string(&old).unwrap(), r#"{"question":1,"codes":[8,10]}"#);
        assert!(old.holds(&given));
    }

    #[test]
    fn every_part_of_a_tree_survives_being_stored() {
        let tree = Condition::All {
            all: vec![
                Condition::chose(1, &[0]),
                Condition::Any { any: vec![not(Condition::chose(2, &[1])), Condition::Answered { answered: 3 }] },
            ],
        };
        let stored = serde_json::to_string(&tree).unwrap();
        assert_eq!(serde_json::from_str::<Condition>(&stored).unwrap(), tree);
        assert_eq!(tree.questions(), [1, 2, 3]);
    }

    #[test]
    fn lists_join_and_not_turns_round() {
        let (yes, no) = (Condition::chose(1, &[0]), Condition::chose(1, &[1]));
        let all = Condition::All { all: vec![yes.clone(), no.clone()] };
        let any = Condition::Any { any: vec![yes.clone(), no.clone()] };
        assert!(any.holds(&given) && !all.holds(&given));
        assert!(not(all).holds(&given) && not(no).holds(&given) && !not(yes).holds(&given));
    }

    #[test]
    fn a_blank_is_no_answer_and_of_a_question_not_asked_only_a_not_is_so() {
        assert!(Condition::Answered { answered: 1 }.holds(&given));
        assert!(!Condition::Answered { answered: 2 }.holds(&given));
        assert!(!Condition::Answered { answered: 3 }.holds(&given));
        assert!(!Condition::chose(3, &[0]).holds(&given));
        assert!(not(Condition::chose(3, &[0])).holds(&given));
    }

    #[test]
    fn an_empty_list_and_a_pile_of_nots_are_not_well_formed() {
        assert!(!Condition::All { all: Vec::new() }.is_well_formed());
        assert!(!Condition::chose(1, &[]).is_well_formed());
        assert!(not(Condition::chose(1, &[0])).is_well_formed());
        let deep = (0..9).fold(Condition::chose(1, &[0]), |inner, _| Condition::Not { not: Box::new(inner) });
        assert!(!deep.is_well_formed());
    }
}
