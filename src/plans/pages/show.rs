//! The public plan: what the landlord is doing, objective by objective.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::parts::{ask, bar, by, word};
use crate::clock;
use crate::plans::led::redaction;
use crate::plans::plan::{Plan, Theme};
use crate::plans::progress::Word;
use crate::plans::redact::Redaction;
use crate::plans::store;
use crate::plans::whole::{Whole, WholeAction, WholeObjective, load_standing};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The day a page is for, `YYYY-MM-DD` as `as_of`; today without one.
///
/// # Errors
/// `BadRequest` when it is not a day.
pub fn as_of(req: &Req) -> Result<NaiveDate, PageError> {
    let wrong = || PageError::BadRequest("as_of must be a day like 2026-03-27".to_owned());
    let Some(text) = req.query("as_of") else { return Ok(req.today()) };
    let shape = text.len() == 10
        && text.chars().enumerate().all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() });
    if shape { text.parse().map_err(|_| wrong()) } else { Err(wrong()) }
}

/// The page.
///
/// # Errors
/// When `as_of` is not a day, or the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let day = as_of(&req)?;
    let mut tx = req.app.db.read().await?;
    let plans = store::list_plans(&mut tx).await?;
    let asked = |plan: &&Plan| req.query("plan").map_or(plan.is_main, |slug| plan.slug == slug);
    let whole = match plans.iter().find(asked) {
        Some(plan) => Some(load_standing(&mut tx, plan.clone(), day).await?),
        None if req.query("plan").is_some() => return Err(PageError::NotFound),
        None => None,
    };
    let redaction = redaction(&mut tx).await?;
    let ask = ask(&req);
    let Some(whole) = whole else {
        return Ok(Page::new("What we are doing", move || {
            view! {
                <div class="ds-heading"><h1>"What we are doing"</h1></div>
                <div class="ds-empty"><p>"There is no improvement plan yet. When there is one, every action appears here with who it helps, by when, and how far we are."</p></div>
                {ask}
            }
        })
        .into());
    };
    let others: Vec<Plan> = plans.into_iter().filter(|p| p.id != whole.plan.id).collect();
    let asked = req.query("as_of").is_some();
    let form = req.query_form();
    Ok(Page::new(redaction.apply(&whole.plan.title), move || body(&whole, &redaction, &form, &others, asked, ask))
        .into())
}

fn body(whole: &Whole, redaction: &Redaction, form: &Form, others: &[Plan], asked: bool, ask: AnyView) -> AnyView {
    let counts = whole.counts();
    let only = Word::read(form.value("status"));
    let theme = form.value("theme").to_owned();
    let shown = |a: &&WholeAction| only.is_none_or(|w| a.as_of.word == w);
    let sections = whole.themes.iter().filter(|t| theme.is_empty() || t.theme.id.to_string() == theme).map(|t| {
        let objectives: Vec<AnyView> = t
            .objectives
            .iter()
            .filter(|o| o.actions.iter().any(|a| shown(&a)))
            .map(|o| objective(o, &o.actions.iter().filter(shown).collect::<Vec<_>>(), redaction))
            .collect();
        (!objectives.is_empty()).then(|| {
            let (id, title) = (format!("theme-{}", t.theme.id), redaction.apply(&t.theme.shown()));
            let link = view! { <li><a href=format!("#{id}")>{title.clone()}</a></li> }.into_any();
            (link, view! { <section class="ds-section" id=id><h2>{title}</h2>{objectives}</section> }.into_any())
        })
    });
    let (links, sections): (Vec<AnyView>, Vec<AnyView>) = sections.flatten().unzip();
    let jump = (links.len() > 1).then(|| view! { <nav class="ds-jump ds-no-print" aria-label="Themes on this page"><ul class="ds-jump__list">{links}</ul></nav> });
    let number = whole
        .themes
        .iter()
        .filter(|t| theme.is_empty() || t.theme.id.to_string() == theme)
        .flat_map(|t| &t.objectives)
        .flat_map(|o| &o.actions)
        .filter(shown)
        .count();
    let none = sections.is_empty().then(|| view! { <div class="ds-empty"><p>"No action of the plan is like that. Choose another status or theme."</p></div> });
    let late = match counts.late {
        0 => String::new(),
        1 => ", and 1 is late".to_owned(),
        n => format!(", and {n} are late"),
    };
    let left_out = match counts.stopped + counts.merged {
        0 => String::new(),
        1 => " 1 more was stopped or merged with another, and is not counted.".to_owned(),
        n => format!(" {n} more were stopped or merged with others, and are not counted."),
    };
    let lead = format!("{} of {} actions are done{late}.{left_out}", counts.done, counts.expected());
    let unclear = whole.late_unclear();
    let unclear = (unclear > 0).then(|| view! { <p class="ds-meta">{format!("{unclear} of the late actions may be finished: their date has passed and nobody has yet said how they stand.")}</p> });
    let updated = whole.updated().map(|d| format!("Updated {}.", clock::day(d))).unwrap_or_default();
    let standing = if asked { format!("As it stood on {}. {updated}", clock::day(whole.day)) } else { updated };
    let closed = whole.plan.closed_on.map(|d| view! { <div class="govuk-inset-text">{format!("This is an earlier plan, closed on {}. ", clock::day(d))}<a href="/plan">"Our plan now"</a></div> });
    let introduction =
        (!whole.plan.introduction.is_empty()).then(|| ui::markdown(&redaction.apply(&whole.plan.introduction)));
    view! {
        <div class="ds-heading"><h1>{redaction.apply(&whole.plan.title)}</h1><p class="ds-lead">{lead}</p></div>
        {closed}
        {introduction}
        {figures(whole)}
        {unclear}
        <p class="ds-meta">{standing}</p>
        {filters(form, redaction, whole.themes.iter().map(|t| &t.theme), number)}
        {jump}
        {sections}
        {none}
        {self::others(&whole.plan, others, redaction, form)}
        {ask}
    }
    .into_any()
}

/// The three figures that matter most, and the rest in a sentence.
fn figures(whole: &Whole) -> AnyView {
    let counts = whole.counts();
    let figures =
        [("ds-fact ds-fact--good", Word::Done), ("ds-fact", Word::OnTrack), ("ds-fact ds-fact--late", Word::Late)];
    let items = figures
        .map(|(class, w)| view! { <div class=class><dt>{w.words().to_lowercase()}</dt><dd>{counts.get(w)}</dd></div> });
    let others = counts.in_words(&[Word::NotStarted, Word::NotClear, Word::Stopped, Word::Merged]);
    let others = (!others.is_empty()).then(|| view! { <p>{format!("The other actions: {others}.")}</p> });
    view! { <dl class="ds-facts">{items.into_iter().collect_view()}</dl>{others} }.into_any()
}

fn filters<'a>(form: &Form, redaction: &Redaction, themes: impl Iterator<Item = &'a Theme>, number: usize) -> AnyView {
    let statuses = std::iter::once((String::new(), "Every status".to_owned()))
        .chain(Word::ALL.into_iter().map(|w| (w.code().to_owned(), w.words().to_owned())));
    let themes = std::iter::once((String::new(), "Every theme".to_owned()))
        .chain(themes.map(|t| (t.id.to_string(), redaction.apply(&t.shown()))));
    let kept = ["as_of", "plan"].map(|name| {
        let value = form.value(name).to_owned();
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value/> })
    });
    view! {
        <form class="ds-filters ds-no-print" id="actions" method="get" action="/plan#actions">
            {kept.into_iter().collect_view()}
            {ui::select(form, "status", "Status", statuses)}
            {ui::select(form, "theme", "Theme", themes)}
            <button class="govuk-button govuk-button--secondary" type="submit">"Show"</button>
            <p class="ds-filters__count">{actions_in_words(number)}</p>
        </form>
    }
    .into_any()
}

fn actions_in_words(number: usize) -> String {
    if number == 1 { "1 action".to_owned() } else { format!("{number} actions") }
}

fn objective(of: &WholeObjective, shown: &[&WholeAction], redaction: &Redaction) -> AnyView {
    let target = of
        .objective
        .target
        .map(|t| view! { <p class="ds-card__meta">{format!("To be reached by the end of {t}")}</p> });
    let rows = shown.iter().map(|a| action(a, redaction)).collect_view();
    view! {
        <div class="ds-card ds-card--plain">
            <h3 class="ds-card__title">{format!("{}. {}", of.objective.reference, redaction.apply(&of.objective.title))}</h3>
            {target}
            {bar(of.counts())}
            <ul class="ds-list">{rows}</ul>
        </div>
    }
    .into_any()
}

fn action(of: &WholeAction, redaction: &Redaction) -> AnyView {
    let href = format!("/plan/actions/{}", of.action().slug);
    let parts = (!of.parts.is_empty()).then(|| {
        let done = of.parts.iter().filter(|p| p.as_of.word == Word::Done).count();
        format!(" {done} of {} parts done.", of.parts.len())
    });
    let due = format!("{}.{}", by(of), parts.unwrap_or_default());
    view! {
        <li>
            <div class="ds-list__main"><a href=href>{redaction.apply(&of.action().name())}</a><p>{due}</p></div>
            <div class="ds-list__aside">{word(of.as_of.word)}</div>
        </li>
    }
    .into_any()
}

fn others(of: &Plan, others: &[Plan], redaction: &Redaction, form: &Form) -> AnyView {
    let query = if form.value("as_of").is_empty() { String::new() } else { format!("?as_of={}", form.value("as_of")) };
    let [json, csv] = ["/plan.json", "/plan.csv"].map(|path| of.on(&format!("{path}{query}")));
    let list = |open: bool, heading: &'static str| {
        let plans: Vec<&Plan> = others.iter().filter(|p| p.is_open == open).collect();
        let links = plans.iter().map(|p| {
            let title = redaction.apply(&p.title);
            view! { <li><a href=p.on("/plan")>{title}</a></li> }
        });
        (!plans.is_empty()).then(|| view! { <h2>{heading}</h2><ul>{links.collect_view()}</ul> })
    };
    let all = (!others.is_empty()).then(|| view! { <p><a href="/plans">"All our plans"</a></p> });
    view! {
        <section class="ds-section ds-no-print">
            {list(true, "Our other plans")}
            {list(false, "Earlier plans")}
            {all}
            <p class="ds-meta">"Our plan as data: " <a href=csv>"table (CSV)"</a> " or " <a href=json>"JSON"</a></p>
        </section>
    }
    .into_any()
}
