//! What needs me today: one list over every context.

use leptos::prelude::*;

use crate::mail;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let mut tx = req.app.db.read().await?;
    let mut needs: Vec<(String, &'static str)> = Vec::new();
    let failed = mail::store::count_failed(&mut tx).await?;
    if failed > 0 {
        needs.push((format!("{failed} e-mails could not be sent"), "/staff/letters"));
    }
    Ok(Page::staff("What needs me", move || {
        let list = if needs.is_empty() {
            view! { <p class="govuk-body">"Nothing needs you just now."</p> }.into_any()
        } else {
            let lines = needs
                .into_iter()
                .map(|(what, href)| view! { <li><a class="govuk-link" href=href>{what}</a></li> })
                .collect_view();
            view! { <ul class="govuk-list ds-needs">{lines}</ul> }.into_any()
        };
        view! {
            <span class="govuk-caption-l">{account.role.label()}</span>
            <h1 class="govuk-heading-l">"What needs me"</h1>
            {list}
        }
    })
    .into())
}
