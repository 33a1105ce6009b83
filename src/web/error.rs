//! The one place that knows status codes of refusals.

use axum::http::StatusCode;

use crate::db;

/// Why a page cannot be shown or a form not be taken.
#[derive(Debug)]
pub enum PageError {
    /// There is nothing at this address.
    NotFound,
    /// The person is signed in but may not do this.
    Forbidden,
    /// The person must sign in first.
    SignIn,
    /// What was here has ended; the sentence says what to do instead.
    Gone(String),
    /// The request cannot be understood; the sentence names what.
    BadRequest(String),
    /// Too many requests from one place.
    TooMany,
    /// More was sent than the form takes.
    TooLarge,
    /// The database or disk refuses for now; trying again can help.
    Unavailable(String),
    /// A fault of ours.
    Internal(String),
}

impl PageError {
    /// The status code that a browser is told.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::Gone(_) => StatusCode::GONE,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<db::Error> for PageError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Driver(_) | db::Error::NoKey(_) => Self::Unavailable(error.to_string()),
            other => Self::Internal(other.to_string()),
        }
    }
}
