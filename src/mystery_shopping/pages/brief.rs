//! What a shopper is asked to do, as they read it; staff see the same beside the scenario they write.

use leptos::prelude::*;

use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::scenario::Scenario;
use crate::ui;

/// The brief of a scenario. `heading` is the level of its headings: 2 or 3.
pub(super) fn brief(scenario: &Scenario, standards: &[Cited]) -> AnyView {
    let parts = [
        ("Who you are", &scenario.persona),
        ("What to do", &scenario.brief),
        ("How to begin", &scenario.opening_line),
        ("What you may say about yourself", &scenario.facts_allowed),
        ("What a right answer holds", &scenario.answer_key),
        ("When to stop", &scenario.stop_rule),
    ];
    let parts = parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(title, text)| view! { <h3 class="govuk-heading-s">{title}</h3> {ui::paragraphs(text)} });
    let parts = parts.collect_view();
    let items = scenario.items.iter().map(|item| {
        let promise = cited::title(standards, item.standard);
        let measure = (!item.measure.is_empty()).then(|| format!(" Note the {}.", item.measure));
        view! { <li>{item.wording.clone()}<br/><span class="ds-meta">"Our promise: "{promise}"."{measure}</span></li> }
    });
    view! {
        <p><strong class="govuk-tag">{scenario.channel.label()}</strong></p>
        {parts}
        <h3 class="govuk-heading-s">"What we will ask you"</h3>
        <ul class="govuk-list govuk-list--bullet">{items.collect_view()}</ul>
    }
    .into_any()
}
