//! Putting answers under themes one after the other: as the first person, and as the second who does not see the first.

use super::look::{self, Look};
use super::{Here, here};
use crate::questionnaires::response::Word;
use crate::surveys::verbatims::code;
use crate::surveys::verbatims::standing::Turn;
use crate::thread::id::AccountId;
use crate::web::{Form, Page, PageError, Reply, Req};

const FIRST: Look = Look {
    turn: Turn::First,
    path: "code",
    title: "Put answers under themes",
    did: "put an answer under themes",
    button: "Save and go on",
};

const SECOND: Look = Look {
    turn: Turn::Second,
    path: "second",
    title: "Check answers as the second person",
    did: "checked an answer",
    button: "Save and go on",
};

/// `/staff/surveys/{id}/words/{key}/code?word=…`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let by = req.account()?.id;
    if here.standing.frame.published_at.is_some() {
        return Ok(nothing(here, FIRST, code::Refused::Published.in_words().unwrap_or_default()));
    }
    let chosen = match req.query("word") {
        Some(key) => Some(here.standing.word(key).cloned().ok_or(PageError::NotFound)?),
        None => here.standing.next_first(by, req.query("after")).cloned(),
    };
    let Some(word) = chosen.filter(|_| here.standing.live().next().is_some()) else {
        return Ok(nothing(here, FIRST, "No answer waits to be put under themes."));
    };
    if let Err(refused) = code::may_code_first(&here.standing, &word.word_key, by) {
        return Ok(nothing(here, FIRST, refused.in_words().unwrap_or_default()));
    }
    let form = look::fill(here.standing.coding(&word.word_key, Turn::First));
    Ok(first(here, word, form).into())
}

/// Keeps what was ticked and leads to the next answer, or back to the list after a change.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let is_change = req.form().value("revision").parse::<i64>().is_ok_and(|revision| revision > 0);
    match look::keep(&req, &here, FIRST).await? {
        Ok(()) if is_change => Ok(Reply::redirect(here.at()).saying("The themes of the answer were changed")),
        Ok(()) => Ok(Reply::redirect(format!("{}/code", here.at()))),
        Err((form, word)) => Ok(first(here, word, form).into()),
    }
}

fn first(here: Here, word: Word, form: Form) -> Page {
    let (done, of) = (here.standing.coded(), here.standing.words.len());
    look::page(here, FIRST, (word, form), (format!("{done} of {of} answers are under themes"), done, of), |_| None)
}

/// `/staff/surveys/{id}/words/{key}/second`
pub async fn get_second(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let by = req.account()?.id;
    let Some(word) = here.standing.next_second(by, req.query("after")).cloned() else {
        let why = waiting(&here, by);
        return Ok(nothing(here, SECOND, why));
    };
    Ok(second(here, word, Form::default()).into())
}

/// Keeps what the second person ticked and leads to the next answer.
pub async fn post_second(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    match look::keep(&req, &here, SECOND).await? {
        Ok(()) if here.standing.checked().0 + 1 >= here.standing.checked().1 => {
            Ok(Reply::redirect(format!("{}/check", here.at())).saying("Every answer that was drawn is checked"))
        }
        Ok(()) => Ok(Reply::redirect(format!("{}/second", here.at()))),
        Err((form, word)) => Ok(second(here, word, form).into()),
    }
}

fn second(here: Here, word: Word, form: Form) -> Page {
    let (done, of) = here.standing.checked();
    look::page(here, SECOND, (word, form), (format!("{done} of {of} answers are checked"), done, of), |_| None)
}

/// Why nothing waits for this person as the second.
fn waiting(here: &Here, by: AccountId) -> &'static str {
    let standing = &here.standing;
    let blind = || standing.words.iter().filter(|word| standing.is_blind(&word.word_key));
    if standing.frame.seed.is_empty() {
        "No answers were drawn for a check yet."
    } else if blind().next().is_none() {
        "Every answer that was drawn is checked."
    } else if blind().any(|word| standing.coding(&word.word_key, Turn::First).is_some_and(|first| first.account == by))
    {
        "The answers that still wait are those you coded first. Somebody else must check them."
    } else {
        "The answers that still wait must be put under themes by a first person before."
    }
}

fn nothing(here: Here, look: Look, why: &str) -> Reply {
    look::nothing(here, look, why.to_owned()).into()
}
