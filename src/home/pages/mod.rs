//! The front doors.

mod first_steps;
mod home;
mod staff;
mod to_read;

use crate::web::{Route, route};

/// The routes of the front doors.
pub fn routes() -> Vec<Route> {
    vec![route("/").get(home::get).cached(), route("/staff").get(staff::get)]
}
