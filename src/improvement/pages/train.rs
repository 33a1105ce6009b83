//! Recording that people attended a course.

use leptos::prelude::*;

use super::parts::{Names, back};
use crate::improvement::owner::can_lead;
use crate::improvement::training::{CourseId, Register, TrainError, record};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let register = Register::load(&mut tx).await?;
    let names = Names::load(&mut tx).await?;
    let refused = form.clone();
    Ok(Page::staff("Record a training", move || {
        let first = (String::new(), "Choose a course".to_owned());
        let courses: Vec<(String, String)> = std::iter::once(first)
            .chain(register.courses.iter().map(|course| (course.id.to_string(), format!("{} ({})", course.title, course.audience.label()))))
            .collect();
        let none = register.courses.is_empty().then(|| view! { <div class="govuk-inset-text">"There is no course yet. "<a href="/staff/improvement/training/courses">"Add a course first"</a></div> });
        // The first choice only says what to do.
        let people = names.leads().into_iter().skip(1);
        view! {
            {back("/staff/improvement/training", "Training register")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Record a training"</h1></div>
            {none}
            <form method="post" novalidate>
                {ui::select(&form, "course", "Course", courses)}
                {ui::day(&form, "held", "Held on", "For example, 27 3 2026")}
                {ui::checkboxes(&form, "person", "Who attended", people).view()}
                {ui::button("Record it")}
            </form>
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
    let mut tx = req.app.db.write().await?;
    let register = Register::load(&mut tx).await?;
    let names = Names::load(&mut tx).await?;
    let course = form.choice::<CourseId>("course", "Choose a course").and_then(|id| register.course(id).cloned());
    if course.is_none() && form.error_of("course").is_none() {
        form.error("course", "Choose a course");
    }
    let held_on = form.day("held", "The day of the course");
    if held_on.is_some_and(|day| day > req.today()) {
        form.error("held", "Enter today or a day before: a training is recorded once it was held");
    }
    let people: Vec<AccountId> =
        form.values("person").iter().filter_map(|value| names.chosen(value, can_lead)).collect();
    if people.is_empty() {
        form.error("person", "Choose who attended");
    }
    let (Some(course), Some(held_on), true) = (course, held_on, form.is_valid()) else {
        drop(tx);
        return page(&req, form).await;
    };
    for person in &people {
        match record(&req.app, &mut tx, req.account()?.id, &course, *person, held_on).await {
            Ok(()) => {}
            Err(TrainError::Internal(error)) => return Err(error.into()),
            Err(TrainError::Already) => {
                drop(tx);
                form.error("person", format!("{} is recorded for this course and day already", names.of(*person)));
                return page(&req, form).await;
            }
        }
    }
    let who = people.iter().map(|id| names.of(*id)).collect::<Vec<_>>().join(", ");
    req.audit(&mut tx, "recorded a training", &format!("course {}", course.id), &format!("{}: {who}", course.title))
        .await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/improvement/training").saying("The training is recorded."))
}
