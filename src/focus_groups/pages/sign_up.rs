//! Signing up without an account. The form carries a random key, so that sending it twice is one sign-up.

use leptos::prelude::*;

use super::fields;
use super::of_slug;
use crate::focus_groups::Group;
use crate::focus_groups::erase::MONTHS_KEPT;
use crate::focus_groups::group::Stage;
use crate::focus_groups::links;
use crate::focus_groups::place::CameBy;
use crate::focus_groups::sign_up::{SignUpError, sign_up};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<Group, PageError> {
    let mut tx = req.app.db.read().await?;
    let group = of_slug(req, &mut tx).await?;
    if group.stage(req.now()) == Stage::Open { Ok(group) } else { Err(closed()) }
}

fn closed() -> PageError {
    PageError::Gone("This focus group takes no more sign-ups. See “Have your say” for what is open now.".into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut form = Form::filled(&[("key", &req.app.random.token())]);
    // Staff sign other people up, on a page of their own.
    if let Some(account) = req.viewer.account.as_ref().filter(|account| !account.role.is_staff()) {
        form.set("name", &account.name);
        form.set("email", &account.email);
    }
    Ok(page(group, form).into())
}

fn page(group: Group, form: Form) -> Page {
    let refused = form.clone();
    Page::new(format!("Sign up: {}", group.title), move || {
        let label = if group.places_left() > 0 { "Sign me up" } else { "Put me on the waiting list" };
        view! {
            <a class="govuk-back-link" href=format!("/focus-groups/{}", group.slug)>"Back to the focus group"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"Sign up"</span>{group.title.clone()}</h1>
                <p class="ds-lead">{group.when()}</p>
            </div>
            <p>{group.places_sentence()}" If somebody withdraws, the place is offered to the person who has waited longest."</p>
            <form method="post" action=format!("/focus-groups/{}/sign-up", group.slug) novalidate>
                {ui::carried("key", form.value("key"))}
                {ui::honeypot()}
                {fields::person(&form, &group.offers, true)}
                <p class="ds-meta">"We use these details for this focus group only. They are never shown to anybody but the staff who run it. We erase them "{MONTHS_KEPT}" months after the group, or sooner if you ask. How we look after what you tell us: "<a href="/pages/privacy">"privacy"</a>"."</p>
                {ui::button(label)}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut form = req.form();
    let back = format!("/focus-groups/{}", group.slug);
    if form.is_from_a_program() {
        return Ok(Reply::redirect(back).saying("Thank you."));
    }
    let key = form.value("key").to_owned();
    let person = fields::read_person(&mut form, &group.offers, CameBy::Web);
    if !form.is_valid() {
        if !links::is_token(&key) {
            form.set("key", &req.app.random.token());
        }
        return Ok(page(group, form).into());
    }
    if sent_before(&req, &key, &group).await? {
        return Ok(Reply::redirect(format!("/places/{key}")));
    }
    let mut tx = req.app.db.write().await?;
    match sign_up(&req.app, &req.landlord, &mut tx, group.id, &key, &person).await {
        Ok(signed) => {
            req.audit(&mut tx, "signed up", &format!("focus group {}", group.id), "").await?;
            tx.commit().await?;
            let words = match signed.position {
                None => "You have a place.".to_owned(),
                Some(position) => format!("You are number {position} on the waiting list."),
            };
            Ok(Reply::redirect(format!("/places/{}", signed.token)).saying(words))
        }
        Err(SignUpError::Repeated) => {
            drop(tx);
            if sent_before(&req, &key, &group).await? {
                return Ok(Reply::redirect(format!("/places/{key}")));
            }
            Err(PageError::BadRequest("This form was used for another group. Open the sign-up page again.".into()))
        }
        Err(SignUpError::OnTheList) => {
            drop(tx);
            let mut tx = req.app.db.write().await?;
            links::send_again(&req.app, &req.landlord, &mut tx, &group, &person.key()).await?;
            tx.commit().await?;
            form.error("name", on_the_list(person.email.is_some(), &req.landlord.phone));
            Ok(page(group, form).into())
        }
        Err(SignUpError::Closed) => Err(closed()),
        Err(SignUpError::Internal(error)) => Err(error.into()),
    }
}

/// That nothing was changed, and how a person who is on the list can change something.
fn on_the_list(by_letter: bool, phone: &str) -> String {
    let link = if by_letter {
        " To see your place or give it up, open the private link in the e-mail we sent you."
    } else {
        ""
    };
    let ask = if phone.is_empty() { "contact us".to_owned() } else { format!("phone us on {phone}") };
    format!(
        "Nothing was changed: you are on the list for this focus group already.{link} To change what you told us, {ask}"
    )
}

async fn sent_before(req: &Req, key: &str, group: &Group) -> Result<bool, PageError> {
    let mut tx = req.app.db.read().await?;
    Ok(links::follow(&mut tx, key).await?.is_some_and(|(place, _)| place.group_id == group.id))
}
