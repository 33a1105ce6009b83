//! What stands behind a standard's values: people's own words, and the actions that were taken.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::findings::{self, Finding};
use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::score::{Reading, score_for_standard};
use crate::mystery_shopping::{self, Facts};
use crate::plans;
use crate::settings::{Landlord, small_numbers};
use crate::standards::{self, Published, Voice};
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
    facts: Vec<Facts>,
    shops: String,
    actions: Vec<plans::needs::Shown>,
    findings: Vec<Finding>,
    /// True when there is a plan that an action can be added to.
    has_plan: bool,
}

/// Gathers the evidence of a standard.
///
/// # Errors
/// When the database refuses.
pub async fn load(
    tx: &mut Tx,
    standard: &Published,
    landlord: &Landlord,
    today: NaiveDate,
) -> Result<Evidence, db::Error> {
    let from = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let reading = score_for_standard(tx, standard.id, from, today).await?.reading(&small_numbers::shops(landlord));
    // What few shoppers wrote could speak of single people.
    let mut facts = match reading {
        Reading::TooFew { .. } => Vec::new(),
        Reading::Indicative { .. } | Reading::Firm { .. } => {
            mystery_shopping::facts_for_standard(tx, standard.id, from, today).await?
        }
    };
    facts.truncate(MOST);
    let staff = small_numbers::staff(landlord);
    Ok(Evidence {
        verbatims: surveys::verbatims_for_standard(tx, standard.id, from, today, MOST, &staff).await?,
        voices: standards::voices_for_standard(tx, standard.id, i64::try_from(MOST).unwrap_or(i64::MAX)).await?,
        facts,
        shops: format!("/staff/mystery-shopping/standards/{}", standard.id),
        actions: plans::actions_for_standard(tx, standard.id, today).await?,
        findings: findings::for_standard(tx, standard.id).await?,
        has_plan: plans::summary(tx, today).await?.is_some(),
    })
}

/// Where the reader may go on from a miss.
pub struct Next {
    /// True when the promise is missed and the reader may add an action to the plan.
    pub add: bool,
    /// The standard's own page for staff.
    pub standard: Option<String>,
}

/// The evidence as it is drawn.
pub fn view(evidence: Evidence, next: Next) -> AnyView {
    let Evidence { verbatims, voices, facts, shops, actions, findings, has_plan } = evidence;
    let survey_words = (!verbatims.is_empty()).then(|| {
        let quotes = verbatims.into_iter().map(|one| {
            let by = format!("{}, {}", one.survey, one.on.format("%B %Y"));
            quote(&one.words, by)
        });
        section(
            "In residents’ own words",
            "From surveys, as they were written. Nobody has taken out names yet: keep them here.",
            quotes.collect(),
        )
    });
    let comments = (!voices.is_empty()).then(|| {
        let quotes = voices.into_iter().map(|one| {
            let by = format!("A resident, {}", clock::london_day(one.sent_at).format("%B %Y"));
            quote(&one.words, by)
        });
        section("Comments on this standard", "Published on the standard’s page.", quotes.collect())
    });
    let found = (!facts.is_empty()).then(|| {
        let quotes = facts.into_iter().map(|one| {
            let channel = one.channel.parse().map_or("", Channel::label);
            quote(&one.facts_for_managers, format!("{channel}, {}", one.shopped_on.format("%B %Y")))
        });
        section("What mystery shoppers found", "In their words, without names.", quotes.collect())
    });
    let entries = findings.iter().map(|one| {
        view! {
            <li>
                <div class="ds-list__main"><a class="govuk-link" href=one.href()>{one.title.clone()}</a></div>
                <div class="ds-list__aside">{clock::day(one.decided_on)}</div>
            </li>
        }
    });
    let entries = entries.collect_view();
    let changed = (!findings.is_empty()).then(|| {
        view! {
            <section class="ds-section">
                <h2 class="govuk-heading-m">"What changed because people spoke"</h2>
                <ul class="ds-list">{entries}</ul>
            </section>
        }
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
        let add = (next.add && has_plan).then(|| view! { <ul class="ds-actions"><li><a class="govuk-link" href="/staff/plan/actions/new">"Add an action"</a></li></ul> });
        view! {
            <p class="govuk-body">"No action of the plan is joined to this standard yet."</p>
            {add}
        }
        .into_any()
    } else {
        view! { <ul class="ds-list">{lines}</ul> }.into_any()
    };
    view! {
        <section class="ds-section">
            <h2 class="govuk-heading-m">"What we are doing because of it"</h2>
            {caused}
        </section>
        {changed}
        {survey_words}
        {found}
        {comments}
        <p class="govuk-body"><a class="govuk-link" href=shops>"Each item that mystery shoppers tested"</a></p>
        {next.standard.map(|href| view! { <p class="govuk-body"><a class="govuk-link" href=href>"The standard, its versions and approvals"</a></p> })}
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
