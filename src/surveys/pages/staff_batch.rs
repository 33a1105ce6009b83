//! One batch of paper forms: what is to be done next, and closing it.

use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::surveys::batches::batch::{LEAST_FORMS, MOST_FORMS};
use crate::surveys::batches::{Batch, Stage, Standing, close, make, store};
use crate::surveys::pages::{staff_batches, staff_details};
use crate::surveys::survey::Asked;
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may work on a batch.
const PATH: &str = "/staff/surveys/{id}/batches/{batch}";
/// How many forms are named at once.
const NAMED: usize = 20;
/// The part of the page where what is next stands.
const NEXT: &str = "next";

/// The survey and the batch of the address.
pub(super) async fn found(req: &Req) -> Result<(Asked, Standing), PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let standing = store::find(&mut tx, &asked, req.id("batch")?).await?.ok_or(PageError::NotFound)?;
    Ok((asked, standing))
}

/// Its address.
pub(super) fn path(batch: &Batch) -> String {
    format!("/staff/surveys/{}/batches/{}", batch.survey_id, batch.batch_id)
}

/// `/staff/surveys/{id}/batches/{batch}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, standing) = found(&req).await?;
    let received = standing.batch.received.to_string();
    Ok(page(&req, asked, standing, Form::filled(&[("received", &received)])).into())
}

/// Says anew how many forms there are, or closes the batch.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, standing) = found(&req).await?;
    if req.form().value("step") == "close" {
        finish(&req, asked, standing).await
    } else {
        recount(&req, asked, standing).await
    }
}

async fn recount(req: &Req, asked: Asked, standing: Standing) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some(received) = form.whole("received", LEAST_FORMS..=MOST_FORMS, staff_batches::HOW_MANY) else {
        return Ok(page(req, asked, standing, form).into());
    };
    let batch = &standing.batch;
    let mut tx = req.app.db.write().await?;
    let why = match make::recount(&mut tx, &asked, batch.batch_id, received).await {
        Ok(()) => {
            let detail = format!("{}: {}", batch.name, staff_batches::forms(received));
            req.audit(&mut tx, "changed a batch", &format!("survey/{}", asked.survey.id), &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(path(batch)).saying("The number of forms was changed"));
        }
        Err(make::Refused::Internal(error)) => return Err(error.into()),
        Err(make::Refused::Size) => staff_batches::HOW_MANY.to_owned(),
        Err(make::Refused::BelowKeyed(highest)) => {
            format!("Form {highest} is entered already, so there are at least {highest}")
        }
        Err(_) => "Every form of the batch is entered, so their number no longer changes".to_owned(),
    };
    drop(tx);
    form.error("received", why);
    Ok(page(req, asked, standing, form).into())
}

async fn finish(req: &Req, asked: Asked, standing: Standing) -> Result<Reply, PageError> {
    let batch = &standing.batch;
    let mut tx = req.app.db.write().await?;
    let why = match close::close(&mut tx, &req.app.random, &asked, batch.batch_id, req.now()).await {
        Ok(added) => {
            let detail = format!("{}: {}", batch.name, ui::counted(added, "answer", "answers"));
            req.audit(&mut tx, "closed a batch", &format!("survey/{}", asked.survey.id), &detail).await?;
            tx.commit().await?;
            let done = format!("The batch is closed: {} now", ui::counted(added, "form counts", "forms count"));
            return Ok(Reply::redirect(path(batch)).saying(done));
        }
        Err(close::Refused::Internal(error)) => return Err(error.into()),
        Err(close::Refused::ResultsPublished) => "The results are published, so no more answers can be added to them",
        Err(close::Refused::NotReady) => "The batch changed meanwhile. Look again at what is to be done",
    };
    drop(tx);
    let mut form = Form::default();
    form.error(NEXT, why);
    Ok(page(req, asked, standing, form).into())
}

fn page(req: &Req, asked: Asked, standing: Standing, form: Form) -> Page {
    let may_work = permissions::may_post(req.viewer.role(), PATH);
    let viewer = req.viewer.account.as_ref().map(|account| account.id);
    let error_form = form.clone();
    Page::staff(format!("Batch: {}", standing.batch.name), move || {
        let batch = &standing.batch;
        let stage = standing.stage(&asked.version.questionnaire);
        let facts = vec![
            ("Forms", batch.received.to_string().into_any()),
            ("Received on", clock::day(batch.received_on).into_any()),
            ("Blank", standing.blank().to_string().into_any()),
            ("Entered again", batch.to_check().len().to_string().into_any()),
            ("Errors", errors(&asked, &standing).into_any()),
        ];
        let next = next(&standing, &stage, viewer, may_work);
        let recount = (may_work && matches!(stage, Stage::Keying(_))).then(|| recount_form(batch, &form));
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}/batches", batch.survey_id)>"Batches of paper forms"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" "{batch.name.clone()}</h1></div>
            {ui::facts(facts)}
            <section class="ds-section" id=NEXT tabindex="-1">{next}</section>
            {recount}
        }
    })
    .with_form(&error_form)
}

/// How often the two keyings differed: "2 of 30 answers (6.7%)".
fn errors(asked: &Asked, standing: &Standing) -> String {
    let batch = &standing.batch;
    let (compared, differed) = match batch.closed_at {
        Some(_) => (batch.compared, batch.differed),
        None => standing.errors(&asked.version.questionnaire),
    };
    if compared == 0 {
        return "Not known yet".to_owned();
    }
    let tenths = (differed * 1000 + compared / 2) / compared;
    format!("{differed} of {compared} answers entered twice differed ({}.{}%)", tenths / 10, tenths % 10)
}

fn next(standing: &Standing, stage: &Stage, viewer: Option<AccountId>, may_work: bool) -> AnyView {
    let batch = &standing.batch;
    let at = path(batch);
    let (heading, words, numbers) = match stage {
        Stage::Closed => {
            let words = format!(
                "{} as answers by post. What was entered, and by whom, is no longer kept here.",
                match batch.received - batch.blank {
                    1 => "1 form counts".to_owned(),
                    many => format!("{many} forms count"),
                }
            );
            return view! { <h2>"Closed"</h2><p>{words}</p> }.into_any();
        }
        Stage::Ready => {
            let button = may_work.then(|| {
                view! { <form method="post" action=at.clone()>{ui::carried("step", "close")}{ui::button("Close the batch")}</form> }
            });
            let words = "Everything is entered and checked. When you close the batch, its forms count as answers by post, except those that are blank. That cannot be taken back, and it is no longer kept who entered which form.";
            return view! { <h2>"Close the batch"</h2><p>{words}</p>{button} }.into_any();
        }
        Stage::Keying(numbers) => ("Enter the forms", "These forms are not entered yet.".to_owned(), numbers.clone()),
        Stage::Checking(numbers) => {
            let (own, others): (Vec<i64>, Vec<i64>) = numbers.iter().copied().partition(|number| {
                standing.keyings(*number).first().is_some_and(|first| Some(first.account) == viewer)
            });
            let own = (!own.is_empty())
                .then(|| format!(" You entered {} yourself, so a colleague must do that.", listed(&own)));
            let words = format!(
                "Drawn by chance, these forms are entered once more by somebody else.{}",
                own.unwrap_or_default()
            );
            ("Enter some forms again", words, others)
        }
        Stage::Settling(numbers) => {
            ("Settle the differences", "Take out the paper and choose what it says.".to_owned(), numbers.clone())
        }
    };
    let links = numbers.iter().take(NAMED).map(|number| {
        view! { <li><a href=format!("{at}/forms/{number}")>{format!("Form {number}")}</a></li> }
    });
    let links =
        (may_work && !numbers.is_empty()).then(|| view! { <ul class="ds-jump__list">{links.collect_view()}</ul> });
    let more = numbers.len().checked_sub(NAMED).filter(|more| *more > 0).map(|more| {
        view! { <p class="ds-meta">{format!("And {more} more.")}</p> }
    });
    view! { <h2>{heading}</h2><p>{words}</p>{links}{more} }.into_any()
}

/// "form 3", "forms 3 and 7".
fn listed(numbers: &[i64]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("forms {} and {last}", others.join(", ")),
        _ => format!("form {}", words.concat()),
    }
}

fn recount_form(batch: &Batch, form: &Form) -> AnyView {
    view! {
        <section class="ds-section">
            <h2>"Fewer forms, or more"</h2>
            {staff_batches::for_fewer(batch.survey_id)}
            <form method="post" action=path(batch) novalidate>
                {ui::carried("step", "recount")}
                {ui::text(form, "received", "How many forms").hint("A form that is blank, or a number that no form has, can be kept as blank.").number().width(4).view()}
                {ui::quiet_button("Change the number")}
            </form>
        </section>
    }
    .into_any()
}
