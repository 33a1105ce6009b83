//! A browser without a window: keeps cookies, follows 303, sends forms as a page without script would.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Once};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};

use crate::app::App;
use crate::people::{Account, Role, store};
use crate::random::sha256;
use crate::router;
use crate::web::cookie;
use crate::web::dispatch::Web;
use crate::web::form::CARRIED;

static EXECUTOR: Once = Once::new();

/// One visitor with their cookies.
pub struct Browser {
    program: router::Program,
    app: App,
    cookies: Vec<(String, String)>,
}

/// An answer as it came.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The path that a 303 leads to.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// Fails the test unless the status is the one expected; returns itself for more questions.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// Fails the test unless the page holds the text.
    #[track_caller]
    pub fn holds(self, text: &str) -> Self {
        assert!(self.text.contains(text), "no \"{text}\" in {}", self.text);
        self
    }

    /// Fails the test if the page holds the text.
    #[track_caller]
    pub fn lacks(self, text: &str) -> Self {
        assert!(!self.text.contains(text), "\"{text}\" in {}", self.text);
        self
    }

    /// The value of the hidden field of that name.
    #[must_use]
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{CARRIED}{name}\" value=\"");
        self.text
            .split_once(&mark)
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(value, _)| value.to_owned())
            .unwrap_or_default()
    }
}

impl Browser {
    /// A visitor who is not signed in.
    #[must_use]
    pub fn new(app: &App) -> Self {
        EXECUTOR.call_once(|| drop(leptos_axum::generate_route_list(|| ())));
        let web = Arc::new(Web::new(app.clone()));
        Self { program: router::build(web).unwrap(), app: app.clone(), cookies: Vec::new() }
    }

    /// A visitor signed in to a new account of that role.
    pub async fn signed_in(app: &App, role: Role) -> (Self, Account) {
        let mut browser = Self::new(app);
        let mut tx = app.db.write().await.unwrap();
        let number = store::count(&mut tx).await.unwrap();
        let email = format!("{}{number}@example.org", role.code());
        let id = store::insert(
            &mut tx,
            &email,
            &format!("Test {} {number}", role.label()),
            role,
            None,
            false,
            app.clock.now(),
        )
        .await
        .unwrap();
        let token = app.random.token();
        store::insert_session(&mut tx, id, &sha256(&token), "a test", app.clock.now()).await.unwrap();
        let account = store::find(&mut tx, id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        browser.cookies.push((cookie::SESSION.to_owned(), token));
        (browser, account)
    }

    /// The cookies as they are now.
    #[must_use]
    pub fn cookies(&self) -> Vec<(String, String)> {
        self.cookies.clone()
    }

    /// Puts kept cookies back, as a thief would.
    pub fn set_cookies(&mut self, cookies: Vec<(String, String)>) {
        self.cookies = cookies;
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", cookie::encode(name), cookie::encode(value))).collect();
        self.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], Body::from(body.join("&")))
            .await
    }

    /// Sends a form with files: each is field, file name, bytes.
    pub async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes(),
            );
        }
        for (field, name, bytes) in files {
            body.extend(format!("--part\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--part--\r\n");
        self.send("POST", path, &[("content-type", "multipart/form-data; boundary=part")], Body::from(body)).await
    }

    /// Sends anything, with headers.
    pub async fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", self.app.config.host());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", all.join("; "));
        }
        self.raw(request.body(body).unwrap()).await
    }

    /// Sends a request just as it is.
    pub async fn raw(&mut self, request: Request<Body>) -> Answer {
        let response = self.program.answer(IpAddr::V4(Ipv4Addr::LOCALHOST), request).await;
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}
