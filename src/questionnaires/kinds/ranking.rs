//! Options put in order, all of them or the first few.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::FIRST_OPTION;
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::choice;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::kinds::field::{self, Choice, Field, Setting, SettingProblem};
use crate::statistics::counts::{Category, Counts};

/// The most options a person can be asked to put in order.
pub const MOST_RANKED: usize = 12;

/// The options, and how many of them are put in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The options in the order in which they are offered.
    pub options: Vec<String>,
    /// How many are put in order, from 2; none for all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<u8>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { options: ["First answer", "Second answer", "Third answer"].map(str::to_owned).to_vec(), top: None }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "ranking";
    const NAME: &'static str = "Answers to put in order";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let options =
            choice::list_from(given.part(Setting::Options.part()), MOST_RANKED, "answer", "answers to put in order")
                .map_err(|message| vec![(Setting::Options, message)])?;
        let words = given.part(Setting::Top.part());
        if words.is_empty() {
            return Ok(Self { options, top: None });
        }
        match words.parse::<u8>() {
            Ok(top) if (2..=options.len()).contains(&usize::from(top)) => Ok(Self { options, top: Some(top) }),
            _ => {
                let message = format!("Enter a number from 2 to {}, or leave it empty", options.len());
                Err(vec![(Setting::Top, message)])
            }
        }
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Options, Setting::Top]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let top = self.top.map(|top| top.to_string()).unwrap_or_default();
        vec![field::pair(Setting::Options, self.options.join("\n")), field::pair(Setting::Top, top)]
    }

    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        choice::numbered("answer", &mut self.options)
    }

    fn field(&self) -> Field {
        let place = |place: u8| Choice { value: place.to_string(), label: ordinal(place), apart: false, says: false };
        Field::Places { options: self.options.clone(), places: (1..=self.places()).map(place).collect() }
    }

    fn how(&self) -> String {
        match self.top {
            Some(top) => format!("Choose a place from 1st to {} for {top} of these.", ordinal(top)),
            None => "Choose a place for each of these: 1st for what comes first.".to_owned(),
        }
    }

    /// Each option has a part of the field, by its number from nought, whose value is its place.
    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let (mut given_places, mut wrong) = (Vec::new(), Vec::new());
        for at in 0..self.options.len() {
            match given.part(&at.to_string()) {
                "" => given_places.push(None),
                value => match value.parse::<u8>() {
                    Ok(place) if (1..=self.places()).contains(&place) => given_places.push(Some(place)),
                    _ => wrong.append(&mut Wrong::part(at.to_string(), "Choose one of the places on this page")),
                },
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        if given_places.iter().all(Option::is_none) {
            return Ok(Answer::NoAnswer);
        }
        let wrong = self.muddled(&given_places);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut order: Vec<(u8, u8)> = (0..).zip(given_places).filter_map(|(at, place)| Some((place?, at))).collect();
        order.sort_unstable();
        Ok(Answer::Ranked(order.into_iter().map(|(_, at)| at).collect()))
    }

    fn missing(&self) -> String {
        match self.top {
            Some(top) => format!("Choose a place for {top} of these"),
            None => "Choose a place for each of these".to_owned(),
        }
    }

    fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        let Answer::Ranked(order) = answer else { return Vec::new() };
        (1_u8..).zip(order).map(|(place, at)| (format!("{name}-{at}"), place.to_string())).collect()
    }

    fn in_words(&self, answer: &Answer) -> String {
        let Answer::Ranked(order) = answer else { return String::new() };
        let option = |at: &u8| self.options.get(usize::from(*at)).cloned().unwrap_or_default();
        let said = (1_u8..).zip(order).map(|(place, at)| format!("{}: {}", ordinal(place), option(at)));
        said.collect::<Vec<_>>().join("\n")
    }

    fn columns(&self) -> Vec<String> {
        self.options.clone()
    }

    /// The place of each option; empty for what was not put in order.
    fn cells(&self, answer: &Answer) -> Vec<String> {
        let places = self.places_of(answer).into_iter();
        places.map(|place| place.map(|place| place.to_string()).unwrap_or_default()).collect()
    }

    fn variables(&self) -> Vec<Variable> {
        let place = |(at, option): (usize, &String)| {
            let holds = Holds::Number { decimals: 0, labels: Vec::new() };
            Variable::new(format!("_{at}"), option, holds)
        };
        (1..).zip(&self.options).map(place).collect()
    }

    /// The place of each option; nothing for what was not put in order.
    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        let places = self.places_of(answer.unwrap_or(&Answer::NoAnswer));
        places.into_iter().map(|place| place.map_or(Value::Blank, Value::code)).collect()
    }

    /// A byte for each option: its place, counted from the first option's code; below the last place stands what
    /// was not put in order.
    fn more_bytes(&self) -> usize {
        self.options.len()
    }

    fn more(&self, state: u8, answer: Option<&Answer>) -> Vec<u8> {
        match answer {
            Some(ranked @ Answer::Ranked(_)) => {
                let below = FIRST_OPTION.saturating_add(self.places());
                let code = |place: u8| FIRST_OPTION.saturating_add(place.saturating_sub(1));
                self.places_of(ranked).into_iter().map(|place| place.map_or(below, code)).collect()
            }
            _ => vec![state; self.options.len()],
        }
    }

    fn stored(&self, _code: u8, more: &[u8], _open: Option<&str>) -> Option<Answer> {
        let below = FIRST_OPTION.saturating_add(self.places());
        let placed = (0_u8..).zip(more).filter(|(_, code)| (FIRST_OPTION..below).contains(code));
        let mut order: Vec<(u8, u8)> = placed.map(|(at, code)| (*code, at)).collect();
        order.sort_unstable();
        Some(Answer::Ranked(order.into_iter().map(|(_, at)| at).collect()))
    }

    /// The score of a place is its number, so that the mean of one option is its mean place.
    fn counts(&self) -> Option<Counts> {
        let place = |place: u8| Category { label: ordinal(place), score: Some(i32::from(place)), favourable: false };
        let below = (usize::from(self.places()) < self.options.len())
            .then(|| Category::plain(format!("Not in the first {}", self.places())));
        Some(Counts::one_of((1..=self.places()).map(place).chain(below).collect()))
    }

    fn facets(&self) -> Vec<Facet> {
        Facet::each(&self.options)
    }

    /// Everybody who answers gives each place once, so that a place's counts add up to all of them.
    fn facets_are_bound(&self) -> bool {
        true
    }
}

impl Settings {
    /// How many places there are.
    fn places(&self) -> u8 {
        let all = u8::try_from(self.options.len()).unwrap_or(u8::MAX);
        self.top.map_or(all, |top| top.min(all))
    }

    /// The place of each option in an answer.
    fn places_of(&self, answer: &Answer) -> Vec<Option<u8>> {
        let mut places = vec![None; self.options.len()];
        if let Answer::Ranked(order) = answer {
            for (place, at) in (1_u8..).zip(order) {
                if let Some(of) = places.get_mut(usize::from(*at)) {
                    *of = Some(place);
                }
            }
        }
        places
    }

    /// What is wrong with places that somebody gave: two options in one place, or an empty place. Whoever shares a
    /// place is told before an empty place is, since mending the one often fills the other.
    fn muddled(&self, places: &[Option<u8>]) -> Vec<Wrong> {
        let option = |at: usize| self.options.get(at).map(String::as_str).unwrap_or_default();
        let mut wrong = Vec::new();
        for (at, place) in places.iter().enumerate() {
            let before = places.iter().take(at).position(|other| place.is_some() && other == place);
            if let Some((before, place)) = before.zip(*place) {
                let message = format!(
                    "“{}” and “{}” are both {}. Give each a place of its own",
                    option(before),
                    option(at),
                    ordinal(place)
                );
                wrong.append(&mut Wrong::part(at.to_string(), message));
            }
        }
        if !wrong.is_empty() {
            return wrong;
        }
        let unplaced: Vec<usize> = (0..places.len()).filter(|at| places.get(*at) == Some(&None)).collect();
        if self.top.is_none() {
            let message = |at: usize| Wrong::part(at.to_string(), format!("Choose a place for “{}”", option(at)));
            return unplaced.into_iter().flat_map(message).collect();
        }
        let first = unplaced.first().map(usize::to_string).unwrap_or_default();
        let empty = (1..=self.places()).filter(|place| !places.contains(&Some(*place)));
        empty.flat_map(|place| Wrong::part(first.clone(), format!("Choose which one is {}", ordinal(place)))).collect()
    }
}

/// A place in words: "1st".
fn ordinal(place: u8) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{place}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::code_book::NO_ANSWER;

    fn four(top: Option<u8>) -> Settings {
        Settings { options: ["Gutters", "Doors", "Lifts", "Bins"].map(str::to_owned).to_vec(), top }
    }

    fn read(settings: &Settings, places: [&str; 4]) -> Result<Answer, Vec<String>> {
        let pairs: Vec<_> =
            places.iter().enumerate().map(|(at, place)| (format!("q-{at}"), (*place).to_owned())).collect();
        let said = |wrong: Wrong| format!("{} {}", wrong.part, wrong.message);
        settings.read(&Given::new(&pairs, "q")).map_err(|wrong| wrong.into_iter().map(said).collect())
    }

    #[test]
    fn places_make_an_order_and_an_order_gives_them_back() {
        let settings = four(None);
        let answer = read(&settings, ["2", "4", "1", "3"]).unwrap();
        assert_eq!(answer, Answer::Ranked(vec![2, 0, 3, 1]));
        assert_eq!(settings.in_words(&answer), "1st: Lifts\n2nd: Gutters\n3rd: Bins\n4th: Doors");
        assert_eq!(settings.cells(&answer), ["2", "4", "1", "3"]);
        let mut pairs = settings.pairs("q", &answer);
        pairs.sort();
        assert_eq!(
            pairs,
            [("q-0", "2"), ("q-1", "4"), ("q-2", "1"), ("q-3", "3")]
                .map(|(name, place)| (name.to_owned(), place.to_owned()))
        );
        assert_eq!(settings.more(8, Some(&answer)), [9, 11, 8, 10]);
        assert_eq!(settings.stored(8, &[9, 11, 8, 10], None), Some(answer));
        assert_eq!(read(&settings, ["", "", "", ""]), Ok(Answer::NoAnswer));
        assert_eq!(settings.more(NO_ANSWER, Some(&Answer::NoAnswer)), [NO_ANSWER; 4]);
    }

    #[test]
    fn a_place_given_twice_or_not_at_all_is_told_in_plain_words() {
        let twice = "1 “Gutters” and “Doors” are both 1st. Give each a place of its own".to_owned();
        assert_eq!(read(&four(None), ["1", "1", "2", ""]), Err(vec![twice]));
        let missing = ["2 Choose a place for “Lifts”", "3 Choose a place for “Bins”"].map(str::to_owned).to_vec();
        assert_eq!(read(&four(None), ["1", "2", "", ""]), Err(missing));
        for beyond in ["5", "0", "-1", "first"] {
            assert!(read(&four(None), ["1", "2", "3", beyond]).is_err(), "{beyond}");
        }
    }

    #[test]
    fn the_first_few_are_enough_where_only_they_are_asked_for() {
        let settings = four(Some(2));
        let answer = read(&settings, ["", "1", "", "2"]).unwrap();
        assert_eq!(answer, Answer::Ranked(vec![1, 3]));
        assert_eq!(settings.more(8, Some(&answer)), [10, 8, 10, 9]);
        assert_eq!(settings.stored(8, &[10, 8, 10, 9], None), Some(answer.clone()));
        assert_eq!(settings.cells(&answer), ["", "1", "", "2"]);
        assert_eq!(read(&settings, ["", "2", "", ""]), Err(vec!["0 Choose which one is 1st".to_owned()]));
        assert!(read(&settings, ["3", "1", "", "2"]).is_err());
    }

    #[test]
    fn settings_come_back_from_their_own_form_and_must_fit_the_list() {
        for (top, fits) in [(None, true), (Some(2), true), (Some(4), true), (Some(5), false), (Some(1), false)] {
            let settings = four(top);
            let form: Vec<_> = settings.to_form().into_iter().map(|(p, v)| (format!("s-{p}"), v)).collect();
            let read = Settings::from_form(&Given::new(&form, "s"));
            assert_eq!(read == Ok(settings), fits, "{top:?}");
        }
    }

    #[test]
    fn a_place_is_said_as_people_say_it() {
        assert_eq!([1, 2, 3, 4, 11, 12, 21].map(ordinal), ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]);
    }
}
