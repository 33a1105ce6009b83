//! V35: the first administrator is made by the link in the log and by nothing else; then the page is gone, after a restart and after a restore too.

use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::client::{Client, page};
use crate::harness::form::Form;
use crate::harness::place::{Engine, Place};
use crate::harness::staff::{self, printed_link};
use crate::harness::{Outcome, ensure};
use crate::report::Report;

const PAGE: &str = "/set-up";
const WITH_TOKEN: &str = "/set-up?token=";
const EMAIL: &str = "first@lab.example";

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    // Started twice before anybody sets it up: two links, the first of which is never used.
    place.serve().await?.stop().await?;
    let unused = printed_link(&log(&place)?, WITH_TOKEN)?;
    let server = place.serve().await?;
    let link = printed_link(&log(&place)?, WITH_TOKEN)?;
    ensure(link != unused && link.len() == WITH_TOKEN.len() + 64, || format!("the link in the log is {link}"))?;

    let mut visitor = server.visitor();
    let guess = format!("{WITH_TOKEN}{}", Chance::new(setup.seed, 0).key());
    for path in [PAGE, WITH_TOKEN, &guess] {
        visitor.get(path).await?.expect(404).map_err(|why| format!("{path} before the set-up: {why}"))?;
    }
    let form = Form::find(&page(&mut visitor, &link).await?.text(), PAGE)?.expect(&["token", "name", "email"])?;
    let own = [("name", "First Person"), ("email", EMAIL), ("new-password", staff::PASSWORD)];
    let fields = form.expect(&["new-password"])?.fill(&own);
    visitor.post(PAGE, &fields).await?.expect(303)?;
    let mut administrator = staff::signed_in(&server, EMAIL).await?;
    page(&mut administrator, "/staff/people").await?;

    let gone = [PAGE, WITH_TOKEN, &link, &unused, &guess];
    is_gone(&mut visitor, &gone).await?;
    visitor.post(PAGE, &fields).await?.expect(404)?;
    server.stop().await?;
    let server = place.serve().await?;
    is_gone(&mut server.visitor(), &gone).await?;
    says_no_more(&place, 2)?;
    let token = link.strip_prefix(WITH_TOKEN).unwrap_or_default();
    let named = log(&place)?.matches(token).count();
    ensure(named == 1, || format!("the token stands {named} times in the log"))?;

    // PostgreSQL is put back by its own program.
    let restored = setup.engine == Engine::Sqlite;
    if restored {
        let copy = place.folder.join("backup").to_string_lossy().into_owned();
        place.must_run(&["backup", &copy])?;
        let elsewhere = setup.place().await?;
        elsewhere.must_run(&["restore", &copy])?;
        let server = elsewhere.serve().await?;
        is_gone(&mut server.visitor(), &gone).await?;
        server.visitor().post(PAGE, &fields).await?.expect(404)?;
        says_no_more(&elsewhere, 0)?;
        staff::signed_in(&server, EMAIL).await?;
        server.stop().await?;
        elsewhere.clear();
    }
    server.stop().await?;
    place.clear();
    Ok(Report::of(json!({ "administrators": 1, "addresses_gone": gone.len(), "restored": restored })))
}

/// Fails unless the set-up page is answered with 404 at each address.
///
/// # Errors
/// The address at which it is not.
pub async fn is_gone(visitor: &mut Client, paths: &[&str]) -> Outcome<()> {
    for path in paths {
        visitor.get(path).await?.expect(404).map_err(|why| format!("{path} after the set-up: {why}"))?;
    }
    Ok(())
}

/// Fails unless the log of a place holds so many set-up links.
///
/// # Errors
/// How many it holds.
pub fn says_no_more(place: &Place, links: usize) -> Outcome<()> {
    let found = log(place)?.matches(WITH_TOKEN).count();
    ensure(found == links, || format!("the log holds {found} set-up links instead of {links}"))
}

fn log(place: &Place) -> Outcome<String> {
    Ok(std::fs::read_to_string(place.log())?)
}
