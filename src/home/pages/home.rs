//! The home page: what you can expect, have your say, what we are doing, what changed because of you.

use leptos::prelude::*;

use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let landlord = req.landlord.clone();
    Ok(Page::new("Home", move || {
        view! {
            <h1 class="govuk-heading-xl">{landlord.name.clone()}</h1>
            <p class="govuk-body-l">"What we promise, how we are doing, and what changed because of you."</p>
        }
    })
    .into())
}
