//! Planning a focus group and changing its plan.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{fields, find};
use crate::focus_groups::Group;
use crate::focus_groups::arrange::{self, ArrangeError, Plan};
use crate::focus_groups::group::{Format, Stage};
use crate::focus_groups::place::NeedKind;
use crate::ui;
use crate::web::slug::read_slug;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Whether the time and place are part of the form: afterwards people must be told, which is a page of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Everything,
    WithoutTimeAndPlace,
}

pub(super) async fn get_new(_req: Req) -> Result<Reply, PageError> {
    let mut form = Form::filled(&[("format", "in_person"), ("capacity", "10")]);
    for kind in NeedKind::ALL {
        form = with(form, "offers", kind.code());
    }
    Ok(page(None, form, Scope::Everything).into())
}

fn with(form: Form, name: &str, value: &str) -> Form {
    let mut fields = form.fields().to_vec();
    fields.push((name.to_owned(), value.to_owned()));
    Form::new(fields)
}

fn page(group: Option<&Group>, form: Form, scope: Scope) -> Page {
    let refused = form.clone();
    let (title, back, here, save) = group.map_or_else(
        || {
            (
                "Plan a focus group".to_owned(),
                "/staff/focus-groups".to_owned(),
                "/staff/focus-groups/new".to_owned(),
                "Save as a draft",
            )
        },
        |group| {
            let back = format!("/staff/focus-groups/{}", group.id);
            (format!("Change: {}", group.title), back.clone(), format!("{back}/edit"), "Save")
        },
    );
    let heading = title.clone();
    Page::staff(title, move || {
        let time_and_place = (scope == Scope::Everything).then(|| {
            view! {
                {fields::when(&form)}
                {ui::textarea(&form, "place", "Where").hint("Name and address, or how to join").rows(3).view()}
            }
        });
        let address = group_address(&form);
        view! {
            <a class="govuk-back-link" href=back>"Back"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{heading}</h1></div>
            <form method="post" action=here novalidate>
                {ui::text(&form, "title", "Title").hint("What people will talk about, in a few plain words").view()}
                {address}
                {ui::textarea(&form, "purpose", "What it is for").hint("And which decision it feeds").rows(3).view()}
                {ui::textarea(&form, "can-change", "What people can change").rows(3).view()}
                {ui::textarea(&form, "cannot-change", "What cannot change, and why").rows(3).view()}
                {ui::radios(&form, "format", "How it meets", Format::ALL.map(|format| (format.code(), format.label()))).view()}
                {time_and_place}
                {ui::text(&form, "capacity", "Places").hint("Six to ten work best; twelve at most").width(3).number().view()}
                {ui::checkboxes(&form, "offers", "Help on offer", NeedKind::ALL.iter().map(|kind| (kind.code(), kind.label()))).view()}
                {ui::button(save)}
            </form>
        }
    })
    .with_form(&refused)
}

fn group_address(form: &Form) -> AnyView {
    ui::text(form, "slug", "Address of its page")
        .hint("Small letters, digits and hyphens. Leave empty to make it of the title")
        .view()
}

fn read(form: &mut Form, scope: Scope, before: Option<&Group>, now: DateTime<Utc>) -> Option<Plan> {
    let title = form.required("title", "The title", 120, "Enter a title");
    let slug = read_slug(form, &title, "talk-about-repairs");
    let purpose = form.required("purpose", "What it is for", 2000, "Say what the group is for");
    let can_change = form.required("can-change", "What people can change", 2000, "Say what people can change");
    let cannot_change = form.required("cannot-change", "What cannot change", 2000, "Say what cannot change");
    let format = form.choice::<Format>("format", "Choose how the group meets");
    let (when, place) = match (scope, before) {
        (Scope::WithoutTimeAndPlace, Some(group)) => (Some((group.starts_at, group.ends_at)), group.place.clone()),
        _ => (fields::read_when(form), form.required("place", "The place", 500, "Say where the group meets")),
    };
    let capacity = form.whole("capacity", 1..=500, "Enter the number of places, from 1 to 500");
    let offers = NeedKind::ALL.iter().copied().filter(|kind| form.has("offers", kind.code())).collect();
    if scope == Scope::Everything && when.is_some_and(|(starts_at, _)| starts_at <= now) {
        form.error("on", "The group must lie ahead");
    }
    let (starts_at, ends_at) = when?;
    let plan = Plan {
        slug,
        title,
        purpose,
        can_change,
        cannot_change,
        format: format?,
        place,
        starts_at,
        ends_at,
        offers,
        capacity: capacity?,
    };
    form.is_valid().then_some(plan)
}

fn refuse(form: &mut Form, error: ArrangeError) -> Result<(), PageError> {
    match error {
        ArrangeError::SlugTaken => form.error("slug", "Another focus group has this address. Choose another"),
        ArrangeError::TooFewPlaces => {
            form.error("capacity", "More places than that are taken. Enter at least as many as are taken");
        }
        ArrangeError::CannotOpen | ArrangeError::NotFound => return Err(PageError::NotFound),
        ArrangeError::Internal(error) => return Err(error.into()),
    }
    Ok(())
}

pub(super) async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some(plan) = read(&mut form, Scope::Everything, None, req.now()) else {
        return Ok(page(None, form, Scope::Everything).into());
    };
    let mut tx = req.app.db.write().await?;
    match arrange::create(&req.app, &mut tx, &plan).await {
        Ok(id) => {
            req.audit(&mut tx, "planned a focus group", &format!("focus group {id}"), &plan.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/focus-groups/{id}"))
                .saying("Saved as a draft. Residents see it once you open it."))
        }
        Err(error) => {
            refuse(&mut form, error)?;
            Ok(page(None, form, Scope::Everything).into())
        }
    }
}

fn filled(group: &Group) -> Form {
    let mut form = Form::filled(&[
        ("title", &group.title),
        ("slug", &group.slug),
        ("purpose", &group.purpose),
        ("can-change", &group.can_change),
        ("cannot-change", &group.cannot_change),
        ("format", group.format.code()),
        ("place", &group.place),
        ("capacity", &group.capacity.to_string()),
    ]);
    fields::set_when(&mut form, group);
    group.offers.iter().fold(form, |form, kind| with(form, "offers", kind.code()))
}

fn scope(req: &Req, group: &Group) -> Scope {
    if group.stage(req.now()) == Stage::Draft { Scope::Everything } else { Scope::WithoutTimeAndPlace }
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let form = filled(&group);
    Ok(page(Some(&group), form, scope(&req, &group)).into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let group = find(&req).await?;
    let (mut form, scope) = (req.form(), scope(&req, &group));
    let Some(plan) = read(&mut form, scope, Some(&group), req.now()) else {
        return Ok(page(Some(&group), form, scope).into());
    };
    let mut tx = req.app.db.write().await?;
    match arrange::edit(&req.app, &req.landlord, &mut tx, group.id, &plan).await {
        Ok(()) => {
            req.audit(&mut tx, "changed a focus group", &format!("focus group {}", group.id), &plan.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/focus-groups/{}", group.id)).saying("Saved."))
        }
        Err(error) => {
            refuse(&mut form, error)?;
            Ok(page(Some(&group), form, scope).into())
        }
    }
}
