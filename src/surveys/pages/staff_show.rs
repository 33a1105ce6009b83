//! One survey: its questions with the resident's view beside them, and what can be done next.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::permissions;
use crate::questionnaires::fields::{self, Announced};
use crate::questionnaires::kinds;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::{MOST_SKIPS, Questionnaire};
use crate::questionnaires::{piping, store as responses, words};
use crate::surveys::enter;
use crate::surveys::measured;
use crate::surveys::pages::{all, found, staff_details, staff_list, staff_logic};
use crate::surveys::rolling::store as rolling;
use crate::surveys::sample::store::homes;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked, State};
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::ui::{self, ways};
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The part of the page with the questions, where an error about them leads.
pub const QUESTIONS: &str = "questions";
/// The part with what can be done next.
pub const STEPS: &str = "steps";

/// `/staff/surveys/{id}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

/// The page of the survey; the form holds what stands against a step that was tried.
///
/// # Errors
/// When there is no such survey, or the database refuses.
pub async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let answers = responses::count_responses(&mut tx, asked.version.id).await?;
    let (sent, used) = store::count_invitations(&mut tx, asked.survey.id).await?;
    let sampled = homes::progress(&mut tx, asked.survey.id).await?;
    let sampled = sampled.iter().fold((0, 0), |(drawn, asked), one| (drawn + one.drawn, asked + one.asked));
    let standards = measured::choices(&mut tx).await?;
    let series = rolling::find_of_survey(&mut tx, asked.survey.id).await?;
    let now = req.now();
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/details");
    let may_try = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/try");
    let may = May {
        change: may_change,
        see_sample: permissions::may_read(req.viewer.role(), "/staff/surveys/{id}/sample"),
        see_batches: permissions::may_read(req.viewer.role(), "/staff/surveys/{id}/batches"),
        is_sampled: sampled.0 > 0,
    };
    let base_url = req.app.config.base_url.trim_end_matches('/').to_owned();
    let refused = form.clone();
    Ok(Page::staff(asked.survey.title.clone(), move || {
        let survey = &asked.survey;
        let link = format!("{base_url}{}", survey.path());
        let links = match sampled {
            (0, _) => ("Personal links", format!("{sent} sent, {used} used").into_any()),
            (drawn, of_them) => {
                ("Sample", format!("{} homes, {} of them asked", grouped(&drawn), grouped(&of_them)).into_any())
            }
        };
        // A draft has no page yet.
        let address = if survey.published_at.is_some() {
            view! { <a href=survey.path()>{link}</a> }.into_any()
        } else {
            format!("{link} (once it is published)").into_any()
        };
        let homes = survey.homes.map_or_else(|| "Not said".to_owned(), |homes| grouped(&homes));
        let facts = vec![
            ("Kind", survey.kind.label().into_any()),
            ("State", staff_list::tag(survey.state(now))),
            ("Opens", found::moment(survey.opens_at).into_any()),
            ("Closes", found::moment(survey.closes_at).into_any()),
            ("Answers", grouped(&answers).into_any()),
            ("Homes that could answer", homes.into_any()),
            ("Address", address),
            links,
        ];
        let questions = questions(&asked, may_change, &standards);
        view! {
            <a class="govuk-back-link" href="/staff/surveys">"Surveys"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{survey.title.clone()}</h1></div>
            {ui::facts(facts)}
            {series.map(|id| view! { <p>"This is part of "<a href=format!("/staff/surveys/monthly/{id}")>"a monthly survey"</a>"."</p> })}
            <div id=STEPS>{steps(&asked, answers, now, &may)}</div>
            {(!asked.version.is_locked()).then(|| staff_logic::findings(&asked.version.questionnaire))}
            <section class="ds-section" id=QUESTIONS>
                <h2>"Questions"</h2>
                {lock_notice(&asked, may_change)}
                {may_try.then(|| try_it(&asked))}
                {staff_logic::ways(&asked.version.questionnaire)}
                <div class="ds-split">
                    <div class="ds-split__form">{questions}</div>
                    {preview(&asked)}
                </div>
            </section>
        }
    })
    .with_form(&refused)
    .into())
}

/// The way to try the questions, for those who may send forms.
fn try_it(asked: &Asked) -> Option<AnyView> {
    let href = format!("/staff/surveys/{}/try", asked.survey.id);
    (!asked.version.questionnaire.questions().is_empty())
        .then(|| view! { <div class="ds-toolbar">{ui::link_button("Try it out", href)}</div> }.into_any())
}

/// What somebody may do beside reading.
struct May {
    change: bool,
    see_sample: bool,
    see_batches: bool,
    /// Homes are drawn for it, so that nobody is sent a link of another kind.
    is_sampled: bool,
}

/// What can be done with the survey as it stands.
fn steps(asked: &Asked, answers: i64, now: DateTime<Utc>, may: &May) -> AnyView {
    let survey = &asked.survey;
    let at = format!("/staff/surveys/{}", survey.id);
    let state = survey.state(now);
    let results = (answers > 0)
        .then(|| view! { <div class="ds-toolbar">{ui::link_button("See the results", format!("{at}/results"))}</div> });
    let way =
        |is_there: bool, path: &str, words: &'static str| is_there.then(|| ways::way(format!("{at}/{path}"), words));
    let (by_link, of_measures) = (survey.access == Access::Personal, survey.kind.feeds_measures());
    let invites = may.change && matches!(state, State::Open | State::Waiting);
    let enters = may.change && enter::check_survey(survey, now).is_ok();
    let has_words =
        answers > 0 && (!OpenQuestion::all(asked).is_empty() || asked.version.questionnaire.photo().is_some());
    let published =
        survey.results_published_at.map(|_| ways::way(format!("{}/results", survey.path()), "Published results"));
    let all = ways::view([
        ways::group(
            "Ask",
            [
                way(by_link && may.see_sample, "sample", "Sample of homes"),
                way(by_link && may.see_sample, "calls", "Calls"),
                way(invites && !may.is_sampled, "invite", "Send personal links"),
                way(true, "languages", "Languages"),
                way(true, "paper", "Paper form"),
                way(may.change, "details", "Change title, times and texts"),
            ],
        ),
        ways::group(
            "Take answers in",
            [
                way(enters, "enter", "Enter answers"),
                way(may.see_batches && state != State::Draft, "batches", "Batches of paper forms"),
                way(enters, "import", "Bring answers in from a file"),
            ],
        ),
        ways::group(
            "Understand",
            [
                way(has_words, "words", "What people wrote"),
                way(of_measures, "measures", "Measures and margins"),
                way(true, "waves", "Waves"),
            ],
        ),
        ways::group(
            "Hand on",
            [
                way(of_measures, "approach", "Summary of approach"),
                way(survey.is_settled(now), "publishing", "Publish the results"),
                published,
                way(true, "files", "Files"),
            ],
        ),
    ]);
    if !may.change {
        return view! { {results}{all} }.into_any();
    }
    let post = |path: &str, button: AnyView| {
        view! { <form method="post" action=format!("{at}/{path}")>{button}</form> }.into_any()
    };
    let close = (state == State::Open).then(|| {
        let words = "Nobody can begin to answer after that, and it cannot be opened again. Forms opened before may still be sent for 30 minutes.";
        confirm("Close it early", words.to_owned(), post("close", ui::quiet_button("Close it now")))
    });
    let publish = (state == State::Draft).then(|| {
        let who = match survey.access {
            Access::Open => "anybody with the address can answer it",
            Access::Personal => "people with a personal link can answer it",
        };
        let words = format!(
            "When you publish it, {who} from {} until {}. It is listed for residents if it has an open link.",
            found::moment(survey.opens_at),
            found::moment(survey.closes_at),
        );
        confirm("Publish it", words, post("publish", ui::button("Publish the survey")))
    });
    let discard = (state == State::Draft).then(|| {
        let words = "Its texts and its questions are removed for good. Nobody has answered it, as it was never open.";
        confirm("Throw it away", words.to_owned(), post("discard", ui::danger_button("Throw the draft away")))
    });
    view! {
        {publish}
        {results}
        {all}
        {close}
        {discard}
        <div class="ds-toolbar">{post("copy", ui::quiet_button("Make a copy"))}</div>
    }
    .into_any()
}

/// A step that is not taken back: its button shows with what it does when somebody asks for it.
fn confirm(what: impl Into<String>, words: String, button: AnyView) -> AnyView {
    let what: String = what.into();
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{what}</span></summary>
            <div class="govuk-details__text"><p>{words}</p>{button}</div>
        </details>
    }
    .into_any()
}

fn lock_notice(asked: &Asked, may_change: bool) -> Option<AnyView> {
    if asked.version.is_locked() {
        let words = "People have begun to answer, so these questions no longer change: every answer stays an answer to the same words. To ask something else, make a copy of the survey.";
        return Some(view! { <div class="govuk-inset-text">{words}</div> }.into_any());
    }
    if !may_change {
        return None;
    }
    let words = if asked.version.questionnaire.bank().is_some() {
        "The regulator’s questions stay as they are worded, in their order. You can add your own: they stand after all of the regulator’s questions on a theme, never before the first one or between those of a theme. A new question goes to the end; move it up from theme to theme. You can change your own until the first person answers."
    } else {
        "You can change the questions until the first person answers."
    };
    Some(view! { <p>{words}</p> }.into_any())
}

fn questions(asked: &Asked, may_change: bool, standards: &[(i64, String)]) -> AnyView {
    let at = format!("/staff/surveys/{}/questions", asked.survey.id);
    let questionnaire = &asked.version.questionnaire;
    let editable = may_change && !asked.version.is_locked();
    let rows = questionnaire.questions().iter().enumerate().map(|(position, question)| {
        let text = piping::described(&question.text, questionnaire);
        let about = about(question, standards);
        let condition = words::only_if(questionnaire, question)
            .map(|words| view! { <p class="ds-meta">{format!("Asked only if {words}.")}</p> });
        let onward = onward(&at, questionnaire, question, editable);
        let is_own = question.bank.is_none();
        let actions = (editable && is_own).then(|| actions(&at, question, position, questionnaire.questions().len()));
        view! {
            <li class="ds-card ds-card--plain" id=staff_logic::place(question.key) tabindex="-1">
                <h3 class="ds-card__title">{format!("{}. {text}", position + 1)}</h3>
                <p class="ds-card__meta">{about}</p>
                {condition}
                {onward}
                {actions}
            </li>
        }
    });
    let list: Vec<AnyView> = rows.map(IntoAny::into_any).collect();
    let list = if list.is_empty() {
        view! { <div class="ds-empty"><p>"No questions yet. Add the first one below."</p></div> }.into_any()
    } else {
        view! { <ol class="ds-cards ds-cards--one">{list}</ol> }.into_any()
    };
    let add = editable.then(|| {
        view! {
            <form method="get" action=format!("{at}/new") class="ds-filters">
                {ui::select(&Form::default(), "kind", "Kind of question", kinds::ALL)}
                {ui::quiet_button("Add a question")}
            </form>
        }
    });
    view! { {list}{add} }.into_any()
}

/// Where the question leads, each with a link to change it.
fn onward(at: &str, questionnaire: &Questionnaire, question: &Question, editable: bool) -> Vec<AnyView> {
    let sentences = words::onward(questionnaire, question).into_iter().enumerate().map(|(place, words)| {
        let href = format!("{at}/{}/skips/{}", question.key, place + 1);
        let hidden = format!(" where it goes on: {words}");
        let change =
            editable.then(|| view! { " "<a href=href>"Change"<span class="govuk-visually-hidden">{hidden}</span></a> });
        view! { <p class="ds-meta">{words}{change}</p> }.into_any()
    });
    sentences.collect()
}

fn about(question: &Question, standards: &[(i64, String)]) -> String {
    let mut parts = vec![question.kind.name().to_owned()];
    if let Some(item) = &question.bank {
        parts.insert(0, format!("{} · the regulator’s question, which cannot be changed, moved or removed", item.code));
    }
    parts.push(if question.required { "must be answered" } else { "may be left blank" }.to_owned());
    if question.mixed {
        parts.push("answers in a random order".to_owned());
    }
    if question.sealed.is_some() {
        parts.push("sealed".to_owned());
    }
    if question.divides {
        parts.push("divides the results".to_owned());
    }
    let standard = question.measures.and_then(|id| standards.iter().find(|(other, _)| *other == id));
    if let Some((_, name)) = standard {
        parts.push(format!("measures “{name}”"));
    }
    parts.join(" · ")
}

fn actions(at: &str, question: &Question, position: usize, all: usize) -> AnyView {
    let of = format!(" question {}", position + 1);
    let shift = |direction: &'static str, label: &'static str| {
        view! {
            <li><form method="post" action=format!("{at}/{}/move", question.key)>
                {ui::carried("direction", direction)}
                <button class="ds-link-button">{label}<span class="govuk-visually-hidden">{of.clone()}</span></button>
            </form></li>
        }
    };
    let asked = (position > 0).then(|| {
        view! { <li><a href=format!("{at}/{}/asked", question.key)>"Who is asked"<span class="govuk-visually-hidden">{of.clone()}</span></a></li> }
    });
    let skip = (position + 1 < all && question.skips.len() < MOST_SKIPS).then(|| {
        let href = format!("{at}/{}/skips/{}", question.key, question.skips.len() + 1);
        view! { <li><a href=href>"Skip ahead"<span class="govuk-visually-hidden">{format!(" after{of}")}</span></a></li> }
    });
    let up = (position > 0).then(|| shift("up", "Move up"));
    let down = (position + 1 < all).then(|| shift("down", "Move down"));
    let remove = view! {
        <form method="post" action=format!("{at}/{}/remove", question.key)>
            {ui::danger_button(&format!("Yes, remove question {}", position + 1))}
        </form>
    };
    let words = "It is taken out of the survey for good, with its hint and its answers to choose from.";
    view! {
        <ul class="ds-actions">
            <li><a href=format!("{at}/{}", question.key)>"Change"<span class="govuk-visually-hidden">{of.clone()}</span></a></li>
            {asked}
            {skip}
            {up}
            {down}
        </ul>
        {confirm(format!("Remove question {}", position + 1), words.to_owned(), remove.into_any())}
    }
    .into_any()
}

/// The questions as residents see them. It is for looking at only, so nothing in it takes the focus.
fn preview(asked: &Asked) -> AnyView {
    let questionnaire = &asked.version.questionnaire;
    let form = Form::default();
    let drawn = questionnaire.questions().iter().enumerate().map(|(position, question)| {
        let condition = words::only_if(questionnaire, question);
        let question = &piping::described_question(question, questionnaire);
        let drawn = fields::view(question, &form, &Announced::Among { number: position + 1, condition });
        view! { {drawn}{all::onward(questionnaire, question)} }.into_any()
    });
    let drawn: Vec<AnyView> = drawn.collect();
    view! {
        <aside class="ds-split__preview" aria-label="What residents see" tabindex="0">
            <p class="ds-split__label">"What residents see"</p>
            <div inert>{drawn}</div>
        </aside>
    }
    .into_any()
}
