//! Options to put in order: a list of places beside each, which needs no dragging, no script and no fine hand.

use leptos::prelude::*;

use super::{OnPage, group, help, legend};
use crate::questionnaires::kinds::field::Choice;
use crate::ui::spoken::Tongue;

/// Draws the options. An error of one option leads to its list.
pub(super) fn view(on: &OnPage<'_>, options: &[String], places: &[Choice]) -> AnyView {
    let (hint, error, described) = help(on.form, on.name, &on.hint());
    let rows: Vec<AnyView> = options.iter().enumerate().map(|(at, option)| row(on, at, option, places)).collect();
    view! {
        <div class=group(on.form, on.name)>
            <fieldset class="govuk-fieldset ds-places" id=on.name.to_owned() tabindex="-1" aria-describedby=described>
                {legend(on.words, on.announced)}
                {hint}
                {error}
                {rows}
            </fieldset>
        </div>
    }
    .into_any()
}

fn row(on: &OnPage<'_>, at: usize, option: &str, places: &[Choice]) -> AnyView {
    let name = format!("{}-{at}", on.name);
    let (_, error, described) = help(on.form, &name, "");
    let class = if error.is_some() { "govuk-select govuk-select--error" } else { "govuk-select" };
    let row = if error.is_some() { "ds-places__row ds-places__row--error" } else { "ds-places__row" };
    let given = on.form.value(&name);
    let places = places.iter().map(|place| {
        let chosen = given == place.value;
        option_of(&place.label, &place.value, chosen)
    });
    let places = places.collect_view();
    view! {
        <div class=row>
            {error}
            <div class="ds-places__pair">
                <select class=class id=name.clone() name=name.clone() aria-describedby=described>
                    {option_of("No place", "", false)}
                    {places}
                </select>
                <label class="govuk-label" for=name>{option.to_owned()}</label>
            </div>
        </div>
    }
    .into_any()
}

/// A line of the list, in which no further element may stand.
fn option_of(label: &str, value: &str, chosen: bool) -> AnyView {
    let said = Tongue::current().say(label);
    let lang = said.lang();
    view! { <option value=value.to_owned() lang=lang selected=chosen>{said.words}</option> }.into_any()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::RenderHtml as _;

    use crate::questionnaires::fields::{self, Announced};
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Question;
    use crate::web::Form;

    #[test]
    fn every_option_has_a_list_of_places_that_keeps_its_choice_and_names_its_error() {
        let mut question = Question::new("What comes first?", Kind::usual("ranking").unwrap());
        question.key = 1;
        let mut form = Form::filled(&[("q1-0", "2"), ("q1-1", "2")]);
        form.error("q1-1", "Both are 2nd");
        let html = fields::view(&question, &form, &Announced::Alone).to_html();
        assert_eq!(html.matches("<select").count(), 3);
        assert_eq!(html.matches(" selected").count(), 2);
        assert!(html.contains("id=\"q1-1\" name=\"q1-1\" aria-describedby=\"q1-1-error\""), "{html}");
        assert!(html.contains("<label for=\"q1-2\" class=\"govuk-label\">Third answer<"), "{html}");
    }
}
