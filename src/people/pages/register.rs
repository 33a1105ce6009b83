//! An account for a resident who wants one: the address is proved by the link sent to it.

use leptos::prelude::*;

use super::check_email;
use crate::people::register::register;
use crate::people::words;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    if check_email::is_asked(&req) {
        return Ok(check_email::page(&req, "/register").into());
    }
    Ok(page(Form::default()).into())
}

fn page(form: Form) -> Page {
    let refused = form.clone();
    Page::new("Make an account", move || {
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Make an account"</h1>
            <p class="govuk-body">"You do not need an account to have your say. With one, you can sign in and see your places in focus groups in one list."</p>
            <form method="post" action="/register" novalidate>
                {ui::honeypot()}
                {ui::text(&form, "name", "Your name").autocomplete("name").view()}
                {ui::email(&form, "email", "Your e-mail address").hint("We will send a link to it, to choose your password.").view()}
                {ui::button("Send me the link")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let name = form.required("name", "Your name", 80, "Enter your name");
    let email = form.email("email");
    if !form.is_valid() {
        return Ok(page(form).into());
    }
    if !form.is_from_a_program() {
        let mut tx = req.app.db.write().await?;
        register(&req.app, &mut tx, &req.actor(), &email, &name).await?;
        tx.commit().await?;
    }
    Ok(Reply::redirect(check_email::after("/register")).saying(words::ACCOUNT_LINK_SENT))
}
