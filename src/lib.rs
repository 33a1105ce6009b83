#![cfg(all(feature = "hydrate", not(feature = "ssr")))]
//! The browser's root: the islands and nothing else. This is an allow-list, reviewed like a list of dependencies.

pub mod ui {
    pub mod island;
}

/// Wakes the islands of a page; called by the page's own script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
