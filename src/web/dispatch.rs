//! From a request to an answer: who is looking, may they, what did they send, and how the answer goes back.

use std::net::{IpAddr, Ipv4Addr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use chrono::TimeDelta;
use futures::FutureExt as _;
use leptos::prelude::*;

use super::body::read_body;
use super::cache::{Packing, PageCache};
use super::rate::{PostLimit, client_address};
use super::send::{redirect, send, stored};
use super::signed_out::{self, Sent};
use super::viewer::Surroundings;
use super::{Page, PageError, Reply, Req, Route, Viewer, cookie};
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
        Self { app, pages: PageCache::new(), limit }
    }

    /// The landlord's settings, read again after any public change.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn landlord(&self) -> Result<Arc<Landlord>, db::Error> {
        let db = &self.app.db;
        let publication = db.publication();
        if let Some(landlord) = db.kept(publication, "landlord") {
            return Ok(landlord);
        }
        let landlord = settings::store::find(&mut db.read().await?).await?;
        Ok(db.keep(publication, "landlord", landlord))
    }
}

/// The stored answer to a request, where it is one that anybody gets alike: a page read by somebody who is not signed in.
#[must_use]
pub fn kept(web: &Web, request: &Request<Body>) -> Option<Response<Body>> {
    let asked = request.headers();
    if request.method() != Method::GET || !is_anybody(web, asked) {
        return None;
    }
    let page = web.pages.find(request.uri().path_and_query()?.as_str(), packing(asked), web.app.db.publication())?;
    Some(stored(&page, asked))
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
    let shared = row.route.cached && is_anybody(&web, &parts.headers) && parts.method != Method::POST;
    let packing = packing(&parts.headers);

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
    let only_a_form = row.takes_only_a_form(&req.method);
    let prepared = prepare(&web, &row, &mut req, Request::from_parts(parts.clone(), body)).await;
    let surroundings = Surroundings {
        landlord: Arc::clone(&req.landlord),
        viewer: req.viewer.clone(),
        path: req.path.clone(),
        notice: req.cookie(cookie::NOTICE).map(cookie::decode),
        publication,
    };
    let sent = (req.method == Method::POST).then(|| Sent::of(&req));
    let request = Logged { id: web.app.random.reference(), method: req.method.clone(), route: row.route.path };
    let outcome = match (prepared, row.answer(&req.method)) {
        (_, None) if only_a_form => Ok(a_form_only()),
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(PageError::NotFound),
        (Ok(()), Some(answer)) => AssertUnwindSafe(answer(req))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(PageError::Internal("the page's own function panicked".into()))),
    };
    let response = match outcome {
        Ok(reply) => send(&web, reply, surroundings, shared.then_some((target, packing))).await,
        Err(PageError::TooLarge) => {
            let page = too_large(&row, &surroundings);
            send(&web, Reply::from(page).with_status(StatusCode::PAYLOAD_TOO_LARGE), surroundings, None).await
        }
        Err(PageError::SignIn) => sign_in_first(&web, surroundings, sent).await,
        Err(error) => refuse(&web, &error, &request, surroundings, sent.map(|sent| sent.fields)).await,
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

    /// True when somebody opens an address as a page that only takes a form.
    fn takes_only_a_form(&self, method: &Method) -> bool {
        *method != Method::POST && self.route.get.is_none() && self.route.post.is_some()
    }
}

/// Fills in who is looking and what they sent, and checks that they may. What was sent is read first,
/// so that it can be handed back when the database is out of reach. The page of a refusal names the landlord and the viewer too.
async fn prepare(web: &Web, row: &Row, req: &mut Req, request: Request<Body>) -> Result<(), PageError> {
    let posted = req.method == Method::POST;
    let sent = match posted {
        true if !web.limit.allows(req.client) => Err(PageError::TooMany),
        true => read_body(req, row.route.uploads, request).await,
        false => Ok(()),
    };
    let known = look(web, req).await;
    sent.and(known)?;
    // Nothing of ours is called so, and PostgreSQL takes no text that holds it.
    if req.params.iter().chain(&req.query).any(|(_, value)| value.contains('\0')) {
        return Err(PageError::NotFound);
    }
    let who = if posted { row.who_posts } else { row.who_reads };
    who.check(req.viewer.role())
}

/// Fills in the landlord and who is looking.
async fn look(web: &Web, req: &mut Req) -> Result<(), PageError> {
    req.landlord = web.landlord().await?;
    req.viewer = viewer(req).await?;
    Ok(())
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

/// Leads to the sign-in page; whoever sent more than a button first sees what they typed, so that no words are lost.
async fn sign_in_first(web: &Web, surroundings: Surroundings, sent: Option<Sent>) -> Response<Body> {
    match sent.filter(|sent| !sent.is_empty()) {
        Some(sent) => {
            let page = signed_out::page(&surroundings.path, &sent);
            send(web, Reply::from(page).with_status(StatusCode::UNAUTHORIZED), surroundings, None).await
        }
        None => redirect(&signed_out::sign_in(&surroundings.path)),
    }
}

/// The page of a refusal. What was posted to a database that is out of reach is handed back in a form that tries again.
async fn refuse(
    web: &Web,
    error: &PageError,
    request: &Logged,
    surroundings: Surroundings,
    posted: Option<Vec<(String, String)>>,
) -> Response<Body> {
    let Logged { id, route, .. } = request;
    match error {
        PageError::Internal(detail) => tracing::error!(request = id, route, detail, "request {id} failed"),
        PageError::Unavailable(detail) => {
            tracing::warn!(request = id, route, detail, "request {id} found the database out of reach");
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

/// The page for somebody who opened an address that only takes a form: typed, or from a list of visited pages.
fn a_form_only() -> Reply {
    let page = Page::new("This address only takes a form", || {
        view! {
            <h1 class="govuk-heading-l">"This address only takes a form"</h1>
            <p class="govuk-body">"It is where a button of ours sends something, and cannot be opened as a page. Nothing was changed. Go back, and press the button there."</p>
            <p class="govuk-body"><a class="govuk-link" href="/">"Go to the home page"</a></p>
        }
    });
    Reply::from(page).with_status(StatusCode::METHOD_NOT_ALLOWED).with_header("allow", "POST")
}

/// The page for a form that was too large, with the way back to it.
fn too_large(row: &Row, around: &Surroundings) -> Page {
    let back = row.route.get.is_some().then(|| around.path.clone());
    let less = if row.route.uploads {
        "Nothing of it was kept. Photos and files can have up to 10 MB each and 25 MB together: add one at a time, and press the button after each."
    } else {
        "Nothing of it was kept. Write less, then send it again."
    };
    let phone = around.landlord.phone.clone();
    Page::new("Too large to send", move || {
        let link = back.clone().map(|href| view! { <a class="govuk-back-link" href=href>"Back to the form"</a> });
        let keep = back.map(
            |_| view! { <p class="govuk-body">"Your browser’s own Back button may bring back what you typed."</p> },
        );
        let phone = (!phone.is_empty())
            .then(|| view! { <p class="govuk-body">"You can also phone us on "{shell::phone(&phone)}"."</p> });
        view! {
            {link}
            <h1 class="govuk-heading-l">"Too large to send"</h1>
            <p class="govuk-body">"What you sent is larger than this form can take. "{less}</p>
            {keep}
            {phone}
        }
    })
}

fn packing(asked: &HeaderMap) -> Packing {
    let taken = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    if taken.is_some_and(|value| value.contains("gzip")) { Packing::Gzip } else { Packing::Plain }
}

/// True when nothing the browser keeps would change a page: it is signed in to nothing, and no sentence waits for it.
fn is_anybody(web: &Web, asked: &HeaderMap) -> bool {
    !each_cookie(asked).any(|(name, _)| {
        [cookie::SESSION, cookie::NOTICE].iter().any(|base| name == cookie::name(&web.app.config, base))
    })
}

fn each_cookie(asked: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = asked.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

fn read_cookies(asked: &HeaderMap) -> Vec<(String, String)> {
    each_cookie(asked).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_only_takes_a_form_says_so_when_it_is_opened_as_a_page() {
        let app = crate::testing::app().await;
        // A browser of the tests also starts what pages are drawn on.
        drop(crate::testing::Browser::new(&app));
        let web = Arc::new(Web::new(app));
        let route = crate::web::route("/sign-out").post(|_: Req| async { Ok(Reply::redirect("/")) });
        let row = Arc::new(Row { route, who_reads: Who::Nobody, who_posts: Who::SignedIn });
        let request = Request::get("/sign-out").body(Body::empty()).unwrap();
        let answered = answer(web, row, Vec::new(), request).await;
        assert_eq!(answered.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answered.headers().get("allow").unwrap(), "POST");
        let bytes = axum::body::to_bytes(answered.into_body(), usize::MAX).await.unwrap();
        let page = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(page.contains("This address only takes a form") && page.contains("href=\"/\""), "{page}");
    }
}
