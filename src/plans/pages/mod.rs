//! The pages of plans: the public plan first, then the workspace in the order in which staff meet it.

pub mod action;
pub mod by_lead;
pub mod compare;
pub mod data;
pub mod edit_action;
pub mod edit_deadline;
pub mod edit_evidence;
pub mod edit_links;
pub mod edit_objective;
pub mod edit_plan;
pub mod edit_progress;
pub mod edit_spending;
pub mod edit_standard;
pub mod edit_theme;
pub mod import;
pub mod lead;
pub mod leads;
pub mod linked;
pub mod list;
pub mod many;
pub mod mine;
pub mod months;
pub mod pack_view;
pub mod parts;
pub mod preview;
pub mod seen;
pub mod show;
pub mod snapshots;
pub mod staff_action;
pub mod staff_list;
pub mod staff_plan;
pub mod then;
pub mod timeline;
pub mod told;

#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod past_tests;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod view_tests;

use crate::web::{Route, route};

/// The routes of plans.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route("/plan").get(show::get).cached(),
        route("/plan.json").get(data::json).cached(),
        route("/plan.csv").get(data::table).cached(),
        route("/plan/actions/{slug}").get(action::get).cached(),
        route("/plans").get(list::get).cached(),
        route("/staff/plan").get(staff_plan::get),
        route("/staff/plan/plans").get(staff_list::get),
        route("/staff/plan/months").get(months::get),
        route("/staff/plan/timeline").get(timeline::get),
        route("/staff/plan/by-lead").get(by_lead::get),
        route("/staff/plan/mine").get(mine::get),
        route("/staff/plan/history").get(told::get),
        route("/staff/plan/then").get(then::get),
        route("/staff/plan/pack.json").get(then::json),
        route("/staff/plan/pack.csv").get(then::table),
        route("/staff/plan/compare").get(compare::get),
        route("/staff/plan/snapshots").get(snapshots::get).post(snapshots::post),
        route("/staff/plan/snapshots/{id}").get(snapshots::get_one),
        route("/staff/plan/snapshots/{id}/plan.json").get(snapshots::json),
        route("/staff/plan/snapshots/{id}/plan.csv").get(snapshots::table),
        route("/staff/plan/new").get(edit_plan::get_new).post(edit_plan::post_new),
        route("/staff/plan/details").get(edit_plan::get).post(edit_plan::post),
        route("/staff/plan/themes/new").get(edit_theme::get_new).post(edit_theme::post_new),
        route("/staff/plan/themes/{id}").get(edit_theme::get).post(edit_theme::post),
        route("/staff/plan/objectives/new").get(edit_objective::get_new).post(edit_objective::post_new),
        route("/staff/plan/objectives/{id}").get(edit_objective::get).post(edit_objective::post),
        route("/staff/plan/actions/new").get(edit_action::get_new).post(edit_action::post_new),
        route("/staff/plan/many").get(many::get).post(many::post),
        route("/staff/plan/actions/{id}").get(staff_action::get),
        route("/staff/plan/actions/{id}/edit").get(edit_action::get).post(edit_action::post),
        route("/staff/plan/actions/{id}/progress").get(edit_progress::get).post(edit_progress::post),
        route("/staff/plan/actions/{id}/deadline").get(edit_deadline::get).post(edit_deadline::post),
        route("/staff/plan/actions/{id}/evidence").get(edit_evidence::get).post(edit_evidence::post).with_uploads(),
        route("/staff/plan/actions/{id}/links").get(edit_links::get).post(edit_links::post),
        route("/staff/plan/actions/{id}/spending").get(edit_spending::get).post(edit_spending::post),
        route("/staff/plan/actions/{id}/standard").get(edit_standard::get).post(edit_standard::post),
        route("/staff/plan/evidence/{id}").get(edit_evidence::download).post(edit_evidence::withdraw),
        route("/staff/plan/import").get(import::get).post(import::post).with_uploads(),
        route("/staff/plan/import/{id}").get(preview::get).post(preview::post),
        route("/staff/plan/leads").get(leads::get).post(leads::post),
        route("/staff/plan/leads/{id}").get(lead::get).post(lead::post),
    ]
}
