//! Service areas for staff: the list, a new one, and a change of one.

use leptos::prelude::*;

use crate::db;
use crate::permissions;
use crate::standards::store::areas;
use crate::standards::{self, Area};
use crate::thread::id::AreaId;
use crate::ui;
use crate::web::slug::slug_or;
use crate::web::{Form, Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let role = req.account()?.role;
    let mut tx = req.app.db.read().await?;
    let all = standards::areas(&mut tx).await?;
    let refused = form.clone();
    Ok(Page::staff("Service areas", move || {
        let change = permissions::may_post(Some(role), "/staff/standards/areas/{id}");
        let rows = all.into_iter().map(|one| {
            let name = if change {
                view! { <a href=format!("/staff/standards/areas/{}", one.id)>{one.name}</a> }.into_any()
            } else {
                one.name.into_any()
            };
            view! { <tr><th scope="row">{name}</th><td>{one.description}</td><td class="ds-table__number">{one.position}</td></tr> }
        });
        let rows = rows.collect_view();
        let add = change.then(|| {
            view! {
                <h2>"Add an area"</h2>
                <form method="post" action="/staff/standards/areas" novalidate>{fields(&form)}{ui::button("Add the area")}</form>
            }
        });
        view! {
            <a class="govuk-back-link" href="/staff/standards">"Standards"</a>
            {ui::error_summary(&form)}
            <h1>"Service areas"</h1>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Service areas">
                <table class="ds-table">
                    <thead><tr><th scope="col">"Area"</th><th scope="col">"What it is about"</th><th scope="col" class="ds-table__number">"Place in lists"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {add}
        }
    })
    .with_form(&refused)
    .into())
}

fn fields(form: &Form) -> AnyView {
    view! {
        {ui::text(form, "name", "Name").width(20).view()}
        {ui::text(form, "description", "What it is about").hint("One line that residents read.").view()}
        {ui::text(form, "position", "Place in lists").hint("A number: 1 comes first.").number().width(3).view()}
    }
    .into_any()
}

fn read(form: &mut Form) -> Option<(String, String, i64)> {
    let name = form.required("name", "The name", 80, "Enter the name of the area");
    let description = form.required("description", "The description", 200, "Say what the area is about");
    let position = form.whole("position", 1..=999, "Enter its place in lists as a whole number from 1 to 999");
    position.filter(|_| form.is_valid()).map(|position| (name, description, position))
}

const TAKEN: &str = "There is an area of that name already";

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some((name, description, position)) = read(&mut form) else { return show(&req, form).await };
    let mut tx = req.app.db.write().await?;
    match areas::insert(&mut tx, &slug_or(&name, "area"), &name, &description, position).await {
        Ok(id) => {
            req.audit(&mut tx, "added a service area", &format!("area {id}"), &name).await?;
            tx.public_changed();
            tx.commit().await?;
            Ok(Reply::redirect("/staff/standards/areas").saying("The area is added."))
        }
        Err(db::Error::Conflict(_)) => {
            drop(tx);
            form.error("name", TAKEN);
            show(&req, form).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn find(req: &Req) -> Result<Area, PageError> {
    let id: AreaId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    areas::find(&mut tx, id).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get_one(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let form = Form::filled(&[
        ("name", &one.name),
        ("description", &one.description),
        ("position", &one.position.to_string()),
    ]);
    Ok(page(one, form).into())
}

fn page(one: Area, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(one.name.clone(), move || {
        view! {
            <a class="govuk-back-link" href="/staff/standards/areas">"Service areas"</a>
            {ui::error_summary(&form)}
            <h1>{one.name.clone()}</h1>
            <p class="ds-meta">"Its address stays "{format!("/standards/areas/{}", one.slug)}"."</p>
            <form method="post" action=format!("/staff/standards/areas/{}", one.id) novalidate>
                {fields(&form)}
                {ui::button("Save")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post_one(req: Req) -> Result<Reply, PageError> {
    let one = find(&req).await?;
    let mut form = req.form();
    let Some((name, description, position)) = read(&mut form) else { return Ok(page(one, form).into()) };
    let mut tx = req.app.db.write().await?;
    match areas::update(&mut tx, one.id, &name, &description, position).await {
        Ok(()) => {
            req.audit(&mut tx, "changed a service area", &format!("area {}", one.id), &name).await?;
            tx.public_changed();
            tx.commit().await?;
            Ok(Reply::redirect("/staff/standards/areas").saying("The area is saved."))
        }
        Err(db::Error::Conflict(_)) => {
            drop(tx);
            form.error("name", TAKEN);
            Ok(page(one, form).into())
        }
        Err(error) => Err(error.into()),
    }
}
