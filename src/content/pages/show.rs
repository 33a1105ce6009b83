//! A page of the site.

use leptos::prelude::*;

use crate::clock;
use crate::content::fill::fill;
use crate::content::store;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let page = store::find(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let landlord = &req.landlord;
    let reachable = [&landlord.phone, &landlord.email, &landlord.address].iter().any(|way| !way.is_empty());
    let missing = page.slug == "contact" && !reachable;
    let changed = page.changed_at.map(clock::london_day);
    let text = fill(&page.body, landlord, changed);
    Ok(Page::new(page.title.clone(), move || {
        let nothing = missing.then(|| {
            view! { <div class="ds-empty"><p>"No phone number or address has been entered yet. It appears here when an administrator has entered it."</p></div> }
        });
        let changed = changed.map(|day| view! { <p class="ds-meta">"Last changed "{clock::day(day)}</p> });
        view! {
            <div class="ds-heading"><h1>{page.title}</h1></div>
            {nothing}
            {ui::markdown(&text)}
            {changed}
        }
    })
    .into())
}
