//! What of the yearly audit waits for a person.

use chrono::NaiveDate;

use super::audit::open_tests;
use super::store::{audits, findings, verdicts};
use crate::db::{self, Tx};
use crate::people::Account;
use crate::permissions;
use crate::thread::Attention;
use crate::ui::counted;

/// Tests and looks back that wait for an auditor; findings to answer or to put into a plan for those who manage.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, reader: &Account, today: NaiveDate) -> Result<Vec<Attention>, db::Error> {
    let may = |path: &str| permissions::may_post(Some(reader.role), path);
    let may_audit = may("/staff/improvement/audits/{id}");
    let may_answer = may("/staff/improvement/audit-findings/{id}/response");
    let mut all = Vec::new();
    if !may_audit && !may_answer {
        return Ok(all);
    }
    for audit in audits::list(tx).await?.into_iter().filter(|audit| audit.withdrawn_at.is_none()) {
        if audit.is_open() {
            if may_audit {
                let (items, tests) = (audits::list_items(tx, audit.id).await?, verdicts::list(tx, audit.id).await?);
                let said = match open_tests(&items, &tests) {
                    0 => format!("Every test of the audit of {} has a verdict: finish it", audit.year),
                    open => format!("The audit of {}: {}", audit.year, counted(open, "test is open", "tests are open")),
                };
                all.push(Attention::new(said, audit.href()));
            }
            continue;
        }
        for whole in findings::list_whole(tx, audit.id).await? {
            let finding = &whole.finding;
            if finding.struck_at.is_some() {
                continue;
            }
            let words = match &whole.response {
                None if may_answer => "Answer a finding of the audit",
                Some(response)
                    if response.is_agreed && whole.became.is_none() && response.owner_id == Some(reader.id) =>
                {
                    "Put a recommendation of the audit into a plan"
                }
                Some(_) if may_audit && whole.is_due(today) => "Look whether a recommendation is carried out",
                _ => continue,
            };
            all.push(Attention::new(format!("{words}: {}", finding.short(80)), finding.href()));
        }
    }
    Ok(all)
}
