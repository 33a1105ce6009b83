//! What people wrote to one question: how far the work is, and the answers, to look through.

use std::collections::HashSet;

use leptos::prelude::*;

use super::{Here, all, here, published_notice, too_few};
use crate::permissions;
use crate::questionnaires::response::Word;
use crate::questionnaires::store as responses;
use crate::surveys::verbatims::filter::{Filter, State};
use crate::surveys::verbatims::mark;
use crate::surveys::verbatims::standing::{Decision, Standing, Turn};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req, cookie};

/// How many answers stand on one page.
const A_PAGE: usize = 40;

/// `/staff/surveys/{id}/words/{key}?q=door&theme=3&state=unread&page=2`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let query = req.query_form();
    let filter = Filter::read(&query, &here.standing).map_err(PageError::BadRequest)?;
    let mut found: Vec<Word> = here.standing.words.clone();
    if !filter.words.is_empty() {
        let mut tx = req.app.db.read().await?;
        let like = responses::list_words(&mut tx, here.of.version_id, here.of.key, &filter.pattern()).await?;
        let like: HashSet<String> = like.into_iter().map(|word| word.word_key).collect();
        found.retain(|word| like.contains(&word.word_key));
    }
    found.retain(|word| filter.fits(&here.standing, word));
    let may_code = permissions::may_post(req.viewer.role(), super::CODE);
    let may_publish = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/words/{key}/publish");
    Ok(Page::staff(format!("What people wrote: {}", here.question.text), move || {
        let many = found.len();
        let from = (filter.page - 1).saturating_mul(A_PAGE);
        let rows = found.iter().skip(from).take(A_PAGE).map(|word| answer(&here, word, may_code));
        let rows = rows.collect_view();
        let list = if many == 0 {
            view! { <div class="ds-empty"><p>"No answers like that."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-quotes">{rows}</ul> }.into_any()
        };
        let search = (!here.standing.words.is_empty()).then(|| {
            view! {
                {filters(&query, &here.standing, many)}
                {list}
                {pages(&query, filter.page, many)}
            }
        });
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}/words", here.asked.survey.id)>"All questions in words"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"What people wrote"</span>" "{here.question.text.clone()}</h1>
                <p class="ds-lead">{all::far(&here.standing)}</p>
            </div>
            {too_few(&here)}
            {published_notice(&here.standing)}
            {steps(&here, may_code, may_publish)}
            {search}
        }
    })
    .into())
}

/// What can be done with the words as they stand.
fn steps(here: &Here, may_code: bool, may_publish: bool) -> AnyView {
    let at = here.at();
    let standing = &here.standing;
    let has_themes = standing.live().next().is_some();
    let is_open = standing.frame.published_at.is_none();
    let any = !standing.words.is_empty();
    let code = (may_code && is_open && any && has_themes)
        .then(|| ui::link_button("Put answers under themes", format!("{at}/code")));
    let read = (may_code && any).then(|| view! { <a href=format!("{at}/review")>"Read before publishing"</a> });
    let check = has_themes.then(|| view! { <a href=format!("{at}/check")>"Check by a second person"</a> });
    let publish = (may_publish && is_open && any)
        .then(|| view! { <a href=format!("{at}/publish")>"Publish what people wrote"</a> });
    let results = format!("/staff/surveys/{}/results", here.asked.survey.id);
    view! {
        <div class="ds-toolbar">
            {code}
            <a href=format!("{at}/themes")>"Themes"</a>
            {check}
            {read}
            {publish}
            <a href=results>"Results of the survey"</a>
        </div>
    }
    .into_any()
}

fn filters(query: &Form, standing: &Standing, many: usize) -> AnyView {
    let all = |words: &str| (String::new(), words.to_owned());
    let themes = standing.live().map(|theme| (theme.id.to_string(), theme.name.clone()));
    let themes = std::iter::once(all("Any theme")).chain(themes);
    let states = State::ALL.iter().map(|(_, code, name)| ((*code).to_owned(), (*name).to_owned()));
    let states = std::iter::once(all("Any")).chain(states);
    view! {
        <form class="ds-filters" method="get">
            {ui::text(query, "q", "Words in the answer").view()}
            {ui::select(query, "theme", "Theme", themes)}
            {ui::select(query, "state", "How far it is", states)}
            {ui::quiet_button("Show")}
            <p class="ds-filters__count">{format!("{} found", ui::counted(many, "answer", "answers"))}</p>
        </form>
    }
    .into_any()
}

/// One answer with what was found in it and decided about it.
fn answer(here: &Here, word: &Word, may_code: bool) -> AnyView {
    let (standing, at, key) = (&here.standing, here.at(), word.word_key.as_str());
    let coding = standing.counting(key);
    let themes = match coding {
        None => "Not under a theme yet".to_owned(),
        // Whoever is still to code it must not see what the first person found.
        Some(_) if standing.is_blind(key) => {
            "Coded. The themes are shown when a second person has coded it too".to_owned()
        }
        Some(coding) if coding.themes.is_empty() => "Under none of the themes".to_owned(),
        Some(coding) => format!("Themes: {}", standing.names(&coding.themes).join(", ")),
    };
    let note = coding.filter(|coding| !coding.note.is_empty() && !standing.is_blind(key));
    let note = note.map(|coding| view! { <p class="ds-meta">{format!("Note: {}", coding.note)}</p> });
    let decided = match standing.decision(key) {
        Decision::Open => "Not decided whether to show",
        Decision::Show => "May be shown",
        Decision::Withhold => "Not shown",
    };
    let marks = standing.reviews.get(key).map(|review| review.marks.as_slice()).unwrap_or_default();
    let without = (!marks.is_empty()).then(|| {
        view! { <p class="ds-meta">{format!("As it would be shown: {}", mark::redacted(&word.value, marks))}</p> }
    });
    let is_open = standing.frame.published_at.is_none() && standing.live().next().is_some();
    let code = (may_code && is_open && standing.coding(key, Turn::Second).is_none()).then(|| {
        let label = if coding.is_some() { "Change its themes" } else { "Put it under themes" };
        view! { <li><a href=format!("{at}/code?word={key}")>{label}</a></li> }
    });
    let review =
        may_code.then(|| view! { <li><a href=format!("{at}/review?word={key}")>"Decide whether to show it"</a></li> });
    let actions = may_code.then(|| view! { <ul class="ds-actions">{code}{review}</ul> });
    view! {
        <li>
            <div class="ds-quote">
                {ui::paragraphs(&word.value)}
                <p class="ds-meta">{format!("{themes}. {decided}.")}</p>
                {note}
                {without}
                {actions}
            </div>
        </li>
    }
    .into_any()
}

/// The ways to the pages before and after.
fn pages(query: &Form, page: usize, many: usize) -> Option<AnyView> {
    let href = |page: usize| {
        let kept = query.fields().iter().filter(|(name, value)| name != "page" && !value.is_empty());
        let kept = kept.map(|(name, value)| format!("{}={}&", cookie::encode(name), cookie::encode(value)));
        format!("?{}page={page}", kept.collect::<String>())
    };
    let before = (page > 1).then(|| view! { <a href=href(page - 1)>"Page before"</a> });
    let after = (page.saturating_mul(A_PAGE) < many).then(|| view! { <a href=href(page + 1)>"Next page"</a> });
    (before.is_some() || after.is_some()).then(|| view! { <div class="ds-toolbar">{before}{after}</div> }.into_any())
}
