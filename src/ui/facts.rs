//! A list of facts: what it is, and its value.

use leptos::prelude::*;

use super::say;

/// A list of facts. Values are views, so that they may hold links and statuses.
pub fn facts(rows: Vec<(&str, AnyView)>) -> AnyView {
    let rows = rows.into_iter().map(|(key, value)| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{say(key)}</dt>
                <dd class="govuk-summary-list__value">{value}</dd>
            </div>
        }
    });
    view! { <dl class="govuk-summary-list">{rows.collect_view()}</dl> }.into_any()
}
