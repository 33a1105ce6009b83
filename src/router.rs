//! The URL table: every context's routes, joined with what the permission table says of them, under the layers that every request passes.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, RawPathParams, State};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, post};
use futures::FutureExt as _;
use futures::future::{self, Either};
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::config::is_loopback_host;
use crate::db::migrate;
use crate::permissions::{self, Who};
use crate::web::dispatch::{self, Peer, Row, Web};
use crate::web::{Route, headers};
use crate::{
    assets, assurance, content, decisions, erasure, findings, focus_groups, home, improvement, mystery_shopping,
    people, performance, plans, research, residents, settings, standards, surveys,
};

/// Every route of every context.
#[must_use]
pub fn routes() -> Vec<Route> {
    [
        home::pages::routes(),
        people::pages::routes(),
        settings::pages::routes(),
        plans::pages::routes(),
        standards::pages::routes(),
        content::pages::routes(),
        residents::pages::routes(),
        surveys::pages::routes(),
        focus_groups::pages::routes(),
        mystery_shopping::pages::routes(),
        performance::pages::routes(),
        findings::pages::routes(),
        improvement::pages::routes(),
        decisions::pages::routes(),
        research::pages::routes(),
        assurance::pages::routes(),
        erasure::pages::routes(),
    ]
    .concat()
}

/// A fault in the URL table, found before the program serves anything.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A route that the permission table does not know.
    #[error("{0} has no row in the permission table")]
    NoPermission(&'static str),
    /// A permission for a route that does not exist.
    #[error("the permission table has a row for {0}, which is no route")]
    NoRoute(&'static str),
    /// A method that is allowed to nobody although it is answered, or the other way round.
    #[error("{0} answers a method that its permission row does not open, or opens one it does not answer")]
    MethodsDiffer(&'static str),
}

/// Joins routes with permissions; both must name the same paths and methods.
///
/// # Errors
/// The first fault in the table.
pub fn rows() -> Result<Vec<Arc<Row>>, TableError> {
    let routes = routes();
    let paths: HashSet<&str> = routes.iter().map(|route| route.path).collect();
    if let Some((path, _, _)) = permissions::TABLE.iter().find(|(path, _, _)| !paths.contains(path)) {
        return Err(TableError::NoRoute(path));
    }
    routes
        .into_iter()
        .map(|route| {
            let (who_reads, who_posts) = permissions::of(route.path).ok_or(TableError::NoPermission(route.path))?;
            if route.get.is_some() == (who_reads == Who::Nobody) || route.post.is_some() == (who_posts == Who::Nobody) {
                return Err(TableError::MethodsDiffer(route.path));
            }
            Ok(Arc::new(Row { route, who_reads, who_posts }))
        })
        .collect()
}

/// The whole program: stored pages at once, all else through the layers and the URL table.
#[derive(Clone)]
pub struct Program {
    web: Arc<Web>,
    router: axum::Router,
}

impl Program {
    /// Answers one request of a client at that address.
    pub fn answer(&self, peer: IpAddr, mut request: Request<Body>) -> impl Future<Output = Response<Body>> + use<> {
        let kept = if is_for_us(&request, &self.web) { dispatch::kept(&self.web, &request) } else { None };
        match kept {
            Some(kept) => Either::Left(future::ready(kept)),
            None => {
                request.extensions_mut().insert(Peer(peer));
                let answered = self.router.clone().oneshot(request);
                // Boxed, so that a stored page does not carry the weight of what it leaves out.
                Either::Right(Box::pin(answered.map(|answered| answered.unwrap_or_else(|never| match never {}))))
            }
        }
    }
}

/// The whole program, put together.
///
/// # Errors
/// A fault in the URL table.
pub fn build(web: Arc<Web>) -> Result<Program, TableError> {
    let mut router = axum::Router::new();
    for row in rows()? {
        let path = row.route.path;
        router = router.route(path, methods(&web, &row));
    }
    let nothing =
        Arc::new(Row { route: crate::web::route("/{*nothing}"), who_reads: Who::Anyone, who_posts: Who::Anyone });
    let for_nothing = Arc::clone(&web);
    let router = router
        .route("/assets/{*path}", get(assets::serve))
        .route("/favicon.ico", get(assets::icon))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready).with_state(Arc::clone(&web)))
        .fallback(move |request: Request<Body>| {
            dispatch::answer(Arc::clone(&for_nothing), Arc::clone(&nothing), Vec::new(), request)
        });
    Ok(Program { router: layers(router, &web), web })
}

fn methods(web: &Arc<Web>, row: &Arc<Row>) -> MethodRouter {
    let answer = |row: Arc<Row>, web: Arc<Web>| {
        move |params: RawPathParams, request: Request<Body>| {
            let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            dispatch::answer(Arc::clone(&web), Arc::clone(&row), params, request)
        }
    };
    // GET is always taken: a page that only takes a form says so in words.
    let mut methods = MethodRouter::new().merge(get(answer(Arc::clone(row), Arc::clone(web))));
    if row.route.post.is_some() {
        methods = methods.merge(post(answer(Arc::clone(row), Arc::clone(web))));
    }
    methods
}

/// The layers, outermost last.
fn layers(router: axum::Router, web: &Arc<Web>) -> axum::Router {
    let https = web.app.config.is_https();
    let random = web.app.random.clone();
    router
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(90)))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(web), only_our_host))
        .layer(middleware::map_response(move |response: Response<Body>| async move { with_headers(response, https) }))
        .layer(CatchPanicLayer::custom(move |_: Box<dyn std::any::Any + Send>| {
            let id = random.reference();
            tracing::error!(request = id, "request {id} panicked");
            let words = format!("Something went wrong. This is our fault: please try again. If it goes wrong again, tell us the reference {id}.");
            let mut response = Response::new(Body::from(words));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
            with_headers(response, https)
        }))
}

fn with_headers(mut response: Response<Body>, https: bool) -> Response<Body> {
    headers::complete(response.headers_mut(), https);
    response
}

/// Refuses a request for another host, so that a forged name can reach neither a link nor a cache. Health checks come by address.
async fn only_our_host(State(web): State<Arc<Web>>, request: Request<Body>, next: Next) -> Response<Body> {
    let path = request.uri().path();
    if path == "/healthz" || path == "/readyz" || is_for_us(&request, &web) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "This server does not answer for that name.").into_response()
}

fn is_for_us(request: &Request<Body>, web: &Web) -> bool {
    let asked = request.uri().authority().map(Authority::as_str);
    let asked = asked.or_else(|| request.headers().get(header::HOST).and_then(|value| value.to_str().ok()));
    asked.is_some_and(|asked| is_our_host(asked, web.app.config.host()))
}

/// The host of the base URL; on loopback any loopback name will do.
fn is_our_host(asked: &str, ours: &str) -> bool {
    asked.eq_ignore_ascii_case(ours) || (is_loopback_host(asked) && is_loopback_host(ours))
}

/// 200 when the database answers and has this program's shape.
async fn ready(State(web): State<Arc<Web>>) -> Response<Body> {
    match is_ready(&web.app).await {
        Ok(()) => (StatusCode::OK, "ready").into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, why).into_response(),
    }
}

async fn is_ready(app: &App) -> Result<(), &'static str> {
    match migrate::applied(&app.db).await {
        Ok(Some(number)) if number >= migrate::newest() => Ok(()),
        Ok(_) => Err("the database needs doorstep migrate"),
        Err(_) => Err("the database does not answer"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::testing::app_on;
    use crate::web::{PageError, Reply, Req};

    #[test]
    fn every_route_has_a_permission_row_and_every_row_a_route() {
        assert!(rows().unwrap().len() > 10);
    }

    async fn broken() -> &'static str {
        panic!("a fault of the test's making")
    }

    async fn ask(service: &axum::Router, method: &str, path: &str) -> (u16, String) {
        let request =
            Request::builder().method(method).uri(path).header("host", "127.0.0.1:3000").body(Body::empty()).unwrap();
        let response = tower::ServiceExt::oneshot(service.clone(), request).await.unwrap();
        assert!(response.headers().contains_key("content-security-policy"));
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn r19_a_panic_anywhere_is_a_500_with_a_reference_and_the_next_request_is_fine() {
        let web = Arc::new(Web::new(crate::testing::app().await));
        let router = axum::Router::new().route("/broken", get(broken)).route("/sound", get(|| async { "ok" }));
        let service = layers(router, &web);
        for _ in 0..2 {
            let (status, words) = ask(&service, "GET", "/broken").await;
            assert!(status == 500 && words.contains("tell us the reference"), "{status}: {words}");
            assert_eq!(ask(&service, "GET", "/sound").await, (200, "ok".to_owned()));
        }
    }

    /// Writes a row without committing it, then panics, on the task itself or on a blocking one.
    async fn writes_and_breaks(req: Req) -> Result<Reply, PageError> {
        let mut tx = req.app.db.write().await?;
        let landlord = settings::Landlord { name: "Half written".into(), ..settings::store::find(&mut tx).await? };
        settings::store::save(&mut tx, &landlord, req.now()).await?;
        if req.query("blocking").is_some() {
            tokio::task::spawn_blocking(|| panic!("a fault of the test's making")).await.unwrap();
        }
        panic!("a fault of the test's making")
    }

    db_test!(r19_a_page_that_panics_leaves_no_row_and_gives_a_reference, db => {
        let app = app_on(db);
        let web = Arc::new(Web::new(app.clone()));
        let route = crate::web::route("/broken").post(writes_and_breaks);
        let row = Arc::new(Row { route, who_reads: Who::Nobody, who_posts: Who::Anyone });
        let service = layers(axum::Router::new().route("/broken", methods(&web, &row)), &web);
        for path in ["/broken", "/broken?blocking=yes"] {
            let (status, page) = ask(&service, "POST", path).await;
            assert_eq!(status, 500, "{path}");
            assert!(page.contains("reference") || page.contains("Reference"), "{page}");
            let mut tx = app.db.write().await.unwrap();
            assert_ne!(settings::store::find(&mut tx).await.unwrap().name, "Half written");
        }
    });

    /// A request as it comes from a browser, with one more header.
    fn asks(path: &str, name: &str, value: &str) -> Request<Body> {
        Request::get(path).header("host", "127.0.0.1:3000").header(name, value).body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn a_page_kept_for_anybody_is_whole_and_goes_to_nobody_else() {
        let app = crate::testing::app().await;
        // A browser of the tests also starts what pages are drawn on.
        drop(crate::testing::Browser::new(&app));
        app.db.refresh_publication().await.unwrap();
        let web = Arc::new(Web::new(app.clone()));
        let program = build(Arc::clone(&web)).unwrap();
        let peer = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
        assert!(dispatch::kept(&web, &asks("/standards", "accept", "*/*")).is_none(), "nobody has read it yet");
        let first = program.answer(peer, asks("/standards", "accept", "*/*")).await;
        assert_eq!(first.status(), StatusCode::OK);
        let kept = dispatch::kept(&web, &asks("/standards", "accept", "*/*")).expect("it is kept now");
        let (first, headers) = (first.into_parts().0.headers, kept.headers().clone());
        let same = |name: &header::HeaderName| first.get(name) == headers.get(name);
        assert!(first.keys().filter(|name| *name != header::CONTENT_LENGTH).all(same), "{first:?} {headers:?}");
        assert!(headers.contains_key("content-security-policy") && headers.contains_key("x-frame-options"));
        let etag = headers.get(header::ETAG).unwrap().to_str().unwrap();
        let again = program.answer(peer, asks("/standards", "if-none-match", etag)).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

        for cookies in ["sid=0123", "theme=x; notice=Saved"] {
            assert!(dispatch::kept(&web, &asks("/standards", "cookie", cookies)).is_none(), "{cookies}");
        }
        assert!(dispatch::kept(&web, &asks("/standards", "cookie", "theme=x")).is_some());
        assert!(dispatch::kept(&web, &asks("/standards?as=other", "accept", "*/*")).is_none());
        let elsewhere = Request::get("/standards").header("host", "evil.example").body(Body::empty()).unwrap();
        assert_eq!(program.answer(peer, elsewhere).await.status(), StatusCode::MISDIRECTED_REQUEST);

        let mut tx = app.db.write().await.unwrap();
        tx.public_changed();
        tx.commit().await.unwrap();
        assert!(dispatch::kept(&web, &asks("/standards", "accept", "*/*")).is_none(), "something public changed");
    }

    #[test]
    fn v29_only_the_base_urls_host_is_answered() {
        assert!(is_our_host("doorstep.example", "doorstep.example"));
        assert!(!is_our_host("evil.example", "doorstep.example"));
        assert!(!is_our_host("localhost", "doorstep.example"));
        assert!(is_our_host("localhost:3000", "127.0.0.1:3000"));
        assert!(!is_our_host("evil.example:3000", "127.0.0.1:3000"));
    }
}
