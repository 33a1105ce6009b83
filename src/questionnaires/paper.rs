//! A question as it is printed: boxes to tick and lines to write on, under the number it has on the screen.

use leptos::prelude::*;

use crate::questionnaires::fields;
use crate::questionnaires::kinds::field::{Choice, Field};
use crate::questionnaires::question::Question;
use crate::ui;
use crate::ui::spoken::Tongue;

/// How many characters stand on a printed line, written by hand.
const ON_A_LINE: usize = 70;
/// How many lines are printed at least and at most for a longer answer; whoever needs more may add paper.
const LINES: (usize, usize) = (4, 8);

/// Draws a question. `condition` says who should answer it, to follow "only if".
pub fn view(question: &Question, number: usize, condition: Option<String>) -> AnyView {
    let heading = fields::heading(question, Some(number));
    let condition = condition.map(|words| {
        let words = Tongue::current().fill("Only if {condition}.", &[("condition", &words)]);
        view! { <p class="ds-paper__only"><strong>{words.view()}</strong></p> }
    });
    let hint = (!question.hint.is_empty()).then(|| view! { <p class="ds-meta">{question.hint.clone()}</p> });
    let seal = fields::told_of_seal(question);
    let seal = (!seal.is_empty()).then(|| view! { <p class="ds-meta">{seal}</p> });
    view! {
        <section class="ds-paper__question">
            <h2>{heading}</h2>
            {condition}
            {hint}
            {seal}
            {answer(question)}
        </section>
    }
    .into_any()
}

fn answer(question: &Question) -> AnyView {
    let how = question.kind.how();
    match question.kind.field() {
        Field::Radios(choices) => boxes("Tick one box.", choices, question.kind.is_row()),
        Field::Checkboxes(choices) => boxes(&how, choices, false),
        Field::Grid { items, choices } => items_of(&items, &choices),
        Field::Places { options, .. } => places(&how, &options),
        Field::Number { unit } => {
            let unit = (!unit.is_empty()).then(|| format!(" {unit}"));
            let words = if question.kind.decimals() == 0 { "Write a whole number:" } else { "Write a number:" };
            view! { <p>{ui::say(words)}" "{blank(6)}{unit}</p> }.into_any()
        }
        Field::Date => {
            let [day, month, year] = ["Day", "Month", "Year"].map(ui::say);
            view! { <p>{day}" "{blank(3)}" "{month}" "{blank(3)}" "{year}" "{blank(5)}</p> }.into_any()
        }
        Field::Line { longest } => lines(longest.div_ceil(ON_A_LINE).clamp(1, 2)),
        Field::Paragraphs { longest } => lines((longest / ON_A_LINE).clamp(LINES.0, LINES.1)),
        Field::Photo(_) => {
            let words = "Please attach a photo if you have one. We see it and do not publish it.";
            view! { <p class="ds-meta">{ui::say(words)}" "{ui::say(how)}</p>{boxes("", vec![attached()], false)} }
                .into_any()
        }
    }
}

/// The box that says whether a photo belongs to the form, for whoever opens the post.
fn attached() -> Choice {
    Choice { value: "yes".to_owned(), label: "A photo is attached".to_owned(), apart: false, says: false }
}

fn boxes(how: &str, choices: Vec<Choice>, row: bool) -> AnyView {
    let how = (!how.is_empty()).then(|| view! { <p class="ds-meta">{ui::say(how)}</p> });
    let items = choices.into_iter().map(|choice| {
        let class = if choice.apart { "ds-paper__choice ds-paper__choice--apart" } else { "ds-paper__choice" };
        let words = choice.says.then(|| view! { <div class="ds-paper__line" aria-hidden="true"></div> });
        view! { <li class=class><span class="ds-paper__box" aria-hidden="true"></span><span>{ui::say(choice.label)}</span>{words}</li> }
    });
    let items = items.collect_view();
    let class = if row { "ds-paper__choices ds-paper__choices--row" } else { "ds-paper__choices" };
    view! { {how}<ul class=class>{items}</ul> }.into_any()
}

/// The boxes of each item under its words.
fn items_of(items: &[String], choices: &[Choice]) -> AnyView {
    let each = items.iter().map(|item| {
        view! { <h3>{item.clone()}</h3>{boxes("", choices.to_vec(), true)} }
    });
    let each = each.collect_view();
    view! { <p class="ds-meta">{ui::say("Tick one box for each.")}</p>{each} }.into_any()
}

/// Room for a place before each option.
fn places(how: &str, options: &[String]) -> AnyView {
    let each = options
        .iter()
        .map(|option| view! { <li class="ds-paper__choice">{blank(3)}<span>{option.clone()}</span></li> });
    let each = each.collect_view();
    view! { <p class="ds-meta">{ui::say(how)}</p><ul class="ds-paper__choices">{each}</ul> }.into_any()
}

/// Room for so many figures.
fn blank(figures: u8) -> AnyView {
    view! { <span class=format!("ds-paper__blank ds-paper__blank--{figures}") aria-hidden="true"></span> }.into_any()
}

fn lines(many: usize) -> AnyView {
    let drawn: Vec<AnyView> = (0..many).map(|_| view! { <div class="ds-paper__line"></div> }.into_any()).collect();
    view! { <p class="ds-meta">{ui::say("Write on the lines.")}</p><div aria-hidden="true">{drawn}</div> }.into_any()
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
