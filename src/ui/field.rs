//! One-line boxes.

use leptos::prelude::*;

use super::spoken::Language;
use super::{described_by, error_view, group_class, hint_view, say};
use crate::web::Form;
use crate::web::form::HONEYPOT;

/// A one-line box, to be shown with `view`.
pub struct Field {
    name: String,
    label: String,
    hint: Option<String>,
    value: String,
    written_in: Option<&'static Language>,
    kind: &'static str,
    width: Option<u8>,
    autocomplete: Option<&'static str>,
    inputmode: Option<&'static str>,
    suffix: Option<String>,
    group: &'static str,
    error: Option<AnyView>,
}

/// A box for a short text.
pub fn text(form: &Form, name: &str, label: impl Into<String>) -> Field {
    Field {
        name: name.to_owned(),
        label: label.into(),
        hint: None,
        value: form.value(name).to_owned(),
        written_in: None,
        kind: "text",
        width: None,
        autocomplete: None,
        inputmode: None,
        suffix: None,
        group: group_class(form, name),
        error: error_view(form, name),
    }
}

/// A box for an e-mail address.
pub fn email(form: &Form, name: &str, label: impl Into<String>) -> Field {
    Field { kind: "email", autocomplete: Some("email"), ..text(form, name, label) }
}

/// A box for a password, never filled in from what was typed.
pub fn password(form: &Form, name: &str, label: impl Into<String>, autocomplete: &'static str) -> Field {
    Field { kind: "password", value: String::new(), autocomplete: Some(autocomplete), ..text(form, name, label) }
}

impl Field {
    /// A line of help under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The box's width in characters: 2, 3, 4, 5, 10 or 20.
    #[must_use]
    pub fn width(mut self, characters: u8) -> Self {
        self.width = Some(characters);
        self
    }

    /// A box for a number: digits on a phone's keyboard.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.inputmode = Some("decimal");
        self
    }

    /// The kind of box: "tel", "url".
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// What a browser may fill in: "name", "tel".
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// A unit after the box.
    #[must_use]
    pub fn suffix(mut self, unit: impl Into<String>) -> Self {
        self.suffix = Some(unit.into());
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
        let described = described_by(&self.name, self.hint.is_some(), self.error.is_some());
        let invalid = if self.error.is_some() { " govuk-input--error" } else { "" };
        let width = self.width.map(|width| format!(" govuk-input--width-{width}")).unwrap_or_default();
        let class = format!("govuk-input{width}{invalid}");
        let input = view! {
            <input
                class=class
                id=self.name.clone()
                name=self.name.clone()
                type=self.kind
                value=self.value
                autocomplete=self.autocomplete
                inputmode=self.inputmode
                lang=self.written_in.map(|language| language.tag)
                dir=self.written_in.map(Language::direction)
                aria-describedby=described
            />
        };
        let input = match self.suffix {
            Some(unit) => {
                view! { <div class="govuk-input__wrapper">{input}<div class="govuk-input__suffix">{unit}</div></div> }
                    .into_any()
            }
            None => input.into_any(),
        };
        view! {
            <div class=self.group>
                <label class="govuk-label" for=self.name.clone()>{say(self.label)}</label>
                {hint_view(&self.name, self.hint.as_deref())}
                {self.error}
                {input}
            </div>
        }
        .into_any()
    }
}

/// A box that people cannot see; a program fills it in and gives itself away.
pub fn honeypot() -> AnyView {
    view! {
        <div class="ds-hp" aria-hidden="true">
            <label for=HONEYPOT>"Leave this box empty"</label>
            <input id=HONEYPOT name=HONEYPOT type="text" tabindex="-1" autocomplete="off"/>
        </div>
    }
    .into_any()
}
