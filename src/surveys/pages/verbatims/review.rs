//! Reading an answer before it may be shown: what would give somebody away is taken out, and a person decides.

use leptos::prelude::*;

use super::{Here, back, heading, here, named};
use crate::questionnaires::response::Word;
use crate::surveys::verbatims::mark::{self, Kind, Mark};
use crate::surveys::verbatims::review::{self, Refused};
use crate::surveys::verbatims::standing::{Decision, Review};
use crate::surveys::verbatims::suggest;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The value of the button that takes parts out without deciding.
const LOOK: &str = "look";

/// `/staff/surveys/{id}/words/{key}/review?word=…`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let by = req.account()?.id;
    let chosen = match req.query("word") {
        Some(key) => Some(here.standing.word(key).cloned().ok_or(PageError::NotFound)?),
        None => here.standing.next_review(by, req.query("after")).cloned(),
    };
    let Some(word) = chosen else { return Ok(nothing(here).into()) };
    let before = here.standing.reviews.get(&word.word_key);
    // What was found is ticked until somebody has looked.
    let ticked = before.map_or_else(|| suggest::suggest(&word.value), |review| review.marks.clone());
    let form = Form::new(ticked.into_iter().map(|mark| ("part".to_owned(), mark.code())).collect());
    Ok(page(here, word, form).into())
}

/// Keeps what is taken out, and what was decided.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let mut form = req.form();
    let word = here.standing.word(form.value("word")).cloned().ok_or(PageError::NotFound)?;
    let pressed = form.value("step").to_owned();
    let decision = match pressed.as_str() {
        LOOK => Some(Decision::Open),
        other => other.parse().ok().filter(|decision| *decision != Decision::Open),
    };
    if decision.is_none() {
        form.error("words", "Choose one of the buttons");
    }
    let marks = read(&mut form, &word.value);
    let Some(decision) = decision.filter(|_| form.is_valid()) else { return Ok(page(here, word, form).into()) };
    let revision = form.value("revision").parse().unwrap_or(0);
    let decided = review::decided(decision, marks, revision, req.account()?.id);
    let mut tx = req.app.db.write().await?;
    match review::decide(&mut tx, here.of, &word.word_key, decided).await {
        Ok(()) => {
            let did = match decision {
                Decision::Open => "marked parts of an answer",
                Decision::Show => "let an answer be shown",
                Decision::Withhold => "kept an answer from being shown",
            };
            req.audit(&mut tx, did, &here.object(), &here.detail(&named(&word.word_key))).await?;
            tx.commit().await?;
            Ok(Reply::redirect(match decision {
                Decision::Open => format!("{}/review?word={}", here.at(), word.word_key),
                Decision::Show | Decision::Withhold => format!("{}/review", here.at()),
            }))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error("words", refused.in_words().unwrap_or_default());
            Ok(page(here, word, form).into())
        }
    }
}

/// The parts that are ticked, and every place of the words that were typed.
fn read(form: &mut Form, text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = form.values("part").iter().filter_map(|code| code.parse().ok()).collect();
    let words = form.text("words", "The words", 200);
    if words.is_empty() {
        return marks;
    }
    let kind = form.choice::<Kind>("kind", "Choose what the words would give away");
    let found = kind.map(|kind| mark::find(text, &words, kind)).unwrap_or_default();
    if found.is_empty() && kind.is_some() {
        form.error("words", "These words do not stand in the answer. Type them as they stand there");
    }
    marks.extend(found);
    marks
}

/// The page when every answer was read.
fn nothing(here: Here) -> Page {
    Page::staff("Read before publishing", move || {
        view! {
            {back(&here)}
            {heading(&here, "Read before publishing")}
            {super::too_few(&here)}
            <div class="govuk-inset-text">"No answer waits to be read."</div>
        }
    })
}

/// What can be taken out: what is taken out already, and what was found beside it.
fn offered(text: &str, before: Option<&Review>, form: &Form) -> Vec<Mark> {
    let kept = before.map(|review| review.marks.clone()).unwrap_or_default();
    let ticked: Vec<Mark> = form.values("part").iter().filter_map(|code| code.parse().ok()).collect();
    let mut offered: Vec<Mark> = Vec::new();
    for mark in kept.into_iter().chain(suggest::suggest(text)).chain(ticked) {
        let meets = offered.iter().any(|other| mark::tidy(text, vec![*other, mark]).len() < 2);
        if !meets {
            offered.push(mark);
        }
    }
    mark::tidy(text, offered)
}

fn page(here: Here, word: Word, form: Form) -> Page {
    let error_form = form.clone();
    Page::staff("Read before publishing", move || {
        let at = here.at();
        let before = here.standing.reviews.get(&word.word_key);
        let revision = match form.value("revision") {
            "" => before.map_or(0, |review| review.revision).to_string(),
            carried => carried.to_owned(),
        };
        let offered = offered(&word.value, before, &form);
        let (done, of) = (here.standing.reviewed(), here.standing.words.len());
        let parts = (!offered.is_empty()).then(|| {
            let choices = mark::parts(&word.value, &offered).into_iter().filter_map(|(words, mark)| {
                let mark = mark?;
                Some((mark.code(), format!("“{words}” – {}", mark.kind.label())))
            });
            ui::checkboxes(&form, "part", "Parts to take out", choices).hint("Found by simple rules, or marked before. Untick what may stay.").view()
        });
        let marks = before.map(|review| review.marks.as_slice()).unwrap_or_default();
        let preview = (!marks.is_empty()).then(|| {
            view! {
                <h2>"As it would be shown"</h2>
                <div class="ds-quote">{ui::paragraphs(&mark::redacted(&word.value, marks))}</div>
            }
        });
        let decided = match here.standing.decision(&word.word_key) {
            Decision::Open => None,
            Decision::Show => Some("Somebody decided that it may be shown."),
            Decision::Withhold => Some("Somebody decided that it is not shown."),
        };
        let kinds = std::iter::once((String::new(), "Choose".to_owned()))
            .chain(Kind::ALL.map(|kind| (kind.code().to_owned(), kind.label().to_owned())));
        view! {
            {back(&here)}
            {ui::error_summary(&form)}
            {heading(&here, "Read before publishing")}
            <p class="ds-progress-label">{format!("{done} of {of} answers are read")}</p>
            <progress class="ds-progress" max=of.to_string() value=done.to_string() aria-hidden="true"></progress>
            <p>"Nobody must be recognised by it: no names, no addresses, no health. The answer itself is never changed. Rules find some of it; only you can tell."</p>
            {decided.map(|words| view! { <p class="ds-meta">{words}</p> })}
            <form method="post" action=format!("{at}/review") novalidate>
                {ui::carried("word", word.word_key.clone())}
                {ui::carried("revision", revision)}
                <div class="ds-quote">{marked(&word.value, &offered)}</div>
                {preview}
                {parts}
                <div class="ds-fields">
                    {ui::text(&form, "words", "Other words to take out").hint("As they stand in the answer, a name or a passage at a time.").view()}
                    {ui::select(&form, "kind", "What they would give away", kinds)}
                </div>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=LOOK>"Take these out and look again"</button>
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button" name=ui::STEP value=Decision::Show.code()>"It may be shown without these parts"</button>
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=Decision::Withhold.code()>"Do not show it"</button>
                    <a href=format!("{at}/review?after={}", word.word_key)>"Leave it for later"</a>
                </div>
            </form>
        }
    })
    .with_form(&error_form)
}

/// The answer with what was found in it, each with what it is.
fn marked(text: &str, marks: &[Mark]) -> AnyView {
    let parts = mark::parts(text, marks).into_iter().map(|(words, mark)| {
        let words = words.to_owned();
        match mark {
            Some(mark) => {
                view! { <mark class="ds-mark">{words}</mark>{format!(" ({})", mark.kind.label())} }.into_any()
            }
            None => words.into_any(),
        }
    });
    view! { <p>{parts.collect_view()}</p> }.into_any()
}
