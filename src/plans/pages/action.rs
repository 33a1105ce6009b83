//! One action as residents read it: what, by when, how it stands, what was said about it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts::{ask, said_when, word};
use super::show::as_of;
use crate::clock;
use crate::plans::action::{ActionId, Promise};
use crate::plans::deadline::Span;
use crate::plans::led::redaction;
use crate::plans::link::Link;
use crate::plans::month::Month;
use crate::plans::progress::Word;
use crate::plans::redact::Redaction;
use crate::plans::status::Status;
use crate::plans::store::{self, Evidence};
use crate::plans::whole::{Whole, WholeAction, load};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// The page.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let day = as_of(&req)?;
    let mut tx = req.app.db.read().await?;
    let (id, plan) = store::find_action_by_slug(&mut tx, req.param("slug")?).await?.ok_or(PageError::NotFound)?;
    let whole = load(&mut tx, plan, day).await?.ok_or(PageError::NotFound)?;
    let redaction = redaction(&mut tx).await?;
    let evidence = store::list_evidence(&mut tx, id).await?;
    let linked = super::linked::of_action(&mut tx, id).await?;
    let others = store::list_links(&mut tx, plan).await?;
    let Some(action) = whole.find(id) else { return Err(PageError::NotFound) };
    let title = redaction.apply(&action.action().name());
    let ask = ask(&req);
    Ok(Page::new(title, move || {
        whole.find(id).map(|action| body(&whole, action, &redaction, &evidence, (&linked, &others), ask))
    })
    .into())
}

fn body(
    whole: &Whole,
    of: &WholeAction,
    redaction: &Redaction,
    evidence: &[Evidence],
    (linked, others): (&[(String, String)], &[Link]),
    ask: AnyView,
) -> AnyView {
    let action = of.action();
    let told = |text: &str| ui::paragraphs(&redaction.apply(text));
    let place = whole
        .place_of(action.id)
        .map(|(theme, objective)| format!("{}: {}", theme.shown(), redaction.apply(&objective.title)));
    let mut rows: Vec<(&str, AnyView)> = Vec::new();
    // The heading says it already where the action is a single line.
    let more = if action.title.lines().count() > 1 { action.title.clone() } else { String::new() };
    for (label, text) in
        [("What we will do", &more), ("How we will know", &action.measure), ("What it should bring", &action.outcome)]
    {
        if !text.is_empty() {
            rows.push((label, told(text)));
        }
    }
    rows.push(("By when", when(of, redaction)));
    if action.parent.is_none() && action.resources != crate::plans::resources::Resources::NotStated {
        rows.push(("What it costs", action.resources.words().into_any()));
    }
    let shown: Vec<AnyView> = evidence
        .iter()
        .filter(|e| e.is_public && e.withdrawn_on.is_none() && e.said_on <= whole.day)
        .map(|e| {
            let title = redaction.apply(&e.title);
            if e.file_id.is_none() {
                view! { <li><a href=e.address.clone()>{title}</a></li> }.into_any()
            } else {
                view! { <li>{title}</li> }.into_any()
            }
        })
        .collect();
    if !shown.is_empty() {
        rows.push(("Evidence", view! { <ul>{shown}</ul> }.into_any()));
    }
    let plan_link = whole.plan.on("/plan");
    let updated = of.as_of.updated.map(|d| view! { <p class="ds-meta">{format!("Last update {}", clock::day(d))}</p> });
    view! {
        <nav class="govuk-breadcrumbs" aria-label="Breadcrumb"><ol class="govuk-breadcrumbs__list">
            <li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href=plan_link>{redaction.apply(&whole.plan.title)}</a></li>
        </ol></nav>
        <div class="ds-heading">
            <h1><span class="ds-heading__caption">{place}</span>{redaction.apply(&action.name())}</h1>
            <p class="ds-lead">{word(of.as_of.word)} " " {sentence(of)}</p>
            {updated}
        </div>
        {merged(whole, of, redaction)}
        {ui::facts(rows)}
        {parts(of, redaction)}
        {hangs_on(whole, others, action.id, redaction)}
        {links(linked)}
        {history(of, whole.day, redaction)}
        {ask}
    }
    .into_any()
}

/// What was said of a late action, beside its lateness: " Its owner last said: on track, 80% done."
pub(super) fn last_said(of: &WholeAction) -> String {
    let word = Word::of(of.as_of.standing.status, false).words().to_lowercase();
    let share = of.as_of.per_cent.map(|p| format!(", {p}% done")).unwrap_or_default();
    if of.as_of.standing.status == Status::NotStarted && of.as_of.words.is_empty() {
        return String::new();
    }
    format!(" Its owner last said: {word}{share}.")
}

/// How it stands in a sentence.
fn sentence(of: &WholeAction) -> String {
    let due = of.as_of.standing.due();
    let part = of.as_of.per_cent.map(|p| format!(" {p}% of it is done.")).unwrap_or_default();
    match (of.as_of.word, due) {
        (Word::Done, _) => "We have done this.".to_owned(),
        (Word::Late, _) if of.as_of.standing.status == Status::Unclassified => {
            format!("Its date has passed, and nobody has yet said for certain how it stands.{part}")
        }
        (Word::Late, _) => match passed(of) {
            Some(month) => format!("This should have been finished by the end of {month}.{}", last_said(of)),
            None => format!("This should have been finished by now.{}", last_said(of)),
        },
        (Word::OnTrack, Some(due)) => format!("We are working on it, to be finished by the end of {due}.{part}"),
        (Word::OnTrack, None) => format!("We are working on it.{part}"),
        (Word::NotStarted, Some(due)) => format!("We have not begun. It is to be finished by the end of {due}."),
        (Word::NotStarted, None) => "We have not begun.".to_owned(),
        (Word::NotClear, _) => "Nobody has yet said for certain how this stands.".to_owned(),
        (Word::Stopped, _) => "We are not doing this any more.".to_owned(),
        (Word::Merged, _) => "This goes on as part of another action.".to_owned(),
        (Word::Unfinished, _) => "The plan was closed before this was finished.".to_owned(),
    }
}

/// The deadline that makes an action late: the revised one, or of several the earliest. None where it was moved to no month.
fn passed(of: &WholeAction) -> Option<Month> {
    let standing = &of.as_of.standing;
    let first = || standing.original.iter().flatten().map(|s| s.last).min();
    standing.revised.map(|s| s.last).or_else(|| (of.told.promises.len() == 1).then(first).flatten())
}

fn when(of: &WholeAction, redaction: &Redaction) -> AnyView {
    let standing = &of.as_of.standing;
    let several: Vec<String> = standing.original.iter().flatten().map(|s| s.words()).collect();
    let mut distinct = several.clone();
    distinct.dedup();
    let original = if distinct.is_empty() {
        of.told.promises.first().map_or_else(|| "No date was set".to_owned(), |p| redaction.apply(&p.words))
    } else {
        distinct.join("; ")
    };
    match standing.revised {
        None => original.into_any(),
        Some(revised) => {
            let slipped = standing
                .slipped()
                .map(|m| format!(", {m} {} later than first promised", if m == 1 { "month" } else { "months" }))
                .unwrap_or_default();
            view! { <p>{format!("{}{slipped}", revised.words())}</p><p class="ds-meta">"First promised for " <del class="ds-before">{original}</del></p> }.into_any()
        }
    }
}

fn merged(whole: &Whole, of: &WholeAction, redaction: &Redaction) -> AnyView {
    let link = |a: &WholeAction| {
        let (href, name) = (format!("/plan/actions/{}", a.action().slug), redaction.apply(&a.action().name()));
        view! { <a href=href>{name}</a> }
    };
    let into = if of.as_of.word == Word::Merged { of.action().merged_into.and_then(|id| whole.find(id)) } else { None };
    let into = into.map(|a| view! { <div class="govuk-inset-text">"It goes on in: " {link(a)}</div> });
    let from: Vec<_> = whole
        .rows()
        .filter(|a| a.action().merged_into == Some(of.action().id) && a.as_of.word == Word::Merged)
        .map(|a| view! { <li>{link(a)}</li> })
        .collect();
    let from = (!from.is_empty())
        .then(|| view! { <div class="govuk-inset-text"><p>"This action carries on:"</p><ul>{from}</ul></div> });
    let parent = of.action().parent.and_then(|id| whole.find(id)).map(|a| view! { <p>"Part of " {link(a)}</p> });
    view! { {parent}{into}{from} }.into_any()
}

fn parts(of: &WholeAction, redaction: &Redaction) -> AnyView {
    if of.parts.is_empty() {
        return ().into_any();
    }
    let rows = of.parts.iter().map(|part| {
        let href = format!("/plan/actions/{}", part.action().slug);
        let by = super::parts::by(part);
        view! {
            <li><div class="ds-list__main"><a href=href>{redaction.apply(&part.action().heading())}</a><p>{by}</p></div><div class="ds-list__aside">{word(part.as_of.word)}</div></li>
        }
    });
    view! { <section class="ds-section"><h2>"Its parts"</h2><ul class="ds-list">{rows.collect_view()}</ul></section> }
        .into_any()
}

/// The actions that it depends on or belongs to.
fn hangs_on(whole: &Whole, links: &[Link], id: ActionId, redaction: &Redaction) -> Option<AnyView> {
    let rows: Vec<_> = links
        .iter()
        .filter_map(|l| match () {
            () if l.from == id => Some((l.kind.words(), l.to)),
            () if l.to == id => Some((l.kind.words_back(), l.from)),
            () => None,
        })
        .filter_map(|(words, other)| Some((words, whole.find(other)?)))
        .map(|(words, other)| {
            let (href, name) = (format!("/plan/actions/{}", other.action().slug), redaction.apply(&other.action().name()));
            view! { <li><div class="ds-list__main">{format!("{words}: ")}<a href=href>{name}</a></div><div class="ds-list__aside">{word(other.as_of.word)}</div></li> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! { <section class="ds-section"><h2>"Other actions"</h2><ul class="ds-list">{rows}</ul></section> }
            .into_any()
    })
}

fn links(linked: &[(String, String)]) -> AnyView {
    if linked.is_empty() {
        return ().into_any();
    }
    let rows = linked.iter().map(|(href, title)| view! { <li><a href=href.clone()>{title.clone()}</a></li> });
    view! { <section class="ds-section"><h2>"The promises and decisions behind it"</h2><ul>{rows.collect_view()}</ul></section> }
        .into_any()
}

/// Everything said up to that day, newest first.
fn history(of: &WholeAction, day: NaiveDate, redaction: &Redaction) -> AnyView {
    let first = of
        .told
        .progress
        .iter()
        .map(|p| p.said_on)
        .min()
        .into_iter()
        .chain(of.told.promises.iter().map(|p| p.said_on).min())
        .min();
    let by_then = |on: NaiveDate| on <= day || Some(on) == first;
    let mut lines: Vec<(NaiveDate, usize, AnyView)> = Vec::new();
    for (at, said) in of.told.progress.iter().enumerate().filter(|(_, p)| by_then(p.said_on)) {
        let shown = Word::of(said.status, false).words();
        let share = said.per_cent.map(|p| format!(", {p}% done")).unwrap_or_default();
        let waiver =
            (!said.waiver.is_empty()).then(|| view! { <p class="ds-meta">{redaction.apply(&said.waiver)}</p> });
        let view = view! {
            <li><p class="ds-timeline__when">{said_when(said.said_on, said.source)}</p><p class="ds-timeline__what">{format!("{shown}{share}")}</p>{ui::paragraphs(&redaction.apply(&said.words))}{waiver}</li>
        };
        lines.push((said.said_on, at * 2 + 1, view.into_any()));
    }
    for (at, promise) in of.told.promises.iter().enumerate().filter(|(_, p)| p.is_revision && by_then(p.said_on)) {
        lines.push((promise.said_on, at * 2, moved(promise, redaction)));
    }
    lines.sort_by_key(|(on, at, _)| std::cmp::Reverse((*on, *at)));
    if lines.is_empty() {
        return view! { <section class="ds-section"><h2>"Updates"</h2><div class="ds-empty"><p>"Nothing yet. The first report appears here when the work begins."</p></div></section> }.into_any();
    }
    let lines: Vec<AnyView> = lines.into_iter().map(|(_, _, view)| view).collect();
    view! { <section class="ds-section"><h2>"Updates"</h2><ol class="ds-timeline">{lines}</ol></section> }.into_any()
}

fn moved(promise: &Promise, redaction: &Redaction) -> AnyView {
    let to = crate::plans::action::whole(&promise.spans).map_or_else(|| redaction.apply(&promise.words), Span::words);
    view! {
        <li><p class="ds-timeline__when">{said_when(promise.said_on, promise.source)}</p><p class="ds-timeline__what">{format!("New date: {to}")}</p>{ui::paragraphs(&redaction.apply(&promise.reason))}</li>
    }
    .into_any()
}
