//! "I have a code": typing the code of a letter leads where its link leads.

use leptos::prelude::*;

use crate::random::sha256;
use crate::shell;
use crate::surveys::links;
use crate::surveys::sample::code;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/s`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(&req, Form::default()).into())
}

fn page(req: &Req, form: Form) -> Page {
    let phone = req.landlord.phone.clone();
    let refused = form.clone();
    Page::new("Enter your code", move || {
        let help = (!phone.is_empty()).then(|| view! { <p>"If it does not work, phone us on "{shell::phone(&phone)}"."</p> });
        view! {
            <a class="govuk-back-link" href="/have-your-say">"Have your say"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Enter your code"</h1><p class="ds-lead">"The code is in the letter that we sent to your home. It leads you to the survey."</p></div>
            <form method="post" action="/s" novalidate>
                {ui::text(&form, "code", "Code").hint("Ten letters and figures, like ABCDE-23456. Capitals and the hyphen do not matter.").autocomplete("off").width(20).view()}
                {ui::button("Go to the survey")}
            </form>
            {help}
        }
    })
    .with_form(&refused)
}

/// Leads to the survey of the code. A wrong one is refused in the same words whether it could be a code or not.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    if form.value("code").trim().is_empty() {
        form.error("code", "Enter the code of your letter");
        return Ok(page(&req, form).into());
    }
    if let Some(code) = code::read(form.value("code")) {
        let token = code::token(&code);
        let mut tx = req.app.db.read().await?;
        if links::find(&mut tx, &sha256(&token)).await?.is_some() {
            return Ok(Reply::redirect(format!("/s/{token}")));
        }
    }
    form.error("code", "That is not the code of a letter of ours. Look at each letter and figure, and enter it again");
    Ok(page(&req, form).into())
}
