//! Small pieces that several pages share.

use leptos::prelude::*;

use crate::clock;
use crate::findings::Finding;
use crate::findings::around::Around;
use crate::plans::pages::parts::word;
use crate::ui;

/// The whole entry: asked, said, decided and done, with the voices, the promises and the evidence.
pub(super) fn entry(finding: &Finding, around: &Around) -> AnyView {
    let part = |heading: &'static str, words: &str| view! { <section class="ds-section"><h2>{heading}</h2>{ui::paragraphs(words)}</section> };
    let voices = around
        .voices
        .iter()
        .map(|(what, href)| match href.clone() {
            Some(href) => view! { <li><a href=href>{what.clone()}</a></li> }.into_any(),
            None => view! { <li>{what.clone()}</li> }.into_any(),
        })
        .collect_view();
    let standards = around
        .standards
        .iter()
        .map(|standard| view! { <li><a href=format!("/standards/{}", standard.slug)>{standard.title.clone()}</a>", "{standard.area_name.clone()}</li> })
        .collect_view();
    let actions = around
        .actions
        .iter()
        .map(|action| view! { <li><a href=action.href.clone()>{action.name.clone()}</a>" "{word(action.word)}</li> })
        .collect_view();
    let listed = |heading: &'static str, rows: Vec<AnyView>| {
        (!rows.is_empty()).then(|| view! { <section class="ds-section"><h2>{heading}</h2><ul>{rows}</ul></section> })
    };
    view! {
        {part("We asked", &finding.asked)}
        <section class="ds-section"><h2>"You said"</h2>
            {ui::paragraphs(&finding.said)}
            <p class="ds-meta">{finding.heard_from.clone()}</p>
        </section>
        <section class="ds-section"><h2>"We decided"</h2>
            <p><strong class="govuk-tag">{finding.decision.label()}</strong>" on "{clock::day(finding.decided_on)}</p>
            {ui::paragraphs(&finding.reason)}
        </section>
        {part("We did", &finding.did)}
        {listed("How far we have got", rows(actions))}
        {listed("Where we heard it", rows(voices))}
        {listed("The promises it is about", rows(standards))}
    }
    .into_any()
}

fn rows<V: IntoView + 'static>(views: Vec<V>) -> Vec<AnyView> {
    views.into_iter().map(IntoAny::into_any).collect()
}
