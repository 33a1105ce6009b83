//! Names of people with an account, so that nothing that everybody reads names staff, and nothing that leaves the program names the public.

use super::{Role, store};
use crate::db::{self, Tx};

/// Whole names of some of those with an account.
pub struct Names(Vec<String>);

impl Names {
    /// Of everybody who is neither a resident nor a shopper.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_staff(tx: &mut Tx) -> Result<Self, db::Error> {
        Self::of(tx, |role| !matches!(role, Role::Resident | Role::Shopper)).await
    }

    /// Of residents and shoppers.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of_the_public(tx: &mut Tx) -> Result<Self, db::Error> {
        Self::of(tx, |role| matches!(role, Role::Resident | Role::Shopper)).await
    }

    async fn of(tx: &mut Tx, wanted: fn(Role) -> bool) -> Result<Self, db::Error> {
        let all = store::list(tx).await?.into_iter().filter(|one| wanted(one.role));
        Ok(Self(all.map(|one| one.name).filter(|name| !name.is_empty()).collect()))
    }

    /// A text with every whole name of two words or more taken out, whatever its capitals. A single word is left: it may
    /// be an ordinary one.
    #[must_use]
    pub fn taken_out_of(&self, text: &str) -> String {
        let whole: Vec<&String> = self.0.iter().filter(|name| name.contains(' ')).collect();
        let (mut kept, mut rest) = (String::new(), text);
        while let Some(first) = rest.chars().next() {
            let begins = |name: &str| rest.get(..name.len()).is_some_and(|part| part.eq_ignore_ascii_case(name));
            let length = match whole.iter().find(|name| begins(name)) {
                Some(name) => {
                    kept.push_str("[name taken out]");
                    name.len()
                }
                None => {
                    kept.push(first);
                    first.len_utf8()
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        kept
    }

    /// With others, who have no account.
    #[must_use]
    pub fn and(mut self, others: Vec<String>) -> Self {
        self.0.extend(others.into_iter().filter(|name| !name.is_empty()));
        self
    }

    /// The first of them whom a text names by the whole name, as words of their own, whatever its capitals. A name of one
    /// word counts as it is written: it may be another word too.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Option<String> {
        let lower = text.to_lowercase();
        let is_named = |name: &&String| match name.trim() {
            one if !one.contains(' ') => is_apart(one, text),
            whole => is_apart(&whole.to_lowercase(), &lower),
        };
        self.0.iter().find(is_named).cloned()
    }
}

/// Whether a text holds a name that is not a part of longer words.
fn is_apart(name: &str, text: &str) -> bool {
    let is_apart = |(at, found): (usize, &str)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + found.len()..).unwrap_or_default());
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    };
    !name.is_empty() && text.match_indices(name).any(is_apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_found_and_taken_out_whatever_their_capitals() {
        let names = Names(vec!["Robin Hearth".into(), "Sam".into()]);
        assert_eq!(names.named_in("so says ROBIN HEARTH.").as_deref(), Some("Robin Hearth"));
        assert_eq!(names.named_in("a robin by the hearth"), None);
        let told = names.taken_out_of("“Robin hearth” – é – said the same to Robin Hearth");
        assert_eq!(told, "“[name taken out]” – é – said the same to [name taken out]");
    }
}
