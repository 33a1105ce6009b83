//! The form of a scenario: drawing it, filling it in from a record, reading it.

use leptos::prelude::*;

use crate::mystery_shopping::channel::Channel;
use crate::mystery_shopping::cited::Cited;
use crate::mystery_shopping::scenario::{ItemScript, Scenario, Script};
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::Form;

/// The most items of a scenario.
const MOST_ITEMS: usize = 12;
/// Rows for new items after those that are filled in.
const SPARE_ITEMS: usize = 2;

/// A form filled in from a scenario.
pub(super) fn filled(scenario: &Scenario) -> Form {
    let mut form = Form::filled(&[
        ("title", &scenario.title),
        ("channel", scenario.channel.code()),
        ("persona", &scenario.persona),
        ("brief", &scenario.brief),
        ("opening-line", &scenario.opening_line),
        ("facts-allowed", &scenario.facts_allowed),
        ("answer-key", &scenario.answer_key),
        ("stop-rule", &scenario.stop_rule),
    ]);
    for (at, item) in (1..).zip(&scenario.items) {
        form.set(&format!("item-{at}"), &item.wording);
        form.set(&format!("item-{at}-standard"), &item.standard.to_string());
        form.set(&format!("item-{at}-measure"), &item.measure);
    }
    form
}

/// How many rows of items to draw: those that hold something, and a few more.
fn rows(form: &Form) -> usize {
    let last = (1..=MOST_ITEMS).rev().find(|at| !form.value(&format!("item-{at}")).trim().is_empty()).unwrap_or(0);
    (last + SPARE_ITEMS).clamp(3, MOST_ITEMS)
}

/// The fields of the form.
pub(super) fn fields(form: &Form, standards: &[Cited]) -> AnyView {
    let channels =
        std::iter::once(("", "Choose how")).chain(Channel::ALL.map(|channel| (channel.code(), channel.label())));
    let items = (1..=rows(form)).map(|at| item(form, at, standards)).collect_view();
    view! {
        {ui::text(form, "title", "Title").hint("What the shopper tries, in a few words").view()}
        {ui::select(form, "channel", "How it is done", channels)}
        {ui::textarea(form, "persona", "Who the shopper is").hint("A person close to themselves, so that nothing has to be acted").rows(3).view()}
        {ui::textarea(form, "brief", "What to do").hint("Step by step. Never a false emergency, a false complaint about a neighbour, or a worry about somebody’s safety").rows(6).view()}
        {ui::textarea(form, "opening-line", "How to begin").rows(2).view()}
        {ui::textarea(form, "facts-allowed", "What they may say about themselves").rows(3).view()}
        {ui::textarea(form, "answer-key", "What a right answer holds").rows(4).view()}
        {ui::textarea(form, "stop-rule", "When to stop").hint("For example: before anybody is sent out, or when you are asked for your address").rows(3).view()}
        <h2>"What is scored"</h2>
        <p>"Each item tests a promise that is published. To take an item out, empty its words. A number to note is, for example, “seconds until a person answered”. Two more rows appear each time you save."</p>
        {items}
    }
    .into_any()
}

fn item(form: &Form, at: usize, standards: &[Cited]) -> AnyView {
    let field = format!("item-{at}");
    let choices = std::iter::once((String::new(), "Choose a promise".to_owned()))
        .chain(standards.iter().map(|cited| (cited.id.to_string(), format!("{}: {}", cited.area, cited.title))));
    let words = ui::text(form, &field, format!("Item {at}"));
    let words = if at == 1 { words.hint("As a statement: The call was answered within 60 seconds") } else { words };
    view! {
        {words.view()}
        <div class="ds-fields">
            {ui::select(form, &format!("{field}-standard"), format!("Promise that item {at} tests"), choices)}
            {ui::text(form, &format!("{field}-measure"), format!("Number to note for item {at}, if any")).view()}
        </div>
    }
    .into_any()
}

/// Reads the form; none, with the form saying why, when something is missing.
pub(super) fn read(form: &mut Form, standards: &[Cited]) -> Option<Script> {
    let title = form.required("title", "The title", 120, "Enter a title");
    let channel: Option<Channel> = form.choice("channel", "Choose how it is done");
    let persona = form.required("persona", "Who the shopper is", 1000, "Say who the shopper is");
    let brief = form.required("brief", "What to do", 4000, "Say what to do");
    let opening_line = form.text("opening-line", "How to begin", 500);
    let facts_allowed = form.text("facts-allowed", "What they may say", 2000);
    let answer_key = form.text("answer-key", "What a right answer holds", 2000);
    let stop_rule = form.required("stop-rule", "When to stop", 1000, "Say when to stop");
    let items: Vec<ItemScript> = (1..=MOST_ITEMS).filter_map(|at| read_item(form, at, standards)).collect();
    if items.is_empty() && form.is_valid() {
        form.error("item-1", "Enter at least one item to score");
    }
    if !form.is_valid() {
        return None;
    }
    Some(Script { title, persona, channel: channel?, brief, opening_line, facts_allowed, stop_rule, answer_key, items })
}

fn read_item(form: &mut Form, at: usize, standards: &[Cited]) -> Option<ItemScript> {
    let field = format!("item-{at}");
    let wording = form.text(&field, &format!("Item {at}"), 200);
    let measure = form.text(&format!("{field}-measure"), "The number to note", 60);
    let chosen = form.value(&format!("{field}-standard")).parse::<StandardId>().ok();
    let standard = chosen.filter(|id| standards.iter().any(|cited| cited.id == *id));
    if wording.is_empty() {
        if !measure.is_empty() {
            form.error(&field, format!("Enter the words of item {at}, or empty its number"));
        }
        return None;
    }
    if standard.is_none() {
        form.error(&format!("{field}-standard"), format!("Choose the promise that item {at} tests"));
    }
    Some(ItemScript { wording, standard: standard?, measure })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standards() -> Vec<Cited> {
        vec![Cited { id: StandardId(4), title: "Calls".into(), area: "Care".into() }]
    }

    fn typed() -> Form {
        Form::filled(&[
            ("title", "Ask about a repair"),
            ("channel", "phone"),
            ("persona", "A tenant"),
            ("brief", "Phone and ask."),
            ("stop-rule", "Before anybody is sent"),
            ("item-1", "Answered within 60 seconds"),
            ("item-1-standard", "4"),
            ("item-1-measure", "seconds"),
        ])
    }

    #[test]
    fn every_item_must_cite_a_published_promise() {
        let script = read(&mut typed(), &standards()).unwrap();
        assert_eq!(script.items.len(), 1);
        for (field, value, named) in [
            ("item-1-standard", "9", "item-1-standard"),
            ("item-1-standard", "", "item-1-standard"),
            ("item-1", "", "item-1"),
            ("channel", "pigeon", "channel"),
        ] {
            let mut form = typed();
            form.set(field, value);
            assert_eq!(read(&mut form, &standards()), None);
            assert!(form.error_of(named).is_some(), "{named}: {:?}", form.errors());
        }
    }

    #[test]
    fn there_is_always_room_for_two_more_items() {
        assert_eq!(rows(&Form::default()), 3);
        assert_eq!(rows(&Form::filled(&[("item-5", "x")])), 7);
        assert_eq!(rows(&Form::filled(&[("item-12", "x")])), 12);
    }
}
