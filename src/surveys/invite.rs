//! Sending personal links: one to an address, each in an e-mail of the same transaction.

use chrono::{DateTime, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::mail;
use crate::random::{Random, sha256};
use crate::surveys::mail::invitation;
use crate::surveys::sample;
use crate::surveys::store;
use crate::surveys::survey::{State, Survey};
use crate::ui::spoken::Language;

/// The most addresses one form may hold.
pub const MOST_AT_ONCE: usize = 2000;

/// Who writes, and where the link leads.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The landlord's name.
    pub landlord: &'a str,
    /// The product's own address.
    pub base_url: &'a str,
    /// The languages beside English in which the survey can be answered.
    pub languages: &'a [&'static Language],
}

/// What became of a list of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Addresses that were written to.
    pub sent: usize,
    /// Addresses that had a link already and were left alone.
    pub known: usize,
}

/// Why nobody was written to.
#[derive(Debug)]
pub enum Refused {
    /// The survey is not published or is over.
    NotOpen,
    /// The survey has a sample: a pasted address may be of a home in it, which would then count twice.
    HasSample,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// The addresses in a pasted list, in small letters and each once; or the first that is none.
///
/// # Errors
/// What was written where an address should stand.
pub fn addresses_in(pasted: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = Vec::new();
    for part in pasted.split([',', ';', '\n']) {
        let words = part.split_whitespace().map(|word| word.trim_matches(['<', '>'])).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        let none = !words.iter().any(|word| mail::is_address(word));
        for word in words {
            if !mail::is_address(word) {
                let wrong = if none { part.trim() } else { word };
                return Err(wrong.chars().take(80).collect());
            }
            let address = word.to_lowercase();
            if !found.contains(&address) {
                found.push(address);
            }
        }
    }
    Ok(found)
}

/// Sends a personal link to each address that has none. The token is in the e-mail alone: the database
/// keeps its hash, apart from the answers.
///
/// # Errors
/// See [`Refused`].
pub async fn invite(
    tx: &mut Tx,
    random: &Random,
    survey: &Survey,
    sender: Sender<'_>,
    addresses: &[String],
    now: DateTime<Utc>,
) -> Result<Sent, Refused> {
    if !matches!(survey.state(now), State::Open | State::Waiting) {
        return Err(Refused::NotOpen);
    }
    if sample::exists(tx, survey.id).await? {
        return Err(Refused::HasSample);
    }
    let mut sent = Sent { sent: 0, known: 0 };
    for address in addresses {
        let token = random.token();
        let today = clock::london_day(now);
        if store::insert_invitation(tx, survey.id, address, &sha256(&token), today).await? {
            let letter = invitation(survey, sender, address, &token);
            mail::post(tx, now, &letter).await?;
            sent.sent += 1;
        } else {
            sent.known += 1;
        }
    }
    Ok(sent)
}

#[cfg(test)]
#[path = "invite_tests.rs"]
mod tests;
