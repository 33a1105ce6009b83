//! What stands behind a standard's values: people's own words, and the actions that were taken.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::plans;
use crate::standards::Published;
use crate::standards::comment::Voice;
use crate::standards::store::comments;
use crate::surveys;
use crate::surveys::measure::Verbatim;
use crate::ui;

/// How far back words are shown, in days: a year and a month.
const DAYS: u64 = 396;
/// The most words of each kind.
const MOST: usize = 12;

/// The evidence of one standard.
pub struct Evidence {
    verbatims: Vec<Verbatim>,
    voices: Vec<Voice>,
    actions: Vec<plans::needs::Shown>,
}

/// Gathers the evidence of a standard.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, standard: &Published, today: NaiveDate) -> Result<Evidence, db::Error> {
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    Ok(Evidence {
        verbatims: surveys::verbatims_for_standard(tx, standard.id, from, today, MOST).await?,
        voices: comments::list_voices(tx, standard.id, i64::try_from(MOST).unwrap_or(i64::MAX)).await?,
        actions: plans::actions_for_standard(tx, standard.id, today).await?,
    })
}

/// The evidence as it is drawn.
pub fn view(evidence: Evidence) -> AnyView {
    let Evidence { verbatims, voices, actions } = evidence;
    let survey_words = (!verbatims.is_empty()).then(|| {
        let quotes = verbatims.into_iter().map(|one| {
            let by = format!("{}, {}", one.survey, one.on.format("%B %Y"));
            quote(&one.words, by)
        });
        section(
            "In residents' own words",
            "From surveys, as they were written. Nobody has taken out names yet: keep them here.",
            quotes.collect(),
        )
    });
    let comments = (!voices.is_empty()).then(|| {
        let quotes = voices.into_iter().map(|one| {
            let by = format!("A resident, {}", clock::london_day(one.sent_at).format("%B %Y"));
            quote(&one.words, by)
        });
        section("Comments on this standard", "Published on the standard's page.", quotes.collect())
    });
    let lines = actions.iter().map(|action| {
        view! {
            <li>
                <div class="ds-list__main"><a class="govuk-link" href=action.href.clone()>{action.name.clone()}</a></div>
                <div class="ds-list__aside">{ui::status(action.word.code(), action.word.words())}</div>
            </li>
        }
    });
    let lines = lines.collect_view();
    let caused = if actions.is_empty() {
        view! { <p class="govuk-body">"No action of the plan is joined to this standard yet."</p> }.into_any()
    } else {
        view! { <ul class="ds-list">{lines}</ul> }.into_any()
    };
    view! {
        <section class="ds-section">
            <h2 class="govuk-heading-m">"What we are doing because of it"</h2>
            {caused}
        </section>
        {survey_words}
        {comments}
    }
    .into_any()
}

fn quote(words: &str, by: String) -> AnyView {
    view! { <li><blockquote class="ds-quote">{ui::paragraphs(words)}<footer class="ds-quote__by">{by}</footer></blockquote></li> }
        .into_any()
}

fn section(title: &'static str, note: &'static str, quotes: Vec<AnyView>) -> AnyView {
    view! {
        <section class="ds-section">
            <h2 class="govuk-heading-m">{title}</h2>
            <p class="ds-meta">{note}</p>
            <ul class="ds-quotes">{quotes}</ul>
        </section>
    }
    .into_any()
}
