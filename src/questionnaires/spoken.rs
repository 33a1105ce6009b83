//! An answer in words in the language of the page: what the person wrote stays as they wrote it.

use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::Kind;
use crate::ui;

/// An answer in words; none for a blank. Items and orders are a line each.
#[must_use]
pub fn answer(kind: &Kind, answer: &Answer) -> String {
    match answer {
        Answer::NoAnswer => String::new(),
        Answer::Other(words) => ui::filled("Other: {words}", &[("words", words)]),
        Answer::Open(_) if kind.is_words() => kind.show(answer),
        Answer::Items(_) => {
            let lines = kind.columns().into_iter().zip(kind.cells(answer)).map(|(item, said)| {
                let said = if said.is_empty() { "Not answered" } else { &said };
                format!("{item}: {}", ui::said(said))
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Answer::Ranked(_) => {
            let shown = kind.show(answer);
            let lines = shown.lines().map(|line| match line.split_once(": ") {
                Some((place, option)) => format!("{}: {option}", ui::said(place)),
                None => line.to_owned(),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Answer::NotApplicable
        | Answer::DontKnow
        | Answer::PreferNotToSay
        | Answer::Option(_)
        | Answer::Several(_)
        | Answer::Open(_) => ui::said(kind.show(answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::spoken::{Tongue, language};

    fn welsh(tag: &str, given: &Answer) -> String {
        Tongue::new(language::find("cy").unwrap(), []).speak(|| answer(&Kind::usual(tag).unwrap(), given))
    }

    #[test]
    fn fixed_words_are_said_and_peoples_own_are_kept() {
        assert_eq!(welsh("scale", &Answer::Option(0)), "Bodlon iawn");
        assert_eq!(welsh("scale", &Answer::NotApplicable), "Ddim yn berthnasol");
        assert_eq!(welsh("date", &Answer::Open("2026-11-12".to_owned())), "12 Tachwedd 2026");
        assert_eq!(welsh("long_text", &Answer::Open("Back".to_owned())), "Back");
        assert_eq!(welsh("one_choice", &Answer::Other("Back".to_owned())), "Arall: Back");
        assert_eq!(welsh("grid", &Answer::Items(vec![8, 1])), "First item: Bodlon iawn\nSecond item: Heb ei ateb");
        assert_eq!(welsh("ranking", &Answer::Ranked(vec![2])), "1af: Third answer");
        assert_eq!(welsh("date", &Answer::NoAnswer), "");
    }

    #[test]
    fn in_english_an_answer_is_said_as_it_is_shown() {
        let answers = [
            ("scale", Answer::Option(1)),
            ("ranking", Answer::Ranked(vec![1, 0, 2])),
            ("grid", Answer::Items(vec![8, 1])),
        ];
        for (tag, given) in answers {
            let kind = Kind::usual(tag).unwrap();
            assert_eq!(answer(&kind, &given), kind.show(&given));
        }
    }
}
