//! One look at one answer: the answer, the themes to tick, a note. It is the same form for all three looks.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{Here, back, heading, named};
use crate::questionnaires::response::Word;
use crate::surveys::verbatims::code::{self, Found, Refused};
use crate::surveys::verbatims::standing::{Coding, Turn};
use crate::thread::id::ThemeId;
use crate::ui;
use crate::web::{Form, Page, PageError, Req};

/// The box that says that no theme fits.
const NONE: &str = "none";

/// What a page of a look says.
#[derive(Clone, Copy)]
pub struct Look {
    pub turn: Turn,
    /// The last part of its address.
    pub path: &'static str,
    pub title: &'static str,
    /// What the log says was done.
    pub did: &'static str,
    pub button: &'static str,
}

/// The form as it stands before anything is typed.
pub fn fill(before: Option<&Coding>) -> Form {
    let Some(before) = before else { return Form::default() };
    let mut fields: Vec<(String, String)> =
        before.themes.iter().map(|id| ("theme".to_owned(), id.to_string())).collect();
    if fields.is_empty() {
        fields.push(("theme".to_owned(), NONE.to_owned()));
    }
    fields.push(("note".to_owned(), before.note.clone()));
    Form::new(fields)
}

/// The themes and the note of a form; none where something is wrong, which the form then says.
fn read(form: &mut Form) -> Option<(BTreeSet<ThemeId>, String)> {
    let ticked = form.values("theme");
    let is_none = ticked.contains(&NONE);
    let themes: BTreeSet<ThemeId> = ticked.iter().filter_map(|id| id.parse().ok()).collect();
    match (themes.is_empty(), is_none) {
        (true, false) => form.error("theme", "Tick at least one theme, or “None of these”"),
        (false, true) => form.error("theme", "Tick either themes or “None of these”, not both"),
        _ => {}
    }
    let note = form.text("note", "The note", 500);
    form.is_valid().then_some((themes, note))
}

/// Keeps what was posted. The inner error is the form, which says what is wrong, and the answer it is about.
pub async fn keep(req: &Req, here: &Here, look: Look) -> Result<Result<(), (Form, Word)>, PageError> {
    let mut form = req.form();
    let word = here.standing.word(form.value("word")).cloned().ok_or(PageError::NotFound)?;
    let revision = form.value("revision").parse().unwrap_or(0);
    let Some((themes, note)) = read(&mut form) else { return Ok(Err((form, word))) };
    let by = req.account()?.id;
    let found = Found { word: &word.word_key, turn: look.turn, themes: &themes, note: &note, revision, by };
    let mut tx = req.app.db.write().await?;
    match code::code(&mut tx, here.of, &found).await {
        Ok(()) => {
            req.audit(&mut tx, look.did, &here.object(), &here.detail(&named(&word.word_key))).await?;
            tx.commit().await?;
            Ok(Ok(()))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error("theme", refused.in_words().unwrap_or_default());
            Ok(Err((form, word)))
        }
    }
}

/// The page of a look at an answer. `beside` stands under the answer: what others found in it, where that may be seen.
pub fn page(
    here: Here,
    look: Look,
    (word, form): (Word, Form),
    progress: (String, usize, usize),
    beside: impl FnOnce(&Here) -> Option<AnyView> + Send + 'static,
) -> Page {
    let error_form = form.clone();
    Page::staff(look.title, move || {
        let at = here.at();
        let (said, done, of) = progress;
        let revision = match form.value("revision") {
            "" => here.standing.coding(&word.word_key, look.turn).map_or(0, |before| before.revision).to_string(),
            carried => carried.to_owned(),
        };
        let themes = here.standing.live().map(|theme| {
            let about = if theme.description.is_empty() { String::new() } else { format!(" – {}", theme.description) };
            (theme.id.to_string(), format!("{}{about}", theme.name))
        });
        let themes = themes.chain([(NONE.to_owned(), "None of these".to_owned())]);
        let skip = (look.turn != Turn::Third).then(|| {
            view! { <a href=format!("{at}/{}?after={}", look.path, word.word_key)>"Leave it for later"</a> }
        });
        let beside = beside(&here);
        view! {
            {back(&here)}
            {ui::error_summary(&form)}
            {heading(&here, look.title)}
            <p class="ds-progress-label">{said}</p>
            <progress class="ds-progress" max=of.to_string() value=done.to_string() aria-hidden="true"></progress>
            <form method="post" action=format!("{at}/{}", look.path) novalidate>
                {ui::carried("word", word.word_key.clone())}
                {ui::carried("revision", revision)}
                <div class="ds-quote">{ui::paragraphs(&word.value)}</div>
                {beside}
                {ui::checkboxes(&form, "theme", "Which themes is it about?", themes).hint("Tick every theme that fits. The space bar ticks, the Enter key saves.").view()}
                {ui::text(&form, "note", "Note (you may leave this out)").hint("For those who work on these answers. It is never published.").view()}
                <div class="ds-toolbar">{ui::button(look.button)}{skip}</div>
            </form>
        }
    })
    .with_form(&error_form)
}

/// The page when no answer waits for this look.
pub fn nothing(here: Here, look: Look, why: String) -> Page {
    Page::staff(look.title, move || {
        let themes = here.standing.live().next().is_none().then(|| {
            view! { <p><a href=format!("{}/themes", here.at())>"Make the themes first"</a></p> }
        });
        view! {
            {back(&here)}
            {heading(&here, look.title)}
            <div class="govuk-inset-text">{why}</div>
            {themes}
        }
    })
}
