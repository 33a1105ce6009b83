//! The promises of one area.

use leptos::prelude::*;

use super::{index, parts};
use crate::standards::store::areas;
use crate::standards::{self, Published};
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let area = areas::find_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let mut here: Vec<Published> = standards::list_published(&mut tx).await?;
    here.retain(|one| one.area_id == area.id);
    let standings = parts::standings(&mut tx, req.today()).await?;
    let landlord = req.landlord.clone();
    Ok(Page::new(area.name.clone(), move || {
        let list = if here.is_empty() {
            view! { <div class="ds-empty"><p>"No promises yet for this service. They appear here when they are approved."</p></div> }.into_any()
        } else {
            index::lines(&here.iter().collect::<Vec<_>>(), &standings)
        };
        view! {
            {parts::breadcrumbs(vec![("/standards".into(), "What you can expect".into())])}
            <div class="ds-heading"><h1>{area.name}</h1><p class="ds-lead">{area.description}</p></div>
            {list}
            {parts::ask(&landlord)}
        }
    })
    .into())
}
