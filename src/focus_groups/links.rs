//! Private links to a place: a random token in the address, of which only the digest is kept.

use super::letters::Envelope;
use super::place::{Place, PlaceId};
use super::store::places;
use super::{Group, store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::random::sha256;
use crate::settings::Landlord;

/// The most links a place may have, so that asking again and again cannot flood a person's letter box.
const MOST_LINKS: i64 = 12;

/// True for a text that can be a token: 64 hexadecimal digits.
#[must_use]
pub fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The path of a place's own page.
#[must_use]
pub fn path(token: &str) -> String {
    format!("/places/{token}")
}

/// The address of a place's own page.
#[must_use]
pub fn address(app: &App, token: &str) -> String {
    format!("{}{}", app.config.base_url.trim_end_matches('/'), path(token))
}

/// Makes a new link to a place, for a letter. Earlier ones go on working.
///
/// # Errors
/// When the database refuses.
pub async fn make(app: &App, tx: &mut Tx, id: PlaceId) -> Result<String, db::Error> {
    Ok(address(app, &make_token(app, tx, id).await?))
}

/// The token of a new link to a place.
///
/// # Errors
/// When the database refuses.
pub async fn make_token(app: &App, tx: &mut Tx, id: PlaceId) -> Result<String, db::Error> {
    let token = app.random.token();
    places::insert_link(tx, id, &sha256(&token), app.clock.now()).await?;
    Ok(token)
}

/// The place behind a token, and its session.
///
/// # Errors
/// When the database refuses.
pub async fn follow(tx: &mut Tx, token: &str) -> Result<Option<(Place, Group)>, db::Error> {
    if !is_token(token) {
        return Ok(None);
    }
    let Some(place) = places::find_by_link(tx, &sha256(token)).await? else { return Ok(None) };
    Ok(store::groups::find_by_id(tx, place.group_id).await?.map(|group| (place, group)))
}

/// Sends the private link again to a person who is on the list already. Does nothing without an e-mail address.
///
/// # Errors
/// When the database refuses.
pub async fn send_again(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: &Group,
    person_key: &str,
) -> Result<(), db::Error> {
    let Some(place) = places::find_by_person(tx, group.id, person_key).await? else { return Ok(()) };
    if place.email.is_none() || places::count_links(tx, place.id).await? >= MOST_LINKS {
        return Ok(());
    }
    Envelope { app, landlord, group, place: &place }.link_again(tx).await
}
