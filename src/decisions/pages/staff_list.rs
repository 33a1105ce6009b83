//! Every decision for staff: what is being written first.

use leptos::prelude::*;

use crate::clock;
use crate::decisions::{Version, store};
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (published, open): (Vec<Version>, Vec<Version>) =
        store::list_newest(&mut tx).await?.into_iter().partition(|one| one.published_at.is_some());
    let can_add = permissions::may_post(req.viewer.role(), "/staff/decisions/new");
    Ok(Page::staff("Decisions", move || {
        let add = can_add.then(|| ui::link_button("Write a decision down", "/staff/decisions/new"));
        let section = |heading: &'static str, none: &'static str, all: Vec<Version>| {
            let list = if all.is_empty() {
                view! { <div class="ds-empty"><p>{none}</p></div> }.into_any()
            } else {
                table(heading, all)
            };
            view! { <h2>{heading}</h2>{list} }
        };
        view! {
            <div class="ds-heading"><h1>"Decisions"</h1></div>
            <p>"What was to be decided, what residents said of each option, and what was decided. Somebody else than the writer approves it before it is published."</p>
            {add}
            {section("Being written", "Nothing is being written. A decision, or the correction of one, stands here until it is published.", open)}
            {section("Published", "Nothing is published yet. Everybody can read a decision once it is.", published)}
        }
    })
    .into())
}

fn table(label: &'static str, all: Vec<Version>) -> AnyView {
    let rows = all.into_iter().map(|one| {
        let (code, word) = one.standing();
        view! {
            <tr>
                <th scope="row"><a href=one.staff_href()>{one.text.title.clone()}</a></th>
                <td>{ui::status(code, word)}</td>
                <td>{one.text.alignment.label()}</td>
                <td>{one.text.body.clone()}</td>
                <td>{clock::day(one.text.decided_on)}</td>
                <td class="ds-table__number">{one.number}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label=label>
            <table class="ds-table">
                <thead><tr><th scope="col">"Decision"</th><th scope="col">"State"</th><th scope="col">"Residents’ views"</th><th scope="col">"Decided by"</th><th scope="col">"Decided on"</th><th scope="col">"Version"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
