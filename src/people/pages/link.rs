//! Using an invitation or a reset: choosing a password. Opening the link changes nothing; only the button does.

use leptos::prelude::*;

use super::{new_password, weak};
use crate::people::reset::{self, LinkError};
use crate::ui;
use crate::web::form::CARRIED;
use crate::web::{Form, Page, PageError, Reply, Req};

fn not_good() -> PageError {
    PageError::Gone(
        "This link has been used or has run out. If you have chosen a password with it, sign in. If not, ask for a new link with “I have forgotten my password” on the sign-in page: that works for a first password too.".into(),
    )
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let token = req.param("token")?.to_owned();
    let mut tx = req.app.db.read().await?;
    let account = match reset::account_of(&req.app, &mut tx, &token).await {
        Ok(account) => account,
        Err(LinkError::Internal(error)) => return Err(error.into()),
        Err(_) => return Err(not_good()),
    };
    let refused = form.clone();
    Ok(Page::new("Choose your password", move || {
        view! {
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">"Choose your password"</h1>
            <p class="govuk-body">"This is for the account " <strong>{account.email.clone()}</strong> "."</p>
            <form method="post" action=format!("/link/{token}") novalidate>
                <input type="hidden" name=format!("{CARRIED}username") autocomplete="username" value=account.email/>
                {new_password(&form)}
                {ui::button("Save my password")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let token = req.param("token")?.to_owned();
    let mut tx = req.app.db.write().await?;
    match reset::use_link(&req.app, &mut tx, &token, form.value("new-password"), &req.landlord.name).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Reply::redirect("/sign-in").saying("Your password is saved. Sign in with it."))
        }
        Err(LinkError::Weak(weakness)) => {
            drop(tx);
            weak(&mut form, weakness);
            show(&req, form).await
        }
        Err(LinkError::Internal(error)) => Err(error.into()),
        Err(LinkError::NoAccount | LinkError::NotGood) => Err(not_good()),
    }
}
