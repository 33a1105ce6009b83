//! From a request to an answer: who is looking, may they, what did they send, and how the answer goes back.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, RwLock};

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use chrono::TimeDelta;

use super::body::read_body;
use super::cache::{Packing, PageCache};
use super::rate::{PostLimit, client_address};
use super::send::{redirect, send, stored};
use super::viewer::Surroundings;
use super::{PageError, Reply, Req, Route, Viewer, cookie};
use crate::app::App;
use crate::permissions::Who;
use crate::random::sha256;
use crate::settings::{self, Landlord};
use crate::{db, people, shell};

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
