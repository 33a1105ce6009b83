//! What the kinds with options share: the special answers, the list of options, reading a choice.

use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::field::Choice;

/// An answer that is none of the options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// "Not applicable."
    NotApplicable,
    /// "Don't know."
    DontKnow,
    /// "Prefer not to say."
    PreferNotToSay,
}

impl Special {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::NotApplicable, Self::DontKnow, Self::PreferNotToSay];

    /// The value in a form.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::NotApplicable => "na",
            Self::DontKnow => "dk",
            Self::PreferNotToSay => "pn",
        }
    }

    /// The words beside the button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotApplicable => "Not applicable",
            Self::DontKnow => "Don’t know",
            Self::PreferNotToSay => "Prefer not to say",
        }
    }

    /// As an answer.
    #[must_use]
    pub const fn answer(self) -> Answer {
        match self {
            Self::NotApplicable => Answer::NotApplicable,
            Self::DontKnow => Answer::DontKnow,
            Self::PreferNotToSay => Answer::PreferNotToSay,
        }
    }

    /// The special answer this is, if it is one.
    #[must_use]
    pub fn of(answer: &Answer) -> Option<Self> {
        Self::ALL.into_iter().find(|special| special.answer() == *answer)
    }
}

/// The form value of "Other, please say", and the part of the field with the words that belong to it.
pub(super) const OTHER: &str = "other";

/// The most options a question may have, so that every option has a code of one byte.
pub const MOST_OPTIONS: usize = 60;

/// The list to choose from: the options, then the special answers that are offered.
pub(super) fn choices<'a>(options: impl IntoIterator<Item = &'a str>, specials: &[Special]) -> Vec<Choice> {
    let options = options.into_iter().enumerate().map(|(at, label)| Choice {
        value: at.to_string(),
        label: label.to_owned(),
        apart: false,
        says: false,
    });
    let specials = specials.iter().map(|special| Choice {
        value: special.value().to_owned(),
        label: special.label().to_owned(),
        apart: true,
        says: false,
    });
    options.chain(specials).collect()
}

/// The lines of a list, each under its number from one.
pub(super) fn numbered<'a>(part: &str, lines: &'a mut [String]) -> Vec<(String, &'a mut String)> {
    lines.iter_mut().enumerate().map(|(at, line)| (format!("{part}-{}", at + 1), line)).collect()
}

/// One choice out of `options` options and the specials offered.
pub(super) fn read(value: &str, options: usize, specials: &[Special]) -> Result<Answer, String> {
    if value.is_empty() {
        return Ok(Answer::NoAnswer);
    }
    if let Some(special) = specials.iter().find(|special| special.value() == value) {
        return Ok(special.answer());
    }
    match value.parse::<u8>() {
        Ok(at) if usize::from(at) < options => Ok(Answer::Option(at)),
        _ => Err("Choose one of the answers on this page".to_owned()),
    }
}

/// The options of a builder's form, one per line, or what is wrong with them.
pub(super) fn options_from(lines: &str) -> Result<Vec<String>, String> {
    list_from(lines, MOST_OPTIONS, "answer", "answers to choose from")
}

/// At least two and at most so many different lines of a builder's form, or what is wrong with them. `one` and `many`
/// name what a line is: "item", "items".
pub(super) fn list_from(lines: &str, most: usize, one: &str, many: &str) -> Result<Vec<String>, String> {
    let options: Vec<String> =
        lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if options.len() < 2 {
        return Err(format!("Enter at least two {many}, one on each line"));
    }
    if options.len() > most {
        return Err(format!("Enter at most {most} {many}"));
    }
    if let Some(long) = options.iter().find(|option| option.chars().count() > 150) {
        let start: String = long.chars().take(30).collect();
        return Err(format!("Shorten the {one} that begins “{start}” to 150 characters or fewer"));
    }
    let twice = options
        .iter()
        .enumerate()
        .find(|(at, option)| options.iter().take(*at).any(|other| other.to_lowercase() == option.to_lowercase()));
    match twice {
        Some((_, option)) => Err(format!("“{option}” is in the list twice. Remove one of them")),
        None => Ok(options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_offered_answer_is_taken() {
        let offered = [Special::DontKnow];
        assert_eq!(read("1", 2, &offered), Ok(Answer::Option(1)));
        assert_eq!(read("dk", 2, &offered), Ok(Answer::DontKnow));
        assert_eq!(read("", 2, &offered), Ok(Answer::NoAnswer));
        for wrong in ["2", "na", "-1", "1.0", "<b>"] {
            assert!(read(wrong, 2, &offered).is_err(), "{wrong}");
        }
    }

    #[test]
    fn options_need_two_different_lines() {
        assert_eq!(options_from(" Yes \n\nNo\r\n").unwrap(), ["Yes", "No"]);
        assert!(options_from("Yes").is_err());
        assert!(options_from("Yes\nyes").unwrap_err().contains("twice"));
        let many: Vec<String> = (0..61).map(|n| n.to_string()).collect();
        assert!(options_from(&many.join("\n")).is_err());
    }
}
