//! Finding a home of the sample, to enter what it answered on paper or at the desk. Whether it has answered is not shown.

use leptos::prelude::*;

use crate::residents;
use crate::surveys::enter;
use crate::surveys::pages::staff_details;
use crate::surveys::sample::store::{homes, samples};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// How many homes are looked through for those of the sample.
const MOST: i64 = 400;
/// How many are shown.
const SHOWN: usize = 50;

/// `/staff/surveys/{id}/sample/homes?q=lark`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let form = req.query_form();
    let id = asked.survey.id;
    let mut tx = req.app.db.read().await?;
    if samples::find(&mut tx, id).await?.is_none() {
        return Err(PageError::NotFound);
    }
    let mut found = Vec::new();
    if let Some(words) = req.query("q") {
        for household in residents::search(&mut tx, words, "", MOST, 0).await? {
            if found.len() < SHOWN
                && let Some(home) = homes::find_by_household(&mut tx, id, household.id).await?
            {
                found.push((home, household));
            }
        }
    }
    let takes = enter::check_survey(&asked.survey, req.now()).is_ok();
    Ok(Page::staff("Homes of the sample", move || {
        let at = format!("/staff/surveys/{id}");
        let sought = !form.value("q").trim().is_empty();
        let rows = found.iter().map(|(home, household)| {
            let enter = takes.then(|| view! { <a href=format!("{at}/enter?home={}", home.id)>"Enter its answers"<span class="govuk-visually-hidden">{format!(": {}", household.reference)}</span></a> });
            view! {
                <tr>
                    <th scope="row"><a href=format!("/staff/homes/{}", household.id)>{household.reference.clone()}</a></th>
                    <td>{household.shown_name()}</td><td>{household.area.clone()}</td><td>{home.way.label()}</td><td>{enter}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let table = match (sought, found.is_empty()) {
            (false, _) => ().into_any(),
            (true, true) => view! { <div class="ds-empty"><p>"No home of the sample is like that. Look for a part of the reference, the name or the address."</p></div> }.into_any(),
            (true, false) => view! {
                <div class="ds-scroll" tabindex="0" role="region" aria-label="Homes found">
                    <table class="ds-table">
                        <thead><tr><th scope="col">"Reference"</th><th scope="col">"Name"</th><th scope="col">"Area"</th><th scope="col">"Asked by"</th><th scope="col">"Answers"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any(),
        };
        view! {
            <a class="govuk-back-link" href=format!("{at}/sample")>"Back to the sample"</a>
            <div class="ds-heading"><h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Homes of the sample"</h1><p class="ds-lead">"Find the home whose answers you have, on paper or from the person in front of you."</p></div>
            <p>"Which homes have answered is not shown here. If one has, its answers are not taken a second time."</p>
            <form class="ds-filters" method="get">
                {ui::text(&form, "q", "Reference, name, address or number").view()}
                {ui::quiet_button("Find")}
            </form>
            {table}
        }
    })
    .into())
}
