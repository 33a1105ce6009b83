//! Bringing the rows of a file in: in one transaction, whole or not at all, and each row once however often it comes.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, Receipt};
use crate::questionnaires::sealed::kept;
use crate::questionnaires::store as responses;
use crate::random::Random;
use crate::surveys::enter;
use crate::surveys::files::intake::look::Entry;
use crate::surveys::sample;
use crate::surveys::store;
use crate::surveys::submit::{self, Arrived};
use crate::surveys::survey::Asked;

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// Rows that are new.
    pub new: usize,
    /// Rows that came before with the same answers.
    pub known: usize,
    /// Rows that came before with other answers, which stay as they were.
    pub changed: usize,
}

/// Why nothing came in.
#[derive(Debug)]
pub enum Refused {
    /// The survey takes no answers that staff enter.
    Survey(enter::Refused),
    /// Answers come in by themselves on that channel.
    NotEntered,
    /// The questions were changed meanwhile, or somebody brought the same rows in.
    Meanwhile,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Which of the rows came before.
///
/// # Errors
/// When the database refuses.
pub async fn compare(tx: &mut Tx, asked: &Asked, entries: &[Entry]) -> Result<Came, db::Error> {
    let mut came = Came::default();
    for entry in entries {
        match responses::find_receipt(tx, asked.version.id, &entry.key).await? {
            None => came.new += 1,
            Some(receipt) if is_same(tx, asked, entry, &receipt)? => came.known += 1,
            Some(_) => came.changed += 1,
        }
    }
    Ok(came)
}

fn is_same(tx: &Tx, asked: &Asked, entry: &Entry, kept: &Receipt) -> Result<bool, db::Error> {
    let coded = code_book::encode(&asked.version.questionnaire, &entry.answers);
    kept::is_digest(tx.keyring(), &kept.digest, &coded, &entry.key)
}

/// Keeps the answers of every row that did not come before.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn bring_in(
    tx: &mut Tx,
    random: &Random,
    asked: &Asked,
    channel: Channel,
    entries: &[Entry],
    now: DateTime<Utc>,
) -> Result<Came, Refused> {
    enter::check_survey(&asked.survey, now).map_err(Refused::Survey)?;
    if !Channel::ENTERED.contains(&channel) {
        return Err(Refused::NotEntered);
    }
    // Whoever else brings rows in, or publishes the results, waits until this is done.
    if !store::hold_for_entry(tx, asked.survey.id).await? {
        return Err(Refused::Survey(enter::Refused::ResultsPublished));
    }
    if sample::exists(tx, asked.survey.id).await? {
        return Err(Refused::Survey(enter::Refused::HomeNeeded));
    }
    let mut came = Came::default();
    for entry in entries {
        if let Some(receipt) = responses::find_receipt(tx, asked.version.id, &entry.key).await? {
            if is_same(tx, asked, entry, &receipt)? {
                came.known += 1;
            } else {
                came.changed += 1;
            }
            continue;
        }
        let arrived =
            Arrived { asked, answers: &entry.answers, submission_key: &entry.key, channel, received_on: entry.on };
        submit::keep(tx, random, &arrived, now).await.map_err(|refused| match refused {
            submit::Refused::Internal(error) => Refused::Internal(error),
            _ => Refused::Meanwhile,
        })?;
        came.new += 1;
    }
    Ok(came)
}
