//! The library of scenarios.

use leptos::prelude::*;

use crate::mystery_shopping::cited;
use crate::mystery_shopping::store::scenarios;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = scenarios::list(&mut tx).await?;
    let standards = cited::choices(&mut tx).await?;
    drop(tx);
    let runs = super::runs_programme(&req);
    Ok(Page::staff("Scenarios", move || {
        let rows = all.iter().map(|scenario| {
            let tests = scenario.standards().into_iter().map(|id| cited::title(&standards, id)).collect::<Vec<_>>().join("; ");
            let state = if scenario.retired_at.is_some() { "Retired" } else { "In use" };
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header"><a class="govuk-link" href=format!("/staff/mystery-shopping/scenarios/{}", scenario.id)>{scenario.title.clone()}</a></th>
                    <td class="govuk-table__cell">{scenario.channel.label()}</td>
                    <td class="govuk-table__cell">{tests}</td>
                    <td class="govuk-table__cell ds-table__number">{scenario.number}</td>
                    <td class="govuk-table__cell">{state}</td>
                </tr>
            }
        });
        let table = if all.is_empty() {
            view! { <div class="ds-empty"><p>"No scenario yet. Write the first one, and agree it with those who lead the service."</p></div> }.into_any()
        } else {
            view! {
                <div class="ds-scroll" tabindex="0" role="region" aria-label="Scenarios">
                    <table class="govuk-table ds-table">
                        <thead><tr class="govuk-table__row">
                            <th scope="col" class="govuk-table__header">"Scenario"</th>
                            <th scope="col" class="govuk-table__header">"How"</th>
                            <th scope="col" class="govuk-table__header">"Promises it tests"</th>
                            <th scope="col" class="govuk-table__header ds-table__number">"Version"</th>
                            <th scope="col" class="govuk-table__header">"State"</th>
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            }.into_any()
        };
        view! {
            <a class="govuk-back-link" href="/staff/mystery-shopping">"Mystery shopping"</a>
            <h1>"Scenarios"</h1>
            {runs.then(|| ui::link_button("Write a scenario", "/staff/mystery-shopping/scenarios/new"))}
            {table}
        }
    })
    .into())
}
