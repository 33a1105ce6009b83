//! Erasing one person: look what is kept under their address, then erase it. The address is never part of a web address.

use leptos::prelude::*;

use crate::erasure::erase::{self, Found, Refused};
use crate::people;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/erase-person`
pub async fn get(_: Req) -> Result<Reply, PageError> {
    Ok(page(Form::default(), None).into())
}

/// Looks, or erases what was found.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let email = form.email("email").trim().to_lowercase();
    if !form.is_valid() {
        return Ok(page(form, None).into());
    }
    let mut tx = req.app.db.read().await?;
    let found = erase::find(&mut tx, &email).await?;
    let account = people::erase::may_erase(&mut tx, req.account()?, &email).await?;
    drop(tx);
    if let Err(kept) = account {
        form.error("email", kept.in_words());
        return Ok(page(form, Some(found)).into());
    }
    if form.value("step") != "erase" {
        return Ok(page(form, Some(found)).into());
    }
    if !form.has("sure", "yes") {
        form.error("sure", "Tick the box if this person asked to be erased");
        return Ok(page(form, Some(found)).into());
    }
    let mut tx = req.app.db.write().await?;
    match erase::erase(&req.app, &mut tx, &req.landlord, req.account()?, &email).await {
        Ok(letters) => {
            tx.commit().await?;
            erase::finish(&req.app, &letters).await?;
            Ok(Reply::redirect("/staff/erase-person").saying("Everything that was kept under the address is erased"))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            let words = match refused {
                Refused::Account(kept) => kept.in_words(),
                _ => "Nothing is kept under this address any more",
            };
            form.error("email", words);
            Ok(page(form, None).into())
        }
    }
}

/// The page; `found` is what is kept under the address, once somebody looked.
fn page(form: Form, found: Option<Found>) -> Page {
    let refused = form.clone();
    Page::staff("Erase a person", move || {
        view! {
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1>"Erase a person"</h1>
                <p class="ds-lead">"When somebody asks that you forget them, look here for their e-mail address, and erase everything that is kept under it."</p>
            </div>
            <form method="post" action="/staff/erase-person" novalidate>
                {ui::email(&form, "email", "Their e-mail address").view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="look">"Look what is kept"</button>
            </form>
            {found.map(|found| result(&form, found))}
            {limits()}
        }
    })
    .with_form(&refused)
}

fn result(form: &Form, found: Found) -> AnyView {
    let email = form.value("email").trim().to_owned();
    if found.is_empty() {
        return view! {
            <section class="ds-section"><h2>"What is kept"</h2><p>"Nothing is kept under this address."</p></section>
        }
        .into_any();
    }
    let facts = found.into_iter().map(|(what, count)| (what, count.to_string().into_any())).collect();
    view! {
        <section class="ds-section">
            <h2>"What is kept"</h2>
            {ui::facts(facts)}
            <p>"All of it is erased together, with names, telephone numbers, needs and words. Places in focus groups to come go to whoever waits. This cannot be taken back."</p>
            <form method="post" action="/staff/erase-person" novalidate>
                {ui::carried("email", email)}
                {ui::checkbox(form, "sure", "yes", "Yes, this person asked to be erased")}
                <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="erase">"Erase all of it"</button>
            </form>
        </section>
    }
    .into_any()
}

/// What is not found here, so that nobody is promised more than is done.
fn limits() -> AnyView {
    view! {
        <section class="ds-section">
            <h2>"What is not found here"</h2>
            <ul>
                <li>"Answers to surveys. Nothing says whose they are, so nobody can find them, and they cannot be erased for one person. A photo sent with them can be taken out on the page of the survey’s photos, by the reference of the person’s receipt."</li>
                <li>"Published results. They hold no person, and do not change."</li>
                <li>"People who gave no e-mail address. Erase their comment or their place on its own page."</li>
                <li>"Names in texts that staff wrote, like the record of a focus group or a file of evidence."</li>
                <li>"Backups that were made before. Keep them no longer than you say, and erase the person again if you put one back."</li>
            </ul>
        </section>
    }
    .into_any()
}
