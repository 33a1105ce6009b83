//! Setting the portal up for the first time.

use leptos::prelude::*;

use super::{new_password, weak};
use crate::people::set_up::{self, SetUpError};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let token = req.query("token").unwrap_or_default().to_owned();
    let mut tx = req.app.db.read().await?;
    if !set_up::is_open(&req.app, &mut tx, &token).await? {
        return Err(PageError::NotFound);
    }
    Ok(page(Form::filled(&[("token", &token)])).into())
}

fn page(form: Form) -> Page {
    let refused = form.clone();
    Page::new("Set up your portal", move || {
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Set up your portal"</h1>
            <p class="govuk-body">"Make the first account. It is an administrator’s: you can invite everybody else from it."</p>
            <form method="post" action="/set-up" novalidate>
                {ui::carried("token", form.value("token"))}
                {ui::text(&form, "name", "Your name").autocomplete("name").view()}
                {ui::email(&form, "email", "Your e-mail address").view()}
                {new_password(&form)}
                {ui::button("Make my account")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let name = form.required("name", "Your name", 80, "Enter your name");
    let email = form.email("email");
    let token = form.value("token").to_owned();
    let mut tx = req.app.db.write().await?;
    if !set_up::is_open(&req.app, &mut tx, &token).await? {
        return Err(PageError::NotFound);
    }
    if form.is_valid() {
        match set_up::set_up(&req.app, &mut tx, &token, &email, &name, form.value("new-password")).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(Reply::redirect("/sign-in").saying("Your account is made. Sign in with it."));
            }
            Err(SetUpError::Weak(weakness)) => weak(&mut form, weakness),
            Err(SetUpError::NotOpen) => return Err(PageError::NotFound),
            Err(SetUpError::Internal(error)) => return Err(error.into()),
        }
    }
    Ok(page(form).into())
}
