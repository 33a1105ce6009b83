//! People's own words, as they wrote them.

use leptos::prelude::*;

/// A text in paragraphs: an empty line begins a new one, a line break stays. Nothing in it is markup.
pub fn paragraphs(text: &str) -> AnyView {
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(|block| {
        let lines: Vec<AnyView> = block
            .lines()
            .enumerate()
            .map(|(at, line)| {
                let line = line.to_owned();
                if at == 0 { line.into_any() } else { view! { <br/>{line} }.into_any() }
            })
            .collect();
        view! { <p class="govuk-body">{lines}</p> }
    });
    blocks.collect_view().into_any()
}
