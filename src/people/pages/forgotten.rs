//! Asking for a link to choose a new password.

use leptos::prelude::*;

use super::check_email;
use crate::people::{reset, words};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    if check_email::is_asked(&req) {
        return Ok(check_email::page(&req, "/forgotten-password").into());
    }
    Ok(page(Form::default()).into())
}

fn page(form: Form) -> Page {
    let refused = form.clone();
    Page::new("Choose a new password", move || {
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Choose a new password"</h1>
            <p class="govuk-body">"Tell us the e-mail address of your account. We will send a link to it."</p>
            <form method="post" action="/forgotten-password" novalidate>
                {ui::email(&form, "email", "E-mail address").view()}
                {ui::button("Send me a link")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let email = form.email("email");
    if !form.is_valid() {
        return Ok(page(form).into());
    }
    let mut tx = req.app.db.write().await?;
    reset::ask(&req.app, &mut tx, &email).await?;
    tx.commit().await?;
    Ok(Reply::redirect(check_email::after("/forgotten-password")).saying(words::LINK_SENT))
}
