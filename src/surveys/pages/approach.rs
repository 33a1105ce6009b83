//! How a survey of the measures was done, for anybody: what the regulator wants said, and the questions as they were asked.

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::{piping, words as conditions};
use crate::statistics::table::{Cell, Table};
use crate::surveys::pages::{bars, found, measures};
use crate::surveys::regulator::approach::Approach;
use crate::surveys::regulator::known::Known;
use crate::surveys::regulator::store;
use crate::surveys::results;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys/{slug}/approach`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    if asked.survey.results_published_at.is_none() {
        return Err(PageError::NotFound);
    }
    let mut tx = req.app.db.read().await?;
    let approach = store::find_approach(&mut tx, asked.survey.id).await?.ok_or(PageError::NotFound)?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let known = measures::load(&mut tx, &asked, &gathered, &req.landlord).await?.ok_or(PageError::NotFound)?;
    Ok(Page::new(format!("How we did it: {}", asked.survey.title), move || {
        let path = asked.survey.path();
        let period = open_for(&asked.survey);
        view! {
            <a class="govuk-back-link" href=format!("{path}/results")>"Results"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" How we did this survey"</h1>
                <p class="ds-lead">"Our summary of approach to the tenant satisfaction measures: who was asked, how, and how far the figures can be trusted."</p>
            </div>
            <p class="ds-meta ds-no-print">"To print it, choose Print in your browser: it is set for A4."</p>
            {known_facts(&known, &period)}
            {written(&approach)}
            <section class="ds-section">
                <h2>"The questions we asked"</h2>
                {questions(&asked.version.questionnaire)}
            </section>
        }
    })
    .into())
}

/// When the survey was open.
pub fn open_for(survey: &crate::surveys::survey::Survey) -> String {
    let day = |at| clock::day(clock::london_day(at));
    format!("The survey was open from {} to {}.", day(survey.opens_at), day(survey.closes_at))
}

/// What the program knows: sample, timing, ways of answering, weighting.
pub fn known_facts(known: &Known, period: &str) -> AnyView {
    let sample = if known.accuracy.is_empty() {
        view! { <p>"The number of homes is not entered yet."</p> }.into_any()
    } else {
        measures::accuracy(&known.accuracy)
    };
    let days = known.days.map(|(first, last)| {
        format!(" The first answer came on {}, the last on {}.", clock::day(first), clock::day(last))
    });
    let timing = format!("{period}{}", days.unwrap_or_default());
    ui::facts(vec![
        ("Achieved sample", sample),
        ("Timing", timing.into_any()),
        ("How answers were collected", channels(&known.came_by.table)),
        ("Weighting", "The answers are not weighted: each counts once.".into_any()),
    ])
}

fn channels(table: &Table) -> AnyView {
    if !table.is_shown() {
        return "Too few people answered to say.".into_any();
    }
    let items = table.rows.iter().map(|row| {
        let count = match row.cell {
            Cell::Shown { count, .. } => bars::people(count, table.rounded),
            Cell::Hidden => "too few to say".to_owned(),
        };
        view! { <li>{format!("{}: {count}", row.label)}</li> }
    });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}

/// What staff wrote.
fn written(approach: &Approach) -> AnyView {
    let words = |text: &str| ui::paragraphs(text);
    let excluded = if approach.excluded_homes == 0 {
        "No household was left out.".into_any()
    } else {
        let count = grouped(&approach.excluded_homes);
        let noun = if approach.excluded_homes == 1 { "household was" } else { "households were" };
        view! { <p>{format!("{count} {noun} left out.")}</p>{words(&approach.excluded_reason)} }.into_any()
    };
    let shortfall = if approach.shortfall.is_empty() {
        "The sample asked for was reached.".into_any()
    } else {
        words(&approach.shortfall).into_any()
    };
    ui::facts(vec![
        ("How people were chosen", approach.sampling.label().into_any()),
        ("How like all tenants those who answered are", words(&approach.representativeness).into_any()),
        ("Characteristics compared", approach.characteristics.clone().into_any()),
        ("Contractors, and what they did", words(&approach.contractors).into_any()),
        ("Households left out", excluded),
        ("Why fewer answered than asked for", shortfall),
        ("Incentives", words(&approach.incentives).into_any()),
        ("Anything else that matters to the figures", words(&approach.issues).into_any()),
    ])
}

/// Every question with its answers to choose from and who was asked.
fn questions(questionnaire: &Questionnaire) -> AnyView {
    let items = questionnaire.questions().iter().map(|question| {
        let code = question.bank.as_ref().map(|item| format!(" ({})", item.code)).unwrap_or_default();
        let text = piping::described(&question.text, questionnaire);
        let only_if = conditions::only_if(questionnaire, question).map(|words| format!("Asked only if {words}."));
        let routes = only_if.into_iter().chain(conditions::onward(questionnaire, question));
        let routes: Vec<AnyView> = routes.map(|words| view! { <p class="ds-meta">{words}</p> }.into_any()).collect();
        let answers = match question.kind.field() {
            Field::Radios(choices) | Field::Checkboxes(choices) => {
                let labels = choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>();
                format!("Answers: {}", labels.join(" / "))
            }
            Field::Grid { items, choices } => {
                let labels = choices.into_iter().map(|choice| choice.label).collect::<Vec<_>>();
                format!("Asked about: {}. Answers: {}", items.join(" / "), labels.join(" / "))
            }
            Field::Places { options, .. } => format!("To be put in order: {}", options.join(" / ")),
            _ => question.kind.name().to_owned(),
        };
        view! {
            <li>
                <p><strong>{text}</strong>{code}</p>
                {routes}
                <p>{answers}</p>
            </li>
        }
    });
    view! { <ol>{items.collect_view()}</ol> }.into_any()
}
