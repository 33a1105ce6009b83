//! Where one can go from a page of the workspace: links under a few headings instead of one heap.

use leptos::prelude::*;

/// A link to one of the pages.
pub fn way(href: String, words: &'static str) -> AnyView {
    view! { <li><a href=href>{words}</a></li> }.into_any()
}

/// The links of one heading; nothing where none of them is there for this person.
pub fn group<const N: usize>(title: &'static str, ways: [Option<AnyView>; N]) -> Option<AnyView> {
    let ways: Vec<AnyView> = ways.into_iter().flatten().collect();
    (!ways.is_empty()).then(|| {
        view! { <div><h2 class="ds-ways__title">{title}</h2><ul class="ds-ways__list">{ways}</ul></div> }.into_any()
    })
}

/// The groups side by side where there is room; nothing where there is no group.
pub fn view<const N: usize>(groups: [Option<AnyView>; N]) -> Option<AnyView> {
    let groups: Vec<AnyView> = groups.into_iter().flatten().collect();
    (!groups.is_empty()).then(|| view! { <div class="ds-ways">{groups}</div> }.into_any())
}
