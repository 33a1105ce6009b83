//! Putting an answer under themes: as the first person, as the second who does not see the first, or settling what the
//! two saw differently.

use std::collections::BTreeSet;

use crate::db::{self, Tx};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::{Coding, Standing, Turn};
use crate::surveys::verbatims::store;
use crate::thread::id::{AccountId, ThemeId};

/// What a person found in an answer.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The key of the answer.
    pub word: &'a str,
    /// Whose look it is.
    pub turn: Turn,
    /// The themes; none where no theme fits.
    pub themes: &'a BTreeSet<ThemeId>,
    /// What they noted beside it, or nothing.
    pub note: &'a str,
    /// The revision of what was found before, as the person saw it; nought for nothing.
    pub revision: i64,
    /// Who looked.
    pub by: AccountId,
}

/// Why nothing was kept.
#[derive(Debug)]
pub enum Refused {
    /// The themes are published, and stay as they are.
    Published,
    /// There is no such answer.
    NoSuchWord,
    /// A theme is not there any more.
    NoSuchTheme,
    /// Somebody else has coded the answer since the page was opened.
    Meanwhile,
    /// A second person has coded it, or is about to: from then on a third look settles it.
    Checked,
    /// The same person cannot be the first and the second.
    SamePerson,
    /// The answer waits for nobody's look of that kind.
    NotDue,
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
            Self::NoSuchWord => "That answer is not there any more",
            Self::NoSuchTheme => "A theme was changed meanwhile. Look at the themes again, then save",
            Self::Meanwhile => {
                "Somebody else has saved this answer while you were looking at it. Open it again to see how"
            }
            Self::Checked => {
                "This answer was drawn for a second person to check, so what the first one found stays. Differences are settled on the page of the check"
            }
            Self::SamePerson => "You coded this answer first. Somebody else must check it",
            Self::NotDue => "This answer does not wait for this any more",
            Self::Internal(_) => return None,
        })
    }
}

/// Keeps what a person found.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn code(tx: &mut Tx, question: OpenQuestion, found: &Found<'_>) -> Result<(), Refused> {
    if !store::hold(tx, question).await? {
        return Err(Refused::Published);
    }
    let standing = store::load(tx, question).await?;
    check(&standing, found)?;
    match standing.coding(found.word, found.turn) {
        Some(before) => store::replace_coding(tx, before.id, found).await?,
        None => store::insert_coding(tx, question, found).await?,
    }
    Ok(())
}

fn check(standing: &Standing, found: &Found<'_>) -> Result<(), Refused> {
    if standing.word(found.word).is_none() {
        return Err(Refused::NoSuchWord);
    }
    let is_live = |id: &ThemeId| standing.live().any(|theme| theme.id == *id);
    if !found.themes.iter().all(is_live) {
        return Err(Refused::NoSuchTheme);
    }
    let before = standing.coding(found.word, found.turn);
    match found.turn {
        Turn::First => may_code_first(standing, found.word, found.by)?,
        Turn::Second => {
            if standing.coding(found.word, Turn::First).is_some_and(|first| first.account == found.by) {
                return Err(Refused::SamePerson);
            }
            if before.is_some() || !standing.is_due_second(found.word, found.by) {
                return Err(Refused::NotDue);
            }
        }
        Turn::Third => {
            if before.is_none() && !standing.differs(found.word) {
                return Err(Refused::NotDue);
            }
        }
    }
    if before.map_or(0, |before: &Coding| before.revision) == found.revision { Ok(()) } else { Err(Refused::Meanwhile) }
}

/// Whether a person may say as the first what is in an answer. Once it was drawn for a check only who coded it may change
/// it, since others must not see it; once it was checked, nobody.
///
/// # Errors
/// `Checked` or `SamePerson`.
pub fn may_code_first(standing: &Standing, word: &str, by: AccountId) -> Result<(), Refused> {
    if let Some(second) = standing.coding(word, Turn::Second) {
        return Err(if second.account == by { Refused::SamePerson } else { Refused::Checked });
    }
    let first = standing.coding(word, Turn::First);
    let is_anothers = first.is_some_and(|first| first.account != by);
    if standing.sampled.contains(word) && is_anothers { Err(Refused::Checked) } else { Ok(()) }
}
