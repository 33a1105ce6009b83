//! Names of members of the public, and taking them out of texts: what leaves the program in a bundle names none.

use std::collections::HashMap;

use crate::db::{self, Tx};
use crate::improvement::store::groups;
use crate::people::{self, Role};
use crate::{focus_groups, residents};

/// What stands where a name stood.
pub const INSTEAD: &str = "[a member of the public]";

/// The names of members of the public that the program knows, by their first word.
///
/// A name of one word alone cannot be told from an ordinary word and is left out.
#[derive(Debug, Default)]
pub struct PublicNames(HashMap<String, Vec<Vec<String>>>);

/// A word in small letters, without marks around it and without the 's of what is theirs.
fn plain(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    word.strip_suffix("'s").unwrap_or(&word).trim_matches(['\'', '-']).to_owned()
}

/// Each word of a text as [`plain`] has it, with where it begins and ends.
fn words(text: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = letter.is_alphanumeric() || letter == '\'' || letter == '’' || letter == '-';
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.push((plain(text.get(from..at).unwrap_or_default()), from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

impl PublicNames {
    /// Of these names.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let mut all = Self::default();
        for name in names {
            let mut parts = words(&name).into_iter().map(|(word, ..)| word);
            if let Some(first) = parts.next() {
                let rest: Vec<String> = parts.collect();
                if !rest.is_empty() {
                    all.0.entry(first).or_default().push(rest);
                }
            }
        }
        all
    }

    /// Everybody with an account as a resident or shopper, on the list of homes, with a place in a focus group, or in an improvement group without being staff.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(tx: &mut Tx) -> Result<Self, db::Error> {
        let (public, staff): (Vec<_>, Vec<_>) = people::store::list(tx)
            .await?
            .into_iter()
            .partition(|one| matches!(one.role, Role::Resident | Role::Shopper));
        let mut names: Vec<String> = public.into_iter().map(|one| one.name).collect();
        names.extend(residents::list_current(tx).await?.into_iter().map(|home| home.name));
        names.extend(focus_groups::list_names(tx).await?);
        let members = groups::list_names(tx).await?;
        names.extend(members.into_iter().filter(|name| staff.iter().all(|one| one.name != *name)));
        Ok(Self::of(names))
    }

    /// A text with [`INSTEAD`] where a member of the public was named.
    #[must_use]
    pub fn take_out(&self, text: &str) -> String {
        let words = words(text);
        let (mut kept, mut copied, mut at) = (String::with_capacity(text.len()), 0, 0);
        while let Some((word, start, _)) = words.get(at) {
            let long =
                self.0.get(word).into_iter().flatten().filter(|rest| follows(&words, at, rest)).map(Vec::len).max();
            let end = long.and_then(|long| words.get(at + long).map(|(.., end)| (long, *end)));
            if let Some((long, end)) = end {
                kept.push_str(text.get(copied..*start).unwrap_or_default());
                kept.push_str(INSTEAD);
                copied = end;
                at += long;
            }
            at += 1;
        }
        kept.push_str(text.get(copied..).unwrap_or_default());
        kept
    }

    /// True when a text names a member of the public.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        let words = words(text);
        (0..words.len()).any(|at| {
            let first = words.get(at).and_then(|(word, ..)| self.0.get(word));
            first.into_iter().flatten().any(|rest| follows(&words, at, rest))
        })
    }
}

/// True when these words come after the word at a place.
fn follows(words: &[(String, usize, usize)], at: usize, rest: &[String]) -> bool {
    words.get(at + 1..at + 1 + rest.len()).is_some_and(|next| next.iter().map(|(word, ..)| word).eq(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_and_all_else_stays() {
        let names =
            PublicNames::of(["Robin Hearth", "Mary-Ann O’Quill Vane", "Mary-Ann O’Quill", "Field"].map(str::to_owned));
        for (text, kept) in [
            ("ROBIN\n hearth, of the field", "[a member of the public], of the field"),
            (
                "“Mary-Ann O’Quill Vane” and Mary-Ann O’Quill.",
                "“[a member of the public]” and [a member of the public].",
            ),
            ("Robin hears; Hearthrug", "Robin hears; Hearthrug"),
            ("Robin Robin Hearth’s", "Robin [a member of the public]"),
            ("'Robin Hearth'", "[a member of the public]"),
            ("", ""),
        ] {
            assert_eq!(names.take_out(text), kept);
            assert_eq!(names.are_in(text), text != kept, "{text}");
        }
    }
}
