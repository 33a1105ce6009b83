//! One shop: its brief, the shopper's yes or no, and later what they sent and what we ask about it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::brief::brief;
use super::return_form::describe;
use crate::clock;
use crate::mystery_shopping::assignment::{Assignment, Stage};
use crate::mystery_shopping::cited::{self, Cited};
use crate::mystery_shopping::draft;
use crate::mystery_shopping::file_return::may_write;
use crate::mystery_shopping::key::AssignmentId;
use crate::mystery_shopping::moderate::{self, ModerateError};
use crate::mystery_shopping::respond::{self, RespondError};
use crate::mystery_shopping::scenario::Scenario;
use crate::mystery_shopping::shop_return::{Decision, Photo, Return, ReturnItem, counted};
use crate::mystery_shopping::store::{assignments, drafts, photos, returns, scenarios};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Everything the page shows, loaded in one read.
struct Loaded {
    assignment: Assignment,
    scenario: Scenario,
    standards: Vec<Cited>,
    /// Whether the shopper has begun to write, and if so whether nothing is missing.
    draft: Option<bool>,
    sent: Option<Sent>,
}

/// A return as it was sent, and what became of it.
struct Sent {
    found: Return,
    items: Vec<ReturnItem>,
    photos: Vec<Photo>,
    decisions: Vec<Decision>,
}

async fn load(req: &Req) -> Result<Loaded, PageError> {
    let id: AssignmentId = req.id("id")?;
    let account = req.account()?.id;
    let mut tx = req.app.db.read().await?;
    let assignment = assignments::find_own(&mut tx, id, account).await?.ok_or(PageError::NotFound)?;
    let scenario =
        scenarios::find_version(&mut tx, assignment.scenario_version_id).await?.ok_or(PageError::NotFound)?;
    let standards = cited::choices(&mut tx).await?;
    let typed = drafts::find(&mut tx, id).await?.map(Form::new);
    let photos = photos::list(&mut tx, id).await?;
    let draft = typed.map(|mut form| is_whole(&mut form, &scenario, &photos, req.now()));
    let sent = match assignment.return_id {
        None => None,
        Some(return_id) => {
            let found = returns::find(&mut tx, return_id).await?.ok_or(PageError::NotFound)?;
            let items = returns::items(&mut tx, return_id).await?;
            let decisions = returns::decisions(&mut tx, return_id).await?;
            Some(Sent { found, items, photos, decisions })
        }
    };
    Ok(Loaded { assignment, scenario, standards, draft, sent })
}

fn is_whole(form: &mut Form, scenario: &Scenario, photos: &[Photo], now: DateTime<Utc>) -> bool {
    describe(form, photos);
    draft::read(form, &scenario.items, photos, now).is_some()
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(load(&req).await?, Form::default(), req.today()).into())
}

fn page(loaded: Loaded, form: Form, today: chrono::NaiveDate) -> Page {
    let refused = form.clone();
    let title = loaded.assignment.title.clone();
    Page::new(title.clone(), move || {
        let stage = loaded.assignment.stage();
        let here = format!("/shops/{}", loaded.assignment.assignment_id);
        let steps = match stage {
            Stage::Offered | Stage::Accepted => to_do(&loaded, &form, &here, today),
            Stage::Declined => {
                view! { <p>"You said no to this shop. Thank you for telling us: we will ask somebody else."</p> }.into_any()
            }
            Stage::Cancelled => {
                view! { <p>"We took this shop back. You need not do anything."</p> }.into_any()
            }
            _ => ().into_any(),
        };
        let note = (!loaded.assignment.note.is_empty()).then(|| {
            view! { <div class="govuk-inset-text">{ui::paragraphs(&loaded.assignment.note)}</div> }
        });
        let brief = matches!(stage, Stage::Offered | Stage::Accepted).then(|| {
            view! { <section class="ds-section"><h2>"Your brief"</h2>{note}{brief(&loaded.scenario, &loaded.standards)}</section> }
        });
        let sent = loaded.sent.as_ref().map(|sent| sent_view(sent, &form, &here));
        let read_again = sent.is_some().then(|| {
            view! {
                <details class="govuk-details">
                    <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Read your brief again"</span></summary>
                    <div class="govuk-details__text">{super::brief::brief(&loaded.scenario, &loaded.standards)}</div>
                </details>
            }
        });
        let when = matches!(stage, Stage::Offered | Stage::Accepted).then(|| {
            view! { <p class="ds-lead">"You can do this shop from "{loaded.assignment.window()}"."</p> }
        });
        view! {
            <a class="govuk-back-link" href="/shops">"My shops"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1>{title}</h1>
                {when}
                <p><strong class="govuk-tag">{stage.label()}</strong></p>
            </div>
            {brief}
            {steps}
            {sent}
            {read_again}
        }
    })
    .with_form(&refused)
}

fn to_do(loaded: &Loaded, form: &Form, here: &str, today: chrono::NaiveDate) -> AnyView {
    let assignment = &loaded.assignment;
    let offered = assignment.stage() == Stage::Offered;
    let main = if offered {
        view! {
            <h2>"Will you do it?"</h2>
            <form method="post" action=here.to_owned()>
                <button type="submit" class="govuk-button" name=ui::STEP value="accept">"Yes, I will do this shop"</button>
            </form>
        }
        .into_any()
    } else if may_write(assignment, today) {
        let check = loaded.draft.map(|is_whole| {
            let label = if is_whole { "Check what you have written, and send it" } else { "See what is still missing" };
            view! { <p><a class="govuk-link" href=format!("{here}/check")>{label}</a></p> }
        });
        let label = if loaded.draft.is_some() { "Go on with your return" } else { "Tell us how it went" };
        view! {
            <h2>"When you have done it"</h2>
            <p>"Write it down within two days, while you remember it well."</p>
            {ui::link_button(label, format!("{here}/return"))}
            {check}
        }
        .into_any()
    } else {
        view! { <p>"You can write your return from "{clock::day(assignment.opens_on)}"."</p> }.into_any()
    };
    let (title, button) = if offered {
        ("If you would rather not", "No, ask somebody else")
    } else {
        ("If you cannot do it after all", "I cannot do it")
    };
    view! {
        <section class="ds-section">{main}</section>
        <section class="ds-section">
            <h2>{title}</h2>
            <form method="post" action=here.to_owned() novalidate>
                {ui::text(form, "reason", "Why (optional)").hint("For example: I know somebody who works there, or I am away that week. Saying no is fine.").view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="decline">{button}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The score of an item in words, with its number.
pub(super) fn score(outcome: crate::mystery_shopping::outcome::Outcome, value: Option<f64>, measure: &str) -> String {
    match value {
        Some(value) => format!("{} ({})", outcome.label(), counted(value, measure)),
        None => outcome.label().to_owned(),
    }
}

/// A yes or no as people read it.
pub(super) fn yes_or_no(holds: bool) -> &'static str {
    if holds { "Yes" } else { "No" }
}

fn felt_unsafe(found: &Return) -> AnyView {
    let words = (found.felt_unsafe && !found.unsafe_words.is_empty()).then(|| ui::paragraphs(&found.unsafe_words));
    view! { {yes_or_no(found.felt_unsafe)}{words} }.into_any()
}

fn sent_view(Sent { found, items, photos, decisions }: &Sent, form: &Form, here: &str) -> AnyView {
    let question =
        decisions.iter().rev().find(|decision| decision.kind == "queried").filter(|_| found.queried_at.is_some());
    let question = question.map(|decision| {
        view! {
            <section class="ds-section">
                <h2>"We have a question"</h2>
                <div class="govuk-inset-text">{ui::paragraphs(&decision.words)}</div>
                <form method="post" action=here.to_owned() novalidate>
                    {ui::textarea(form, "answer", "Your answer").limit(2000).view()}
                    <button type="submit" class="govuk-button" name=ui::STEP value="answer">"Send your answer"</button>
                </form>
            </section>
        }
    });
    let asked = asked(decisions, found.queried_at.is_some());
    let void = decisions.iter().find(|decision| decision.kind == "voided").map(|decision| {
        view! { <div class="govuk-inset-text"><p>"This return does not count:"</p>{ui::paragraphs(&decision.words)}</div> }
    });
    let items = items.iter().map(|item| {
        let line = score(item.raw_outcome, item.raw_value, &item.measure);
        view! { <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{item.wording.clone()}</dt><dd class="govuk-summary-list__value">{line}</dd></div> }
    });
    view! {
        {question}
        <section class="ds-section">
            <h2>"What you sent"</h2>
            {void}
            {ui::facts(vec![
                ("Reference", found.reference.clone().into_any()),
                ("Sent", clock::day_and_time(found.filed_at).into_any()),
                ("You began", clock::day_and_time(found.began_at).into_any()),
                ("You finished", clock::day_and_time(found.ended_at).into_any()),
                ("Somebody recognised you", yes_or_no(found.recognised).into_any()),
                ("Something felt unsafe", felt_unsafe(found)),
            ])}
            <dl class="govuk-summary-list">{items.collect_view()}</dl>
            <h3 class="govuk-heading-s">"What happened"</h3>
            {ui::paragraphs(&found.facts)}
            {asked}
            {super::photo::gallery(here, photos)}
            <p><a class="govuk-link" href=format!("{here}/receipt")>"See the receipt"</a></p>
        </section>
    }
    .into_any()
}

/// What we asked about the return and what the shopper answered, oldest first, but for the question that is still open.
fn asked(decisions: &[Decision], one_is_open: bool) -> AnyView {
    let open = decisions.iter().rposition(|decision| decision.kind == "queried").filter(|_| one_is_open);
    let told = decisions.iter().enumerate().filter(|(at, _)| Some(*at) != open).filter_map(|(_, decision)| {
        let what = match decision.kind.as_str() {
            "queried" => "We asked you",
            "answered" => "You answered",
            _ => return None,
        };
        Some(view! { <h3 class="govuk-heading-s">{what}</h3> {ui::paragraphs(&decision.words)} })
    });
    told.collect_view().into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let loaded = load(&req).await?;
    let id = loaded.assignment.assignment_id;
    let account = req.account()?.id;
    let mut form = req.form();
    let object = format!("shop {id}");
    let here = format!("/shops/{id}");
    match form.value("step").to_owned().as_str() {
        "accept" => {
            let mut tx = req.app.db.write().await?;
            let done = respond::accept(&mut tx, req.now(), id, account).await;
            let Some(()) = open(done)? else { return closed(&here) };
            req.audit(&mut tx, "accepted a shop", &object, "").await?;
            tx.commit().await?;
            Ok(Reply::redirect(here).saying("Thank you. Do it in your own time before the last day."))
        }
        "answer" => {
            let words = form.required("answer", "Your answer", 2000, "Write your answer");
            let Some(Sent { found, .. }) = loaded.sent.as_ref().filter(|_| form.is_valid()) else {
                return Ok(page(loaded, form, req.today()).into());
            };
            let mut tx = req.app.db.write().await?;
            match moderate::answer(&mut tx, req.now(), found, account, &words).await {
                Ok(()) => {
                    req.audit(
                        &mut tx,
                        "answered a question about a return",
                        &format!("return {}", found.return_id),
                        "",
                    )
                    .await?;
                    tx.commit().await?;
                    Ok(Reply::redirect(here).saying("Thank you. Your answer is sent."))
                }
                Err(ModerateError::Internal(error)) => Err(error.into()),
                Err(_) => closed(&here),
            }
        }
        _ => {
            let reason = form.text("reason", "The reason", 500);
            if !form.is_valid() {
                return Ok(page(loaded, form, req.today()).into());
            }
            let mut tx = req.app.db.write().await?;
            let done = respond::decline(&mut tx, req.now(), id, account, &reason).await;
            let Some(()) = open(done)? else { return closed(&here) };
            req.audit(&mut tx, "declined a shop", &object, "").await?;
            tx.commit().await?;
            Ok(Reply::redirect("/shops").saying("Thank you for telling us. We will ask somebody else."))
        }
    }
}

fn open(done: Result<(), RespondError>) -> Result<Option<()>, PageError> {
    match done {
        Ok(()) => Ok(Some(())),
        Err(RespondError::NotOpen) => Ok(None),
        Err(RespondError::Internal(error)) => Err(error.into()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it ends a handler")]
fn closed(here: &str) -> Result<Reply, PageError> {
    Ok(Reply::redirect(here).noting("Nothing was changed: this shop has moved on in the meantime."))
}
