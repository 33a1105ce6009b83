//! One plan: its activities as they stand now or stood in an old version, whether it is up to date, and every version.

use leptos::prelude::*;

use super::parts::{Names, back, empty, heading, keeps};
use super::plans::freshness;
use crate::clock;
use crate::improvement::activity::Activity;
use crate::improvement::keep::{KeepError, close, review};
use crate::improvement::plan::{Plan, PlanId, Version};
use crate::improvement::store::{activities, plans};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let today = req.today();
    let mut tx = req.app.db.read().await?;
    let plan = plans::find(&mut tx, req.id::<PlanId>("id")?).await?.ok_or(PageError::NotFound)?;
    let number = match req.query("version") {
        None => plan.versions,
        Some(text) => {
            text.parse().ok().filter(|number| (1..=plan.versions).contains(number)).ok_or(PageError::NotFound)?
        }
    };
    let all = activities::list(&mut tx, plan.id, number).await?;
    let versions = plans::list_versions(&mut tx, plan.id).await?;
    let names = Names::load(&mut tx).await?;
    let may = keeps(req.account()?, &plan) && plan.closed_at.is_none();
    let refused = form.clone();
    Ok(Page::staff(format!("Improvement plan of {}", names.of(plan.account_id)), move || {
        let is_old = number != plan.versions;
        let here = plan.href();
        let old = is_old.then(|| {
            let here = here.clone();
            view! { <div class="govuk-inset-text">{format!("This is version {number} of {}. ", plan.versions)}<a href=here>"Read the plan as it stands now"</a></div> }
        });
        let closed = (!plan.closed_reason.is_empty()).then(|| view! { <div class="govuk-inset-text">"Closed: "{plan.closed_reason.clone()}</div> });
        let add = (may && !is_old).then(|| ui::link_button("Add an activity", format!("{here}/activity")));
        let work = (may && !is_old).then(|| keeping(&form));
        view! {
            {back("/staff/improvement/plans", "Improvement plans")}
            {ui::error_summary(&form)}
            {heading(format!("{} to {}", clock::day(plan.starts_on), clock::day(plan.ends_on())), format!("Improvement plan of {}", names.of(plan.account_id)))}
            {old}
            {closed}
            <p>{freshness(&plan, today)}</p>
            <section class="ds-section"><h2>"Activities"</h2>{list(&plan, &all, &names, today, is_old)}{add}</section>
            {work}
            {history(&plan, &versions, &names, number)}
        }
    })
    .with_form(&refused)
    .into())
}

fn list(plan: &Plan, all: &[Activity], names: &Names, today: chrono::NaiveDate, is_old: bool) -> AnyView {
    if all.is_empty() {
        return empty("No activity is in the plan yet. Add what will be done, and how you will see that it helped.");
    }
    let rows = all.iter().map(|one| {
        let wording = &one.wording;
        let standing = one.standing(today);
        // How it stands today says nothing of an old version.
        let mark = (!is_old).then(|| ui::status(standing.code(), standing.label()));
        let outside = plan
            .leaves_out(wording.starts_on, wording.due_on)
            .then(|| view! { <p class="ds-meta">"Outside the twelve months"</p> });
        let nobody = wording.involves_nobody().then(|| view! { <p class="ds-meta">"No resident takes part yet"</p> });
        vec![
            view! { <a href=one.href()>{wording.what.clone()}</a><p class="ds-meta">{wording.way.label()}</p>{outside}{nobody} }.into_any(),
            wording.baseline.clone().into_any(),
            wording.target.clone().into_any(),
            names.of(wording.lead_id).into_any(),
            clock::day(wording.due_on).into_any(),
            mark.into_any(),
        ]
    });
    let heads = ["Activity", "How it was", "How it should be", "Lead", "Due", "Standing"];
    ui::stacked("Activities", &heads, rows.collect())
}

fn keeping(form: &Form) -> AnyView {
    view! {
        <section class="ds-section"><h2>"Look through the whole plan"</h2>
            <p>"At least every 31 days. Mend what is no longer right first; then say what you saw."</p>
            <form method="post" novalidate>
                {ui::textarea(form, "words", "What you saw").hint("What goes well, what is late and why, what comes next").rows(3).view()}
                <button type="submit" class="govuk-button" id="step" name=ui::STEP value="review">"I have looked it through"</button>
            </form>
        </section>
        <details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Close the plan"</span></summary>
            <div class="govuk-details__text">
                <form method="post" novalidate>
                    {ui::text(form, "reason", "Why it is closed").hint("Once every activity is done or stopped. It stays readable").view()}
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="close">"Close the plan"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn history(plan: &Plan, versions: &[Version], names: &Names, shown: i64) -> AnyView {
    let rows = versions.iter().map(|version| {
        let name = format!("Version {}", version.number);
        let link = if version.number == shown {
            name.into_any()
        } else {
            view! { <a href=format!("{}?version={}", plan.href(), version.number)>{name}</a> }.into_any()
        };
        let kind = if version.is_review { "Looked through. " } else { "" };
        let by = format!("{}, {}", clock::day_and_time(version.written_at), names.of(version.written_by));
        view! { <li><p class="ds-timeline__when">{link}", "{by}</p><p class="ds-timeline__what">{kind}{version.words.clone()}</p></li> }
    });
    let rows = rows.collect_view();
    view! { <section class="ds-section"><h2>"Every version"</h2><ol class="ds-timeline">{rows}</ol></section> }
        .into_any()
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    page(&req, Form::default()).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let plan = plans::find(&mut tx, req.id::<PlanId>("id")?).await?.ok_or(PageError::NotFound)?;
    if !keeps(req.account()?, &plan) {
        return Err(PageError::Forbidden);
    }
    let by = req.account()?.id;
    let step = form.value("step").to_owned();
    let (field, words) = match step.as_str() {
        "review" => ("words", form.required("words", "What you saw", 3000, "Say what you saw")),
        "close" => ("reason", form.required("reason", "The reason", 500, "Say why it is closed")),
        _ => {
            form.error("step", "Choose what to do with one of the buttons");
            ("step", String::new())
        }
    };
    if form.is_valid() {
        let (done, action, said) = if step == "review" {
            (
                review(&req.app, &mut tx, plan.id, by, &words).await,
                "looked through an improvement plan",
                "The plan is up to date.",
            )
        } else {
            (close(&req.app, &mut tx, plan.id, by, &words).await, "closed an improvement plan", "The plan is closed.")
        };
        match done {
            Ok(()) => {
                req.audit(&mut tx, action, &format!("improvement plan {}", plan.id), &words).await?;
                tx.commit().await?;
                return Ok(Reply::redirect(plan.href()).saying(said));
            }
            Err(KeepError::Internal(error)) => return Err(error.into()),
            Err(KeepError::Unfinished) => form.error(field, "Finish or stop every activity first"),
            Err(_) => form.error(field, "The plan is closed"),
        }
    }
    drop(tx);
    page(&req, form).await
}
