//! One standard: the promise, how it is measured, how we are doing, what changed, what residents say.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts;
use super::why::{self, Why};
use crate::clock;
use crate::findings::{self, Finding};
use crate::performance::sentence;
use crate::plans::{self, progress::Word};

use crate::settings::Landlord;
use crate::standards::comment::Voice;
use crate::standards::standard::Retirement;
use crate::standards::store::{comments, retirements, versions};
use crate::standards::{self, Published};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// How many comments the page shows.
const MOST_VOICES: i64 = 50;

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let one = standards::find_published_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let history = versions::history(&mut tx, one.id).await?;
    let end = retirements::find(&mut tx, one.id).await?;
    let voices = comments::list_voices(&mut tx, one.id, MOST_VOICES).await?;
    let standing = parts::standing(&mut tx, one.id, req.today()).await?;
    let why = why::read(&mut tx, one.id, standing.as_ref()).await?;
    let changed = findings::for_standard(&mut tx, one.id).await?;
    let (landlord, today) = (req.landlord.clone(), req.today());
    let actions = plans::actions_for_standard(&mut tx, one.id, today).await?;
    Ok(Page::new(one.title.clone(), move || {
        let comment = format!("/standards/{}/comment", one.slug);
        let over = end.as_ref().is_some_and(|end| end.is_over);
        view! {
            {parts::breadcrumbs(vec![
                ("/standards".into(), "What you can expect".into()),
                (format!("/standards/areas/{}", one.area_slug), one.area_name.clone()),
            ])}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{one.area_name.clone()}</span>" "{one.title.clone()}</h1>
                <p class="ds-lead">{one.promise.clone()}</p>
            </div>
            {end.as_ref().map(ending)}
            {to_come(&history, today)}
            <section class="ds-section">
                <h2>"How we are doing"</h2>
                {doing(standing, &one)}
                {why.as_ref().map(|why: &Why| why.view(today))}
            </section>
            {acting(&actions)}
            <section class="ds-section">
                <h2>"How we measure it"</h2>
                {measure(&one)}
            </section>
            <section class="ds-section">
                <h2>"If we miss it"</h2>
                {missed(&one, &landlord)}
            </section>
            <section class="ds-section">
                <h2>"How this promise has changed"</h2>
                {parts::timeline(&history, today)}
            </section>
            {because_of_you(&changed, &one.slug)}
            <section class="ds-section">
                <h2>"What residents say"</h2>
                {said(voices, &landlord.name)}
                {(!over).then(|| view! { <p class="ds-no-print"><a href=comment class="govuk-button">"Say how it went for you"</a></p> })}
            </section>
            {parts::ask(&landlord)}
        }
    })
    .into())
}

/// What residents said about this promise and what we did; nothing when there is nothing yet.
fn because_of_you(changed: &[Finding], slug: &str) -> Option<AnyView> {
    let rows = changed.iter().take(3).map(|finding| {
        view! {
            <li>
                <div class="ds-list__main"><a href=finding.href()>{finding.title.clone()}</a></div>
                <div class="ds-list__aside">{finding.decision.label()}", "{clock::day(finding.decided_on)}</div>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!changed.is_empty()).then(|| {
        view! {
            <section class="ds-section">
                <h2>"What changed because of you"</h2>
                <ul class="ds-list">{rows}</ul>
                <p class="ds-no-print"><a href=format!("/what-changed?standard={slug}")>"All that changed to do with this promise"</a></p>
            </section>
        }
        .into_any()
    })
}

/// That the promise ended, or will.
fn ending(end: &Retirement) -> AnyView {
    let day = clock::day(end.from);
    let when = if end.is_over {
        format!("This promise has ended: we have not made it since {day}.")
    } else {
        format!("This promise ends: we no longer make it from {day}.")
    };
    view! { <div class="govuk-inset-text"><p><strong>{when}</strong></p>{ui::paragraphs(&end.why)}</div> }.into_any()
}

fn to_come(history: &[Published], today: NaiveDate) -> Option<AnyView> {
    let next = history.iter().rev().find(|version| version.effective_from > today)?;
    let words = format!(
        "From {} this promise changes: {}",
        clock::day(next.effective_from),
        if next.what_changed.is_empty() { next.promise.clone() } else { next.what_changed.clone() }
    );
    Some(view! { <div class="govuk-inset-text">{words}</div> }.into_any())
}

fn doing(standing: Option<parts::Standing>, one: &Published) -> AnyView {
    match standing {
        Some(standing) => view! {
            <p class="ds-lead">{standing.sentence}</p>
            <p>{ui::status(&standing.code, &standing.word)}" Our promise: "{parts::target(one)}"."</p>
        }
        .into_any(),
        None => view! { <div class="ds-empty"><p>{parts::NO_FIGURE}</p></div> }.into_any(),
    }
}

/// What the plan does for this promise; nothing when no action is joined to it.
fn acting(actions: &[plans::Shown]) -> Option<AnyView> {
    if actions.is_empty() {
        return None;
    }
    let lines = actions.iter().map(|action| {
        let code = if action.word == Word::NotClear { "unclassified" } else { action.word.code() };
        view! {
            <li>
                <div class="ds-list__main"><a href=action.href.clone()>{action.name.clone()}</a></div>
                <div class="ds-list__aside">{ui::status(code, action.word.words())}</div>
            </li>
        }
    });
    let lines = lines.collect_view();
    Some(view! { <section class="ds-section"><h2>"What we are doing about it"</h2><ul class="ds-list">{lines}</ul></section> }.into_any())
}

fn measure(one: &Published) -> AnyView {
    let lines = parts::measure_in_words(one).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let mut rows = vec![
        ("Our target", parts::target(one).into_any()),
        ("The figures come from", parts::sources_in_words(one).into_any()),
    ];
    if let Some(floor) = one.legal_floor {
        rows.insert(
            1,
            (
                "The law asks for",
                format!("{} ({})", sentence::target(one.unit, one.direction, floor), one.legal_source).into_any(),
            ),
        );
    }
    view! { {lines}{ui::facts(rows)} }.into_any()
}

fn missed(one: &Published, landlord: &Landlord) -> AnyView {
    view! { {ui::paragraphs(&one.if_missed)}{parts::where_to_report(landlord, parts::TO_REPORT)} }.into_any()
}

fn said(voices: Vec<Voice>, landlord: &str) -> AnyView {
    if voices.is_empty() {
        return view! { <div class="ds-empty"><p>"Nobody’s words are shown here yet. The first appear when a resident has written and allowed us to show them."</p></div> }.into_any();
    }
    let answered_by = format!("{landlord} answers");
    let items = voices.into_iter().map(|voice| {
        let answer = (!voice.answer.is_empty()).then(|| {
            view! { <div class="ds-quote__answer"><h3 class="govuk-heading-s">{answered_by.clone()}</h3>{ui::paragraphs(&voice.answer)}</div> }
        });
        view! {
            <li><blockquote class="ds-quote">
                {ui::paragraphs(&voice.words)}
                <footer class="ds-quote__by">"A resident, "{clock::london_day(voice.sent_at).format("%B %Y").to_string()}</footer>
                {answer}
            </blockquote></li>
        }
    });
    view! { <ul class="ds-quotes">{items.collect_view()}</ul> }.into_any()
}
