//! Browser code: a counter beside a text box, and a filter over a table that is already there. Both pages work without them.

use leptos::prelude::*;

/// Says how many characters are left in the box with that id. Without script it says how many there are in all.
#[island]
pub fn CharactersLeft(
    /// The id of the text box.
    field: String,
    /// The most characters it takes.
    most: u32,
) -> impl IntoView {
    let words = RwSignal::new(format!("You can write up to {most} characters"));
    #[cfg(feature = "hydrate")]
    Effect::new({
        let field = field.clone();
        move |_| watch_box(&field, most, words)
    });
    view! { <span id=format!("{field}-left")>{move || words.get()}</span> }
}

/// Hides the rows of a table that do not hold what is typed. Without script the box is not shown.
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
        <div class="govuk-form-group" hidden=move || !awake.get()>
            <label class="govuk-label" for=box_id.clone()>{label}</label>
            <input class="govuk-input govuk-input--width-20" id=box_id type="search" on:input=move |event| filter(&table, &event_target_value(&event))/>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn watch_box(field: &str, most: u32, words: RwSignal<String>) {
    use leptos::wasm_bindgen::JsCast as _;
    use leptos::wasm_bindgen::closure::Closure;
    let Some(element) =
        document().get_element_by_id(field).and_then(|found| found.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    else {
        return;
    };
    let say = move |element: &web_sys::HtmlTextAreaElement| {
        let used = u32::try_from(element.value().chars().count()).unwrap_or(u32::MAX);
        words.set(match most.checked_sub(used) {
            Some(1) => "You have 1 character left".into(),
            Some(left) => format!("You have {left} characters left"),
            None => format!("You have {} characters too many", used - most),
        });
    };
    say(&element);
    let watched = element.clone();
    let on_input = Closure::<dyn Fn()>::new(move || say(&watched));
    // The listener lives as long as the page.
    let _ = element.add_event_listener_with_callback("input", on_input.as_ref().unchecked_ref());
    on_input.forget();
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
