//! Items on one scale: a table with heads where there is room, and item after item where there is not.
//!
//! One piece of HTML serves both, and the style sheet alone decides. A browser forgets that a table is one as soon as
//! its parts are laid out as blocks, so that each part says its role itself. Each button is named by its item and its
//! point, so that it says what it means by itself, however it was reached.

use leptos::prelude::*;

use super::{OnPage, group, help, legend};
use crate::questionnaires::kinds::field::Choice;
use crate::ui;

/// Draws the items. An error of one item leads to its first button.
pub(super) fn view(on: &OnPage<'_>, items: &[String], choices: &[Choice]) -> AnyView {
    let (hint, error, described) = help(on.form, on.name, &on.hint());
    let heads = choices.iter().map(|choice| {
        view! { <th scope="col" role="columnheader" class="ds-grid__head">{ui::say(&choice.label)}</th> }
    });
    let heads = heads.collect_view();
    let rows: Vec<AnyView> = items.iter().enumerate().map(|(at, item)| row(on, at, item, choices)).collect();
    view! {
        <div class=group(on.form, on.name)>
            <fieldset class="govuk-fieldset ds-choices ds-grid" id=on.name.to_owned() tabindex="-1" aria-describedby=described>
                {legend(on.words, on.announced)}
                {hint}
                {error}
                <div class="ds-grid__frame">
                    <table class="ds-grid__table" role="table" aria-label=on.question.text.clone()>
                        <thead role="rowgroup" class="ds-grid__heads">
                            <tr role="row">
                                <th scope="col" role="columnheader"><span class="govuk-visually-hidden">{ui::say("Asked about")}</span></th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{rows}</tbody>
                    </table>
                </div>
            </fieldset>
        </div>
    }
    .into_any()
}

fn row(on: &OnPage<'_>, at: usize, item: &str, choices: &[Choice]) -> AnyView {
    let name = format!("{}-{at}", on.name);
    let (_, error, described) = help(on.form, &name, "");
    let class = if error.is_some() { "ds-grid__row ds-grid__row--error" } else { "ds-grid__row" };
    let cells = choices.iter().enumerate().map(|(place, choice)| {
        let id = if place == 0 { name.clone() } else { format!("{name}-{place}") };
        let chosen = on.form.has(&name, &choice.value);
        let named = format!("{name}-item {id}-label");
        view! {
            <td role="cell" class="ds-grid__cell">
                <div class="govuk-radios__item">
                    <input class="govuk-radios__input" id=id.clone() name=name.clone() type="radio" value=choice.value.clone() checked=chosen aria-labelledby=named aria-describedby=described.clone()/>
                    <label class="govuk-label govuk-radios__label" id=format!("{id}-label") for=id><span class="ds-grid__words">{ui::say(&choice.label)}</span></label>
                </div>
            </td>
        }
    });
    let cells = cells.collect_view();
    view! {
        <tr role="row" class=class>
            <th scope="row" role="rowheader" class="ds-grid__item">
                <span id=format!("{name}-item")>{item.to_owned()}</span>
                {error}
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use leptos::prelude::RenderHtml as _;

    use crate::questionnaires::fields::{self, Announced};
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Question;
    use crate::web::Form;

    #[test]
    fn every_button_is_named_by_its_item_and_its_point_and_an_error_leads_to_the_first_of_its_row() {
        let mut question = Question::new("How satisfied are you?", Kind::usual("grid").unwrap());
        question.key = 1;
        let mut form = Form::filled(&[("q1-0", "1")]);
        form.error("q1-1", "Choose one answer for “Second item”");
        let html = fields::view(&question, &form, &Announced::Alone).to_html();
        assert_eq!(html.matches("type=\"radio\"").count(), 12);
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains("id=\"q1-1\" name=\"q1-1\""), "{html}");
        assert!(html.contains("aria-labelledby=\"q1-1-item q1-1-label\""));
        assert_eq!(html.matches("aria-describedby=\"q1-1-error\"").count(), 6);
        for part in ["table", "row", "columnheader", "rowheader", "cell"] {
            assert!(html.contains(&format!("role=\"{part}\"")), "{part}");
        }
    }
}
