//! Every focus group, for staff.

use leptos::prelude::*;

use crate::focus_groups::group::Stage;
use crate::focus_groups::{Group, store};
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let now = req.now();
    let mut tx = req.app.db.read().await?;
    let (mut ahead, behind): (Vec<Group>, Vec<Group>) = store::groups::list_all(&mut tx)
        .await?
        .into_iter()
        .partition(|group| matches!(group.stage(now), Stage::Draft | Stage::Open));
    ahead.reverse();
    let can_add = permissions::may_read(req.viewer.role(), "/staff/focus-groups/new");
    Ok(Page::staff("Focus groups", move || {
        let add = can_add.then(|| ui::link_button("Plan a focus group", "/staff/focus-groups/new"));
        let ahead = if ahead.is_empty() {
            view! { <div class="ds-empty"><p>"No focus group lies ahead. Plan one, and it appears here; residents see it once it is opened."</p></div> }.into_any()
        } else {
            table("Focus groups to come", ahead, now)
        };
        let behind = (!behind.is_empty()).then(|| view! { <h2>"Past and cancelled"</h2>{table("Past and cancelled focus groups", behind, now)} });
        view! {
            <div class="ds-heading"><h1>"Focus groups"</h1></div>
            {add}
            <h2>"To come"</h2>
            {ahead}
            {behind}
        }
    })
    .into())
}

fn table(caption: &'static str, groups: Vec<Group>, now: chrono::DateTime<chrono::Utc>) -> AnyView {
    let rows = groups
        .into_iter()
        .map(|group| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/staff/focus-groups/{}", group.id)>{group.title.clone()}</a></th>
                    <td>{group.when()}</td>
                    <td>{group.stage(now).label()}</td>
                    <td class="ds-table__number">{format!("{} of {}", group.taken, group.capacity)}</td>
                    <td class="ds-table__number">{group.waiting}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="ds-table">
                <thead><tr><th scope="col">"Group"</th><th scope="col">"When"</th><th scope="col">"Stage"</th><th scope="col" class="ds-table__number">"Places taken"</th><th scope="col" class="ds-table__number">"Waiting"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
