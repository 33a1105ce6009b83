//! What is wrong with a form, first on the page, each line leading to its field.

use leptos::prelude::*;

use super::say;
use crate::web::Form;

/// The summary; nothing when nothing is wrong. It takes the focus on arrival by the page's address, without script.
pub fn error_summary(form: &Form) -> Option<AnyView> {
    if form.is_valid() {
        return None;
    }
    let lines = form.errors().iter().map(|(field, message)| {
        let (href, message) = (format!("#{field}"), say(message));
        view! { <li><a href=href>{message}</a></li> }
    });
    let lines = lines.collect_view();
    Some(
        view! {
            <div class="govuk-error-summary" aria-labelledby="error-summary-title" role="alert" tabindex="-1" autofocus>
                <h2 class="govuk-error-summary__title" id="error-summary-title">{say("There is a problem")}</h2>
                <div class="govuk-error-summary__body">
                    <ul class="govuk-list govuk-error-summary__list">{lines}</ul>
                </div>
            </div>
        }
        .into_any(),
    )
}
