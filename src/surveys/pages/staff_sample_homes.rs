//! Finding a home of the sample, to enter what it answered on paper or at the desk. Whether it has answered is not shown.

use leptos::prelude::*;

use crate::db::{self, Tx};
use crate::random::sha256;
use crate::residents::{self, Household};
use crate::surveys::enter;
use crate::surveys::pages::{staff_details, staff_enter};
use crate::surveys::sample::code;
use crate::surveys::sample::home::Home;
use crate::surveys::sample::store::{homes, keys, samples};
use crate::surveys::survey::Survey;
use crate::thread::id::SurveyId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// How many homes are looked through for those of the sample.
const MOST: i64 = 400;
/// How many are shown.
const SHOWN: usize = 50;

/// `/staff/surveys/{id}/sample/homes?q=lark&by=post&on=2026-11-14`: how and when the one before answered goes along to the
/// next.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let form = req.query_form();
    let id = asked.survey.id;
    let mut tx = req.app.db.read().await?;
    if samples::find(&mut tx, id).await?.is_none() {
        return Err(PageError::NotFound);
    }
    let found = match req.query("q") {
        Some(words) => sought(&mut tx, id, words).await?,
        None => Vec::new(),
    };
    let how = staff_enter::how(req.query("by"), req.query_day("on")?);
    let takes = enter::check_survey(&asked.survey, req.now()).is_ok();
    Ok(Page::staff("Homes of the sample", move || {
        let at = format!("/staff/surveys/{id}");
        let sought = !form.value("q").trim().is_empty();
        let rows = found.iter().map(|(home, household)| {
            let enter = takes.then(|| view! { <a href=format!("{at}/enter?home={}{how}", home.id)>"Enter its answers"<span class="govuk-visually-hidden">{format!(": {}", household.reference)}</span></a> });
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
            (true, true) => view! { <div class="ds-empty"><p>"No home of the sample is like that. Look for a part of the reference, the name or the address, or for the whole code of a letter."</p></div> }.into_any(),
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
                {ui::text(&form, "q", "Reference, name, address, number or code").view()}
                {["by", "on"].into_iter().filter(|name| !form.value(name).is_empty()).map(|name| ui::carried(name, form.value(name))).collect_view()}
                {ui::quiet_button("Find")}
            </form>
            {table}
        }
    })
    .into())
}

/// What stands where forms or rows without a home would be taken, had the survey no sample.
pub(super) fn home_by_home(survey: &Survey) -> AnyView {
    let href = format!("/staff/surveys/{}/sample/homes", survey.id);
    view! {
        <div class="govuk-inset-text"><p>"This survey has a sample, and each home counts once. So answers are entered home by home, where the home that answered is known."</p><p><a href=href>"Find a home to enter its answers"</a></p></div>
    }
    .into_any()
}

/// The homes of the sample that the words are of: the one whose letter has that code, or those in which they stand.
async fn sought(tx: &mut Tx, id: SurveyId, words: &str) -> Result<Vec<(Home, Household)>, db::Error> {
    if let Some(code) = code::read(words)
        && let Some(home) = keys::find_home(tx, id, &sha256(&code::token(&code))).await?
        && let Some(home) = homes::find(tx, id, home).await?
        && let Some(household) = residents::find(tx, home.household).await?
    {
        return Ok(vec![(home, household)]);
    }
    let mut found = Vec::new();
    for household in residents::search(tx, words, "", MOST, 0).await? {
        if found.len() < SHOWN
            && let Some(home) = homes::find_by_household(tx, id, household.id).await?
        {
            found.push((home, household));
        }
    }
    Ok(found)
}
