//! Some paragraphs of words.

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given};
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

impl Settings {
    pub(super) fn offered(&self) -> &'static [Setting] {
        &[Setting::Longest]
    }

    pub(super) fn to_form(&self) -> Vec<(String, String)> {
        vec![field::pair(Setting::Longest, self.longest.to_string())]
    }

    pub(super) fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        Ok(Self { longest: text::longest_from(given, 5000)? })
    }

    pub(super) fn field(&self) -> Field {
        Field::Paragraphs { longest: self.longest }
    }

    pub(super) fn read(&self, given: &Given<'_>) -> Result<Answer, String> {
        text::read(given.one(), self.longest, true)
    }
}
