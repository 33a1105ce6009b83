//! Cancelling a group.

use leptos::prelude::*;

use super::find;
use crate::focus_groups::Group;
use crate::focus_groups::cancel::cancel;
use crate::focus_groups::postpone::ChangeError;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(find(&req).await?, Form::default()).into())
}

fn page(group: Group, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(format!("Cancel: {}", group.title), move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        view! {
            <a class="govuk-back-link" href=base.clone()>{group.title.clone()}</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Cancel this focus group"</h1></div>
            <p>"This cannot be undone. Everybody on the list with an e-mail address gets a letter with the reason, and it is taken out of their calendar."</p>
            <form method="post" action=format!("{base}/cancel") novalidate>
                {ui::textarea(&form, "reason", "The reason, as people will read it").rows(3).limit(500).view()}
                {ui::danger_button("Cancel it and tell everyone")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut form = req.form();
    let reason = form.required("reason", "The reason", 500, "Say why the group will not take place");
    if !form.is_valid() {
        return Ok(page(group, form).into());
    }
    let mut tx = req.app.db.write().await?;
    match cancel(&req.app, &req.landlord, &mut tx, group.id, &reason).await {
        Ok(told) => {
            req.audit(&mut tx, "cancelled a focus group", &format!("focus group {}", group.id), &reason).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/focus-groups/{}", group.id))
                .saying(format!("Cancelled. {}", told.sentence())))
        }
        Err(ChangeError::Internal(error)) => Err(error.into()),
        Err(_) => {
            form.error("reason", "This group has begun or is cancelled already");
            Ok(page(group, form).into())
        }
    }
}
