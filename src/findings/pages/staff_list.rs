//! Every entry for staff: drafts that wait for a second look first.

use leptos::prelude::*;

use crate::clock;
use crate::findings::{Finding, store};
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (published, drafts): (Vec<Finding>, Vec<Finding>) =
        store::list_all(&mut tx).await?.into_iter().partition(|finding| finding.published_at.is_some());
    let role = req.viewer.role();
    let can_add = permissions::may_post(role, "/staff/what-changed/new");
    Ok(Page::staff("What changed because of residents", move || {
        let add = can_add.then(|| ui::link_button("Write an entry", "/staff/what-changed/new"));
        let section = |heading: &'static str, none: &'static str, all: Vec<Finding>| {
            let list = if all.is_empty() {
                view! { <div class="ds-empty"><p>{none}</p></div> }.into_any()
            } else {
                table(heading, all)
            };
            view! { <h2>{heading}</h2>{list} }
        };
        view! {
            <div class="ds-heading"><h1>"What changed because of residents"</h1></div>
            <p>"Whoever writes an entry does not publish it: somebody else reads it first."</p>
            {add}
            {section("Drafts", "No draft waits. An entry appears here until somebody else has read and published it.", drafts)}
            {section("Published", "Nothing is published yet. Residents see entries here once they are.", published)}
        }
    })
    .into())
}

fn table(label: &'static str, all: Vec<Finding>) -> AnyView {
    let rows = all
        .into_iter()
        .map(|finding| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/staff/what-changed/{}", finding.id)>{finding.title.clone()}</a></th>
                    <td>{finding.decision.label()}</td>
                    <td>{clock::day(finding.decided_on)}</td>
                    <td>{clock::day_and_time(finding.changed_at)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label=label>
            <table class="ds-table">
                <thead><tr><th scope="col">"Entry"</th><th scope="col">"Decision"</th><th scope="col">"Decided on"</th><th scope="col">"Last changed"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
