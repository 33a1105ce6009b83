//! Signing in and out.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::people::account::{RESIDENT_WHOLE, STAFF_WHOLE};
use crate::people::sign_in::{SignInError, sign_in};
use crate::people::{Role, words};
use crate::ui;
use crate::web::send::own_path;
use crate::web::{Form, Page, PageError, Reply, Req, cookie};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let next = req.query("next").and_then(own_path).unwrap_or_default().to_owned();
    Ok(page(Form::filled(&[("next", &next)])).into())
}

fn page(form: Form) -> Page {
    let refused = form.clone();
    Page::new("Sign in", move || {
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Sign in"</h1>
            <p class="govuk-body">"You need no account to read our promises, answer a survey, comment or join a focus group."</p>
            <form method="post" action="/sign-in" novalidate>
                {ui::carried("next", form.value("next"))}
                {ui::email(&form, "email", "E-mail address").autocomplete("username").view()}
                {ui::password(&form, "password", "Password", "current-password").view()}
                {ui::button("Sign in")}
            </form>
            <p class="govuk-body"><a class="govuk-link" href="/forgotten-password">"I have forgotten my password"</a></p>
            <p class="govuk-body"><a class="govuk-link" href="/register">"I am a resident and would like an account"</a></p>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let email = form.email("email");
    let password = form.value("password").to_owned();
    if password.is_empty() {
        form.error("password", "Enter your password");
    }
    if !form.is_valid() {
        return Ok(page(form).into());
    }
    match sign_in(&req.app, &email, password, &req.client.to_string(), &req.device).await {
        Ok((account, token)) => {
            let lasts = if account.role.is_staff() { STAFF_WHOLE } else { RESIDENT_WHOLE };
            let start = match account.role {
                Role::Resident => "/",
                Role::Shopper => "/shops",
                _ => "/staff",
            };
            let next = own_path(form.value("next")).unwrap_or(start).to_owned();
            Ok(Reply::redirect(next).with_cookie(cookie::set(&req.app.config, cookie::SESSION, &token, lasts)))
        }
        Err(SignInError::Wrong) => {
            form.error("email", words::WRONG);
            Ok(page(form).into())
        }
        Err(SignInError::Wait) => {
            form.error("email", words::WAIT);
            Ok(page(form).with_status(StatusCode::TOO_MANY_REQUESTS).into())
        }
        Err(SignInError::Internal(error)) => Err(error.into()),
    }
}

pub(super) async fn sign_out(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.id;
    let mut tx = req.app.db.write().await?;
    if let Some(session) = req.viewer.session_id {
        crate::people::store::delete_session(&mut tx, account, session).await?;
    }
    req.audit(&mut tx, "signed out", &format!("account {account}"), "").await?;
    tx.commit().await?;
    Ok(Reply::redirect("/")
        .with_cookie(cookie::clear(&req.app.config, cookie::SESSION))
        .with_header("clear-site-data", "\"cache\"")
        .saying("You are signed out."))
}
