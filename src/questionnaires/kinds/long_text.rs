//! Some paragraphs of words.

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::field::{self, Field, Setting, SettingProblem};
use crate::questionnaires::kinds::text;

/// How long an answer may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The most characters allowed.
    pub longest: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { longest: 2000 }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "long_text";
    const NAME: &'static str = "A longer answer in words";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        Ok(Self { longest: text::longest_from(given, 5000)? })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Longest]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        vec![field::pair(Setting::Longest, self.longest.to_string())]
    }

    fn field(&self) -> Field {
        Field::Paragraphs { longest: self.longest }
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        text::read(given.one(), self.longest, true).map_err(Wrong::whole)
    }

    fn missing(&self) -> String {
        "Write an answer".to_owned()
    }

    fn is_words(&self) -> bool {
        true
    }
}
