//! The third look at an answer in which two people found different themes.

use leptos::prelude::*;

use super::look::{self, Look};
use super::{Here, here};
use crate::questionnaires::response::Word;
use crate::surveys::verbatims::standing::{Coding, Turn};
use crate::web::{Form, Page, PageError, Reply, Req};

const THIRD: Look = Look {
    turn: Turn::Third,
    path: "settle",
    title: "Settle what two people saw differently",
    did: "settled an answer",
    button: "Save what counts",
};

/// `/staff/surveys/{id}/words/{key}/settle?word=…`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let chosen = match req.query("word") {
        Some(key) => here.standing.word(key).filter(|word| may_settle(&here, word)).cloned(),
        None => here.standing.differing().first().map(|word| (*word).clone()),
    };
    let Some(word) = chosen else {
        return Ok(look::nothing(here, THIRD, "No answer waits for a third look.".to_owned()).into());
    };
    let form = look::fill(here.standing.coding(&word.word_key, Turn::Third));
    Ok(page(here, word, form).into())
}

fn may_settle(here: &Here, word: &Word) -> bool {
    here.standing.differs(&word.word_key) || here.standing.coding(&word.word_key, Turn::Third).is_some()
}

/// Keeps what counts, and leads to the next difference or back to the check.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let left = here.standing.differing().len();
    match look::keep(&req, &here, THIRD).await? {
        Ok(()) if left > 1 => Ok(Reply::redirect(format!("{}/settle", here.at()))),
        Ok(()) => Ok(Reply::redirect(format!("{}/check", here.at())).saying("Every difference is settled")),
        Err((form, word)) => Ok(page(here, word, form).into()),
    }
}

fn page(here: Here, word: Word, form: Form) -> Page {
    let left = here.standing.differing().len();
    let said = if left == 1 { "1 difference to settle".to_owned() } else { format!("{left} differences to settle") };
    let (checked, _) = here.standing.checked();
    let key = word.word_key.clone();
    look::page(here, THIRD, (word, form), (said, checked.saturating_sub(left), checked), move |here| {
        let looks = [("The first person", Turn::First), ("The second person", Turn::Second)];
        let rows = looks.map(|(who, turn)| (who, here.standing.coding(&key, turn).map(|coding| found(here, coding))));
        let rows = rows.into_iter().map(|(who, found)| {
            view! { <li><strong>{who}</strong>": "{found}</li> }
        });
        Some(
            view! {
                <ul>{rows.collect_view()}</ul>
                <p class="ds-meta">"The log says who settles it. Best is somebody who did neither, or both together."</p>
            }
            .into_any(),
        )
    })
}

/// What somebody found, in words.
fn found(here: &Here, coding: &Coding) -> String {
    let names = here.standing.names(&coding.themes);
    let themes = if names.is_empty() { "none of the themes".to_owned() } else { names.join(", ") };
    if coding.note.is_empty() { themes } else { format!("{themes} (note: {})", coding.note) }
}
