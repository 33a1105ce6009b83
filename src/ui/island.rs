//! Browser code: a filter over a table that is already there. Its pages work without it.

use leptos::prelude::*;

/// Hides the rows of a table that do not hold what is typed. Until script is awake the box cannot be seen, but its room is kept, so that nothing moves.
#[island]
pub fn FilterRows(
    /// The id of the table.
    table: String,
    /// What the box is called.
    label: String,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| awake.set(true));
    let box_id = format!("{table}-filter");
    view! {
        <div class="govuk-form-group" class:ds-asleep=move || !awake.get()>
            <label class="govuk-label" for=box_id.clone()>{label}</label>
            <input class="govuk-input govuk-input--width-20" id=box_id type="search" on:input=move |event| filter(&table, &event_target_value(&event))/>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn filter(table: &str, typed: &str) {
    let wanted = typed.to_lowercase();
    let Ok(rows) = document().query_selector_all(&format!("#{table} tbody tr")) else { return };
    for at in 0..rows.length() {
        use leptos::wasm_bindgen::JsCast as _;
        if let Some(row) = rows.item(at).and_then(|row| row.dyn_into::<web_sys::HtmlElement>().ok()) {
            let shown = row.text_content().unwrap_or_default().to_lowercase().contains(&wanted);
            row.set_hidden(!shown);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
fn filter(_: &str, _: &str) {}
