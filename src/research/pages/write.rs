//! The form of a piece of research.

use leptos::prelude::*;

use super::show::entry_of;
use crate::db::Tx;
use crate::improvement::evidence::Proof;
use crate::improvement::process::ProcessId;
use crate::research::Entry;
use crate::research::entry::{Text, YEARS};
use crate::research::keep::{add, change};
use crate::thread::id::{AreaId, StandardId};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};
use crate::{files, improvement, standards};

/// What the picker of files offers.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.jpeg,.png,.webp";

type Choices = Vec<(String, String)>;

/// What a piece can apply to.
struct Offered {
    areas: Choices,
    standards: Choices,
    processes: Choices,
}

async fn offered(tx: &mut Tx) -> Result<Offered, PageError> {
    let none = || vec![(String::new(), "None".to_owned())];
    let mut all = Offered { areas: none(), standards: none(), processes: none() };
    all.areas.extend(standards::areas(tx).await?.into_iter().map(|area| (area.id.to_string(), area.name)));
    for one in standards::list_published(tx).await? {
        all.standards.push((one.id.to_string(), format!("{}: {}", one.area_name, one.title)));
    }
    let processes = improvement::list_processes(tx).await?.into_iter().filter(|one| one.archived_at.is_none());
    all.processes.extend(processes.map(|one| (one.id.to_string(), one.name)));
    Ok(all)
}

async fn page(req: &Req, entry: Option<&Entry>, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let offered = offered(&mut tx).await?;
    drop(tx);
    let refused = form.clone();
    let title = entry.map_or("Add a piece of research".to_owned(), |entry| format!("Change: {}", entry.title));
    let back = entry.map_or("/staff/research".to_owned(), Entry::href);
    let has_file = entry.is_some_and(|entry| entry.file_id.is_some());
    let heading = title.clone();
    Ok(Page::staff(title, move || {
        let kept = has_file.then(|| view! { <p class="ds-meta">"A file is kept. A new one takes its place."</p> });
        view! {
            <a class="govuk-back-link" href=back>"Back"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{heading}</h1></div>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::text(&form, "title", "Title").view()}
                {ui::text(&form, "source", "Source").hint("Who found it out or published it").view()}
                {ui::text(&form, "year", "Year").width(4).number().view()}
                {ui::textarea(&form, "finding", "What it found").hint("In plain words, with the numbers that matter to us").rows(6).view()}
                <h2>"What it applies to"</h2>
                <p>"At least one of the three."</p>
                {ui::select(&form, "area", "Service area", offered.areas.clone())}
                {ui::select(&form, "standard", "Standard", offered.standards.clone())}
                {ui::select(&form, "process", "Process", offered.processes.clone())}
                <h2>"Where it can be read"</h2>
                <p>"A link, a file, or both."</p>
                {ui::text(&form, "address", "Link").hint("A web address that begins with https://").view()}
                {ui::file(&form, "file", "File", "A photo, PDF, Word, Excel or OpenDocument file, CSV or text, up to 10 MB", ACCEPT)}
                {kept}
                {ui::button("Save")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

/// A key chosen in a list that is one of those offered, or stands already.
fn chosen<T: std::str::FromStr + PartialEq>(
    form: &mut Form,
    name: &str,
    all: &Choices,
    stands: Option<T>,
) -> Option<T> {
    let value = form.value(name).to_owned();
    if value.is_empty() {
        return None;
    }
    let found: Option<T> = value.parse().ok();
    let found = found.filter(|id| all.iter().any(|(offered, _)| *offered == value) || stands.as_ref() == Some(id));
    if found.is_none() {
        form.error(name, "Choose one from the list");
    }
    found
}

/// Reads the form; a file that came with it is kept in the same transaction.
async fn read(req: &Req, tx: &mut Tx, form: &mut Form, entry: Option<&Entry>) -> Result<Option<Text>, PageError> {
    let offered = offered(tx).await?;
    let title = form.required("title", "The title", 160, "Enter a title");
    let source = form.required("source", "The source", 200, "Say who found it out or published it");
    let year = form.whole("year", YEARS, "Enter a year, like 2024");
    let finding = form.required("finding", "What it found", 6000, "Say what it found");
    let area_id = chosen::<AreaId>(form, "area", &offered.areas, entry.and_then(|one| one.area_id));
    let standard_id = chosen::<StandardId>(form, "standard", &offered.standards, entry.and_then(|one| one.standard_id));
    let process_id = chosen::<ProcessId>(form, "process", &offered.processes, entry.and_then(|one| one.process_id));
    if ["area", "standard", "process"].iter().all(|name| form.value(name).is_empty()) {
        form.error("area", "Choose an area, a standard or a process");
    }
    let address = form.text("address", "The link", 500);
    if !address.is_empty() && Proof::typed(&address).is_none() {
        form.error("address", "Enter a whole web address, like https://example.org/report");
    }
    let upload = req.upload("file");
    let kept = entry.and_then(|entry| entry.file_id.clone());
    if address.is_empty() && upload.is_none() && kept.is_none() {
        form.error("address", "Enter a link or choose a file");
    }
    let Some(year) = year.filter(|_| form.is_valid()) else {
        if upload.is_some() {
            form.error("file", "Choose the file again");
        }
        return Ok(None);
    };
    let file_id = match upload {
        None => kept,
        Some(file) => {
            let by = Some(req.account()?.id);
            match files::keep_document(&req.app, tx, &file.name, file.bytes.clone(), by).await {
                Ok(kept) => Some(kept.file_id),
                Err(error) => {
                    form.error("file", error.to_string());
                    return Ok(None);
                }
            }
        }
    };
    Ok(Some(Text { title, source, year, finding, area_id, standard_id, process_id, address, file_id }))
}

pub(super) async fn get_new(req: Req) -> Result<Reply, PageError> {
    page(&req, None, Form::default()).await
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let Some(text) = read(&req, &mut tx, &mut form, None).await? else {
        drop(tx);
        return page(&req, None, form).await;
    };
    let id = add(&req.app, &mut tx, req.account()?.id, &text).await?;
    req.audit(&mut tx, "added research", &format!("research {id}"), &text.title).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/research/{id}")).saying("Added. Join it to the actions that come of it."))
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let entry = entry_of(&req, &mut tx).await?;
    drop(tx);
    let year = entry.year.to_string();
    let mut form = Form::filled(&[
        ("title", &entry.title),
        ("source", &entry.source),
        ("year", &year),
        ("finding", &entry.finding),
        ("address", &entry.address),
    ]);
    for (name, id) in [
        ("area", entry.area_id.map(|id| id.0)),
        ("standard", entry.standard_id.map(|id| id.0)),
        ("process", entry.process_id.map(|id| id.0)),
    ] {
        form.set(name, &id.map(|id| id.to_string()).unwrap_or_default());
    }
    page(&req, Some(&entry), form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let entry = entry_of(&req, &mut tx).await?;
    let Some(text) = read(&req, &mut tx, &mut form, Some(&entry)).await? else {
        drop(tx);
        return page(&req, Some(&entry), form).await;
    };
    if !change(&req.app, &mut tx, entry.id, req.account()?.id, &text).await? {
        return Err(PageError::NotFound);
    }
    let replaced = entry.file_id.filter(|old| text.file_id.as_ref() != Some(old));
    if let Some(old) = &replaced {
        files::forget(&mut tx, old).await?;
    }
    req.audit(&mut tx, "changed research", &format!("research {}", entry.id), &text.title).await?;
    tx.commit().await?;
    if let Some(old) = &replaced {
        files::erase(&req.app, old).await;
    }
    Ok(Reply::redirect(format!("/staff/research/{}", entry.id)).saying("Saved."))
}
