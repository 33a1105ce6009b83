//! A question as it stands on a page: its words, its help, its error, and what is filled in.

mod grid;
mod photo;
mod places;

pub use photo::picture;
pub use places::press;

use leptos::prelude::*;

use crate::questionnaires::kinds::field::{Choice, Field};
use crate::questionnaires::order;
use crate::questionnaires::question::Question;
use crate::questionnaires::sealed::mark::{NOTICE, WHY};
use crate::ui;
use crate::ui::spoken::Tongue;
use crate::web::Form;

/// How a question is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announced {
    /// Alone on its page: its words are the page's heading.
    Alone,
    /// One of many: its number before its words, and who should answer it if not everybody.
    Among {
        /// Its number on the page.
        number: usize,
        /// "you answered “Yes” to question 2".
        condition: Option<String>,
    },
}

/// Draws a question with the values and the error of the form.
pub fn view(question: &Question, form: &Form, announced: &Announced) -> AnyView {
    view_for(question, form, announced, "")
}

/// Draws a question for one person, whose seed decides the order of options that are to be mixed; with an empty seed
/// they stand as they were written.
pub fn view_for(question: &Question, form: &Form, announced: &Announced, seed: &str) -> AnyView {
    let ordered = |choices: Vec<Choice>| {
        let mixes = question.mixed && !seed.is_empty();
        if mixes { order::mixed(choices, |choice| !choice.is_option(), seed, question.key) } else { choices }
    };
    let number = match announced {
        Announced::Alone => None,
        Announced::Among { number, .. } => Some(*number),
    };
    let words = heading(question, number);
    let condition = match announced {
        Announced::Among { condition: Some(condition), .. } => {
            let words = Tongue::current().fill("Answer this only if {condition}.", &[("condition", condition)]);
            Some(view! { <p class="ds-meta">{words.view()}</p> })
        }
        _ => None,
    };
    let name = question.field_name();
    let on = OnPage { question, form, announced, name: &name, words: &words };
    let drawn = match question.kind.field() {
        Field::Radios(choices) => chosen(&on, ordered(choices), "radio"),
        Field::Checkboxes(choices) => chosen(&on, ordered(choices), "checkbox"),
        Field::Grid { items, choices } => grid::view(&on, &items, &choices),
        Field::Places { options, places } => places::view(&on, &options, &places),
        Field::Photo(way) => photo::view(&on, &way),
        open => typed(question, form, announced, &name, words, open),
    };
    view! { {condition}{drawn} }.into_any()
}

/// A question in words, with its number where it stands among others, and with "(optional)" where it may be left blank.
pub(super) fn heading(question: &Question, number: Option<usize>) -> String {
    let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
    let optional = if question.required { String::new() } else { format!(" {}", ui::said("(optional)")) };
    format!("{number}{}{optional}", question.text)
}

/// Why a sealed question is asked, that it may be left out and how its answers are kept; nothing for any other.
pub(super) fn told_of_seal(question: &Question) -> String {
    let Some(mark) = &question.sealed else { return String::new() };
    // In sentences, whichever way the landlord ends the reason.
    let reason = mark.why.trim().trim_end_matches('.');
    format!("{}. {}", ui::filled(WHY, &[("reason", reason)]), ui::said(NOTICE))
}

/// A question on its way to the page.
struct OnPage<'a> {
    question: &'a Question,
    form: &'a Form,
    announced: &'a Announced,
    /// The name of its field.
    name: &'a str,
    /// The question in words, with its number and "(optional)" where they belong.
    words: &'a str,
}

impl OnPage<'_> {
    /// The builder's hint, what the kind itself says of how to answer, and of a sealed question why it is asked.
    fn hint(&self) -> String {
        let parts = [self.question.hint.clone(), ui::said(self.question.kind.how()), told_of_seal(self.question)];
        let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}

fn chosen(on: &OnPage<'_>, choices: Vec<Choice>, input: &'static str) -> AnyView {
    let OnPage { question, form, announced, name, words } = on;
    let (list, item, box_class, label_class) = if input == "radio" {
        let list = if question.kind.is_row() { "govuk-radios ds-scale" } else { "govuk-radios" };
        (list, "govuk-radios__item", "govuk-radios__input", "govuk-label govuk-radios__label")
    } else {
        ("govuk-checkboxes", "govuk-checkboxes__item", "govuk-checkboxes__input", "govuk-label govuk-checkboxes__label")
    };
    let divider = (input == "checkbox")
        .then(|| view! { <div class="govuk-checkboxes__divider">{ui::say("or")}</div> }.into_any());
    let mut divider = divider;
    let items: Vec<AnyView> = choices
        .into_iter()
        .enumerate()
        .map(|(at, choice)| {
            let id = if at == 0 { (*name).to_owned() } else { format!("{name}-{at}") };
            let is_chosen = form.has(name, &choice.value);
            let before = if choice.apart { divider.take() } else { None };
            let words = choice.says.then(|| words_of(form, name));
            view! {
                {before}
                <div class=item>
                    <input class=box_class id=id.clone() name=(*name).to_owned() type=input value=choice.value checked=is_chosen/>
                    <label class=label_class for=id>{ui::say(choice.label)}</label>
                </div>
                {words}
            }
            .into_any()
        })
        .collect();
    let (hint_view, error_view, described) = help(form, name, &on.hint());
    view! {
        <div class=group(form, name)>
            <fieldset class="govuk-fieldset ds-choices" aria-describedby=described>
                {legend(words, announced)}
                {hint_view}
                {error_view}
                <div class=list>{items}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

/// The box that belongs to the choice above it. It is always there, since nothing can open it without script.
fn words_of(form: &Form, name: &str) -> AnyView {
    let field = ui::text(form, &format!("{name}-other"), "If other, please say what").view();
    view! { <div class="ds-choices__words">{field}</div> }.into_any()
}

fn legend(words: &str, announced: &Announced) -> AnyView {
    let words = words.to_owned();
    match announced {
        Announced::Alone => view! {
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
                <h1 class="govuk-fieldset__heading">{words}</h1>
            </legend>
        }
        .into_any(),
        Announced::Among { .. } => {
            view! { <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words}</legend> }.into_any()
        }
    }
}

/// Kinds that are typed. Alone on a page the question is the heading and the box says "Your answer".
fn typed(question: &Question, form: &Form, announced: &Announced, name: &str, words: String, field: Field) -> AnyView {
    let alone = *announced == Announced::Alone;
    let heading = alone.then(|| view! { <h1 class="govuk-heading-l">{words.clone()}</h1> });
    let label = if alone { "Your answer".to_owned() } else { words };
    let hint = question.hint.as_str();
    let drawn = match field {
        Field::Number { unit } => {
            let field = ui::text(form, name, label).number().width(5);
            let field = if hint.is_empty() { field } else { field.hint(hint) };
            if unit.is_empty() { field.view() } else { field.suffix(unit).view() }
        }
        Field::Date => {
            let hint = if hint.is_empty() { "For example, 27 3 2026" } else { hint };
            ui::day(form, name, label, hint)
        }
        Field::Paragraphs { longest } => {
            let field = ui::textarea(form, name, label).rows(6).limit(longest);
            if hint.is_empty() { field.view() } else { field.hint(hint).view() }
        }
        Field::Line { .. }
        | Field::Radios(_)
        | Field::Checkboxes(_)
        | Field::Grid { .. }
        | Field::Places { .. }
        | Field::Photo(_) => {
            let field = ui::text(form, name, label);
            if hint.is_empty() { field.view() } else { field.hint(hint).view() }
        }
    };
    view! { {heading}{drawn} }.into_any()
}

fn help(form: &Form, name: &str, hint: &str) -> (Option<AnyView>, Option<AnyView>, Option<String>) {
    let hint_view = (!hint.is_empty())
        .then(|| view! { <div id=format!("{name}-hint") class="govuk-hint">{hint.to_owned()}</div> }.into_any());
    let error_view = form.error_of(name).map(|message| {
        view! {
            <p id=format!("{name}-error") class="govuk-error-message">
                <span class="govuk-visually-hidden">{ui::say("Error:")}" "</span>
                {ui::say(message)}
            </p>
        }
        .into_any()
    });
    let ids: Vec<String> =
        [hint_view.is_some().then(|| format!("{name}-hint")), error_view.is_some().then(|| format!("{name}-error"))]
            .into_iter()
            .flatten()
            .collect();
    (hint_view, error_view, (!ids.is_empty()).then(|| ids.join(" ")))
}

fn group(form: &Form, name: &str) -> &'static str {
    if form.error_of(name).is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::{self, Kind, one_choice};

    fn drawn(tag: &str, form: &Form) -> String {
        let mut question = Question::new("How <b>was</b> it?", Kind::usual(tag).unwrap());
        question.key = 1;
        view(&question, form, &Announced::Alone).to_html()
    }

    #[test]
    fn every_kind_has_one_heading_and_a_field_under_its_own_name() {
        for (tag, _) in kinds::ALL {
            let html = drawn(tag, &Form::default());
            assert_eq!(html.matches("<h1").count(), 1, "{tag}");
            assert!(html.contains("name=\"q1"), "{tag}");
            assert!(html.contains("id=\"q1\""), "{tag}");
            assert!(!html.contains("<b>was"), "{tag}");
        }
    }

    #[test]
    fn the_box_of_something_else_stands_beneath_its_choice_with_its_own_error() {
        let settings = one_choice::Settings { other: true, prefer_not: true, ..one_choice::Settings::default() };
        let mut question = Question::new("How did you reach us?", Kind::OneChoice(settings));
        question.key = 1;
        let mut form = Form::filled(&[("q1", "other"), ("q1-other", "")]);
        form.error("q1-other", "Write what it is");
        let html = view(&question, &form, &Announced::Alone).to_html();
        let at = |words: &str| html.find(words).unwrap();
        assert!(at("Other, please say") < at("id=\"q1-other\"") && at("id=\"q1-other\"") < at("Prefer not to say"));
        assert!(html.contains("aria-describedby=\"q1-other-error\""), "{html}");
    }

    #[test]
    fn what_was_filled_in_and_what_is_wrong_are_shown() {
        let mut form = Form::filled(&[("q1", "1")]);
        form.error("q1", "Choose one answer");
        let html = drawn("scale", &form);
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains("aria-describedby=\"q1-error\""));
        let html = drawn("long_text", &Form::filled(&[("q1", "Still dripping")]));
        assert!(html.contains("Still dripping</textarea>"));
    }
}
