//! Giving one lead's unfinished actions to another.

use chrono::NaiveDate;

use super::store::{self, LeadId};
use super::whole::load_open;
use crate::db::{self, Tx};

/// Hands the unfinished actions of the current plan over; gives how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(tx: &mut Tx, from: LeadId, to: LeadId, today: NaiveDate) -> Result<usize, db::Error> {
    let Some(whole) = load_open(tx, today).await? else { return Ok(0) };
    let leading = store::list_leading(tx, whole.plan.id).await?;
    let mut moved = 0;
    for row in whole.rows().filter(|a| !a.as_of.standing.status.is_over()) {
        let id = row.action().id;
        let mine: Vec<_> = leading.iter().filter(|l| l.action_id == id).collect();
        if !mine.iter().any(|l| l.lead_id == from) {
            continue;
        }
        let mut list: Vec<(LeadId, String)> = Vec::new();
        for lead in mine {
            let next = (if lead.lead_id == from { to } else { lead.lead_id }, lead.note.clone());
            if !list.contains(&next) {
                list.push(next);
            }
        }
        store::replace_leading(tx, id, &list).await?;
        moved += 1;
    }
    Ok(moved)
}
