//! Buttons that say what happens, and links that look like them.

use leptos::prelude::*;

/// The page's main button.
pub fn button(label: &str) -> AnyView {
    view! { <button type="submit" class="govuk-button">{label.to_owned()}</button> }.into_any()
}

/// A button for what is done less often.
pub fn quiet_button(label: &str) -> AnyView {
    view! { <button type="submit" class="govuk-button govuk-button--secondary">{label.to_owned()}</button> }.into_any()
}

/// A button for what cannot be undone.
pub fn danger_button(label: &str) -> AnyView {
    view! { <button type="submit" class="govuk-button govuk-button--warning">{label.to_owned()}</button> }.into_any()
}

/// A link that looks like the page's main button.
pub fn link_button(label: &str, href: impl Into<String>) -> AnyView {
    view! { <a href=href.into() class="govuk-button">{label.to_owned()}</a> }.into_any()
}
