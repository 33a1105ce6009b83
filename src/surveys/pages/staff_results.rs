//! What people answered, for staff: figures, people's own words, and a filter by area.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::permissions;
use crate::questionnaires::count;
use crate::settings::small_numbers;
use crate::statistics::disclosure::{self, Policy, Released};
use crate::statistics::table::Cell;
use crate::surveys::cross_tab;
use crate::surveys::export::{self, Beside};
use crate::surveys::in_words::{self, Sought};
use crate::surveys::pages::verbatims::written;
use crate::surveys::pages::{bars, by_channel, items, public_results, reach, staff_details, staff_photos, weighted};
use crate::surveys::photos::sent::Of;
use crate::surveys::photos::store;
use crate::surveys::results::{self, Gathered, QuestionResult, Words};
use crate::surveys::survey::Asked;
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::weighting::weighed::{self, Weighed};
use crate::surveys::weighting::{self, InForce};
use crate::ui::{self, ways};
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most answers in words to one question that the page shows.
const MOST_WORDS: usize = 200;

/// What is said of a sealed question.
const SEALED: &str = "These answers are kept sealed. Nothing is shown of fewer than 10 people.";
/// And where it cannot be counted.
const SHUT: &str = "These answers are kept sealed, and some of them cannot be opened because their key is missing. None is lost. Ask whoever runs this program to put the key back.";

/// `/staff/surveys/{id}/results?area=2`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

/// The page; `refused` says why single answers were not handed out.
pub(super) async fn show(req: &Req, refused: Form) -> Result<Reply, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let policy = small_numbers::staff(&req.landlord);
    let groups = count::divider(&asked.version.questionnaire).map(count::group_names).unwrap_or_default();
    let group = area(req, &groups)?;
    let results = gathered.release(&asked, group, &policy);
    let words = read_words(&mut tx, &asked, &results, group).await?;
    let photos = photos(&mut tx, &asked, &gathered, &policy).await?;
    let by_group: Vec<Vec<Released>> = results
        .iter()
        .map(|result| {
            let shared = group.is_none() && result.question.kind.has_share();
            if shared { gathered.by_group(&asked, &result.question, &policy) } else { Vec::new() }
        })
        .collect();
    let in_force = weighting::load(&mut tx, &asked, &gathered, &req.landlord).await?;
    let weighed = results.iter().zip(&by_group).map(|(result, areas)| {
        if group.is_none() { weighed::load(&in_force, &asked, result, areas.first(), &policy) } else { None }
    });
    let weighed: Vec<Option<Weighed>> = weighed.collect();
    let broken = match &in_force {
        InForce::Broken(why) => Some(format!("The answers can no longer be weighted. {why}.")),
        _ => None,
    };
    // Of one area alone it would be a division of a division.
    let by_channel = group.is_none().then(|| by_channel::load(&gathered, &results, &policy)).flatten();
    let written = match group {
        None => written::load_staff(&mut tx, &asked, &results, &policy, req.today()).await?,
        Some(_) => Vec::new(),
    };
    let whose = group.and_then(|at| groups.get(at).map(|name| shown_of(&gathered, &asked, &policy, name)));
    let whose = whose.unwrap_or_default();
    let may_export = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/answers");
    let may_save = permissions::may_read(req.viewer.role(), "/staff/surveys/{id}/figures.csv");
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/details");
    let may_tell = permissions::may_read(req.viewer.role(), "/staff/what-changed/new");
    let (people, days) = (gathered.people(), gathered.days());
    let too_few = (may_export && !policy.admits(people)).then(|| too_few(&policy));
    let answers = disclosure::release_base(people, &policy);
    let query = req.query_form();
    let form = refused.clone();
    let of_measures = asked.survey.kind.feeds_measures();
    let crosses = cross_tab::subjects(&asked).len() > 1;
    let open: Vec<u16> = OpenQuestion::all(&asked).into_iter().map(|(_, question)| question.key).collect();
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
        let sections = results.iter().zip(by_group).zip(weighed).zip(words).filter(|_| any);
        let sections =
            sections.map(|(((result, groups), weighed), words)| {
                let key = result.question.key;
                let all = open.contains(&key).then(|| format!("{at}/words/{key}"));
                let sent = photos.iter().find(|(of, _)| *of == key);
                let sent = sent.map(|(key, sent)| of_photos(&staff_photos::path(&asked, *key), *sent));
                section(result, &groups, weighed, &words, all, sent)
            });
        let sections: Vec<AnyView> = sections.collect();
        let way = |is_there: bool, path: &str, words: &'static str| {
            is_there.then(|| ways::way(format!("{at}/{path}"), words))
        };
        let area = group.map(|at| format!("?area={at}")).unwrap_or_default();
        let answers = (may_export && any && too_few.is_none()).then(|| {
            view! { <li><form method="post" action=format!("{at}/answers")><button type="submit" class="ds-link-button">"Download every answer as CSV"</button></form></li> }.into_any()
        });
        let tell = format!("/staff/what-changed/new?survey={}", asked.survey.id);
        let onward = ways::view([
            ways::group(
                "Compare",
                [
                    way(any && crosses, "cross-tab", "Compare two questions"),
                    way(any, "waves", "Compare with other waves"),
                    way(any, "weighting", "Weighting"),
                    way(may_change && any && !groups.is_empty(), "homes", "Weigh by the homes in each area"),
                ],
            ),
            ways::group(
                "Act on it",
                [
                    way(any && !open.is_empty(), "words", "Work on what people wrote"),
                    (may_tell && any).then(|| ways::way(tell, "Write what changed because of it")),
                ],
            ),
            ways::group(
                "Take it out",
                [
                    (may_save && any).then(|| ways::way(format!("{at}/figures.csv{area}"), "Download the figures as CSV")),
                    answers,
                    way(true, "files", "Files"),
                ],
            ),
        ]);
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"Results"</span>" "{asked.survey.title.clone()}</h1>
                <p class="ds-lead">{lead}</p>
                {reach}
            </div>
            {any.then(|| filter(&query, &groups))}
            {onward}
            {broken.map(|why| view! { <div class="govuk-inset-text">{why}</div> })}
            {too_few.map(|why| view! { <p class="ds-meta" id="answers">{why}</p> })}
            {of_measures.then(|| view! {
                <p>"The regulator’s questions are shown apart, for each tenure: "<a href=format!("{at}/measures")>"measures and margins"</a>"."</p>
            })}
            {sections}
            {written.iter().map(written::Written::view).collect_view()}
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

/// The group whose answers are asked for; none for everybody.
fn area(req: &Req, groups: &[String]) -> Result<Option<usize>, PageError> {
    let Some(area) = req.query("area") else { return Ok(None) };
    let found = area.parse().ok().filter(|at: &usize| *at < groups.len());
    found.map(Some).ok_or_else(|| PageError::BadRequest("There is no such area in this survey.".to_owned()))
}

/// The newest words to each question of which they may be shown, as many as a page holds and one more.
async fn read_words(
    tx: &mut Tx,
    asked: &Asked,
    results: &[QuestionResult],
    group: Option<usize>,
) -> Result<Vec<Vec<(String, NaiveDate)>>, db::Error> {
    let sought = Sought { days: results::ever(), group };
    let mut all = Vec::new();
    for result in results {
        all.push(match result.words {
            Words::Open => in_words::newest(tx, asked, &result.question, &sought, MOST_WORDS + 1).await?,
            Words::NotAsked | Words::TooFew => Vec::new(),
        });
    }
    Ok(all)
}

/// How many sent a photo to each question that asks for one; none where too few answered for them to be seen.
async fn photos(
    tx: &mut Tx,
    asked: &Asked,
    gathered: &Gathered,
    policy: &Policy,
) -> Result<Vec<(u16, Option<i64>)>, db::Error> {
    let mut all = Vec::new();
    for (of, question) in Of::all(asked) {
        let seen = policy.admits(gathered.people());
        let sent = if seen { Some(store::count_senders(tx, of.version_id, of.key).await?) } else { None };
        all.push((question.key, sent));
    }
    Ok(all)
}

/// How many sent a photo, whatever their area, and where they are.
fn of_photos(at: &str, sent: Option<i64>) -> AnyView {
    match sent {
        None => view! { <p>"Too few people answered to show their photos."</p> }.into_any(),
        Some(0) => view! { <p>"Nobody sent a photo."</p> }.into_any(),
        Some(sent) => {
            let sent = ui::counted(usize::try_from(sent).unwrap_or(0), "person", "people");
            view! { <p>{format!("{sent} sent a photo. ")}<a href=at.to_owned()>"See the photos"</a></p> }.into_any()
        }
    }
}

/// The released figures as a file.
pub async fn figures(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let groups = count::divider(&asked.version.questionnaire).map(count::group_names).unwrap_or_default();
    let group = area(&req, &groups)?;
    let policy = small_numbers::staff(&req.landlord);
    let results = gathered.release(&asked, group, &policy);
    let came_by = group.is_none().then(|| gathered.came_by(&policy));
    let by_channel = group.is_none().then(|| by_channel::load(&gathered, &results, &policy)).flatten();
    let channels = by_channel.as_ref().map(by_channel::ByChannel::questions).unwrap_or_default();
    let in_force = weighting::load(&mut tx, &asked, &gathered, &req.landlord).await?;
    let beside = results.iter().map(|result| {
        if group.is_some() {
            return Beside::default();
        }
        let shared = result.question.kind.has_share();
        let areas = if shared { gathered.by_group(&asked, &result.question, &policy) } else { Vec::new() };
        let weighed = weighed::load(&in_force, &asked, result, areas.first(), &policy);
        Beside::of(areas, weighed.as_ref())
    });
    let beside: Vec<Beside> = beside.collect();
    let bytes = export::figures(&results, &beside, came_by.as_ref(), channels);
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

fn section(
    result: &QuestionResult,
    groups: &[Released],
    weighed: Option<Weighed>,
    written: &[(String, NaiveDate)],
    all: Option<String>,
    photos: Option<AnyView>,
) -> AnyView {
    let sentence = bars::sentence(result);
    let sentence = (!sentence.is_empty()).then(|| view! { <p>{sentence}</p> });
    let seal = result.question.sealed.as_ref().map(|_| {
        let words = if result.is_shut { SHUT } else { SEALED };
        view! { <p class="ds-meta">{words}</p> }
    });
    let table = result.table().and_then(|table| bars::table(&result.question, table));
    let items = items::view(result, groups);
    let whole = groups.first().filter(|_| items.is_none());
    let groups = whole.map(|released| public_results::by_area(&result.question.text, released));
    view! {
        <section class="ds-section">
            <h2>{result.question.text.clone()}</h2>
            {seal}
            {sentence}
            {weighed.map(|weighed| weighted::view(&weighed, result))}
            {table}
            {items}
            {groups}
            {words(result.words, written, all)}
            {photos}
        </section>
    }
    .into_any()
}

/// The newest answers in words, and the way to the page that holds them all, the older ones too.
fn words(words: Words, written: &[(String, NaiveDate)], all: Option<String>) -> Option<AnyView> {
    match words {
        Words::NotAsked => return None,
        Words::TooFew => {
            let why = "Too few people answered to show their words.";
            return Some(view! { <p>{why}</p> }.into_any());
        }
        Words::Open if written.is_empty() => {
            return Some(view! { <p>"Nobody wrote anything here."</p> }.into_any());
        }
        Words::Open => {}
    }
    let quotes = written.iter().take(MOST_WORDS).map(|(words, on)| {
        let by = format!("A resident, {}", on.format("%B %Y"));
        view! {
            <li><blockquote class="ds-quote">{ui::paragraphs(words)}<footer class="ds-quote__by">{by}</footer></blockquote></li>
        }
    });
    let quotes = quotes.collect_view();
    let summary = match written.len() {
        1 => "1 answer in words".to_owned(),
        many if many > MOST_WORDS => format!("The newest {MOST_WORDS} answers in words"),
        many => format!("{many} answers in words"),
    };
    let view = view! {
        <details class="govuk-details" open=written.len() <= 20>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}</span></summary>
            <ul class="ds-quotes">{quotes}</ul>
        </details>
        {all.map(|href| view! { <p><a href=href>"Read and search all answers in words"</a></p> })}
    };
    Some(view.into_any())
}
