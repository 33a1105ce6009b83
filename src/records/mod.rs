//! What a record of any context is called and where it is read, for whatever joins records as evidence: decisions, research, the assurance map.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::thread::Record;
use crate::{findings, focus_groups, plans, standards, surveys};

/// A record by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// What it is and what it is called: "Survey: Repairs in spring".
    pub title: String,
    /// Its page in the staff workspace.
    pub href: String,
    /// Its page for everybody, once there is one.
    pub public: Option<String>,
}

/// What a record is called. None for one that is gone, or that holds what one person said.
///
/// # Errors
/// When the database refuses.
pub async fn named(tx: &mut Tx, record: Record, today: NaiveDate) -> Result<Option<Named>, db::Error> {
    let called = |title: String, href: String, public: Option<String>| Some(Named { title, href, public });
    Ok(match record {
        Record::Survey(id) => surveys::find(tx, id).await?.and_then(|found| {
            let survey = found.survey;
            let public = survey.results_published_at.map(|_| format!("/surveys/{}/results", survey.slug));
            called(format!("Survey: {}", survey.title), format!("/staff/surveys/{id}/results"), public)
        }),
        Record::FocusGroup(id) => focus_groups::find_by_id(tx, id).await?.and_then(|group| {
            let public = group.published_at.map(|_| format!("/focus-groups/{}", group.slug));
            called(format!("Focus group: {}", group.title), format!("/staff/focus-groups/{id}"), public)
        }),
        Record::Finding(id) => match findings::find(tx, id).await? {
            None => None,
            Some(finding) => {
                let public = finding.published_at.map(|_| finding.href());
                called(format!("What changed: {}", finding.title), format!("/staff/what-changed/{id}"), public)
            }
        },
        Record::Standard(id) => standards::find_by_id(tx, id).await?.and_then(|one| {
            let public = format!("/standards/{}", one.slug);
            called(format!("Standard: {}", one.title), format!("/staff/standards/{id}"), Some(public))
        }),
        Record::Action(id) => plans::find_action(tx, id, today).await?.and_then(|one| {
            called(format!("Action: {}", one.name), format!("/staff/plan/actions/{id}"), Some(one.href))
        }),
        Record::Return(_)
        | Record::Comment(_)
        | Record::Theme(_)
        | Record::Activity(_)
        | Record::AuditFinding(_)
        | Record::Decision(_)
        | Record::Research(_) => None,
    })
}

/// Everything that `named` can name and that is published or under way, to choose from: the code of each, and its name.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(String, String)>, db::Error> {
    let mut all = Vec::new();
    for one in surveys::list_published(tx).await? {
        all.push((Record::Survey(one.id).code(), format!("Survey: {}", one.title)));
    }
    for one in focus_groups::list_all(tx).await?.into_iter().filter(|group| group.published_at.is_some()) {
        all.push((Record::FocusGroup(one.id).code(), format!("Focus group: {}, {}", one.title, one.on())));
    }
    for one in findings::latest_published(tx, MOST).await? {
        all.push((Record::Finding(one.id).code(), format!("What changed: {}", one.title)));
    }
    for one in standards::list_published(tx).await? {
        all.push((Record::Standard(one.id).code(), format!("Standard: {}", one.title)));
    }
    for (id, name) in plans::list_choices(tx, today).await? {
        all.push((Record::Action(id).code(), format!("Action: {name}")));
    }
    Ok(all)
}

/// More entries in "what changed" than anybody looks through in a list.
const MOST: i64 = 200;
