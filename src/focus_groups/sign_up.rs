//! Signing up: a place at once, or the end of the waiting list, decided by one statement so that no place is ever given twice.

use super::letters::Envelope;
use super::place::{CameBy, Need, NeedKind, NeedState, Place, PlaceId, State, person_key};
use super::store::places::{self, NewPlace};
use super::{links, store};
use crate::app::App;
use crate::db::{self, Tx};
use crate::random::sha256;
use crate::settings::Landlord;
use crate::thread::id::FocusGroupId;

/// What a person says of themselves when they sign up. An e-mail address or a phone number is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub needs: Vec<NeedKind>,
    /// Their own words about what they need.
    pub wishes: String,
    pub came_by: CameBy,
}

impl Person {
    /// The digest by which they are recognised within a group.
    #[must_use]
    pub fn key(&self) -> String {
        person_key(&self.name, self.email.as_deref(), self.phone.as_deref())
    }
}

/// What became of a sign-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedUp {
    pub place_id: PlaceId,
    /// The token of their private page.
    pub token: String,
    /// The position on the waiting list; none for a place.
    pub position: Option<i64>,
}

/// Why somebody was not signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// The group is not open: a draft, past or cancelled.
    #[error("this focus group takes no sign-ups")]
    Closed,
    /// The same form was sent before and has been accepted: follow its token for the answer. The transaction cannot be used further.
    #[error("this form was sent before")]
    Repeated,
    /// Somebody with this name and address is on the list. The transaction cannot be used further.
    #[error("this person is on the list already")]
    OnTheList,
    /// The database refused.
    #[error(transparent)]
    Internal(db::Error),
}

impl From<db::Error> for SignUpError {
    fn from(error: db::Error) -> Self {
        if error.is_conflict("place_links_token_hash_key") {
            Self::Repeated
        } else if error.is_conflict("places_focus_group_id_person_key_key") {
            Self::OnTheList
        } else {
            Self::Internal(error)
        }
    }
}

/// Signs a person up. `form_key` is the random key of the form, which becomes the token of their private page: the same form sent twice finds it taken.
///
/// # Errors
/// `Closed`, `Repeated`, `OnTheList`, or when the database refuses.
pub async fn sign_up(
    app: &App,
    landlord: &Landlord,
    tx: &mut Tx,
    group: FocusGroupId,
    form_key: &str,
    person: &Person,
) -> Result<SignedUp, SignUpError> {
    let now = app.clock.now();
    let token = if links::is_token(form_key) { form_key.to_owned() } else { app.random.token() };
    let (group, number) = store::groups::take(tx, group, now).await?.ok_or(SignUpError::Closed)?;
    let state = if group.waiting == 0 { State::Booked } else { State::Waiting };
    let reference = app.random.reference();
    let key = person.key();
    let new = NewPlace {
        group_id: group.id,
        number,
        reference: &reference,
        person_key: &key,
        name: &person.name,
        email: person.email.as_deref(),
        phone: person.phone.as_deref(),
        wishes: &person.wishes,
        came_by: person.came_by,
        state,
    };
    let id = places::insert(tx, &new, now).await?;
    places::insert_link(tx, id, &sha256(&token), now).await?;
    let mut needs = Vec::new();
    for kind in &person.needs {
        places::insert_need(tx, id, *kind, now).await?;
        needs.push(Need { place_id: id, kind: *kind, state: NeedState::Requested, answer: String::new() });
    }
    let place = Place {
        id,
        group_id: group.id,
        number,
        reference,
        name: person.name.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        wishes: person.wishes.clone(),
        came_by: person.came_by,
        state,
        state_since: now,
        offer_until: None,
        attended: None,
        signed_up_at: now,
        erased_at: None,
    };
    Envelope { app, landlord, group: &group, place: &place }.signed_up(tx, &needs, &token).await?;
    tx.public_changed();
    Ok(SignedUp { place_id: id, token, position: (state == State::Waiting).then_some(group.waiting) })
}

#[cfg(test)]
mod tests;
