//! What management answers to a finding.

use leptos::prelude::*;

use super::parts::{finding_of, refusal};
use crate::improvement::audits::audit::Audit;
use crate::improvement::audits::finding::{NewResponse, Whole};
use crate::improvement::audits::respond::respond;
use crate::improvement::owner::can_lead;
use crate::improvement::pages::parts::{Names, back, heading};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page((audit, whole): (Audit, Whole), names: Names, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Answer a finding", move || {
        let choices = [("yes", "Agreed"), ("no", "Not agreed")];
        view! {
            {back(whole.finding.href(), "Back to the finding")}
            {ui::error_summary(&form)}
            {heading(format!("Audit of {}, finding {}", audit.year, whole.finding.number), "Answer a finding")}
            <div class="govuk-inset-text">{ui::paragraphs(&whole.finding.found)}{ui::paragraphs(&whole.finding.recommendation)}</div>
            <p>"An answer is given once and never changed. Whoever had a hand in the audit cannot give it."</p>
            <form method="post" novalidate>
                {ui::radios(&form, "agreed", "Is the recommendation agreed?", choices).view()}
                {ui::textarea(&form, "words", "What will be done, or why it is not agreed").rows(4).view()}
                {ui::select(&form, "owner", "Who sees to it", names.leads())}
                {ui::day(&form, "due", "By when", "Only if it is agreed. For example, 31 3 2027")}
                {ui::button("Send the answer")}
            </form>
        }
    })
    .with_form(&refused)
}

async fn load(req: &Req) -> Result<((Audit, Whole), Names), PageError> {
    let mut tx = req.app.db.read().await?;
    Ok((finding_of(req, &mut tx).await?, Names::load(&mut tx).await?))
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let (of, names) = load(&req).await?;
    Ok(page(of, names, Form::default()).into())
}

fn read(req: &Req, form: &mut Form, names: &Names) -> Option<NewResponse> {
    let is_agreed = match form.value("agreed") {
        "yes" => true,
        "no" => false,
        _ => {
            form.error("agreed", "Say whether it is agreed");
            false
        }
    };
    let words = form.required("words", "The answer", 3000, "Say what will be done, or why it is not agreed");
    let (mut owner, mut due_on) = (None, None);
    if is_agreed {
        owner = names.chosen(form.value("owner"), can_lead);
        if owner.is_none() {
            form.error("owner", "Choose who sees to it");
        }
        due_on = form.day("due", "The day");
        if due_on.is_some_and(|day| day < req.today()) {
            form.error("due", "Enter today or a later day");
        }
    }
    form.is_valid().then_some(NewResponse { is_agreed, words, owner, due_on })
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let (of, names) = load(&req).await?;
    if let Some(new) = read(&req, &mut form, &names) {
        let finding = &of.1.finding;
        let mut tx = req.app.db.write().await?;
        match respond(&req.app, &mut tx, finding.id, req.account()?.id, &new).await {
            Ok(()) => {
                let said = if new.is_agreed { "agreed" } else { "not agreed" };
                let detail = format!("{said}: {}", new.words);
                req.audit(&mut tx, "answered a yearly audit", &format!("audit finding {}", finding.id), &detail)
                    .await?;
                tx.commit().await?;
                return Ok(Reply::redirect(finding.href()).saying("The answer is sent."));
            }
            Err(error) => form.error("words", refusal(error)?),
        }
    }
    Ok(page(of, names, form).into())
}
