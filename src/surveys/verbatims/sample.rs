//! The answers that a second person codes without seeing what the first one found.

use crate::db::{self, Tx};
use crate::questionnaires::response::Word;
use crate::random::{Random, sha256};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::store;

/// The share that is drawn unless somebody says otherwise, in per cent.
pub const USUAL_SHARE: i64 = 20;
/// The smallest share that can be asked for, in per cent.
pub const LEAST_SHARE: i64 = 10;
/// The fewest answers that are drawn; all of them where there are no more.
pub const LEAST: usize = 30;

/// Why nothing was drawn.
#[derive(Debug)]
pub enum Refused {
    /// The themes are published, and stay as they are.
    Published,
    /// They were drawn before.
    DrawnBefore,
    /// Nobody has written anything.
    NoWords,
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
            Self::Published => "The themes are published, so they and what was put under them stay as they are",
            Self::DrawnBefore => "The answers to check were drawn before",
            Self::NoWords => "Nobody has written anything here yet",
            Self::Internal(_) => return None,
        })
    }
}

/// The keys of the answers that a seed draws: a share in per cent, upwards to a whole answer, and at least [`LEAST`].
#[must_use]
pub fn drawn<'a>(words: &'a [Word], seed: &str, share: i64) -> Vec<&'a str> {
    let share = usize::try_from(share.clamp(0, 100)).unwrap_or(0);
    let many = (words.len() * share).div_ceil(100).max(LEAST);
    let mut keys: Vec<&str> = words.iter().map(|word| word.word_key.as_str()).collect();
    keys.sort_by_cached_key(|key| sha256(&format!("{seed} {key}")));
    keys.truncate(many);
    keys
}

/// Draws the answers to check, once for each question, and gives how many they are. Answers that come later are not
/// among them.
///
/// # Errors
/// See [`Refused`].
pub async fn draw(tx: &mut Tx, random: &Random, question: OpenQuestion, share: i64) -> Result<usize, Refused> {
    if !store::hold(tx, question).await? {
        return Err(Refused::Published);
    }
    let standing = store::load(tx, question).await?;
    if !standing.frame.seed.is_empty() {
        return Err(Refused::DrawnBefore);
    }
    if standing.words.is_empty() {
        return Err(Refused::NoWords);
    }
    let seed = random.token();
    let keys = drawn(&standing.words, &seed, share);
    store::save_sample(tx, question, (&seed, share), &keys).await?;
    Ok(keys.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(many: usize) -> Vec<Word> {
        (0..many).map(|at| Word { word_key: format!("{at:032x}"), value: String::new() }).collect()
    }

    #[test]
    fn a_fifth_and_at_least_thirty_are_drawn_and_the_seed_says_which() {
        for (all, many) in [(5, 5), (30, 30), (100, 30), (150, 30), (151, 31), (400, 80), (401, 81)] {
            assert_eq!(drawn(&words(all), "seed", USUAL_SHARE).len(), many, "{all}");
        }
        let all = words(400);
        let first = drawn(&all, "seed", USUAL_SHARE);
        assert_eq!(first, drawn(&all, "seed", USUAL_SHARE));
        assert_ne!(first, drawn(&all, "another", USUAL_SHARE));
        assert_eq!(drawn(&all, "seed", 100).len(), 400);
    }
}
