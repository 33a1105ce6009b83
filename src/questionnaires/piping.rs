//! An earlier answer in a later text: written `{answer 3}` with the number of a question, kept `{answer:7}` with its key,
//! so that it still names the same question when others are moved.

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::choice::Special;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;
use crate::questionnaires::spoken;
use crate::ui;

/// What stands in a text for an answer that was not given.
pub const FALLBACK: &str = "your answer";

/// The most characters of an answer that are repeated.
const LONGEST: usize = 200;

/// A text in pieces.
enum Piece<'a> {
    /// As it is written.
    Words(&'a str),
    /// What stands between the braces after "answer".
    Mark(&'a str),
}

/// Cuts a text at its marks; braces around anything else are words.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        let mark = after.split_once('}').and_then(|(inner, behind)| {
            let inner = inner.trim();
            let (word, named) = inner.split_at_checked("answer".len())?;
            word.eq_ignore_ascii_case("answer").then_some((named, behind))
        });
        if let Some((named, behind)) = mark {
            found.extend([Piece::Words(before), Piece::Mark(named)]);
            rest = behind;
        } else {
            let end = before.len() + 1;
            found.push(Piece::Words(rest.get(..end).unwrap_or_default()));
            rest = after;
        }
    }
    found.push(Piece::Words(rest));
    found
}

/// The key in a stored mark.
fn key_in(named: &str) -> Option<u16> {
    named.strip_prefix(':')?.parse().ok()
}

/// A stored text with something else for each key in it.
fn replaced(text: &str, with: impl Fn(u16) -> String) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let pieces = pieces(text).into_iter().map(|piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Mark(named) => key_in(named).map_or_else(|| format!("{{answer{named}}}"), &with),
    });
    pieces.collect()
}

/// The keys of the questions whose answers a stored text repeats.
#[must_use]
pub fn keys(text: &str) -> Vec<u16> {
    let marks = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Words(_) => None,
        Piece::Mark(named) => key_in(named),
    });
    marks.collect()
}

/// A text as it is stored, from one that was typed for the question at `position`.
///
/// # Errors
/// When it repeats the answer to a question that does not come before, or to none: a sentence that says so.
pub fn stored(typed: &str, questionnaire: &Questionnaire, position: usize) -> Result<String, String> {
    let mut text = String::new();
    for piece in pieces(typed) {
        let named = match piece {
            Piece::Words(words) => {
                text.push_str(words);
                continue;
            }
            Piece::Mark(named) => named,
        };
        let Ok(number) = named.trim().parse::<usize>() else {
            return Err(format!(
                "“{{answer{named}}}” names no question. Write {{answer 3}} with the number of an earlier question"
            ));
        };
        let earlier = number.checked_sub(1).filter(|at| *at < position).and_then(|at| questionnaire.at(at));
        let Some(earlier) = earlier else {
            return Err(format!("“{{answer {number}}}” does not name a question that comes before this one"));
        };
        text.push_str(&format!("{{answer:{}}}", earlier.key));
    }
    Ok(text)
}

/// A stored text as it is typed, with the numbers that the questions have now.
#[must_use]
pub fn typed(stored: &str, questionnaire: &Questionnaire) -> String {
    replaced(stored, |key| {
        let number = questionnaire.position(key).map_or_else(|| "?".to_owned(), |at| (at + 1).to_string());
        format!("{{answer {number}}}")
    })
}

/// A stored text for those who answer on paper or see all questions at once, and for staff:
/// "(your answer to question 3)".
#[must_use]
pub fn described(stored: &str, questionnaire: &Questionnaire) -> String {
    replaced(stored, |key| match questionnaire.position(key) {
        Some(at) => ui::filled("(your answer to question {n})", &[("n", &(at + 1).to_string())]),
        None => format!("({})", ui::said(FALLBACK)),
    })
}

/// The question with its texts described.
#[must_use]
pub fn described_question(question: &Question, questionnaire: &Questionnaire) -> Question {
    with_texts(question, |text| described(text, questionnaire))
}

/// The question as one person reads it: with their own answers, as far as they were asked and gave one.
#[must_use]
pub fn answered_question(question: &Question, questionnaire: &Questionnaire, answers: &Answers) -> Question {
    if keys(&question.text).is_empty() && keys(&question.hint).is_empty() {
        return question.clone();
    }
    let asked = routing::asked(questionnaire, answers);
    with_texts(question, |text| {
        replaced(text, |key| {
            let earlier =
                questionnaire.position(key).filter(|at| asked.contains(at)).and_then(|at| questionnaire.at(at));
            let said = earlier.and_then(|earlier| in_words(&earlier.kind, answers.get(key)?));
            said.unwrap_or_else(|| ui::said(FALLBACK))
        })
    })
}

fn with_texts(question: &Question, told: impl Fn(&str) -> String) -> Question {
    Question { text: told(&question.text), hint: told(&question.hint), ..question.clone() }
}

/// An answer in one line; none for a blank, for "don't know" and the like, and for items and orders, which fit in no sentence.
fn in_words(kind: &Kind, answer: &Answer) -> Option<String> {
    if *answer == Answer::NoAnswer || Special::of(answer).is_some() {
        return None;
    }
    let said = match answer {
        Answer::Other(words) => words.clone(),
        // A list of lines fits in no sentence.
        Answer::Items(_) | Answer::Ranked(_) => return None,
        _ => spoken::answer(kind, answer).replace("; ", ", "),
    };
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(LONGEST).collect();
    let end = if cut.len() < line.len() { "…" } else { "" };
    (!cut.is_empty()).then(|| format!("{cut}{end}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn three() -> Questionnaire {
        let mut of = Questionnaire::default();
        for tag in ["short_text", "one_choice", "several_choices"] {
            of.add(Question::new(tag, Kind::usual(tag).unwrap())).unwrap();
        }
        of.remove(1).unwrap();
        of
    }

    fn piped(text: &str, answers: &Answers) -> String {
        answered_question(&Question::new(text, Kind::usual("date").unwrap()), &three(), answers).text
    }

    #[test]
    fn a_mark_is_typed_with_a_number_and_stored_with_a_key() {
        let of = three();
        let text = stored("Why { Answer 1 }? {x} And {answer 2}", &of, 2).unwrap();
        assert_eq!(text, "Why {answer:2}? {x} And {answer:3}");
        assert_eq!(keys(&text), [2, 3]);
        assert_eq!(typed(&text, &of), "Why {answer 1}? {x} And {answer 2}");
        assert_eq!(described(&text, &of), "Why (your answer to question 1)? {x} And (your answer to question 2)");
        let mut moved = of.clone();
        moved.shift(3, true).unwrap();
        assert_eq!(typed(&text, &moved), "Why {answer 2}? {x} And {answer 1}");
    }

    #[test]
    fn a_mark_that_names_a_later_question_or_none_is_refused_plainly() {
        let of = three();
        assert!(stored("{answer 2}", &of, 1).unwrap_err().contains("does not name a question that comes before"));
        assert!(stored("{answer 3}", &of, 2).is_err());
        assert!(stored("{answer 0}", &of, 2).is_err());
        for wrong in ["{answer}", "{answer:2}", "{answer two}", "{answers 1}"] {
            assert!(stored(wrong, &of, 2).unwrap_err().contains("Write {answer 3}"), "{wrong}");
        }
    }

    #[test]
    fn a_person_reads_their_own_answer_or_a_plain_word_for_it() {
        let mut answers = Answers::default();
        assert_eq!(piped("Why {answer:2}?", &answers), "Why your answer?");
        answers.put(2, Answer::Option(0));
        answers.put(3, Answer::Several(vec![0, 1]));
        assert_eq!(piped("Why {answer:2}, {answer:3}?", &answers), "Why Yes, First answer, Second answer?");
        answers.put(2, Answer::DontKnow);
        assert_eq!(piped("Why {answer:2} {answer:9}?", &answers), "Why your answer your answer?");
    }

    #[test]
    fn the_answer_of_a_hidden_question_is_not_repeated() {
        let mut of = three();
        of.ask_only(3, Some(crate::questionnaires::condition::Condition::chose(2, &[0]))).unwrap();
        let mut answers = Answers::default();
        answers.put(2, Answer::Option(1));
        answers.put(3, Answer::Several(vec![0]));
        let question = Question::new("{answer:3}", Kind::usual("date").unwrap());
        assert_eq!(answered_question(&question, &of, &answers).text, FALLBACK);
    }

    #[test]
    fn long_words_are_cut_and_put_on_one_line() {
        let said = in_words(&Kind::usual("long_text").unwrap(), &Answer::Open(format!("a\n b {}", "é".repeat(300))));
        let said = said.unwrap();
        assert!(said.starts_with("a b é") && said.ends_with("é…") && said.chars().count() == LONGEST + 1);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_comes_back_as_it_means_the_same(text in "[ a-z{}:1-3]{0,20}|(\\{answer [12]\\}|[ x{}]){0,5}") {
            let of = three();
            if let Ok(kept) = stored(&text, &of, 2) {
                prop_assert_eq!(stored(&typed(&kept, &of), &of, 2), Ok(kept.clone()));
                let named = described(&kept, &of).contains("{answer");
                prop_assert!(!named, "a mark is left in {}", kept);
            }
        }
    }
}
