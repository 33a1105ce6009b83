//! One selection: why the process was selected, by whom, and taking it back.

use leptos::prelude::*;

use super::parts::{Names, back, heading};
use crate::clock;
use crate::improvement::select::{SelectError, withdraw};
use crate::improvement::selection::{Selection, SelectionId};
use crate::improvement::store::{owners, plans, processes, selections};
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let selection = selections::find(&mut tx, req.id::<SelectionId>("id")?).await?.ok_or(PageError::NotFound)?;
    let process = processes::find(&mut tx, selection.process_id).await?.ok_or(PageError::NotFound)?;
    let owner = owners::current(&mut tx, process.id).await?;
    let plan = match &owner {
        Some(owner) => plans::live_of(&mut tx, owner.account_id).await?,
        None => None,
    };
    let names = Names::load(&mut tx).await?;
    let may = permissions::may_post(req.viewer.role(), "/staff/improvement/selections/{id}");
    let refused = form.clone();
    Ok(Page::staff(format!("{} in {}", process.name, selection.year), move || {
        let plan = plan.map_or_else(
            || "No plan yet".into_any(),
            |plan| view! { <a href=plan.href()>{format!("Improvement plan of {}", names.of(plan.account_id))}</a> }.into_any(),
        );
        let facts = ui::facts(vec![
            ("Process", view! { <a href=process.href()>{process.name.clone()}</a> }.into_any()),
            ("Owner", owner.map_or_else(|| "No owner".to_owned(), |owner| names.of(owner.account_id)).into_any()),
            ("Plan", plan),
            ("Objective", selection.objective.clone().into_any()),
            ("Why", ui::paragraphs(&selection.rationale)),
            ("Decided on", clock::day(selection.decided_on).into_any()),
            ("Approved by", names.of(selection.approved_by).into_any()),
            (
                "Recorded",
                format!("{}, by {}", clock::day_and_time(selection.recorded_at), names.of(selection.recorded_by)).into_any(),
            ),
        ]);
        let work = match (&selection, may) {
            (Selection { withdrawn_at: Some(at), withdrawn_reason, .. }, _) => view! {
                <div class="govuk-inset-text">{format!("Taken back on {}: {withdrawn_reason}", clock::day_and_time(*at))}</div>
            }
            .into_any(),
            (_, true) => view! {
                <section class="ds-section"><h2>"No longer a focus?"</h2>
                    <form method="post" novalidate>
                        {ui::textarea(&form, "reason", "Why the management team takes it back").hint("It stays on record. Its place can be given to another process").rows(3).view()}
                        {ui::quiet_button("Take it back")}
                    </form>
                </section>
            }
            .into_any(),
            (_, false) => ().into_any(),
        };
        view! {
            {back(format!("/staff/improvement?year={}", selection.year.0), "Continuous improvement")}
            {ui::error_summary(&form)}
            {heading(format!("Selected for {}", selection.year), process.name.clone())}
            {facts}
            {work}
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let selection = selections::find(&mut tx, req.id::<SelectionId>("id")?).await?.ok_or(PageError::NotFound)?;
    let reason = form.required("reason", "The reason", 1000, "Say why it is taken back");
    if form.is_valid() {
        match withdraw(&req.app, &mut tx, selection.id, &reason).await {
            Ok(()) => {
                req.audit(&mut tx, "took back a selection", &format!("selection {}", selection.id), &reason).await?;
                tx.commit().await?;
                return Ok(Reply::redirect(selection.href()).saying("Taken back. Its place is free."));
            }
            Err(SelectError::Internal(error)) => return Err(error.into()),
            Err(_) => form.error("reason", "Somebody else has just taken it back"),
        }
    }
    drop(tx);
    page(&req, form).await
}
