//! Small pieces that the pages of an audit share.

use leptos::prelude::*;

use crate::db::Tx;
use crate::improvement::audits::audit::{Audit, AuditId};
use crate::improvement::audits::error::AuditError;
use crate::improvement::audits::finding::{Finding, Whole};
use crate::improvement::audits::store::{audits, findings};
use crate::thread::id::AuditFindingId;
use crate::ui;
use crate::web::{PageError, Req};

/// The audit that the path names.
pub(super) async fn audit_of(req: &Req, tx: &mut Tx) -> Result<Audit, PageError> {
    audits::find(tx, req.id::<AuditId>("id")?).await?.ok_or(PageError::NotFound)
}

/// The finding that the path names, with all that came of it and its audit.
pub(super) async fn finding_of(req: &Req, tx: &mut Tx) -> Result<(Audit, Whole), PageError> {
    let finding = findings::find(tx, req.id::<AuditFindingId>("id")?).await?.ok_or(PageError::NotFound)?;
    let audit = audits::find(tx, finding.audit_id).await?.ok_or(PageError::NotFound)?;
    Ok((audit, findings::whole(tx, finding).await?))
}

/// What to tell somebody whose change was refused; the fault itself where the database refused.
pub(super) fn refusal(error: AuditError) -> Result<String, PageError> {
    Ok(match error {
        AuditError::Internal(error) => return Err(error.into()),
        AuditError::NotSo => "This is no longer as it was when you opened the page. See how it stands now".to_owned(),
        AuditError::Already => "Somebody else has just done this. See how it stands now".to_owned(),
        AuditError::Nothing => "There is no approved report and no plan in that year to draw from".to_owned(),
        AuditError::OwnWork => "You had a hand in this, so somebody else must do it".to_owned(),
        AuditError::Unfinished(open) => {
            format!("Give every test a verdict first: {}", ui::counted(open, "test is open", "tests are open"))
        }
    })
}

/// How much a finding weighs.
pub(super) fn weight(finding: &Finding) -> AnyView {
    ui::status(finding.weight.mark(), finding.weight.label())
}

/// Findings in a list, each with its weight and how it stands.
pub(super) fn findings_list(all: &[Whole]) -> AnyView {
    let rows = all.iter().map(|whole| {
        let (code, word) = whole.standing();
        let finding = &whole.finding;
        let name = format!("{}. {}", finding.number, finding.short(120));
        view! {
            <li><div class="ds-list__main"><a href=finding.href()>{name}</a>{ui::paragraphs(&finding.found)}</div>
            <div class="ds-list__aside">{weight(finding)}" "{ui::status(code, word)}</div></li>
        }
    });
    let rows = rows.collect_view();
    view! { <ul class="ds-list">{rows}</ul> }.into_any()
}
