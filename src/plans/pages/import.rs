//! Sending a plan's file for a preview.

use leptos::prelude::*;

use super::parts::{back, written};
use crate::clock;
use crate::exchange::sheet;
use crate::plans::import::look::{LookError, look_as_of};
use crate::plans::store::{self, Import, Sent};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(form: Form, earlier: Vec<Import>) -> Page {
    let shown = form.clone();
    Page::staff("Import a plan", move || {
        let rows = earlier.iter().map(|i| {
            let (when, href) = (clock::day_and_time(i.uploaded_at), format!("/staff/plan/import/{}", i.import_id));
            let what = match i.state.as_str() {
                "waiting" => view! { <a href=href>"Waiting for your decision"</a> }.into_any(),
                "applied" => i.outcome.clone().into_any(),
                _ => "Not applied".into_any(),
            };
            view! { <li><div class="ds-list__main">{i.file_name.clone()}<p>{what}</p></div><div class="ds-list__aside">{when}</div></li> }
        });
        let rows = rows.collect_view();
        let list = (!earlier.is_empty()).then(|| view! { <section class="ds-section"><h2>"Files sent before"</h2><ul class="ds-list">{rows}</ul></section> });
        view! {
            {back("/staff/plan", "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>"Import a plan"</h1><p>"Send the plan as you keep it. You see how every row is read before anything changes."</p></div>
            <form method="post" enctype="multipart/form-data">
                {ui::file(&shown, "file", "The plan", "An Excel workbook (.xlsx) or a CSV file, up to 5 MB. One row names the columns: Ref, Action, Measured by, Lead, Resources, Deadline, Outcomes, Status", ".xlsx,.csv")}
                {ui::file(&shown, "leads", "Names of the leads", "You can leave this empty. A CSV file with two columns, initials and name", ".csv,.xlsx")}
                {ui::day(&shown, "on", "What date does the document give?", "You can leave this empty. It is then the day the file names above its table. Where nobody knows, residents read no date of an update")}
                {ui::button("Show me the preview")}
            </form>
            {list}
        }
    })
    .with_form(&form)
}

/// The form.
///
/// # Errors
/// When the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let earlier = store::list_imports(&mut tx, 20).await?;
    Ok(page(Form::default(), earlier).into())
}

/// Keeps the file for its preview; a file that cannot be read is refused at once.
///
/// # Errors
/// When the database refuses.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let Some(file) = req.upload("file") else {
        form.error("file", "Choose the file of the plan");
        let earlier = store::list_imports(&mut tx, 20).await?;
        return Ok(page(form, earlier).into());
    };
    let leads = req.upload("leads");
    let on = form.optional_day("on", "The day");
    if let Err(error) = sheet::check_name(&file.name, &file.bytes) {
        form.error("file", error.words());
    }
    if !form.is_valid() {
        let earlier = store::list_imports(&mut tx, 20).await?;
        return Ok(page(form, earlier).into());
    }
    match look_as_of(&mut tx, &file.bytes, leads.map(|l| l.bytes.as_slice()), req.today(), on).await {
        Ok(look) => {
            if let Some(refusal) = look.refusal(on, req.today()) {
                form.error("on", refusal);
                let earlier = store::list_imports(&mut tx, 20).await?;
                return Ok(page(form, earlier).into());
            }
        }
        Err(LookError::Database(error)) => return Err(error.into()),
        Err(error) => {
            form.error(if matches!(error, LookError::Leads) { "leads" } else { "file" }, error.to_string());
            let earlier = store::list_imports(&mut tx, 20).await?;
            return Ok(page(form, earlier).into());
        }
    }
    let sent = Sent { name: &file.name, bytes: &file.bytes };
    let names = leads.map(|l| Sent { name: &l.name, bytes: &l.bytes });
    let id = store::insert_import(&mut tx, sent, names, on, written(&req)).await?;
    req.audit(&mut tx, "sent a plan file", &file.name, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/import/{id}")))
}
