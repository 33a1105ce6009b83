use chrono::NaiveDate;

use super::*;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::kinds::{self, Kind, one_choice};
use crate::questionnaires::response::Channel;
use crate::questionnaires::version::Version;
use crate::statistics::disclosure::Policy;
use crate::surveys::results::Gathered;
use crate::surveys::survey::tests::november;

fn asked(questionnaire: Questionnaire) -> Asked {
    Asked { survey: november(), version: Version { id: 1, revision: 1, locked_at: None, questionnaire } }
}

/// A question of every kind, and one that offers everything beside its options.
fn every_kind() -> Questionnaire {
    let mut of = Questionnaire::default();
    for (tag, name) in kinds::ALL {
        of.add(Question::new(name, Kind::usual(tag).unwrap())).unwrap();
    }
    let options = ["Red", "Green"].map(str::to_owned).to_vec();
    let all = one_choice::Settings { options, other: true, dont_know: true, prefer_not: true };
    of.add(Question::new("Colour", Kind::OneChoice(all))).unwrap();
    of
}

fn answers() -> Answers {
    let mut answers = Answers::default();
    let all = [
        Answer::Option(1),
        Answer::Option(0),
        Answer::Several(vec![1]),
        Answer::Items(vec![8, 2]),
        Answer::Ranked(vec![2, 0, 1]),
        Answer::Option(9),
        Answer::Open("4".to_owned()),
        Answer::Open("2026-11-12".to_owned()),
        Answer::Open("A line".to_owned()),
        Answer::Open("Ŵyl".to_owned()),
        Answer::Open("3f2c8a50-0000-4000-8000-00000000abcd The tap".to_owned()),
        Answer::Other("Blue".to_owned()),
    ];
    (1..).zip(all).for_each(|(key, answer)| answers.put(key, answer));
    answers
}

/// So many people who gave the same answers but for their last line, the last of them on a home visit.
fn kept(of: &Questionnaire, people: i64, first: NaiveDate) -> Kept {
    let coded = code_book::encode(of, &answers());
    let response = |id: i64| Stored {
        response_id: id,
        number: id,
        codes: coded.codes.clone(),
        channel: if id == people { Channel::HomeVisit } else { Channel::OpenLink }.code().to_owned(),
        received_on: first + chrono::TimeDelta::days(id),
    };
    let open = |id: i64| {
        coded.open.iter().map(move |(key, value)| Open {
            response_id: id,
            question_key: i64::from(*key),
            value: if *key == 10 { format!("{value} {id}") } else { value.clone() },
            received_on: first,
        })
    };
    Kept { stored: (1..=people).map(response).collect(), open: (1..=people).flat_map(open).collect() }
}

fn ways(asked: &Asked, kept: &Kept) -> Ways {
    Ways::of(&Gathered::of(asked, &kept.stored, &kept.open).came_by(&Policy::staff()))
}

fn in_csv(answers: &SingleAnswers<'_>) -> Vec<u8> {
    crate::exchange::csv::write(std::iter::once(answers.heads()).chain(answers.in_words()))
}

fn day(words: &str) -> NaiveDate {
    words.parse().unwrap()
}

#[test]
fn a_row_tells_neither_number_nor_day_nor_the_one_home_that_was_visited() {
    let asked = asked(every_kind());
    let file = |first: &str| {
        let kept = kept(&asked.version.questionnaire, 30, day(first));
        in_csv(&SingleAnswers::of(&asked, &kept, ways(&asked, &kept)))
    };
    let csv = String::from_utf8(file("2026-11-01")).unwrap();
    assert_eq!(csv, String::from_utf8(file("2026-12-24")).unwrap(), "another day makes no other file");
    assert!(csv.starts_with("Came by,Five-point scale,"), "{csv}");
    assert!(!csv.contains("Home visit") && csv.contains("Other ways"), "{csv}");
}

#[test]
fn rows_stand_in_no_order_of_arrival_and_in_the_same_in_every_file() {
    let asked = asked(every_kind());
    let kept = kept(&asked.version.questionnaire, 30, day("2026-11-01"));
    let of = SingleAnswers::of(&asked, &kept, ways(&asked, &kept));
    let lines: Vec<i64> =
        of.in_words().map(|row| row[row.len() - 4].strip_prefix("Ŵyl ").unwrap().parse().unwrap()).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=30).collect::<Vec<_>>());
    assert_ne!(sorted, lines);
    let in_data: Vec<Value> = of.values().map(|row| row[row.len() - 4].clone()).collect();
    assert_eq!(in_data, lines.iter().map(|line| Value::words(format!("Ŵyl {line}"))).collect::<Vec<_>>());
}

#[test]
fn every_kind_stands_under_its_variables() {
    let asked = asked(every_kind());
    let kept = kept(&asked.version.questionnaire, 6, day("2026-11-01"));
    let of = SingleAnswers::of(&asked, &kept, ways(&asked, &kept));
    let variables = of.variables();
    let row = of.values().next().unwrap();
    let found: Vec<(&str, Value)> = variables.iter().map(|of| of.name.as_str()).zip(row.iter().cloned()).collect();
    let code = Value::code;
    let expected = [
        ("came_by", code(5)),
        ("q1", code(9)),
        ("q2", code(8)),
        ("q3", code(8)),
        ("q3_1", code(0)),
        ("q3_2", code(1)),
        ("q4_1", code(8)),
        ("q4_2", code(2)),
        ("q5_1", code(2)),
        ("q5_2", code(3)),
        ("q5_3", code(1)),
        ("q6", code(9)),
        ("q7", code(4)),
        ("q8", Value::Day(day("2026-11-12"))),
        ("q9", Value::words("A line")),
    ];
    assert_eq!(found[..15], expected);
    assert_eq!(found[16..], [("q11", code(8)), ("q12", code(5)), ("q12_other", Value::words("Blue"))]);
    assert_eq!((row.len(), of.widths().len()), (variables.len(), variables.len()));
    let widths: Vec<usize> = of.widths().into_iter().filter(|width| *width > 0).collect();
    assert_eq!(widths, ["A line".len(), "Ŵyl 1".len(), "Blue".len()]);
    // Whatever code stands in a cell has its words.
    for (variable, value) in variables.iter().zip(&row) {
        let labels = variable.holds.labels();
        if let (Holds::Codes { .. } | Holds::Ticks, Value::Number(code)) = (&variable.holds, value) {
            assert!(
                labels.iter().any(|(known, _)| f64::from(*known).to_bits() == code.to_bits()),
                "{}: {code}",
                variable.name
            );
        }
    }
    let colour = variables.iter().find(|of| of.name == "q12").unwrap();
    let words: Vec<(i32, &str)> = match &colour.holds {
        Holds::Codes { labels, .. } => labels.iter().map(|(code, words)| (*code, words.as_str())).collect(),
        _ => panic!("no codes"),
    };
    assert_eq!(words[..2], [(0, "Not asked"), (1, "No answer")]);
    assert_eq!(words[2..5], [(3, "Don’t know"), (4, "Prefer not to say"), (5, "Other, please say")]);
    assert_eq!(words[5..], [(8, "Red"), (9, "Green")]);
}

#[test]
fn a_question_that_was_not_asked_is_told_from_one_left_blank() {
    let mut of = Questionnaire::default();
    of.add(Question::new("Repair?", Kind::usual("one_choice").unwrap())).unwrap();
    for (tag, _) in kinds::ALL {
        of.add(Question::new(tag, Kind::usual(tag).unwrap()).shown_if(1, &[0])).unwrap();
    }
    for (answer, state) in [(1, 0), (0, 1)] {
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(answer));
        let codes = code_book::encode(&of, &answers).codes;
        let stored =
            Stored { response_id: 1, number: 1, codes, channel: "post".to_owned(), received_on: day("2026-11-01") };
        let asked = asked(of.clone());
        let kept = Kept { stored: vec![stored], open: Vec::new() };
        let of = SingleAnswers::of(&asked, &kept, ways(&asked, &kept));
        let row = of.values().next().unwrap();
        for (variable, value) in of.variables().iter().zip(row).skip(2) {
            let expected = if let Holds::Codes { .. } = variable.holds { Value::code(state) } else { Value::Blank };
            assert_eq!(value, expected, "{}", variable.name);
        }
    }
}
