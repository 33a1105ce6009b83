//! What stands around a finding: the voices it came from, the promises it is about, the actions it caused; and the findings around other records.

use chrono::{DateTime, Utc};

use super::Finding;
use super::store;
use crate::clock;
use crate::db::{self, Tx};
use crate::standards::{self, Published};
use crate::thread::id::{FindingId, FocusGroupId, StandardId};
use crate::thread::{self, Record};
use crate::{focus_groups, plans, surveys};

/// Everything joined to a finding, as residents may read it.
#[derive(Debug, Default)]
pub struct Around {
    pub standards: Vec<Published>,
    /// Where it was heard: what it was, and its public page where it has one.
    pub voices: Vec<(String, Option<String>)>,
    pub actions: Vec<plans::needs::Shown>,
    /// Every record, shown or not.
    pub records: Vec<Record>,
}

/// Reads what is joined to a finding.
///
/// # Errors
/// When the database refuses.
pub async fn read(tx: &mut Tx, id: FindingId, now: DateTime<Utc>) -> Result<Around, db::Error> {
    let mut around = Around { records: thread::linked(tx, Record::Finding(id)).await?, ..Around::default() };
    for record in around.records.clone() {
        match record {
            Record::Standard(id) => around.standards.extend(standards::find_by_id(tx, id).await?),
            Record::Action(id) => around.actions.extend(plans::find_action(tx, id, clock::london_day(now)).await?),
            Record::FocusGroup(id) => {
                if let Some(group) =
                    focus_groups::find_by_id(tx, id).await?.filter(|group| group.published_at.is_some())
                {
                    let what = format!("Focus group “{}”, {}", group.title, group.on());
                    around.voices.push((what, Some(format!("/focus-groups/{}", group.slug))));
                }
            }
            Record::Survey(id) => {
                if let Some(asked) = surveys::find(tx, id).await?.filter(|asked| asked.survey.published_at.is_some()) {
                    let (survey, slug) = (&asked.survey, &asked.survey.slug);
                    let results = survey.results_published_at.is_some().then(|| format!("/surveys/{slug}/results"));
                    around.voices.push((format!("Survey “{}”", survey.title), results));
                }
            }
            Record::Comment(_) => around.voices.push(("A resident’s comment on a promise".into(), None)),
            Record::Return(_) => around.voices.push(("A mystery shopper’s visit".into(), None)),
            Record::Theme(id) => {
                if let Some((theme, page)) = surveys::published_theme(tx, id).await? {
                    around.voices.push((format!("What people wrote about “{theme}”"), Some(page)));
                }
            }
            // Activities of staff are shown to nobody else; what came of them is the finding itself.
            Record::Finding(_)
            | Record::Activity(_)
            | Record::AuditFinding(_)
            | Record::Decision(_)
            | Record::Research(_) => {}
        }
    }
    Ok(around)
}

/// The standards in force that a finding is about.
///
/// # Errors
/// When the database refuses.
pub async fn standards_of(tx: &mut Tx, id: FindingId) -> Result<Vec<Published>, db::Error> {
    let mut found = Vec::new();
    for record in thread::linked(tx, Record::Finding(id)).await? {
        if let Record::Standard(id) = record {
            found.extend(standards::find_by_id(tx, id).await?);
        }
    }
    Ok(found)
}

async fn published(tx: &mut Tx, record: Record) -> Result<Vec<Finding>, db::Error> {
    let mut found = Vec::new();
    for joined in thread::linked(tx, record).await? {
        if let Record::Finding(id) = joined {
            found.extend(store::find(tx, id).await?.filter(|finding| finding.published_at.is_some()));
        }
    }
    found.sort_by_key(|finding| std::cmp::Reverse((finding.decided_on, finding.id)));
    Ok(found)
}

/// The published findings about a standard, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn for_standard(tx: &mut Tx, id: StandardId) -> Result<Vec<Finding>, db::Error> {
    published(tx, Record::Standard(id)).await
}

/// The published findings of a focus group, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn for_group(tx: &mut Tx, id: FocusGroupId) -> Result<Vec<Finding>, db::Error> {
    published(tx, Record::FocusGroup(id)).await
}

/// Address and title of a published finding.
///
/// # Errors
/// When the database refuses.
pub async fn public_page(tx: &mut Tx, id: FindingId) -> Result<Option<(String, String)>, db::Error> {
    let found = store::find(tx, id).await?.filter(|finding| finding.published_at.is_some());
    Ok(found.map(|finding| (finding.href(), finding.title)))
}
