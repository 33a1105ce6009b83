//! Pages of mystery shopping: the shopper's own, made for a phone, and the programme's.

mod assign;
mod brief;
mod check;
mod moderate;
#[cfg(test)]
mod moderate_tests;
mod overview;
mod photo;
mod receipt;
mod results;
mod return_form;
#[cfg(test)]
mod return_tests;
mod returns;
mod scenario;
mod scenario_form;
mod scenarios;
mod shop;
mod shopper;
mod shoppers;
mod shops;
#[cfg(test)]
mod tests;

use crate::people::Role;
use crate::web::{Req, Route, route};

/// The routes of mystery shopping.
pub fn routes() -> Vec<Route> {
    vec![
        route("/shops").get(shops::get),
        route("/shops/{id}").get(shop::get).post(shop::post),
        route("/shops/{id}/return").get(return_form::get).post(return_form::post).with_uploads(),
        route("/shops/{id}/check").get(check::get).post(check::post),
        route("/shops/{id}/receipt").get(receipt::get),
        route("/shops/{id}/photos/{file}").get(photo::own),
        route("/staff/mystery-shopping").get(overview::get).post(overview::post),
        route("/staff/mystery-shopping/standards/{id}").get(results::get),
        route("/staff/mystery-shopping/scenarios").get(scenarios::get),
        route("/staff/mystery-shopping/scenarios/new").get(scenario::get_new).post(scenario::post_new),
        route("/staff/mystery-shopping/scenarios/{id}").get(scenario::get).post(scenario::post),
        route("/staff/mystery-shopping/shoppers").get(shoppers::get).post(shoppers::post),
        route("/staff/mystery-shopping/shoppers/{id}").get(shopper::get).post(shopper::post),
        route("/staff/mystery-shopping/assign").get(assign::get).post(assign::post),
        route("/staff/mystery-shopping/returns").get(returns::get),
        route("/staff/mystery-shopping/returns/{id}").get(moderate::get).post(moderate::post),
        route("/staff/mystery-shopping/returns/{id}/photos/{file}").get(photo::evidence),
    ]
}

/// True for those who run the programme and may know who shopped.
fn runs_programme(req: &Req) -> bool {
    matches!(req.viewer.role(), Some(Role::Officer | Role::Administrator))
}
