//! A person's own account: who they are here, where they are signed in, their password.

use leptos::prelude::*;

use crate::clock;
use crate::people::account::Session;
use crate::people::{device, password, store};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

use super::resident::{self, Own, Step};
use super::{new_password, weak};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, mut form: Form) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let mut tx = req.app.db.read().await?;
    let sessions = store::list_sessions(&mut tx, account.id).await?;
    let own = resident::load(&mut tx, req, &account, &mut form).await?;
    let (refused, this) = (form.clone(), req.viewer.session_id);
    Ok(Page::new("Your account", move || {
        let rows = sessions.into_iter().map(|session| session_row(session, this)).collect_view();
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Your account"</h1>
            {ui::facts(vec![
                ("Name", account.name.into_any()),
                ("E-mail address", account.email.into_any()),
                ("Your role", account.role.label().into_any()),
            ])}
            {own.as_ref().map(Own::places)}
            <h2 class="govuk-heading-m">"Where you are signed in"</h2>
            <ul class="ds-list">{rows}</ul>
            <h2 class="govuk-heading-m">"Change your password"</h2>
            <form method="post" action="/account" novalidate>
                {ui::password(&form, "password", "Your password now", "current-password").view()}
                {new_password(&form)}
                {ui::button("Change my password")}
            </form>
            {own.as_ref().map(|own| own.steps(&form))}
        }
    })
    .with_form(&refused)
    .into())
}

fn session_row(session: Session, this: Option<i64>) -> AnyView {
    let device = device::words(&session.device);
    let here = (Some(session.session_id) == this).then_some(" (this one)");
    let which = format!(" on {device}, last used {}", clock::day_and_time(session.seen_at));
    view! {
        <li>
            <div class="ds-list__main"><strong>{device}</strong>{here}<p>"Last used "{clock::day_and_time(session.seen_at)}</p></div>
            <div class="ds-list__aside">
                <form method="post" action="/account/sessions">
                    {ui::carried("session", session.session_id.to_string())}
                    <button type="submit" class="ds-link-button">"Sign out"<span class="govuk-visually-hidden">{which}</span></button>
                </form>
            </div>
        </li>
    }
    .into_any()
}

/// The page has several forms, told apart by the name of the button pressed; the one for a password has none.
pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let form = req.form();
    match resident::post(&req, form).await? {
        Step::Done(reply) => Ok(reply),
        Step::Refused(form) => show(&req, form).await,
        Step::NotOurs(form) => change_password(&req, form).await,
    }
}

async fn change_password(req: &Req, mut form: Form) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let mut tx = req.app.db.read().await?;
    let hash = store::find_by_email(&mut tx, &account.email).await?.and_then(|(_, hash)| hash);
    drop(tx);
    if form.value("password").is_empty() {
        form.error("password", "Enter the password you have now");
    } else if !password::matches(form.value("password").to_owned(), hash).await {
        form.error("password", "This is not your password now");
    }
    let chosen = form.value("new-password").to_owned();
    if let Err(weakness) = password::check(&chosen, &[&account.name, &account.email, &req.landlord.name]) {
        weak(&mut form, weakness);
    }
    if !form.is_valid() {
        return show(req, form).await;
    }
    let hash = password::hash(&req.app.random, chosen)
        .await
        .ok_or_else(|| PageError::Internal("a password could not be hashed".into()))?;
    let mut tx = req.app.db.write().await?;
    store::set_password(&mut tx, account.id, &hash).await?;
    store::delete_sessions(&mut tx, account.id).await?;
    req.audit(&mut tx, "changed their password", &format!("account {}", account.id), "").await?;
    tx.commit().await?;
    Ok(Reply::redirect("/sign-in")
        .saying("Your password is changed, and every device is signed out. Sign in with the new one."))
}

pub(super) async fn end_session(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.id;
    let session = req.form().value("session").parse().map_err(|_| PageError::NotFound)?;
    let mut tx = req.app.db.write().await?;
    store::delete_session(&mut tx, account, session).await?;
    req.audit(&mut tx, "ended a session", &format!("account {account}"), "").await?;
    tx.commit().await?;
    Ok(Reply::redirect("/account").saying("That device is signed out."))
}
