//! What tests of samples share: homes, a survey that asks them, and its sample.

use crate::app::App;
use crate::people::Role;
use crate::residents::store::households;
use crate::residents::{Household, Way, Ways};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::sample::draw::draw;
use crate::surveys::sample::mail::Sender;
use crate::surveys::sample::plan::{Plan, Strata};
use crate::surveys::survey::{Access, Asked};
use crate::testing::Browser;
use crate::thread::id::AccountId;

pub const SENDER: Sender<'static> = Sender { landlord: "Harbour Homes", base_url: "https://d.example" };

/// The whole list.
pub const EVERYBODY: Plan = Plan {
    strata: Strata::None,
    whole: Vec::new(),
    wanted: None,
    months: 12,
    ways: Ways::ALL,
    most_reminders: 2,
    most_calls: 6,
};

/// Homes to be reached by every way, each preferring the next or all of them one.
pub async fn homes(app: &App, many: usize, way: Option<Way>) {
    let mut tx = app.db.write().await.unwrap();
    for at in 0..many {
        let mut home = Household::of_reference(&format!("H-{at:04}"));
        home.name = format!("Person {at}");
        home.email = format!("person{at}@home.example");
        home.mobile = format!("07700900{at:03}");
        home.telephone = format!("01632960{at:03}");
        home.address = format!("{at} Lantern Row\nMillbeck");
        home.area = if at % 3 == 0 { "Millbeck" } else { "Northfold" }.to_owned();
        home.tenure = "Rented".to_owned();
        home.preferred = way.or(Some(Way::ALL[at % 4]));
        households::insert(&mut tx, &home).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// An open survey by personal link whose sample is so many homes.
pub async fn drawn(app: &App, many: usize) -> Asked {
    drawn_by(app, many, None).await
}

/// The same with homes that all prefer one way.
pub async fn drawn_by(app: &App, many: usize, way: Option<Way>) -> Asked {
    homes(app, many, way).await;
    let asked = open(app, Access::Personal, &three_questions()).await;
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(draw(&mut tx, &asked.survey, &EVERYBODY, "seed", app.clock.now()).await.unwrap(), many);
    tx.commit().await.unwrap();
    asked
}

/// A member of staff.
pub async fn staff(app: &App, role: Role) -> AccountId {
    Browser::signed_in(app, role).await.1.id
}
