//! Who is asked, with questions by their ids and answers by their words.

use serde_json::{Map, Value, json};

use super::Fault;
use crate::questionnaires::code_book::{DONT_KNOW, FIRST_OPTION, NOT_APPLICABLE, OTHER, PREFER_NOT_TO_SAY};
use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::questionnaire::Questionnaire;

/// Answers that are no option, with their names in a document.
const SPECIAL: [(u8, &str); 4] = [
    (NOT_APPLICABLE, "not_applicable"),
    (DONT_KNOW, "dont_know"),
    (PREFER_NOT_TO_SAY, "prefer_not_to_say"),
    (OTHER, "other"),
];

/// A question that a condition may name: its id, its key and its kind.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub id: &'a str,
    pub key: u16,
    pub kind: &'a Kind,
}

/// The id of a question in a document: its number.
pub(super) fn id(questionnaire: &Questionnaire, key: u16) -> String {
    questionnaire.position(key).map_or_else(String::new, |at| format!("q{}", at + 1))
}

/// A condition as it stands in a document.
pub(super) fn write(condition: &Condition, among: &Questionnaire) -> Value {
    let list = |parts: &[Condition]| parts.iter().map(|part| write(part, among)).collect::<Vec<_>>();
    match condition {
        Condition::Answered { answered } => json!({ "answered": id(among, *answered) }),
        Condition::All { all } => json!({ "all": list(all) }),
        Condition::Any { any } => json!({ "any": list(any) }),
        Condition::Not { not } => json!({ "not": write(not, among) }),
        Condition::Gave { question, codes } => {
            let options = among.find(*question).map(|question| question.kind.options()).unwrap_or_default();
            let (mut words, mut special, mut other) = (Vec::new(), Vec::new(), Vec::new());
            for code in codes {
                let option = code.checked_sub(FIRST_OPTION).and_then(|at| options.get(usize::from(at)));
                let name = SPECIAL.iter().find(|(known, _)| known == code);
                match (option, name) {
                    (Some(option), _) => words.push(option.clone()),
                    (None, Some((_, name))) => special.push(*name),
                    (None, None) => other.push(*code),
                }
            }
            let mut gave = Map::from_iter([("question".to_owned(), json!(id(among, *question)))]);
            for (name, list) in [("options", json!(words)), ("special", json!(special)), ("codes", json!(other))] {
                if list != json!([]) {
                    gave.insert(name.to_owned(), list);
                }
            }
            Value::Object(gave)
        }
    }
}

/// Reads a condition that may name these questions.
pub(super) fn read(value: &Value, place: &str, known: &[Named<'_>]) -> Result<Condition, Fault> {
    let Value::Object(fields) = value else { return Err(Fault::new(place, "is no condition")) };
    let list = |name: &str| -> Option<Result<Vec<Condition>, Fault>> {
        let Value::Array(parts) = fields.get(name)? else {
            return Some(Err(Fault::new(format!("{place}.{name}"), "must be a list")));
        };
        let part = |(at, part)| read(part, &format!("{place}.{name}[{at}]"), known);
        Some(parts.iter().enumerate().map(part).collect())
    };
    let find = |name: &str| -> Option<Result<Named<'_>, Fault>> {
        let value = fields.get(name)?;
        let found = value.as_str().and_then(|id| known.iter().find(|question| question.id == id)).copied();
        let message = format!("{value} names no question that comes before");
        Some(found.ok_or_else(|| Fault::new(format!("{place}.{name}"), message)))
    };
    if let Some(name) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(Fault::new(format!("{place}.{name}"), "is not part of a condition"));
    }
    if let Some(not) = fields.get("not") {
        return read(not, &format!("{place}.not"), known).map(Condition::negated);
    }
    if let Some(all) = list("all") {
        return all.map(|all| Condition::All { all });
    }
    if let Some(any) = list("any") {
        return any.map(|any| Condition::Any { any });
    }
    if let Some(answered) = find("answered") {
        return answered.map(|question| Condition::Answered { answered: question.key });
    }
    match find("question") {
        Some(question) => gave(fields, place, question?),
        None => Err(Fault::new(place, "says nothing: it needs “question”, “answered”, “all”, “any” or “not”")),
    }
}

/// Every field that a condition may have.
const FIELDS: [&str; 8] = ["question", "options", "special", "codes", "answered", "all", "any", "not"];

fn gave(fields: &Map<String, Value>, place: &str, question: Named<'_>) -> Result<Condition, Fault> {
    let options = question.kind.options();
    let each = |name: &str, code: &dyn Fn(&Value) -> Option<u8>| -> Result<Vec<u8>, Fault> {
        let list = match fields.get(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(Fault::new(format!("{place}.{name}"), "must be a list")),
        };
        let fault = |(at, value)| {
            let message = format!("{value} is no answer to {}", question.id);
            code(value).ok_or_else(|| Fault::new(format!("{place}.{name}[{at}]"), message))
        };
        list.iter().enumerate().map(fault).collect()
    };
    let option = |value: &Value| {
        let at = options.iter().position(|option| Some(option.as_str()) == value.as_str())?;
        u8::try_from(at).ok()?.checked_add(FIRST_OPTION)
    };
    let special = |value: &Value| SPECIAL.iter().find(|(_, name)| Some(*name) == value.as_str()).map(|(code, _)| *code);
    let code = |value: &Value| value.as_u64().and_then(|code| u8::try_from(code).ok());
    let all = [each("options", &option)?, each("special", &special)?, each("codes", &code)?];
    Ok(Condition::Gave { question: question.key, codes: all.concat() })
}
