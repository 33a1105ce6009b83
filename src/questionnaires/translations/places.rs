//! The texts of a questionnaire by place, and the questionnaire in other words.

use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::sealed::mark;
use crate::questionnaires::translations::texts::{Line, Texts, What};
use crate::ui::spoken::phrases;

/// Every text of the questions that people read, in their order.
#[must_use]
pub fn lines(questionnaire: &Questionnaire) -> Vec<Line> {
    let questions = questionnaire.questions().iter().enumerate();
    questions.flat_map(|(position, question)| lines_of(question, position + 1)).collect()
}

fn lines_of(question: &Question, number: usize) -> Vec<Line> {
    let line = |part: &str, about: String, source: &str, what: What| Line {
        place: place(question.key, part),
        about,
        source: source.to_owned(),
        what,
    };
    let mut lines = vec![line(TEXT, format!("Question {number}"), &question.text, What::Question)];
    lines.push(line(HINT, format!("Question {number}, hint"), &question.hint, What::Part));
    let why = question.sealed.as_ref().map_or("", |mark| mark.why.as_str());
    lines.push(line(WHY, format!("Question {number}, why it is asked"), why, What::Part));
    let mut kind = question.kind.clone();
    for (part, words) in kind.own_words() {
        let about = format!("Question {number}, {}", part.replace('-', " "));
        lines.push(line(&part, about, words, What::Part));
    }
    lines.retain(|line| !line.source.is_empty());
    lines
}

const TEXT: &str = "text";
const HINT: &str = "hint";
const WHY: &str = "why";

fn place(key: u16, part: &str) -> String {
    format!("q{key}-{part}")
}

/// The questions as people read them in another language. What is missing stays as it is.
#[must_use]
pub fn said(questionnaire: &Questionnaire, texts: &Texts) -> Questionnaire {
    questionnaire.reworded(|question| {
        let key = question.key;
        let lines = lines_of(question, 0);
        let say = |part: &str, words: &mut String| {
            let line = lines.iter().find(|line| line.place == place(key, part));
            if let Some(said) = line.and_then(|line| texts.said(line)) {
                said.clone_into(words);
            }
        };
        say(TEXT, &mut question.text);
        say(HINT, &mut question.hint);
        if let Some(mark) = &mut question.sealed {
            say(WHY, &mut mark.why);
        }
        for (part, words) in question.kind.own_words() {
            say(&part, words);
        }
    })
}

/// The program's own phrases without which nobody can answer the questions: the points of a scale, "Don't know", how to
/// answer, and which may be left out.
#[must_use]
pub fn fixed_words(questionnaire: &Questionnaire) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for question in questionnaire.questions() {
        let labels = offered(&question.kind).into_iter().filter(|label| phrases::is_phrase(label));
        let optional = (!question.required).then(|| "(optional)".to_owned());
        let seal = question.sealed.iter().flat_map(|_| [mark::WHY, mark::NOTICE]).map(str::to_owned);
        for words in labels.chain([question.kind.how()]).chain(optional).chain(seal) {
            if !words.is_empty() && !found.contains(&words) {
                found.push(words);
            }
        }
    }
    found
}

/// The labels of everything that can be chosen, but for the builder's own words.
fn offered(kind: &Kind) -> Vec<String> {
    let mut kind = kind.clone();
    let own: Vec<String> = kind.own_words().into_iter().map(|(_, words)| words.clone()).collect();
    let choices = match kind.field() {
        Field::Radios(choices) | Field::Checkboxes(choices) | Field::Grid { choices, .. } => choices,
        Field::Places { places, .. } => places,
        Field::Number { .. } | Field::Date | Field::Line { .. } | Field::Paragraphs { .. } | Field::Photo(_) => {
            Vec::new()
        }
    };
    choices.into_iter().map(|choice| choice.label).filter(|label| !own.contains(label)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaires::kinds;
    use crate::questionnaires::{code_book, testing};

    /// Every text turned round, with its marks as they are.
    fn turned(questionnaire: &Questionnaire) -> Questionnaire {
        let mut texts = Texts::default();
        for line in lines(questionnaire) {
            texts.put(&line, &format!("‹{}›", line.source));
        }
        said(questionnaire, &texts)
    }

    #[test]
    fn every_text_of_every_kind_has_a_place_and_is_said_there() {
        let mut of = Questionnaire::default();
        for (tag, _) in kinds::ALL {
            of.add(Question::new(format!("How? {tag}"), Kind::usual(tag).unwrap()).hinted("A hint")).unwrap();
        }
        let said = turned(&of);
        for (before, after) in lines(&of).iter().zip(lines(&said)) {
            assert_eq!((&before.place, format!("‹{}›", before.source)), (&after.place, after.source));
        }
        let mut places: Vec<String> = lines(&of).into_iter().map(|line| line.place).collect();
        places.sort();
        let all = places.len();
        places.dedup();
        assert_eq!(places.len(), all);
        assert!(places.contains(&"q2-answer-1".to_owned()) && places.contains(&"q4-item-2".to_owned()), "{places:?}");
        assert!(places.contains(&"q6-low-end".to_owned()), "{places:?}");
    }

    #[test]
    fn the_fixed_words_are_the_programs_and_no_option_of_the_builders() {
        let mut of = Questionnaire::default();
        of.add(Question::new("How?", Kind::usual("scale").unwrap())).unwrap();
        of.add(Question::new("Which?", Kind::usual("one_choice").unwrap())).unwrap();
        of.add(Question::new("First?", Kind::usual("ranking").unwrap())).unwrap();
        let found = fixed_words(&of);
        assert_eq!(found.len(), 11, "{found:?}");
        assert!(found.contains(&"Not applicable".to_owned()) && found.contains(&"3rd".to_owned()));
        assert!(found.contains(&"(optional)".to_owned()) && !found.contains(&"Yes".to_owned()));
    }

    #[test]
    fn the_regulators_questions_are_said_in_other_words_and_stay_as_they_are() {
        let of = crate::questionnaires::bank::current().unwrap().questionnaire("Mill Lane Homes").unwrap();
        let said = turned(&of);
        assert!(said.questions().iter().all(|question| question.text.starts_with('‹') && question.bank.is_some()));
        assert_eq!(lines(&of).len(), 16 + 1 + 3 + 3 * 2);
    }

    proptest! {
        #[test]
        fn the_same_answers_in_any_words_are_the_same_bytes(mut dice in testing::dice()) {
            let of = testing::questionnaire(&mut dice, 6);
            let answers = testing::answers(&mut dice, &of);
            let (here, there) = (code_book::encode(&of, &answers), code_book::encode(&turned(&of), &answers));
            prop_assert_eq!(code_book::digest(&here), code_book::digest(&there));
            prop_assert_eq!(here.codes, there.codes);
        }
    }
}
