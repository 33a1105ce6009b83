//! Writing down how far a recommendation is, with the evidence.

use leptos::prelude::*;

use super::parts::{finding_of, refusal};
use crate::files;
use crate::improvement::audits::audit::Audit;
use crate::improvement::audits::finding::{NewFollowUp, Progress, Whole};
use crate::improvement::audits::follow::follow;
use crate::improvement::evidence::Proof;
use crate::improvement::pages::parts::{back, heading};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What the picker of files offers.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.jpeg,.png,.webp";

fn page((audit, whole): (Audit, Whole), form: Form) -> Page {
    let refused = form.clone();
    Page::staff("How far a recommendation is", move || {
        view! {
            {back(whole.finding.href(), "Back to the finding")}
            {ui::error_summary(&form)}
            {heading(format!("Audit of {}, finding {}", audit.year, whole.finding.number), "How far it is")}
            <div class="govuk-inset-text">{ui::paragraphs(&whole.finding.recommendation)}</div>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::radios(&form, "progress", "Is it carried out?", Progress::ALL.iter().map(|one| (one.code(), one.label()))).view()}
                {ui::textarea(&form, "words", "What you saw").rows(3).view()}
                {ui::file(&form, "file", "A file that shows it", "A photo, PDF, Word, Excel or OpenDocument file, CSV or text, up to 10 MB", ACCEPT)}
                {ui::text(&form, "address", "Or a link that shows it").hint("A web address that begins with https://").view()}
                {ui::button("Save")}
            </form>
        }
    })
    .with_form(&refused)
}

async fn load(req: &Req) -> Result<(Audit, Whole), PageError> {
    let mut tx = req.app.db.read().await?;
    finding_of(req, &mut tx).await
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(load(&req).await?, Form::default()).into())
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let of = load(&req).await?;
    let progress = form.choice::<Progress>("progress", "Say whether it is carried out");
    let words = form.required("words", "What you saw", 3000, "Say what you saw");
    let address = form.text("address", "The link", 500);
    if !address.is_empty() && Proof::typed(&address).is_none() {
        form.error("address", "Enter a whole web address, like https://example.org/minutes");
    }
    let upload = req.upload("file");
    if upload.is_none() && address.is_empty() && progress.is_some_and(|progress| progress != Progress::NotDone) {
        form.error("file", "Give what shows it: a file or a link");
    }
    if !form.is_valid() && upload.is_some() {
        form.error("file", "Choose the file again");
    }
    let Some(progress) = progress.filter(|_| form.is_valid()) else { return Ok(page(of, form).into()) };
    let (by, finding) = (req.account()?.id, &of.1.finding);
    let mut tx = req.app.db.write().await?;
    let file = match upload {
        None => None,
        Some(file) => match files::keep_document(&req.app, &mut tx, &file.name, file.bytes.clone(), Some(by)).await {
            Ok(kept) => Some(kept.file_id),
            Err(error) => {
                form.error("file", error.to_string());
                return Ok(page(of, form).into());
            }
        },
    };
    let new = NewFollowUp { progress, words, address, file };
    match follow(&req.app, &mut tx, finding.id, by, &new).await {
        Ok(()) => {
            let detail = format!("{}: {}", progress.label(), new.words);
            let object = format!("audit finding {}", finding.id);
            req.audit(&mut tx, "looked back at a yearly audit", &object, &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(finding.href()).saying("Saved."));
        }
        Err(error) => form.error("words", refusal(error)?),
    }
    Ok(page(of, form).into())
}
