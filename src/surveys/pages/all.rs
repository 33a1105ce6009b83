//! All questions on one page, sent at once.

use std::sync::Arc;

use leptos::prelude::*;

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::fields::{self, Announced};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::store as responses;
use crate::questionnaires::{piping, read, words};
use crate::surveys::draft::{self, Draft};
use crate::surveys::pages::found;
use crate::surveys::pages::send::{self, Sent};
use crate::surveys::seal;
use crate::surveys::spoken::Spoken;
use crate::surveys::submit::Submission;
use crate::surveys::survey::{Access, Asked, State};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What a form carries from its opening to its sending.
struct Carried {
    key: String,
    seal: String,
}

/// What stands for the key and the seal in the page that is drawn once for everybody: nobody types such characters.
const KEY: &str = "\u{e000}key\u{e000}";
const SEAL: &str = "\u{e000}seal\u{e000}";

/// What a person reads whose answers so far are filled in.
const FILLED: &str =
    "We have filled in your answers so far. What you change on this page is kept only when you send it.";

/// `/surveys/{slug}/all`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, ticket, draft) = found::begun(&req).await?;
    let survey = &asked.survey;
    let needs_link = survey.access == Access::Personal && ticket.invitation.is_none();
    // A photo is kept with a draft as soon as it comes, which this page has not.
    if survey.state(req.now()) != State::Open || needs_link || asked.version.questionnaire.photo().is_some() {
        return Ok(Reply::redirect(survey.path()));
    }
    if let Some(draft) = draft {
        return Ok(page_of(&req, asked, draft).into());
    }
    let key = req.app.random.token();
    let seal = seal::seal(&survey.seal_key, &key, req.now());
    // The order of mixed options hangs on the key, so such a page is drawn for each person.
    if asked.version.questionnaire.questions().iter().any(|question| question.mixed) {
        return Ok(page(&req, asked, Form::default(), Carried { key, seal }, None).into());
    }
    let blank = Carried { key: KEY.to_owned(), seal: SEAL.to_owned() };
    Ok(page(&req, asked, Form::default(), blank, None).with_blanks([(KEY, key), (SEAL, seal)]).into())
}

/// The page of somebody who began to answer page by page: their answers so far stand in it, under the key of their draft, so that they count once wherever they send them.
fn page_of(req: &Req, asked: Arc<Spoken>, draft: Draft) -> Page {
    let given = asked.version.questionnaire.questions().iter().filter_map(|question| {
        let answer = draft.answers.get(question.key)?;
        Some(question.kind.pairs(&question.field_name(), answer))
    });
    let form = Form::new(given.flatten().collect());
    let seal = seal::seal(&asked.survey.seal_key, &draft.submission_key, draft.started_at);
    let carried = Carried { key: draft.submission_key, seal };
    page(req, asked, form, carried, Some(FILLED))
}

/// Sends the answers.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = found::spoken(&req).await?;
    let mut form = req.form();
    let carried = Carried { key: form.value("key").to_owned(), seal: form.value("seal").to_owned() };
    if !seal::is_token(&carried.key) {
        return Err(PageError::BadRequest("This form was not made by us. Go back and send it again.".into()));
    }
    if asked.version.questionnaire.photo().is_some() {
        return page_by_page(&req, &asked, &form).await;
    }
    if fields::press(asked.version.questionnaire.questions(), &mut form) {
        return Ok(page(&req, asked, form, carried, None).into());
    }
    let answers = match read::read_all(&asked.version.questionnaire, form.fields()) {
        Ok(answers) if !answers.are_blank() => answers,
        Ok(_) => {
            form.error("questions", "You have not answered any question yet. Answer at least one");
            return Ok(page(&req, asked, form, carried, None).into());
        }
        Err(problems) => {
            for problem in problems {
                form.error(&problem.field, problem.message);
            }
            return Ok(page(&req, asked, form, carried, None).into());
        }
    };
    // Without a sound seal the form counts as opened now, which is right while the survey is open.
    let opened_at = seal::opened(&asked.survey.seal_key, &carried.key, &carried.seal);
    let ticket = found::ticket(&req, &asked.survey);
    let submission = Submission {
        asked: &asked,
        answers: &answers,
        submission_key: &carried.key,
        opened_at: opened_at.unwrap_or_else(|| req.now()),
        ticket: &ticket,
    };
    Ok(match send::send(&req, &submission).await? {
        Sent::Kept(receipt) => send::thank(&req, &asked, &receipt),
        Sent::Differs => send::differs(&asked).into(),
        Sent::Refused(refused) => {
            form.error("questions", send::in_words(&refused, &asked, req.now()));
            page(&req, asked, form, carried, None).into()
        }
    })
}

/// A form that was opened before a photo was asked for: what was answered goes on page by page.
async fn page_by_page(req: &Req, asked: &Asked, form: &Form) -> Result<Reply, PageError> {
    let survey = &asked.survey;
    let mut ticket = found::ticket(req, survey);
    let needs_link = survey.access == Access::Personal && ticket.invitation.is_none();
    let mut tx = req.app.db.write().await?;
    let may_begin = survey.state(req.now()) == State::Open && !needs_link;
    if !may_begin || !responses::lock(&mut tx, &asked.version, req.now()).await? {
        return Ok(Reply::redirect(survey.path()));
    }
    let mut answers = Answers::default();
    for question in asked.version.questionnaire.questions().iter().filter(|question| !question.kind.is_photo()) {
        if let Some(answer) = read::read_one(question, form.fields()).ok().filter(|answer| *answer != Answer::NoAnswer)
        {
            answers.put(question.key, answer);
        }
    }
    ticket.draft = Some(draft::begin(&mut tx, &req.app.random, asked, answers, req.now()).await?);
    tx.commit().await?;
    let cookie = found::remember(&req.app.config, survey, &ticket);
    let said = "The questions were changed. Please look again";
    Ok(Reply::redirect(survey.path()).saying(said).with_cookie(cookie))
}

fn page(req: &Req, asked: Arc<Spoken>, form: Form, carried: Carried, said: Option<&'static str>) -> Page {
    let opened = seal::opened(&asked.survey.seal_key, &carried.key, &carried.seal);
    let notice = opened.and_then(|at| found::closing_notice(&asked.survey, at, req.now()));
    let error_form = form.clone();
    let tongue = asked.tongue.clone();
    Page::new(format!("{} – {}", tongue.say("All questions").words, asked.survey.title), move || {
        let path = asked.survey.path();
        let questionnaire = &asked.version.questionnaire;
        let fields = questions(questionnaire, &form, &carried.key);
        view! {
            <a class="govuk-back-link" href=path.clone()>{ui::say("Back")}</a>
            {ui::error_summary(&form)}
            {found::inset(notice)}
            <div class="ds-heading"><h1 id="questions" tabindex="-1">{asked.survey.title.clone()}</h1></div>
            {said.map(|words| view! { <p>{ui::say(words)}</p> })}
            <form method="post" action=format!("{path}/all") novalidate>
                {ui::carried("key", carried.key)}
                {ui::carried("seal", carried.seal)}
                {fields}
                {ui::button("Send my answers")}
            </form>
        }
    })
    .in_tongue(&tongue)
    .with_form(&error_form)
}

/// Every question under its number, with who should answer it and where it leads. The seed decides the order of options
/// that are to be mixed; with an empty one they stand as on paper.
pub fn questions(questionnaire: &Questionnaire, form: &Form, seed: &str) -> Vec<AnyView> {
    let fields = questionnaire.questions().iter().enumerate().map(|(position, question)| {
        let condition = words::only_if(questionnaire, question);
        let announced = Announced::Among { number: position + 1, condition };
        let question = &piping::described_question(question, questionnaire);
        view! { {fields::view_for(question, form, &announced, seed)}{onward(questionnaire, question)} }.into_any()
    });
    fields.collect()
}

/// Where a question leads, below it, as on paper.
pub fn onward(questionnaire: &Questionnaire, question: &Question) -> Vec<AnyView> {
    let sentences = words::onward(questionnaire, question).into_iter();
    sentences.map(|words| view! { <p class="ds-meta ds-onward">{words}</p> }.into_any()).collect()
}
