//! Pages of continuous improvement, all in the staff workspace: the year, the process model, owners and groups, plans, activities, sign-off reports and the yearly audit.

mod activity;
mod activity_form;
mod audits;
mod courses;
mod decide;
mod evidence;
mod group;
mod meeting;
mod model;
mod owner;
mod parts;
mod plan;
mod plan_new;
mod plans;
mod process;
mod process_form;
mod select;
mod selection;
mod sign;
mod sign_form;
mod sign_offs;
#[cfg(test)]
mod sign_tests;
#[cfg(test)]
mod tests;
mod train;
mod training;
mod year;

use crate::web::{Route, route};

/// The routes of improvement.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route("/staff/improvement").get(year::get),
        route("/staff/improvement/select").get(select::get).post(select::post),
        route("/staff/improvement/selections/{id}").get(selection::get).post(selection::post),
        route("/staff/improvement/processes").get(model::get),
        route("/staff/improvement/processes/new").get(process_form::get_new).post(process_form::post_new),
        route("/staff/improvement/processes/{id}").get(process::get).post(process::post),
        route("/staff/improvement/processes/{id}/edit").get(process_form::get).post(process_form::post),
        route("/staff/improvement/processes/{id}/owner").get(owner::get).post(owner::post),
        route("/staff/improvement/processes/{id}/group").get(group::get).post(group::post),
        route("/staff/improvement/processes/{id}/meeting").get(meeting::get).post(meeting::post),
        route("/staff/improvement/plans").get(plans::get),
        route("/staff/improvement/plans/new").get(plan_new::get).post(plan_new::post),
        route("/staff/improvement/plans/{id}").get(plan::get).post(plan::post),
        route("/staff/improvement/plans/{id}/activity").get(activity_form::get_new).post(activity_form::post_new),
        route("/staff/improvement/activities/{id}").get(activity::get),
        route("/staff/improvement/activities/{id}/edit").get(activity_form::get).post(activity_form::post),
        route("/staff/improvement/activities/{id}/evidence").get(evidence::get).post(evidence::post).with_uploads(),
        route("/staff/improvement/activities/{id}/sign-off").get(sign::get).post(sign::post),
        route("/staff/improvement/evidence/{id}").get(evidence::download),
        route("/staff/improvement/sign-offs").get(sign_offs::get),
        route("/staff/improvement/sign-offs/{id}").get(decide::get).post(decide::post),
        route("/staff/improvement/audits").get(audits::list::get),
        route("/staff/improvement/audits/new").get(audits::open::get).post(audits::open::post),
        route("/staff/improvement/audits/{id}").get(audits::show::get).post(audits::show::post),
        route("/staff/improvement/audits/{id}/population.csv").get(audits::show::population_csv),
        route("/staff/improvement/audits/{id}/finding").get(audits::find::get).post(audits::find::post),
        route("/staff/improvement/audits/{id}/evidence").get(audits::evidence::get).post(audits::evidence::post),
        route("/staff/improvement/audits/{id}/bundle.zip").get(audits::bundle::get),
        route("/staff/improvement/audit-items/{id}").get(audits::item::get).post(audits::item::post),
        route("/staff/improvement/audit-findings/{id}").get(audits::finding::get).post(audits::finding::post),
        route("/staff/improvement/audit-findings/{id}/response").get(audits::respond::get).post(audits::respond::post),
        route("/staff/improvement/audit-findings/{id}/action").get(audits::act::get).post(audits::act::post),
        route("/staff/improvement/audit-findings/{id}/follow-up")
            .get(audits::follow::get)
            .post(audits::follow::post)
            .with_uploads(),
        route("/staff/improvement/audit-follow-ups/{id}").get(audits::finding::download),
        route("/staff/improvement/training").get(training::get),
        route("/staff/improvement/training/new").get(train::get).post(train::post),
        route("/staff/improvement/training/courses").get(courses::get).post(courses::post),
    ]
}
