//! Builders for tests: a standard in force for more than a year.

use chrono::TimeDelta;
use sqlx::types::Json;

use crate::app::App;
use crate::db::Tx;
use crate::performance::figure::NewFigure;
use crate::standards::store::tests::{person, sound};
use crate::standards::{Direction, Published, Source, Unit, Wording, approve, draft, publish};
use crate::thread::id::{AreaId, StandardId, StandardVersionId};

/// A standard of the service manager's, in force for 500 days: at least 80% within 60 seconds, by figures, shops and surveys.
pub async fn standard(app: &App, tx: &mut Tx, title: &str) -> StandardId {
    let long = TimeDelta::days(500);
    app.clock.advance(-long);
    let author = person(tx, crate::people::Role::Officer).await;
    let area = crate::standards::areas(tx).await.unwrap()[0].id;
    let wording = Wording { sources: Json(Source::ALL.to_vec()), ..sound(title) };
    let id = draft::create(app, tx, &author, area, "manager", &wording).await.unwrap();
    approve::waive(app, tx, &author, id, "a test").await.unwrap();
    publish::publish(app, tx, &author, id, app.clock.today()).await.unwrap();
    app.clock.advance(long);
    id
}

/// A published standard that is in no database.
pub fn published(id: i64, slug: &str, unit: Unit) -> Published {
    Published {
        id: StandardId(id),
        slug: slug.into(),
        area_id: AreaId(1),
        area_slug: "customer-care".into(),
        area_name: "Customer care".into(),
        owner_role: "manager".into(),
        version_id: StandardVersionId(id),
        number: 1,
        effective_from: "2025-01-01".parse().unwrap(),
        superseded_on: None,
        wording: Wording { unit, direction: Direction::Higher, ..sound(slug) },
    }
}

/// A month's figure of a standard, out of a thousand.
pub async fn figure(app: &App, tx: &mut Tx, standard_id: StandardId, month: &str, kept: f64) {
    let month = month.parse().unwrap();
    let figure = NewFigure { standard_id, month, numerator: kept, denominator: 1000 };
    super::figures::insert(tx, &figure, None, app.clock.now()).await.unwrap();
}
