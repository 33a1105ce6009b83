//! Giving one lead's unfinished actions to another.

use super::history::Why;
use super::led::{leads_texts, note_leads};
use super::store::{self, LeadId, Written};
use super::whole::load_all_open;
use crate::clock::london_day;
use crate::db::{self, Tx};

/// Hands the unfinished actions of every open plan over; gives how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(tx: &mut Tx, from: LeadId, to: LeadId, written: Written) -> Result<usize, db::Error> {
    let mut moved = 0;
    for whole in load_all_open(tx, london_day(written.at)).await? {
        let plan = whole.plan.id;
        let before = leads_texts(tx, plan).await?;
        let leading = store::list_leading(tx, plan).await?;
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
        let after = leads_texts(tx, plan).await?;
        note_leads(tx, plan, &before, &after, Why::staff("Handed over", written), written).await?;
    }
    Ok(moved)
}
