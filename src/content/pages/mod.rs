//! The site's pages for everybody, and their editor for staff.

mod edit;
mod list;
mod show;
#[cfg(test)]
mod tests;

use crate::web::{Route, route};

/// The routes of the site's pages.
pub fn routes() -> Vec<Route> {
    vec![
        route("/pages/{slug}").get(show::get).cached(),
        route("/staff/pages").get(list::get),
        route("/staff/pages/{slug}").get(edit::get).post(edit::post),
    ]
}
