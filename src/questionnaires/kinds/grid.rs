//! The same five points for each of several items: "How satisfied are you with each of these?"

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{self, FIRST_OPTION, NO_ANSWER, NOT_APPLICABLE, NOT_ASKED};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::choice::{self, Special};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::kinds::field::{self, Field, Setting, SettingProblem};
use crate::questionnaires::kinds::scale::{self, Wording};
use crate::statistics::counts::Counts;

/// The most items a person can be asked to go through at once.
pub const MOST_ITEMS: usize = 15;

/// The items and the scale that all of them have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The items in order.
    pub items: Vec<String>,
    /// Which words the five points have.
    pub wording: Wording,
    /// Offer "Not applicable".
    pub not_applicable: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let items = ["First item", "Second item"].map(str::to_owned).to_vec();
        Self { items, wording: Wording::Satisfaction, not_applicable: true }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "grid";
    const NAME: &'static str = "Several items on one five-point scale";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let items = choice::list_from(given.part(Setting::Items.part()), MOST_ITEMS, "item", "items")
            .map_err(|message| vec![(Setting::Items, message)])?;
        let scale::Settings { wording, not_applicable, .. } = scale::Settings::from_form(given)?;
        Ok(Self { items, wording, not_applicable })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Items, Setting::Wording, Setting::NotApplicable]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let items = field::pair(Setting::Items, self.items.join("\n"));
        std::iter::once(items).chain(self.scale().to_form()).collect()
    }

    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        choice::numbered("item", &mut self.items)
    }

    fn field(&self) -> Field {
        let scale = self.scale();
        Field::Grid { items: self.items.clone(), choices: choice::choices(scale.labels(), scale.specials()) }
    }

    /// Each item has a part of the field, by its number from nought.
    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let scale = self.scale();
        let (mut codes, mut wrong) = (Vec::new(), Vec::new());
        for at in 0..self.items.len() {
            let part = at.to_string();
            match choice::read(given.part(&part), scale.labels().len(), scale.specials()) {
                Ok(answer) => codes.push(code_book::state(&answer)),
                Err(message) => wrong.append(&mut Wrong::part(part, message)),
            }
        }
        match codes.iter().all(|code| *code == NO_ANSWER) {
            _ if !wrong.is_empty() => Err(wrong),
            true => Ok(Answer::NoAnswer),
            false => Ok(Answer::Items(codes)),
        }
    }

    fn missing(&self) -> String {
        "Choose one answer for each".to_owned()
    }

    /// A required question asks for an answer to every item.
    fn lacks(&self, answer: &Answer) -> Vec<Wrong> {
        let blank = self.items.iter().zip(self.codes(NO_ANSWER, Some(answer))).enumerate();
        let blank = blank.filter(|(_, (_, code))| *code == NO_ANSWER);
        blank
            .flat_map(|(at, (item, _))| Wrong::part(at.to_string(), format!("Choose one answer for “{item}”")))
            .collect()
    }

    fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        let value = |code: u8| match code.checked_sub(FIRST_OPTION) {
            Some(point) => Some(point.to_string()),
            None => (code == NOT_APPLICABLE).then(|| Special::NotApplicable.value().to_owned()),
        };
        let codes = self.codes(NO_ANSWER, Some(answer)).into_iter().enumerate();
        codes.filter_map(|(at, code)| Some((format!("{name}-{at}"), value(code)?))).collect()
    }

    fn in_words(&self, answer: &Answer) -> String {
        if *answer == Answer::NoAnswer {
            return String::new();
        }
        let said = self.cells(answer).into_iter().zip(&self.items).map(|(said, item)| {
            let said = if said.is_empty() { "Not answered" } else { &said };
            format!("{item}: {said}")
        });
        said.collect::<Vec<_>>().join("\n")
    }

    fn columns(&self) -> Vec<String> {
        self.items.clone()
    }

    fn cells(&self, answer: &Answer) -> Vec<String> {
        let scale = self.scale();
        let said = |code: u8| match code.checked_sub(FIRST_OPTION) {
            Some(point) => scale.labels().get(usize::from(point)).copied().unwrap_or_default(),
            None if code == NOT_APPLICABLE => Special::NotApplicable.label(),
            None => "",
        };
        self.codes(NO_ANSWER, Some(answer)).into_iter().map(|code| said(code).to_owned()).collect()
    }

    fn variables(&self) -> Vec<Variable> {
        let item = |(at, item): (usize, &String)| Variable::new(format!("_{at}"), item, self.scale().codes());
        (1..).zip(&self.items).map(item).collect()
    }

    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        let codes = self.codes(if answer.is_none() { NOT_ASKED } else { NO_ANSWER }, answer);
        codes.into_iter().map(Value::code).collect()
    }

    /// A state byte for each item.
    fn more_bytes(&self) -> usize {
        self.items.len()
    }

    fn more(&self, state: u8, answer: Option<&Answer>) -> Vec<u8> {
        self.codes(state, answer)
    }

    fn stored(&self, _code: u8, more: &[u8], _open: Option<&str>) -> Option<Answer> {
        Some(Answer::Items(more.to_vec()))
    }

    fn counts(&self) -> Option<Counts> {
        self.scale().counts()
    }

    fn facets(&self) -> Vec<Facet> {
        Facet::each(&self.items)
    }

    fn share_words(&self) -> Option<&'static str> {
        self.scale().share_words()
    }
}

impl Settings {
    /// The scale that every item has.
    fn scale(&self) -> scale::Settings {
        scale::Settings { wording: self.wording, not_applicable: self.not_applicable, or_dont_know: false }
    }

    /// A code for each item: those of the answer, or everywhere what became of the question.
    fn codes(&self, state: u8, answer: Option<&Answer>) -> Vec<u8> {
        let (mut codes, rest) = match answer {
            Some(Answer::Items(codes)) => (codes.clone(), NO_ANSWER),
            _ => (Vec::new(), state),
        };
        codes.resize(self.items.len(), rest);
        codes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::code_book::NOT_ASKED;

    fn two() -> Settings {
        Settings { items: ["Repairs", "Cleaning"].map(str::to_owned).to_vec(), ..Settings::default() }
    }

    fn read(first: &str, second: &str) -> Result<Answer, Vec<Wrong>> {
        let pairs = [("q-0", first), ("q-1", second)].map(|(key, value)| (key.to_owned(), value.to_owned()));
        two().read(&Given::new(&pairs, "q"))
    }

    #[test]
    fn each_item_has_an_answer_of_its_own() {
        assert_eq!(read("0", "na"), Ok(Answer::Items(vec![8, NOT_APPLICABLE])));
        assert_eq!(read("", "4"), Ok(Answer::Items(vec![NO_ANSWER, 12])));
        assert_eq!(read("", ""), Ok(Answer::NoAnswer));
        assert_eq!(read("0", "5").unwrap_err()[0].part, "1");
    }

    #[test]
    fn a_required_question_names_every_item_left_blank() {
        let lacks = |answer: &Answer| -> Vec<String> {
            two().lacks(answer).into_iter().map(|wrong| format!("{} {}", wrong.part, wrong.message)).collect()
        };
        assert_eq!(lacks(&read("0", "na").unwrap()), Vec::<String>::new());
        assert_eq!(lacks(&read("", "4").unwrap()), ["0 Choose one answer for “Repairs”"]);
        assert_eq!(lacks(&Answer::NoAnswer).len(), 2);
    }

    #[test]
    fn an_answer_is_said_item_by_item_and_fills_its_form_again() {
        let answer = read("1", "").unwrap();
        assert_eq!(two().in_words(&answer), "Repairs: Fairly satisfied\nCleaning: Not answered");
        assert_eq!(two().cells(&answer), ["Fairly satisfied", ""]);
        assert_eq!(two().pairs("q", &answer), [("q-0".to_owned(), "1".to_owned())]);
        assert_eq!(two().pairs("q", &read("", "na").unwrap()), [("q-1".to_owned(), "na".to_owned())]);
    }

    #[test]
    fn nothing_is_counted_of_an_item_that_was_not_asked_or_left_blank() {
        assert_eq!(two().more(NOT_ASKED, None), [NOT_ASKED, NOT_ASKED]);
        assert_eq!(two().more(NO_ANSWER, Some(&Answer::NoAnswer)), [NO_ANSWER, NO_ANSWER]);
        assert_eq!(
            [NOT_ASKED, NO_ANSWER, NOT_APPLICABLE, 8, 12].map(|code| two().category(code)),
            [None, None, None, Some(0), Some(4)]
        );
    }

    #[test]
    fn settings_come_back_from_their_own_form() {
        let settings = Settings { wording: Wording::Agreement, not_applicable: false, ..two() };
        let form: Vec<_> = settings.to_form().into_iter().map(|(part, value)| (format!("s-{part}"), value)).collect();
        assert_eq!(Settings::from_form(&Given::new(&form, "s")), Ok(settings));
        let one = [("s-items".to_owned(), "Repairs".to_owned())];
        assert!(Settings::from_form(&Given::new(&one, "s")).unwrap_err()[0].1.contains("two items"));
    }
}
