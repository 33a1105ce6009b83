//! The example landlord's assurance map, all invented: evidence for about half of the requirements, some of it old or weak, and an owner for most.

use chrono::Days;

use super::attach::{NewEvidence, Proof, appoint, attach};
use super::evidence::Strength::{self, Partial, Strong, Weak};
use super::requirement::find;
use super::source::{self, Source};
use crate::app::App;
use crate::db::{self, Tx};
use crate::{files, people};

/// The code of a requirement, what the evidence shows, how the name of the record begins (or a link, or the name of a file), how
/// strong it is, and of how many days ago.
type Piece = (&'static str, &'static str, &'static str, Strength, u64);

const PIECES: &[Piece] = &[
    ("tia-1-1", "What people say of being treated with respect", "Survey: ", Strong, 60),
    ("tia-1-3", "What was said of Sunday repairs and how it was weighed", "Decision: ", Strong, 34),
    ("tia-1-3", "What changed after the focus group", "What changed: ", Strong, 120),
    ("tia-1-3", "Where people said it", "Focus group: ", Partial, 230),
    ("tia-1-4", "The promise as everybody reads it", "Standard: ", Strong, 90),
    ("tia-1-5", "Performance month by month, for everybody", "https://larkfield.example.org/standards", Partial, 20),
    ("tia-1-6", "Training on complaints, before the new procedure", "complaints-training.txt", Weak, 100),
    ("tia-2-2", "What mystery shoppers found", "Mystery shops: ", Strong, 30),
    ("tia-2-3", "What callers are told of their repair", "Action: 1.2", Partial, 45),
    ("sq-repairs", "Missed visits before and after", "Sign-off report: ", Strong, 50),
    ("sq-hazards", "What our own look at damp found", "Research: Damp", Partial, 40),
    ("sq-checks", "The gas checks of last year", "https://larkfield.example.org/safety/gas", Strong, 500),
    ("nc-shared", "Grades of stairs", "Research: Photos", Partial, 25),
    (
        "kloe-focus",
        "The processes selected this year",
        "https://larkfield.example.org/improvement/selected",
        Strong,
        70,
    ),
    (
        "kloe-plans",
        "The plans and when they were looked through",
        "https://larkfield.example.org/improvement/plans",
        Partial,
        15,
    ),
    ("kloe-sign-off", "A report that somebody else approved", "Sign-off report: ", Strong, 50),
];

/// Who answers for which requirements, by the first part of the address.
const OWNERS: &[(&str, &[&str])] = &[
    ("officer", &["tia-1-3", "tia-1-4", "tia-2-2", "tia-2-3", "tia-2-5"]),
    (
        "manager",
        &["tia-1-1", "tia-1-6", "sq-repairs", "sq-hazards", "sq-checks", "nc-shared", "kloe-focus", "kloe-sign-off"],
    ),
    ("equality", &["tia-1-2", "tia-2-1"]),
    ("analyst", &["tia-1-5", "tia-2-4", "kloe-performance"]),
];

/// Adds it.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let today = app.clock.today();
    let all = people::store::list(tx).await?;
    let missing = || db::Error::Corrupt { table: "accounts", column: "email" };
    let person = |name: &str| {
        all.iter().find(|one| one.email.starts_with(&format!("{name}@"))).map(|one| one.id).ok_or_else(missing)
    };
    let by = person("manager")?;
    let choices = source::choices(tx, today).await?;
    for (code, title, what, strength, days) in PIECES {
        let Some((set, _, requirement)) = find(code) else { continue };
        let proof = if what.starts_with("https://") {
            Some(Proof::Link((*what).to_owned()))
        } else if what.rsplit_once('.').is_some_and(|(_, end)| end == "txt") {
            let kept = files::keep_document(app, tx, what, format!("{title}\n").into_bytes(), Some(by)).await;
            Some(Proof::File(kept.map_err(|_| db::Error::Corrupt { table: "files", column: "file_id" })?.file_id))
        } else {
            let found = choices.iter().find(|(_, name)| name.starts_with(what));
            found.and_then(|(code, _)| Source::from_code(code)).map(Proof::Record)
        };
        let Some(proof) = proof else { continue };
        let dated_on = today.checked_sub_days(Days::new(*days)).unwrap_or(today);
        let new = NewEvidence { title: (*title).to_owned(), proof, strength: *strength, dated_on };
        attach(app, tx, (set, requirement), by, &new).await?;
    }
    for (name, codes) in OWNERS {
        for (_, _, requirement) in codes.iter().filter_map(|code| find(code)) {
            appoint(app, tx, requirement, Some(person(name)?), by).await?;
        }
    }
    Ok(())
}
