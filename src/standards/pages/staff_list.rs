//! Every standard for staff, by area and state.

use leptos::prelude::*;

use crate::clock;
use crate::people::Role;
use crate::permissions;
use crate::standards::standard::Listed;
use crate::standards::store::versions;
use crate::standards::{self, Area};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// States a list can be narrowed to.
const STATES: [(&str, &str); 5] = [
    ("", "Every state"),
    ("in-force", "In force"),
    ("draft", "With a draft"),
    ("to-come", "Published, to come"),
    ("retired", "No longer promised"),
];

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let role = req.account()?.role;
    let form = req.query_form();
    let mut tx = req.app.db.read().await?;
    let areas = standards::areas(&mut tx).await?;
    let mut all = versions::list_for_staff(&mut tx).await?;
    all.retain(|one| is_wanted(one, &form));
    Ok(Page::staff("Standards", move || {
        let count = format!("{} {}", all.len(), if all.len() == 1 { "standard" } else { "standards" });
        let write = permissions::may_post(Some(role), "/staff/standards/new").then(|| ui::link_button("Write a new standard", "/staff/standards/new"));
        view! {
            <h1>"Standards"</h1>
            <div class="ds-toolbar">{write}<a href="/staff/standards/areas">"Service areas"</a><a href="/standards">"What residents see"</a></div>
            {filters(&form, areas, &count)}
            {table(&all)}
        }
    })
    .into())
}

fn is_wanted(one: &Listed, form: &Form) -> bool {
    let area = form.value("area");
    let state = match form.value("state") {
        "in-force" => one.in_force_from.is_some() && !one.is_retired,
        "retired" => one.is_retired,
        "draft" => one.has_draft,
        "to-come" => one.upcoming_from.is_some(),
        _ => true,
    };
    state && (area.is_empty() || area == one.area_slug)
}

fn filters(form: &Form, areas: Vec<Area>, count: &str) -> AnyView {
    let areas: Vec<(String, String)> = std::iter::once((String::new(), "Every area".to_owned()))
        .chain(areas.into_iter().map(|area| (area.slug, area.name)))
        .collect();
    view! {
        <form class="ds-filters" method="get" action="/staff/standards">
            {ui::select(form, "area", "Area", areas)}
            {ui::select(form, "state", "State", STATES)}
            {ui::quiet_button("Show")}
            <p class="ds-filters__count">{count.to_owned()}</p>
        </form>
    }
    .into_any()
}

/// The states of a standard as tags.
pub(super) fn tags(one: &Listed) -> AnyView {
    let mut words: Vec<String> = Vec::new();
    if let Some(from) = one.upcoming_from {
        words.push(format!("From {}", clock::day(from)));
    }
    if one.has_draft {
        words.push("Draft".into());
    }
    if one.in_force_from.is_some() {
        words.insert(0, if one.is_retired { "No longer promised".into() } else { "In force".into() });
    }
    if let Some(from) = one.retired_from.filter(|_| !one.is_retired) {
        words.push(format!("Ends before {}", clock::day(from)));
    }
    words.into_iter().map(|word| view! { <strong class="govuk-tag">{word}</strong>" " }).collect_view().into_any()
}

fn table(all: &[Listed]) -> AnyView {
    if all.is_empty() {
        return view! { <div class="ds-empty"><p>"No standard is like that. Choose another area or state, or write a new one."</p></div> }.into_any();
    }
    let rows = all.iter().map(|one| {
        let owner = one.owner_role.parse::<Role>().map_or("", Role::label);
        view! {
            <tr>
                <th scope="row"><a href=format!("/staff/standards/{}", one.id)>{one.title.clone()}</a></th>
                <td>{one.area_name.clone()}</td>
                <td>{tags(one)}</td>
                <td>{one.in_force_from.map_or("Not yet".to_owned(), clock::day)}</td>
                <td>{owner}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll ds-scroll--tall" tabindex="0" role="region" aria-label="Standards">
            <table class="ds-table">
                <thead><tr><th scope="col">"Standard"</th><th scope="col">"Area"</th><th scope="col">"State"</th><th scope="col">"In force since"</th><th scope="col">"Owner"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
