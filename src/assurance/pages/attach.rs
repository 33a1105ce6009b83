//! Attaching evidence to a requirement: a record in Doorstep, a file or a link, with how strong it is and of which day.

use leptos::prelude::*;

use super::show::found;
use crate::assurance::attach::{NewEvidence, Proof, attach};
use crate::assurance::evidence::Strength;
use crate::assurance::source::{self, Source};
use crate::db::Tx;
use crate::files;
use crate::improvement::evidence::Proof as Typed;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What the picker of files offers.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.jpeg,.png,.webp";

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let (_, _, requirement) = found(req)?;
    let mut tx = req.app.db.read().await?;
    let mut offered = vec![(String::new(), "None".to_owned())];
    offered.extend(source::choices(&mut tx, req.today()).await?);
    drop(tx);
    let refused = form.clone();
    Ok(Page::staff(format!("Attach evidence for {}", requirement.label), move || {
        view! {
            <a class="govuk-back-link" href=requirement.href()>"Back to the requirement"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{requirement.label.clone()}</span>"Attach evidence"</h1></div>
            <div class="govuk-inset-text">{requirement.words.clone()}</div>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::text(&form, "title", "What it shows").hint("Name no resident").view()}
                <h2>"What it is"</h2>
                <p>"Give one of the three. What is attached can be withdrawn and is never lost."</p>
                {ui::select(&form, "record", "A record in Doorstep", offered)}
                {ui::file(&form, "file", "Or a file", "A photo, PDF, Word, Excel or OpenDocument file, CSV or text, up to 10 MB", ACCEPT)}
                {ui::text(&form, "address", "Or a link").hint("A web address that begins with https://").view()}
                {ui::radios(&form, "strength", "How strong is it?", Strength::ALL.map(|one| (one.code(), one.label()))).view()}
                {ui::day(&form, "dated", "Of which day is it evidence?", "The last day that it speaks of. After 12 months it is old")}
                {ui::button("Attach this")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = Form::default();
    form.set_day("dated", Some(req.today()));
    page(&req, form).await
}

/// What was given, of which there is exactly one.
async fn proof(req: &Req, tx: &mut Tx, form: &mut Form) -> Result<Option<Proof>, PageError> {
    let address = form.text("address", "The link", 500);
    let (record, upload) = (form.value("record").to_owned(), req.upload("file"));
    let given = [upload.is_some(), !address.is_empty(), !record.is_empty()];
    match given.iter().filter(|one| **one).count() {
        1 => {}
        0 => form.error("record", "Choose a record or a file, or enter a link"),
        _ => form.error("record", "Give one of the three: a record, a file or a link"),
    }
    if !form.is_valid() {
        if upload.is_some() {
            form.error("file", "Choose the file again");
        }
        return Ok(None);
    }
    if let Some(file) = upload {
        let by = Some(req.account()?.id);
        return Ok(match files::keep_document(&req.app, tx, &file.name, file.bytes.clone(), by).await {
            Ok(kept) => Some(Proof::File(kept.file_id)),
            Err(error) => {
                form.error("file", error.to_string());
                None
            }
        });
    }
    if !address.is_empty() {
        if Typed::typed(&address).is_none() {
            form.error("address", "Enter a whole web address, like https://example.org/minutes");
            return Ok(None);
        }
        return Ok(Some(Proof::Link(address)));
    }
    let offered = source::choices(tx, req.today()).await?;
    let chosen = Source::from_code(&record).filter(|_| offered.iter().any(|(code, _)| *code == record));
    if chosen.is_none() {
        form.error("record", "Choose one from the list");
    }
    Ok(chosen.map(Proof::Record))
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let (set, _, requirement) = found(&req)?;
    let mut form = req.form();
    let title = form.required("title", "What it shows", 200, "Say what it shows");
    let strength: Option<Strength> = form.choice("strength", "Choose how strong it is");
    let dated_on = form.day("dated", "The day of the evidence");
    if dated_on.is_some_and(|day| day > req.today()) {
        form.error("dated", "The day of the evidence must not be after today");
    }
    let mut tx = req.app.db.write().await?;
    let proof = proof(&req, &mut tx, &mut form).await?;
    let Some((proof, (strength, dated_on))) = proof.zip(strength.zip(dated_on)) else {
        drop(tx);
        return page(&req, form).await;
    };
    let new = NewEvidence { title, proof, strength, dated_on };
    attach(&req.app, &mut tx, (set, requirement), req.account()?.id, &new).await?;
    let object = format!("requirement {}", requirement.code);
    req.audit(&mut tx, "attached evidence for a requirement", &object, &new.title).await?;
    tx.commit().await?;
    Ok(Reply::redirect(requirement.href()).saying("The evidence is attached."))
}
