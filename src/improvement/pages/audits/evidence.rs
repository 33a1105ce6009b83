//! The files of evidence of an audit, and saying of each after reading it whether it may go into the bundle.

use leptos::prelude::*;

use super::parts::{audit_of, refusal};
use crate::files;
use crate::improvement::audits::audit::Audit;
use crate::improvement::audits::check::{AuditFile, list, names_somebody, say};
use crate::improvement::audits::named::PublicNames;
use crate::improvement::pages::parts::{back, empty, heading};
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// A file with whether it is text that names a member of the public.
struct Shown(AuditFile, bool);

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let audit = audit_of(req, &mut tx).await?;
    let names = PublicNames::load(&mut tx).await?;
    let mut all = Vec::new();
    for one in list(&mut tx, &audit).await? {
        let names_one =
            files::read(&req.app, &one.file).await.is_some_and(|bytes| names_somebody(&one.file, &bytes, &names));
        all.push(Shown(one, names_one));
    }
    let may = permissions::may_post(req.viewer.role(), "/staff/improvement/audits/{id}/evidence")
        && audit.withdrawn_at.is_none();
    let refused = form.clone();
    Ok(Page::staff("Files of the bundle", move || {
        let shown = if all.is_empty() {
            empty("No file is attached to what was drawn.")
        } else {
            files_list(&all, &audit, may, &form)
        };
        view! {
            {back(audit.href(), "Back to the audit")}
            {ui::error_summary(&form)}
            {heading(format!("Audit of {}", audit.year), "Files of the bundle")}
            <p>"No member of the public is named in the evidence bundle. The program takes names that it knows out of every text; it cannot read photos and documents. So an auditor reads each file before it goes in."</p>
            {shown}
        }
    })
    .with_form(&refused)
    .into())
}

fn files_list(all: &[Shown], audit: &Audit, may: bool, form: &Form) -> AnyView {
    let rows = all.iter().map(|Shown(one, names_one)| {
        let (code, word) = match (names_one, one.names_nobody) {
            (true, _) => ("late", "Stays out: names somebody"),
            (false, Some(true)) => ("done", "In the bundle"),
            (false, Some(false)) => ("stopped", "Stays out"),
            (false, None) => ("not-started", "Not read yet"),
        };
        let about = format!("{}, {}", one.folder, one.file.name);
        view! {
            <li><div class="ds-list__main"><a href=one.href.clone()>{one.title.clone()}</a><p>{about}</p></div>
            <div class="ds-list__aside">{ui::status(code, word)}</div></li>
        }
    });
    let rows = rows.collect_view();
    let mut offered = vec![(String::new(), "Choose a file".to_owned())];
    offered.extend(
        all.iter()
            .filter(|Shown(_, names_one)| !names_one)
            .map(|Shown(one, _)| (one.file.file_id.clone(), format!("{}: {}", one.folder, one.title))),
    );
    let choices = [("yes", "It names no member of the public: put it in"), ("no", "It names somebody: leave it out")];
    let work = may.then(|| {
        view! {
            <section class="ds-section"><h2>"After you have read one"</h2>
                <form method="post" action=format!("{}/evidence", audit.href()) novalidate>
                    {ui::select(form, "file", "The file", offered)}
                    {ui::radios(form, "nobody", "What did you read?", choices).view()}
                    {ui::button("Save")}
                </form>
            </section>
        }
    });
    view! { <ul class="ds-list">{rows}</ul>{work} }.into_any()
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let file = form.required("file", "The file", 100, "Choose a file");
    let nobody = match form.value("nobody") {
        "yes" => true,
        "no" => false,
        _ => {
            form.error("nobody", "Say what you read");
            false
        }
    };
    if form.is_valid() {
        let mut tx = req.app.db.write().await?;
        let audit = audit_of(&req, &mut tx).await?;
        match say(&req.app, &mut tx, audit.id, &file, nobody, req.account()?.id).await {
            Ok(()) => {
                let said = if nobody { "names no member of the public" } else { "names somebody" };
                let object = format!("yearly audit {}", audit.id);
                req.audit(&mut tx, "read a file for an evidence bundle", &object, &format!("file {file}: {said}"))
                    .await?;
                tx.commit().await?;
                return Ok(Reply::redirect(format!("{}/evidence", audit.href())).saying("Saved."));
            }
            Err(error) => form.error("file", refusal(error)?),
        }
    }
    page(&req, form).await
}
