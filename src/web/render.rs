//! Drawing a page: the whole document at once, with script only where there is an island, and the policy that fits.

use std::pin::Pin;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderName, HeaderValue, Request};
use futures::{Stream, StreamExt as _, stream};
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::nonce::use_nonce;
use leptos::prelude::{AnyView, IntoView as _, Owner, RenderHtml as _, use_context};
use leptos_axum::ResponseOptions;

use super::headers;
use crate::assets;

type Text = Pin<Box<dyn Stream<Item = String> + Send>>;

/// A drawn page.
pub struct Drawn {
    pub html: Bytes,
    /// The content policy that belongs to exactly these bytes.
    pub policy: HeaderValue,
}

/// Draws a document inside Leptos's own surroundings. `None` when the document cannot be collected.
pub async fn draw(document: impl FnOnce() -> AnyView + Send + 'static) -> Option<Drawn> {
    let whole = move || {
        // As HydrationScripts would: nothing on the server belongs to the browser's tree but islands.
        if let Some(shared) = Owner::current_shared_context() {
            shared.set_is_hydrating(false);
        }
        document()
    };
    let response = leptos_axum::handle_response_inner(|| {}, whole, Request::new(Body::empty()), collect).await;
    let policy =
        response.headers().get(POLICY).cloned().unwrap_or_else(|| HeaderValue::from_static(headers::NO_SCRIPT));
    let html = to_bytes(response.into_body(), usize::MAX).await.ok()?;
    Some(Drawn { html, policy })
}

const POLICY: HeaderName = HeaderName::from_static("content-security-policy");

/// Collects the document. Escaped text cannot hold `<leptos-island`, so that finding it means an island.
fn collect(
    app: AnyView,
    tail: Box<dyn FnOnce() -> Text + Send>,
    _: bool,
) -> Pin<Box<dyn Future<Output = Text> + Send>> {
    let html = without_marks(&app.to_html());
    if !html.contains(ISLAND) {
        return Box::pin(async move { one(html) });
    }
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    if let (Some(options), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&headers::with_island(&nonce)))
    {
        options.insert_header(POLICY, policy);
    }
    let html = insert_before(&html, "</head>", &bundle_script());
    let tail = tail();
    Box::pin(async move {
        let tail = tail.collect::<String>().await;
        one(insert_before(&html, "</body>", &tail))
    })
}

const ISLAND: &str = "<leptos-island";
const ISLAND_END: &str = "</leptos-island>";

/// Leptos marks with `<!>` where views meet, for the browser that wakes them. Nothing but islands is woken: elsewhere the
/// marks are weight, and in a title they would be read out. Escaped text holds none.
fn without_marks(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.find(ISLAND).and_then(|at| rest.split_at_checked(at)) {
        let end = from.find(ISLAND_END).map_or(from.len(), |at| at + ISLAND_END.len());
        let (island, after) = from.split_at_checked(end).unwrap_or((from, ""));
        kept.extend(before.split("<!>"));
        kept.push_str(island);
        rest = after;
    }
    kept.extend(rest.split("<!>"));
    kept
}

/// The script part of Leptos's own tag; its preload hints would make browsers without script fetch the bundle for nothing.
fn bundle_script() -> String {
    let Some(name) = assets::bundle_name() else { return String::new() };
    let options = LeptosOptions::builder().output_name(name).site_pkg_dir("pkg").build();
    let tag = leptos::prelude::view! { <HydrationScripts options=options islands=true root="/assets"/> }
        .into_view()
        .to_html();
    let tag = without_marks(&tag);
    tag.find("<script").and_then(|at| tag.get(at..)).unwrap_or_default().to_owned()
}

fn insert_before(html: &str, mark: &str, what: &str) -> String {
    match html.rfind(mark).and_then(|at| html.split_at_checked(at)) {
        Some((before, after)) => [before, what, after].concat(),
        None => [html, what].concat(),
    }
}

fn one(html: String) -> Text {
    Box::pin(stream::once(async move { html }))
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
