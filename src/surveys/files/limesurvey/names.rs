//! What equations of the file may name, and what each name stands for among the questions taken over.

use std::collections::HashMap;

use super::source::Question;
use crate::questionnaires::code_book::{FIRST_OPTION, OTHER};
use crate::questionnaires::condition::Condition;

/// What a name in an equation stands for.
#[derive(Clone)]
pub(super) enum Target {
    /// One of a list, whose answers have these codes in the file and in the code book.
    OneOf { key: u16, codes: Vec<(String, u8)> },
    /// One box of several, ticked or not.
    Tick { key: u16, code: u8 },
    /// Words, a number or a day, of which a condition can only say that they were given.
    Open { key: u16 },
}

/// Every name with what it stands for.
#[derive(Default)]
pub(super) struct Names(HashMap<String, Target>);

impl Names {
    pub(super) fn find(&self, name: &str) -> Option<&Target> {
        let bare = ["NAOK", "code", "value", "shown"].iter().find_map(|end| name.strip_suffix(&format!(".{end}")));
        self.0.get(bare.unwrap_or(name))
    }

    /// A question that was taken over as one.
    pub(super) fn add(&mut self, of: &Question, target: &Target) {
        for name in &of.names {
            self.0.insert(name.clone(), target.clone());
        }
    }

    /// A part of a question.
    pub(super) fn add_part(&mut self, of: &Question, part: &str, target: &Target) {
        for name in &of.names {
            self.0.insert(format!("{name}_{part}"), target.clone());
            self.0.insert(format!("{name}{part}"), target.clone());
        }
    }
}

impl Target {
    /// One of a list whose options have these codes in the file, in order.
    pub(super) fn one_of(key: u16, codes: impl IntoIterator<Item = String>, other: bool) -> Self {
        let options = codes.into_iter().zip(FIRST_OPTION..);
        Self::OneOf { key, codes: options.chain(other.then(|| ("-oth-".to_owned(), OTHER))).collect() }
    }

    pub(super) const fn key(&self) -> u16 {
        match self {
            Self::OneOf { key, .. } | Self::Tick { key, .. } | Self::Open { key } => *key,
        }
    }

    /// That anything was answered; for a box, that it was ticked.
    pub(super) fn given(&self) -> Condition {
        match self {
            Self::OneOf { key, .. } | Self::Open { key } => Condition::Answered { answered: *key },
            Self::Tick { key, code } => Condition::Gave { question: *key, codes: vec![*code] },
        }
    }
}
