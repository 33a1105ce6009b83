//! Static files: style, fonts and the bundle, read from `target/site` while developing and part of the binary in release.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use rust_embed::RustEmbed;

use crate::random::hex;

#[derive(RustEmbed)]
#[folder = "target/site"]
#[allow_missing = true]
struct Site;

/// A short fingerprint of each file, so that browsers may keep it for a year.
static FINGERPRINTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    Site::iter()
        .filter_map(|name| {
            Site::get(&name)
                .map(|file| (name.to_string(), hex(&file.metadata.sha256_hash()).chars().take(12).collect()))
        })
        .collect()
});

/// The address of a static file with its fingerprint: `/assets/style.css?v=…`.
#[must_use]
pub fn href(name: &str) -> String {
    match FINGERPRINTS.get(name) {
        Some(print) => format!("/assets/{name}?v={print}"),
        None => format!("/assets/{name}"),
    }
}

/// The address of the one font file, as the style sheet names it.
pub const FONT: &str = "/assets/fonts/atkinson-next.woff2";

/// The name of the browser bundle without its ending, found among the built files.
#[must_use]
pub fn bundle_name() -> Option<&'static str> {
    static NAME: LazyLock<Option<String>> = LazyLock::new(|| {
        Site::iter().find_map(|name| {
            name.strip_prefix("pkg/").and_then(|name| name.strip_suffix("_bg.wasm")).map(str::to_owned)
        })
    });
    NAME.as_deref()
}

/// Answers `/assets/{*path}`.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response<Body> {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let packed = [("br", ".br"), ("gzip", ".gz")].into_iter().find_map(|(coding, ending)| {
        accepts.contains(coding).then(|| Site::get(&format!("{path}{ending}"))).flatten().map(|file| (coding, file))
    });
    let (coding, file) = match packed {
        Some((coding, file)) => (Some(coding), file),
        None => match Site::get(&path) {
            Some(file) => (None, file),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let mut response = Response::new(Body::from(file.data));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&path)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Answers `/favicon.ico`, which browsers ask for by themselves where a page names no icon.
pub async fn icon() -> Response<Body> {
    let Some(file) = Site::get("favicon.svg") else { return StatusCode::NO_CONTENT.into_response() };
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, Body::from(file.data)).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_icon_is_there_whether_or_not_the_site_is_built() {
        assert!(icon().await.status().is_success());
    }
}
