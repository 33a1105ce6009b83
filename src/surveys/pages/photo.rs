//! The photo of a draft, for the person whose browser holds the draft, and for nobody else.

use crate::files;
use crate::surveys::pages::found;
use crate::surveys::photos::store;
use crate::web::{PageError, Reply, Req};

/// `/surveys/{slug}/photos/{file}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (_, _, draft) = found::begun(&req).await?;
    let (draft, name) = (draft.ok_or(PageError::NotFound)?, req.param("file")?);
    let mut tx = req.app.db.read().await?;
    let own = store::list_of_draft(&mut tx, &draft.token_hash).await?;
    drop(tx);
    if !own.iter().any(|photo| photo.file_id == name) {
        return Err(PageError::NotFound);
    }
    send(&req, name).await
}

/// The bytes of a photo that the reader may see. They are kept in no cache.
pub async fn send(req: &Req, file_id: &str) -> Result<Reply, PageError> {
    let file = files::find(&mut req.app.db.read().await?, file_id).await?.ok_or(PageError::NotFound)?;
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::bytes("image/jpeg", bytes).with_header("content-disposition", "attachment; filename=\"photo.jpg\""))
}
