//! The receipt of a return.

use leptos::prelude::*;

use crate::clock;
use crate::mystery_shopping::key::AssignmentId;
use crate::mystery_shopping::store::{assignments, returns};
use crate::shell;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let id: AssignmentId = req.id("id")?;
    let account = req.account()?.id;
    let mut tx = req.app.db.read().await?;
    let assignment = assignments::find_own(&mut tx, id, account).await?.ok_or(PageError::NotFound)?;
    let found = returns::find(&mut tx, assignment.return_id.ok_or(PageError::NotFound)?).await?;
    let found = found.ok_or(PageError::NotFound)?;
    let phone = req.landlord.phone.clone();
    Ok(Page::new("Your return is sent", move || {
        let unsafe_now = found.felt_unsafe.then(|| now(&phone));
        view! {
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title">"Your return is sent"</h1>
                <div class="govuk-panel__body">"Your reference "<strong class="ds-reference">{found.reference}</strong></div>
            </div>
            <p>"We got it on "{clock::day_and_time(found.filed_at)}"."</p>
            {unsafe_now}
            <h2>"What happens next"</h2>
            <p>"Somebody reads it within five working days. They may ask you a question by e-mail. Then it counts towards the promises it tested, together with the returns of others. Your name never appears in the results."</p>
            <p><a class="govuk-link" href=format!("/shops/{id}")>"See what you sent"</a></p>
            <p><a class="govuk-link" href="/shops">"My shops"</a></p>
        }
    })
    .into())
}

/// What to do at once when something felt unsafe: nobody should wait until a return is read.
fn now(phone: &str) -> AnyView {
    let ours = if phone.is_empty() {
        "Please do not wait until we have read it: tell the person who trained you today.".into_any()
    } else {
        view! { "Please do not wait until we have read it: phone us on "{shell::phone(phone)}", or tell the person who trained you." }
            .into_any()
    };
    view! {
        <div class="govuk-inset-text">
            <p><strong>"You told us that something felt unsafe."</strong>" "{ours}</p>
            <p>"If you or anybody else is in danger now, phone 999."</p>
        </div>
    }
    .into_any()
}
