//! All answers on one page before they are sent, each with a way to change it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::db;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::code_book;
use crate::questionnaires::fields;
use crate::questionnaires::journey::Journey;
use crate::questionnaires::kinds::photo::{self, Kept};
use crate::questionnaires::sealed::kept as sealed;
use crate::questionnaires::{piping, spoken};
use crate::surveys::draft::Draft;
use crate::surveys::pages::send::{self, Sent};
use crate::surveys::pages::{found, start};
use crate::surveys::photos::{kept, sent};
use crate::surveys::seal;
use crate::surveys::spoken::Spoken;
use crate::surveys::submit::Submission;
use crate::surveys::survey::{Asked, Sending};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/surveys/{slug}/check`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, _, draft) = found::begun(&req).await?;
    let Some(draft) = draft else { return Ok(Reply::redirect(asked.survey.path())) };
    if Journey::new(&asked.version.questionnaire, &draft.answers).first_open().is_some() {
        return Ok(Reply::redirect(start::next_path(&asked, &draft)));
    }
    let mut form = Form::default();
    if asked.survey.sending(draft.started_at, req.now()) == Sending::TooLate {
        form.error("answers", found::too_late(&asked.survey, req.now()));
    }
    page(&req, asked, draft, form).await
}

/// Sends the answers. The form carries the key it was drawn with and a digest of what it showed, so that
/// the same form sent twice is one response, and what is sent is what was seen.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let form = req.form();
    let (key, seen) = (form.value("key").to_owned(), form.value("seen").to_owned());
    if !seal::is_token(&key) || !seal::is_token(&seen) {
        return Err(PageError::BadRequest("This form was not made by us. Go back and send it again.".into()));
    }
    let (asked, ticket, draft) = found::begun(&req).await?;
    let Some(draft) = draft.filter(|draft| draft.submission_key == key) else {
        return Ok(match send::found_before(&req, &asked, &key, |kept| Ok(kept.digest == seen)).await? {
            Some(Sent::Kept(receipt)) => send::thank(&req, &asked, &receipt),
            Some(_) => send::differs(&asked).into(),
            None => Reply::redirect(asked.survey.path()).saying("Please look at your answers again, then send them"),
        });
    };
    if Journey::new(&asked.version.questionnaire, &draft.answers).first_open().is_some() {
        return Ok(Reply::redirect(start::next_path(&asked, &draft)));
    }
    let mut errors = Form::default();
    if digest(&req, &asked, &draft)? != seen {
        errors.error("answers", "Your answers were changed in another window. Look at them again, then send them");
    } else if draft.answers.are_blank() {
        errors.error("answers", "You have not answered any question yet. Answer at least one");
    }
    if !errors.is_valid() {
        return page(&req, asked, draft, errors).await;
    }
    let submission = Submission {
        asked: &asked,
        answers: &draft.answers,
        submission_key: &key,
        opened_at: draft.started_at,
        ticket: &ticket,
    };
    Ok(match send::send(&req, &submission).await? {
        Sent::Kept(receipt) => send::thank(&req, &asked, &receipt),
        Sent::Differs => send::differs(&asked).into(),
        Sent::Refused(refused) => {
            errors.error("answers", send::in_words(&refused, &asked, req.now()));
            return page(&req, asked, draft, errors).await;
        }
    })
}

/// What the person said of their photo.
fn described(answer: &Answer) -> &str {
    match answer {
        Answer::Open(value) => photo::parts(value).1,
        _ => "",
    }
}

fn digest(req: &Req, asked: &Asked, draft: &Draft) -> Result<String, db::Error> {
    let coded = code_book::encode(&asked.version.questionnaire, &draft.answers);
    sealed::digest(req.app.db.keyring(), &coded, &draft.submission_key)
}

async fn page(req: &Req, asked: Arc<Spoken>, draft: Draft, form: Form) -> Result<Reply, PageError> {
    let photos = photos(req, &asked, &draft).await?;
    let notice = found::closing_notice(&asked.survey, draft.started_at, req.now());
    let seen = digest(req, &asked, &draft)?;
    let key = draft.submission_key.clone();
    let error_form = form.clone();
    let tongue = asked.tongue.clone();
    let page = Page::new(format!("{} – {}", tongue.say("Check your answers").words, asked.survey.title), move || {
        let path = asked.survey.path();
        let questionnaire = &asked.version.questionnaire;
        let journey = Journey::new(questionnaire, &draft.answers);
        let last = journey.asked().last().map_or(1, |position| position + 1);
        let rows = journey.asked().iter().filter_map(|&position| {
            let question = questionnaire.at(position)?;
            let answer = draft.answers.get(question.key)?;
            let text = piping::answered_question(question, questionnaire, &draft.answers).text;
            let shown = spoken::answer(&question.kind, answer);
            let shown = if shown.is_empty() { ui::said("Not answered") } else { shown };
            let href = format!("{path}/q/{}?from=check", position + 1);
            let photo = photos.iter().find(|(key, _)| *key == question.key);
            let photo = photo.map(|(_, kept)| fields::picture(kept, described(answer)));
            Some(view! {
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{text.clone()}</dt>
                    <dd class="govuk-summary-list__value">{ui::paragraphs(&shown)}{photo}</dd>
                    <dd class="govuk-summary-list__actions">
                        <a class="govuk-link" href=href>{ui::say("Change")}<span class="govuk-visually-hidden">{format!(": {text}")}</span></a>
                    </dd>
                </div>
            })
        });
        let rows = rows.collect_view();
        view! {
            <a class="govuk-back-link" href=format!("{path}/q/{last}")>{ui::say("Back")}</a>
            {ui::error_summary(&form)}
            {found::inset(notice)}
            <div class="ds-heading"><h1 id="answers" tabindex="-1">{ui::say("Check your answers")}</h1></div>
            <dl class="govuk-summary-list">{rows}</dl>
            <form method="post" action=format!("{path}/check")>
                {ui::carried("key", key)}
                {ui::carried("seen", seen)}
                {ui::button("Send my answers")}
            </form>
        }
    });
    Ok(page.in_tongue(&tongue).with_form(&error_form).into())
}

/// The photos among the answers, each with the key of its question.
async fn photos(req: &Req, asked: &Asked, draft: &Draft) -> Result<Vec<(u16, Kept)>, PageError> {
    let (mut found, path) = (Vec::new(), asked.survey.path());
    for (_, question) in sent::Of::all(asked) {
        let kept = kept::of_question(&mut req.app.db.read().await?, draft, question, &path).await?;
        found.extend(kept.map(|kept| (question.key, kept)));
    }
    Ok(found)
}
