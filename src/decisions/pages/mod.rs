//! Pages of decisions: the public list and each decision, and where staff write, approve and publish them.

mod list;
mod parts;
mod show;
mod staff_list;
mod staff_show;
#[cfg(test)]
mod tests;
mod write;

use crate::web::{Route, route};

/// The routes of decisions.
pub fn routes() -> Vec<Route> {
    vec![
        route("/decisions").get(list::get).cached(),
        route("/decisions/{slug}").get(show::get).cached(),
        route("/staff/decisions").get(staff_list::get),
        route("/staff/decisions/new").get(write::get_new).post(write::post_new),
        route("/staff/decisions/{id}").get(staff_show::get).post(staff_show::post),
        route("/staff/decisions/{id}/edit").get(write::get).post(write::post),
    ]
}
