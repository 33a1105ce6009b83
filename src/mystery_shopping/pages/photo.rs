//! Photos of a shop, for the shopper who took them and for those who moderate; for nobody else.

use leptos::prelude::*;

use crate::db::Tx;
use crate::files;
use crate::mystery_shopping::key::AssignmentId;
use crate::mystery_shopping::shop_return::Photo;
use crate::mystery_shopping::store::{assignments, photos, returns};
use crate::thread::id::ReturnId;
use crate::web::{PageError, Reply, Req};

/// Photos with their descriptions; nothing when there are none.
pub(super) fn gallery(base: &str, photos: &[Photo]) -> Option<AnyView> {
    if photos.is_empty() {
        return None;
    }
    let figures = photos.iter().map(|photo| figure(base, photo)).collect_view();
    Some(view! { <h3 class="govuk-heading-s">"Photos"</h3> {figures} }.into_any())
}

/// One photo with its description, and a link to see it whole.
pub(super) fn figure(base: &str, photo: &Photo) -> AnyView {
    let href = format!("{base}/photos/{}", photo.file_id);
    let words = if photo.words.is_empty() { "A photo not yet described".to_owned() } else { photo.words.clone() };
    view! {
        <figure class="ds-photo">
            {picture(&href, words.clone(), photo)}
            <figcaption>{words.clone()}" "<a class="govuk-link" href=href>"Open the photo"<span class="govuk-visually-hidden">": "{words}</span></a></figcaption>
        </figure>
    }
    .into_any()
}

/// The photo itself, with its size, so that nothing on the page moves when it arrives.
pub(super) fn picture(href: &str, alt: String, photo: &Photo) -> AnyView {
    view! { <img src=href.to_owned() alt=alt width=photo.width height=photo.height loading="lazy"/> }.into_any()
}

/// A photo of the shopper's own shop.
pub(super) async fn own(req: Req) -> Result<Reply, PageError> {
    let id: AssignmentId = req.id("id")?;
    let account = req.account()?.id;
    let mut tx = req.app.db.read().await?;
    assignments::find_own(&mut tx, id, account).await?.ok_or(PageError::NotFound)?;
    send(&req, tx, id).await
}

/// A photo of a return, for moderators.
pub(super) async fn evidence(req: Req) -> Result<Reply, PageError> {
    let id: ReturnId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let found = returns::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    send(&req, tx, found.assignment_id).await
}

async fn send(req: &Req, mut tx: Tx, assignment: AssignmentId) -> Result<Reply, PageError> {
    let photo = photos::find(&mut tx, assignment, req.param("file")?).await?.ok_or(PageError::NotFound)?;
    let file = files::find(&mut tx, &photo.file_id).await?.ok_or(PageError::NotFound)?;
    drop(tx);
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::bytes("image/jpeg", bytes).with_header("content-disposition", "attachment; filename=\"photo.jpg\""))
}
