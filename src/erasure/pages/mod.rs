//! The page that erases one person.

mod person;

use crate::web::{Route, route};

/// Every route of erasing.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![route("/staff/erase-person").get(person::get).post(person::post)]
}
