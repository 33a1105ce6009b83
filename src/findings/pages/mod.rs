//! Pages of what changed because of residents: the public list and entries, and where staff write them.

mod begin;
mod list;
mod parts;
mod show;
mod staff_list;
mod staff_show;
#[cfg(test)]
mod tests;
mod write;

use crate::web::{Route, route};

/// The routes of findings.
pub fn routes() -> Vec<Route> {
    vec![
        route("/what-changed").get(list::get).cached(),
        route("/what-changed/{slug}").get(show::get).cached(),
        route("/staff/what-changed").get(staff_list::get),
        route("/staff/what-changed/new").get(begin::get).post(write::post_new),
        route("/staff/what-changed/{id}").get(staff_show::get).post(staff_show::post),
        route("/staff/what-changed/{id}/edit").get(write::get).post(write::post),
    ]
}
