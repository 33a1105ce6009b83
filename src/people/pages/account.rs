//! A person's own account: who they are here, and where they are signed in.

use leptos::prelude::*;

use crate::clock;
use crate::people::password;
use crate::people::store;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

use super::{new_password, weak};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let mut tx = req.app.db.read().await?;
    let sessions = store::list_sessions(&mut tx, account.id).await?;
    let (refused, this) = (form.clone(), req.viewer.session_id);
    Ok(Page::new("Your account", move || {
        let rows = sessions.into_iter().map(|session| {
            let here = Some(session.session_id) == this;
            let device = if session.device.is_empty() { "An unknown device".to_owned() } else { session.device };
            view! {
                <tr class="govuk-table__row">
                    <td class="govuk-table__cell">{device} {here.then_some(" (this one)")}</td>
                    <td class="govuk-table__cell">{clock::day_and_time(session.seen_at)}</td>
                    <td class="govuk-table__cell">
                        <form method="post" action="/account/sessions">
                            <input type="hidden" name="session" value=session.session_id.to_string()/>
                            <button type="submit" class="govuk-button govuk-button--secondary">"Sign out" <span class="govuk-visually-hidden">" there"</span></button>
                        </form>
                    </td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Your account"</h1>
            {ui::facts(vec![
                ("Name", account.name.into_any()),
                ("E-mail address", account.email.into_any()),
                ("You are here as", account.role.label().into_any()),
            ])}
            <h2 class="govuk-heading-m">"Where you are signed in"</h2>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Where you are signed in">
                <table class="govuk-table ds-table">
                    <thead><tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Device"</th>
                        <th scope="col" class="govuk-table__header">"Last used"</th>
                        <th scope="col" class="govuk-table__header">"End it"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <h2 class="govuk-heading-m">"Change your password"</h2>
            <form method="post" action="/account" novalidate>
                {ui::password(&form, "password", "Your password now", "current-password").view()}
                {new_password(&form)}
                {ui::button("Change my password")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let account = req.account()?.clone();
    let mut form = req.form();
    let mut tx = req.app.db.read().await?;
    let hash = store::find_by_email(&mut tx, &account.email).await?.and_then(|(_, hash)| hash);
    drop(tx);
    if !password::matches(form.value("password").to_owned(), hash).await {
        form.error("password", "This is not your password now");
    }
    let chosen = form.value("new-password").to_owned();
    if let Err(weakness) = password::check(&chosen, &[&account.name, &account.email, &req.landlord.name]) {
        weak(&mut form, weakness);
    }
    if !form.is_valid() {
        return show(&req, form).await;
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
