//! The notes of a meeting of an improvement group.

use leptos::prelude::*;

use super::parts::{back, heading, process_of};
use crate::improvement::group::{Meeting, note_meeting};
use crate::improvement::store::groups;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let process = process_of(req, &mut tx).await?;
    groups::find(&mut tx, process.id).await?.ok_or(PageError::NotFound)?;
    let refused = form.clone();
    Ok(Page::staff("Notes of a meeting", move || {
        view! {
            {back(process.href(), "Back to the process")}
            {ui::error_summary(&form)}
            {heading(process.name.clone(), "Notes of a meeting")}
            <form method="post" novalidate>
                {ui::day(&form, "held", "Held on", "For example, 27 3 2026")}
                {ui::text(&form, "residents", "Residents who were there").hint("How many").width(4).number().view()}
                {ui::textarea(&form, "notes", "Notes").hint("What was looked at, what was agreed. No resident’s name").rows(8).view()}
                {ui::button("Keep these notes")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::filled(&[("residents", "0")])).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let held_on = form.day("held", "The day of the meeting");
    if held_on.is_some_and(|day| day > req.today()) {
        form.error("held", "Enter today or a day before: notes are written after the meeting");
    }
    let residents = form.whole("residents", 0..=500, "Enter how many residents, from 0 to 500");
    let notes = form.required("notes", "The notes", 10_000, "Write the notes");
    let (Some(held_on), Some(residents), true) = (held_on, residents, form.is_valid()) else {
        return page(&req, form).await;
    };
    let mut tx = req.app.db.write().await?;
    let process = process_of(&req, &mut tx).await?;
    groups::find(&mut tx, process.id).await?.ok_or(PageError::NotFound)?;
    let meeting = Meeting { held_on, residents, notes };
    note_meeting(&req.app, &mut tx, process.id, req.account()?.id, &meeting).await?;
    req.audit(&mut tx, "noted a group’s meeting", &format!("process {}", process.id), &process.name).await?;
    tx.commit().await?;
    Ok(Reply::redirect(process.href()).saying("The notes are kept."))
}
