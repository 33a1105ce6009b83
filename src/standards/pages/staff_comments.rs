//! Residents' comments for staff, those that wait first.

use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::standards::comment::{Comment, State};
use crate::standards::store::comments;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let form = req.query_form();
    let may_erase = permissions::may_read(req.viewer.role(), "/staff/erase-person");
    let mut tx = req.app.db.read().await?;
    let mut all = comments::list(&mut tx).await?;
    let (state, standard) = (form.value("state").to_owned(), form.value("standard").to_owned());
    all.retain(|one| {
        (state.is_empty() || one.state().code() == state) && (standard.is_empty() || one.standard_slug == standard)
    });
    Ok(Page::staff("Comments", move || {
        let waiting = all.iter().filter(|one| one.state() == State::Waiting).count();
        let count = match waiting {
            0 => format!("{} in all, none waiting", all.len()),
            many => format!("{} in all, {many} waiting to be read", all.len()),
        };
        view! {
            <h1>"Comments"</h1>
            <p>"What residents said about a standard. Nothing is shown to the public before you publish it."</p>
            {filters(&form, &count)}
            {table(&all)}
            {may_erase.then(|| view! { <div class="ds-toolbar"><a href="/staff/erase-person">"Erase everything that is kept of a person"</a></div> })}
        }
    })
    .into())
}

fn filters(form: &Form, count: &str) -> AnyView {
    let states = std::iter::once(("", "Every state")).chain(State::ALL.map(|state| (state.code(), state.label())));
    let standard = form.value("standard").to_owned();
    let kept = (!standard.is_empty()).then(|| view! { <input type="hidden" name="standard" value=standard/> });
    view! {
        <form class="ds-filters" method="get" action="/staff/comments">
            {kept}
            {ui::select(form, "state", "State", states)}
            {ui::quiet_button("Show")}
            <p class="ds-filters__count">{count.to_owned()}</p>
        </form>
    }
    .into_any()
}

/// The beginning of a comment, for a list.
fn beginning(words: &str) -> String {
    if words.is_empty() {
        return "(erased)".to_owned();
    }
    let short: String = words.chars().take(80).collect();
    if short.len() < words.len() { format!("{short}…") } else { short }
}

fn table(all: &[Comment]) -> AnyView {
    if all.is_empty() {
        return view! { <div class="ds-empty"><p>"No comments like that. The next one appears here when a resident sends it."</p></div> }.into_any();
    }
    let rows = all.iter().map(|one| {
        let wants = match (one.has_contact(), one.answered_at.is_some()) {
            (_, true) => "Answered",
            (true, false) => "Left contact details",
            (false, false) => "Not answered",
        };
        view! {
            <tr>
                <th scope="row"><a href=format!("/staff/comments/{}", one.id)>{beginning(&one.words)}</a></th>
                <td>{one.standard_title.clone()}</td>
                <td>{one.state().label()}</td>
                <td>{if one.may_publish { "Yes" } else { "No" }}</td>
                <td>{wants}</td>
                <td>{clock::day(clock::london_day(one.sent_at))}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll ds-scroll--tall" tabindex="0" role="region" aria-label="Comments">
            <table class="ds-table">
                <thead><tr>
                    <th scope="col">"Comment"</th><th scope="col">"About"</th><th scope="col">"State"</th>
                    <th scope="col">"May be shown"</th><th scope="col">"Answer"</th><th scope="col">"Sent"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
