//! Which kind of question of ours asks what a question of the file asks.

use super::html;
use super::source::{Part, Question};
use crate::questionnaires::kinds::choice::MOST_OPTIONS;
use crate::questionnaires::kinds::grid::{self, MOST_ITEMS};
use crate::questionnaires::kinds::ranking::{self, MOST_RANKED};
use crate::questionnaires::kinds::scale::{self, Wording};
use crate::questionnaires::kinds::{Kind, long_text, number, one_choice, several_choices, short_text};

/// The most characters of one answer to choose.
const LONGEST_OPTION: usize = 150;

/// What a question of the file becomes.
pub(super) enum Made {
    /// One question.
    One(Asks),
    /// A question for each part, since none of ours asks them together.
    Each(Vec<(Part, Asks)>),
}

/// A kind with what equations may say of it.
#[derive(Clone)]
pub(super) struct Asks {
    pub kind: Kind,
    pub says: Says,
}

/// What equations of the file may say of a question.
#[derive(Clone)]
pub(super) enum Says {
    /// Which of these was chosen: the codes of the file, in our order.
    OneOf { codes: Vec<String>, other: bool },
    /// Whether each of these was ticked.
    Ticks(Vec<String>),
    /// That it was answered.
    Open,
    /// Nothing: its parts cannot be named by themselves.
    Nothing,
}

impl Asks {
    fn open(kind: Kind) -> Self {
        Self { kind, says: Says::Open }
    }

    fn one_of(settings: one_choice::Settings, codes: Vec<String>) -> Self {
        let other = settings.other;
        Self { kind: Kind::OneChoice(settings), says: Says::OneOf { codes, other } }
    }
}

/// What the question becomes, noting what is lost on the way.
///
/// # Errors
/// Why none of our kinds asks it, as a sentence.
pub(super) fn made(of: &Question, notes: &mut Vec<String>) -> Result<Made, String> {
    let single = |asks: Asks| Ok(Made::One(asks));
    match of.kind.as_str() {
        "L" | "!" | "O" => {
            if of.kind == "O" {
                notes.push("The box for a comment beside the list was left out".to_owned());
            }
            single(list(&of.answers, of.other, notes)?)
        }
        "Y" => single(named(&[("Y", "Yes"), ("N", "No")])),
        "G" => single(named(&[("F", "Female"), ("M", "Male")])),
        "5" => single(numbers(5)),
        "M" | "P" => {
            if of.kind == "P" {
                notes.push("The boxes for comments beside the answers were left out".to_owned());
            }
            single(several(of, notes)?)
        }
        "R" => single(order(of)?),
        "A" => each(of, &numbers(5)),
        "B" => each(of, &numbers(10)),
        "C" => each(of, &named(&[("Y", "Yes"), ("U", "Uncertain"), ("N", "No")])),
        "E" => each(of, &named(&[("I", "Increase"), ("S", "Same"), ("D", "Decrease")])),
        "F" | "H" if of.dual => Err("An array with two scales has no counterpart".to_owned()),
        "F" | "H" => match grid_of(of) {
            Some(asks) => single(asks),
            None => each(of, &list(&of.answers, false, notes)?),
        },
        "N" => single(Asks::open(number_of(of, notes))),
        "K" => {
            let asks = Asks::open(number_of(of, notes));
            each(of, &asks)
        }
        "Q" => each(of, &Asks::open(short(of))),
        "D" => Kind::usual("date").map(Asks::open).map_or_else(|| Err(String::new()), single),
        "S" => single(Asks::open(short(of))),
        "T" | "U" => single(Asks::open(long(of))),
        "*" => Err("An equation is worked out and asks nobody".to_owned()),
        "|" if is_one_picture(of) => Kind::usual("photo").map(Asks::open).map_or_else(|| Err(String::new()), single),
        "|" => Err("Files cannot be sent with a survey, but for one photo".to_owned()),
        "I" => Err("The choice of a language is no question here".to_owned()),
        "1" => Err("An array with two scales has no counterpart".to_owned()),
        ":" | ";" => Err("An array of boxes for numbers or words has no counterpart".to_owned()),
        other => Err(format!("Questions of the type “{other}” have no counterpart")),
    }
}

/// Whether one file is asked for at most, and it must be a picture. Where the file says nothing, other kinds may be sent.
fn is_one_picture(of: &Question) -> bool {
    const PICTURES: [&str; 9] = ["jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp", "tiff"];
    let allowed = of.attributes.get("allowed_filetypes").map_or("", String::as_str);
    let mut kinds =
        allowed.split(',').map(|kind| kind.trim().to_lowercase()).filter(|kind| !kind.is_empty()).peekable();
    let one = whole(of, "max_num_of_files").unwrap_or(1) == 1;
    one && kinds.peek().is_some() && kinds.all(|kind| PICTURES.contains(&kind.as_str()))
}

fn words(part: &Part) -> String {
    html::cut(&html::plain(&part.text).words.replace('\n', " "), LONGEST_OPTION).0
}

fn named(answers: &[(&str, &str)]) -> Asks {
    let options = answers.iter().map(|(_, words)| (*words).to_owned()).collect();
    let settings = one_choice::Settings { options, ..one_choice::Settings::default() };
    Asks::one_of(settings, answers.iter().map(|(code, _)| (*code).to_owned()).collect())
}

fn numbers(most: u8) -> Asks {
    let all: Vec<String> = (1..=most).map(|number| number.to_string()).collect();
    let settings = one_choice::Settings { options: all.clone(), ..one_choice::Settings::default() };
    Asks::one_of(settings, all)
}

/// One of a list; a scale of ours where the answers are its five points.
fn list(answers: &[Part], other: bool, notes: &mut Vec<String>) -> Result<Asks, String> {
    if let Some((settings, codes)) = scale_of(answers).filter(|_| !other) {
        return Ok(Asks { kind: Kind::Scale(settings), says: Says::OneOf { codes, other: false } });
    }
    let options = options(answers)?;
    let offers_other = options.iter().any(|option| option.eq_ignore_ascii_case("other"));
    if other && offers_other {
        notes.push("The box for words beside “Other” was left out, as “Other” stands in the list too".to_owned());
    }
    let settings = one_choice::Settings { options, other: other && !offers_other, ..one_choice::Settings::default() };
    Ok(Asks::one_of(settings, answers.iter().map(|part| part.code.clone()).collect()))
}

/// The options of a list: at least two, no two alike.
fn options(parts: &[Part]) -> Result<Vec<String>, String> {
    let options: Vec<String> = parts.iter().map(words).collect();
    if options.len() < 2 {
        return Err("It offers fewer than two answers".to_owned());
    }
    if options.len() > MOST_OPTIONS {
        return Err(format!("It offers more than {MOST_OPTIONS} answers"));
    }
    if options.iter().any(String::is_empty) {
        return Err("One of its answers has no words".to_owned());
    }
    let twice = options
        .iter()
        .enumerate()
        .find(|(at, option)| options.iter().take(*at).any(|earlier| earlier.to_lowercase() == option.to_lowercase()));
    twice.map_or(Ok(options.clone()), |(_, option)| Err(format!("It offers “{option}” twice")))
}

/// A five-point scale of ours with the codes of its points in the file, if these answers are it in either direction.
fn scale_of(answers: &[Part]) -> Option<(scale::Settings, Vec<String>)> {
    let said: Vec<(String, &str)> =
        answers.iter().map(|part| (words(part).to_lowercase(), part.code.as_str())).collect();
    [Wording::Satisfaction, Wording::Agreement].into_iter().find_map(|wording| {
        let settings = scale::Settings { wording, not_applicable: false, or_dont_know: false };
        let code = |label: &str| said.iter().find(|(words, _)| words == label).map(|(_, code)| (*code).to_owned());
        let points = settings.labels().map(|label| code(&label.to_lowercase()));
        let codes: Vec<String> = points.into_iter().collect::<Option<_>>()?;
        let not_applicable = code("not applicable").or_else(|| code("n/a"));
        let all = codes.len() + usize::from(not_applicable.is_some());
        (all == said.len()).then(|| (scale::Settings { not_applicable: not_applicable.is_some(), ..settings }, codes))
    })
}

/// An array on one of our scales.
fn grid_of(of: &Question) -> Option<Asks> {
    let (scale, _) = scale_of(&of.answers)?;
    let items = options(&of.parts).ok().filter(|items| items.len() <= MOST_ITEMS)?;
    let settings = grid::Settings { items, wording: scale.wording, not_applicable: scale.not_applicable };
    Some(Asks { kind: Kind::Grid(settings), says: Says::Nothing })
}

fn each(of: &Question, asks: &Asks) -> Result<Made, String> {
    if of.parts.is_empty() {
        return Err("It has no parts to ask about".to_owned());
    }
    Ok(Made::Each(of.parts.iter().map(|part| (part.clone(), asks.clone())).collect()))
}

fn several(of: &Question, notes: &mut Vec<String>) -> Result<Asks, String> {
    let options = options(&of.parts)?;
    if of.other {
        notes.push("The box for another answer was left out: several choices have none here".to_owned());
    }
    let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
    let bound =
        |name: &str| whole(of, name).and_then(|bound| u8::try_from(bound).ok()).filter(|n| (1..=most).contains(n));
    let (least, most) = (bound("min_answers"), bound("max_answers"));
    let most = most.filter(|most| least.is_none_or(|least| least <= *most));
    let settings = several_choices::Settings { options, least, most, none: false };
    let says = Says::Ticks(of.parts.iter().map(|part| part.code.clone()).collect());
    Ok(Asks { kind: Kind::SeveralChoices(settings), says })
}

fn order(of: &Question) -> Result<Asks, String> {
    let parts = if of.answers.is_empty() { &of.parts } else { &of.answers };
    let options = options(parts)?;
    if options.len() > MOST_RANKED {
        return Err(format!("It has more than {MOST_RANKED} answers to put in order"));
    }
    let all = options.len();
    let top = whole(of, "max_answers").and_then(|top| u8::try_from(top).ok());
    let top = top.filter(|top| (2..all).contains(&usize::from(*top)));
    Ok(Asks { kind: Kind::Ranking(ranking::Settings { options, top }), says: Says::Nothing })
}

fn whole(of: &Question, name: &str) -> Option<i32> {
    of.attributes.get(name)?.trim().parse().ok()
}

fn number_of(of: &Question, notes: &mut Vec<String>) -> Kind {
    let bound = |name: &str| whole(of, name);
    let smallest = bound("min_num_value_n").or_else(|| bound("min_num_value"));
    let largest = bound("max_num_value_n").or_else(|| bound("max_num_value"));
    let largest = largest.filter(|largest| smallest.is_none_or(|smallest| smallest <= *largest));
    let is_whole = of.attributes.get("num_value_int_only").is_some_and(|value| value == "1");
    let unit = html::plain(of.attributes.get("suffix").map_or("", String::as_str)).words;
    if of.attributes.get("prefix").is_some_and(|prefix| !prefix.is_empty()) {
        notes.push("The words before the box were left out".to_owned());
    }
    let unit = html::cut(&unit, 30).0;
    Kind::Number(number::Settings { smallest, largest, unit, decimals: if is_whole { 0 } else { 2 } })
}

fn longest(of: &Question, usual: usize, most: usize) -> usize {
    let asked = of.attributes.get("maximum_chars").and_then(|longest| longest.trim().parse::<usize>().ok());
    asked.unwrap_or(usual).clamp(10, most)
}

fn short(of: &Question) -> Kind {
    Kind::ShortText(short_text::Settings { longest: longest(of, 200, 500) })
}

fn long(of: &Question) -> Kind {
    let usual = long_text::Settings::default().longest;
    Kind::LongText(long_text::Settings { longest: longest(of, usual, usual) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks_for(attributes: &[(&str, &str)]) -> Question {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Question {
            names: Vec::new(),
            title: "PHOTO".to_owned(),
            kind: "|".to_owned(),
            text: "Send us a photo".to_owned(),
            help: String::new(),
            other: false,
            mandatory: "N".to_owned(),
            relevance: "1".to_owned(),
            answers: Vec::new(),
            parts: Vec::new(),
            attributes,
            dual: false,
        }
    }

    #[test]
    fn one_picture_is_a_photo_and_any_other_file_is_left_out() {
        let becomes = |attributes: &[(&str, &str)]| match made(&asks_for(attributes), &mut Vec::new()) {
            Ok(Made::One(asks)) => asks.kind.is_photo(),
            _ => false,
        };
        assert!(becomes(&[("allowed_filetypes", "png, JPG,jpeg")]));
        assert!(becomes(&[("allowed_filetypes", "jpg"), ("max_num_of_files", "1")]));
        assert!(!becomes(&[("allowed_filetypes", "jpg"), ("max_num_of_files", "3")]));
        assert!(!becomes(&[("allowed_filetypes", "png, gif, doc, odt, jpg, jpeg, pdf")]));
        assert!(!becomes(&[]));
    }
}
