//! What a page answers with.

use axum::body::Body;
use axum::http::StatusCode;
use futures::{Stream, TryStreamExt as _};
use leptos::prelude::{AnyView, IntoAny, IntoView};

use super::Form;
use crate::ui::spoken::Tongue;

/// Which surroundings a page is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// For residents and visitors: roomy, one column.
    Resident,
    /// For staff: the loop at the left, denser.
    Staff,
}

/// A page to be drawn: its title, and a view that is built when the surroundings are ready.
pub struct Page {
    pub(super) title: String,
    pub(super) status: StatusCode,
    pub(super) layout: Layout,
    pub(super) in_error: bool,
    pub(super) blanks: Vec<(&'static str, String)>,
    pub(super) tongue: Tongue,
    pub(super) body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page for residents and visitors. The view is built once, with no I/O: load first, then draw.
    pub fn new<V: IntoView + 'static>(title: impl Into<String>, body: impl FnOnce() -> V + Send + 'static) -> Self {
        Self {
            title: title.into(),
            status: StatusCode::OK,
            layout: Layout::Resident,
            in_error: false,
            blanks: Vec::new(),
            tongue: Tongue::default(),
            body: Box::new(move || body().into_any()),
        }
    }

    /// A page of the staff workspace.
    pub fn staff<V: IntoView + 'static>(title: impl Into<String>, body: impl FnOnce() -> V + Send + 'static) -> Self {
        Self { layout: Layout::Staff, ..Self::new(title, body) }
    }

    /// A page that shows a form: when the form has errors, the status is 422 and the title begins "Error:".
    #[must_use]
    pub fn with_form(mut self, form: &Form) -> Self {
        if !form.is_valid() {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
            self.in_error = true;
        }
        self
    }

    /// Says that the page is the same for everybody who is not signed in, but for some marks that stand in it, and what
    /// each is to be replaced by. It is then drawn once until something public changes, and only filled in for each reader.
    #[must_use]
    pub fn with_blanks<const N: usize>(mut self, blanks: [(&'static str, String); N]) -> Self {
        self.blanks = blanks.into();
        self
    }

    /// Says in which language the page is, where it is not English.
    #[must_use]
    pub fn in_tongue(mut self, tongue: &Tongue) -> Self {
        self.tongue = tongue.clone();
        self
    }

    /// What the shell needs: title, surroundings, language, whether the form was refused, and the view to build.
    #[must_use]
    pub fn into_parts(self) -> (String, Layout, Tongue, bool, Box<dyn FnOnce() -> AnyView + Send>) {
        (self.title, self.layout, self.tongue, self.in_error, self.body)
    }

    /// The same page under another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

/// What a notice begins with that tells of something else than success.
pub(crate) const NOTED: char = '!';

/// What goes back to the browser.
pub struct Reply {
    pub(super) content: Content,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) notice: Option<String>,
}

pub(super) enum Content {
    Page(Page),
    Redirect(String),
    Bytes { status: StatusCode, content_type: String, bytes: Vec<u8> },
    Stream { content_type: String, body: Body },
}

impl Reply {
    fn new(content: Content) -> Self {
        Self { content, headers: Vec::new(), notice: None }
    }

    /// Sends the browser to one of our own paths after a change (303).
    pub fn redirect(path: impl Into<String>) -> Self {
        Self::new(Content::Redirect(path.into()))
    }

    /// A short sentence shown once on the next page: "Your comment was sent".
    #[must_use]
    pub fn saying(mut self, notice: impl Into<String>) -> Self {
        self.notice = Some(notice.into());
        self
    }

    /// The same for what was not done, or is otherwise than expected: "This file was decided before".
    #[must_use]
    pub fn noting(self, notice: impl AsRef<str>) -> Self {
        self.saying(format!("{NOTED}{}", notice.as_ref()))
    }

    /// Bytes of a media type, shown by the browser: JSON, an image that we drew ourselves.
    #[must_use]
    pub fn bytes(content_type: &str, bytes: Vec<u8>) -> Self {
        Self::new(Content::Bytes { status: StatusCode::OK, content_type: content_type.to_owned(), bytes })
    }

    /// A file to be saved under a name, never shown in the browser.
    #[must_use]
    pub fn download(name: &str, content_type: &str, bytes: Vec<u8>) -> Self {
        Self::bytes(content_type, bytes).saved_as(name)
    }

    /// A file to be saved under a name that is made while it is sent, so that memory does not grow with it. When a part
    /// cannot be made the connection ends before the file does, which browsers say.
    #[must_use]
    pub fn download_in_parts<E>(
        name: &str,
        content_type: &str,
        parts: impl Stream<Item = Result<Vec<u8>, E>> + Send + 'static,
    ) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let parts = parts.inspect_err(|error| tracing::error!(%error, "a file ended before it was whole"));
        Self::new(Content::Stream { content_type: content_type.to_owned(), body: Body::from_stream(parts) })
            .saved_as(name)
    }

    fn saved_as(self, name: &str) -> Self {
        let safe: String = name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
            .collect();
        self.with_header("content-disposition", format!("attachment; filename=\"{safe}\""))
    }

    /// A value as JSON, for anybody's program.
    pub fn json<T: serde::Serialize>(value: &T) -> Result<Self, super::PageError> {
        let bytes = serde_json::to_vec_pretty(value).map_err(|error| super::PageError::Internal(error.to_string()))?;
        Ok(Self::bytes("application/json; charset=utf-8", bytes))
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sets a cookie made by `cookie::set` or `cookie::clear`.
    #[must_use]
    pub fn with_cookie(self, cookie: String) -> Self {
        self.with_header("set-cookie", cookie)
    }

    /// Bytes under another status than 200.
    #[must_use]
    pub fn with_status(mut self, to: StatusCode) -> Self {
        match &mut self.content {
            Content::Bytes { status, .. } => *status = to,
            Content::Page(page) => page.status = to,
            Content::Redirect(_) | Content::Stream { .. } => {}
        }
        self
    }
}

impl From<Page> for Reply {
    fn from(page: Page) -> Self {
        Self::new(Content::Page(page))
    }
}
