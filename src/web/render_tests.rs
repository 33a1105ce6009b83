use leptos::prelude::{ElementChild as _, GlobalAttributes as _};

use super::*;

#[test]
fn marks_stay_in_islands_alone() {
    let drawn = "<title>Tea<!></title><leptos-island data-component=\"A\"><b>1<!></b></leptos-island><p>2<!><!></p><leptos-island>3<!>";
    let plain =
        "<title>Tea</title><leptos-island data-component=\"A\"><b>1<!></b></leptos-island><p>2</p><leptos-island>3<!>";
    assert_eq!(without_marks(drawn), plain);
}

#[test]
fn v01_what_was_typed_is_never_taken_for_a_mark() {
    let html = leptos::prelude::view! { <p title="<!>">{"<!>"}</p> }.to_html();
    assert!(without_marks(&html).contains("title=\"&lt;!&gt;\"") && html.contains(">&lt;!&gt;"), "{html}");
}
