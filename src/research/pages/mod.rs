//! Pages of the research library, all in the staff workspace: the list and its search, an entry, its form and its file.

mod list;
mod show;
#[cfg(test)]
mod tests;
mod write;

use crate::web::{Route, route};

/// The routes of the library.
pub fn routes() -> Vec<Route> {
    vec![
        route("/staff/research").get(list::get),
        route("/staff/research.csv").get(list::csv),
        route("/staff/research/new").get(write::get_new).post(write::post_new).with_uploads(),
        route("/staff/research/{id}").get(show::get).post(show::post),
        route("/staff/research/{id}/edit").get(write::get).post(write::post).with_uploads(),
        route("/staff/research/{id}/file").get(show::file),
    ]
}
