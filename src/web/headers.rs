//! The headers that every answer carries, and the content policy of a page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Headers on every answer, whatever it is.
pub const ALWAYS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("x-frame-options", "DENY"),
];

/// Adds to an answer's headers what every answer carries; a content policy of its own stays.
pub fn complete(headers: &mut HeaderMap, https: bool) {
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(HeaderName::from_static("content-security-policy")).or_insert(HeaderValue::from_static(NO_SCRIPT));
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
}

/// Tells browsers to use https for a year; sent on https only.
pub const HSTS: &str = "max-age=31536000; includeSubDomains";

/// The policy of a page without an island, and of everything that is not a page: no script at all.
pub const NO_SCRIPT: &str = "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// The policy of a page with an island: our bundle, named by this page's nonce.
#[must_use]
pub fn with_island(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}
