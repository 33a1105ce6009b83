//! Every return, those that wait for a decision first.

use leptos::prelude::*;

use crate::clock;
use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::shop_return::State;
use crate::mystery_shopping::store::returns;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("waiting", "Waiting for a decision"),
    ("queried", "Waiting for the shopper"),
    ("accepted", "Accepted"),
    ("void", "Void"),
];

fn code(state: State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Queried => "queried",
        State::Accepted => "accepted",
        State::Void => "void",
    }
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let form = req.query_form();
    let wanted = form.value("state").to_owned();
    let mut tx = req.app.db.read().await?;
    let all = returns::list(&mut tx).await?;
    drop(tx);
    let shown: Vec<_> = all.into_iter().filter(|found| wanted.is_empty() || code(found.state()) == wanted).collect();
    Ok(Page::staff("Returns", move || {
        let count = shown.len();
        let rows = shown.into_iter().map(|found| {
            let flags = found.flags().join(". ");
            let channel = found.channel.parse().map_or("", Channel::label);
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header"><a class="govuk-link" href=format!("/staff/mystery-shopping/returns/{}", found.return_id)>{found.reference.clone()}</a></th>
                    <td class="govuk-table__cell">{clock::day(found.shopped_on)}</td>
                    <td class="govuk-table__cell">{found.title.clone()}</td>
                    <td class="govuk-table__cell">{channel}</td>
                    <td class="govuk-table__cell">{found.state().label()}</td>
                    <td class="govuk-table__cell">{if flags.is_empty() { "–".to_owned() } else { flags }}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let table = if count == 0 {
            view! { <div class="ds-empty"><p>"No return here. One appears as soon as a shopper sends it."</p></div> }.into_any()
        } else {
            view! {
                <div class="ds-scroll ds-scroll--tall" tabindex="0" role="region" aria-label="Returns">
                    <table class="govuk-table ds-table">
                        <thead><tr class="govuk-table__row">
                            <th scope="col" class="govuk-table__header">"Reference"</th>
                            <th scope="col" class="govuk-table__header">"Day of the shop"</th>
                            <th scope="col" class="govuk-table__header">"Scenario"</th>
                            <th scope="col" class="govuk-table__header">"How"</th>
                            <th scope="col" class="govuk-table__header">"State"</th>
                            <th scope="col" class="govuk-table__header">"Look at"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }.into_any()
        };
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping">"Mystery shopping"</a>
            <h1>"Returns"</h1>
            <form class="ds-filters" method="get" action="/staff/mystery-shopping/returns">
                {ui::select(&form, "state", "State", STATES)}
                <button type="submit" class="govuk-button govuk-button--secondary">"Show"</button>
                <p class="ds-filters__count">{if count == 1 { "1 return".to_owned() } else { format!("{count} returns") }}</p>
            </form>
            {table}
        }
    })
    .into())
}
