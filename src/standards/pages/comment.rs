//! A resident says how a standard went for them.

use leptos::prelude::*;

use super::parts;
use crate::people::phone;
use crate::settings::Landlord;
use crate::shell;
use crate::standards::comment::{LONGEST, NewComment};
use crate::standards::send_comment::{Sender, Sent, send};
use crate::standards::{self, Published};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<Published, PageError> {
    let mut tx = req.app.db.read().await?;
    standards::find_published_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let mut form = Form::default();
    form.set("key", &req.app.random.token());
    Ok(page(one, &req.landlord, form).into())
}

fn page(one: Published, landlord: &Landlord, form: Form) -> Page {
    let landlord = landlord.clone();
    let refused = form.clone();
    Page::new(format!("Say how it went for you: {}", one.title), move || {
        let here = format!("/standards/{}", one.slug);
        view! {
            <a class="govuk-back-link" href=here.clone()>"Back"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{one.title.clone()}</span>" Say how it went for you"</h1>
                <p class="ds-lead">"Our promise: "{one.promise.clone()}</p>
            </div>
            {parts::where_to_report(&landlord, parts::NOT_BY_COMMENT)}
            <form method="post" action=format!("{here}/comment") novalidate>
                {ui::carried("key", form.value("key"))}
                {ui::textarea(&form, "words", "How did it go?")
                    .hint("Say what happened and when. Please leave out names and anything about your health.")
                    .rows(7)
                    .limit(LONGEST)
                    .view()}
                {ui::radios(&form, "may-publish", "May we show your words on this site?", [
                    ("yes", "Yes, without my name"),
                    ("no", "No, only staff may read them"),
                ])
                .hint("We read every comment first. We may take out words that could show who somebody is.")
                .view()}
                <fieldset class="govuk-fieldset">
                    <legend class="govuk-fieldset__legend govuk-fieldset__legend--m"><h2 class="govuk-fieldset__heading">"If you want an answer"</h2></legend>
                    <p>"You do not have to tell us who you are. If you do, only staff see it, and we use it only to answer you. We erase it after two years, or sooner if you ask."</p>
                    {ui::text(&form, "name", "Your name (optional)").autocomplete("name").width(20).view()}
                    {ui::email(&form, "email", "Your e-mail address (optional)").view()}
                    {ui::text(&form, "phone", "Your phone number (optional)").kind("tel").autocomplete("tel").width(20).view()}
                    {ui::checkbox(&form, "may-pass-on", "yes", "If somebody else can help, you may pass my comment and my details on to them")}
                </fieldset>
                {ui::honeypot()}
                {ui::button("Send my comment")}
            </form>
            <p class="ds-meta">"How we look after what you tell us: "<a href="/pages/privacy">"privacy"</a>"."</p>
        }
    })
    .with_form(&refused)
}

fn read(form: &mut Form) -> NewComment {
    let some = |text: String| (!text.is_empty()).then_some(text);
    let words = form.required("words", "Your comment", LONGEST, "Write how it went");
    if !form.has("may-publish", "yes") && !form.has("may-publish", "no") {
        form.error("may-publish", "Say whether we may show your words");
    }
    NewComment {
        submission_key: form.value("key").chars().take(64).collect(),
        words,
        may_publish: form.has("may-publish", "yes"),
        may_pass_on: form.has("may-pass-on", "yes"),
        name: some(form.text("name", "Your name", 100)),
        email: form.optional_email("email"),
        phone: phone::read(form),
    }
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let mut form = req.form();
    let mut new = read(&mut form);
    if !form.is_valid() {
        return Ok(page(one, &req.landlord, form).into());
    }
    let thanks = format!("/standards/{}/thanks", one.slug);
    if form.is_from_a_program() {
        return Ok(Reply::redirect(thanks));
    }
    if new.submission_key.len() < 16 || !new.submission_key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        new.submission_key = req.app.random.token();
    }
    let address = req.client.to_string();
    let sender = Sender { address: &address, device: &req.device };
    let mut tx = req.app.db.write().await?;
    let sent = send(&req.app, &mut tx, one.id, &new, &sender).await?;
    if sent == Sent::TooMany {
        drop(tx);
        form.error("words", "Many comments came from your network in the last hour, so we could not take this one. Your words are still here: send them again in an hour, or phone us");
        return Ok(page(one, &req.landlord, form).into());
    }
    tx.commit().await?;
    Ok(Reply::redirect(thanks))
}

pub(super) async fn thanks(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let landlord = req.landlord.clone();
    Ok(Page::new("Thank you for your comment", move || {
        let chase = (!landlord.phone.is_empty())
            .then(|| view! { <li>"If you want an answer and have not had one by then, phone us on "{shell::phone(&landlord.phone)}"."</li> });
        view! {
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title">"Thank you"</h1>
                <div class="govuk-panel__body">"We have your comment"</div>
            </div>
            <h2>"What happens next"</h2>
            <ul>
                <li>"Somebody at "{landlord.name.clone()}" reads it within five working days. Nothing is shown before that."</li>
                <li>"If you allowed us to show your words, they appear on the page of this promise without your name, with our answer."</li>
                <li>"If you left an e-mail address or a phone number, we can answer you there, within the same five days."</li>
                {chase}
            </ul>
            {parts::where_to_report(&landlord, parts::NOT_BY_COMMENT)}
            <p><a href=format!("/standards/{}", one.slug)>"Back to the promise: "{one.title.clone()}</a></p>
        }
    })
    .into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_one_that_can_be_phoned() {
        for (phone, good) in [("", true), ("01632 960 001", true), ("abc", false), ("01632", false)] {
            let mut form = Form::filled(&[("words", "They came."), ("may-publish", "no"), ("phone", phone)]);
            read(&mut form);
            assert_eq!(form.is_valid(), good, "{phone}");
        }
    }
}
