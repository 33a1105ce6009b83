//! Starting a plan with no file, and the plan's title, introduction and end.

use leptos::prelude::*;

use super::parts::{back, open_plan, written};
use crate::plans::plan::Plan;
use crate::plans::start::{self, StartError};
use crate::plans::store;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(title: &'static str, form: Form, closing: bool) -> Page {
    let shown = form.clone();
    Page::staff(title, move || {
        let close = closing.then(|| {
            view! {
                <section class="ds-section"><h2>"Close this plan"</h2>
                    <p>"A closed plan stays readable among the earlier plans. After that you can start or import the next one."</p>
                    <form method="post">
                        {ui::carried("close", "yes")}
                        {ui::checkbox(&shown, "understood", "yes", "I understand that no plan is then open")}
                        {ui::quiet_button("Close this plan")}
                    </form>
                </section>
            }
        });
        view! {
            {back("/staff/plan", "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>{title}</h1></div>
            <form method="post">
                {ui::text(&shown, "title", "Title of the plan").hint("For example: Our improvement plan 2026 to 2027").view()}
                {ui::textarea(&shown, "introduction", "What it is about, for residents").hint("You can leave this empty").limit(2000).view()}
                {ui::button("Save the plan")}
            </form>
            {close}
        }
    })
    .with_form(&form)
}

fn read(form: &mut Form) -> (String, String) {
    (form.required("title", "The title", 150, "Enter a title"), form.text("introduction", "The introduction", 2000))
}

/// The form for a new plan.
///
/// # Errors
/// When the database refuses.
pub async fn get_new(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    if store::find_open_plan(&mut tx).await?.is_some() {
        return Ok(Reply::redirect("/staff/plan"));
    }
    Ok(page("Start a plan", Form::default(), false).into())
}

/// Starts the plan.
///
/// # Errors
/// When the database refuses.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let (title, introduction) = read(&mut form);
    if form.is_valid() {
        let mut tx = req.app.db.write().await?;
        match start::start(&mut tx, &title, &introduction, req.today(), written(&req)).await {
            Ok(_) => {
                req.audit(&mut tx, "started the plan", &title, "").await?;
                tx.commit().await?;
                return Ok(Reply::redirect("/staff/plan")
                    .saying("The plan is started. Add a theme first, then objectives and actions"));
            }
            Err(StartError::AnotherIsOpen) => {
                form.error("title", "There is a current plan. Close it before you start another");
            }
            Err(StartError::Database(error)) => return Err(error.into()),
        }
    }
    Ok(page("Start a plan", form, false).into())
}

/// The form for the current plan.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    Ok(page("Title and closing", filled(&whole.plan), true).into())
}

fn filled(plan: &Plan) -> Form {
    Form::filled(&[("title", &plan.title), ("introduction", &plan.introduction)])
}

/// Saves the title and introduction, or closes the plan when the box beside the button is ticked.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let whole = open_plan(&req, &mut tx).await?;
    if form.has("close", "yes") {
        if !form.has("understood", "yes") {
            let mut form = filled(&whole.plan);
            form.error("understood", "Tick the box to say that you understand. The plan is still open");
            return Ok(page("Title and closing", form, true).into());
        }
        start::close(&mut tx, whole.plan.id, req.today()).await?;
        req.audit(&mut tx, "closed the plan", &whole.plan.title, "").await?;
        tx.commit().await?;
        return Ok(Reply::redirect("/staff/plan").saying("The plan is closed"));
    }
    let (title, introduction) = read(&mut form);
    if !form.is_valid() {
        return Ok(page("Title and closing", form, true).into());
    }
    store::update_plan(&mut tx, whole.plan.id, &title, &introduction).await?;
    for (field, old, new) in
        [("Title", &whole.plan.title, &title), ("Introduction", &whole.plan.introduction, &introduction)]
    {
        if old != new {
            crate::plans::word_action::note(
                &mut tx,
                whole.plan.id,
                None,
                "The plan",
                (field, old, new),
                "",
                "staff",
                written(&req),
            )
            .await?;
        }
    }
    tx.public_changed();
    req.audit(&mut tx, "described the plan", &title, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/plan").saying("The plan is saved"))
}
