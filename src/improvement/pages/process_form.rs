//! Adding a process, rewording it and moving it in the tree.

use leptos::prelude::*;

use super::parts::{back, process_of};
use crate::db::Tx;
use crate::improvement::model::{ModelError, add, change};
use crate::improvement::process::{Process, ProcessId, Words, path};
use crate::improvement::store::processes;
use crate::standards;
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many standards can measure a process.
const SLOTS: [&str; 4] = ["measure-1", "measure-2", "measure-3", "measure-4"];

type Choices = Vec<(String, String)>;

async fn offered(tx: &mut Tx) -> Result<(Choices, Choices), PageError> {
    let all = processes::list(tx).await?;
    let mut above = vec![(String::new(), "Nothing: it stands at the top".to_owned())];
    above
        .extend(all.iter().filter(|one| one.archived_at.is_none()).map(|one| (one.id.to_string(), path(&all, one.id))));
    let mut measures = vec![(String::new(), "None".to_owned())];
    for standard in standards::list_published(tx).await? {
        measures.push((standard.id.to_string(), format!("{}: {}", standard.area_name, standard.title)));
    }
    Ok((above, measures))
}

async fn page(req: &Req, process: Option<&Process>, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (above, measures) = offered(&mut tx).await?;
    let refused = form.clone();
    let (title, to) = match process {
        None => ("Add a process".to_owned(), "/staff/improvement/processes".to_owned()),
        Some(process) => (format!("Change: {}", process.name), process.href()),
    };
    let heading = title.clone();
    Ok(Page::staff(title, move || {
        let slots = (1..).zip(SLOTS).map(|(number, name): (u8, &str)| {
            ui::select(&form, name, format!("Standard {number}"), measures.clone())
        });
        let slots = slots.collect_view();
        view! {
            {back(to, "Back")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{heading}</h1></div>
            <form method="post" novalidate>
                {ui::text(&form, "name", "Name").hint("What is done, in a few words: Letting a home").view()}
                {ui::textarea(&form, "description", "Where it begins and ends").hint("For example: from the day a home is given back until somebody moves in").rows(3).view()}
                {ui::text(&form, "department", "Department").view()}
                {ui::select(&form, "parent", "It is a part of", above.clone())}
                <h2>"The standards that show how well it runs"</h2>
                {slots}
                {ui::button("Save the process")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

async fn read(tx: &mut Tx, form: &mut Form) -> Result<Option<Words>, PageError> {
    let name = form.required("name", "The name", 120, "Enter a name");
    let description = form.required("description", "The description", 2000, "Say where it begins and ends");
    let department = form.required("department", "The department", 120, "Say which department does it");
    let parent = if form.value("parent").is_empty() {
        None
    } else {
        form.choice::<ProcessId>("parent", "Choose one from the list")
    };
    let mut measures: Vec<StandardId> = Vec::new();
    for slot in SLOTS {
        if form.value(slot).is_empty() {
            continue;
        }
        let Some(id) = form.choice::<StandardId>(slot, "Choose one from the list") else { continue };
        if standards::find_by_id(tx, id).await?.is_none() {
            form.error(slot, "Choose one from the list");
        } else if !measures.contains(&id) {
            measures.push(id);
        }
    }
    Ok(form.is_valid().then_some(Words { parent, name, description, department, measures }))
}

fn refuse(form: &mut Form, error: ModelError) -> Result<(), PageError> {
    match error {
        ModelError::Ring => form.error("parent", "A process cannot be a part of itself or of its own parts"),
        ModelError::Internal(error) => return Err(error.into()),
        _ => form.error("parent", "This process or the one it is a part of is archived. Bring it back first"),
    }
    Ok(())
}

/// The form for a new process, as a part of the one that the query names.
pub(super) async fn get_new(req: Req) -> Result<Reply, PageError> {
    let form = Form::filled(&[("parent", req.query("parent").unwrap_or_default())]);
    page(&req, None, form).await
}

/// Adds the process.
pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let Some(words) = read(&mut tx, &mut form).await? else {
        drop(tx);
        return page(&req, None, form).await;
    };
    match add(&req.app, &mut tx, &words).await {
        Ok(id) => {
            req.audit(&mut tx, "added a process", &format!("process {id}"), &words.name).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/improvement/processes/{id}")).saying("The process is in the model."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, None, form).await
        }
    }
}

/// The form for a process as it stands.
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let process = process_of(&req, &mut tx).await?;
    let measures = processes::list_measures(&mut tx, process.id).await?;
    drop(tx);
    let mut form = Form::filled(&[
        ("name", &process.name),
        ("description", &process.description),
        ("department", &process.department),
        ("parent", &process.parent_id.map(|id| id.to_string()).unwrap_or_default()),
    ]);
    for (slot, standard) in SLOTS.iter().zip(measures) {
        form.set(slot, &standard.to_string());
    }
    page(&req, Some(&process), form).await
}

/// Changes the process.
pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let process = process_of(&req, &mut tx).await?;
    let Some(words) = read(&mut tx, &mut form).await? else {
        drop(tx);
        return page(&req, Some(&process), form).await;
    };
    match change(&mut tx, process.id, &words).await {
        Ok(()) => {
            req.audit(&mut tx, "changed a process", &format!("process {}", process.id), &words.name).await?;
            tx.commit().await?;
            Ok(Reply::redirect(process.href()).saying("The process is changed."))
        }
        Err(error) => {
            drop(tx);
            refuse(&mut form, error)?;
            page(&req, Some(&process), form).await
        }
    }
}
