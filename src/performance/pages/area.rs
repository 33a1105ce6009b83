//! One service area and how its standards stand.

use leptos::prelude::*;

use super::rows::{self, Row};
use crate::performance::Limits;
use crate::performance::standing;
use crate::standards;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let slug = req.param("slug")?.to_owned();
    let mut tx = req.app.db.read().await?;
    let areas = standards::areas(&mut tx).await?;
    let area = areas.into_iter().find(|area| area.slug == slug).ok_or(PageError::NotFound)?;
    let limits = Limits::staff(&req.landlord);
    let all = standing::list(&mut tx, req.today()).await?;
    let shown: Vec<Row> =
        all.iter().filter(|one| one.standard.area_slug == slug).map(|one| Row::of(one, &limits)).collect();
    Ok(Page::staff(format!("{}: performance", area.name), move || {
        let tally = rows::tally(&shown);
        let table = if shown.is_empty() {
            view! { <div class="ds-empty"><p>"No standard of this area has been published yet."</p></div> }.into_any()
        } else {
            rows::table(shown, false)
        };
        view! {
            <a class="govuk-back-link" href="/staff/performance">"Performance"</a>
            <h1 class="govuk-heading-l">{area.name.clone()}</h1>
            <p class="govuk-body">{area.description.clone()}</p>
            {tally}
            {table}
        }
    })
    .into())
}
