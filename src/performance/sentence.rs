//! A value in one sentence that a resident can read aloud: of how many, how often, what, and when.

use super::period::{Period, Span};
use crate::standards::unit::figure;
use crate::standards::{Direction, Source, Unit, Wording};
use crate::web::number::grouped;

/// What a share is held against: the target, and which way is better.
pub type Goal = (f64, Direction);

/// A result as it may be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    pub source: Source,
    pub result: f64,
    /// How many stand behind it.
    pub count: i64,
    /// True where that number is rounded.
    pub about: bool,
    /// What it was judged by, where there was a promise.
    pub goal: Option<Goal>,
    pub period: Period,
}

/// Less than this is a matter of how computers hold fractions.
const NOTHING: f64 = 1e-9;

/// A share as people say it: "87 in 100", "all", "none". A decimal stands only where the whole number would
/// say that a target is kept when it is not, or that all or none were.
#[must_use]
pub fn share(percent: f64, goal: Option<Goal>) -> String {
    let percent = goal.map(|(target, _)| target).filter(|target| (percent - target).abs() < NOTHING).unwrap_or(percent);
    if percent >= 100.0 {
        return "all".into();
    }
    if percent <= 0.0 {
        return "none".into();
    }
    let tells = |said: f64| {
        let agrees = |(target, way): Goal| way.reaches(said, target) == way.reaches(percent, target);
        said > 0.0 && said < 100.0 && goal.is_none_or(agrees)
    };
    let tenths = percent * 10.0;
    let ways = [percent.round(), tenths.round() / 10.0, tenths.floor() / 10.0, tenths.ceil() / 10.0];
    format!("{} in 100", figure(ways.into_iter().find(|said| tells(*said)).unwrap_or(percent)))
}

/// A value in a few words, as residents read it: "87 in 100", "23.5 days".
#[must_use]
pub fn short(unit: Unit, result: f64, goal: Option<Goal>) -> String {
    if unit == Unit::PerCent { share(result, goal) } else { value(unit, result) }
}

/// A target as residents read it: "at least 90 in 100", "every time", "24 days or fewer".
#[must_use]
pub fn target(unit: Unit, direction: Direction, target: f64) -> String {
    match (unit, direction) {
        (Unit::PerCent, Direction::Higher) if target >= 100.0 => "every time".into(),
        (Unit::PerCent, Direction::Higher) => format!("at least {} in 100", figure(target)),
        (Unit::PerCent, Direction::Lower) => format!("{} in 100 or fewer", figure(target)),
        _ => direction.target(unit, target),
    }
}

/// A value with its unit, to one decimal: "92.4%", "23.5 days". A share short of all is never rounded up to it.
#[must_use]
pub fn value(unit: Unit, value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if unit == Unit::PerCent && value < 100.0 && tenths >= 100.0 {
        return format!("{}%", figure(99.9));
    }
    unit.with(if unit == Unit::Pounds { value } else { tenths })
}

/// How many stand behind a value, in words: "1,240 calls", "212 answers", "24 checks by trained residents".
#[must_use]
pub fn base(source: Source, wording: &Wording, count: i64) -> String {
    let number = grouped(&count);
    let named = |one: &str, many: &str| format!("{number} {}", if count == 1 { one } else { many });
    match source {
        Source::Survey => named("answer", "answers"),
        Source::Shop => named("check by trained residents", "checks by trained residents"),
        Source::Figure => format!("{number} {}", counted(&wording.denominator)),
    }
}

/// When: "October 2026", "the three months to October 2026".
#[must_use]
pub fn when(period: Period) -> String {
    match period.span {
        Span::Month => period.to_string(),
        Span::Quarter => format!("the three months to {}", period.ends),
    }
}

/// The whole sentence, without a full stop: "Of 1,240 calls, 87 in 100 were answered within 60 seconds, in the three months to October 2026".
#[must_use]
pub fn sentence(wording: &Wording, told: &Told) -> String {
    let share = share(told.result, told.goal);
    let said = match (told.source, wording.unit) {
        (Source::Survey, _) => {
            let about = if told.about { "about " } else { "" };
            let who = if told.count == 1 { "resident" } else { "residents" };
            format!("Of {about}{} {who} who answered, {share} were satisfied", grouped(&told.count))
        }
        (Source::Shop, _) => {
            let points = if share == "none" { "no".to_owned() } else { share };
            format!("In {}, {points} points tested were as promised", base(Source::Shop, wording, told.count))
        }
        (Source::Figure, Unit::PerCent) => of_cases(wording, &share, told.count),
        (Source::Figure, unit) => {
            format!(
                "{} on average, counted over {}",
                value(unit, told.result),
                base(Source::Figure, wording, told.count)
            )
        }
    };
    format!("{said}, in {}", when(told.period))
}

/// "Of 1,240 calls, 87 in 100 were answered within 60 seconds". Where the landlord's words for what was kept
/// do not begin with what was counted, they stand before a colon, so that the sentence holds whatever they are.
fn of_cases(wording: &Wording, share: &str, count: i64) -> String {
    let cases = counted(&wording.denominator);
    let number = grouped(&count);
    match done(&inside(&wording.numerator), &cases) {
        Some(done) => format!("Of {number} {cases}, {share} were {done}"),
        None => format!("{}: {share}, counted over {number} {cases}", capital(&inside(&wording.numerator))),
    }
}

/// What became of the cases, to follow "were": "answered within 60 seconds" of "calls answered within 60 seconds"
/// where calls were counted; the whole phrase where it goes on otherwise, as in "calls that we took in Welsh".
fn done(kept: &str, cases: &str) -> Option<String> {
    let words: Vec<&str> = kept.split_whitespace().collect();
    let cases: Vec<&str> = cases.split_whitespace().collect();
    let begins = |noun: &[&str]| noun.iter().zip(&words).all(|(one, other)| one.eq_ignore_ascii_case(other));
    let noun = (0..cases.len()).filter_map(|from| cases.get(from..)).find(|noun| begins(noun))?;
    let rest = words.get(noun.len()..).filter(|rest| !rest.is_empty())?;
    let first = rest.first().copied().unwrap_or_default();
    let follows = is_done(first) || matches!(first, "not" | "very" | "fully");
    Some(if follows { rest.join(" ") } else { kept.to_owned() })
}

/// True for a word that says what was done: those on "-ed" but not "-eed" ("need", "exceed"), and those listed, which have
/// another ending. One that is not listed makes a longer sentence and no wrong one: "94 in 100 were letters read in a week".
fn is_done(word: &str) -> bool {
    const OTHERS: &str = "agreed begun built cut done found given heard held kept left let made met paid put relet seen sent set shown spoken taken told understood won written";
    let word = word.trim_end_matches(',');
    (word.ends_with("ed") && !word.ends_with("eed")) || OTHERS.split(' ').any(|other| other == word)
}

/// What was counted, in few words: "calls" for "All calls that reach our main number", "routine repairs" for
/// "all routine repairs finished in the period".
fn counted(denominator: &str) -> String {
    const STOPS: [&str; 16] = [
        "that", "who", "which", "whose", "in", "at", "on", "of", "with", "without", "for", "we", "during", "from",
        "to", "when",
    ];
    let phrase = inside(denominator);
    let words = phrase.strip_prefix("all ").unwrap_or(&phrase).split_whitespace();
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        let after_many = kept.last().is_some_and(|last| last.trim_end_matches(',').ends_with('s'));
        if STOPS.contains(&word.trim_end_matches(',')) || (after_many && is_done(word)) {
            break;
        }
        kept.push(word);
    }
    let kept = kept.join(" ");
    if kept.is_empty() { "cases".into() } else { kept.trim_end_matches(',').to_owned() }
}

/// A phrase with its first letter as at the beginning of a sentence.
fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or(String::new(), |letter| letter.to_uppercase().chain(letters).collect())
}

/// A phrase as it stands inside a sentence: no full stop, no capital unless the first word is in capitals.
fn inside(phrase: &str) -> String {
    let phrase = phrase.trim().trim_end_matches('.');
    let first = phrase.split(' ').next().unwrap_or_default();
    if first.chars().filter(|letter| letter.is_uppercase()).count() > 1 {
        return phrase.to_owned();
    }
    let mut letters = phrase.chars();
    letters.next().map_or(String::new(), |letter| letter.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::types::Json;

    fn wording(unit: Unit) -> Wording {
        Wording {
            title: "Calls answered".into(),
            promise: "We will answer 90% of calls within 60 seconds.".into(),
            numerator: "Calls answered within 60 seconds.".into(),
            denominator: "Calls answered".into(),
            exclusions: String::new(),
            clock: String::new(),
            unit,
            direction: Direction::Higher,
            target: 90.0,
            legal_floor: None,
            legal_source: String::new(),
            sources: Json(vec![Source::Figure]),
            source_note: String::new(),
            if_missed: String::new(),
            what_changed: String::new(),
        }
    }

    fn told(source: Source, result: f64, count: i64) -> Told {
        let period = Period { ends: "2026-10".parse().unwrap(), span: Span::Quarter };
        Told { source, result, count, about: false, goal: Some((90.0, Direction::Higher)), period }
    }

    #[test]
    fn a_value_is_said_in_one_sentence() {
        let calls = wording(Unit::PerCent);
        assert_eq!(
            sentence(&calls, &told(Source::Figure, 90.2, 1240)),
            "Of 1,240 calls, 90 in 100 were answered within 60 seconds, in the three months to October 2026"
        );
        assert_eq!(
            sentence(&calls, &Told { about: true, ..told(Source::Survey, 83.0, 210) }),
            "Of about 210 residents who answered, 83 in 100 were satisfied, in the three months to October 2026"
        );
        let days = Wording { denominator: "Homes relet".into(), ..wording(Unit::Days) };
        let mut month = told(Source::Figure, 23.46, 61);
        month.period.span = Span::Month;
        assert_eq!(sentence(&days, &month), "23.5 days on average, counted over 61 homes, in October 2026");
        let checks = sentence(&days, &told(Source::Shop, 0.0, 12));
        assert!(checks.starts_with("In 12 checks by trained residents, no points tested were as promised"), "{checks}");
    }

    #[test]
    fn a_landlords_own_words_always_make_a_sentence() {
        let said = |kept: &str, cases: &str| {
            let wording = Wording { numerator: kept.into(), denominator: cases.into(), ..wording(Unit::PerCent) };
            of_cases(&wording, "94 in 100", 78)
        };
        let repairs = ("Routine repairs finished within 20 days", "all routine repairs finished in the period");
        assert_eq!(said(repairs.0, repairs.1), "Of 78 routine repairs, 94 in 100 were finished within 20 days");
        let decided = said("applications decided in 15 days", "all complete applications");
        assert_eq!(decided, "Of 78 complete applications, 94 in 100 were decided in 15 days");
        let passed = said("homes that passed every point", "all homes inspected");
        assert_eq!(passed, "Of 78 homes, 94 in 100 were homes that passed every point");
        let read = said("letters read in a week", "all letters that we get");
        assert_eq!(read, "Of 78 letters, 94 in 100 were letters read in a week");
        let agreed = said("repairs agreed in a day", "all repairs that need an agreement");
        assert_eq!(agreed, "Of 78 repairs, 94 in 100 were agreed in a day");
        let replies = said("replies sent in 3 days", "all letters and e-mails");
        assert_eq!(replies, "Replies sent in 3 days: 94 in 100, counted over 78 letters and e-mails");
        assert_eq!(said("calls answered", ""), "Calls answered: 94 in 100, counted over 78 cases");
        assert_eq!(said("calls", "all calls"), "Calls: 94 in 100, counted over 78 calls");
    }

    #[test]
    fn a_share_never_hides_whether_the_target_is_met() {
        let at_least = |target: f64, percent: f64| share(percent, Some((target, Direction::Higher)));
        assert_eq!(at_least(95.0, 91.4), "91 in 100");
        assert_eq!((at_least(90.0, 89.7), at_least(90.0, 89.97)), ("89.7 in 100".into(), "89.9 in 100".into()));
        assert_eq!((at_least(90.0, 90.3), at_least(90.0, 90.0)), ("90 in 100".into(), "90 in 100".into()));
        assert_eq!(at_least(97.41, 97.42), "97.5 in 100");
        assert_eq!(at_least(90.0, 90.0 - 1e-12), "90 in 100");
        let at_most = |percent: f64| share(percent, Some((7.0, Direction::Lower)));
        assert_eq!(
            (at_most(7.2), at_most(6.8), at_most(7.02)),
            ("7.2 in 100".into(), "7 in 100".into(), "7.1 in 100".into())
        );
    }

    #[test]
    fn a_share_is_never_rounded_to_all_or_none() {
        let said =
            [(100.0, "all"), (99.97, "99.9 in 100"), (99.6, "99.6 in 100"), (94.0, "94 in 100"), (0.2, "0.2 in 100")];
        for (percent, words) in said {
            assert_eq!(share(percent, None), words);
        }
        assert_eq!((share(0.0, None).as_str(), share(0.02, None).as_str()), ("none", "0.1 in 100"));
        assert_eq!(value(Unit::PerCent, 99.97), "99.9%");
        assert_eq!(value(Unit::PerCent, 100.0), "100%");
    }

    #[test]
    fn a_target_has_the_same_form_as_a_value() {
        assert_eq!(target(Unit::PerCent, Direction::Higher, 90.0), "at least 90 in 100");
        assert_eq!(target(Unit::PerCent, Direction::Higher, 100.0), "every time");
        assert_eq!(target(Unit::PerCent, Direction::Lower, 7.5), "7.5 in 100 or fewer");
        assert_eq!(target(Unit::Days, Direction::Lower, 24.0), "24 days or fewer");
        assert_eq!(short(Unit::Hours, 1.0, None), "1 hour");
    }

    #[test]
    fn what_was_counted_is_said_in_few_words() {
        let said = [
            ("All calls that reach our main number in opening hours", "calls"),
            ("all that reach us and need an answer", "cases"),
            ("all other reports of anti-social behaviour", "other reports"),
            ("Homes relet", "homes"),
            ("all small adaptations asked for", "small adaptations"),
            ("all newly rented homes", "newly rented homes"),
            ("all e-mails, web forms and letters that need an answer", "e-mails, web forms and letters"),
            ("", "cases"),
        ];
        for (denominator, words) in said {
            assert_eq!(counted(denominator), words, "{denominator}");
        }
    }
}
