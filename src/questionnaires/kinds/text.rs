//! What the two kinds of words share.

use crate::questionnaires::answer::{Answer, Given};
use crate::questionnaires::kinds::field::{Setting, SettingProblem};

/// People's words, cleaned of control characters, or the message that they are too long.
pub(super) fn read(words: &str, longest: usize, lines: bool) -> Result<Answer, String> {
    let words: String = words
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\n' && !lines { ' ' } else { c })
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    let words = words.trim();
    let length = words.chars().count();
    if length > longest {
        let over = length - longest;
        let s = if over == 1 { "" } else { "s" };
        return Err(format!("Your answer is {over} character{s} too long. Shorten it to {longest} characters"));
    }
    Ok(if words.is_empty() { Answer::NoAnswer } else { Answer::Open(words.to_owned()) })
}

/// The longest answer a builder allows, between 10 and `most`.
pub(super) fn longest_from(given: &Given<'_>, most: usize) -> Result<usize, Vec<SettingProblem>> {
    match given.part(Setting::Longest.part()).parse::<usize>() {
        Ok(longest) if (10..=most).contains(&longest) => Ok(longest),
        _ => Err(vec![(Setting::Longest, format!("Enter a number of characters from 10 to {most}"))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_lines_and_lose_control_characters() {
        let read = |words: &str, lines| read(words, 100, lines);
        assert_eq!(read(" a\r\nb\u{0} ", true), Ok(Answer::Open("a\nb".to_owned())));
        assert_eq!(read("a\nb", false), Ok(Answer::Open("a b".to_owned())));
        assert_eq!(read(" \n ", true), Ok(Answer::NoAnswer));
    }

    #[test]
    fn an_answer_too_long_says_by_how_much() {
        assert!(read("abcdef", 5, false).unwrap_err().contains("1 character too long"));
        assert!(read("ŵŵŵŵŵ", 5, false).is_ok());
    }
}
