//! The tester's own book: what was sent, what was acknowledged, what was refused; to be held against what is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::client::{Answer, Failure};
use super::{Outcome, ensure};

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// On its way.
    Sent,
    /// Answered with a yes; the text is what the answer led to.
    Acknowledged(String),
    /// Answered with a no.
    Refused(u16),
    /// The connection broke: it may be stored or not.
    Unknown,
    /// It never left.
    NotSent,
}

/// Every request by the name the tester gave it.
#[derive(Default)]
pub struct Ledger(Mutex<BTreeMap<String, Fate>>);

/// How many requests met which fate.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    pub acknowledged: usize,
    pub refused: usize,
    pub unknown: usize,
}

impl Ledger {
    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<String, Fate>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes down that a request is about to leave.
    pub fn sent(&self, id: &str) {
        self.with(|book| book.insert(id.to_owned(), Fate::Sent));
    }

    /// Writes down how it ended; true when it was acknowledged.
    pub fn ended(&self, id: &str, answer: &Result<Answer, Failure>) -> bool {
        let fate = match answer {
            Ok(answer) if answer.status == 303 => Fate::Acknowledged(answer.location().to_owned()),
            Ok(answer) => Fate::Refused(answer.status),
            Err(Failure::NotSent(_)) => Fate::NotSent,
            Err(Failure::Cut(_)) => Fate::Unknown,
        };
        let good = matches!(fate, Fate::Acknowledged(_));
        self.with(|book| book.insert(id.to_owned(), fate));
        good
    }

    /// How many met which fate. Whatever is still on its way counts as unknown.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.with(|book| {
            book.values().fold(Tally::default(), |mut tally, fate| {
                match fate {
                    Fate::Acknowledged(_) => tally.acknowledged += 1,
                    Fate::Refused(_) => tally.refused += 1,
                    Fate::Sent | Fate::Unknown => tally.unknown += 1,
                    Fate::NotSent => {}
                }
                tally
            })
        })
    }

    /// The names of those acknowledged so far.
    #[must_use]
    pub fn acknowledged(&self) -> BTreeSet<String> {
        self.with(|book| {
            book.iter().filter(|(_, fate)| matches!(fate, Fate::Acknowledged(_))).map(|(id, _)| id.clone()).collect()
        })
    }

    /// How many answers were refusals of a status other than those that a server in trouble may give.
    #[must_use]
    pub fn refusals_other_than(&self, allowed: &[u16]) -> Vec<u16> {
        self.with(|book| {
            book.values()
                .filter_map(|fate| match fate {
                    Fate::Refused(status) if !allowed.contains(status) => Some(*status),
                    _ => None,
                })
                .collect()
        })
    }

    /// As [`Ledger::check`], where the database itself went away in the middle: a commit may have been refused to the
    /// person because its own answer was lost, so that a refusal proves nothing. They send the same again and get one row.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check_but_for_refusals(&self, stored: &[String]) -> Outcome<usize> {
        self.with(|book| {
            for fate in book.values_mut().filter(|fate| matches!(fate, Fate::Refused(_))) {
                *fate = Fate::Unknown;
            }
        });
        self.check(stored)
    }

    /// Holds the book against the names stored: everything acknowledged is there, nothing twice, nothing that was refused or never sent.
    /// Returns how many are stored although their answer never arrived.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self, stored: &[String]) -> Outcome<usize> {
        let once: BTreeSet<&String> = stored.iter().collect();
        ensure(once.len() == stored.len(), || {
            format!("{} of {} stored are there twice", stored.len() - once.len(), stored.len())
        })?;
        self.with(|book| {
            let mut extra = 0;
            for (id, fate) in book.iter() {
                let kept = once.contains(id);
                match fate {
                    Fate::Acknowledged(_) if !kept => return Err(format!("{id} was acknowledged and is lost").into()),
                    Fate::Refused(status) if kept => {
                        return Err(format!("{id} was answered {status} and is stored all the same").into());
                    }
                    Fate::NotSent if kept => return Err(format!("{id} never left and is stored").into()),
                    Fate::Sent | Fate::Unknown if kept => extra += 1,
                    _ => {}
                }
            }
            match once.iter().find(|id| !book.contains_key(**id)) {
                Some(stranger) => Err(format!("{stranger} is stored and was never sent").into()),
                None => Ok(extra),
            }
        })
    }
}
