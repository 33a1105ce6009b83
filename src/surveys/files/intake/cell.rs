//! A cell of a table as the form pairs that a person would have sent.

use chrono::{Datelike, NaiveDate};

use crate::questionnaires::code_book::{self, FIRST_OPTION, OTHER};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::choice::Special;
use crate::questionnaires::kinds::field::{Choice, Field};
use crate::questionnaires::question::Question;
use crate::surveys::files::intake::slot::Part;

/// What numbers in a file mean where answers are chosen from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// 1 is the first answer of the list.
    Places,
    /// The codes of the codebook: 8 is the first answer.
    Codes,
}

impl Numbers {
    /// As it is sent in forms and kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Codes => "codes",
        }
    }
}

impl std::str::FromStr for Numbers {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        [Self::Places, Self::Codes].into_iter().find(|numbers| numbers.code() == code).ok_or(())
    }
}

/// The code of a question of which several answers were chosen, as a data file has it.
const SOME_CHOSEN: &str = "8";

/// The form pairs that a cell stands for; none where it is empty.
///
/// # Errors
/// What is wrong with it and how to mend it.
pub fn pairs(question: &Question, part: &Part, cell: &str, numbers: Numbers) -> Result<Vec<(String, String)>, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(Vec::new());
    }
    let name = question.field_name();
    let under = |part: String, value: String| vec![(format!("{name}-{part}"), value)];
    let own = |value: String| vec![(name.clone(), value)];
    let kind = &question.kind;
    match (kind.field(), part) {
        (Field::Radios(choices), Part::Whole) => {
            chosen(&choices, kind, cell, numbers).map(|found| found.map(own).unwrap_or_default())
        }
        (Field::Radios(_), Part::OtherWords) => Ok(under("other".to_owned(), cell.to_owned())),
        // In a data file this code says that some were chosen, and the ticks beside it say which.
        (Field::Checkboxes(_), Part::Whole) if numbers == Numbers::Codes && cell == SOME_CHOSEN => Ok(Vec::new()),
        (Field::Checkboxes(choices), Part::Whole) => {
            let each = cell.split(';').map(str::trim).filter(|one| !one.is_empty());
            let each = each.map(|one| chosen(&choices, kind, one, numbers)).collect::<Result<Vec<_>, String>>()?;
            Ok(each.into_iter().flatten().flat_map(own).collect())
        }
        (Field::Checkboxes(_), Part::Tick(at)) => {
            let is_ticked = ticked(cell, kind.options().get(*at).map(String::as_str))?;
            Ok(if is_ticked { own(at.to_string()) } else { Vec::new() })
        }
        (Field::Grid { choices, .. }, Part::Item(at)) => {
            let found = chosen(&choices, kind, cell, numbers)?;
            Ok(found.map(|value| under(at.to_string(), value)).unwrap_or_default())
        }
        (Field::Places { .. }, Part::Item(at)) => Ok(under(at.to_string(), cell.to_owned())),
        (Field::Date, _) => {
            let day = day(cell)?;
            let parts =
                [("day", day.day().to_string()), ("month", day.month().to_string()), ("year", day.year().to_string())];
            Ok(parts.into_iter().flat_map(|(part, value)| under(part.to_owned(), value)).collect())
        }
        _ => Ok(own(cell.to_owned())),
    }
}

/// The form value of what was chosen: by its words, or by a number. None where the number says that nothing was.
fn chosen(choices: &[Choice], kind: &Kind, cell: &str, numbers: Numbers) -> Result<Option<String>, String> {
    let said = plain(cell);
    let named = choices.iter().find(|choice| plain(&choice.label) == said || short(&choice.label) == said);
    if let Some(choice) = named.or_else(|| by_score(kind, choices, cell)) {
        return Ok(Some(choice.value.clone()));
    }
    let number = cell.parse::<u8>().ok();
    match (number, numbers) {
        (Some(code), Numbers::Codes) if code <= code_book::NO_ANSWER => return Ok(None),
        (Some(code), Numbers::Codes) if code < FIRST_OPTION => {
            let stands = |choice: &&Choice| {
                let special = Special::ALL.into_iter().find(|special| special.value() == choice.value);
                special.map(|special| code_book::state(&special.answer())) == Some(code)
                    || (choice.says && code == OTHER)
            };
            if let Some(choice) = choices.iter().find(stands) {
                return Ok(Some(choice.value.clone()));
            }
        }
        (Some(number), _) => {
            let first = if numbers == Numbers::Codes { FIRST_OPTION } else { 1 };
            let options: Vec<&Choice> = choices.iter().filter(|choice| choice.is_option()).collect();
            let at = number.checked_sub(first).map(usize::from);
            if let Some(choice) = at.and_then(|at| options.get(at)) {
                return Ok(Some(choice.value.clone()));
            }
        }
        (None, _) => {}
    }
    let offered: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).take(8).collect();
    let more = if choices.len() > 8 { " …" } else { "" };
    Err(format!("“{}” is none of its answers: {}{more}", start(cell), offered.join(" · ")))
}

/// A score is what it says, whatever other numbers mean.
fn by_score<'c>(kind: &Kind, choices: &'c [Choice], cell: &str) -> Option<&'c Choice> {
    if kind.has_mean() { choices.iter().find(|choice| choice.value == cell) } else { None }
}

fn ticked(cell: &str, label: Option<&str>) -> Result<bool, String> {
    let said = plain(cell);
    if label.is_some_and(|label| plain(label) == said) {
        return Ok(true);
    }
    match said.as_str() {
        "1" | "yes" | "y" | "true" | "x" | "ticked" | "chosen" | "selected" => Ok(true),
        "0" | "no" | "n" | "false" | "notchosen" | "notselected" => Ok(false),
        _ => Err(format!("“{}” does not say whether it was ticked. Write 1 or 0", start(cell))),
    }
}

/// A day as spreadsheets and people write it, the day before the month.
///
/// # Errors
/// How to write it.
pub fn day(cell: &str) -> Result<NaiveDate, String> {
    let formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y"];
    let only_day = cell.split(['T', ',']).next().unwrap_or_default().trim();
    let found = formats.iter().find_map(|format| NaiveDate::parse_from_str(only_day, format).ok());
    let found = found.filter(|day| (1900..=2200).contains(&day.year()));
    found.ok_or_else(|| format!("“{}” is no day. Write it like 2026-11-30 or 30/11/2026", start(cell)))
}

/// Words without capitals, spaces and signs.
fn plain(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first part of a label that asks for words too: "Other" of "Other, please say".
fn short(label: &str) -> String {
    plain(label.split(',').next().unwrap_or_default())
}

fn start(cell: &str) -> String {
    let cut: String = cell.chars().take(40).collect();
    if cut.len() < cell.len() { format!("{cut}…") } else { cut }
}
