//! Choices: radios, boxes to tick, and a list to pick from.

use leptos::prelude::*;

use super::{described_by, error_view, group_class, hint_view};
use crate::web::Form;

/// One thing that can be chosen: the value sent, and the words shown.
pub type Choice = (String, String);

/// A question with its choices, to be shown with `view`.
pub struct Choices {
    name: String,
    legend: String,
    hint: Option<String>,
    choices: Vec<(Choice, bool)>,
    many: bool,
    inline: bool,
    group: &'static str,
    error: Option<AnyView>,
}

fn choices<V: Into<String>, L: Into<String>>(
    form: &Form,
    name: &str,
    legend: impl Into<String>,
    choices: impl IntoIterator<Item = (V, L)>,
    many: bool,
) -> Choices {
    let choices = choices.into_iter().map(|(value, label)| (value.into(), label.into()));
    Choices {
        name: name.to_owned(),
        legend: legend.into(),
        hint: None,
        choices: choices
            .map(|(value, label): Choice| {
                let chosen = form.has(name, &value);
                ((value, label), chosen)
            })
            .collect(),
        many,
        inline: false,
        group: group_class(form, name),
        error: error_view(form, name),
    }
}

/// Choices of which one can be picked.
pub fn radios<V: Into<String>, L: Into<String>>(
    form: &Form,
    name: &str,
    legend: impl Into<String>,
    all: impl IntoIterator<Item = (V, L)>,
) -> Choices {
    choices(form, name, legend, all, false)
}

/// Choices of which several can be ticked.
pub fn checkboxes<V: Into<String>, L: Into<String>>(
    form: &Form,
    name: &str,
    legend: impl Into<String>,
    all: impl IntoIterator<Item = (V, L)>,
) -> Choices {
    choices(form, name, legend, all, true)
}

impl Choices {
    /// A line of help under the question.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Short choices side by side where there is room.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    /// The question as it is drawn. The first choice has the field's own id, so that the error summary leads to it.
    pub fn view(self) -> AnyView {
        let described = described_by(&self.name, self.hint.is_some(), self.error.is_some());
        let (block, kind) = if self.many { ("govuk-checkboxes", "checkbox") } else { ("govuk-radios", "radio") };
        let list_class =
            if self.inline && !self.many { format!("{block} govuk-radios--inline") } else { block.to_owned() };
        let name = self.name.clone();
        let items = self.choices.into_iter().enumerate().map(move |(at, ((value, label), chosen))| {
            let id = if at == 0 { name.clone() } else { format!("{name}-{}", at + 1) };
            view! {
                <div class=format!("{block}__item")>
                    <input class=format!("{block}__input") id=id.clone() name=name.clone() type=kind value=value checked=chosen/>
                    <label class=format!("govuk-label {block}__label") for=id>{label}</label>
                </div>
            }
        });
        let legend = view! { <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{self.legend}</legend> }
            .into_any();
        view! {
            <div class=self.group>
                <fieldset class="govuk-fieldset" aria-describedby=described>
                    {legend}
                    {hint_view(&self.name, self.hint.as_deref())}
                    {self.error}
                    <div class=list_class>{items.collect_view()}</div>
                </fieldset>
            </div>
        }
        .into_any()
    }
}

/// A single box to tick.
pub fn checkbox(form: &Form, name: &str, value: &str, label: impl Into<String>) -> AnyView {
    let (error, group, chosen) = (error_view(form, name), group_class(form, name), form.has(name, value));
    let described = described_by(name, false, error.is_some());
    view! {
        <div class=group>
            {error}
            <div class="govuk-checkboxes">
                <div class="govuk-checkboxes__item">
                    <input class="govuk-checkboxes__input" id=name.to_owned() name=name.to_owned() type="checkbox" value=value.to_owned() checked=chosen aria-describedby=described/>
                    <label class="govuk-label govuk-checkboxes__label" for=name.to_owned()>{label.into()}</label>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// A list to pick one from, for many choices.
pub fn select<V: Into<String>, L: Into<String>>(
    form: &Form,
    name: &str,
    label: impl Into<String>,
    all: impl IntoIterator<Item = (V, L)>,
) -> AnyView {
    let (error, group) = (error_view(form, name), group_class(form, name));
    let described = described_by(name, false, error.is_some());
    let class = if error.is_some() { "govuk-select govuk-select--error" } else { "govuk-select" };
    let options = all.into_iter().map(|(value, label)| {
        let value: String = value.into();
        let chosen = form.value(name) == value;
        let label: String = label.into();
        view! { <option value=value selected=chosen>{label}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class=group>
            <label class="govuk-label" for=name.to_owned()>{label.into()}</label>
            {error}
            <select class=class id=name.to_owned() name=name.to_owned() aria-describedby=described>{options}</select>
        </div>
    }
    .into_any()
}
