//! Moving a group to another time or place.

use leptos::prelude::*;

use super::{fields, find};
use crate::focus_groups::Group;
use crate::focus_groups::postpone::{ChangeError, postpone};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut form = Form::filled(&[("place", &group.place)]);
    fields::set_when(&mut form, &group);
    Ok(page(group, form).into())
}

fn page(group: Group, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(format!("Move: {}", group.title), move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        let people = if group.taken == 1 { "1 person has".to_owned() } else { format!("{} people have", group.taken) };
        let waiting = if group.waiting == 1 { "1 waits".to_owned() } else { format!("{} wait", group.waiting) };
        view! {
            <a class="govuk-back-link" href=base.clone()>{group.title.clone()}</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Move to another time or place"</h1></div>
            <p>{format!("{people} a place or an offer of one, and {waiting}. Everybody with an e-mail address gets a letter at once; the page tells you how many you must phone.")}</p>
            <form method="post" action=format!("{base}/move") novalidate>
                {fields::when(&form)}
                {ui::textarea(&form, "place", "Where").rows(3).view()}
                {ui::button("Move it and tell everyone")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let mut form = req.form();
    let when = fields::read_when(&mut form);
    let place = form.required("place", "The place", 500, "Say where the group meets");
    let Some((starts_at, ends_at)) = when.filter(|_| form.is_valid()) else { return Ok(page(group, form).into()) };
    if (starts_at, ends_at, &place) == (group.starts_at, group.ends_at, &group.place) {
        form.error("on", "Nothing has changed. Enter another day, time or place");
        return Ok(page(group, form).into());
    }
    let mut tx = req.app.db.write().await?;
    match postpone(&req.app, &req.landlord, &mut tx, group.id, &place, starts_at, ends_at).await {
        Ok(told) => {
            req.audit(&mut tx, "moved a focus group", &format!("focus group {}", group.id), &group.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/focus-groups/{}", group.id))
                .saying(format!("Moved. {}", told.sentence())))
        }
        Err(ChangeError::Internal(error)) => Err(error.into()),
        Err(ChangeError::InThePast) => {
            form.error("on", "The new time must lie ahead");
            Ok(page(group, form).into())
        }
        Err(ChangeError::NotOpen) => {
            form.error("on", "This group has begun, is cancelled or is not open yet, so it cannot be moved");
            Ok(page(group, form).into())
        }
    }
}
