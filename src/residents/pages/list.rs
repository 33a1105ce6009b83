//! The landlord's homes: how many there are of each area and tenure, and, for those who write to them, each of them.

use leptos::prelude::*;

use crate::permissions;
use crate::residents::household::Household;
use crate::residents::store::households::{self, Count};
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many homes stand on a page.
const ON_A_PAGE: i64 = 50;

/// `/staff/homes?q=lark&area=Mill&from=50`
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let form = req.query_form();
    let may_see = permissions::may_read(req.viewer.role(), "/staff/homes/{id}");
    let from = req.query("from").and_then(|text| text.parse::<i64>().ok()).unwrap_or(0).clamp(0, 1_000_000);
    let mut tx = req.app.db.read().await?;
    let counts = households::count(&mut tx).await?;
    let mut homes = Vec::new();
    if may_see {
        homes = households::search(&mut tx, form.value("q"), form.value("area"), ON_A_PAGE + 1, from).await?;
    }
    let more = homes.len() > usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    homes.truncate(usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX));
    Ok(Page::staff("Homes", move || {
        let all: i64 = counts.iter().map(|count| count.homes).sum();
        let lead = if all == 0 {
            "Nobody has brought the list of homes yet.".to_owned()
        } else {
            format!("{} on the list.", ui::counted(usize::try_from(all).unwrap_or(0), "home is", "homes are"))
        };
        let bring = may_see.then(|| {
            let words = if all == 0 { "Bring the list of homes" } else { "Bring a newer list" };
            view! { <div class="ds-toolbar">{ui::link_button(words, "/staff/homes/import")}</div> }
        });
        let listed = (may_see && all > 0).then(|| {
            view! {
                <section class="ds-section">
                    <h2>"Find a home"</h2>
                    {filters(&form, &counts)}
                    {table(&homes)}
                    {pager(&form, from, more)}
                </section>
            }
        });
        view! {
            <div class="ds-heading"><h1>"Homes"</h1><p class="ds-lead">{lead}</p></div>
            <p>"Surveys are sent to homes of this list. Names and how to reach people are seen only by those who write to them, and are kept apart from all answers."</p>
            {bring}
            {(all > 0).then(|| counted(&counts))}
            {listed}
        }
    })
    .into())
}

/// The homes by area and tenure, with how they can be reached.
fn counted(counts: &[Count]) -> AnyView {
    let cell = |number: i64| view! { <td class="ds-table__number">{grouped(&number)}</td> };
    let row = |count: &Count| {
        view! {
            <tr>
                <th scope="row">{named(&count.area)}</th>
                <td>{named(&count.tenure)}</td>
                {cell(count.homes)}{cell(count.with_email)}{cell(count.with_mobile)}{cell(count.with_telephone)}{cell(count.no_contact)}
            </tr>
        }
    };
    let rows = counts.iter().map(row).collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label="Homes by area and tenure">
            <table class="ds-table">
                <caption>"Homes by area and tenure"</caption>
                <thead><tr>
                    <th scope="col">"Area"</th><th scope="col">"Tenure"</th><th scope="col" class="ds-table__number">"Homes"</th>
                    <th scope="col" class="ds-table__number">"With e-mail"</th><th scope="col" class="ds-table__number">"With mobile"</th>
                    <th scope="col" class="ds-table__number">"With telephone"</th><th scope="col" class="ds-table__number">"Do not contact"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn named(words: &str) -> String {
    if words.is_empty() { "Not said".to_owned() } else { words.to_owned() }
}

fn filters(form: &Form, counts: &[Count]) -> AnyView {
    let mut areas: Vec<&str> = counts.iter().map(|count| count.area.as_str()).filter(|area| !area.is_empty()).collect();
    areas.dedup();
    let areas = std::iter::once(("", "Every area")).chain(areas.into_iter().map(|area| (area, area)));
    view! {
        <form class="ds-filters" method="get" action="/staff/homes">
            {ui::text(form, "q", "Reference, name, address or number").view()}
            {ui::select(form, "area", "Area", areas)}
            {ui::quiet_button("Find")}
        </form>
    }
    .into_any()
}

fn table(homes: &[Household]) -> AnyView {
    if homes.is_empty() {
        return view! { <div class="ds-empty"><p>"No home like that. Look for a part of the reference, the name or the address."</p></div> }.into_any();
    }
    let rows = homes.iter().map(|home| {
        let standing = if home.ended_on.is_some() {
            "No longer listed"
        } else if !home.no_contact.is_empty() {
            "Do not contact"
        } else {
            home.way().map_or("No way known", |way| way.label())
        };
        view! {
            <tr>
                <th scope="row"><a href=format!("/staff/homes/{}", home.id)>{home.reference.clone()}</a></th>
                <td>{home.shown_name()}</td>
                <td>{home.area.clone()}</td>
                <td>{home.tenure.clone()}</td>
                <td>{standing}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label="Homes found">
            <table class="ds-table">
                <thead><tr>
                    <th scope="col">"Reference"</th><th scope="col">"Name"</th><th scope="col">"Area"</th>
                    <th scope="col">"Tenure"</th><th scope="col">"Reach them by"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn pager(form: &Form, from: i64, more: bool) -> AnyView {
    let to = |from: i64| {
        let part = |name: &str| crate::web::cookie::encode(form.value(name));
        format!("/staff/homes?q={}&area={}&from={from}", part("q"), part("area"))
    };
    let back = (from > 0).then(|| view! { <a href=to((from - ON_A_PAGE).max(0))>"The ones before"</a> });
    let on = more.then(|| view! { <a href=to(from + ON_A_PAGE)>"The next ones"</a> });
    view! { <p class="ds-actions">{back}" "{on}</p> }.into_any()
}
