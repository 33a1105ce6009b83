//! Pages about performance, for staff.

mod all;
mod area;
mod evidence;
mod export;
mod figures;
mod rows;
mod standard;
#[cfg(test)]
mod tests;
mod upload;

use crate::web::{Route, route};

/// The routes of performance.
pub fn routes() -> Vec<Route> {
    vec![
        route("/staff/performance").get(all::get),
        route("/staff/performance.csv").get(export::get),
        route("/staff/performance/areas/{slug}").get(area::get),
        route("/staff/performance/standards/{slug}").get(standard::get).post(standard::post),
        route("/staff/performance/figures").get(figures::get).post(figures::post),
        route("/staff/performance/figures.csv").get(export::figures),
        route("/staff/performance/figures/upload").get(upload::get).post(upload::post).with_uploads(),
    ]
}
