//! One button, one step: moving and removing questions, publishing, closing, copying, throwing a draft away.

use crate::surveys::build;
use crate::surveys::pages::{staff_details, staff_logic, staff_show};
use crate::surveys::{discard, publish};
use crate::web::{Form, PageError, Reply, Req};

/// Moves a question one place up or down.
pub async fn shift(req: Req) -> Result<Reply, PageError> {
    let up = req.form().value("direction") == "up";
    let key: u16 = req.id("key")?;
    edit(&req, "moved a question", "The question was moved", |questions| questions.shift(key, up)).await
}

/// Takes a question out.
pub async fn remove(req: Req) -> Result<Reply, PageError> {
    let key: u16 = req.id("key")?;
    edit(&req, "removed a question", "The question was removed", |questions| questions.remove(key)).await
}

async fn edit(
    req: &Req,
    action: &str,
    done: &str,
    change: impl FnOnce(
        &mut crate::questionnaires::questionnaire::Questionnaire,
    ) -> Result<(), crate::questionnaires::questionnaire::Refused>,
) -> Result<Reply, PageError> {
    let asked = staff_details::found(req).await?;
    let back = format!("/staff/surveys/{}", asked.survey.id);
    let mut tx = req.app.db.write().await?;
    match build::change(&mut tx, &asked, change).await {
        Ok(()) => {
            let detail = req.param("key")?.to_owned();
            req.audit(&mut tx, action, &format!("survey/{}", asked.survey.id), &detail).await?;
            tx.commit().await?;
            Ok(Reply::redirect(back).saying(done))
        }
        Err(build::Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            refuse(req, staff_show::QUESTIONS, refused.in_words()).await
        }
    }
}

/// Publishes the survey.
pub async fn publish(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.write().await?;
    let outcome = publish::publish(&mut tx, &asked, req.now()).await;
    finish(&req, tx, outcome, "published a survey", "The survey is published").await
}

/// Closes the survey now.
pub async fn close(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.write().await?;
    let outcome = publish::close(&mut tx, &asked, req.now()).await;
    finish(&req, tx, outcome, "closed a survey", "The survey is closed").await
}

async fn finish(
    req: &Req,
    mut tx: crate::db::Tx,
    outcome: Result<(), publish::Refused>,
    action: &str,
    done: &str,
) -> Result<Reply, PageError> {
    let id = req.param("id")?;
    let back = format!("/staff/surveys/{id}");
    match outcome {
        Ok(()) => {
            req.audit(&mut tx, action, &format!("survey/{id}"), "").await?;
            tx.commit().await?;
            Ok(Reply::redirect(back).saying(done))
        }
        Err(publish::Refused::Internal(error)) => Err(error.into()),
        Err(publish::Refused::Faults(faults)) => {
            drop(tx);
            let mut form = Form::default();
            for fault in faults {
                form.error(&staff_logic::place(fault.key), fault.message);
            }
            staff_show::show(req, form).await
        }
        Err(publish::Refused::Languages(incomplete)) => {
            drop(tx);
            let mut form = Form::default();
            for language in incomplete {
                form.error(staff_show::STEPS, format!("{}, or stop offering it", language.in_words()));
            }
            staff_show::show(req, form).await
        }
        Err(refused) => {
            drop(tx);
            let at = if matches!(refused, publish::Refused::NoQuestions) {
                staff_show::QUESTIONS
            } else {
                staff_show::STEPS
            };
            refuse(req, at, refused.in_words()).await
        }
    }
}

/// The survey's page again, with what stands against the step.
async fn refuse(req: &Req, at: &str, why: Option<&'static str>) -> Result<Reply, PageError> {
    let mut form = Form::default();
    form.error(at, why.unwrap_or_default());
    staff_show::show(req, form).await
}

/// Throws a draft away with its questions, and leads to the list.
pub async fn discard(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.write().await?;
    match discard::discard(&mut tx, &asked.survey).await {
        Ok(()) => {
            let object = format!("survey/{}", asked.survey.id);
            req.audit(&mut tx, "threw a draft away", &object, &asked.survey.title).await?;
            tx.commit().await?;
            Ok(Reply::redirect("/staff/surveys").saying("The draft is gone"))
        }
        Err(discard::Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            refuse(&req, staff_show::STEPS, refused.in_words()).await
        }
    }
}

/// Copies the survey as a new draft.
pub async fn copy(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.write().await?;
    let id = publish::copy(&mut tx, &req.app.random, &asked, req.now()).await?;
    req.audit(&mut tx, "copied a survey", &format!("survey/{id}"), &format!("from survey/{}", asked.survey.id)).await?;
    tx.commit().await?;
    let done = "The copy is a draft. Its questions can be changed. Look at its title and its times";
    Ok(Reply::redirect(format!("/staff/surveys/{id}")).saying(done))
}
