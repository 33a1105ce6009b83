//! The first page of a survey: what it is for, how long it takes, what becomes of the answers.

use std::sync::Arc;

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::journey::Journey;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::Receipt;
use crate::surveys::draft::{self, Draft, Ticket};
use crate::surveys::pages::{found, send};
use crate::surveys::spoken::{self, Spoken};
use crate::surveys::survey::{Access, Asked, State};
use crate::ui;
use crate::ui::spoken::Tongue;
use crate::ui::spoken::language::ENGLISH;
use crate::web::{Page, PageError, Reply, Req};

/// The step of the button that throws away what was begun on the device.
const ANEW: &str = "anew";
/// The step of the button that shows all questions on one page.
const ALL: &str = "all";

const PRIVACY: &str = "You do not give your name. {landlord} keeps your answers without your address and without the time of day, and staff are not shown who said what.";
const KEPT: &str = "Your answers so far are kept. On this device you can go on where you stopped.";

/// `/surveys/{slug}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, ticket, draft) = found::begun(&req).await?;
    let mut tx = req.app.db.read().await?;
    let sent = found::last_receipt(&mut tx, &asked, &ticket).await?;
    drop(tx);
    let may_begin = asked.survey.access == Access::Open || ticket.invitation.is_some();
    let action = asked.survey.path();
    Ok(page(&req, asked, (draft.as_ref(), sent), may_begin, action).into())
}

/// Begins, goes on where the person stopped, or begins anew on a device that somebody else used before.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = found::spoken(&req).await?;
    let ticket = found::ticket(&req, &asked.survey);
    if asked.survey.access == Access::Personal && ticket.invitation.is_none() {
        return Ok(Reply::redirect(asked.survey.path()));
    }
    begin(&req, &asked, ticket).await
}

/// Gives the person a draft if they have none, and leads to where they are.
pub async fn begin(req: &Req, asked: &Asked, mut ticket: Ticket) -> Result<Reply, PageError> {
    let survey = &asked.survey;
    let mut tx = req.app.db.read().await?;
    let mut draft = draft::find(&mut tx, asked, ticket.draft.as_deref()).await?;
    drop(tx);
    if survey.state(req.now()) == State::Open && req.form().value("step") == ANEW {
        let mut tx = req.app.db.write().await?;
        draft::throw_away(&mut tx, draft.take()).await?;
        tx.commit().await?;
        ticket.draft = None;
    }
    if draft.is_none() && survey.state(req.now()) != State::Open {
        return Ok(Reply::redirect(survey.path()));
    }
    let wants_all = req.form().value("step") == ALL;
    if wants_all || (asked.is_one_page() && draft.is_none()) {
        if draft.is_none() {
            ticket.draft = None;
        }
        let cookie = found::remember(&req.app.config, survey, &ticket);
        return Ok(Reply::redirect(format!("{}/all", survey.path())).with_cookie(cookie));
    }
    let path = match &draft {
        Some(draft) => next_path(asked, draft),
        None => {
            let mut tx = req.app.db.write().await?;
            let answers = Answers::default();
            let token = draft::begin(&mut tx, &req.app.random, asked, answers, req.now()).await?;
            tx.commit().await?;
            ticket.draft = Some(token);
            format!("{}/q/1", survey.path())
        }
    };
    Ok(Reply::redirect(path).with_cookie(found::remember(&req.app.config, survey, &ticket)))
}

/// The first question the person has not reached, or the check of their answers.
pub fn next_path(asked: &Asked, draft: &Draft) -> String {
    let journey = Journey::new(&asked.version.questionnaire, &draft.answers);
    match journey.first_open() {
        Some(position) => format!("{}/q/{}", asked.survey.path(), position + 1),
        None => format!("{}/check", asked.survey.path()),
    }
}

/// The page, with a button that posts to `action` where the person may begin. `draft` and `sent` are what was begun and
/// what was sent from their browser.
pub fn page(
    req: &Req,
    asked: Arc<Spoken>,
    (draft, sent): (Option<&Draft>, Option<Receipt>),
    may_begin: bool,
    action: String,
) -> Page {
    let now = req.now();
    let begun = draft.is_some();
    let sending = draft.map(|draft| asked.survey.sending(draft.started_at, now));
    let grace = draft.and_then(|draft| found::closing_notice(&asked.survey, draft.started_at, now));
    let goes_on =
        matches!(sending, Some(crate::surveys::survey::Sending::InTime | crate::surveys::survey::Sending::InGrace));
    let state = asked.survey.state(now);
    let landlord = req.landlord.name.clone();
    let tongue = asked.tongue.clone();
    Page::new(asked.survey.title.clone(), move || {
        let survey = &asked.survey;
        let button = match state {
            State::Open if !may_begin => view! {
                <div class="govuk-inset-text"><p>{ui::say("This survey is for people who were sent a personal link. Open the link in your e-mail or text message to answer.")}</p><p><a class="govuk-link" href="/s">{ui::say("I have a code from a letter")}</a></p></div>
            }
            .into_any(),
            State::Open => begin_form(&asked, asked.is_one_page() && !begun, begun, &action),
            State::Closed if goes_on => begin_form(&asked, false, true, &action),
            State::Waiting | State::Draft => {
                let words = format!("This survey opens at {}.", found::moment(survey.opens_at));
                view! { <div class="govuk-inset-text">{ui::say(words)}</div> }.into_any()
            }
            State::Closed => closed(&asked),
        };
        let is_over = state == State::Closed && !goes_on;
        let paper = (state == State::Open && survey.access == Access::Open).then(|| {
            let href = format!("{}/paper", survey.path());
            view! { <p><a class="govuk-link" href=href>{ui::say("Print a paper form instead")}</a></p> }
        });
        let kept = goes_on.then(|| KEPT.to_owned());
        let sent = sent.map(|receipt| sent_notice(&asked, &receipt, state == State::Open && may_begin && !begun));
        let facts = (!is_over).then(|| {
            ui::facts(vec![
                ("It takes", ui::say(found::minutes(survey))),
                ("It is open until", ui::say(found::moment(survey.closes_at))),
                ("Questions", ui::say(questions(&asked.version.questionnaire))),
            ])
        });
        let privacy = Tongue::current().fill(PRIVACY, &[("landlord", &landlord)]);
        view! {
            <a class="govuk-back-link" href="/have-your-say">{ui::say("Have your say")}</a>
            {languages(&asked, &action)}
            <div class="ds-heading"><h1>{survey.title.clone()}</h1></div>
            {found::inset(kept)}
            {found::inset(grace)}
            {ui::paragraphs(&survey.introduction)}
            {facts}
            {(!is_over).then(|| view! { <p>{privacy.view()}</p> })}
            {sent}
            {button}
            {(state == State::Open && begun).then(|| anew_form(&action))}
            {paper}
        }
    })
    .in_tongue(&tongue)
}

/// The other languages of the survey, each named in itself for those who look for it.
fn languages(asked: &Spoken, action: &str) -> Option<AnyView> {
    if asked.offered.is_empty() {
        return None;
    }
    let here = asked.tongue.language();
    let all = std::iter::once(&ENGLISH).chain(asked.offered.iter().copied());
    let links = all.map(|language| {
        let href = spoken::path_in(action, Some(language).filter(|language| **language != ENGLISH));
        let current = (language == here).then_some("page");
        view! {
            <li><a class="govuk-link" href=href lang=language.tag hreflang=language.tag dir=language.direction() aria-current=current>{language.name}</a></li>
        }
    });
    let label = ui::said("Language");
    Some(view! { <nav aria-label=label><ul class="ds-languages">{links.collect_view()}</ul></nav> }.into_any())
}

/// For a phone that several people share: the way past answers that somebody else began. Nothing is thrown away in one step.
fn anew_form(action: &str) -> AnyView {
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{ui::say("Start again from the first question")}</span></summary>
            <div class="govuk-details__text">
                <p>{ui::say("If another person began on this device, or you want to begin afresh, you can start again. The answers given so far will be deleted. They were not sent to us.")}</p>
                <form method="post" action=action.to_owned()>
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=ANEW>{ui::say("Delete them and start again")}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// That answers were sent from this browser, so that nobody sends theirs twice by mistake; another person may still answer.
fn sent_notice(asked: &Asked, receipt: &Receipt, another_may: bool) -> AnyView {
    let words = format!("You sent answers on this device on {}.", clock::day(receipt.received_on));
    let another = another_may.then(|| ui::say("If somebody else would like to answer on it, they can start below."));
    let href = send::receipt_path(asked, receipt);
    view! {
        <div class="govuk-inset-text">
            <p>{ui::say(words)}" "{another}</p>
            <p><a class="govuk-link" href=href>{ui::say("See your receipt")}</a></p>
        </div>
    }
    .into_any()
}

/// "15", or "Up to 15" where some are asked only after certain answers.
fn questions(of: &Questionnaire) -> String {
    let count = of.questions().len();
    let some_are_not_asked = of.questions().iter().any(|question| question.conditions().next().is_some());
    if some_are_not_asked { format!("Up to {count}") } else { count.to_string() }
}

fn begin_form(asked: &Asked, one_page: bool, begun: bool, action: &str) -> AnyView {
    let label = if begun { "Go on where you stopped" } else { "Start now" };
    let saved = (!one_page).then(|| {
        view! { <p class="ds-meta">{ui::say("Your answers are saved after each question, so you can stop and come back on this device within 30 days.")}</p> }
    });
    let has_photo = asked.version.questionnaire.photo().is_some();
    let all = (!one_page && !has_photo).then(|| {
        let words = ui::say("See all the questions on one page instead");
        if asked.survey.access == Access::Open {
            let href = format!("{}/all", asked.survey.path());
            return view! { <p><a class="govuk-link" href=href>{words}</a></p> }.into_any();
        }
        // A personal link is remembered by beginning with it, which looking at a page does not do.
        view! { <form method="post" action=action.to_owned()><button type="submit" class="ds-link-button" name=ui::STEP value=ALL>{words}</button></form> }.into_any()
    });
    view! {
        <form method="post" action=action.to_owned()>{ui::button(label)}</form>
        {saved}
        {all}
    }
    .into_any()
}

fn closed(asked: &Spoken) -> AnyView {
    let survey = &asked.survey;
    let words = format!("This survey closed at {}.", found::moment(survey.closes_at));
    let results = match survey.results_published_at {
        Some(_) => {
            let href = format!("{}/results", asked.english_path());
            view! { <p><a class="govuk-link" href=href hreflang=ENGLISH.tag>{ui::say("See what people told us")}</a></p> }.into_any()
        }
        None => view! { <p>{ui::say("The results will appear here when they have been read.")}</p> }.into_any(),
    };
    view! { <div class="govuk-inset-text"><p>{ui::say(words)}</p>{results}</div> }.into_any()
}
