//! Setting up the improvement group of a process, and changing who is in it.

use leptos::prelude::*;

use super::parts::{back, heading, process_of};
use crate::improvement::group::{Basis, names, set};
use crate::improvement::store::groups;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let process = process_of(req, &mut tx).await?;
    let has_group = groups::find(&mut tx, process.id).await?.is_some();
    let refused = form.clone();
    Ok(Page::staff("Improvement group", move || {
        let meeting = has_group.then(|| view! { <p><a href=format!("{}/meeting", process.href())>"Write the notes of a meeting"</a></p> });
        view! {
            {back(process.href(), "Back to the process")}
            {ui::error_summary(&form)}
            {heading(process.name.clone(), "Improvement group")}
            <p>"The owner leads it. Who joins or leaves is kept with the day."</p>
            {meeting}
            <form method="post" novalidate>
                {ui::radios(&form, "basis", "How it came about", Basis::ALL.map(|basis| (basis.code(), basis.label()))).view()}
                {ui::textarea(&form, "members", "Staff in the group").hint("One name to a line. Take a name out when somebody leaves").rows(6).view()}
                {ui::text(&form, "residents", "Residents in the group").hint("How many. Residents are counted here, never named").width(4).number().view()}
                {ui::button("Save the group")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let process = process_of(&req, &mut tx).await?;
    let mut form = Form::filled(&[("residents", "0")]);
    if let Some(group) = groups::find(&mut tx, process.id).await? {
        let now = group.members.iter().filter(|member| member.until_on.is_none());
        form.set("basis", group.basis.code());
        form.set("residents", &group.residents.to_string());
        form.set("members", &now.map(|member| member.name.as_str()).collect::<Vec<_>>().join("\n"));
    }
    drop(tx);
    page(&req, form).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let basis = form.choice::<Basis>("basis", "Choose how the group came about");
    let members = names(&form.required("members", "The names", 3000, "Enter at least one name"));
    if members.iter().any(|name| name.chars().count() > 120) {
        form.error("members", "A name must be 120 characters or fewer");
    }
    let residents = form.whole("residents", 0..=500, "Enter how many residents, from 0 to 500");
    let (Some(basis), Some(residents), true) = (basis, residents, form.is_valid()) else {
        return page(&req, form).await;
    };
    let mut tx = req.app.db.write().await?;
    let process = process_of(&req, &mut tx).await?;
    set(&req.app, &mut tx, process.id, basis, residents, &members).await?;
    let detail = format!("{}: {} staff, {residents} residents", process.name, members.len());
    req.audit(&mut tx, "set an improvement group", &format!("process {}", process.id), &detail).await?;
    tx.commit().await?;
    Ok(Reply::redirect(process.href()).saying("The group is saved."))
}
