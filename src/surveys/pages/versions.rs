//! How published results came about, in which files they can be had, and which versions of them there are.

use leptos::prelude::*;

use crate::clock;
use crate::surveys::snapshot::Snapshot;
use crate::surveys::store::snapshots::Listed;

/// The end of the page of results.
pub fn view(shown: &Snapshot, all: &[Listed], path: &str) -> AnyView {
    let sentences = shown.content.method.sentences().into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    let newest = all.first().is_some_and(|newest| newest.number == shown.number);
    let of = if newest { String::new() } else { format!("?version={}", shown.number) };
    let replaced = (!newest).then(|| {
        view! {
            <div class="govuk-inset-text">
                "This is an earlier version, which was corrected. "<a href=format!("{path}/results")>"See the newest version"</a>"."
            </div>
        }
    });
    let published = all.iter().find(|version| version.number == shown.number);
    let published = published.map(|version| {
        let on = clock::day(clock::london_day(version.approved_at));
        let by =
            if version.approved_by.is_some() { " One person prepared them and another approved them." } else { "" };
        format!("These results were published on {on}.{by} They do not change: a correction is a new version.")
    });
    let versions = (all.len() > 1).then(|| list(all, path));
    view! {
        <section class="ds-section">
            <h2>"How we got these results"</h2>
            {replaced}
            {sentences}
            {published.map(|words| view! { <p>{words}</p> })}
            {versions}
            <p>"The figures as data: "
                <a href=format!("{path}/results.csv{of}")>"CSV"</a>", "
                <a href=format!("{path}/results.json{of}")>"JSON"</a>"."</p>
        </section>
    }
    .into_any()
}

/// Every version, newest first.
pub fn list(all: &[Listed], path: &str) -> AnyView {
    let items = all.iter().map(|version| {
        let on = clock::day(clock::london_day(version.approved_at));
        let why = if version.reason.is_empty() { "The first version".to_owned() } else { version.reason.clone() };
        let href = format!("{path}/results?version={}", version.number);
        view! { <li><a href=href>{format!("Version {}, published on {on}", version.number)}</a>{format!(": {why}")}</li> }
    });
    view! { <h3>"Versions"</h3><ul>{items.collect_view()}</ul> }.into_any()
}
