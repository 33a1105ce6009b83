//! Throwing a draft away, asked once more before it happens.

use leptos::prelude::*;

use crate::standards::draft::{self, DraftError};
use crate::standards::store::versions;
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let draft = versions::find_draft(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let stays = if draft.number > 1 {
        "The published versions stay as they are."
    } else {
        "This standard was never published, so that nothing of it stays."
    };
    Ok(Page::staff("Throw the draft away", move || {
        view! {
            <a class="govuk-back-link" href=format!("/staff/standards/{id}")>"Back"</a>
            <h1><span class="ds-heading__caption">{draft.wording.title.clone()}</span>{format!(" Throw away the draft of version {}", draft.number)}</h1>
            <p>{draft.wording.promise.clone()}</p>
            <p>"Its wording and its approvals are removed. "{stays}</p>
            <form method="post" action=format!("/staff/standards/{id}/discard")>{ui::danger_button("Throw the draft away")}</form>
        }
    })
    .into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.write().await?;
    match draft::discard(&req.app, &mut tx, req.account()?, id).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Reply::redirect("/staff/standards").saying("The draft is gone."))
        }
        Err(DraftError::Internal(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotFound),
    }
}
