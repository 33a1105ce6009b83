//! Starting a plan with no file, alone or beside the main one, and a plan's title, introduction, rank and end.

use leptos::prelude::*;

use super::parts::{back, open_plan, written};
use crate::plans::plan::Plan;
use crate::plans::start::{self, StartError};
use crate::plans::store;
use crate::plans::structure::describe_plan;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(title: &'static str, form: Form, of: Option<&Plan>) -> Page {
    let (shown, closing) = (form.clone(), of.is_some());
    let to = of.map_or_else(|| "/staff/plan".to_owned(), |plan| plan.on("/staff/plan"));
    let rises = of.is_some_and(|plan| !plan.is_main);
    Page::staff(title, move || {
        let close = closing.then(|| {
            view! {
                <section class="ds-section"><h2>"Close this plan"</h2>
                    <p>"A closed plan stays readable among the earlier plans. After that you can start or import the next one."</p>
                    <form method="post">
                        {ui::carried("close", "yes")}
                        {ui::checkbox(&shown, "understood", "yes", "I understand that this plan is then closed")}
                        {ui::quiet_button("Close this plan")}
                    </form>
                </section>
            }
        });
        let rise = rises.then(|| {
            view! {
                <section class="ds-section"><h2>"The main plan"</h2>
                    <p>"The main plan is the one that residents meet first. The plan that is the main one now stays open beside it."</p>
                    <form method="post">{ui::carried("main", "yes")}{ui::quiet_button("Make this the main plan")}</form>
                </section>
            }
        });
        view! {
            {back(to, "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>{title}</h1></div>
            <form method="post">
                {ui::text(&shown, "title", "Title of the plan").hint("For example: Our improvement plan 2026 to 2027").view()}
                {ui::textarea(&shown, "introduction", "What it is about, for residents").hint("You can leave this empty").limit(2000).view()}
                {ui::button("Save the plan")}
            </form>
            {rise}
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
pub async fn get_new(_req: Req) -> Result<Reply, PageError> {
    Ok(page("Start a plan", Form::default(), None).into())
}

/// Starts the plan: the main one where there is none, else one beside it.
///
/// # Errors
/// When the database refuses.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let (title, introduction) = read(&mut form);
    if !form.is_valid() {
        return Ok(page("Start a plan", form, None).into());
    }
    let (today, written) = (req.today(), written(&req));
    let mut tx = req.app.db.write().await?;
    let id = match start::start(&mut tx, &title, &introduction, today, written).await {
        Ok(id) => id,
        Err(StartError::AnotherIsOpen) => start::start_beside(&mut tx, &title, &introduction, today, written).await?,
        Err(StartError::Database(error)) => return Err(error.into()),
    };
    let plan = store::find_plan(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    req.audit(&mut tx, "started the plan", &title, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(plan.on("/staff/plan"))
        .saying("The plan is started. Add a theme first, then objectives and actions"))
}

/// The form for the current plan.
///
/// # Errors
/// `NotFound` without a current plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let whole = open_plan(&req, &mut tx).await?;
    Ok(page("Title and closing", filled(&whole.plan), Some(&whole.plan)).into())
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
            return Ok(page("Title and closing", form, Some(&whole.plan)).into());
        }
        start::close(&mut tx, whole.plan.id, req.today()).await?;
        req.audit(&mut tx, "closed the plan", &whole.plan.title, "").await?;
        tx.commit().await?;
        return Ok(Reply::redirect("/staff/plan").saying("The plan is closed"));
    }
    if form.has("main", "yes") {
        start::make_main(&mut tx, &whole.plan, written(&req)).await?;
        req.audit(&mut tx, "chose the main plan", &whole.plan.title, "").await?;
        tx.commit().await?;
        return Ok(Reply::redirect("/staff/plan").saying("This is the main plan now"));
    }
    let (title, introduction) = read(&mut form);
    if !form.is_valid() {
        return Ok(page("Title and closing", form, Some(&whole.plan)).into());
    }
    describe_plan(&mut tx, &whole.plan, &title, &introduction, written(&req)).await?;
    req.audit(&mut tx, "described the plan", &title, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect(whole.plan.on("/staff/plan")).saying("The plan is saved"))
}
