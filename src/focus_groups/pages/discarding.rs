//! Throwing a draft away, asked once more before it happens.

use leptos::prelude::*;

use super::find;
use crate::focus_groups::Group;
use crate::focus_groups::discard::{DiscardError, discard};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(find(&req).await?, Form::default()).into())
}

fn page(group: Group, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(format!("Throw away: {}", group.title), move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        let ask = if group.published_at.is_none() {
            view! {
                <p>"Its plan is removed for good. Residents never saw it, so that nobody has signed up."</p>
                <form method="post" action=format!("{base}/discard") id="discard">{ui::danger_button("Throw the draft away")}</form>
            }
            .into_any()
        } else {
            view! { <p id="discard">"This focus group was opened to residents, so it stays. If it will not take place, cancel it."</p> }
                .into_any()
        };
        view! {
            <a class="govuk-back-link" href=base>{group.title.clone()}</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Throw this draft away"</h1></div>
            {ask}
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut tx = req.app.db.write().await?;
    match discard(&mut tx, group.id).await {
        Ok(()) => {
            let object = format!("focus group {}", group.id);
            req.audit(&mut tx, "threw a draft focus group away", &object, &group.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect("/staff/focus-groups").saying("The draft is gone."))
        }
        Err(DiscardError::Internal(error)) => Err(error.into()),
        Err(DiscardError::NotADraft) => {
            drop(tx);
            let mut form = Form::default();
            form.error("discard", "Only a draft can be thrown away. A focus group that was opened to residents stays");
            Ok(page(find(&req).await?, form).into())
        }
    }
}
