//! One choice from a list.

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{self, FIRST_OPTION};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::choice::{self, Special};
use crate::questionnaires::kinds::field::{self, Field, Setting, SettingProblem};
use crate::statistics::counts::{Category, Counts};

/// The list, and which special answers are offered beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The options in order.
    pub options: Vec<String>,
    /// Offer "Don't know".
    #[serde(default)]
    pub dont_know: bool,
    /// Offer "Prefer not to say".
    #[serde(default)]
    pub prefer_not: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let options = ["Yes", "No"].map(str::to_owned).to_vec();
        Self { options, dont_know: false, prefer_not: false }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "one_choice";
    const NAME: &'static str = "One choice from a list";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let options = choice::options_from(given.part(Setting::Options.part()))
            .map_err(|message| vec![(Setting::Options, message)])?;
        Ok(Self {
            options,
            dont_know: given.ticked(Setting::DontKnow.part()),
            prefer_not: given.ticked(Setting::PreferNot.part()),
        })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Options, Setting::DontKnow, Setting::PreferNot]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let options = field::pair(Setting::Options, self.options.join("\n"));
        let ticks = [field::tick(Setting::DontKnow, self.dont_know), field::tick(Setting::PreferNot, self.prefer_not)];
        std::iter::once(options).chain(ticks.into_iter().flatten()).collect()
    }

    fn field(&self) -> Field {
        Field::Radios(choice::choices(self.options.iter().map(String::as_str), &self.specials()))
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        choice::read(given.one(), self.options.len(), &self.specials()).map_err(Wrong::whole)
    }

    fn missing(&self) -> String {
        "Choose one answer".to_owned()
    }

    fn options(&self) -> Vec<String> {
        self.options.clone()
    }

    /// "Don't know" and "Prefer not to say" are answers people gave: they stand in the base.
    fn counts(&self) -> Option<Counts> {
        let options = self.options.iter().map(Category::plain);
        let specials = self.specials().into_iter().map(|special| Category::plain(special.label()));
        Some(Counts::one_of(options.chain(specials).collect()))
    }

    fn category(&self, code: u8) -> Option<usize> {
        if let Some(at) = code.checked_sub(FIRST_OPTION) {
            return Some(usize::from(at));
        }
        let special = self.specials().iter().position(|special| code_book::state(&special.answer()) == code)?;
        Some(self.options.len() + special)
    }

    fn divides(&self) -> bool {
        true
    }
}

impl Settings {
    fn specials(&self) -> Vec<Special> {
        let offered = [(self.dont_know, Special::DontKnow), (self.prefer_not, Special::PreferNotToSay)];
        offered.into_iter().filter(|(on, _)| *on).map(|(_, special)| special).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_from_their_own_form() {
        let settings = Settings { prefer_not: true, ..Settings::default() };
        let form: Vec<_> = settings.to_form().into_iter().map(|(part, value)| (format!("s-{part}"), value)).collect();
        assert_eq!(Settings::from_form(&Given::new(&form, "s")), Ok(settings));
    }

    #[test]
    fn an_answer_that_is_not_offered_is_refused() {
        let pairs = vec![("q".to_owned(), "dk".to_owned())];
        assert!(Settings::default().read(&Given::new(&pairs, "q")).is_err());
    }
}
