//! Attaching evidence to an activity, and reading a kept file.

use leptos::prelude::*;

use super::parts::{activity_of, back, heading};
use crate::db::Tx;
use crate::improvement::evidence::{NewEvidence, Proof, attach, href, record};
use crate::improvement::store::activities;
use crate::thread::Record;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};
use crate::{files, findings, focus_groups, plans, standards, surveys};

/// What the picker of files offers.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.jpeg,.png,.webp";

/// The records that can be evidence: how a form sends each, and its name.
async fn offered(req: &Req, tx: &mut Tx) -> Result<Vec<(String, String)>, PageError> {
    let mut all = vec![(String::new(), "None".to_owned())];
    for one in surveys::list_published(tx).await? {
        all.push((format!("survey-{}", one.id), format!("Survey: {}", one.title)));
    }
    for one in focus_groups::list_all(tx).await? {
        all.push((format!("group-{}", one.id), format!("Focus group: {}", one.title)));
    }
    for one in findings::latest_published(tx, 200).await? {
        all.push((format!("finding-{}", one.id), format!("What changed: {}", one.title)));
    }
    for one in standards::list_published(tx).await? {
        all.push((format!("standard-{}", one.id), format!("Standard: {}", one.title)));
    }
    for (id, name) in plans::list_choices(tx, req.today()).await? {
        all.push((format!("action-{id}"), format!("Action: {name}")));
    }
    Ok(all)
}

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let activity = activity_of(req, &mut tx).await?;
    let records = offered(req, &mut tx).await?;
    let refused = form.clone();
    Ok(Page::staff("Attach evidence of improvement", move || {
        view! {
            {back(activity.href(), "Back to the activity")}
            {ui::error_summary(&form)}
            {heading(activity.wording.what.clone(), "Attach evidence")}
            <div class="govuk-inset-text">"How you see that it helped: "{activity.wording.measure.clone()}</div>
            <p>"Give one of the three. What is attached stays attached."</p>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::text(&form, "title", "What it is").hint("For example: photos of the ten homes, 3 March 2026").view()}
                {ui::file(&form, "file", "A file", "A photo, PDF, Word, Excel or OpenDocument file, CSV or text, up to 10 MB", ACCEPT)}
                {ui::text(&form, "address", "Or a link").hint("A web address that begins with https://").view()}
                {ui::select(&form, "record", "Or a record in Doorstep", records.clone())}
                {ui::button("Attach this")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

/// The record chosen, when it is one of those offered.
async fn chosen(req: &Req, tx: &mut Tx, form: &mut Form) -> Result<Option<Record>, PageError> {
    let code = form.value("record").to_owned();
    let known = offered(req, tx).await?.iter().any(|(offered, _)| *offered == code);
    let found = record(&code).filter(|one| known && href(*one).is_some());
    if found.is_none() {
        form.error("record", "Choose one from the list");
    }
    Ok(found)
}

async fn proof(req: &Req, tx: &mut Tx, form: &mut Form) -> Result<Option<Proof>, PageError> {
    let address = form.text("address", "The link", 500);
    let upload = req.upload("file");
    let given = [upload.is_some(), !address.is_empty(), !form.value("record").is_empty()];
    match given.iter().filter(|one| **one).count() {
        1 => {}
        0 => form.error("file", "Choose a file, enter a link or choose a record"),
        _ => form.error("file", "Give one of the three: a file, a link or a record"),
    }
    if !form.is_valid() {
        if upload.is_some() && form.error_of("file").is_none() {
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
    if address.is_empty() {
        return Ok(chosen(req, tx, form).await?.map(Proof::Record));
    }
    let link = Proof::typed(&address);
    if link.is_none() {
        form.error("address", "Enter a whole web address, like https://example.org/minutes");
    }
    Ok(link)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let activity = activity_of(&req, &mut tx).await?;
    let title = form.required("title", "What it is", 200, "Say what it is");
    let Some(proof) = proof(&req, &mut tx, &mut form).await? else {
        drop(tx);
        return page(&req, form).await;
    };
    let new = NewEvidence { activity: activity.id, title, proof };
    attach(&req.app, &mut tx, req.account()?.id, &new).await?;
    req.audit(&mut tx, "attached evidence of improvement", &format!("activity {}", activity.id), &new.title).await?;
    tx.commit().await?;
    Ok(Reply::redirect(activity.href()).saying("The evidence is attached."))
}

/// The file of a piece of evidence.
pub(super) async fn download(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let evidence = activities::find_evidence(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    let file = evidence.file_id.ok_or(PageError::NotFound)?;
    let file = files::find(&mut tx, &file).await?.ok_or(PageError::NotFound)?;
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::download(&file.name, &file.content_type, bytes))
}
