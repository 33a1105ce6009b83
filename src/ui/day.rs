//! A day in three boxes, which works with every keyboard and every reader.

use leptos::prelude::*;

use super::{described_by, error_view, group_class, hint_view, say};
use crate::web::Form;

/// A question for a day, read with `Form::day`.
pub fn day(form: &Form, name: &str, legend: impl Into<String>, hint: &str) -> AnyView {
    let legend: String = legend.into();
    let (error, group) = (error_view(form, name), group_class(form, name));
    let described = described_by(name, !hint.is_empty(), error.is_some());
    let invalid = if error.is_some() { " govuk-input--error" } else { "" };
    let boxes = [("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4)].map(|(part, label, width)| {
        let field = format!("{name}-{part}");
        // The summary's link leads to the field's own name, so that the first box has it as its id.
        let id = if part == "day" { name.to_owned() } else { field.clone() };
        let value = form.value(&field).to_owned();
        view! {
            <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                    <label class="govuk-label govuk-date-input__label" for=id.clone()>{say(label)}</label>
                    <input class=format!("govuk-input govuk-date-input__input govuk-input--width-{width}{invalid}") id=id name=field type="text" inputmode="numeric" value=value/>
                </div>
            </div>
        }
    });
    let boxes = boxes.into_iter().collect_view();
    view! {
        <div class=group>
            <fieldset class="govuk-fieldset" role="group" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{say(legend)}</legend>
                {hint_view(name, Some(hint).filter(|hint| !hint.is_empty()))}
                {error}
                <div class="govuk-date-input">{boxes}</div>
            </fieldset>
        </div>
    }
    .into_any()
}
