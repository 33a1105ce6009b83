//! Phone numbers and addresses inside a plain text, made links, so that they can be rung and opened by touching them.

use leptos::prelude::*;

use crate::mail;
use crate::web::number;

/// A part of a text: words alone, or words that lead somewhere.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words as they were written.
    pub words: &'a str,
    /// Where they lead: `tel:`, `mailto:`, `https:` or `http:`.
    pub href: Option<String>,
}

/// Short numbers that are a number to ring only where the text says so: "call 101", never "101 homes".
const SHORT: [&str; 5] = ["101", "105", "111", "112", "119"];
/// Words after which a short number is one to ring.
const RING: [&str; 5] = ["phone", "ring", "call", "dial", "us on"];
/// How a web address ends that is written without https: and www.
const ENDINGS: [&str; 9] = ["uk", "org", "com", "net", "info", "wales", "cymru", "scot", "london"];

/// A plain text with its phone numbers and addresses as links. Nothing in it is markup.
pub fn linked(text: &str) -> AnyView {
    let drawn = pieces(text).into_iter().map(|Piece { words, href }| {
        let words = words.to_owned();
        match href {
            Some(href) => view! { <a href=href>{breakable(&words)}</a> }.into_any(),
            None => words.into_any(),
        }
    });
    drawn.collect_view().into_any()
}

/// The words of a link, which may be broken after each stroke: an address is longer than a phone is wide.
fn breakable(words: &str) -> Vec<AnyView> {
    let parts = words.split_inclusive('/').map(|part| {
        let stroke = part.ends_with('/').then(|| view! { <wbr/> });
        view! { {part.to_owned()}{stroke} }.into_any()
    });
    parts.collect()
}

/// The parts of a text in their order; together they are the text.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut last = ' ';
    for (at, letter) in text.char_indices() {
        let begins = last.is_whitespace() || matches!(last, '(' | ':' | '<' | '"' | '\'' | '“' | '‘');
        last = letter;
        if !begins || at < from {
            continue;
        }
        let (before, rest) = text.split_at(at);
        if let Some((words, href)) = phone(before, rest).or_else(|| address(rest)) {
            found.extend(text.get(from..at).filter(|words| !words.is_empty()).map(|words| Piece { words, href: None }));
            found.push(Piece { words, href: Some(href) });
            from = at + words.len();
        }
    }
    found.extend(text.get(from..).filter(|words| !words.is_empty()).map(|words| Piece { words, href: None }));
    found
}

/// The phone number that a text begins with, the longest that is one.
fn phone<'a>(before: &str, rest: &'a str) -> Option<(&'a str, String)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')');
    let run = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    (1..=run).rev().find_map(|end| {
        let (words, after) = rest.split_at_checked(end)?;
        let is_whole = words.ends_with(|c: char| c.is_ascii_digit())
            && words.matches('(').count() == words.matches(')').count()
            && !after.starts_with(char::is_alphanumeric)
            // A figure that stands alone is no part of a number: "0800 111 999 7 days a week".
            && words.rsplit([' ', '-']).next().is_some_and(|group| group.len() > 1);
        let href = is_whole.then(|| number::tel(words)).flatten()?;
        let dialled = href.strip_prefix("tel:")?;
        let is_number = match dialled.strip_prefix("+44") {
            Some(national) => (9..=10).contains(&national.len()),
            None if dialled.starts_with('0') => (10..=11).contains(&dialled.len()),
            None => words == "999" || (SHORT.contains(&words) && says_to_ring(before)),
        };
        is_number.then_some((words, href))
    })
}

fn says_to_ring(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(':').to_lowercase();
    RING.iter().any(|ring| before.strip_suffix(ring).is_some_and(|left| !left.ends_with(char::is_alphanumeric)))
}

/// The web or e-mail address that a text begins with, without the full stop or bracket after it.
fn address(rest: &str) -> Option<(&str, String)> {
    let word = rest.split(char::is_whitespace).next()?;
    let words = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    if !words.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/?#&=%+:@".contains(c)) {
        return None;
    }
    if mail::is_address(words) {
        return Some((words, format!("mailto:{words}")));
    }
    let without = words.strip_prefix("https://").or_else(|| words.strip_prefix("http://"));
    let host = without.unwrap_or(words).split(['/', '?', '#']).next()?;
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_host = host.contains('.') && host.split('.').all(is_label);
    let ending = host.rsplit('.').next()?.to_lowercase();
    let is_address = without.is_some() || host.starts_with("www.") || ENDINGS.contains(&ending.as_str());
    let href = if without.is_some() { words.to_owned() } else { format!("https://{words}") };
    (is_host && is_address).then_some((words, href))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        let pieces = pieces(text);
        assert_eq!(pieces.iter().map(|piece| piece.words).collect::<String>(), text);
        pieces.into_iter().filter_map(|piece| Some((piece.words.to_owned(), piece.href?))).collect()
    }

    fn one(words: &str, href: &str) -> Vec<(String, String)> {
        vec![(words.to_owned(), href.to_owned())]
    }

    #[test]
    fn a_number_in_a_sentence_can_be_rung() {
        for (text, words, href) in [
            ("Phone 01632 960 199 at any hour.", "01632 960 199", "tel:01632960199"),
            ("Ring 0303 123 1113.", "0303 123 1113", "tel:03031231113"),
            ("Ring (01632) 960 555, then press 2", "(01632) 960 555", "tel:01632960555"),
            ("the office (01632 960 555)", "01632 960 555", "tel:01632960555"),
            ("Tel:+44 (0)1632 960100", "+44 (0)1632 960100", "tel:+441632960100"),
            ("0800 111 999 24 hours a day", "0800 111 999", "tel:0800111999"),
            ("Phone 0800 111 999 7 days a week", "0800 111 999", "tel:0800111999"),
            ("If anybody is in danger, phone 999.", "999", "tel:999"),
            ("or phone us on 101", "101", "tel:101"),
            ("or call 101", "101", "tel:101"),
        ] {
            assert_eq!(links(text), one(words, href), "{text}");
        }
    }

    #[test]
    fn an_address_in_a_sentence_can_be_opened_and_its_full_stop_stays_outside() {
        for (text, words, href) in [
            (
                "or go to larkfield.example.org/repairs.",
                "larkfield.example.org/repairs",
                "https://larkfield.example.org/repairs",
            ),
            ("(see www.example.housing)", "www.example.housing", "https://www.example.housing"),
            ("http://example.org/a?b=c, or", "http://example.org/a?b=c", "http://example.org/a?b=c"),
            ("Write to repairs@example.org.", "repairs@example.org", "mailto:repairs@example.org"),
        ] {
            assert_eq!(links(text), one(words, href), "{text}");
        }
    }

    #[test]
    fn other_numbers_and_words_stay_words() {
        for text in [
            "",
            "Within 24 hours, 9am to 5.30pm",
            "101 homes in 2026",
            "We work on 101 homes",
            "10 000 letters",
            "e.g. a leak",
            "Ask us.Or write",
            "javascript:alert(1)",
            "flat 12-14",
            "https://",
            "01632 960 1999 9999",
        ] {
            assert!(links(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn v01_markup_in_a_text_is_shown_as_text() {
        let html = linked("<b>Phone</b> 01632 960 199 <script>").to_html().replace("<!>", "");
        assert!(!html.contains("<b>") && !html.contains("<script>"), "{html}");
        assert!(html.contains("<a href=\"tel:01632960199\">01632 960 199</a>"), "{html}");
    }
}
