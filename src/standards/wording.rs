//! The check that a standard can be measured: vague words, missing measure, a target under the law's floor. It blocks publishing.

use super::standard::Wording;

/// Something that must be mended before a version can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field of the form it is about.
    pub field: &'static str,
    /// What is wrong and how to mend it.
    pub sentence: String,
}

/// Words that promise nothing unless a number follows in the same sentence.
const VAGUE: &[&str] = &[
    "promptly",
    "prompt",
    "as soon as possible",
    "as soon as we can",
    "asap",
    "without delay",
    "without undue delay",
    "quickly",
    "speedily",
    "swiftly",
    "rapidly",
    "soon",
    "shortly",
    "timely",
    "in good time",
    "in due course",
    "regularly",
    "regular",
    "frequently",
    "often",
    "periodically",
    "from time to time",
    "appropriate",
    "appropriately",
    "suitable",
    "adequate",
    "reasonable",
    "reasonably",
    "sufficient",
    "high quality",
    "high-quality",
    "high standard",
    "excellent",
    "efficient",
    "efficiently",
    "effective",
    "effectively",
    "where possible",
    "wherever possible",
    "if possible",
    "best endeavours",
    "do our best",
    "try to",
    "aim to",
    "strive",
    "endeavour",
    "keep you informed",
    "keep you updated",
];

/// Words that promise only to try. A number after them does not help: nobody can be held to a trial.
const HEDGES: &[&str] =
    &["best endeavours", "do our best", "try to", "aim to", "strive", "endeavour", "if possible", "where possible"];

const NUMBER_WORDS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
    "twenty", "thirty", "forty", "fifty", "sixty", "ninety", "hundred", "every", "all", "same",
];

const TIME_WORDS: &[&str] = &["second", "minute", "hour", "day", "week", "fortnight", "month", "year"];

/// Everything that must be mended, in the order of the form.
#[must_use]
pub fn check(wording: &Wording) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |field, sentence: String| problems.push(Problem { field, sentence });
    for (field, what, text) in [("title", "title", &wording.title), ("promise", "promise", &wording.promise)] {
        for word in vague_words(text) {
            say(
                field,
                if HEDGES.contains(&word) {
                    format!("The {what} says “{word}”, which promises only to try. Say what you will do instead")
                } else {
                    format!(
                        "The {what} says “{word}”, which nobody can measure. Say how many, how long or how good instead, or put a number after it in the same sentence"
                    )
                },
            );
        }
    }
    if wording.numerator.is_empty() {
        say(
            "numerator",
            "Say what is counted when the promise is kept, like “calls answered within 60 seconds”".into(),
        );
    }
    if wording.denominator.is_empty() {
        say("denominator", "Say what it is counted out of, like “all calls answered”".into());
    }
    if promises_a_time(wording) && wording.clock.is_empty() {
        say(
            "clock",
            "The promise is about time: say when the clock starts and when it stops, like “from your report until the repair is finished”".into(),
        );
    }
    if let Some(floor) = wording.legal_floor {
        if !wording.direction.reaches(wording.target, floor) {
            say(
                "target",
                format!(
                    "The law asks for {}. The target, {}, would promise less: set the target at the law’s level or better",
                    wording.direction.target(wording.unit, floor),
                    wording.target_in_words()
                ),
            );
        }
        if wording.legal_source.is_empty() {
            say("legal-source", "Say which law or code the legal floor comes from".into());
        }
    }
    if wording.sources.is_empty() {
        say("sources", "Choose where the results come from: without a source nobody will know how it went".into());
    }
    if wording.if_missed.is_empty() {
        say("if-missed", "Say what a resident can do when the promise is not kept".into());
    }
    problems
}

/// The vague words of a text that no number follows in the same sentence, and those that only promise to try.
fn vague_words(text: &str) -> Vec<&'static str> {
    let lower = text.to_lowercase().replace('’', "'");
    let mut found: Vec<&'static str> = Vec::new();
    for sentence in lower.split(['.', '!', '?', ';', '\n']).filter(|sentence| !sentence.trim().is_empty()) {
        for word in VAGUE {
            let alone = positions(sentence, word)
                .any(|after| HEDGES.contains(word) || !sentence.get(after..).is_some_and(holds_a_number));
            // "as soon as possible" is said once, not also as "soon".
            let inside = found
                .iter()
                .any(|longer: &&str| longer.len() > word.len() && longer.contains(word) && sentence.contains(longer));
            let longer = VAGUE.iter().any(|longer| {
                longer.len() > word.len() && longer.contains(word) && positions(sentence, longer).next().is_some()
            });
            if alone && !inside && !longer && !found.contains(word) {
                found.push(word);
            }
        }
    }
    found
}

/// Where a phrase stands as whole words: the byte positions just after it.
fn positions<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(phrase).filter_map(move |(at, _)| {
        let end = at + phrase.len();
        let before = text.get(..at).and_then(|part| part.chars().next_back());
        let after = text.get(end..).and_then(|part| part.chars().next());
        let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        (free(before) && free(after)).then_some(end)
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn holds_a_number(text: &str) -> bool {
    words(text).any(|word| word.starts_with(|c: char| c.is_ascii_digit()) || NUMBER_WORDS.contains(&word))
}

fn promises_a_time(wording: &Wording) -> bool {
    let timed = |text: &str| {
        let lower = text.to_lowercase();
        holds_a_number(&lower)
            && words(&lower)
                .any(|word| TIME_WORDS.iter().any(|time| word == *time || word.strip_suffix('s') == Some(time)))
    };
    wording.unit.is_time() || timed(&wording.promise) || timed(&wording.numerator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::standard::Source;
    use crate::standards::unit::{Direction, Unit};
    use sqlx::types::Json;

    fn sound() -> Wording {
        Wording {
            title: "Phone calls answered".into(),
            promise: "We answer your phone call within 60 seconds.".into(),
            numerator: "calls answered within 60 seconds".into(),
            denominator: "all calls answered".into(),
            exclusions: String::new(),
            clock: "from the first ring until a person answers".into(),
            unit: Unit::PerCent,
            direction: Direction::Higher,
            target: 80.0,
            legal_floor: None,
            legal_source: String::new(),
            sources: Json(vec![Source::Figure]),
            source_note: "our telephone system".into(),
            if_missed: "Tell us, and we phone you back the same day.".into(),
            what_changed: String::new(),
        }
    }

    fn fields(wording: &Wording) -> Vec<&'static str> {
        check(wording).into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_sound_standard_passes() {
        assert_eq!(check(&sound()), Vec::new());
    }

    #[test]
    fn f30_a_vague_word_without_a_number_is_named() {
        for vague in [
            "We answer promptly.",
            "We come as soon as possible",
            "We clean regularly and well.",
            "We give a high quality service.",
            "We will Aim To help. We answer in 5 days.",
            "We reply in a timely manner",
            "We will endeavour to answer within 24 hours.",
            "We answer in 5 days. We keep you informed.",
        ] {
            let problems = check(&Wording { promise: vague.into(), clock: "x".into(), ..sound() });
            assert_eq!(problems.len(), 1, "{vague}: {problems:?}");
            assert_eq!(problems[0].field, "promise");
        }
        let problems = check(&Wording { promise: "We come as soon as possible.".into(), ..sound() });
        assert!(problems[0].sentence.contains("“as soon as possible”"), "{problems:?}");
    }

    #[test]
    fn a_number_after_the_word_or_a_longer_word_is_no_fault() {
        for fine in [
            "We answer promptly, within 60 seconds.",
            "We mow regularly: twelve times from March to October.",
            "The unreasonableness of soonish things is not ours.",
        ] {
            assert_eq!(check(&Wording { promise: fine.into(), ..sound() }), Vec::new(), "{fine}");
        }
    }

    #[test]
    fn what_is_missing_from_the_measure_is_named() {
        let bare = Wording {
            numerator: String::new(),
            denominator: String::new(),
            sources: Json(vec![]),
            if_missed: String::new(),
            ..sound()
        };
        assert_eq!(fields(&bare), ["numerator", "denominator", "sources", "if-missed"]);
    }

    #[test]
    fn a_promise_about_time_needs_a_clock() {
        assert_eq!(fields(&Wording { clock: String::new(), ..sound() }), ["clock"]);
        let days = Wording {
            promise: "We relet homes.".into(),
            numerator: "days".into(),
            unit: Unit::Days,
            clock: String::new(),
            ..sound()
        };
        assert_eq!(fields(&days), ["clock"]);
        let timeless = Wording {
            promise: "We keep appointments.".into(),
            numerator: "appointments kept".into(),
            clock: String::new(),
            ..sound()
        };
        assert_eq!(check(&timeless), Vec::new());
    }

    #[test]
    fn a_target_may_not_promise_less_than_the_law() {
        let law = Wording { target: 95.0, legal_floor: Some(100.0), legal_source: "Awaab’s Law".into(), ..sound() };
        assert_eq!(fields(&law), ["target"]);
        let slow = Wording {
            unit: Unit::WorkingDays,
            direction: Direction::Lower,
            target: 12.0,
            legal_floor: Some(10.0),
            ..sound()
        };
        assert_eq!(fields(&slow), ["target", "legal-source"]);
        let kept = Wording {
            unit: Unit::WorkingDays,
            direction: Direction::Lower,
            target: 10.0,
            legal_floor: Some(10.0),
            legal_source: "the law".into(),
            ..sound()
        };
        assert_eq!(check(&kept), Vec::new());
    }
}
