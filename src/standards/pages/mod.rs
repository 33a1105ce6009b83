//! Pages about standards and comments.

use crate::web::Route;

/// The routes of standards.
pub fn routes() -> Vec<Route> {
    vec![]
}
