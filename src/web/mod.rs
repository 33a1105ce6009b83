//! Requests and answers: what a page may read, what it may say, and how refusals reach a person.

pub mod body;
pub mod cache;
pub mod cookie;
pub mod dispatch;
pub mod error;
pub mod form;
pub mod headers;
pub mod number;
pub mod page;
pub mod rate;
pub mod render;
pub mod request;
pub mod route;
pub mod send;
mod signed_out;
pub mod slug;
pub mod viewer;

pub use error::PageError;
pub use form::Form;
pub use page::{Page, Reply};
pub use request::{Req, Upload};
pub use route::{Route, route};
pub use viewer::Viewer;
