//! One choice from a list, or something else in the person's own words.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{self, FIRST_OPTION};
use crate::questionnaires::kinds::asks::{self, Asks, Registered};
use crate::questionnaires::kinds::choice::{self, OTHER, Special};
use crate::questionnaires::kinds::field::{self, Choice, Field, Setting, SettingProblem};
use crate::questionnaires::kinds::text;
use crate::statistics::counts::{Category, Counts};

/// The most characters of what somebody says instead of an option.
const LONGEST_OTHER: usize = 200;

/// The list, and which special answers are offered beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The options in order.
    pub options: Vec<String>,
    /// Offer "Other, please say" with a box for words.
    #[serde(default)]
    pub other: bool,
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
        Self { options, other: false, dont_know: false, prefer_not: false }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "one_choice";
    const NAME: &'static str = "One choice from a list";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let options = choice::options_from(given.part(Setting::Options.part()))
            .map_err(|message| vec![(Setting::Options, message)])?;
        let other = given.ticked(Setting::Other.part());
        if other && options.iter().any(|option| option.to_lowercase() == OTHER) {
            let message = "“Other” is in the list already. Remove it from the list, or do not offer it with words";
            return Err(vec![(Setting::Options, message.to_owned())]);
        }
        Ok(Self {
            options,
            other,
            dont_know: given.ticked(Setting::DontKnow.part()),
            prefer_not: given.ticked(Setting::PreferNot.part()),
        })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Options, Setting::Other, Setting::DontKnow, Setting::PreferNot]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let options = field::pair(Setting::Options, self.options.join("\n"));
        let ticks = [
            field::tick(Setting::Other, self.other),
            field::tick(Setting::DontKnow, self.dont_know),
            field::tick(Setting::PreferNot, self.prefer_not),
        ];
        std::iter::once(options).chain(ticks.into_iter().flatten()).collect()
    }

    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        choice::numbered("answer", &mut self.options)
    }

    fn field(&self) -> Field {
        let mut choices = choice::choices(self.options.iter().map(String::as_str), &self.specials());
        if self.other {
            let label = "Other, please say".to_owned();
            let other = Choice { value: OTHER.to_owned(), label, apart: false, says: true };
            choices.insert(self.options.len(), other);
        }
        Field::Radios(choices)
    }

    /// Words choose "Other" by themselves; beside another choice they are neither dropped nor put in its place.
    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let chosen = given.one();
        let words = if self.other { given.part(OTHER) } else { "" };
        let words = match text::read(words, LONGEST_OTHER, false).map_err(|message| Wrong::part(OTHER, message))? {
            Answer::Open(words) => words,
            _ => String::new(),
        };
        match (chosen, words.is_empty()) {
            (OTHER, true) if self.other => Err(Wrong::part(OTHER, "Write what it is, in the box under “Other”")),
            (OTHER | "", false) => Ok(Answer::Other(words)),
            (_, true) => choice::read(chosen, self.options.len(), &self.specials()).map_err(Wrong::whole),
            (_, false) => {
                let message = "Choose “Other” for what you wrote, or empty the box under it";
                Err(Wrong::part(OTHER, message))
            }
        }
    }

    fn missing(&self) -> String {
        "Choose one answer".to_owned()
    }

    fn columns(&self) -> Vec<String> {
        let other = self.other.then(|| "other, in words".to_owned());
        std::iter::once(String::new()).chain(other).collect()
    }

    fn cells(&self, answer: &Answer) -> Vec<String> {
        let (choice, words) = match answer {
            Answer::Other(words) => ("Other".to_owned(), words.clone()),
            choice => (self.in_words(choice), String::new()),
        };
        std::iter::once(choice).chain(self.other.then_some(words)).collect()
    }

    fn variables(&self) -> Vec<Variable> {
        let other = self.other.then(|| Variable::new("_other", "other, in words", Holds::Words));
        let choice = Variable::new("", "", asks::codes(&self.field(), &self.options));
        std::iter::once(choice).chain(other).collect()
    }

    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        let words = self.other.then(|| asks::open(answer));
        std::iter::once(Value::code(asks::state(answer))).chain(words).collect()
    }

    fn options(&self) -> Vec<String> {
        self.options.clone()
    }

    fn groups(&self) -> Vec<String> {
        self.options.iter().cloned().chain(self.other.then(|| "Other".to_owned())).collect()
    }

    /// "Don't know" and "Prefer not to say" are answers people gave: they stand in the base.
    fn counts(&self) -> Option<Counts> {
        let groups = self.groups().into_iter().map(Category::plain);
        let specials = self.specials().into_iter().map(|special| Category::plain(special.label()));
        Some(Counts::one_of(groups.chain(specials).collect()))
    }

    fn category(&self, code: u8) -> Option<usize> {
        if let Some(at) = code.checked_sub(FIRST_OPTION) {
            return Some(usize::from(at));
        }
        if code == code_book::OTHER {
            return self.other_category();
        }
        let special = self.specials().iter().position(|special| code_book::state(&special.answer()) == code)?;
        Some(self.options.len() + usize::from(self.other) + special)
    }

    fn other_category(&self) -> Option<usize> {
        self.other.then_some(self.options.len())
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
        let settings = Settings { other: true, prefer_not: true, ..Settings::default() };
        let form: Vec<_> = settings.to_form().into_iter().map(|(part, value)| (format!("s-{part}"), value)).collect();
        assert_eq!(Settings::from_form(&Given::new(&form, "s")), Ok(settings));
    }

    #[test]
    fn other_is_not_offered_twice() {
        let form = |other: &str| {
            [("s-options", "Yes\nOther"), ("s-other", other)].map(|(key, value)| (key.to_owned(), value.to_owned()))
        };
        assert!(Settings::from_form(&Given::new(&form("yes"), "s")).unwrap_err()[0].1.contains("already"));
        assert!(Settings::from_form(&Given::new(&form(""), "s")).is_ok());
    }

    fn read(settings: &Settings, chosen: &str, words: &str) -> Result<Answer, Vec<Wrong>> {
        let pairs = [("q", chosen), ("q-other", words)].map(|(key, value)| (key.to_owned(), value.to_owned()));
        settings.read(&Given::new(&pairs, "q"))
    }

    #[test]
    fn whoever_chooses_other_says_what_and_words_alone_choose_it() {
        let settings = Settings { other: true, ..Settings::default() };
        let said = Ok(Answer::Other("By pigeon".to_owned()));
        assert_eq!(read(&settings, "other", " By pigeon "), said);
        assert_eq!(read(&settings, "", "By pigeon"), said);
        assert_eq!(read(&settings, "", " "), Ok(Answer::NoAnswer));
        assert_eq!(read(&settings, "1", ""), Ok(Answer::Option(1)));
        for (chosen, words) in [("other", " "), ("1", "By pigeon"), ("other", &*"a".repeat(201))] {
            assert_eq!(read(&settings, chosen, words).unwrap_err()[0].part, "other", "{chosen} {words}");
        }
        assert!(read(&Settings::default(), "other", "By pigeon").is_err());
        assert_eq!(read(&Settings::default(), "1", "By pigeon"), Ok(Answer::Option(1)));
    }

    #[test]
    fn something_else_is_counted_and_exported_apart_from_its_words() {
        let settings = Settings { other: true, prefer_not: true, ..Settings::default() };
        let codes = [8, 9, code_book::OTHER, code_book::PREFER_NOT_TO_SAY, code_book::DONT_KNOW];
        assert_eq!(codes.map(|code| settings.category(code)), [Some(0), Some(1), Some(2), Some(3), None]);
        assert_eq!(settings.cells(&Answer::Other("By pigeon".to_owned())), ["Other", "By pigeon"]);
        assert_eq!(settings.columns().len(), settings.cells(&Answer::NoAnswer).len());
        assert_eq!(Settings::default().columns(), [""]);
    }

    #[test]
    fn an_answer_that_is_not_offered_is_refused() {
        let pairs = vec![("q".to_owned(), "dk".to_owned())];
        assert!(Settings::default().read(&Given::new(&pairs, "q")).is_err());
    }
}
