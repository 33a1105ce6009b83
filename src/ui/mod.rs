//! The pieces pages are made of: form fields, summaries, tables of facts. One component a file; none of them reads or writes anything.

pub mod button;
pub mod carried;
pub mod chart;
pub mod choice;
pub mod day;
pub mod error_summary;
pub mod facts;
pub mod field;
pub mod file;
pub mod island;
pub mod links;
pub mod markdown;
pub mod qr;
pub mod spoken;
pub mod stacked;
pub mod status;
pub mod textarea;
pub mod ways;
pub mod words;

pub use button::{button, danger_button, link_button, quiet_button};
pub use carried::{STEP, carried};
pub use choice::{checkbox, checkboxes, radios, select};
pub use day::day;
pub use error_summary::error_summary;
pub use facts::facts;
pub use field::{email, honeypot, password, text};
pub use file::file;
pub use links::linked;
pub use markdown::markdown;
pub use qr::qr;
pub use spoken::{filled, said, say};
pub use stacked::stacked;
pub use status::status;
pub use textarea::textarea;
pub use words::{capital, counted, paragraphs};

use leptos::prelude::*;

use crate::web::Form;

/// The ids that a field's box names as its description: hint, then error.
fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> =
        [hint.then(|| format!("{name}-hint")), error.then(|| format!("{name}-error"))].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn hint_view(name: &str, hint: Option<&str>) -> Option<AnyView> {
    hint.map(|hint| view! { <div id=format!("{name}-hint") class="govuk-hint">{say(hint)}</div> }.into_any())
}

fn error_view(form: &Form, name: &str) -> Option<AnyView> {
    form.error_of(name).map(|message| {
        view! {
            <p id=format!("{name}-error") class="govuk-error-message">
                <span class="govuk-visually-hidden">{say("Error:")}" "</span>
                {say(message)}
            </p>
        }
        .into_any()
    })
}

fn group_class(form: &Form, name: &str) -> &'static str {
    if form.error_of(name).is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
}
