//! A document into questions: every entry read first, then joined one after the other by the rules of any change.

use serde_json::Value;

use super::Fault;
use super::condition::{self, Named};
use super::question::{self, Entry, Holds, Own};
use crate::questionnaires::condition::Condition;
use crate::questionnaires::piping;
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::{MOST_QUESTIONS, Questionnaire, Refused};

/// Reads the questions of a document into `start`, which is empty or holds the questions of a bank. `standards` gives the
/// names of what questions may measure; a name that is not among them is left out.
///
/// # Errors
/// Every fault of the entries, or the first by which they do not fit together.
pub fn read(entries: &[Value], start: Questionnaire, standards: &[(i64, String)]) -> Result<Questionnaire, Vec<Fault>> {
    if entries.len() > MOST_QUESTIONS {
        return Err(vec![Fault::new("questions", format!("there are more than {MOST_QUESTIONS}"))]);
    }
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for (at, entry) in entries.iter().enumerate() {
        match question::read(at, entry) {
            Ok(entry) => found.push(entry),
            Err(fault) => faults.push(fault),
        }
    }
    for (at, entry) in found.iter().enumerate() {
        if found.iter().take(at).any(|earlier| earlier.id == entry.id) {
            faults.push(Fault::new(format!("{}.id", entry.place), format!("“{}” stands twice", entry.id)));
        }
    }
    if faults.is_empty() { join(&found, start, standards).map_err(|fault| vec![fault]) } else { Err(faults) }
}

fn join(entries: &[Entry], start: Questionnaire, standards: &[(i64, String)]) -> Result<Questionnaire, Fault> {
    check_bank(entries, &start)?;
    let mut of = start;
    // The keys of the entries so far, in their order.
    let mut keys: Vec<u16> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let key = match &entry.holds {
            Holds::OfBank(_) => of.at(at).map(|question| question.key).unwrap_or_default(),
            Holds::Own(own) => {
                let place = format!("{}.ask_if", entry.place);
                let known = named(entries, &keys, &of);
                let ask_if = own.ask_if.as_ref().map(|value| condition::read(value, &place, &known)).transpose()?;
                add(&mut of, at, entry, own, ask_if, standards)?
            }
        };
        keys.push(key);
    }
    for ((at, entry), key) in entries.iter().enumerate().zip(&keys) {
        let Holds::Own(own) = &entry.holds else { continue };
        for (skip_at, skip) in own.skips.iter().enumerate() {
            let place = format!("{}.skips[{skip_at}]", entry.place);
            let earlier: Vec<u16> = keys.iter().take(at + 1).copied().collect();
            let when = condition::read(&skip.when, &format!("{place}.when"), &named(entries, &earlier, &of))?;
            let to = skip.to.as_ref().map(|to| {
                let target = entries.iter().zip(&keys).find(|(entry, _)| entry.id == *to).map(|(_, key)| *key);
                target.ok_or_else(|| Fault::new(format!("{place}.to"), format!("“{to}” names no question")))
            });
            let skip = Skip { when, to: to.transpose()? };
            of.set_skip(*key, skip_at, Some(skip)).map_err(|refused| Fault::new(place, refusal(refused)))?;
        }
    }
    Ok(of)
}

/// The entries that have a key, which later ones may name.
fn named<'a>(entries: &'a [Entry], keys: &[u16], of: &'a Questionnaire) -> Vec<Named<'a>> {
    let each = entries.iter().zip(keys);
    each.filter_map(|(entry, key)| Some(Named { id: &entry.id, key: *key, kind: &of.find(*key)?.kind })).collect()
}

/// Checks that the questions of the bank are all there, in their order.
fn check_bank(entries: &[Entry], start: &Questionnaire) -> Result<(), Fault> {
    let mut wanted = start.questions().iter().filter_map(|question| Some(question.bank.as_ref()?.code.as_str()));
    for entry in entries {
        if let Holds::OfBank(code) = &entry.holds {
            let next = wanted.next();
            if next != Some(code) {
                let message = next.map_or_else(
                    || format!("the bank has no question “{code}” here"),
                    |next| format!("the next question of the bank is “{next}” and not “{code}”"),
                );
                return Err(Fault::new(format!("{}.bank", entry.place), message));
            }
        }
    }
    wanted
        .next()
        .map_or(Ok(()), |code| Err(Fault::new("questions", format!("the question “{code}” of the bank is missing"))))
}

fn add(
    of: &mut Questionnaire,
    at: usize,
    entry: &Entry,
    own: &Own,
    ask_if: Option<Condition>,
    standards: &[(i64, String)],
) -> Result<u16, Fault> {
    let place = |field: &str| format!("{}.{field}", entry.place);
    let text =
        |field: &str, text: &str| piping::stored(text, of, at).map_err(|message| Fault::new(place(field), message));
    let (words, hint) = (text("text", &own.text)?, text("hint", &own.hint)?);
    let measures = own.measures.as_ref().and_then(|name| standards.iter().find(|(_, known)| known == name));
    let kind = own.kind.clone();
    let question = Question {
        key: 0,
        text: words,
        hint,
        required: own.required,
        show_if: ask_if,
        skips: Vec::new(),
        measures: measures.map(|(id, _)| *id).filter(|_| kind.measures()),
        divides: own.divides && kind.divides(),
        mixed: own.mixed && Question::may_mix(&kind),
        bank: None,
        sealed: own.sealed.clone(),
        kind,
    };
    let refused = |refused: Refused| Fault::new(entry.place.clone(), refusal(refused));
    let key = of.add(question).map_err(refused)?;
    // It joins at the end and moves up, past the questions of the bank that follow it.
    while of.position(key).is_some_and(|position| position > at) {
        of.shift(key, true).map_err(refused)?;
    }
    if of.position(key) == Some(at) { Ok(key) } else { Err(refused(Refused::NoSlot)) }
}

const fn refusal(refused: Refused) -> &'static str {
    match refused {
        Refused::LaterReference => "depends on a question that does not come before it, or repeats its answer",
        Refused::SkipsBack => "leads backwards, or to no question",
        Refused::NoCondition => "is a condition that says nothing somewhere, or more than one can hold",
        Refused::TooMany => "there are too many questions",
        Refused::TooManySkips => "a question can lead on in at most 5 ways",
        Refused::NoSlot => "stands before or between the bank’s questions on a theme",
        Refused::Sealed(fault) => fault.in_words(),
        Refused::PastFixed => "leads past questions of the bank",
        Refused::Fixed | Refused::Needed | Refused::NoSuchQuestion => "does not fit the others",
    }
}
