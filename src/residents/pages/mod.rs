//! The pages of homes, all for staff.

mod import;
mod list;
mod preview;
mod show;
#[cfg(test)]
mod tests;

use crate::web::{Route, route};

/// Every route of homes.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route("/staff/homes").get(list::get),
        route("/staff/homes/import").get(import::get).post(import::post).with_uploads(),
        route("/staff/homes/import/{id}").get(preview::get).post(preview::post),
        route("/staff/homes/{id}").get(show::get).post(show::post),
    ]
}
