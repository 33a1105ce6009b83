//! The log of changes as a page.

use leptos::prelude::*;

use crate::people::store;
use crate::web::{Page, PageError, Reply, Req};
use crate::{audit, clock};

const A_PAGE: i64 = 50;

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let before = req
        .query("before")
        .map_or(Ok(i64::MAX), str::parse)
        .map_err(|_| PageError::BadRequest("before must be a number".into()))?;
    let mut tx = req.app.db.read().await?;
    let entries = audit::store::list_before(&mut tx, before, A_PAGE).await?;
    let people = store::list(&mut tx).await?;
    let oldest = entries.last().map(|entry| entry.number).filter(|number| *number > 1);
    Ok(Page::staff("Log of changes", move || {
        let rows = entries.into_iter().map(|entry| {
            let who = entry.account_id.and_then(|id| people.iter().find(|account| account.id == id)).map_or("The program", |account| account.name.as_str()).to_owned();
            view! {
                <tr class="govuk-table__row">
                    <td class="govuk-table__cell govuk-table__cell--numeric">{entry.number}</td>
                    <td class="govuk-table__cell">{clock::day_and_time(entry.recorded_at)}</td>
                    <td class="govuk-table__cell">{who}" ("{entry.role}")"</td>
                    <td class="govuk-table__cell">{entry.action}</td>
                    <td class="govuk-table__cell">{entry.object}</td>
                    <td class="govuk-table__cell">{entry.detail}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let older = oldest.map(|number| view! { <p class="govuk-body"><a class="govuk-link" href=format!("/staff/audit?before={number}")>"Older changes"</a></p> });
        view! {
            <h1 class="govuk-heading-l">"Log of changes"</h1>
            <p class="govuk-body">"Every change by a signed-in person, newest first. Each entry is sealed with the one before it: " <code>"doorstep doctor"</code> " says if any was altered."</p>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Log of changes">
                <table class="govuk-table ds-table">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header govuk-table__header--numeric">"Number"</th>
                        <th scope="col" class="govuk-table__header">"When"</th>
                        <th scope="col" class="govuk-table__header">"Who"</th>
                        <th scope="col" class="govuk-table__header">"Did what"</th>
                        <th scope="col" class="govuk-table__header">"To what"</th>
                        <th scope="col" class="govuk-table__header">"Detail"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {older}
        }
    })
    .into())
}
