//! What a page puts into a form by itself, with the mark that says that nobody typed it.

use leptos::prelude::*;

use crate::web::form::CARRIED;

/// The name of a button, where a form has several or a page several forms.
pub const STEP: &str = "~step";

/// A value that goes along unseen.
pub fn carried(name: &str, value: impl Into<String>) -> AnyView {
    let (name, value) = (format!("{CARRIED}{name}"), value.into());
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_typed_has_its_mark() {
        assert_eq!(STEP.strip_prefix(CARRIED), Some("step"));
        assert!(carried("key", "1a2b").to_html().contains("name=\"~key\" value=\"1a2b\""));
    }
}
