//! Pages about standards and comments: for residents first, then for staff.

mod area;
mod comment;
#[cfg(test)]
mod hostile_tests;
mod index;
mod json;
mod parts;
mod print;
mod show;
mod staff_approve;
mod staff_areas;
mod staff_comment;
mod staff_comments;
mod staff_discard;
mod staff_form;
mod staff_list;
mod staff_publish;
mod staff_retire;
mod staff_show;
#[cfg(test)]
mod tests;
mod why;

use crate::web::{Route, route};

/// The routes of standards.
pub fn routes() -> Vec<Route> {
    vec![
        route("/standards").get(index::get).cached(),
        route("/standards.json").get(json::get).cached(),
        route("/standards/print").get(print::get).cached(),
        route("/standards/areas/{slug}").get(area::get).cached(),
        route("/standards/{slug}").get(show::get).cached(),
        route("/standards/{slug}/comment").get(comment::get).post(comment::post),
        route("/standards/{slug}/thanks").get(comment::thanks),
        route("/staff/standards").get(staff_list::get),
        route("/staff/standards/new").get(staff_form::get_new).post(staff_form::post_new),
        route("/staff/standards/areas").get(staff_areas::get).post(staff_areas::post),
        route("/staff/standards/areas/{id}").get(staff_areas::get_one).post(staff_areas::post_one),
        route("/staff/standards/{id}").get(staff_show::get),
        route("/staff/standards/{id}/edit").get(staff_form::get_edit).post(staff_form::post_edit),
        route("/staff/standards/{id}/new-version").post(staff_show::begin_version),
        route("/staff/standards/{id}/discard").get(staff_discard::get).post(staff_discard::post),
        route("/staff/standards/{id}/approve").get(staff_approve::get).post(staff_approve::post),
        route("/staff/standards/{id}/waive").get(staff_approve::get_waive).post(staff_approve::post_waive),
        route("/staff/standards/{id}/publish").get(staff_publish::get).post(staff_publish::post),
        route("/staff/standards/{id}/retire").get(staff_retire::get).post(staff_retire::post),
        route("/staff/comments").get(staff_comments::get),
        route("/staff/comments/{id}").get(staff_comment::get).post(staff_comment::post),
    ]
}
