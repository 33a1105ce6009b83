//! One question of a document, field by field.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Fault;
use crate::questionnaires::answer::Given;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::sealed::Sealed;

/// The most characters of a question and of its hint.
const LONGEST_TEXT: usize = 300;

/// A question as it was read, before it joins the others.
pub(super) struct Entry {
    pub place: String,
    pub id: String,
    pub holds: Holds,
}

/// What an entry stands for.
pub(super) enum Holds {
    /// The question of a bank with this code.
    OfBank(String),
    /// A question of the landlord's own.
    Own(Box<Own>),
}

pub(super) struct Own {
    pub text: String,
    pub hint: String,
    pub required: bool,
    pub divides: bool,
    pub mixed: bool,
    pub sealed: Option<Sealed>,
    pub measures: Option<String>,
    pub kind: Kind,
    pub ask_if: Option<Value>,
    pub skips: Vec<SkipEntry>,
}

/// A skip whose target is still an id.
pub(super) struct SkipEntry {
    pub when: Value,
    pub to: Option<String>,
}

/// Reads the entry at this place of the list.
pub(super) fn read(at: usize, value: &Value) -> Result<Entry, Fault> {
    let place = format!("questions[{at}]");
    let Value::Object(fields) = value else { return Err(Fault::new(place, "is no question")) };
    let mut fields = Fields { place: place.clone(), rest: fields.clone() };
    let id = fields.take::<String>("id")?.unwrap_or_else(|| format!("q{}", at + 1));
    let holds = match fields.take::<String>("bank")? {
        Some(code) => {
            fields.nothing_left("cannot stand beside “bank”: such a question is worded by the bank")?;
            Holds::OfBank(code)
        }
        None => Holds::Own(Box::new(own(fields)?)),
    };
    Ok(Entry { place, id, holds })
}

fn own(mut fields: Fields) -> Result<Own, Fault> {
    let text = fields.text("text")?;
    if text.is_empty() {
        return Err(Fault::new(format!("{}.text", fields.place), "is missing. It is the question itself"));
    }
    let hint = fields.text("hint")?;
    let required = fields.take("required")?.unwrap_or_default();
    let divides = fields.take("divides")?.unwrap_or_default();
    let mixed = fields.take("mixed")?.unwrap_or_default();
    let sealed = fields.take("sealed")?;
    let measures = fields.take("measures")?;
    let ask_if = fields.rest.remove("ask_if");
    let skips = fields.take::<Vec<Value>>("skips")?.unwrap_or_default();
    let skips = skips.into_iter().enumerate().map(|(at, skip)| read_skip(&fields.place, at, skip));
    let skips = skips.collect::<Result<Vec<_>, Fault>>()?;
    let kind = fields.kind()?;
    Ok(Own { text, hint, required, divides, mixed, sealed, measures, kind, ask_if, skips })
}

fn read_skip(place: &str, at: usize, skip: Value) -> Result<SkipEntry, Fault> {
    let place = format!("{place}.skips[{at}]");
    let Value::Object(rest) = skip else { return Err(Fault::new(place, "is no skip")) };
    let mut fields = Fields { place, rest };
    let to = fields.take("to")?;
    let when = fields.rest.remove("when").ok_or_else(|| Fault::new(&fields.place, "needs “when”"))?;
    fields.nothing_left("is not part of a skip")?;
    Ok(SkipEntry { when, to })
}

/// The fields of one object that nobody has taken yet.
struct Fields {
    place: String,
    rest: Map<String, Value>,
}

impl Fields {
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        let Some(value) = self.rest.remove(name) else { return Ok(None) };
        serde_json::from_value(value).map(Some).map_err(|error| self.fault(name, &error.to_string()))
    }

    fn text(&mut self, name: &str) -> Result<String, Fault> {
        let text = self.take::<String>(name)?.unwrap_or_default().trim().to_owned();
        if text.chars().count() > LONGEST_TEXT {
            return Err(self.fault(name, &format!("must be {LONGEST_TEXT} characters or fewer")));
        }
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(self.fault(name, "holds a character that cannot be used"));
        }
        Ok(text)
    }

    fn fault(&self, name: &str, message: &str) -> Fault {
        Fault::new(format!("{}.{name}", self.place), message.replace('`', "\""))
    }

    fn nothing_left(&self, message: &str) -> Result<(), Fault> {
        self.rest.keys().next().map_or(Ok(()), |name| Err(self.fault(name, message)))
    }

    /// The kind with its settings out of what is left, held to the same bounds as in the builder.
    fn kind(self) -> Result<Kind, Fault> {
        let parse = |fields: &Map<String, Value>| serde_json::from_value::<Kind>(Value::Object(fields.clone()));
        if !self.rest.contains_key("kind") {
            return Err(self.fault("kind", "is missing. It says what kind of question it is"));
        }
        let kind = parse(&self.rest).map_err(|error| Fault::new(&self.place, error.to_string().replace('`', "\"")))?;
        // A field that may hold anything at all is read by nobody: it is misspelt, or belongs to another kind.
        let ignored = self.rest.keys().find(|name| {
            let mut changed = self.rest.clone();
            changed.insert((*name).clone(), serde_json::json!({ "": [] }));
            parse(&changed).is_ok()
        });
        if let Some(name) = ignored {
            return Err(self.fault(name, &format!("is no setting of “{}”", kind.tag())));
        }
        let form: Vec<(String, String)> =
            kind.settings_form().into_iter().map(|(part, value)| (format!("s-{part}"), value)).collect();
        kind.with_settings(&Given::new(&form, "s")).map_err(|problems| {
            let (setting, message) = problems.first().map_or(("", ""), |(setting, message)| (setting.part(), message));
            self.fault(&setting.replace('-', "_"), message)
        })
    }
}
