//! A row of the URL table: a path and what answers on it. Who may use it stands in `permissions.rs`.

use std::sync::Arc;

use futures::future::BoxFuture;

use super::{PageError, Reply, Req};

/// What answers a request.
pub type Answer = Arc<dyn Fn(Req) -> BoxFuture<'static, Result<Reply, PageError>> + Send + Sync>;

/// A path and its answers.
#[derive(Clone)]
pub struct Route {
    /// The path as axum writes it: `/standards/{slug}`.
    pub path: &'static str,
    pub(crate) get: Option<Answer>,
    pub(crate) post: Option<Answer>,
    /// True when signed-out readers may be given stored bytes until the next public change.
    pub(crate) cached: bool,
    /// True when the form may carry files, which allows a larger body.
    pub(crate) uploads: bool,
}

/// A row for a path, with nothing answering yet.
#[must_use]
pub fn route(path: &'static str) -> Route {
    Route { path, get: None, post: None, cached: false, uploads: false }
}

impl Route {
    /// What answers a GET. It never changes anything.
    #[must_use]
    pub fn get<F, A>(mut self, answer: F) -> Self
    where
        F: Fn(Req) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Reply, PageError>> + Send + 'static,
    {
        self.get = Some(Arc::new(move |req| Box::pin(answer(req))));
        self
    }

    /// What answers a POST.
    #[must_use]
    pub fn post<F, A>(mut self, answer: F) -> Self
    where
        F: Fn(Req) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Reply, PageError>> + Send + 'static,
    {
        self.post = Some(Arc::new(move |req| Box::pin(answer(req))));
        self
    }

    /// Lets signed-out readers share one drawing of the page until something public changes. Not for pages with a form that is posted.
    #[must_use]
    pub fn cached(mut self) -> Self {
        self.cached = true;
        self
    }

    /// Lets the form carry files of up to 10 MB each, 25 MB in all.
    #[must_use]
    pub fn with_uploads(mut self) -> Self {
        self.uploads = true;
        self
    }
}
