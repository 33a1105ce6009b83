//! The code frame of a question: its themes are added, worded, put in order, merged and copied, until they are published.

use crate::db::{self, Tx};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::Standing;
use crate::surveys::verbatims::store;
use crate::surveys::verbatims::theme::{MOST, Theme};
use crate::thread::id::ThemeId;

/// Why the themes were not changed.
#[derive(Debug)]
pub enum Refused {
    /// They are published, and stay as they are.
    Published,
    /// There is no such theme any more.
    NoSuchTheme,
    /// Another theme has this name, or had it before it was merged.
    NameTaken,
    /// There are as many themes as there can be.
    TooMany,
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
            Self::Published => "The themes are published, so they stay as they are",
            Self::NoSuchTheme => "That theme is not there any more. Look at the themes again",
            Self::NameTaken => "There is a theme of this name, or there was one that was merged. Choose another name",
            Self::TooMany => "A question can have at most 40 themes. Merge some first",
            Self::Internal(_) => return None,
        })
    }
}

/// What a theme says.
#[derive(Clone, Copy, Debug)]
pub struct Worded<'a> {
    /// Its name.
    pub name: &'a str,
    /// What belongs under it.
    pub description: &'a str,
}

/// The themes as they stand, held until the transaction ends.
async fn held(tx: &mut Tx, question: OpenQuestion) -> Result<Vec<Theme>, Refused> {
    if store::hold(tx, question).await? { Ok(store::list_themes(tx, question).await?) } else { Err(Refused::Published) }
}

fn is_taken(themes: &[Theme], name: &str, but: Option<ThemeId>) -> bool {
    let name = name.to_lowercase();
    themes.iter().any(|theme| Some(theme.id) != but && theme.name.to_lowercase() == name)
}

/// Adds a theme after the others and gives its key.
///
/// # Errors
/// See [`Refused`].
pub async fn add(tx: &mut Tx, question: OpenQuestion, worded: Worded<'_>) -> Result<ThemeId, Refused> {
    let themes = held(tx, question).await?;
    if is_taken(&themes, worded.name, None) {
        return Err(Refused::NameTaken);
    }
    if themes.iter().filter(|theme| theme.is_live()).count() >= MOST {
        return Err(Refused::TooMany);
    }
    Ok(store::insert_theme(tx, question, worded, next_place(&themes)).await?)
}

fn next_place(themes: &[Theme]) -> i64 {
    themes.iter().map(|theme| theme.place).max().unwrap_or(0) + 1
}

/// Gives a theme another name or description. Whatever was put under it stays there.
///
/// # Errors
/// See [`Refused`].
pub async fn reword(tx: &mut Tx, question: OpenQuestion, id: ThemeId, worded: Worded<'_>) -> Result<(), Refused> {
    let themes = held(tx, question).await?;
    live(&themes, id)?;
    if is_taken(&themes, worded.name, Some(id)) {
        return Err(Refused::NameTaken);
    }
    Ok(store::reword_theme(tx, id, worded).await?)
}

/// Moves a theme one place up or down among the others; at the end it stays.
///
/// # Errors
/// See [`Refused`].
pub async fn shift(tx: &mut Tx, question: OpenQuestion, id: ThemeId, up: bool) -> Result<(), Refused> {
    let themes = held(tx, question).await?;
    let theme = live(&themes, id)?;
    let others = themes.iter().filter(|other| other.is_live());
    let next = if up {
        others.filter(|other| other.place < theme.place).max_by_key(|other| other.place)
    } else {
        others.filter(|other| other.place > theme.place).min_by_key(|other| other.place)
    };
    if let Some(next) = next {
        store::place_theme(tx, id, next.place).await?;
        store::place_theme(tx, next.id, theme.place).await?;
    }
    Ok(())
}

/// Merges a theme into another: all that was put under it counts there from now on. It is not undone.
///
/// # Errors
/// See [`Refused`].
pub async fn merge(tx: &mut Tx, question: OpenQuestion, id: ThemeId, into: ThemeId) -> Result<(), Refused> {
    let themes = held(tx, question).await?;
    if id == into {
        return Err(Refused::NoSuchTheme);
    }
    live(&themes, id)?;
    live(&themes, into)?;
    Ok(store::merge_theme(tx, id, into).await?)
}

fn live(themes: &[Theme], id: ThemeId) -> Result<&Theme, Refused> {
    themes.iter().find(|theme| theme.id == id && theme.is_live()).ok_or(Refused::NoSuchTheme)
}

/// Copies the themes of another question after these, but for those whose name is here already; gives how many it copied.
///
/// # Errors
/// See [`Refused`].
pub async fn copy(tx: &mut Tx, question: OpenQuestion, from: &Standing) -> Result<usize, Refused> {
    let themes = held(tx, question).await?;
    let new: Vec<&Theme> = from.live().filter(|theme| !is_taken(&themes, &theme.name, None)).collect();
    if themes.iter().filter(|theme| theme.is_live()).count() + new.len() > MOST {
        return Err(Refused::TooMany);
    }
    for (theme, place) in new.iter().zip(next_place(&themes)..) {
        let worded = Worded { name: &theme.name, description: &theme.description };
        store::insert_theme(tx, question, worded, place).await?;
    }
    Ok(new.len())
}
