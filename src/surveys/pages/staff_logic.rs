//! What stands in the survey's page about its logic: what is wrong with it, and every way through.

use leptos::prelude::*;

use crate::questionnaires::checker::{self, Weight};
use crate::questionnaires::paths::{self, Path};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::ui;

/// What a check of the questions found, what must be changed first. Nothing when all is well.
pub fn findings(questionnaire: &Questionnaire) -> Option<AnyView> {
    let mut findings = checker::check(questionnaire);
    findings.sort_by_key(|finding| finding.weight);
    if findings.is_empty() {
        return None;
    }
    let items = findings.into_iter().map(|finding| {
        let word = match finding.weight {
            Weight::Wrong => ui::status("late", "Must be changed"),
            Weight::Doubtful => ui::status("close", "Have a look"),
        };
        let href = format!("#{}", place(finding.key));
        view! { <li>{word}" "{finding.message}". "<a href=href>"Go to it"<span class="govuk-visually-hidden">{ordinal(questionnaire, finding.key)}</span></a></li> }
    });
    let view = view! {
        <section class="ds-section">
            <h2>"Check of the questions"</h2>
            <ul class="govuk-list govuk-list--spaced">{items.collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}

/// The id of a question's place in the page.
pub fn place(key: u16) -> String {
    format!("question-{key}")
}

fn ordinal(questionnaire: &Questionnaire, key: u16) -> String {
    questionnaire.position(key).map(|at| format!(": question {}", at + 1)).unwrap_or_default()
}

/// Every way through the questions, in words; nothing where everybody is asked everything.
pub fn ways(questionnaire: &Questionnaire) -> Option<AnyView> {
    if questionnaire.questions().iter().all(|question| question.conditions().next().is_none()) {
        return None;
    }
    let body = match paths::paths(questionnaire) {
        Err(_) => {
            view! { <p>"There are so many ways through these questions that they cannot be listed. Try the survey to see how it goes."</p> }
                .into_any()
        }
        Ok((listed, more)) => {
            let items: Vec<AnyView> = listed.iter().map(way).collect();
            let more = more.then(|| view! { <p>{format!("There are more. These are the {} longest.", paths::MOST)}</p> });
            view! { <ol class="govuk-list govuk-list--number govuk-list--spaced">{items}</ol>{more} }.into_any()
        }
    };
    let view = view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Every way through the questions"</span></summary>
            <div class="govuk-details__text">{body}</div>
        </details>
    };
    Some(view.into_any())
}

fn way(path: &Path) -> AnyView {
    let asked = match path.asked.len() {
        0 => "No question at all".to_owned(),
        1 => format!("Question {}", paths::numbers(&path.asked)),
        _ => format!("Questions {}", paths::numbers(&path.asked)),
    };
    let after: Vec<String> =
        path.after.iter().map(|(position, said)| format!("question {} {said}", position + 1)).collect();
    let after = if after.is_empty() { String::new() } else { format!(", for example after {}", after.join(", ")) };
    view! { <li>{asked}{after}"."</li> }.into_any()
}
