//! Pages about focus groups: for residents, for people with a place, and for staff.

mod cancelling;
mod discarding;
mod enter;
mod fields;
mod have_your_say;
mod list;
mod moving;
mod overview;
mod people;
mod person;
mod place;
mod plan;
mod record;
mod show;
mod sign_up;
#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod tests;

use crate::db::Tx;
use crate::focus_groups::{Group, store};
use crate::web::{PageError, Req, Route, route};

/// The routes of focus groups.
pub fn routes() -> Vec<Route> {
    vec![
        route("/have-your-say").get(have_your_say::get).cached(),
        route("/focus-groups/{slug}").get(show::get).cached(),
        route("/focus-groups/{slug}/sign-up").get(sign_up::get).post(sign_up::post),
        route("/places/{token}").get(place::get).post(place::post),
        route("/places/{token}/calendar.ics").get(place::calendar),
        route("/staff/focus-groups").get(list::get),
        route("/staff/focus-groups/new").get(plan::get_new).post(plan::post_new),
        route("/staff/focus-groups/{id}").get(overview::get).post(overview::post),
        route("/staff/focus-groups/{id}/edit").get(plan::get).post(plan::post),
        route("/staff/focus-groups/{id}/move").get(moving::get).post(moving::post),
        route("/staff/focus-groups/{id}/cancel").get(cancelling::get).post(cancelling::post),
        route("/staff/focus-groups/{id}/discard").get(discarding::get).post(discarding::post),
        route("/staff/focus-groups/{id}/people").get(people::get),
        route("/staff/focus-groups/{id}/people/new").get(enter::get).post(enter::post),
        route("/staff/focus-groups/{id}/people/{place}").get(person::get).post(person::post),
        route("/staff/focus-groups/{id}/record").get(record::get).post(record::post),
    ]
}

/// The session that a staff page is about.
async fn of_path(req: &Req, tx: &mut Tx) -> Result<Group, PageError> {
    store::groups::find_by_id(tx, req.id("id")?).await?.ok_or(PageError::NotFound)
}

/// The same for a page that reads nothing else.
async fn find(req: &Req) -> Result<Group, PageError> {
    let mut tx = req.app.db.read().await?;
    of_path(req, &mut tx).await
}

/// The session that a resident's page is about; drafts are not there for them.
async fn of_slug(req: &Req, tx: &mut Tx) -> Result<Group, PageError> {
    let found = store::groups::find_by_slug(tx, req.param("slug")?).await?;
    found.filter(|group| group.published_at.is_some()).ok_or(PageError::NotFound)
}
