//! A status: a word with a shape and a colour, so that none of the three is needed alone.

use leptos::prelude::*;

/// A status word. `code` picks shape and colour: done, on-track, late, not-started, stopped, merged, unclassified; meeting, close, missing, too-few.
pub fn status(code: &str, word: &str) -> AnyView {
    view! { <strong class=format!("ds-status ds-status--{code}")>{word.to_owned()}</strong> }.into_any()
}
