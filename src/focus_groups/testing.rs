//! What the tests of this context share.

use chrono::{DateTime, Utc};

use super::arrange::{self, Plan};
use super::group::Format;
use super::place::{CameBy, NeedKind};
use super::sign_up::{self, Person, SignedUp};
use super::{Group, store};
use crate::app::App;
use crate::mail::store::Posted;
use crate::settings::Landlord;
use crate::thread::id::FocusGroupId;

/// A session on 10 December 2026, 2 pm to 3:30 pm, with every support but home visits.
pub fn plan(_app: &App, capacity: i64) -> Plan {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    Plan {
        slug: "talk".into(),
        title: "Talk about repairs".into(),
        purpose: "To hear how repairs went for you.".into(),
        can_change: "When we come.".into(),
        cannot_change: "The budget.".into(),
        format: Format::InPerson,
        place: "Lantern Hall\nMillbeck".into(),
        starts_at: at("2026-12-10T14:00:00Z"),
        ends_at: at("2026-12-10T15:30:00Z"),
        offers: NeedKind::ALL.iter().copied().filter(|kind| *kind != NeedKind::HomeVisit).collect(),
        capacity,
    }
}

/// That session, open to residents.
pub async fn opened(app: &App, capacity: i64) -> FocusGroupId {
    let mut tx = app.db.write().await.unwrap();
    let id = arrange::create(app, &mut tx, &plan(app, capacity)).await.unwrap();
    arrange::open(app, &mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Somebody with an e-mail address and no needs.
pub fn person(name: &str) -> Person {
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    Person {
        name: name.into(),
        email: Some(email),
        phone: None,
        needs: Vec::new(),
        wishes: String::new(),
        came_by: CameBy::Web,
    }
}

/// Signs somebody up in a transaction of its own.
pub async fn sign_up(app: &App, group: FocusGroupId, name: &str) -> SignedUp {
    let mut tx = app.db.write().await.unwrap();
    let signed = sign_up::sign_up(app, &Landlord::default(), &mut tx, group, "", &person(name)).await.unwrap();
    tx.commit().await.unwrap();
    signed
}

/// The session as it stands.
pub async fn group(app: &App, id: FocusGroupId) -> Group {
    let mut tx = app.db.read().await.unwrap();
    store::groups::find_by_id(&mut tx, id).await.unwrap().unwrap()
}

/// The state of everybody in the order of acceptance.
pub async fn states(app: &App, id: FocusGroupId) -> Vec<&'static str> {
    let mut tx = app.db.read().await.unwrap();
    store::places::list(&mut tx, id).await.unwrap().iter().map(|place| place.state.code()).collect()
}

/// Every letter in the outbox, oldest first.
pub async fn letters(app: &App) -> Vec<Posted> {
    let mut tx = app.db.read().await.unwrap();
    let mut all = crate::mail::store::list(&mut tx, 1000).await.unwrap();
    all.reverse();
    all
}
