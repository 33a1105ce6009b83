//! The example landlord: Larkfield Homes, plainly invented, made by code from a seed so that a newcomer sees a whole portal.

use crate::app::App;
use crate::assurance;
use crate::db::{self, Tx};
use crate::decisions;
use crate::findings;
use crate::focus_groups;
use crate::improvement;
use crate::mystery_shopping;
use crate::people;
use crate::performance;
use crate::plans;
use crate::random::Random;
use crate::research;
use crate::residents;
use crate::settings::{self, Landlord};
use crate::standards;
use crate::surveys;
use crate::thread::{self, Record};

/// Loads every context's part, in the order in which they lean on each other.
///
/// # Errors
/// A line saying which part was refused.
pub async fn load(app: &App) -> Result<(), String> {
    let chance = Random::seeded(2026);
    let mut tx = app.db.write().await.map_err(text)?;
    settings::store::save(&mut tx, &landlord(), app.clock.now()).await.map_err(text)?;
    people::example::load(app, &mut tx).await.map_err(text)?;
    standards::example::load(app, &mut tx, &chance).await.map_err(text)?;
    plans::example::load(app, &mut tx).await.map_err(text)?;
    join_actions(app, &mut tx).await.map_err(text)?;
    residents::example::load(&mut tx).await.map_err(text)?;
    surveys::example::load(&mut tx, &chance, app.clock.today()).await.map_err(text)?;
    surveys::example::keep_photos(app, &mut tx).await.map_err(text)?;
    surveys::example::freeze(&mut tx).await.map_err(text)?;
    focus_groups::example::load(app, &mut tx, &chance).await.map_err(text)?;
    mystery_shopping::example::load(app, &mut tx, &chance).await.map_err(text)?;
    performance::example::load(app, &mut tx, &chance).await.map_err(text)?;
    findings::example::load(app, &mut tx).await.map_err(text)?;
    improvement::example::load(app, &mut tx).await.map_err(text)?;
    decisions::example::load(app, &mut tx).await.map_err(text)?;
    research::example::load(app, &mut tx).await.map_err(text)?;
    assurance::example::load(app, &mut tx).await.map_err(text)?;
    tx.commit().await.map_err(text)
}

/// Which action of the plan mends which promise, by number and slug.
const MENDS: &[(&str, &str)] = &[
    ("1.1", "appointments-kept"),
    ("1.2", "appointments-kept"),
    ("1.3", "repairs-satisfaction"),
    ("1.4", "fixed-first-visit"),
    ("1.5", "routine-repairs"),
    ("2.1", "damp-inspected"),
    ("4.1", "calls-answered"),
    ("4.2", "call-backs-kept"),
    ("6.1", "cleaning-grade"),
    ("6.1", "cleaning-satisfaction"),
    ("6.3", "grounds-satisfaction"),
    ("7.2", "asb-contact"),
    ("7.3", "asb-satisfaction"),
    ("8.3", "support-needs-met"),
];

async fn join_actions(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let actions = plans::list_choices(tx, app.clock.today()).await?;
    for (number, slug) in MENDS {
        let action = actions.iter().find(|(_, name)| name.split(' ').next() == Some(*number));
        if let (Some((action, _)), Some(standard)) = (action, standards::find_published_by_slug(tx, slug).await?) {
            thread::connect(tx, Record::Action(*action), Record::Standard(standard.id), app.clock.now()).await?;
        }
    }
    Ok(())
}

fn text(error: db::Error) -> String {
    error.to_string()
}

fn landlord() -> Landlord {
    Landlord {
        name: "Larkfield Homes".into(),
        phone: "01632 960 100".into(),
        email: "hello@larkfield.example".into(),
        address: "Larkfield Homes\n1 Lantern Row\nMillbeck\nMB1 2ZZ".into(),
        opening_hours: "Monday to Friday, 8am to 6pm".into(),
        repairs: "Phone 01632 960 111 or use the form at larkfield.example.org/repairs.".into(),
        emergency: "Phone 01632 960 199 at any hour. If anybody is in danger, phone 999.".into(),
        complaints: "Phone 01632 960 122 or write to us. You can also ask the Housing Ombudsman for help at any time: phone 01632 960 133, or see ombudsman.example.org.".into(),
        ..Landlord::default()
    }
}
