//! What another program makes of our data files: `tests/reference/sav.py` read `answers.sav` and wrote `answers.json`.

use serde_json::{Value as Json, json};

use super::*;

const STORED: &[u8] = include_bytes!("../../tests/reference/answers.sav");
const READ: &str = include_str!("../../tests/reference/answers.json");

fn labels(of: &[(i32, &str)]) -> Vec<(i32, String)> {
    of.iter().map(|(code, words)| (*code, (*words).to_owned())).collect()
}

/// One variable of every sort.
fn variables() -> Vec<Variable> {
    let scale = labels(&[(0, "Not asked"), (1, "No answer"), (8, "Very satisfied"), (9, "Fairly satisfied – or so")]);
    let choice = labels(&[(0, "Not asked"), (4, "Prefer not to say"), (5, "Other"), (8, "Yes"), (9, "No")]);
    vec![
        Variable::new(
            "q1",
            "How was it – taking everything into account?",
            Holds::Codes { labels: scale, ordered: true },
        ),
        Variable::new("q2", "Cafodd eich tŷ ei drwsio?", Holds::Codes { labels: choice, ordered: false }),
        Variable::new("q2_other", "In words", Holds::Words),
        Variable::new("q3_1", "Gutters", Holds::Ticks),
        Variable::new(
            "q4",
            "",
            Holds::Number { decimals: 1, labels: labels(&[(0, "Not at all"), (10, "Completely")]) },
        ),
        Variable::new("q5", &*"x".repeat(300), Holds::Day),
        Variable::new("a_name_longer_than_eight_letters", "Anything else?", Holds::Words),
        Variable::new("q7", "After it", Holds::Number { decimals: 0, labels: Vec::new() }),
    ]
}

const WIDTHS: [usize; 8] = [0, 0, 10, 0, 0, 0, 700, 0];

/// Words of 700 bytes that fit no segment evenly.
fn long() -> String {
    let words: String = "Ŵyl a gŵyl; £5 – “so be it”. ".chars().cycle().take(640).collect();
    cut(&words, 700).trim_end().to_owned()
}

fn rows() -> Vec<Vec<Value>> {
    let (code, number) = (Value::code, Value::Number);
    let day = |words: &str| Value::Day(words.parse().unwrap());
    vec![
        vec![
            code(8),
            code(5),
            Value::words("Colomen"),
            number(1.0),
            number(2.5),
            day("2026-11-16"),
            Value::words(long()),
            number(7.0),
        ],
        vec![code(0), code(4), Value::Blank, Value::Blank, Value::Blank, Value::Blank, Value::Blank, number(-3.0)],
        vec![
            code(9),
            code(8),
            Value::words("ŵŵŵŵŵŵŵ"),
            number(0.0),
            number(1e6),
            day("1900-01-01"),
            Value::words("x"),
            number(151.0),
        ],
        vec![
            code(1),
            code(9),
            Value::words("=1+1"),
            number(1.0),
            number(-100.0),
            day("2100-12-31"),
            Value::words("é".repeat(300)),
            Value::Blank,
        ],
    ]
}

fn written() -> Vec<u8> {
    let (variables, rows) = (variables(), rows());
    let file = File {
        label: "Repairs and you",
        made_at: "2026-11-16T12:00:00Z".parse().unwrap(),
        variables: &variables,
        widths: &WIDTHS,
        cases: Some(4),
    };
    let mut bytes = Vec::new();
    write(&mut bytes, &file, rows.into_iter()).unwrap();
    bytes
}

#[test]
fn the_file_is_byte_for_byte_the_one_that_another_program_read() {
    let bytes = written();
    if bytes != STORED {
        let path = std::env::temp_dir().join("answers.sav");
        std::fs::write(&path, &bytes).unwrap();
        panic!("the file is another now: look at {}, and let sav.py read it", path.display());
    }
}

#[test]
fn another_program_read_what_was_written() {
    let read: Json = serde_json::from_str(READ).unwrap();
    let variables = variables();
    let names: Vec<&str> = variables.iter().map(|variable| variable.name.as_str()).collect();
    assert_eq!(read["names"], json!(names));
    assert_eq!(read["cases"], json!(4));
    assert_eq!(read["encoding"], json!("UTF-8"));
    assert_eq!(read["label"], json!("Repairs and you"));
    for variable in &variables {
        let of = &read["variables"][&variable.name];
        let label = cut(&variable.label, LONGEST_LABEL);
        assert_eq!(of["label"].as_str().unwrap_or_default(), label, "{}", variable.name);
        let words: serde_json::Map<String, Json> =
            variable.holds.labels().into_iter().map(|(code, words)| (code.to_string(), json!(words))).collect();
        assert_eq!(of["values"], Json::Object(words), "{}", variable.name);
        let missing = matches!(variable.holds, Holds::Codes { .. }).then(|| json!([[0.0, 4.0]]));
        assert_eq!(of["missing"], missing.unwrap_or_else(|| json!([])), "{}", variable.name);
        let measure = match &variable.holds {
            Holds::Codes { ordered: true, .. } => "ordinal",
            Holds::Codes { .. } | Holds::Ticks | Holds::Words => "nominal",
            Holds::Number { .. } | Holds::Day => "scale",
        };
        assert_eq!(of["measure"], json!(measure), "{}", variable.name);
    }
    let expected: Vec<Vec<Json>> = rows()
        .into_iter()
        .map(|row| {
            row.into_iter().zip(&variables).zip(WIDTHS).map(|((value, of), width)| as_read(value, of, width)).collect()
        })
        .collect();
    assert_eq!(read["rows"], json!(expected));
}

fn as_read(value: Value, of: &Variable, width: usize) -> Json {
    match value {
        Value::Number(number) => json!(number),
        Value::Day(on) => json!(on.to_string()),
        Value::Words(words) => json!(cut(&words, width)),
        Value::Blank if of.holds == Holds::Words => json!(""),
        Value::Blank => Json::Null,
    }
}

#[test]
fn long_words_are_cut_into_segments_that_hold_them_all() {
    for (width, segments, elements) in [
        (1, vec![1], 1),
        (8, vec![8], 1),
        (255, vec![255], 32),
        (256, vec![255, 4], 33),
        (700, vec![255, 255, 196], 89),
    ] {
        assert_eq!(Layout::Words(width).segments(), segments, "{width}");
        assert_eq!(Layout::Words(width).elements(), elements, "{width}");
    }
    for width in 1..=LONGEST_WORDS {
        let held: usize = Layout::Words(width).segments().into_iter().sum();
        assert!(held >= width, "{width}");
    }
}

#[test]
fn half_a_letter_is_never_written() {
    assert_eq!(cut("ŵŵ", 3), "ŵ");
    assert_eq!(cut("ŵŵ", 9), "ŵŵ");
    assert_eq!(cut("ŵ", 1), "");
}
