//! A value in one sentence that a resident can read aloud: how often, of what, when, and how many stand behind it.

use super::period::{Period, Span};
use crate::standards::unit::figure;
use crate::standards::{Source, Unit, Wording};

/// A share out of a hundred as people say it: "9 in 10", "3 in 4", "94 in 100", "All".
#[must_use]
pub fn share(percent: f64) -> String {
    const EASY: [(f64, &str); 11] = [
        (10.0, "1 in 10"),
        (20.0, "2 in 10"),
        (25.0, "1 in 4"),
        (30.0, "3 in 10"),
        (40.0, "4 in 10"),
        (50.0, "5 in 10"),
        (60.0, "6 in 10"),
        (70.0, "7 in 10"),
        (75.0, "3 in 4"),
        (80.0, "8 in 10"),
        (90.0, "9 in 10"),
    ];
    if percent >= 100.0 {
        return "All".into();
    }
    if percent <= 0.0 {
        return "None".into();
    }
    match EASY.into_iter().find(|(easy, _)| (easy - percent).abs() <= 2.0) {
        Some((easy, words)) if (easy - percent).abs() <= 0.5 => words.into(),
        Some((_, words)) => format!("About {words}"),
        // Never rounded up to all or down to none.
        None => format!("{} in 100", percent.round().clamp(1.0, 99.0)),
    }
}

/// A count with its thousands parted: "1,240".
#[must_use]
pub fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if count < 0 { format!("-{text}") } else { text }
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

/// How many stand behind a value, in words: "1,240 calls answered", "212 answers", "24 checks".
#[must_use]
pub fn base(source: Source, wording: &Wording, count: i64) -> String {
    let number = grouped(count);
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

/// The whole sentence, without a full stop: "9 in 10 calls answered within 60 seconds, in the three months to October 2026 (1,240 calls answered)".
#[must_use]
pub fn sentence(source: Source, wording: &Wording, result: f64, count: i64, period: Period) -> String {
    let what = match (source, wording.unit) {
        (Source::Survey, _) => format!("{} residents satisfied", of(share(result))),
        (Source::Shop, _) => format!("{} checks found the promise kept", of(share(result))),
        (Source::Figure, Unit::PerCent) => format!("{} {}", share(result), inside(&wording.numerator)),
        (Source::Figure, unit) => format!("{} on average", value(unit, result)),
    };
    format!("{what}, in {} ({})", when(period), base(source, wording, count))
}

/// "All residents", "No residents".
fn of(share: String) -> String {
    if share == "None" { "No".into() } else { share }
}

/// What was counted, short enough to stand in brackets: "calls" for "All calls that reach our main number".
fn counted(denominator: &str) -> String {
    const STOPS: [&str; 16] = [
        "that", "who", "which", "whose", "in", "at", "on", "of", "with", "without", "made", "we", "during", "from",
        "to", "agreed",
    ];
    let phrase = inside(denominator);
    let words = phrase.strip_prefix("all ").unwrap_or(&phrase).split(' ');
    let kept: Vec<&str> = words.take_while(|word| !STOPS.contains(&word.trim_end_matches(','))).collect();
    let kept = kept.join(" ");
    if kept.is_empty() { "cases".into() } else { kept.trim_end_matches(',').to_owned() }
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
    use crate::standards::Direction;
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

    #[test]
    fn a_value_is_said_in_one_sentence() {
        let period = Period { ends: "2026-10".parse().unwrap(), span: Span::Quarter };
        assert_eq!(
            sentence(Source::Figure, &wording(Unit::PerCent), 90.2, 1240, period),
            "9 in 10 calls answered within 60 seconds, in the three months to October 2026 (1,240 calls answered)"
        );
        assert_eq!(
            sentence(Source::Survey, &wording(Unit::PerCent), 83.0, 212, period),
            "83 in 100 residents satisfied, in the three months to October 2026 (212 answers)"
        );
        let days = Wording { denominator: "Homes relet".into(), ..wording(Unit::Days) };
        let month = Period { span: Span::Month, ..period };
        assert_eq!(
            sentence(Source::Figure, &days, 23.46, 61, month),
            "23.5 days on average, in October 2026 (61 homes relet)"
        );
        assert!(sentence(Source::Shop, &days, 0.0, 12, month).starts_with("No checks found"));
    }

    #[test]
    fn a_share_is_never_rounded_to_all_or_none() {
        let said =
            [(100.0, "All"), (99.97, "99 in 100"), (91.4, "About 9 in 10"), (94.0, "94 in 100"), (74.8, "3 in 4")];
        for (percent, words) in said {
            assert_eq!(share(percent), words);
        }
        assert_eq!((share(0.0).as_str(), share(0.2).as_str()), ("None", "1 in 100"));
        assert_eq!(value(Unit::PerCent, 99.97), "99.9%");
        assert_eq!(value(Unit::PerCent, 100.0), "100%");
    }

    #[test]
    fn what_was_counted_is_said_in_few_words() {
        let said = [
            ("All calls that reach our main number in opening hours", "calls"),
            ("all that reach us and need an answer", "cases"),
            ("all other reports of anti-social behaviour", "other reports"),
            ("Homes relet", "homes relet"),
            ("", "cases"),
        ];
        for (denominator, words) in said {
            assert_eq!(counted(denominator), words, "{denominator}");
        }
    }

    #[test]
    fn counts_have_their_thousands_parted() {
        let said = [0, 12, 999, 1240, 1_000_000].map(grouped);
        assert_eq!(said, ["0", "12", "999", "1,240", "1,000,000"]);
    }
}
