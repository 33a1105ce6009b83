//! Questions into a document.

use serde_json::{Map, Value, json};

use super::condition;
use crate::questionnaires::piping;
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::Questionnaire;

/// The questions of a document. `standards` gives the names of what questions measure.
#[must_use]
pub fn write(questionnaire: &Questionnaire, standards: &[(i64, String)]) -> Vec<Value> {
    questionnaire.questions().iter().map(|question| Value::Object(one(question, questionnaire, standards))).collect()
}

fn one(question: &Question, among: &Questionnaire, standards: &[(i64, String)]) -> Map<String, Value> {
    let id = ("id".to_owned(), json!(condition::id(among, question.key)));
    if let Some(item) = &question.bank {
        return Map::from_iter([id, ("bank".to_owned(), json!(item.code))]);
    }
    let mut fields = Map::from_iter([id, ("text".to_owned(), json!(piping::typed(&question.text, among)))]);
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    if !question.hint.is_empty() {
        put("hint", json!(piping::typed(&question.hint, among)));
    }
    for (name, is_so) in [("required", question.required), ("divides", question.divides), ("mixed", question.mixed)] {
        if is_so {
            put(name, json!(true));
        }
    }
    if let Some(mark) = &question.sealed {
        put("sealed", json!(mark));
    }
    let standard = question.measures.and_then(|id| standards.iter().find(|(known, _)| *known == id));
    if let Some((_, standard)) = standard {
        put("measures", json!(standard));
    }
    if let Some(ask_if) = &question.show_if {
        put("ask_if", condition::write(ask_if, among));
    }
    if !question.skips.is_empty() {
        put("skips", question.skips.iter().map(|skip| skip_of(skip, among)).collect());
    }
    if let Ok(Value::Object(kind)) = serde_json::to_value(&question.kind) {
        // What is not set is left out, as what was never set is.
        fields.extend(kind.into_iter().filter(|(_, value)| !value.is_null()));
    }
    fields
}

fn skip_of(skip: &Skip, among: &Questionnaire) -> Value {
    let when = condition::write(&skip.when, among);
    match skip.to {
        Some(key) => json!({ "when": when, "to": condition::id(among, key) }),
        None => json!({ "when": when }),
    }
}
