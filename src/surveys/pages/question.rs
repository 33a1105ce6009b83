//! One question a page, saved when it is answered.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::files::UploadError;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::fields::{self, Announced};
use crate::questionnaires::journey::Journey;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::read;
use crate::questionnaires::store as responses;
use crate::surveys::draft::{self, Draft, NotSaved, Ticket};
use crate::surveys::pages::{found, start};
use crate::surveys::photos::kept;
use crate::surveys::photos::take::{self, Came};
use crate::surveys::spoken::Spoken;
use crate::surveys::survey::{Access, Asked, Sending, State};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What a person reads whose first answer met changed questions.
const CHANGED: &str = "The questions were changed. Please look again";

/// `/surveys/{slug}/q/{n}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, _, draft, position) = at(&req).await?;
    let Some(draft) = draft else { return Ok(Reply::redirect(asked.survey.path())) };
    if !Journey::new(&asked.version.questionnaire, &draft.answers).may_see(position) {
        return Ok(Reply::redirect(start::next_path(&asked, &draft)));
    }
    let question = asked.version.questionnaire.at(position).ok_or(PageError::NotFound)?;
    let answer = draft.answers.get(question.key);
    let pairs = answer.map(|answer| question.kind.pairs(&question.field_name(), answer));
    let mut form = Form::new(pairs.unwrap_or_default());
    if asked.survey.sending(draft.started_at, req.now()) == Sending::TooLate {
        form.error(&question.field_name(), found::too_late(&asked.survey, req.now()));
    }
    page(&req, asked, position, draft, form).await
}

/// Saves the answer and leads to the next question, or back to the check. A photo is kept before anything else is looked at.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, mut ticket, mut draft, position) = at(&req).await?;
    let question = asked.version.questionnaire.at(position).ok_or(PageError::NotFound)?.clone();
    let mut form = req.form();
    if !question.kind.is_photo() {
        return answer(&req, asked, ticket, draft, (position, question), form).await;
    }
    let field = question.field_name();
    let (uploads, before) = (req.uploads(&field), ticket.clone());
    let came = Came { asked: &asked, question: &question, uploads, ticket: &mut ticket, draft: draft.clone() };
    match take::take(&req.app, came, &mut form, req.now()).await {
        Ok(taken) => draft = taken,
        Err(UploadError::Database(error)) => return Err(error.into()),
        Err(refused) => form.error(&field, refused.to_string()),
    }
    let begun = (ticket != before).then(|| found::remember(&req.app.config, &asked.survey, &ticket));
    let reply = answer(&req, asked, ticket, draft, (position, question), form).await?;
    Ok(match begun {
        Some(cookie) => reply.with_cookie(cookie),
        None => reply,
    })
}

/// Saves what was answered; what is wrong with it, or was found wrong before, is said on the page.
async fn answer(
    req: &Req,
    asked: Arc<Spoken>,
    ticket: Ticket,
    draft: Option<Draft>,
    (position, question): (usize, Question),
    mut form: Form,
) -> Result<Reply, PageError> {
    let survey = &asked.survey;
    if fields::press(std::slice::from_ref(&question), &mut form) {
        let draft = draft.unwrap_or_else(|| blank(req.now()));
        return page(req, asked, position, draft, form).await;
    }
    let answer = read::read_one(&question, form.fields());
    let Some(mut draft) = draft else {
        if !form.is_valid() {
            return page(req, asked, position, blank(req.now()), form).await;
        }
        return begin_here(req, &asked, position, &question, answer, form).await;
    };
    if survey.sending(draft.started_at, req.now()) == Sending::TooLate {
        form.error(&question.field_name(), found::too_late(survey, req.now()));
    }
    let answer = match answer {
        Ok(answer) => answer,
        Err(problems) => {
            // Of a photo that cannot be taken it is not said that it is missing too.
            for problem in
                problems.into_iter().filter(|problem| form.error_of(&problem.field).is_none()).collect::<Vec<_>>()
            {
                form.error(&problem.field, problem.message);
            }
            Answer::NoAnswer
        }
    };
    if !form.is_valid() {
        return page(req, asked, position, draft, form).await;
    }
    for _ in 0..5 {
        draft.answers.put(question.key, answer.clone());
        match draft::save(&req.app.db, &asked.version, &draft, req.now()).await {
            Ok(()) => return Ok(Reply::redirect(after(req, &asked, position, &draft))),
            Err(NotSaved::QuestionsChanged) => return Ok(Reply::redirect(req.path.clone()).noting(CHANGED)),
            Err(NotSaved::Internal(error)) => return Err(error.into()),
            // Another window saved the same draft in between: take up what it saved, then save ours.
            Err(NotSaved::Elsewhere) => {}
        }
        let mut tx = req.app.db.read().await?;
        match draft::find(&mut tx, &asked, ticket.draft.as_deref()).await? {
            Some(newer) => draft = newer,
            None => return Ok(Reply::redirect(survey.path())),
        }
    }
    Err(PageError::Unavailable("a draft was saved from many windows at once".to_owned()))
}

/// An answer from a browser that forgot its draft: a new one begins with it, so that nothing is lost.
async fn begin_here(
    req: &Req,
    asked: &Arc<Spoken>,
    position: usize,
    question: &Question,
    answer: Result<Answer, Vec<read::Problem>>,
    mut form: Form,
) -> Result<Reply, PageError> {
    let survey = &asked.survey;
    let mut ticket = found::ticket(req, survey);
    let mut draft = blank(req.now());
    let answer = match answer {
        Ok(answer) if survey.state(req.now()) == State::Open => answer,
        Ok(_) => {
            form.error(&question.field_name(), found::too_late(survey, req.now()));
            return page(req, Arc::clone(asked), position, draft, form).await;
        }
        Err(problems) => {
            for problem in problems {
                form.error(&problem.field, problem.message);
            }
            return page(req, Arc::clone(asked), position, draft, form).await;
        }
    };
    if survey.access == Access::Personal && ticket.invitation.is_none() {
        return Ok(Reply::redirect(survey.path()));
    }
    draft.answers.put(question.key, answer);
    let mut tx = req.app.db.write().await?;
    if !responses::lock(&mut tx, &asked.version, req.now()).await? {
        return Ok(Reply::redirect(survey.path()).noting(CHANGED));
    }
    let answers = draft.answers.clone();
    ticket.draft = Some(draft::begin(&mut tx, &req.app.random, asked, answers, req.now()).await?);
    tx.commit().await?;
    let cookie = found::remember(&req.app.config, survey, &ticket);
    Ok(Reply::redirect(start::next_path(asked, &draft)).with_cookie(cookie))
}

/// A draft in which nothing is answered, kept nowhere yet.
fn blank(now: DateTime<Utc>) -> Draft {
    Draft {
        token_hash: String::new(),
        submission_key: String::new(),
        answers: Answers::default(),
        revision: 1,
        started_at: now,
    }
}

async fn at(req: &Req) -> Result<(Arc<Spoken>, Ticket, Option<Draft>, usize), PageError> {
    let (asked, ticket, draft) = found::begun(req).await?;
    let number: usize = req.id("n")?;
    let position = number.checked_sub(1).ok_or(PageError::NotFound)?;
    if asked.version.questionnaire.at(position).is_none() {
        return Err(PageError::NotFound);
    }
    Ok((asked, ticket, draft, position))
}

/// The next question; the check when there is none, or when the person came from there and nothing new
/// is asked of them.
fn after(req: &Req, asked: &Asked, position: usize, draft: &Draft) -> String {
    let journey = Journey::new(&asked.version.questionnaire, &draft.answers);
    let path = asked.survey.path();
    let checking = req.query("from") == Some("check");
    let next = if checking { journey.first_open() } else { journey.next(position) };
    next.map_or_else(|| format!("{path}/check"), |next| format!("{path}/q/{}", next + 1))
}

async fn page(req: &Req, asked: Arc<Spoken>, position: usize, draft: Draft, form: Form) -> Result<Reply, PageError> {
    let questionnaire = &asked.version.questionnaire;
    let path = asked.survey.path();
    let photo = questionnaire.at(position).filter(|question| question.kind.is_photo());
    let enctype = photo.map(|_| "multipart/form-data");
    let kept = match photo {
        Some(question) => kept::of_question(&mut req.app.db.read().await?, &draft, question, &path).await?,
        None => None,
    };
    let checking = req.query("from") == Some("check");
    let journey = Journey::new(questionnaire, &draft.answers);
    let back = match journey.previous(position) {
        _ if checking => format!("{path}/check"),
        Some(earlier) => format!("{path}/q/{}", earlier + 1),
        None => path.clone(),
    };
    let place = journey.place(position);
    let reached = journey.asked().iter().filter(|at| **at <= position).count();
    let of = journey.asked().len();
    let notice = found::closing_notice(&asked.survey, draft.started_at, req.now());
    let action = format!("{path}/q/{}{}", position + 1, if checking { "?from=check" } else { "" });
    // The title is kept in the browser's history, so it holds no answer.
    let tongue = asked.tongue.clone();
    let text =
        questionnaire.at(position).map(|question| tongue.speak(|| piping::described(&question.text, questionnaire)));
    let text = text.unwrap_or_default();
    let error_form = form.clone();
    let page = Page::new(format!("{text} – {}", asked.survey.title), move || {
        let questionnaire = &asked.version.questionnaire;
        let field = questionnaire.at(position).map(|question| {
            let mut question = piping::answered_question(question, questionnaire, &draft.answers);
            question.kind.stands(kept::way(kept));
            fields::view_for(&question, &form, &Announced::Alone, &draft.submission_key)
        });
        view! {
            <a class="govuk-back-link" href=back>{ui::say("Back")}</a>
            {ui::error_summary(&form)}
            {found::inset(notice)}
            <p class="ds-heading__caption">{asked.survey.title.clone()}</p>
            <p class="ds-progress-label">{ui::say(&place)}</p>
            <progress class="ds-progress" value=reached.to_string() max=of.to_string() aria-label=ui::said(place)></progress>
            <form method="post" action=action enctype=enctype novalidate>
                {field}
                {ui::button("Save and go on")}
            </form>
        }
    });
    Ok(page.in_tongue(&tongue).with_form(&error_form).into())
}
