//! What in continuous improvement needs a person: plans that are not up to date, reports to read or to mend, processes without a plan.

use chrono::NaiveDate;

use super::activity::Standing;
use super::audits;
use super::owner::can_approve;
use super::sign_off::Decision;
use super::store::{activities, owners, plans, processes, selections, sign_offs};
use super::training::Register;
use super::year::Year;
use crate::db::{self, Tx};
use crate::people::Account;
use crate::thread::Attention;
use crate::ui::counted;

/// How improvement is kept this year, in a sentence or two, for those who read.
///
/// # Errors
/// When the database refuses.
pub async fn in_short(tx: &mut Tx, today: NaiveDate) -> Result<String, db::Error> {
    let year = Year::of(today);
    let selected = selections::list(tx, year).await?.iter().filter(|one| one.withdrawn_at.is_none()).count();
    let live: Vec<_> = plans::list(tx).await?.into_iter().filter(|plan| plan.closed_at.is_none()).collect();
    let stale = live.iter().filter(|plan| plan.is_stale(today)).count();
    let selected = counted(selected, "process is", "processes are");
    let plans = counted(live.len(), "plan is open", "plans are open");
    Ok(format!("{selected} selected for {year}. {plans}, {stale} out of date."))
}

/// What waits for this person.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, reader: &Account, today: NaiveDate) -> Result<Vec<Attention>, db::Error> {
    let mut all = audits::needs_attention(tx, reader, today).await?;
    let own: Vec<_> = owners::list_current(tx).await?.into_iter().filter(|one| one.account_id == reader.id).collect();
    if !own.is_empty() && !Register::load(tx).await?.as_owner(reader.id, today).counts() {
        let words = "You own a process, and no training for owners is recorded that still holds";
        all.push(Attention::new(words, "/staff/improvement/training"));
    }
    let plan = plans::live_of(tx, reader.id).await?;
    if let Some(plan) = &plan {
        if plan.is_stale(today) {
            let days = plan.days_since_review(today);
            all.push(Attention::new(
                format!("Look through your twelve-month plan: the last time was {days} days ago"),
                plan.href(),
            ));
        }
        for one in activities::list(tx, plan.id, plan.versions).await? {
            if one.standing(today) == Standing::Late {
                all.push(Attention::new(format!("Late in your plan: {}", one.wording.what), one.href()));
            }
        }
    } else {
        for selection in selections::list(tx, Year::of(today)).await?.iter().filter(|one| one.withdrawn_at.is_none()) {
            if own.iter().any(|owner| owner.process_id == selection.process_id)
                && let Some(process) = processes::find(tx, selection.process_id).await?
            {
                let words = format!("{} is selected for {}: open a plan for it", process.name, selection.year);
                all.push(Attention::new(words, "/staff/improvement/plans/new"));
            }
        }
    }
    let mut seen = Vec::new();
    for report in sign_offs::list(tx).await? {
        // Newest first: an older report about the same activity is answered.
        if seen.contains(&report.activity_id) {
            continue;
        }
        seen.push(report.activity_id);
        let own = report.written_by == reader.id;
        let decision = report.decided.as_ref().map(|decided| decided.decision);
        let sentence = match decision {
            None if !own && can_approve(reader) => "Read a sign-off report and decide",
            Some(Decision::SentBack) if own => "Your sign-off report was sent back",
            _ => continue,
        };
        let Some(activity) = activities::find(tx, report.activity_id).await? else { continue };
        all.push(Attention::new(format!("{sentence}: {}", activity.wording.what), report.href()));
    }
    Ok(all)
}
