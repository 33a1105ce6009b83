//! What one sentence of a status cell claims about the work, by fixed phrases. A phrase that is not
//! in these lists claims nothing: the reading never guesses.

use super::dates;
use super::month::Month;

/// The claim of one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// `Complete.` and nothing else.
    PlainlyDone,
    /// Something named is complete.
    Done,
    /// A named part only (a phase, a draft, a first step) is complete.
    PartDone,
    /// What was promised is there.
    InPlace,
    /// Going on.
    Running,
    /// Something remains, with a time named for it.
    Outstanding,
    /// Something remains, without a time.
    Coming,
    /// Not begun.
    NotStarted,
    /// Given up.
    Stopped,
    /// Carried on inside something else.
    Merged,
    /// Nothing about the state.
    Nothing,
}

/// A sentence in small letters with its claim and the months it names for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, in small letters, without its full stop.
    pub text: String,
    /// What it claims.
    pub claim: Claim,
    /// Months named with their year.
    pub months: Vec<Month>,
    /// `60` where the sentence says that 60 % of the work is done.
    pub per_cent: Option<u8>,
}

/// Splits a line into sentences and reads each.
#[must_use]
pub fn read_line(line: &str) -> Vec<Sentence> {
    split(line).into_iter().map(read).collect()
}

fn split(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = line.trim();
    while let Some(at) = end_of_sentence(rest) {
        let (head, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        sentences.push(head);
        rest = tail.trim_start_matches(['.', ';', '!']).trim_start();
    }
    sentences.push(rest);
    sentences.into_iter().map(str::trim).filter(|s| !s.is_empty()).collect()
}

/// A full stop or semicolon followed by a space; a dot inside a date or an amount does not count.
fn end_of_sentence(text: &str) -> Option<usize> {
    text.char_indices().find_map(|(at, c)| {
        let next = text.get(at + c.len_utf8()..)?.chars().next()?;
        (matches!(c, '.' | ';' | '!') && next.is_whitespace()).then_some(at)
    })
}

fn read(sentence: &str) -> Sentence {
    let trimmed = sentence.trim().trim_end_matches(['.', '!', ';', ':']).trim();
    let text = trimmed.to_lowercase().replace('\u{2019}', "'");
    let per_cent = per_cent(&text);
    let months = dates::find(trimmed).certain();
    let claim = claim(&text, trimmed, per_cent);
    Sentence { text, claim, months, per_cent }
}

const PLAIN: &[&str] = &[
    "complete",
    "completed",
    "done",
    "finished",
    "achieved",
    "action complete",
    "action completed",
    "all complete",
    "fully complete",
    "now complete",
    "complete - see evidence",
];
const NOT_STARTED: &[&str] = &[
    "not started",
    "not yet started",
    "not begun",
    "not yet begun",
    "not commenced",
    "not happened yet",
    "not yet happened",
    "yet to start",
    "yet to begin",
    "yet to commence",
    "commencement delayed",
    "start delayed",
    "no progress",
];
const STOPPED: &[&str] = &[
    "cancelled",
    "abandoned",
    "no longer required",
    "no longer needed",
    "no longer going ahead",
    "no longer being pursued",
    "will not go ahead",
    "not going ahead",
    "discontinued",
    "action stopped",
    "work stopped",
    "action withdrawn",
];
const MERGED: &[&str] = &[
    "now combined with",
    "merged with",
    "merged into",
    "combined into",
    "now part of action",
    "superseded by",
    "replaced by action",
];
const UNFINISHED: &[&str] = &[
    "not complete",
    "not yet complete",
    "incomplete",
    "not finished",
    "not yet finished",
    "partly complete",
    "partially complete",
    "nearly complete",
    "almost complete",
    "still to be done",
    "not yet done",
    "not been completed",
];
const RUNNING: &[&str] = &[
    "on target",
    "on track",
    "on schedule",
    "in progress",
    "underway",
    "under way",
    "is ongoing",
    "are ongoing",
    "well advanced",
    "now established",
    "at each panel",
    "at every",
    "at each",
    "to each",
    "added to",
    "as part of the",
];
const FUTURE: &[&str] = &[
    " will ",
    "will be ",
    "to be ",
    "to take place",
    "going to ",
    "is due ",
    "are due ",
    "due to ",
    "likely to ",
    "expected ",
    "planned for ",
    "scheduled for ",
];
const PART: &[&str] = &["phase", "stage", "initial", "draft", "first", "second", "part", "1st", "2nd"];

fn claim(text: &str, original: &str, per_cent: Option<u8>) -> Claim {
    let has = |phrases: &[&str]| phrases.iter().any(|p| text.contains(p));
    if PLAIN.contains(&text) || per_cent == Some(100) {
        return Claim::PlainlyDone;
    }
    if text == "stopped" || has(STOPPED) {
        return Claim::Stopped;
    }
    if has(MERGED) && !text.contains("will be") {
        return Claim::Merged;
    }
    if has(NOT_STARTED) {
        return Claim::NotStarted;
    }
    if has(UNFINISHED) || per_cent.is_some() || text.starts_with("some ") {
        return Claim::Outstanding;
    }
    let padded = format!(" {text} ");
    let future = FUTURE.iter().any(|p| padded.contains(p));
    if future && names_a_time(text, original) {
        return Claim::Outstanding;
    }
    if says_complete(text) {
        let part = text.split(|c: char| !c.is_alphanumeric()).any(|w| PART.contains(&w));
        return if part { Claim::PartDone } else { Claim::Done };
    }
    if text.starts_with("in place") {
        return Claim::InPlace;
    }
    if padded.contains(" will ") {
        return Claim::Coming;
    }
    if has(RUNNING) || text.starts_with("ongoing") || text.starts_with("on-going") {
        return Claim::Running;
    }
    Claim::Nothing
}

/// `… is complete`, `… complete and …`; not `that is completed where`, not `to be complete`.
fn says_complete(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.iter().enumerate().any(|(at, word)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let before = at.checked_sub(1).and_then(|b| words.get(b)).copied().unwrap_or_default();
        let ends = word.ends_with([',', ')', ':'])
            || matches!(words.get(at + 1).copied(), None | Some("and" | "-" | "\u{2013}"));
        matches!(bare, "complete" | "completed")
            && ends
            && !matches!(before, "be" | "not" | "until" | "when" | "once" | "if" | "to" | "nearly" | "almost")
    })
}

fn names_a_time(text: &str, original: &str) -> bool {
    const TIMES: &[&str] = &[
        "new year",
        "next week",
        "next month",
        "next quarter",
        "next year",
        "in spring",
        "in summer",
        "in autumn",
        "in winter",
        "in the spring",
        "in the summer",
        "in the autumn",
        "in the winter",
    ];
    TIMES.iter().any(|t| text.contains(t)) || !dates::find(original).months.is_empty()
}

/// The share of work said to be done; a percentage of anything else is not progress.
fn per_cent(text: &str) -> Option<u8> {
    let about_progress = ["complet", "done", "finished", "progress"].iter().any(|w| text.contains(w));
    let before = text.split_once('%').map(|(b, _)| b).or_else(|| text.split_once(" per cent").map(|(b, _)| b))?;
    let digits: String = before.trim_end().chars().rev().take_while(char::is_ascii_digit).collect();
    let value: u8 = digits.chars().rev().collect::<String>().parse().ok()?;
    (about_progress && value <= 100).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_claims_only_what_its_words_say() {
        for (text, expected) in [
            ("Complete.", Claim::PlainlyDone),
            ("Action complete", Claim::PlainlyDone),
            ("Training on the new system complete", Claim::Done),
            ("All new forms complete and sent to managers", Claim::Done),
            ("Phase 1 is complete", Claim::PartDone),
            ("In place- met first in July 09", Claim::InPlace),
            ("Ongoing", Claim::Running),
            ("Building is underway", Claim::Running),
            ("Summary will be printed December 2009", Claim::Outstanding),
            ("Interviews will start in the new year", Claim::Outstanding),
            ("A second visit to take place in December", Claim::Outstanding),
            ("60% of the leaflets have been completed", Claim::Outstanding),
            ("Some checks have been made", Claim::Outstanding),
            ("Residents will be involved", Claim::Coming),
            ("This has not happened yet", Claim::NotStarted),
            ("Commencement delayed by rain", Claim::NotStarted),
            ("Cancelled by the Board", Claim::Stopped),
            ("Now combined with the Gardens group", Claim::Merged),
            ("The form has a page that is completed where needed", Claim::Nothing),
            ("Info to be included in the strategy", Claim::Nothing),
            ("The guide may not be a book of its own", Claim::Nothing),
            ("Figures now produced monthly to assist", Claim::Nothing),
        ] {
            assert_eq!(read(text).claim, expected, "{text}");
        }
    }

    #[test]
    fn a_dot_inside_a_date_or_an_amount_ends_nothing() {
        let parts = split("Paper going to panels 23.11.09. Cost \u{a3}2.5k; agreed");
        assert_eq!(parts, ["Paper going to panels 23.11.09", "Cost \u{a3}2.5k", "agreed"]);
    }

    #[test]
    fn a_percentage_is_progress_only_when_it_says_so() {
        assert_eq!(read("60% of the list completed").per_cent, Some(60));
        assert_eq!(read("Checks on a 1% sample").per_cent, None);
        assert_eq!(read("100% complete").claim, Claim::PlainlyDone);
    }
}
