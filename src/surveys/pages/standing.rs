//! What it means that a group is called higher or lower than the rest.

use leptos::prelude::*;

use crate::statistics::standing::Comparison;

/// What "the rest" is, when a difference is called one, and whether there is any at all.
pub fn note(comparison: &Comparison) -> AnyView {
    let differ = match comparison.differ {
        Some(true) => "Taken together, the areas differ by more than chance would explain.",
        Some(false) => "Taken together, the areas differ no more than chance would explain.",
        None => "There are too few answers to say whether the areas, taken together, differ.",
    };
    let rest = "“The rest” is everybody in the other rows whose share is shown. An area is called higher or lower only where chance would bring such a difference, in any area of this table, less often than once in 20 times.";
    view! {
        <p class="ds-figure-note">{rest}</p>
        <p class="ds-figure-note">{differ}</p>
    }
    .into_any()
}
