//! What people answered, for staff: figures, people's own words, and a filter by area.

use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::questionnaires::count;
use crate::settings::small_numbers;
use crate::statistics::disclosure::{self, Policy, Released};
use crate::statistics::table::Cell;
use crate::surveys::export;
use crate::surveys::homes;
use crate::surveys::pages::{bars, by_channel, items, public_results, reach, staff_details, weighted};
use crate::surveys::results::{self, Gathered, QuestionResult, Words};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/results?area=2`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

/// The page; `refused` says why single answers were not handed out.
pub(super) async fn show(req: &Req, refused: Form) -> Result<Reply, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked.survey).await?;
    let policy = small_numbers::staff(&req.landlord);
    let groups = count::divider(&asked.version.questionnaire).map(count::group_names).unwrap_or_default();
    let group = req.query("area").and_then(|area| area.parse().ok()).filter(|at: &usize| *at < groups.len());
    let results = gathered.release(&asked, group, &policy);
    let by_group: Vec<Vec<Released>> = results
        .iter()
        .map(|result| {
            let shared = group.is_none() && result.question.kind.has_share();
            if shared { gathered.by_group(&asked, &result.question, &policy) } else { Vec::new() }
        })
        .collect();
    // Of one area alone it would be a division of a division.
    let by_channel = group.is_none().then(|| by_channel::load(&gathered, &asked, &results, &policy)).flatten();
    let whose = group.and_then(|at| groups.get(at).map(|name| shown_of(&gathered, &asked, &policy, name)));
    let whose = whose.unwrap_or_default();
    let may_export = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/answers");
    let may_save = permissions::may_read(req.viewer.role(), "/staff/surveys/{id}/figures.csv");
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/details");
    let may_tell = permissions::may_read(req.viewer.role(), "/staff/what-changed/new");
    let (people, days) = (gathered.people(), gathered.days());
    let too_few = (may_export && !policy.admits(people)).then(|| too_few(&policy));
    let homes = homes::known(&asked);
    let answers = disclosure::release_base(people, &policy);
    let query = req.query_form();
    let form = refused.clone();
    let of_measures = asked.survey.kind.feeds_measures();
    Ok(Page::staff(format!("Results: {}", asked.survey.title), move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let answered = ui::counted(people, "person", "people");
        let lead = match days {
            Some((first, last)) if first == last => format!("{answered} answered, on {}.", clock::day(first)),
            Some((first, last)) => format!("{answered} answered, from {} to {}.", clock::day(first), clock::day(last)),
            None => "Nobody has answered yet.".to_owned(),
        };
        let lead = format!("{lead}{whose}");
        let any = people > 0;
        // The regulator's survey has its margins tenure by tenure, on a page of their own.
        let is_own = group.is_none() && !asked.survey.kind.feeds_measures();
        let reach = is_own.then(|| reach::view(&asked.survey, answers, may_change));
        let sections = results.iter().zip(by_group).filter(|_| any);
        let sections = sections.map(|(result, groups)| section(result, &groups, &homes));
        let sections: Vec<AnyView> = sections.collect();
        let figures = (may_save && any).then(|| {
            let area = group.map(|at| format!("?area={at}")).unwrap_or_default();
            view! { <a href=format!("{at}/figures.csv{area}")>"Download the figures as CSV"</a> }
        });
        let answers = (may_export && any && too_few.is_none()).then(|| {
            view! { <form method="post" action=format!("{at}/answers")>{ui::quiet_button("Download every answer as CSV")}</form> }
        });
        let areas = (may_change && any && !groups.is_empty()).then(|| {
            view! { <a href=format!("{at}/homes")>"Weigh by the homes in each area"</a> }
        });
        let changed = (may_tell && any).then(|| {
            view! { <a href=format!("/staff/what-changed/new?survey={}", asked.survey.id)>"Write what changed because of it"</a> }
        });
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"Results"</span>" "{asked.survey.title.clone()}</h1>
                <p class="ds-lead">{lead}</p>
                {reach}
            </div>
            {any.then(|| filter(&query, &groups))}
            <div class="ds-toolbar">{figures}{answers}<a href=format!("{at}/files")>"Files"</a>{areas}{changed}</div>
            {too_few.map(|why| view! { <p class="ds-meta" id="answers">{why}</p> })}
            {of_measures.then(|| view! {
                <p>"The regulator’s questions are shown apart, for each tenure: "<a href=format!("{at}/measures")>"measures and margins"</a>"."</p>
            })}
            {sections}
            {by_channel.map(by_channel::ByChannel::view)}
        }
    })
    .with_form(&refused)
    .into())
}

/// Whose answers are shown, and how many there are where the table of the dividing question tells it too.
fn shown_of(gathered: &Gathered, asked: &Asked, policy: &Policy, name: &str) -> String {
    let divider = count::divider(&asked.version.questionnaire).map(|question| question.key);
    let all = gathered.release(asked, None, policy);
    let table = all.iter().find(|result| Some(result.question.key) == divider).and_then(QuestionResult::table);
    match table.and_then(|table| table.rows.iter().find(|row| row.label == name)).map(|row| row.cell) {
        Some(Cell::Shown { count, .. }) => format!(" Shown here: {name}, {}.", bars::people(count, false)),
        _ => format!(" Shown here: {name}. How many they are is not shown."),
    }
}

/// Why single answers are not handed out yet.
pub(super) fn too_few(policy: &Policy) -> String {
    format!("Single answers can be downloaded once {} people have answered.", policy.minimum())
}

/// The released figures as a file.
pub async fn figures(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked.survey).await?;
    let groups = count::divider(&asked.version.questionnaire).map(count::group_names).unwrap_or_default();
    let group = req.query("area").and_then(|area| area.parse().ok()).filter(|at: &usize| *at < groups.len());
    let policy = small_numbers::staff(&req.landlord);
    let results = gathered.release(&asked, group, &policy);
    let came_by = group.is_none().then(|| gathered.came_by(&policy));
    let bytes = export::figures(&results, came_by.as_ref());
    Ok(Reply::download(&format!("{}-figures.csv", asked.survey.slug), "text/csv; charset=utf-8", bytes))
}

fn filter(query: &Form, groups: &[String]) -> Option<AnyView> {
    if groups.is_empty() {
        return None;
    }
    let all = std::iter::once((String::new(), "Everybody".to_owned()));
    let choices = all.chain(groups.iter().enumerate().map(|(at, name)| (at.to_string(), name.clone())));
    let view = view! {
        <form class="ds-filters" method="get">
            {ui::select(query, "area", "Whose answers", choices)}
            {ui::quiet_button("Show")}
        </form>
    };
    Some(view.into_any())
}

fn section(result: &QuestionResult, groups: &[Released], homes: &[(String, u32)]) -> AnyView {
    let sentence = bars::sentence(result);
    let sentence = (!sentence.is_empty()).then(|| view! { <p>{sentence}</p> });
    let table = result.table().and_then(|table| bars::table(&result.question, table));
    let items = items::view(result, groups);
    let whole = groups.first().filter(|_| items.is_none());
    let weighted = whole.and_then(|released| weighted::view(released, homes));
    let groups = whole.map(|released| public_results::by_area(&result.question.text, released));
    view! {
        <section class="ds-section">
            <h2>{result.question.text.clone()}</h2>
            {sentence}
            {weighted}
            {table}
            {items}
            {groups}
            {words(&result.words)}
        </section>
    }
    .into_any()
}

fn words(words: &Words) -> Option<AnyView> {
    let found = match words {
        Words::NotAsked => return None,
        Words::TooFew => {
            let why = "Too few people answered to show their words.";
            return Some(view! { <p>{why}</p> }.into_any());
        }
        Words::Shown(found) if found.is_empty() => {
            return Some(view! { <p>"Nobody wrote anything here."</p> }.into_any());
        }
        Words::Shown(found) => found,
    };
    let quotes = found.iter().rev().map(|(words, on)| {
        let by = format!("A resident, {}", on.format("%B %Y"));
        view! {
            <li><blockquote class="ds-quote">{ui::paragraphs(words)}<footer class="ds-quote__by">{by}</footer></blockquote></li>
        }
    });
    let quotes = quotes.collect_view();
    let summary =
        if found.len() == 1 { "1 answer in words".to_owned() } else { format!("{} answers in words", found.len()) };
    let view = view! {
        <details class="govuk-details" open=found.len() <= 20>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}</span></summary>
            <ul class="ds-quotes">{quotes}</ul>
        </details>
    };
    Some(view.into_any())
}
