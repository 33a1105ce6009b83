//! Which answers of a list are looked for: read from the address, and refused where it says anything unknown.

use crate::questionnaires::response::Word;
use crate::surveys::verbatims::standing::{Decision, Standing, Turn};
use crate::thread::id::ThemeId;
use crate::web::Form;

/// The most characters that can be looked for.
const LONGEST: usize = 100;

/// How far the work on an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has put it under a theme.
    Uncoded,
    /// It is under none of the themes.
    NoTheme,
    /// Two people saw it differently.
    Differs,
    /// Nobody has decided whether it may be shown.
    Unread,
    /// It may be shown.
    Show,
    /// It is not shown.
    Withheld,
}

impl State {
    /// All of them with their code in the address and their name.
    pub const ALL: [(Self, &'static str, &'static str); 6] = [
        (Self::Uncoded, "uncoded", "Not under a theme yet"),
        (Self::NoTheme, "none", "Under none of the themes"),
        (Self::Differs, "differs", "Seen differently by two people"),
        (Self::Unread, "unread", "Not decided whether to show"),
        (Self::Show, "show", "May be shown"),
        (Self::Withheld, "withheld", "Not shown"),
    ];
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that stand in the answer, in small letters; or nothing.
    pub words: String,
    /// A theme it is under.
    pub theme: Option<ThemeId>,
    /// How far the work on it is.
    pub state: Option<State>,
    /// Which page of the list, from one.
    pub page: usize,
}

impl Filter {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// What cannot be understood: a name or a value that is not known.
    pub fn read(query: &Form, standing: &Standing) -> Result<Self, String> {
        let mut filter = Self { page: 1, ..Self::default() };
        for (name, value) in query.fields().iter().filter(|(_, value)| !value.is_empty()) {
            match name.as_str() {
                "q" if value.chars().count() <= LONGEST => filter.words = value.trim().to_lowercase(),
                "theme" => {
                    let theme = standing.live().find(|theme| theme.id.to_string() == *value);
                    filter.theme = Some(theme.ok_or("There is no such theme.")?.id);
                }
                "state" => {
                    let state = State::ALL.iter().find(|(_, code, _)| code == value);
                    filter.state = Some(state.ok_or("state is none that we know.")?.0);
                }
                "page" => filter.page = value.parse().ok().filter(|page| *page > 0).ok_or("page must be a number.")?,
                "q" => return Err("You can look for up to 100 characters.".to_owned()),
                other => return Err(format!("Answers cannot be looked for by “{other}”.")),
            }
        }
        Ok(filter)
    }

    /// The words as a pattern for the database, which takes everything where no words are looked for.
    #[must_use]
    pub fn pattern(&self) -> String {
        let plain = self.words.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        format!("%{plain}%")
    }

    /// Whether an answer fits, its words aside. What somebody is still to code without seeing the first coding fits no
    /// filter by themes.
    #[must_use]
    pub fn fits(&self, standing: &Standing, word: &Word) -> bool {
        let key = word.word_key.as_str();
        let seen = standing.counting(key).filter(|_| !standing.is_blind(key));
        let under = self.theme.is_none_or(|id| seen.is_some_and(|coding| coding.themes.contains(&id)));
        under
            && self.state.is_none_or(|state| match state {
                State::Uncoded => standing.coding(key, Turn::First).is_none(),
                State::NoTheme => seen.is_some_and(|coding| coding.themes.is_empty()),
                State::Differs => standing.differs(key),
                State::Unread => standing.decision(key) == Decision::Open,
                State::Show => standing.decision(key) == Decision::Show,
                State::Withheld => standing.decision(key) == Decision::Withhold,
            })
    }
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
