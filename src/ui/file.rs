//! Choosing a file.

use leptos::prelude::*;

use super::{described_by, error_view, group_class, hint_view, say};
use crate::web::Form;

/// A box to choose a file; `accept` narrows what the picker offers. The form needs `enctype="multipart/form-data"`.
pub fn file(form: &Form, name: &str, label: impl Into<String>, hint: &str, accept: &'static str) -> AnyView {
    let (error, group) = (error_view(form, name), group_class(form, name));
    let described = described_by(name, !hint.is_empty(), error.is_some());
    view! {
        <div class=group>
            <label class="govuk-label" for=name.to_owned()>{say(label.into())}</label>
            {hint_view(name, Some(hint).filter(|hint| !hint.is_empty()))}
            {error}
            <input class="govuk-file-upload" id=name.to_owned() name=name.to_owned() type="file" accept=accept aria-describedby=described/>
        </div>
    }
    .into_any()
}
