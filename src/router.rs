//! The URL table: every context's routes, joined with what the permission table says of them, under the layers that every request passes.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, RawPathParams, State};
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse as _;
use axum::routing::{MethodRouter, get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::db::migrate;
use crate::permissions::{self, Who};
use crate::web::dispatch::{self, Row, Web};
use crate::web::{Route, headers};
use crate::{
    assets, content, findings, focus_groups, home, mystery_shopping, people, performance, plans, settings, standards,
    surveys,
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
        surveys::pages::routes(),
        focus_groups::pages::routes(),
        mystery_shopping::pages::routes(),
        performance::pages::routes(),
        findings::pages::routes(),
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

/// The whole program as a service.
///
/// # Errors
/// A fault in the URL table.
pub fn build(web: Arc<Web>) -> Result<axum::Router, TableError> {
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
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready).with_state(Arc::clone(&web)))
        .fallback(move |request: Request<Body>| {
            dispatch::answer(Arc::clone(&for_nothing), Arc::clone(&nothing), Vec::new(), request)
        });
    Ok(layers(router, &web))
}

fn methods(web: &Arc<Web>, row: &Arc<Row>) -> MethodRouter {
    let answer = |row: Arc<Row>, web: Arc<Web>| {
        move |params: RawPathParams, request: Request<Body>| {
            let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            dispatch::answer(Arc::clone(&web), Arc::clone(&row), params, request)
        }
    };
    let mut methods = MethodRouter::new();
    if row.route.get.is_some() {
        methods = methods.merge(get(answer(Arc::clone(row), Arc::clone(web))));
    }
    if row.route.post.is_some() {
        methods = methods.merge(post(answer(Arc::clone(row), Arc::clone(web))));
    }
    methods
}

/// The layers, outermost last.
fn layers(router: axum::Router, web: &Arc<Web>) -> axum::Router {
    let https = web.app.config.is_https();
    router
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(90)))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(web), only_our_host))
        .layer(middleware::map_response(move |response: Response<Body>| async move { with_headers(response, https) }))
        .layer(CatchPanicLayer::custom(move |_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a request panicked");
            let mut response = Response::new(Body::from("Something went wrong. This is our fault: please try again."));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
            with_headers(response, https)
        }))
}

fn with_headers(mut response: Response<Body>, https: bool) -> Response<Body> {
    let out = response.headers_mut();
    for (name, value) in headers::ALWAYS {
        out.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    out.entry(HeaderName::from_static("content-security-policy"))
        .or_insert(HeaderValue::from_static(headers::NO_SCRIPT));
    if https {
        out.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(headers::HSTS));
    }
    response
}

/// Refuses a request for another host, so that a forged name can reach neither a link nor a cache. Health checks come by address.
async fn only_our_host(State(web): State<Arc<Web>>, request: Request<Body>, next: Next) -> Response<Body> {
    let asked = request.uri().authority().map(|name| name.as_str().to_owned());
    let asked =
        asked.or_else(|| request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).map(str::to_owned));
    let path = request.uri().path();
    if path == "/healthz" || path == "/readyz" || asked.is_some_and(|asked| is_our_host(&asked, web.app.config.host()))
    {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "This server does not answer for that name.").into_response()
}

/// The host of the base URL; on loopback any loopback name will do.
fn is_our_host(asked: &str, ours: &str) -> bool {
    let loopback = |host: &str| {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        name == "localhost"
            || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    asked.eq_ignore_ascii_case(ours) || (loopback(asked) && loopback(ours))
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

    #[test]
    fn every_route_has_a_permission_row_and_every_row_a_route() {
        assert!(rows().unwrap().len() > 10);
    }

    async fn broken() -> &'static str {
        panic!("a fault of the test's making")
    }

    #[tokio::test]
    async fn r19_a_panic_in_a_handler_is_a_500_and_the_next_request_is_fine() {
        let web = Arc::new(Web::new(crate::testing::app().await));
        let router = axum::Router::new().route("/broken", get(broken)).route("/sound", get(|| async { "ok" }));
        let service = layers(router, &web);
        for (path, status) in [("/broken", 500), ("/sound", 200), ("/broken", 500), ("/sound", 200)] {
            let request = Request::get(path).header("host", "127.0.0.1:3000").body(Body::empty()).unwrap();
            let response = tower::ServiceExt::oneshot(service.clone(), request).await.unwrap();
            assert_eq!(response.status().as_u16(), status);
            assert!(response.headers().contains_key("content-security-policy"));
        }
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
