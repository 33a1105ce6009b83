//! How an answer goes back: drawn pages, shared bytes, redirects to our own paths, cookies.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use chrono::TimeDelta;

use super::cache::{Packing, Stored};
use super::dispatch::Web;
use super::page::{Content, Page};
use super::render::Drawn;
use super::viewer::Surroundings;
use super::{Reply, cookie, headers, render};
use crate::random::sha256;
use crate::shell;

/// Turns a reply into an answer, drawn, shared or redirected.
pub(super) async fn send(
    web: &Web,
    reply: Reply,
    surroundings: Surroundings,
    shared: Option<(String, Packing)>,
) -> Response<Body> {
    let Reply { content, headers: extra, notice } = reply;
    let publication = surroundings.publication;
    let had_notice = surroundings.notice.is_some();
    let mut response = match content {
        Content::Redirect(path) => redirect(&path),
        Content::Bytes { status, content_type, bytes } => {
            let mut response = Response::new(Body::from(bytes.clone()));
            *response.status_mut() = status;
            insert(response.headers_mut(), "content-type", &content_type);
            if let (Some((target, packing)), StatusCode::OK) = (shared, status) {
                return keep(web, &target, packing, publication, &content_type, Bytes::from(bytes), &extra);
            }
            response
        }
        Content::Stream { content_type, body } => {
            let mut response = Response::new(body);
            insert(response.headers_mut(), "content-type", &content_type);
            response
        }
        Content::Page(page) => {
            let status = page.status;
            let Some(drawn) = draw(web, page, surroundings).await else {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be drawn.");
            };
            if let (Some((target, packing)), StatusCode::OK) = (shared, status)
                && drawn.policy == headers::NO_SCRIPT
            {
                return keep(web, &target, packing, publication, HTML, drawn.html, &extra);
            }
            let mut response = Response::new(Body::from(drawn.html));
            *response.status_mut() = status;
            insert(response.headers_mut(), "content-type", HTML);
            response.headers_mut().insert("content-security-policy", drawn.policy);
            response
        }
    };
    if let Some(notice) = notice {
        append_cookie(
            &mut response,
            &cookie::set(&web.app.config, cookie::NOTICE, &cookie::encode(&notice), TimeDelta::seconds(60)),
        );
    } else if had_notice {
        append_cookie(&mut response, &cookie::clear(&web.app.config, cookie::NOTICE));
    }
    insert(response.headers_mut(), "cache-control", "no-store");
    for (name, value) in extra {
        if name == "set-cookie" {
            append_cookie(&mut response, &value);
        } else {
            insert(response.headers_mut(), name, &value);
        }
    }
    response
}

/// Draws a page. One with blanks is drawn once for all who are not signed in, kept as it is, and filled in for each.
async fn draw(web: &Web, mut page: Page, around: Surroundings) -> Option<Drawn> {
    let blanks = std::mem::take(&mut page.blanks);
    if blanks.is_empty() || page.status != StatusCode::OK || around.viewer.account.is_some() || around.notice.is_some()
    {
        return Some(fill(render::draw(move || shell::document(page, around)).await?, &blanks));
    }
    // No target begins like this, so that the page with its blanks is never sent to anybody.
    let (name, publication) = (format!("blanks of {}", around.path), around.publication);
    if let Some(kept) = web.pages.find(&name, Packing::Plain, publication) {
        return Some(fill(
            Drawn { html: kept.bytes.clone(), policy: HeaderValue::from_static(headers::NO_SCRIPT) },
            &blanks,
        ));
    }
    let drawn = render::draw(move || shell::document(page, around)).await?;
    if drawn.policy == headers::NO_SCRIPT {
        let bytes = drawn.html.clone();
        let (etag, headers) = (HeaderValue::from_static("\"\""), HeaderMap::new());
        let kept = Stored { publication, etag, headers, bytes };
        web.pages.keep(&name, Packing::Plain, Arc::new(kept));
    }
    Some(fill(drawn, &blanks))
}

fn fill(drawn: Drawn, blanks: &[(&'static str, String)]) -> Drawn {
    if blanks.is_empty() {
        return drawn;
    }
    let mut html = String::from_utf8_lossy(&drawn.html).into_owned();
    for (mark, words) in blanks {
        html = html.replace(mark, words);
    }
    Drawn { html: html.into(), ..drawn }
}

const HTML: &str = "text/html; charset=utf-8";

fn keep(
    web: &Web,
    target: &str,
    packing: Packing,
    publication: i64,
    content_type: &str,
    bytes: Bytes,
    extra: &[(&'static str, String)],
) -> Response<Body> {
    let bytes = if packing == Packing::Gzip { gzip(&bytes) } else { bytes };
    let etag = format!("\"{}\"", sha256(&crate::random::hex(&bytes)).chars().take(20).collect::<String>());
    let mut headers = HeaderMap::new();
    insert(&mut headers, "content-type", content_type);
    insert(&mut headers, "etag", &etag);
    insert(&mut headers, "cache-control", "max-age=0, must-revalidate");
    insert(&mut headers, "vary", "accept-encoding, cookie");
    if packing == Packing::Gzip {
        insert(&mut headers, "content-encoding", "gzip");
    }
    headers::complete(&mut headers, web.app.config.is_https());
    let etag = HeaderValue::from_str(&etag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
    let page = Arc::new(Stored { publication, etag, headers, bytes });
    if extra.is_empty() {
        web.pages.keep(target, packing, Arc::clone(&page));
    }
    let mut response = stored(&page, &HeaderMap::new());
    for (name, value) in extra {
        insert(response.headers_mut(), name, value);
    }
    response
}

/// An answer from stored bytes, or 304 when the reader has them.
pub(super) fn stored(page: &Stored, asked: &HeaderMap) -> Response<Body> {
    let same = asked.get(header::IF_NONE_MATCH).is_some_and(|tag| *tag == page.etag);
    let mut response = Response::new(if same { Body::empty() } else { Body::from(page.bytes.clone()) });
    *response.headers_mut() = page.headers.clone();
    if same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    response
}

fn gzip(bytes: &[u8]) -> Bytes {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) => Bytes::from(packed),
        Err(_) => Bytes::copy_from_slice(bytes),
    }
}

/// A 303 to one of our own paths; anything else goes to the home page.
pub(super) fn redirect(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    insert(response.headers_mut(), "location", own_path(path).unwrap_or("/"));
    insert(response.headers_mut(), "cache-control", "no-store");
    response
}

/// The text, if it can only lead to this site: a path that begins with one slash and holds nothing odd.
#[must_use]
pub fn own_path(text: &str) -> Option<&str> {
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    (text.starts_with('/')
        && !text.starts_with("//")
        && !text.chars().any(odd)
        && !cookie::decode(text).chars().any(|c| c.is_control() || c == '\\'))
    .then_some(text)
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    insert(response.headers_mut(), "content-type", "text/plain; charset=utf-8");
    response
}

fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

fn append_cookie(response: &mut Response<Body>, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v09_only_our_own_paths_are_followed() {
        for good in ["/", "/staff/plan?status=late", "/standards/answer-the-phone"] {
            assert_eq!(own_path(good), Some(good));
        }
        for bad in [
            "//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\\evil.example",
            "\\\\evil",
            "/a\r\nSet-Cookie: x",
            "/%0d%0aX: y",
            "/%5cevil.example",
            "",
            " /x",
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }
}
