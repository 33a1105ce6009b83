//! How many homes each area has, so that staff can read results as if every area had answered in proportion.

use leptos::prelude::*;

use crate::surveys::homes;
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/homes`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = divided(&req).await?;
    let form = homes::fill(&asked);
    Ok(page(asked, form).into())
}

/// Keeps the numbers.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = divided(&req).await?;
    let mut form = req.form();
    let Some(found) = homes::read(&mut form, &homes::groups(&asked)) else { return Ok(page(asked, form).into()) };
    let id = asked.survey.id;
    let mut tx = req.app.db.write().await?;
    homes::keep(&mut tx, &asked.survey, &found).await?;
    let detail = found.iter().map(|(name, homes)| format!("{name}: {homes}")).collect::<Vec<_>>().join(", ");
    req.audit(&mut tx, "changed the homes in each area", &format!("survey/{id}"), &detail).await?;
    // Published intervals allow for the homes there are.
    if asked.survey.published_at.is_some() {
        tx.public_changed();
    }
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{id}/results")).saying("The numbers of homes were kept"))
}

/// The survey of the address, if one of its questions divides people into areas.
async fn divided(req: &Req) -> Result<Asked, PageError> {
    let asked = staff_details::found(req).await?;
    if homes::groups(&asked).is_empty() { Err(PageError::NotFound) } else { Ok(asked) }
}

fn page(asked: Asked, form: Form) -> Page {
    let error_form = form.clone();
    Page::staff("Homes in each area", move || {
        let boxes = homes::groups(&asked).into_iter().enumerate();
        let boxes = boxes.map(|(at, group)| ui::text(&form, &homes::field(at), group).number().width(7).view());
        let boxes = boxes.collect_view();
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}/results", asked.survey.id)>"Back to the results"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Homes in each area"</h1>
                <p class="ds-lead">"Some areas answer more than others. With the number of homes in each, the results also show the share satisfied as if every area had answered in proportion."</p>
            </div>
            <form method="post" novalidate>
                <p class="ds-meta">"Count the homes that could answer. Their sum becomes the number of homes of the survey. Leave all boxes empty to take the numbers away."</p>
                {boxes}
                {ui::button("Save")}
            </form>
        }
    })
    .with_form(&error_form)
}
