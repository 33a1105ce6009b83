//! Pages of the assurance map, all in the staff workspace: the map, a requirement with its evidence and owner, attaching, and the bundle.

mod attach;
mod map;
mod show;
#[cfg(test)]
mod tests;

use crate::web::{Route, route};

/// The routes of the map.
pub fn routes() -> Vec<Route> {
    vec![
        route("/staff/assurance").get(map::get),
        route("/staff/assurance/{code}").get(show::get).post(show::post),
        route("/staff/assurance/{code}/evidence").get(attach::get).post(attach::post).with_uploads(),
        route("/staff/assurance/{code}/files/{id}").get(show::file),
        route("/staff/assurance/{code}/bundle").get(show::bundle),
    ]
}
