//! Who signed up for a group, in the order of acceptance, with what they need.

use leptos::prelude::*;

use super::of_path;
use crate::clock;
use crate::focus_groups::group::Stage;
use crate::focus_groups::place::{Need, NeedState, Place, State};
use crate::focus_groups::store;
use crate::permissions;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let group = of_path(&req, &mut tx).await?;
    let places = store::places::list(&mut tx, group.id).await?;
    let needs = store::places::list_needs_of_group(&mut tx, group.id).await?;
    let (stage, changes) =
        (group.stage(req.now()), permissions::may_post(req.viewer.role(), "/staff/focus-groups/{id}/people/new"));
    Ok(Page::staff(format!("Who signed up: {}", group.title), move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        let add = (changes && stage == Stage::Open)
            .then(|| ui::link_button("Enter a sign-up", format!("{base}/people/new")));
        let none = places.is_empty().then(|| {
            view! { <div class="ds-empty"><p>"Nobody has signed up yet. People appear here the moment they do."</p></div> }
        });
        let sections = [
            (State::Booked, "Have a place"),
            (State::Offered, "Are offered a place"),
            (State::Waiting, "On the waiting list"),
            (State::Withdrawn, "Withdrew"),
            (State::Lapsed, "Did not answer an offer"),
        ]
        .into_iter()
        .filter_map(|(state, heading)| {
            let of: Vec<&Place> = places.iter().filter(|place| place.state == state).collect();
            (!of.is_empty()).then(|| {
                let heading = format!("{heading} ({})", of.len());
                view! { <h2>{heading.clone()}</h2>{table(heading, &of, &needs, &base)} }
            })
        })
        .collect_view();
        view! {
            <a class="govuk-back-link" href=base.clone()>{group.title.clone()}</a>
            <div class="ds-heading"><h1>"Who signed up"</h1><p class="ds-lead">{group.when()}</p></div>
            {add}
            {none}
            {sections}
        }
    })
    .into())
}

fn table(label: String, places: &[&Place], needs: &[Need], base: &str) -> AnyView {
    let rows = places
        .iter()
        .map(|place| {
            let reach = [place.email.clone(), place.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let wants = needs
                .iter()
                .filter(|need| need.place_id == place.id)
                .map(|need| {
                    let mark = match need.state {
                        NeedState::Requested => "to arrange",
                        NeedState::Arranged => "arranged",
                        NeedState::NotPossible => "not possible",
                    };
                    format!("{} ({mark})", need.kind.short())
                })
                .collect::<Vec<_>>()
                .join(", ");
            let since = match place.offer_until {
                Some(until) => format!("held until {}", clock::day_and_time(until)),
                None => clock::day_and_time(place.state_since),
            };
            view! {
                <tr>
                    <td class="ds-table__number">{place.number}</td>
                    <th scope="row"><a href=format!("{base}/people/{}", place.id)>{place.shown_name()}</a></th>
                    <td>{reach}</td>
                    <td>{wants}</td>
                    <td>{since}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="ds-scroll" tabindex="0" role="region" aria-label=label>
            <table class="ds-table">
                <thead><tr><th scope="col" class="ds-table__number">"No."</th><th scope="col">"Name"</th><th scope="col">"Reach them by"</th><th scope="col">"Needs"</th><th scope="col">"Since"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
