//! Entering a sign-up for somebody who phoned, wrote or came in.

use leptos::prelude::*;

use super::{fields, find};
use crate::focus_groups::Group;
use crate::focus_groups::place::CameBy;
use crate::focus_groups::sign_up::{SignUpError, sign_up};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let form = Form::filled(&[("key", &req.app.random.token()), ("came-by", "phone")]);
    Ok(page(find(&req).await?, form).into())
}

fn page(group: Group, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Enter a sign-up", move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        let ways = CameBy::ALL.iter().filter(|way| **way != CameBy::Web).map(|way| (way.code(), way.label()));
        view! {
            <a class="govuk-back-link" href=format!("{base}/people")>"Who signed up"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{group.title.clone()}</span>"Enter a sign-up"</h1><p class="ds-lead">{group.places_sentence()}</p></div>
            <form method="post" action=format!("{base}/people/new") novalidate>
                {ui::carried("key", form.value("key"))}
                {ui::radios(&form, "came-by", "How did they reach us?", ways).view()}
                {fields::person(&form, &group.offers, false)}
                {ui::button("Sign them up")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut form = req.form();
    let key = form.value("key").to_owned();
    let came_by = form.choice::<CameBy>("came-by", "Choose how they reached us").unwrap_or(CameBy::Phone);
    let person = fields::read_person(&mut form, &group.offers, came_by);
    if !form.is_valid() {
        return Ok(page(group, form).into());
    }
    let people = format!("/staff/focus-groups/{}/people", group.id);
    let mut tx = req.app.db.write().await?;
    let refusal = match sign_up(&req.app, &req.landlord, &mut tx, group.id, &key, &person).await {
        Ok(signed) => {
            let object = format!("place {}", signed.place_id);
            req.audit(&mut tx, "entered a sign-up", &object, came_by.label()).await?;
            tx.commit().await?;
            let words = match signed.position {
                None => "They have a place.".to_owned(),
                Some(position) => format!("They are number {position} on the waiting list. Please tell them."),
            };
            return Ok(Reply::redirect(people).saying(words));
        }
        Err(SignUpError::Repeated) => return Ok(Reply::redirect(people).noting("They are signed up already.")),
        Err(SignUpError::OnTheList) => "Somebody with this name and address is on the list already",
        Err(SignUpError::Closed) => "This group takes no sign-ups: it is a draft, has begun or is cancelled",
        Err(SignUpError::Internal(error)) => return Err(error.into()),
    };
    drop(tx);
    form.error("name", refusal);
    Ok(page(group, form).into())
}
