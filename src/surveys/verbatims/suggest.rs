//! What in an answer may give somebody away, by simple rules: for a person to decide, who reads the whole answer.
//!
//! They find phone numbers, e-mail addresses, postcodes, house numbers with a street, flat numbers, and names after
//! Mr, Mrs and the like. They do not find a name that stands alone.

use crate::surveys::verbatims::mark::{self, Kind, Mark};
use crate::ui::links;

/// Words before a name. In small letters most of them are other words too, or begin one.
const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "prof", "sir"];
/// Titles that are no other word.
const PLAIN_TITLES: [&str; 2] = ["mr", "mrs"];
/// What streets are called.
const STREETS: [&str; 28] = [
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "close", "drive", "court", "ct", "crescent",
    "terrace", "way", "place", "gardens", "grove", "rise", "walk", "row", "square", "hill", "view", "mews", "park",
    "green", "quay",
];
/// What stands between a number and such a word where no address is meant: "3 on the street".
const NO_STREET: [&str; 24] = [
    "a", "an", "and", "at", "by", "down", "each", "every", "for", "from", "her", "his", "in", "my", "of", "on", "or",
    "our", "that", "the", "their", "this", "to", "your",
];
/// What stands before the number of a home.
const HOMES: [&str; 4] = ["flat", "apartment", "apt", "house"];

/// A word of a text: letters and figures without a space.
#[derive(Clone, Debug)]
struct Token {
    begins: usize,
    text: String,
    small: String,
    /// What stands before it since the last one.
    gap: String,
}

impl Token {
    fn ends(&self) -> usize {
        self.begins + self.text.chars().count()
    }

    fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    fn is_number(&self) -> bool {
        let figures = self.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (1..=4).contains(&figures.len())
            && self.text.len() - figures.len() <= 1
            && figures.chars().all(|c| c.is_ascii_digit())
    }

    /// Whether it follows the one before with nothing but a space, or a full stop after a short word.
    fn follows(&self) -> bool {
        matches!(self.gap.as_str(), " " | ". " | "." | ", ")
    }
}

/// The passages that may give somebody away, in the order of the text.
#[must_use]
pub fn suggest(text: &str) -> Vec<Mark> {
    let tokens = tokens(text);
    let mut found = contacts(text);
    for at in 0..tokens.len() {
        let Some(rest) = tokens.get(at..) else { continue };
        found.extend(postcode(rest).into_iter().chain(name(rest)).chain(street(rest)).chain(home(rest)));
    }
    mark::tidy(text, found)
}

fn tokens(text: &str) -> Vec<Token> {
    let (mut found, mut gap): (Vec<Token>, String) = (Vec::new(), String::new());
    let mut open: Option<Token> = None;
    for (at, letter) in text.chars().enumerate() {
        if letter.is_alphanumeric() || (open.is_some() && matches!(letter, '\'' | '’')) {
            let begun = open.get_or_insert_with(|| Token {
                begins: at,
                text: String::new(),
                small: String::new(),
                gap: std::mem::take(&mut gap),
            });
            begun.text.push(letter);
            begun.small.extend(letter.to_lowercase());
        } else {
            found.extend(open.take());
            gap.push(letter);
        }
    }
    found.extend(open);
    found
}

fn span(first: &Token, last: &Token, kind: Kind) -> Mark {
    Mark { begins: first.begins, letters: last.ends() - first.begins, kind }
}

/// Phone numbers and e-mail addresses, as pages make links of them.
fn contacts(text: &str) -> Vec<Mark> {
    let mut begins = 0;
    let pieces = links::pieces(text).into_iter().filter_map(|piece| {
        let (at, letters) = (begins, piece.words.chars().count());
        begins += letters;
        let href = piece.href?;
        // Numbers as short as 999 are nobody's.
        let is_own = href.starts_with("mailto:") || (href.starts_with("tel:") && href.len() > 9);
        is_own.then_some(Mark { begins: at, letters, kind: Kind::Contact })
    });
    pieces.collect()
}

/// "MB1 2ZZ", in any capitals, with a space or without.
fn postcode(tokens: &[Token]) -> Option<Mark> {
    let first = tokens.first()?;
    if let Some(at) = first.small.len().checked_sub(3).filter(|_| first.small.is_ascii())
        && is_outward(first.small.get(..at)?)
        && is_inward(first.small.get(at..)?)
    {
        return Some(span(first, first, Kind::Address));
    }
    let second = tokens.get(1).filter(|second| second.gap == " ")?;
    (is_outward(&first.small) && is_inward(&second.small)).then(|| span(first, second, Kind::Address))
}

/// One or two letters, a figure, and perhaps a figure or letter more.
fn is_outward(small: &str) -> bool {
    let rest = small.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let mut letters = rest.chars();
    (1..=2).contains(&(small.len() - rest.len()))
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.next().is_none_or(|c| c.is_ascii_alphanumeric())
        && letters.next().is_none()
}

/// A figure and two letters; "1st" and "2nd" are none.
fn is_inward(small: &str) -> bool {
    let mut letters = small.chars();
    let ends = small.get(1..).unwrap_or_default();
    letters.next().is_some_and(|c| c.is_ascii_digit())
        && ends.len() == 2
        && letters.all(|c| c.is_ascii_lowercase())
        && !["st", "nd", "rd", "th", "am", "pm"].contains(&ends)
}

/// "Mr Lane", "Mrs. Ann Lane".
fn name(tokens: &[Token]) -> Option<Mark> {
    let title = tokens.first().filter(|token| TITLES.contains(&token.small.as_str()))?;
    let first = tokens.get(1).filter(|token| token.follows() && token.gap != ", ")?;
    let is_plain = PLAIN_TITLES.contains(&title.small.as_str()) && first.text.chars().all(char::is_alphabetic);
    if !(is_plain || (title.is_capital() && first.is_capital())) {
        return None;
    }
    let more = tokens.iter().skip(2).take_while(|token| token.gap == " " && token.is_capital()).take(2);
    Some(span(title, more.last().unwrap_or(first), Kind::Name))
}

/// "12 High Street", "4b Lantern Row".
fn street(tokens: &[Token]) -> Option<Mark> {
    let number = tokens.first().filter(|token| token.is_number())?;
    let after: Vec<&Token> = tokens.iter().skip(1).take_while(|token| token.follows()).take(4).collect();
    let is_name = |token: &&&Token| {
        token.text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
            && !NO_STREET.contains(&token.small.as_str())
    };
    // One word alone may be in small letters; of several, the name has its capitals.
    let is_street = |end: &usize| {
        let Some(between) = after.get(..*end) else { return false };
        after.get(*end).is_some_and(|last| STREETS.contains(&last.small.as_str()))
            && between.iter().filter(is_name).count() == between.len()
            && (between.len() == 1 || between.iter().all(|token| token.is_capital()))
    };
    // The longest that is one: "Lantern Quay Row" goes on after the quay.
    let end = (1..=3).rev().find(is_street)?;
    after.get(end).map(|last| span(number, last, Kind::Address))
}

/// "Flat 12", "house 4a".
fn home(tokens: &[Token]) -> Option<Mark> {
    let word = tokens.first().filter(|token| HOMES.contains(&token.small.as_str()))?;
    let number = tokens.get(1).filter(|token| token.gap == " " && token.is_number())?;
    Some(span(word, number, Kind::Address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Kind)> {
        let parts = mark::parts(text, &suggest(text)).into_iter();
        parts.filter_map(|(words, mark)| Some((words.to_owned(), mark?.kind))).collect()
    }

    #[test]
    fn what_may_give_somebody_away_is_found() {
        for (text, words, kind) in [
            ("Ring me on 01632 960 199 please", "01632 960 199", Kind::Contact),
            ("Ring 07700900123.", "07700900123", Kind::Contact),
            ("Write to pat.lane@example.org, thanks", "pat.lane@example.org", Kind::Contact),
            ("I live at MB1 2ZZ now", "MB1 2ZZ", Kind::Address),
            ("i live at mb12zz now", "mb12zz", Kind::Address),
            ("It is W1A 1AA.", "W1A 1AA", Kind::Address),
            ("The drain at 12 High Street smells", "12 High Street", Kind::Address),
            ("4b Lantern Quay Row is cold", "4b Lantern Quay Row", Kind::Address),
            ("12 lantern road", "12 lantern road", Kind::Address),
            ("I am in flat 12 and it is damp", "flat 12", Kind::Address),
            ("Mr Plume was rude", "Mr Plume", Kind::Name),
            ("ask mrs plume", "mrs plume", Kind::Name),
            ("I told Ms. Esi Level twice", "Ms. Esi Level", Kind::Name),
            ("Dr Quill wrote to you", "Dr Quill", Kind::Name),
        ] {
            assert_eq!(found(text), [(words.to_owned(), kind)], "{text}");
        }
    }

    #[test]
    fn what_gives_nobody_away_is_left_alone() {
        for text in [
            "",
            "I miss the bus and 3 on the street were late",
            "Second visit on the 1st, then the 2nd",
            "5 in our road",
            "It was 12 weeks. The road is bad",
            "Phone 999",
            "You ask 2 times a year this way",
            "The house is cold",
            "at 2pm",
            "b4 2nd visit",
            "Miss a payment and you ring",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn several_are_found_in_their_order_in_a_text_with_letters_of_more_than_one_byte() {
        let text = "Café, né à “Millbeck”: Mr Ångström, 12 High Street MB1 2ZZ";
        let words: Vec<String> = found(text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(words, ["Mr Ångström", "12 High Street", "MB1 2ZZ"]);
    }
}
