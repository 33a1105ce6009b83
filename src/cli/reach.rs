//! What `doctor` learns by asking the portal for a page at the address that residents use, through whatever proxy stands there.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// How long the portal may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends an empty form, as a browser would, and says what became of it. Nothing is written by it.
///
/// # Errors
/// A sentence saying what to mend at the proxy.
pub(super) async fn through_the_proxy(base_url: &str) -> Result<String, String> {
    let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
    let client = Client::builder(TokioExecutor::new()).build(connector);
    let request = Request::post(format!("{base_url}/forgotten-password"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, base_url)
        .body(Body::empty())
        .map_err(|error| format!("{base_url} is no address: {error}"))?;
    match tokio::time::timeout(PATIENCE, client.request(request)).await {
        Ok(Ok(answer)) => verdict(base_url, answer.status()),
        Ok(Err(_)) | Err(_) => Ok(format!("nothing answers at {base_url} now, so what a proxy does was not looked at")),
    }
}

fn verdict(base_url: &str, status: StatusCode) -> Result<String, String> {
    match status {
        StatusCode::UNPROCESSABLE_ENTITY => Ok(format!("{base_url} passes requests on as they are")),
        StatusCode::MISDIRECTED_REQUEST => {
            Err("the proxy changes the Host header: have it pass on the one that the browser sent".to_owned())
        }
        StatusCode::FORBIDDEN => {
            Err("forms are refused as coming from another site: the proxy changes the Host or Origin header".to_owned())
        }
        other => Err(format!("{base_url} answers {other}, which is not this program\u{2019}s answer to an empty form")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r24_a_proxy_that_changes_the_host_is_named() {
        assert!(verdict("https://homes.example", StatusCode::UNPROCESSABLE_ENTITY).is_ok());
        assert!(verdict("https://homes.example", StatusCode::MISDIRECTED_REQUEST).unwrap_err().contains("Host"));
        assert!(verdict("https://homes.example", StatusCode::FORBIDDEN).is_err());
        assert!(verdict("https://homes.example", StatusCode::OK).is_err());
    }

    #[tokio::test]
    async fn a_portal_that_is_not_running_is_no_fault_of_a_proxy() {
        assert!(through_the_proxy("http://127.0.0.1:9").await.unwrap().contains("nothing answers"));
    }
}
