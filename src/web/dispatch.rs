//! From a request to an answer: who is looking, may they, what did they send, and how the answer goes back.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, Multipart};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use chrono::TimeDelta;

use super::cache::{Packing, PageCache, Stored};
use super::page::Content;
use super::rate::{PostLimit, client_address};
use super::viewer::Surroundings;
use super::{PageError, Reply, Req, Route, Upload, Viewer, cookie, headers, render};
use crate::app::App;
use crate::permissions::Who;
use crate::random::sha256;
use crate::settings::{self, Landlord};
use crate::{db, people, shell};

/// Largest body of a form without files, in bytes.
pub const LARGEST_FORM: usize = 1024 * 1024;
/// Largest body of a form with files, in bytes.
pub const LARGEST_UPLOAD: usize = 25 * 1024 * 1024;
/// Most fields a form may have.
const MOST_FIELDS: usize = 2000;
/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_mins(1);

/// The address at the other end of the connection, put there by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// What requests share beside the program's parts.
pub struct Web {
    pub app: App,
    pub pages: PageCache,
    pub limit: PostLimit,
    landlord: RwLock<(i64, Arc<Landlord>)>,
}

/// A route with what the permission table says of it.
pub struct Row {
    pub route: Route,
    pub who_reads: Who,
    pub who_posts: Who,
}

impl Web {
    /// What requests share, fresh.
    #[must_use]
    pub fn new(app: App) -> Self {
        let limit = PostLimit::per_minute(app.config.posts_per_minute);
        Self { app, pages: PageCache::new(), limit, landlord: RwLock::new((0, Arc::new(Landlord::default()))) }
    }

    /// The landlord's settings, read again after any public change.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn landlord(&self) -> Result<Arc<Landlord>, db::Error> {
        let publication = self.app.db.publication();
        if let Ok(kept) = self.landlord.read()
            && kept.0 == publication
            && publication > 0
        {
            return Ok(Arc::clone(&kept.1));
        }
        let mut tx = self.app.db.read().await?;
        let landlord = Arc::new(settings::store::find(&mut tx).await?);
        if let Ok(mut kept) = self.landlord.write() {
            *kept = (publication, Arc::clone(&landlord));
        }
        Ok(landlord)
    }
}

/// Answers one request on one row of the URL table.
pub async fn answer(
    web: Arc<Web>,
    row: Arc<Row>,
    params: Vec<(String, String)>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let path = parts.uri.path().to_owned();
    let cookies = read_cookies(&parts.headers);
    let publication = web.app.db.publication();
    let signed_out = !cookies.iter().any(|(name, _)| {
        [cookie::SESSION, cookie::NOTICE].iter().any(|base| *name == cookie::name(&web.app.config, base))
    });
    let shared = row.route.cached && signed_out && parts.method != Method::POST;
    let packing = if accepts_gzip(&parts.headers) { Packing::Gzip } else { Packing::Plain };
    if shared && let Some(page) = web.pages.find(&target, packing, publication) {
        return stored(&page, packing, &parts.headers);
    }

    let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0);
    let mut req = Req {
        viewer: Viewer::default(),
        landlord: Arc::new(Landlord::default()),
        method: parts.method.clone(),
        path,
        client: client_address(peer, &parts.headers, &web.app.config.trusted_proxies),
        device: parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect(),
        params,
        query: cookie::pairs(parts.uri.query().unwrap_or_default()),
        fields: Vec::new(),
        uploads: Vec::new(),
        cookies,
        app: web.app.clone(),
    };
    let prepared = prepare(&web, &row, &mut req, Request::from_parts(parts.clone(), body)).await;
    let surroundings = Surroundings {
        landlord: Arc::clone(&req.landlord),
        viewer: req.viewer.clone(),
        path: req.path.clone(),
        notice: req.cookie(cookie::NOTICE).map(cookie::decode),
        publication,
    };
    let (posted, fields) = (req.method == Method::POST, req.fields.clone());
    let request = Logged { id: web.app.random.reference(), method: req.method.clone(), route: row.route.path };
    let outcome = match (prepared, row.answer(&req.method)) {
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(PageError::NotFound),
        (Ok(()), Some(answer)) => answer(req).await,
    };
    let response = match outcome {
        Ok(reply) => send(&web, reply, surroundings, shared.then_some((target, packing))).await,
        Err(error) => refuse(&web, &error, &request, surroundings, posted.then_some(fields)).await,
    };
    request.log(response.status());
    response
}

/// What the log says of a request: the route's pattern and never the path, which may hold a token.
struct Logged {
    id: String,
    method: Method,
    route: &'static str,
}

impl Logged {
    fn log(&self, status: StatusCode) {
        let Self { id, method, route } = self;
        let status = status.as_u16();
        if *method == Method::POST || status >= 400 {
            tracing::info!(request = id, %method, route, status, "{method} {route} {status}");
        } else {
            tracing::debug!(request = id, %method, route, status, "{method} {route} {status}");
        }
    }
}

impl Row {
    fn answer(&self, method: &Method) -> Option<&super::route::Answer> {
        if *method == Method::POST { self.route.post.as_ref() } else { self.route.get.as_ref() }
    }
}

/// Fills in who is looking and what they sent, and checks that they may. What was sent is read first,
/// so that it can be handed back when the database is out of reach.
async fn prepare(web: &Web, row: &Row, req: &mut Req, request: Request<Body>) -> Result<(), PageError> {
    let posted = req.method == Method::POST;
    if posted {
        if !web.limit.allows(req.client) {
            return Err(PageError::TooMany);
        }
        read_body(req, row.route.uploads, request).await?;
    }
    req.landlord = web.landlord().await?;
    req.viewer = viewer(req).await?;
    let who = if posted { row.who_posts } else { row.who_reads };
    who.check(req.viewer.role())
}

/// The signed-in person of the session cookie, read on every request so that ending a session takes effect at once on every node.
async fn viewer(req: &Req) -> Result<Viewer, PageError> {
    let Some(token) = req.cookie(cookie::SESSION) else { return Ok(Viewer::default()) };
    let mut tx = req.app.db.read().await?;
    let Some(session) = people::store::find_session(&mut tx, &sha256(token)).await? else {
        return Ok(Viewer::default());
    };
    let Some(account) = people::store::find(&mut tx, session.account_id).await? else { return Ok(Viewer::default()) };
    drop(tx);
    let now = req.now();
    if account.deactivated_at.is_some() || !session.is_good(account.role, now) {
        return Ok(Viewer::default());
    }
    if now - session.seen_at > TimeDelta::minutes(1) {
        let mut tx = req.app.db.write().await?;
        people::store::touch_session(&mut tx, session.session_id, now).await?;
        tx.commit().await?;
    }
    Ok(Viewer { account: Some(account), session_id: Some(session.session_id) })
}

async fn read_body(req: &mut Req, uploads: bool, request: Request<Body>) -> Result<(), PageError> {
    let (parts, body) = request.into_parts();
    let limit = if uploads { LARGEST_UPLOAD } else { LARGEST_FORM };
    let read = tokio::time::timeout(BODY_DEADLINE, to_bytes(body, limit)).await;
    let bytes = match read {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(PageError::TooLarge),
        Err(_) => return Err(PageError::BadRequest("What you sent took too long to arrive. Please try again.".into())),
    };
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if kind.starts_with("multipart/form-data") {
        read_multipart(req, Request::from_parts(parts, Body::from(bytes))).await?;
    } else {
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
        req.fields = cookie::pairs(text);
    }
    if req.fields.len() + req.uploads.len() > MOST_FIELDS {
        return Err(unreadable());
    }
    Ok(())
}

fn unreadable() -> PageError {
    PageError::BadRequest("What was sent could not be read as a form.".into())
}

async fn read_multipart(req: &mut Req, request: Request<Body>) -> Result<(), PageError> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
    while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| unreadable())?;
        match file_name {
            Some(file_name) => req.uploads.push(Upload { field: name, name: file_name, bytes: bytes.to_vec() }),
            None => req.fields.push((name, String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?)),
        }
        if req.fields.len() + req.uploads.len() > MOST_FIELDS {
            return Err(unreadable());
        }
    }
    Ok(())
}

async fn send(
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
            insert(&mut response, "content-type", &content_type);
            if let (Some((target, packing)), StatusCode::OK) = (shared, status) {
                return keep(web, &target, packing, publication, &content_type, Bytes::from(bytes), &extra);
            }
            response
        }
        Content::Page(page) => {
            let status = page.status;
            let Some(drawn) = render::draw(move || shell::document(page, surroundings)).await else {
                return plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be drawn.");
            };
            if let (Some((target, packing)), StatusCode::OK) = (shared, status)
                && drawn.policy == headers::NO_SCRIPT
            {
                return keep(web, &target, packing, publication, HTML, drawn.html, &extra);
            }
            let mut response = Response::new(Body::from(drawn.html));
            *response.status_mut() = status;
            insert(&mut response, "content-type", HTML);
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
    insert(&mut response, "cache-control", "no-store");
    for (name, value) in extra {
        if name == "set-cookie" { append_cookie(&mut response, &value) } else { insert(&mut response, name, &value) }
    }
    response
}

/// The page of a refusal. What was posted to a database that is out of reach is handed back in a form that tries again.
async fn refuse(
    web: &Web,
    error: &PageError,
    request: &Logged,
    surroundings: Surroundings,
    posted: Option<Vec<(String, String)>>,
) -> Response<Body> {
    if matches!(error, PageError::SignIn) {
        return redirect(&format!("/sign-in?next={}", cookie::encode(&surroundings.path)));
    }
    let Logged { id, route, .. } = request;
    match error {
        PageError::Internal(detail) => tracing::error!(request = id, route, detail, "request {id} failed"),
        PageError::Unavailable(detail) => {
            tracing::warn!(request = id, route, detail, "request {id} found the database out of reach")
        }
        _ => {}
    }
    let status = error.status();
    let page = shell::refusal(error, id, &surroundings, posted);
    let mut reply = Reply::from(page);
    if matches!(error, PageError::Unavailable(_)) {
        reply = reply.with_header("retry-after", "5");
    }
    send(web, reply.with_status(status), surroundings, None).await
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
    let page = Arc::new(Stored { publication, etag, content_type: content_type.to_owned(), bytes });
    if extra.is_empty() {
        web.pages.keep(target, packing, Arc::clone(&page));
    }
    let mut response = stored(&page, packing, &HeaderMap::new());
    for (name, value) in extra {
        insert(&mut response, name, value);
    }
    response
}

fn stored(page: &Stored, packing: Packing, asked: &HeaderMap) -> Response<Body> {
    let same = asked.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == page.etag.as_bytes());
    let mut response = Response::new(if same { Body::empty() } else { Body::from(page.bytes.clone()) });
    if same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else if packing == Packing::Gzip {
        insert(&mut response, "content-encoding", "gzip");
    }
    insert(&mut response, "content-type", &page.content_type);
    insert(&mut response, "etag", &page.etag);
    insert(&mut response, "cache-control", "max-age=0, must-revalidate");
    insert(&mut response, "vary", "accept-encoding, cookie");
    insert(&mut response, "content-security-policy", headers::NO_SCRIPT);
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

fn accepts_gzip(asked: &HeaderMap) -> bool {
    asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"))
}

fn read_cookies(asked: &HeaderMap) -> Vec<(String, String)> {
    let lines = asked.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A 303 to one of our own paths; anything else goes to the home page.
fn redirect(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    insert(&mut response, "location", own_path(path).unwrap_or("/"));
    insert(&mut response, "cache-control", "no-store");
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
    insert(&mut response, "content-type", "text/plain; charset=utf-8");
    response
}

fn insert(response: &mut Response<Body>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
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
