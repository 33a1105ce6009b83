//! After a group: who came, what people were given, the notes, and what was heard.

use leptos::prelude::*;

use super::of_path;
use crate::focus_groups::group::Stage;
use crate::focus_groups::place::{Place, State};
use crate::focus_groups::record::{Record, keep};
use crate::focus_groups::{Group, store};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<(Group, Vec<Place>), PageError> {
    let mut tx = req.app.db.read().await?;
    let group = of_path(req, &mut tx).await?;
    let places = store::places::list(&mut tx, group.id).await?;
    Ok((group, places.into_iter().filter(|place| place.state == State::Booked).collect()))
}

fn came(place: &Place) -> String {
    format!("came-{}", place.id)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let (group, places) = find(&req).await?;
    let mut form = Form::filled(&[
        ("information", &group.information_given),
        ("notes", &group.notes),
        ("heard", &group.heard),
        ("next", &group.next_steps),
        ("publish", if group.heard_published_at.is_some() { "yes" } else { "" }),
    ]);
    for place in &places {
        form.set(&came(place), place.attended.map_or("", |came| if came { "yes" } else { "no" }));
    }
    let begun = group.stage(req.now()) == Stage::Past;
    Ok(page(group, places, form, begun).into())
}

fn page(group: Group, places: Vec<Place>, form: Form, begun: bool) -> Page {
    let refused = form.clone();
    Page::staff(format!("Record: {}", group.title), move || {
        let base = format!("/staff/focus-groups/{}", group.id);
        let people = places
            .iter()
            .map(|place| ui::radios(&form, &came(place), place.shown_name(), [("yes", "Came"), ("no", "Did not come")]).inline().view())
            .collect_view();
        let attendance = if !begun {
            view! { <div class="govuk-inset-text">"Attendance can be entered once the group has begun."</div> }.into_any()
        } else if places.is_empty() {
            view! { <div class="ds-empty"><p>"Nobody had a place."</p></div> }.into_any()
        } else {
            people.into_any()
        };
        view! {
            <a class="govuk-back-link" href=base.clone()>{group.title.clone()}</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Attendance, notes and what was heard"</h1></div>
            <form method="post" action=format!("{base}/record") novalidate>
                <h2>"Who came"</h2>
                {attendance}
                <h2>"What happened"</h2>
                {ui::textarea(&form, "information", "What people were given to read beforehand").hint("With its version and date, to show what they knew before they spoke").rows(2).view()}
                {ui::textarea(&form, "notes", "Notes, question by question").hint("For staff only. Quote the group, never a person").rows(10).view()}
                {ui::textarea(&form, "heard", "What we heard").hint("Themes, and views of few; everyone can read this once it is published").rows(8).view()}
                {ui::textarea(&form, "next", "What happens next, and when").rows(3).view()}
                {ui::checkbox(&form, "publish", "yes", "Let everyone read what was heard and what happens next")}
                {ui::button("Save")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let (group, places) = find(&req).await?;
    let begun = group.stage(req.now()) == Stage::Past;
    let mut form = req.form();
    let attendance = places.iter().filter(|_| begun).map(|place| {
        let came = match form.value(&came(place)) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        (place.id, came)
    });
    let attendance = attendance.collect();
    let record = Record {
        attendance,
        information_given: form.text("information", "What people were given", 2000),
        notes: form.text("notes", "The notes", 20_000),
        heard: form.text("heard", "What we heard", 10_000),
        next_steps: form.text("next", "What happens next", 2000),
        publish: form.has("publish", "yes"),
    };
    if record.publish && record.heard.is_empty() {
        form.error("heard", "Write what we heard before everyone can read it");
    }
    if record.publish && !begun {
        form.error("publish", "What was heard can be published once the group has taken place");
    }
    if !form.is_valid() {
        return Ok(page(group, places, form, begun).into());
    }
    let mut tx = req.app.db.write().await?;
    keep(&req.app, &mut tx, &group, &record).await?;
    req.audit(&mut tx, "kept the record of a focus group", &format!("focus group {}", group.id), "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/focus-groups/{}", group.id)).saying("Saved."))
}
