//! Adding a course, beside those there are.

use leptos::prelude::*;

use super::parts::{back, empty};
use crate::improvement::training::{Audience, Register, TrainError, add_course};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let courses = Register::load(&mut tx).await?.courses;
    let refused = form.clone();
    Ok(Page::staff("Courses", move || {
        let list = if courses.is_empty() {
            empty("There is no course yet.")
        } else {
            let rows = courses.iter().map(|course| {
                let lasts = course.lasts_months.and_then(|months| usize::try_from(months).ok());
                let lasts = lasts.map_or("Does not run out".to_owned(), |months| ui::counted(months, "month", "months"));
                vec![course.title.clone().into_any(), course.audience.label().into_any(), lasts.into_any()]
            });
            ui::stacked("Courses", &["Course", "For", "Holds for"], rows.collect())
        };
        view! {
            {back("/staff/improvement/training", "Training register")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Courses"</h1></div>
            {list}
            <section class="ds-section"><h2>"Add a course"</h2>
                <form method="post" novalidate>
                    {ui::text(&form, "title", "Title").view()}
                    {ui::radios(&form, "audience", "For", Audience::ALL.map(|audience| (audience.code(), audience.label()))).view()}
                    {ui::text(&form, "lasts", "How many months it holds").hint("Leave empty if it does not run out").width(4).number().view()}
                    {ui::button("Add this course")}
                </form>
            </section>
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let title = form.required("title", "The title", 120, "Enter a title");
    let audience = form.choice::<Audience>("audience", "Choose for whom it is");
    let lasts = form.optional_whole("lasts", 1..=120, "Enter a number of months from 1 to 120, or leave it empty");
    let (Some(audience), true) = (audience, form.is_valid()) else { return page(&req, form).await };
    let mut tx = req.app.db.write().await?;
    match add_course(&req.app, &mut tx, &title, audience, lasts).await {
        Ok(id) => {
            req.audit(&mut tx, "added a course", &format!("course {id}"), &title).await?;
            tx.commit().await?;
            return Ok(Reply::redirect("/staff/improvement/training/courses").saying("The course is added."));
        }
        Err(TrainError::Internal(error)) => return Err(error.into()),
        Err(TrainError::Already) => form.error("title", "There is a course of this title already"),
    }
    drop(tx);
    page(&req, form).await
}
