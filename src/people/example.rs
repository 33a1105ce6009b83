//! The people of the example landlord, all invented, with a password that works on loopback only.

use super::{Role, password, store};
use crate::app::App;
use crate::db::{self, Tx};

/// The password of every example account.
pub const PASSWORD: &str = "maple-lantern-7-otters";

/// One invented person.
pub struct Person {
    pub email: &'static str,
    pub name: &'static str,
    pub role: Role,
}

/// Everybody at the example landlord.
pub const PEOPLE: &[Person] = &[
    Person { email: "officer@larkfield.example", name: "Odile Farthing", role: Role::Officer },
    Person { email: "manager@larkfield.example", name: "Marcus Plume", role: Role::Manager },
    Person { email: "analyst@larkfield.example", name: "Anwen Tally", role: Role::Analyst },
    Person { email: "equality@larkfield.example", name: "Esi Level", role: Role::Equality },
    Person { email: "board@larkfield.example", name: "Bartholomew Quill", role: Role::Board },
    Person { email: "auditor@larkfield.example", name: "Audrey Margin", role: Role::Auditor },
    Person { email: "administrator@larkfield.example", name: "Ada Keystone", role: Role::Administrator },
    Person { email: "shopper@larkfield.example", name: "Sol Wander", role: Role::Shopper },
    Person { email: "shopper2@larkfield.example", name: "Ivy Strollwell", role: Role::Shopper },
    Person { email: "resident@larkfield.example", name: "Robin Hearth", role: Role::Resident },
];

/// Adds the example people.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let hash = password::hash(&app.random, PASSWORD.to_owned())
        .await
        .ok_or(db::Error::Corrupt { table: "accounts", column: "password_hash" })?;
    for person in PEOPLE {
        store::insert(tx, person.email, person.name, person.role, Some(&hash), true, app.clock.now()).await?;
    }
    Ok(())
}
