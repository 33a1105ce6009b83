//! Any number of choices from a list.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{FIRST_OPTION, NOT_APPLICABLE};
use crate::questionnaires::kinds::asks::{self, Asks, Registered};
use crate::questionnaires::kinds::choice::{self, Special};
use crate::questionnaires::kinds::field::{self, Choice, Field, Setting, SettingProblem};
use crate::statistics::counts::{Category, Counts};
use crate::statistics::joint::People;

/// The list, and how many of it somebody may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The options in order.
    pub options: Vec<String>,
    /// The fewest options somebody may choose who chooses any, from 1; none for no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u8>,
    /// The most options somebody may choose; none for no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u8>,
    /// Offer "None of these", so that leaving all blank stays "no answer". Questions stored before there was a choice
    /// offer it.
    #[serde(default = "offers_none")]
    pub none: bool,
}

const fn offers_none() -> bool {
    true
}

impl Default for Settings {
    fn default() -> Self {
        let options = ["First answer", "Second answer"].map(str::to_owned).to_vec();
        Self { options, least: None, most: None, none: true }
    }
}

/// What those say who choose no option.
const NONE_OF_THESE: &str = "None of these";
/// The form value of it.
const NONE: &str = Special::NotApplicable.value();

impl Registered for Settings {
    const TAG: &'static str = "several_choices";
    const NAME: &'static str = "Several choices from a list";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let options = choice::options_from(given.part(Setting::Options.part()))
            .map_err(|message| vec![(Setting::Options, message)])?;
        let mut problems = Vec::new();
        let mut bound = |setting: Setting| {
            let words = given.part(setting.part());
            if words.is_empty() {
                return None;
            }
            let number = words.parse::<u8>().ok().filter(|number| (1..=options.len()).contains(&usize::from(*number)));
            if number.is_none() {
                let message = format!("Enter a number from 1 to {}, or leave it empty", options.len());
                problems.push((setting, message));
            }
            number
        };
        let (least, most) = (bound(Setting::Least), bound(Setting::Most));
        if least.zip(most).is_some_and(|(least, most)| least > most) {
            problems.push((Setting::Most, "The most must not be below the fewest".to_owned()));
        }
        let none = given.ticked(Setting::NoneOfThese.part());
        if none && most.is_some_and(|most| most > 1 && least == Some(most)) {
            let message = "Do not offer “None of these” where everybody chooses the same number: what is left would say how many chose it";
            problems.push((Setting::NoneOfThese, message.to_owned()));
        }
        if problems.is_empty() { Ok(Self { options, least, most, none }) } else { Err(problems) }
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Options, Setting::Least, Setting::Most, Setting::NoneOfThese]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let bound = |value: Option<u8>| value.map(|value| value.to_string()).unwrap_or_default();
        let pairs = [
            field::pair(Setting::Options, self.options.join("\n")),
            field::pair(Setting::Least, bound(self.least)),
            field::pair(Setting::Most, bound(self.most)),
        ];
        pairs.into_iter().chain(field::tick(Setting::NoneOfThese, self.none)).collect()
    }

    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        choice::numbered("answer", &mut self.options)
    }

    fn field(&self) -> Field {
        let mut choices = choice::choices(self.options.iter().map(String::as_str), &[]);
        if self.none {
            let label = NONE_OF_THESE.to_owned();
            choices.push(Choice { value: NONE.to_owned(), label, apart: true, says: false });
        }
        Field::Checkboxes(choices)
    }

    fn in_words(&self, answer: &Answer) -> String {
        match answer {
            Answer::NotApplicable => NONE_OF_THESE.to_owned(),
            Answer::Several(ats) => {
                let option = |at: &u8| self.options.get(usize::from(*at)).map(String::as_str);
                ats.iter().filter_map(option).collect::<Vec<_>>().join("; ")
            }
            _ => String::new(),
        }
    }

    fn how(&self) -> String {
        match (self.least, self.most) {
            (None | Some(1), None) => "Choose all that apply.".to_owned(),
            (None | Some(1), Some(1)) => "Choose one.".to_owned(),
            (None | Some(1), Some(most)) => format!("Choose up to {most}."),
            (Some(least), None) => format!("Choose {least} or more."),
            (Some(least), Some(most)) if least == most => format!("Choose {least}."),
            (Some(least), Some(most)) => format!("Choose from {least} to {most}."),
        }
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let specials: &[Special] = if self.none { &[Special::NotApplicable] } else { &[] };
        let (mut chosen, mut none) = (Vec::new(), false);
        for value in given.all() {
            match choice::read(value, self.options.len(), specials).map_err(Wrong::whole)? {
                Answer::Option(at) => chosen.push(at),
                Answer::NotApplicable => none = true,
                _ => {}
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        match (chosen.is_empty(), none) {
            (false, true) => Err(Wrong::whole("Choose either “None of these” or some of the answers")),
            (false, false) => match self.out_of_bounds(chosen.len()) {
                Some(message) => Err(Wrong::whole(message)),
                None => Ok(Answer::Several(chosen)),
            },
            (true, true) => Ok(Answer::NotApplicable),
            (true, false) => Ok(Answer::NoAnswer),
        }
    }

    /// A code for what became of the question, then a tick for each option.
    fn variables(&self) -> Vec<Variable> {
        let whole = asks::codes(&self.field(), &["Chose at least one".to_owned()]);
        let ticks = (1..).zip(&self.options).map(|(at, option)| Variable::new(format!("_{at}"), option, Holds::Ticks));
        std::iter::once(Variable::new("", "", whole)).chain(ticks).collect()
    }

    /// Whoever chose "None of these" chose none of them, which is an answer; a blank is none.
    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        let tick = |at: u8| match answer {
            Some(Answer::Several(ats)) => Value::code(u8::from(ats.contains(&at))),
            Some(Answer::NotApplicable) => Value::code(0),
            _ => Value::Blank,
        };
        let ticks = (0..).take(self.options.len()).map(tick);
        std::iter::once(Value::code(asks::state(answer))).chain(ticks).collect()
    }

    fn missing(&self) -> String {
        match self.least {
            None | Some(1) => "Choose at least one answer".to_owned(),
            Some(least) => format!("Choose at least {least} answers"),
        }
    }

    fn options(&self) -> Vec<String> {
        self.options.clone()
    }

    /// One bit for each option.
    fn more_bytes(&self) -> usize {
        self.options.len().div_ceil(8)
    }

    fn more(&self, _state: u8, answer: Option<&Answer>) -> Vec<u8> {
        let mut bits = vec![0_u8; self.more_bytes()];
        if let Some(Answer::Several(ats)) = answer {
            for at in ats {
                if let Some(byte) = bits.get_mut(usize::from(at / 8)) {
                    *byte |= 1 << (at % 8);
                }
            }
        }
        bits
    }

    fn stored(&self, _code: u8, more: &[u8], _open: Option<&str>) -> Option<Answer> {
        Some(Answer::Several(chosen(more).filter_map(|at| u8::try_from(at).ok()).collect()))
    }

    fn counts(&self) -> Option<Counts> {
        let mut categories: Vec<Category> = self.options.iter().map(Category::plain).collect();
        Some(match (self.same_number(), self.none) {
            (Some(1), true) => {
                categories.push(Category::plain(NONE_OF_THESE));
                Counts::one_of(categories)
            }
            (Some(_), _) => Counts::same_number_of(categories),
            (None, _) => Counts::several_of(categories),
        })
    }

    /// Whoever chose "None of these" stands in the base with no choice; where everybody chooses one, that is their one:
    /// what is left of the base would say how many they are.
    fn tally(&self, code: u8, more: &[u8], people: People, counts: &mut Counts) {
        match code {
            NOT_APPLICABLE if self.same_number() == Some(1) => counts.record_people(&[self.options.len()], people),
            NOT_APPLICABLE => counts.record_people(&[], people),
            code if code >= FIRST_OPTION => counts.record_people(&chosen(more).collect::<Vec<_>>(), people),
            _ => counts.record_people_outside(people),
        }
    }
}

impl Settings {
    /// How many everybody chooses, where all must choose the same number.
    fn same_number(&self) -> Option<u8> {
        self.most.filter(|most| *most == self.least.unwrap_or(1))
    }

    /// What to say to somebody who chose so many, when that is too few or too many.
    fn out_of_bounds(&self, chosen: usize) -> Option<String> {
        let answers = |count: u8| if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") };
        let too_few = self.least.filter(|least| chosen < usize::from(*least));
        let too_many = self.most.filter(|most| chosen > usize::from(*most));
        match (too_few, too_many) {
            (Some(least), _) => Some(format!("Choose at least {}. You chose {chosen}", answers(least))),
            (None, Some(most)) => Some(format!("Choose at most {}. You chose {chosen}", answers(most))),
            (None, None) => None,
        }
    }
}

/// The options whose bits are set.
fn chosen(bits: &[u8]) -> impl Iterator<Item = usize> + use<'_> {
    let set = |byte: u8| (0..8).filter(move |bit| byte & (1 << bit) != 0);
    bits.iter().enumerate().flat_map(move |(at, byte)| set(*byte).map(move |bit| 8 * at + bit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::code_book;
    use crate::statistics::disclosure::{self, Policy};
    use crate::statistics::table::Cell;

    fn read_by(settings: &Settings, values: &[&str]) -> Result<Answer, Vec<Wrong>> {
        let pairs: Vec<_> = values.iter().map(|value| ("q".to_owned(), (*value).to_owned())).collect();
        settings.read(&Given::new(&pairs, "q"))
    }

    fn read(values: &[&str]) -> Result<Answer, Vec<Wrong>> {
        read_by(&Settings::default(), values)
    }

    /// Four options, of which two or three are to be chosen.
    fn two_or_three() -> Settings {
        let options = ["Gutters", "Doors", "Lifts", "Bins"].map(str::to_owned).to_vec();
        Settings { options, least: Some(2), most: Some(3), none: false }
    }

    #[test]
    fn ticks_are_kept_once_and_in_order() {
        assert_eq!(read(&["1", "0", "1"]), Ok(Answer::Several(vec![0, 1])));
        assert_eq!(read(&[]), Ok(Answer::NoAnswer));
        assert_eq!(read(&["na"]), Ok(Answer::NotApplicable));
    }

    #[test]
    fn none_of_these_beside_a_tick_is_refused() {
        assert!(read(&["0", "na"]).is_err());
        assert!(read(&["9"]).is_err());
    }

    #[test]
    fn too_few_and_too_many_are_told_how_many_they_chose() {
        let refused = |values: &[&str]| read_by(&two_or_three(), values).unwrap_err()[0].message.clone();
        assert_eq!(refused(&["0"]), "Choose at least 2 answers. You chose 1");
        assert_eq!(refused(&["0", "1", "2", "3"]), "Choose at most 3 answers. You chose 4");
        assert_eq!(read_by(&two_or_three(), &["3", "1"]), Ok(Answer::Several(vec![1, 3])));
        assert_eq!(read_by(&two_or_three(), &[]), Ok(Answer::NoAnswer));
        assert_eq!(two_or_three().how(), "Choose from 2 to 3.");
        assert_eq!(two_or_three().missing(), "Choose at least 2 answers");
    }

    #[test]
    fn none_of_these_is_taken_only_where_it_is_offered() {
        assert!(read_by(&two_or_three(), &["na"]).is_err());
        let Field::Checkboxes(choices) = two_or_three().field() else { panic!("no boxes") };
        assert!(choices.iter().all(|choice| !choice.apart));
    }

    #[test]
    fn none_of_these_beside_exactly_one_choice_is_one_of_the_answers_and_in_the_base() {
        let one = Settings { least: None, most: Some(1), none: true, ..two_or_three() };
        assert_eq!(read_by(&one, &["2"]), Ok(Answer::Several(vec![2])));
        assert_eq!(read_by(&one, &["na"]), Ok(Answer::NotApplicable));
        assert!(read_by(&one, &["2", "na"]).is_err() && read_by(&one, &["1", "2"]).is_err());
        let mut counts = one.counts().unwrap();
        let tick = |answer: &Answer| (code_book::FIRST_OPTION, one.more(code_book::FIRST_OPTION, Some(answer)));
        for at in [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1] {
            let (code, more) = tick(&Answer::Several(vec![at]));
            one.tally(code, &more, People::ONE, &mut counts);
        }
        for _ in 0..5 {
            one.tally(NOT_APPLICABLE, &[0], People::ONE, &mut counts);
        }
        one.tally(code_book::NO_ANSWER, &[0], People::ONE, &mut counts);
        let table = disclosure::release(&counts, &Policy::staff());
        let rows: Vec<(&str, Cell)> = table.rows.iter().map(|row| (row.label.as_str(), row.cell)).collect();
        let shown = |count, percent| Cell::Shown { count, percent };
        let nobody = shown(0, 0);
        assert_eq!(
            rows,
            [
                ("Gutters", shown(6, 38)),
                ("Doors", shown(5, 31)),
                ("Lifts", nobody),
                ("Bins", nobody),
                (NONE_OF_THESE, shown(5, 31))
            ]
        );
        assert_eq!((table.base(), table.outside), (Some(16), Some(1)));
        // Four would be too few to tell, and what is left of the base must not tell them.
        let mut counts = one.counts().unwrap();
        (0..10).for_each(|_| {
            one.tally(code_book::FIRST_OPTION, &tick(&Answer::Several(vec![0])).1, People::ONE, &mut counts);
        });
        (0..4).for_each(|_| one.tally(NOT_APPLICABLE, &[0], People::ONE, &mut counts));
        let table = disclosure::release(&counts, &Policy::staff());
        assert_eq!(table.rows.last().unwrap().cell, Cell::Hidden);
        assert!(table.rows.iter().filter(|row| row.cell == Cell::Hidden).count() >= 2);
    }

    #[test]
    fn a_question_stored_before_there_were_bounds_still_offers_none_of_these() {
        let stored: Settings = serde_json::from_str(r#"{"options":["First answer","Second answer"]}"#).unwrap();
        assert_eq!(stored, Settings::default());
    }

    #[test]
    fn bounds_come_back_from_their_form_and_must_fit_the_list() {
        let form = |settings: &Settings| -> Vec<(String, String)> {
            settings.to_form().into_iter().map(|(part, value)| (format!("s-{part}"), value)).collect()
        };
        assert_eq!(Settings::from_form(&Given::new(&form(&two_or_three()), "s")), Ok(two_or_three()));
        for (least, most, wrong) in
            [(3, 2, Setting::Most), (5, 4, Setting::Least), (1, 5, Setting::Most), (0, 1, Setting::Least)]
        {
            let settings = Settings { least: Some(least), most: Some(most), ..two_or_three() };
            let problems = Settings::from_form(&Given::new(&form(&settings), "s")).unwrap_err();
            assert_eq!(problems[0].0, wrong, "{least} {most}");
        }
    }
}
