//! The settings page, the logo and the brand colour.

mod show;

use crate::web::{PageError, Reply, Req, Route, route};

/// The routes of the settings.
pub fn routes() -> Vec<Route> {
    vec![
        route("/staff/settings").get(show::get).post(show::post).with_uploads(),
        route("/logo").get(logo),
        route("/brand.css").get(brand),
    ]
}

async fn logo(req: Req) -> Result<Reply, PageError> {
    let id = req.landlord.logo_file.clone().ok_or(PageError::NotFound)?;
    let mut tx = req.app.db.read().await?;
    let file = crate::files::find(&mut tx, &id).await?.ok_or(PageError::NotFound)?;
    drop(tx);
    let bytes = crate::files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::bytes(&file.content_type, bytes).with_header("cache-control", "public, max-age=3600"))
}

async fn brand(req: Req) -> Result<Reply, PageError> {
    let css = format!(":root{{--door:{}}}", req.landlord.colour);
    Ok(Reply::bytes("text/css; charset=utf-8", css.into_bytes()).with_header("cache-control", "public, max-age=3600"))
}
