//! Boxes for longer texts: the only place a text area is drawn.

use leptos::prelude::*;

use super::spoken::Language;
use super::{described_by, error_view, group_class, hint_view, say};
use crate::web::{Form, number};

/// A box of several lines, to be shown with `view`.
pub struct Textarea {
    name: String,
    label: String,
    hint: Option<String>,
    value: String,
    written_in: Option<&'static Language>,
    rows: u8,
    limit: Option<usize>,
    group: &'static str,
    error: Option<AnyView>,
}

/// A box for a text of several lines.
pub fn textarea(form: &Form, name: &str, label: impl Into<String>) -> Textarea {
    Textarea {
        name: name.to_owned(),
        label: label.into(),
        hint: None,
        value: form.value(name).to_owned(),
        written_in: None,
        rows: 5,
        limit: None,
        group: group_class(form, name),
        error: error_view(form, name),
    }
}

impl Textarea {
    /// A line of help under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// How many lines the box shows.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The most characters, said under the box; the server checks it.
    #[must_use]
    pub fn limit(mut self, characters: usize) -> Self {
        self.limit = Some(characters);
        self
    }

    /// Says in which language the text is written, so that it stands in its direction and is spelt by its dictionary.
    #[must_use]
    pub fn written_in(mut self, language: &'static Language) -> Self {
        self.written_in = Some(language);
        self
    }

    /// The field as it is drawn.
    pub fn view(self) -> AnyView {
        let mut described = described_by(&self.name, self.hint.is_some(), self.error.is_some());
        if self.limit.is_some() {
            let info = format!("{}-info", self.name);
            described = Some(described.map_or(info.clone(), |ids| format!("{ids} {info}")));
        }
        let class = if self.error.is_some() { "govuk-textarea govuk-textarea--error" } else { "govuk-textarea" };
        // The server writes children of a textarea raw, so that the text is escaped here; the first newline is swallowed by browsers.
        let escaped = format!("\n{}", self.value.replace('&', "&amp;").replace('<', "&lt;"));
        let limit = self.limit.map(|most| {
            view! { <div id=format!("{}-info", self.name) class="govuk-hint govuk-character-count__message">{say(format!("You can write up to {} characters", number::grouped(&most)))}</div> }
        });
        view! {
            <div class=self.group>
                <label class="govuk-label" for=self.name.clone()>{say(self.label)}</label>
                {hint_view(&self.name, self.hint.as_deref())}
                {self.error}
                <textarea class=class id=self.name.clone() name=self.name.clone() rows=self.rows.to_string() lang=self.written_in.map(|language| language.tag) dir=self.written_in.map(Language::direction) aria-describedby=described>{escaped}</textarea>
                {limit}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v01_typed_markup_cannot_leave_the_box() {
        let form = Form::filled(&[("words", "</textarea><script>alert(1)</script> & more")]);
        let html = textarea(&form, "words", "Your words").view().to_html();
        assert!(!html.contains("<script>"));
        assert!(html.contains("&lt;/textarea>&lt;script>"));
        assert!(html.contains("&amp; more"));
        assert_eq!(html.matches("</textarea>").count(), 1);
    }
}
