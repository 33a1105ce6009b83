//! Four pieces of research of the example landlord, all invented, joined to the actions that came of them.

use chrono::Days;

use super::entry::Text;
use super::keep::{add, join, share};
use crate::app::App;
use crate::db::{self, Tx};
use crate::{files, improvement, people, plans, standards};

struct Piece {
    title: &'static str,
    source: &'static str,
    /// Years before this one.
    ago: i64,
    finding: &'static str,
    /// The slug of an area and of a standard, and the name of a process; each may be empty.
    applies: [&'static str; 3],
    /// Empty where a file is kept.
    address: &'static str,
    /// With whom it was shared, and how many days ago.
    shared: &'static [(&'static str, u64)],
    /// Numbers of actions.
    actions: &'static [&'static str],
}

const PIECES: &[Piece] = &[
    Piece {
        title: "A text the day before halves missed visits",
        source: "Fenwick Homes, a landlord of 9,000 homes",
        ago: 1,
        finding: "A text the day before and another when the worker sets off cut visits where nobody was in from 14 in 100 to 7. A third text brought nothing more.\n\nPeople without a mobile phone were rung.",
        applies: ["", "appointments-kept", ""],
        address: "https://fenwickhomes.example.org/what-we-tried/reminders",
        shared: &[("The repairs team", 190), ("The Residents’ Panel", 160)],
        actions: &["1.1", "1.2"],
    },
    Piece {
        title: "Ringing back costs less than a longer queue",
        source: "Institute for Service Lines, Brackenford",
        ago: 2,
        finding: "Of those who are offered a call back after one minute, 6 in 10 take it. Complaints about waiting fell by a third, with no more people at the telephones.",
        applies: ["", "calls-answered", ""],
        address: "https://servicelines.example.org/papers/call-backs",
        shared: &[("The contact centre", 140)],
        actions: &["4.2"],
    },
    Piece {
        title: "Photos beat check sheets for stairs",
        source: "A visit to Harrow Lane Co-operative",
        ago: 0,
        finding: "Residents grade the stairs from photos once a month. Grades and the cleaners’ own sheets agreed in half of the blocks; after the firm was paid by the grade, in nine of ten.",
        applies: ["", "cleaning-grade", ""],
        address: "",
        shared: &[],
        actions: &["6.1"],
    },
    Piece {
        title: "Damp: the second visit is the one that matters",
        source: "Our own look at 80 closed cases",
        ago: 0,
        finding: "In 29 of 80 homes the damp was back within a year. In 24 of those 29 nobody had gone back to measure after the work.",
        applies: ["", "damp-inspected", ""],
        address: "https://larkfield.example.org/inside/damp-cases",
        shared: &[("The Board", 45), ("All surveyors", 44)],
        actions: &["2.1"],
    },
];

/// Adds them.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let missing = db::Error::Corrupt { table: "accounts", column: "email" };
    let (analyst, _) = people::store::find_by_email(tx, "analyst@larkfield.example").await?.ok_or(missing)?;
    let today = app.clock.today();
    let actions = plans::list_choices(tx, today).await?;
    let areas = standards::areas(tx).await?;
    let processes = improvement::list_processes(tx).await?;
    for piece in PIECES {
        let [area, standard, process] = piece.applies;
        let file_id = if piece.address.is_empty() {
            let notes = format!("{}\n\n{}\n", piece.title, piece.finding).into_bytes();
            let kept = files::keep_document(app, tx, "visit-notes.txt", notes, Some(analyst.id)).await;
            Some(kept.map_err(|_| db::Error::Corrupt { table: "files", column: "file_id" })?.file_id)
        } else {
            None
        };
        let text = Text {
            title: piece.title.into(),
            source: piece.source.into(),
            year: i64::from(chrono::Datelike::year(&today)) - piece.ago,
            finding: piece.finding.into(),
            area_id: areas.iter().find(|one| one.slug == area).map(|one| one.id),
            standard_id: standards::find_published_by_slug(tx, standard).await?.map(|one| one.id),
            process_id: processes.iter().find(|one| one.name == process).map(|one| one.id),
            address: piece.address.into(),
            file_id,
        };
        let id = add(app, tx, analyst.id, &text).await?;
        for (with, days) in piece.shared {
            let on = today.checked_sub_days(Days::new(*days)).unwrap_or(today);
            share(app, tx, id, analyst.id, with, on).await?;
        }
        for number in piece.actions {
            let start = format!("{number} ");
            if let Some((action, _)) = actions.iter().find(|(_, name)| name.starts_with(&start)) {
                join(app, tx, id, *action).await?;
            }
        }
    }
    Ok(())
}
