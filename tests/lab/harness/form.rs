//! A form as it stands in a page, filled in as a person would: every question answered, every hidden field sent back, the trap for programs left alone.

use super::{Outcome, ensure};

/// A field of a form and what it would send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: String,
    pub value: String,
    pub checked: bool,
    trap: bool,
}

/// A form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The path it posts to; empty for the page's own.
    pub action: String,
    pub fields: Vec<Field>,
}

impl Form {
    /// The form of a page that posts to a path ending so.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(html: &str, ending: &str) -> Outcome<Self> {
        let found = all(html).into_iter().find(|form| form.action.ends_with(ending));
        found.ok_or_else(|| format!("the page has no form that posts to …{ending}").into())
    }

    /// The form of a page that has a field of that name.
    ///
    /// # Errors
    /// When there is none.
    pub fn with_field(html: &str, name: &str) -> Outcome<Self> {
        let found = all(html).into_iter().find(|form| form.has(name));
        found.ok_or_else(|| format!("the page has no form with a field {name}").into())
    }

    /// What a person who answers everything would send, with their own words for the fields named.
    #[must_use]
    pub fn fill(&self, own: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut sent: Vec<(String, String)> = Vec::new();
        for field in self.fields.iter().filter(|field| !field.name.is_empty()) {
            if own.iter().any(|(name, _)| *name == field.name) {
                continue;
            }
            let value = match field.kind.as_str() {
                "hidden" => field.value.clone(),
                _ if field.trap => String::new(),
                "radio" | "select" if sent.iter().any(|(name, _)| *name == field.name) => continue,
                "radio" | "select" if field.value.is_empty() => continue,
                "radio" | "select" => field.value.clone(),
                "checkbox" if field.checked => field.value.clone(),
                "checkbox" | "file" | "submit" => continue,
                _ if !field.value.is_empty() => field.value.clone(),
                "email" => "somebody@example.org".to_owned(),
                "tel" => "01632 960 123".to_owned(),
                _ => guess(&field.name),
            };
            sent.push((field.name.clone(), value));
        }
        sent.extend(own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        sent
    }

    /// True when the form has a field of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Fails unless the form has every field named.
    ///
    /// # Errors
    /// The field it lacks.
    pub fn expect(self, names: &[&str]) -> Outcome<Self> {
        for name in names {
            ensure(self.has(name), || format!("the form that posts to {} has no field {name}", self.action))?;
        }
        Ok(self)
    }
}

fn guess(name: &str) -> String {
    match name.rsplit('-').next() {
        Some("day") => "9",
        Some("month") => "3",
        Some("year") => "2026",
        _ => "7",
    }
    .to_owned()
}

/// Every form of a page.
fn all(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut select: Option<String> = None;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = rest.get(start + 1..).unwrap_or_default();
        let end = tag_end(rest);
        let tag = rest.get(..end).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default();
        let name = tag.split([' ', '/', '>']).find(|part| !part.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            match name {
                "form" => inside = false,
                "select" => select = None,
                _ => {}
            }
            continue;
        }
        let attribute = |wanted: &str| attribute(tag, wanted);
        if name == "form" {
            inside = true;
            forms.push(Form { action: attribute("action").unwrap_or_default(), fields: Vec::new() });
            continue;
        }
        let (true, Some(form)) = (inside, forms.last_mut()) else { continue };
        // Pages read what they carry themselves by its name alone, without its mark.
        let own = attribute("name").unwrap_or_default().trim_start_matches('~').to_owned();
        let value = attribute("value").unwrap_or_default();
        let field = match name {
            "input" => Field {
                name: own,
                kind: attribute("type").unwrap_or_else(|| "text".to_owned()),
                value,
                checked: attribute("checked").is_some(),
                trap: attribute("tabindex").as_deref() == Some("-1"),
            },
            "textarea" => {
                let text = rest.get(1..).and_then(|rest| rest.split_once("</textarea")).map_or("", |(text, _)| text);
                Field {
                    name: own,
                    kind: "textarea".into(),
                    value: plain(text.trim_start_matches('\n')),
                    checked: false,
                    trap: false,
                }
            }
            "select" => {
                select = Some(own);
                continue;
            }
            "option" => {
                let Some(name) = select.clone() else { continue };
                Field { name, kind: "select".into(), value, checked: attribute("selected").is_some(), trap: false }
            }
            _ => continue,
        };
        form.fields.push(field);
    }
    forms
}

/// Where a tag ends, past any `>` in an attribute.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.find(wanted) {
        let (before, after) = rest.split_at(at);
        let after = after.get(wanted.len()..).unwrap_or_default();
        if before.ends_with([' ', '\n']) {
            if let Some(value) = after.strip_prefix("=\"") {
                return value.split('"').next().map(plain);
            }
            if after.is_empty() || after.starts_with([' ', '/', '>', '=']) {
                return Some(String::new());
            }
        }
        rest = after;
    }
    None
}

/// Text without its entities.
fn plain(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
