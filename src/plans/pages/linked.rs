//! What an action belongs to elsewhere in Doorstep: the standards it mends and the findings that led to it.

use crate::db::{self, Tx};
use crate::people::Role;
use crate::permissions;
use crate::plans::action::ActionId;
use crate::thread::{self, Record};
use crate::{decisions, findings, research, standards, surveys};

/// Addresses and titles of what residents can read about an action.
///
/// # Errors
/// When the database refuses.
pub async fn of_action(tx: &mut Tx, action: ActionId) -> Result<Vec<(String, String)>, db::Error> {
    let mut found = Vec::new();
    for record in thread::linked(tx, Record::Action(action)).await? {
        if let Some(link) = public_page(tx, record).await? {
            found.push(link);
        }
    }
    Ok(found)
}

/// The same for staff, with the research behind the action and, for those who may read them, the findings of yearly audits
/// from which it came.
///
/// # Errors
/// When the database refuses.
pub async fn of_action_for_staff(
    tx: &mut Tx,
    action: ActionId,
    role: Option<Role>,
) -> Result<Vec<(String, String)>, db::Error> {
    let mut found = of_action(tx, action).await?;
    let reads_audits = permissions::may_read(role, "/staff/improvement/audit-findings/{id}");
    for record in thread::linked(tx, Record::Action(action)).await? {
        match record {
            Record::AuditFinding(id) if reads_audits => {
                let words = "A recommendation of the yearly audit".to_owned();
                found.push((format!("/staff/improvement/audit-findings/{id}"), words));
            }
            Record::Research(id) => {
                let entry = research::find(tx, id).await?;
                found.extend(entry.map(|entry| (entry.href(), format!("Research: {}", entry.title))));
            }
            _ => {}
        }
    }
    Ok(found)
}

async fn public_page(tx: &mut Tx, record: Record) -> Result<Option<(String, String)>, db::Error> {
    Ok(match record {
        Record::Finding(id) => findings::public_page(tx, id).await?,
        Record::Standard(id) => standards::find_by_id(tx, id)
            .await?
            .map(|standard| (format!("/standards/{}", standard.slug), standard.title.clone())),
        Record::Theme(id) => surveys::published_theme(tx, id)
            .await?
            .map(|(theme, page)| (page, format!("What people wrote about “{theme}”"))),
        Record::Decision(id) => decisions::find_published(tx, id)
            .await?
            .map(|version| (version.href(), format!("Decision: {}", version.text.title))),
        _ => None,
    })
}
