//! Buttons that say what happens, and links that look like them.

use leptos::prelude::*;

use super::say;

/// The page's main button.
pub fn button(label: &str) -> AnyView {
    view! { <button type="submit" class="govuk-button">{say(label)}</button> }.into_any()
}

/// A button for what is done less often.
pub fn quiet_button(label: &str) -> AnyView {
    view! { <button type="submit" class="govuk-button govuk-button--secondary">{say(label)}</button> }.into_any()
}

/// A button for what cannot be undone.
pub fn danger_button(label: &str) -> AnyView {
    view! { <button type="submit" class="govuk-button govuk-button--warning">{say(label)}</button> }.into_any()
}

/// A link that looks like the page's main button.
pub fn link_button(label: &str, href: impl Into<String>) -> AnyView {
    view! { <a href=href.into() class="govuk-button">{say(label)}</a> }.into_any()
}
