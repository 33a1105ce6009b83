//! The kinds of question: each a file of its own, and the register, which is the only one that asks which kind a
//! question is.

mod asks;
pub mod choice;
pub mod date;
pub mod facet;
pub mod field;
pub mod grid;
pub mod long_text;
pub mod number;
pub mod one_choice;
pub mod photo;
pub mod ranking;
pub mod scale;
pub mod several_choices;
pub mod short_text;
pub mod text;
pub mod zero_to_ten;

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::choice::Special;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::kinds::field::{Field, Setting, SettingProblem};
use crate::statistics::counts::Counts;
use crate::statistics::joint::People;

/// Makes the register out of the list of kinds, so that a new kind is a new line.
macro_rules! register {
    ($($(#[$doc:meta])* $name:ident($module:ident),)*) => {
        /// A kind of question with its settings.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Kind {
            $($(#[$doc])* $name($module::Settings),)*
        }

        /// Every kind with its tag in forms and its name for people, in the order the builder offers them.
        pub const ALL: [(&str, &str); [$($module::Settings::TAG),*].len()] =
            [$(($module::Settings::TAG, $module::Settings::NAME)),*];

        impl Kind {
            /// The kind with this tag and its usual settings.
            #[must_use]
            pub fn usual(tag: &str) -> Option<Self> {
                match tag {
                    $($module::Settings::TAG => Some(Self::$name($module::Settings::default())),)*
                    _ => None,
                }
            }

            /// The tag in forms.
            #[must_use]
            pub fn tag(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $module::Settings::TAG,)*
                }
            }

            /// The name for people.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $module::Settings::NAME,)*
                }
            }

            /// The same kind with the settings of a form, or what is wrong with them.
            pub fn with_settings(&self, given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
                match self {
                    $(Self::$name(_) => $module::Settings::from_form(given).map(Self::$name),)*
                }
            }

            fn asks(&self) -> &dyn Asks {
                match self {
                    $(Self::$name(settings) => settings,)*
                }
            }

            fn asks_mut(&mut self) -> &mut dyn Asks {
                match self {
                    $(Self::$name(settings) => settings,)*
                }
            }
        }
    };
}

register! {
    /// Five points from very good to very bad.
    Scale(scale),
    /// One of a list.
    OneChoice(one_choice),
    /// Any of a list.
    SeveralChoices(several_choices),
    /// The same five points for each of several items.
    Grid(grid),
    /// A list put in order.
    Ranking(ranking),
    /// Nought to ten.
    ZeroToTen(zero_to_ten),
    /// A number.
    Number(number),
    /// A day.
    Date(date),
    /// A line of words.
    ShortText(short_text),
    /// Some paragraphs.
    LongText(long_text),
    /// A photo.
    Photo(photo),
}

impl Kind {
    /// Which settings a person may change.
    #[must_use]
    pub fn settings(&self) -> &'static [Setting] {
        self.asks().offered()
    }

    /// The settings as form pairs.
    #[must_use]
    pub fn settings_form(&self) -> Vec<(String, String)> {
        self.asks().to_form()
    }

    /// The builder's own words in the settings, each under the part that names its place: "answer-1", "unit".
    pub fn own_words(&mut self) -> Vec<(String, &mut String)> {
        self.asks_mut().own_words()
    }

    /// What the person fills in.
    #[must_use]
    pub fn field(&self) -> Field {
        self.asks().field()
    }

    /// What the kind itself says of how to answer: "Choose at most 3."; or nothing.
    #[must_use]
    pub fn how(&self) -> String {
        self.asks().how()
    }

    /// The answer in a form, `NoAnswer` if it was left blank, or what is wrong with it and how to mend it.
    pub fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        self.asks().read(given)
    }

    /// The form pairs that would give this answer again.
    #[must_use]
    pub fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        self.asks().pairs(name, answer)
    }

    /// What a required question still lacks; nothing when the answer will do.
    #[must_use]
    pub fn lacks(&self, answer: &Answer) -> Vec<Wrong> {
        self.asks().lacks(answer)
    }

    /// The answer in words.
    #[must_use]
    pub fn show(&self, answer: &Answer) -> String {
        self.asks().in_words(answer)
    }

    /// The heads of its columns in an export, each after the question's own words.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.asks().columns()
    }

    /// The answer in the cells of an export, one for each of its columns: in words, but a number without its unit, so that it adds up.
    #[must_use]
    pub fn cells(&self, answer: &Answer) -> Vec<String> {
        self.asks().cells(answer)
    }

    /// Its variables in a data file. What follows the question's own name is the name of each, what follows its words
    /// the label.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        self.asks().variables()
    }

    /// The answer as it stands under each of its variables; none where the question was not asked.
    #[must_use]
    pub fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        self.asks().values(answer)
    }

    /// The options in words, in the order of their codes; none for open kinds.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        self.asks().options()
    }

    /// The groups that people fall in by this answer, in the order of its categories.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        self.asks().groups()
    }

    /// How many bytes follow the state byte in the code book.
    #[must_use]
    pub fn more_bytes(&self) -> usize {
        self.asks().more_bytes()
    }

    /// The bytes after a state byte for an answer.
    #[must_use]
    pub fn more(&self, state: u8, answer: Option<&Answer>) -> Vec<u8> {
        self.asks().more(state, answer)
    }

    /// The answer behind a state byte from the first option on, the bytes after it and the open answer.
    #[must_use]
    pub fn stored(&self, code: u8, more: &[u8], open: Option<&str>) -> Option<Answer> {
        self.asks().stored(code, more, open)
    }

    /// Nobody yet, in the categories of each facet of this question; none for open kinds.
    #[must_use]
    pub fn counts(&self) -> Option<Counts> {
        self.asks().counts()
    }

    /// The columns in which the question is counted, each in the categories of `counts`; none for open kinds.
    #[must_use]
    pub fn facets(&self) -> Vec<Facet> {
        self.asks().facets()
    }

    /// Whether the facets of everybody's answers have sums that are known, so that one of them gives another away:
    /// they are then released together and never for a group.
    #[must_use]
    pub fn facets_are_bound(&self) -> bool {
        self.asks().facets_are_bound()
    }

    /// Which category of `counts` a code falls in, if it belongs to the base at all.
    #[must_use]
    pub fn category(&self, code: u8) -> Option<usize> {
        self.asks().category(code)
    }

    /// Counts one stored answer, its state byte and the bytes after it, of so many people.
    pub fn tally(&self, code: u8, more: &[u8], people: People, counts: &mut Counts) {
        self.asks().tally(code, more, people, counts);
    }

    /// Whether an open answer is counted by its value: numbers and days.
    #[must_use]
    pub fn has_points(&self) -> bool {
        self.asks().has_points()
    }

    /// An open answer as a whole number, by which it is counted: a number in parts of its last decimal, a day in days;
    /// none where it is neither.
    #[must_use]
    pub fn point(&self, value: &str) -> Option<i32> {
        self.asks().point(value)
    }

    /// Counts made from points, each with how many people gave it: days by month. None where they are not counted so.
    #[must_use]
    pub fn counts_of_points(&self, points: &[(i32, People)]) -> Option<Counts> {
        self.asks().counts_of_points(points)
    }

    /// Whether the answers are numbers, of which a mean can be shown.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.asks().is_number()
    }

    /// How many decimals numbers have.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.asks().decimals()
    }

    /// Whether the answers are people's own words.
    #[must_use]
    pub fn is_words(&self) -> bool {
        self.asks().is_words()
    }

    /// The category of those who answered in their own words instead of choosing an option.
    #[must_use]
    pub fn other_category(&self) -> Option<usize> {
        self.asks().other_category()
    }

    /// What the favourable share of a scale did, in words: "were very or fairly satisfied".
    #[must_use]
    pub fn share_words(&self) -> Option<&'static str> {
        self.asks().share_words()
    }

    /// Whether a mean of the scores says something to people: a score they gave themselves.
    #[must_use]
    pub fn has_mean(&self) -> bool {
        self.asks().has_mean()
    }

    /// Whether the question is a five-point scale, whose share of satisfied people can be shown.
    #[must_use]
    pub fn has_share(&self) -> bool {
        self.share_words().is_some()
    }

    /// Whether the choices stand in a row where there is room.
    #[must_use]
    pub fn is_row(&self) -> bool {
        self.asks().is_row()
    }

    /// Whether the answers can stand for one standard: neither those about several things nor photos.
    #[must_use]
    pub fn measures(&self) -> bool {
        self.facets().len() < 2 && !self.is_photo()
    }

    /// Whether the answer is a photo, whose file somebody must keep.
    #[must_use]
    pub fn is_photo(&self) -> bool {
        matches!(self, Self::Photo(_))
    }

    /// Says how a photo stands on a page; of other kinds nothing is to be said.
    pub fn stands(&mut self, way: photo::Way) {
        if let Self::Photo(settings) = self {
            settings.way = way;
        }
    }

    /// Whether the answers can be sealed: all of them are codes, and none is in words.
    #[must_use]
    pub fn may_be_sealed(&self) -> bool {
        !self.facets().is_empty() && self.other_category().is_none()
    }

    /// Whether somebody who would rather not answer can say so: "Prefer not to say" is offered, or it is a kind that is
    /// just left blank.
    #[must_use]
    pub fn has_way_out(&self) -> bool {
        let offers = |field: Field| match field {
            Field::Radios(choices) => choices.iter().any(|choice| choice.value == Special::PreferNotToSay.value()),
            _ => false,
        };
        !self.settings().contains(&Setting::PreferNot) || offers(self.field())
    }

    /// Whether people can be divided by the answer: exactly one of a list.
    #[must_use]
    pub fn divides(&self) -> bool {
        self.asks().divides()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_stored_under_the_tag_of_its_forms() {
        for (tag, name) in ALL {
            let kind = Kind::usual(tag).unwrap();
            assert_eq!((kind.tag(), kind.name()), (tag, name));
            assert_eq!(serde_json::to_value(&kind).unwrap()["kind"], tag);
        }
    }
}
