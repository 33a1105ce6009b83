//! A survey's questionnaire as one JSON file, out and in. The format is described in `docs/questionnaire-json.md`.

use serde_json::{Map, Value, json};

use crate::questionnaires::bank;
use crate::questionnaires::document::{self, Fault, VERSION};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::settings::Landlord;
use crate::surveys::files::limesurvey::Carried;
use crate::surveys::kind::SurveyKind;
use crate::surveys::regulator;
use crate::surveys::survey::{Access, Asked};

/// What the file says it is.
pub const FORMAT: &str = "doorstep-questionnaire";
/// The largest file, in bytes, as it goes along in a form.
pub const LARGEST: usize = 300 * 1024;

/// A questionnaire with what a survey says around it, not yet a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What the survey is for.
    pub kind: SurveyKind,
    /// What it says, by the names of the form that makes a survey. What the file leaves out is not in it.
    pub texts: Vec<(&'static str, String)>,
    /// The questions.
    pub questionnaire: Questionnaire,
}

/// The fields that hold words.
const TEXTS: [&str; 3] = ["title", "introduction", "next_steps"];

impl Document {
    /// What a survey says and asks.
    #[must_use]
    pub fn of(asked: &Asked) -> Self {
        let survey = &asked.survey;
        let mut texts = vec![
            ("title", survey.title.clone()),
            ("introduction", survey.introduction.clone()),
            ("next_steps", survey.next_steps.clone()),
            ("minutes", survey.minutes.to_string()),
            ("access", survey.access.code().to_owned()),
        ];
        if survey.one_page {
            texts.push(("one_page", "yes".to_owned()));
        }
        Self { kind: survey.kind, texts, questionnaire: asked.version.questionnaire.clone() }
    }

    /// What was taken over from another program.
    #[must_use]
    pub fn carried(carried: &Carried) -> Self {
        let texts =
            [("title", &carried.title), ("introduction", &carried.introduction), ("next_steps", &carried.next_steps)];
        let texts = texts.into_iter().map(|(name, words)| (name, words.clone())).collect();
        Self { kind: SurveyKind::Consultation, texts, questionnaire: carried.questionnaire.clone() }
    }

    /// The file. `standards` gives the names of what questions measure.
    #[must_use]
    pub fn write(&self, standards: &[(i64, String)]) -> Value {
        let mut fields = Map::from_iter([
            ("format".to_owned(), json!(FORMAT)),
            ("version".to_owned(), json!(VERSION)),
            ("kind".to_owned(), json!(self.kind.code())),
            ("questions".to_owned(), Value::Array(document::write(&self.questionnaire, standards))),
        ]);
        for (name, words) in &self.texts {
            let value = match *name {
                "minutes" => json!(words.parse::<i64>().unwrap_or_default()),
                "one_page" => json!(true),
                _ => json!(words),
            };
            fields.insert((*name).to_owned(), value);
        }
        if let Some(bank) = self.questionnaire.bank() {
            fields.insert("bank".to_owned(), json!(bank));
        }
        Value::Object(fields)
    }

    /// Reads a file. A bank's questions name this landlord.
    ///
    /// # Errors
    /// Every fault that was found, each with its place.
    pub fn read(bytes: &[u8], landlord: &Landlord, standards: &[(i64, String)]) -> Result<Self, Vec<Fault>> {
        let one = |place: &str, message: String| vec![Fault::new(place, message)];
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or_default().to_owned();
            one(&format!("line {}, column {}", error.line(), error.column()), format!("this is no JSON: {what}"))
        })?;
        let Value::Object(fields) = value else {
            return Err(one("", "the file holds no questionnaire, but a single value or a list".to_owned()));
        };
        if fields.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(one("format", format!("must be “{FORMAT}”: the file is of another kind")));
        }
        if fields.get("version").and_then(Value::as_u64) != Some(VERSION) {
            return Err(one("version", format!("must be {VERSION}: no other version of the format is known here")));
        }
        let (texts, mut faults) = texts(&fields);
        let kind = fields.get("kind").map_or(Ok(SurveyKind::Consultation), |value| {
            let kind = value.as_str().and_then(|code| code.parse().ok());
            kind.ok_or_else(|| Fault::new("kind", format!("{value} is no kind of survey")))
        });
        let start = kind.and_then(|kind| Ok((kind, start(kind, &fields, landlord)?)));
        let entries = fields.get("questions").and_then(Value::as_array);
        if entries.is_none() {
            faults.push(Fault::new("questions", "must be a list"));
        }
        match (start, entries) {
            (Ok((kind, start)), Some(entries)) => match document::read(entries, start, standards) {
                Ok(questionnaire) if faults.is_empty() => return Ok(Self { kind, texts, questionnaire }),
                Ok(_) => {}
                Err(found) => faults.extend(found),
            },
            (Err(fault), _) => faults.push(fault),
            (Ok(_), None) => {}
        }
        Err(faults)
    }
}

/// What the survey says, and what is wrong around its questions.
fn texts(fields: &Map<String, Value>) -> (Vec<(&'static str, String)>, Vec<Fault>) {
    const OTHERS: [&str; 8] = ["format", "version", "kind", "bank", "questions", "minutes", "access", "one_page"];
    let (mut texts, mut faults) = (Vec::new(), Vec::new());
    for name in TEXTS {
        match fields.get(name) {
            None => {}
            Some(Value::String(words)) => texts.push((name, words.clone())),
            Some(_) => faults.push(Fault::new(name, "must be words")),
        }
    }
    match fields.get("minutes").map(Value::as_u64) {
        None => {}
        Some(Some(minutes)) => texts.push(("minutes", minutes.to_string())),
        Some(None) => faults.push(Fault::new("minutes", "must be a whole number")),
    }
    match fields.get("access").map(|access| access.as_str().and_then(|code| code.parse::<Access>().ok())) {
        None => {}
        Some(Some(access)) => texts.push(("access", access.code().to_owned())),
        Some(None) => faults.push(Fault::new("access", "must be “open” or “personal”")),
    }
    match fields.get("one_page").map(Value::as_bool) {
        None | Some(Some(false)) => {}
        Some(Some(true)) => texts.push(("one_page", "yes".to_owned())),
        Some(None) => faults.push(Fault::new("one_page", "must be true or false")),
    }
    let unknown = fields.keys().filter(|name| !TEXTS.contains(&name.as_str()) && !OTHERS.contains(&name.as_str()));
    faults.extend(unknown.map(|name| Fault::new(name, "is no part of a questionnaire")));
    (texts, faults)
}

/// The questions of the bank that the file names, which a survey of that kind begins with.
fn start(kind: SurveyKind, fields: &Map<String, Value>, landlord: &Landlord) -> Result<Questionnaire, Fault> {
    let Some(bank) = fields.get("bank") else {
        return if kind.feeds_measures() {
            Err(Fault::new("bank", "is missing: a survey of the measures asks the regulator’s questions"))
        } else {
            Ok(Questionnaire::default())
        };
    };
    if !kind.feeds_measures() {
        return Err(Fault::new(
            "bank",
            format!("stands in surveys of the kind “{}” only", SurveyKind::TsmPerception.code()),
        ));
    }
    regulator::questions(kind, landlord).map_err(|refused| Fault::new("bank", refused.in_words()))?;
    let known = bank.as_str().and_then(bank::find);
    let questions = known.and_then(|known| known.questionnaire(&landlord.name).ok());
    questions.ok_or_else(|| Fault::new("bank", format!("{bank} is no bank of questions known here")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Question;
    use crate::questionnaires::version::Version;
    use crate::surveys::survey::Survey;
    use crate::surveys::survey::tests::november;

    fn asked(survey: Survey, questionnaire: Questionnaire) -> Asked {
        Asked { survey, version: Version { id: 1, revision: 1, locked_at: None, questionnaire } }
    }

    fn named() -> Landlord {
        Landlord { name: "Mill Lane Homes".to_owned(), ..Landlord::default() }
    }

    fn back(document: &Document) -> Result<Document, Vec<Fault>> {
        Document::read(document.write(&[]).to_string().as_bytes(), &named(), &[])
    }

    #[test]
    fn a_survey_comes_back_with_all_that_it_says() {
        let mut questions = Questionnaire::default();
        questions.add(Question::new("Had a repair?", Kind::usual("one_choice").unwrap()).required()).unwrap();
        let document = Document::of(&asked(Survey { one_page: true, ..november() }, questions));
        assert_eq!(back(&document), Ok(document));
    }

    #[test]
    fn the_regulators_questions_are_named_and_not_worded() {
        let questions = regulator::questions(SurveyKind::TsmPerception, &named()).unwrap();
        let document = Document::of(&asked(Survey { kind: SurveyKind::TsmPerception, ..november() }, questions));
        let written = document.write(&[]);
        assert_eq!(written["bank"], json!("tsm_2023"));
        assert!(!written.to_string().contains("Taking everything into account"));
        assert_eq!(back(&document), Ok(document));
        let unnamed = Document::read(written.to_string().as_bytes(), &Landlord::default(), &[]).unwrap_err();
        assert!(unnamed[0].to_string().starts_with("bank: The regulator’s questions name the landlord"), "{unnamed:?}");
    }

    #[test]
    fn what_is_wrong_around_the_questions_names_its_place() {
        let said = |text: &str| -> Vec<String> {
            let faults = Document::read(text.as_bytes(), &named(), &[]).unwrap_err();
            faults.iter().map(ToString::to_string).collect()
        };
        assert_eq!(said("{\n \"a\": }"), ["line 2, column 7: this is no JSON: expected value"]);
        assert_eq!(said("[1]"), ["the file holds no questionnaire, but a single value or a list"]);
        assert_eq!(said("{}"), ["format: must be “doorstep-questionnaire”: the file is of another kind"]);
        let with = |more: &str| format!("{{\"format\": \"doorstep-questionnaire\", \"version\": 1{more}}}");
        assert_eq!(said(&with("")), ["questions: must be a list"]);
        assert_eq!(
            said(&with(", \"questions\": [], \"title\": 3, \"minutes\": \"5\", \"titel\": \"x\"")),
            ["title: must be words", "minutes: must be a whole number", "titel: is no part of a questionnaire"]
        );
        assert_eq!(said(&with(", \"questions\": [], \"kind\": \"quiz\"")), ["kind: \"quiz\" is no kind of survey"]);
        assert_eq!(said(&with(", \"questions\": [], \"bank\": \"tsm_2023\"")).len(), 1);
        let newer = "{\"format\": \"doorstep-questionnaire\", \"version\": 2}";
        assert_eq!(said(newer), ["version: must be 1: no other version of the format is known here"]);
        assert!(said(&format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)))[0].contains("recursion limit"));
    }
}
