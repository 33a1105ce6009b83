//! One entry, as everybody reads it.

use leptos::prelude::*;

use super::parts;
use crate::findings::{around, store};
use crate::shell;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let finding = store::find_published_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let around = around::read(&mut tx, finding.id, req.now()).await?;
    let phone = req.landlord.phone.clone();
    Ok(Page::new(finding.title.clone(), move || {
        let ask = (!phone.is_empty()).then(|| view! { <p>"Phone "{shell::phone(&phone)}" if you want to know more about it."</p> });
        view! {
            <a class="govuk-back-link" href="/what-changed">"What changed because of you"</a>
            <div class="ds-heading"><h1>{finding.title.clone()}</h1></div>
            {parts::entry(&finding, &around)}
            <div class="ds-ask"><h2>"Ask us"</h2>{ask}<p>"See "<a href="/have-your-say">"what you can take part in now"</a>"."</p></div>
        }
    })
    .into())
}
