//! Options to put in order: a list of places beside each, and buttons that move it up and down. Neither needs dragging,
//! script or a fine hand.

use leptos::prelude::*;

use super::{OnPage, group, help, legend};
use crate::questionnaires::kinds::field::{Choice, Field};
use crate::questionnaires::question::Question;
use crate::ui;
use crate::ui::spoken::Tongue;
use crate::web::Form;

/// Which way a button moves an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    const BOTH: [Self; 2] = [Self::Up, Self::Down];

    const fn code(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// The value of the button that moves an option.
fn button_value(name: &str, at: usize, way: Way) -> String {
    format!("{name}-{at}-{}", way.code())
}

/// Moves an option of one of these questions if the form was sent by one of its buttons: it is then to be drawn again.
pub fn press(questions: &[Question], form: &mut Form) -> bool {
    let pressed = form.value("step").to_owned();
    for question in questions {
        let (name, Field::Places { options, places }) = (question.field_name(), question.kind.field()) else {
            continue;
        };
        for at in 0..options.len() {
            for way in Way::BOTH {
                if pressed == button_value(&name, at, way) {
                    let order = moved(order(form, &name, options.len(), &places), at, way, places.len());
                    for at in 0..options.len() {
                        let place = order.placed.iter().position(|other| *other == at);
                        let value = place.and_then(|place| places.get(place)).map_or("", |place| place.value.as_str());
                        form.set(&format!("{name}-{at}"), value);
                    }
                    return true;
                }
            }
        }
    }
    false
}

/// The options by their numbers from nought: those that have a place, in its order, and the others as they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Order {
    placed: Vec<usize>,
    rest: Vec<usize>,
}

fn order(form: &Form, name: &str, options: usize, places: &[Choice]) -> Order {
    let place = |at: &usize| {
        let given = form.value(&format!("{name}-{at}"));
        places.iter().position(|place| place.value == given)
    };
    let (mut ordered, rest): (Vec<usize>, Vec<usize>) = (0..options).partition(|at| place(at).is_some());
    ordered.sort_by_key(place);
    Order { placed: ordered, rest }
}

/// The order after an option was moved by one. Where every option gets a place, all have one from the first move on.
/// Where only the first few do, an option without a place moves up into the next free one, or else into the last, and
/// the last one moves down out of it.
fn moved(order: Order, at: usize, way: Way, places: usize) -> Order {
    let Order { mut placed, mut rest } = order;
    if places == placed.len() + rest.len() {
        placed.append(&mut rest);
    }
    match (placed.iter().position(|other| *other == at), way) {
        (Some(place), Way::Up) if place > 0 => placed.swap(place, place - 1),
        (Some(place), Way::Down) if place + 1 < placed.len() => placed.swap(place, place + 1),
        (Some(_), Way::Down) if places < placed.len() + rest.len() => placed.retain(|other| *other != at),
        (None, Way::Up) => {
            placed.truncate(places.saturating_sub(1));
            placed.push(at);
        }
        _ => {}
    }
    Order { placed, rest }
}

/// Draws the options. An error of one option leads to its list.
pub(super) fn view(on: &OnPage<'_>, options: &[String], places: &[Choice]) -> AnyView {
    let (hint, error, described) = help(on.form, on.name, &on.hint());
    let order = order(on.form, on.name, options.len(), places);
    let shown = order.placed.iter().chain(&order.rest).filter_map(|at| Some((*at, options.get(*at)?)));
    let rows: Vec<AnyView> = shown.map(|(at, option)| row(on, at, option, places)).collect();
    view! {
        <div class=group(on.form, on.name)>
            <fieldset class="govuk-fieldset ds-places" id=on.name.to_owned() tabindex="-1" aria-describedby=described>
                {legend(on.words, on.announced)}
                {hint}
                {error}
                // The Enter key sends a form by its first button, which must not be one that moves something.
                <button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">{ui::say("Go on")}</button>
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
    let buttons = Way::BOTH.map(|way| {
        let value = button_value(on.name, at, way);
        // Whoever moved it finds the button again where it went.
        let again = on.form.is_valid() && on.form.value("step") == value;
        let said = Tongue::current().say(if way == Way::Up { "Move up" } else { "Move down" });
            let lang = said.lang();
        view! {
            <button type="submit" class="ds-link-button" name=ui::STEP value=value autofocus=again><span lang=lang>{said.words}</span><span class="govuk-visually-hidden">{format!(": {option}")}</span></button>
        }
    });
    let buttons = buttons.into_iter().collect_view();
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
            <div class="ds-places__moves">{buttons}</div>
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

    use super::{Order, Way, moved};
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

    fn order(placed: &[usize], rest: &[usize]) -> Order {
        Order { placed: placed.to_vec(), rest: rest.to_vec() }
    }

    #[test]
    fn an_option_moves_past_its_neighbour_and_all_get_a_place() {
        for (before, at, way, after) in [
            (order(&[], &[0, 1, 2]), 2, Way::Up, [0, 2, 1]),
            (order(&[2], &[0, 1]), 2, Way::Down, [0, 2, 1]),
            (order(&[0, 1, 2], &[]), 0, Way::Up, [0, 1, 2]),
            (order(&[0, 1, 2], &[]), 2, Way::Down, [0, 1, 2]),
        ] {
            assert_eq!(moved(before, at, way, 3), order(&after, &[]), "{at} {way:?}");
        }
    }

    #[test]
    fn where_the_first_few_are_asked_for_an_option_moves_into_them_and_out() {
        let placed = |before: Order, at, way| moved(before, at, way, 2).placed;
        assert_eq!(placed(order(&[], &[0, 1, 2]), 2, Way::Up), [2]);
        assert_eq!(placed(order(&[2], &[0, 1]), 0, Way::Up), [2, 0]);
        assert_eq!(placed(order(&[2, 0], &[1]), 1, Way::Up), [2, 1]);
        assert_eq!(placed(order(&[2, 0], &[1]), 0, Way::Down), [2]);
        assert_eq!(placed(order(&[2, 0], &[1]), 1, Way::Down), [2, 0]);
    }

    #[test]
    fn a_pressed_button_moves_its_option_draws_the_order_and_keeps_the_focus() {
        let mut question = Question::new("What comes first?", Kind::usual("ranking").unwrap());
        question.key = 4;
        let questions = [question];
        let mut form = Form::filled(&[("q4-0", "1"), ("q4-1", "2"), ("q4-2", "3"), ("step", "q4-2-up")]);
        assert!(fields::press(&questions, &mut form));
        assert_eq!(["q4-0", "q4-1", "q4-2"].map(|name| form.value(name).to_owned()), ["1", "3", "2"]);
        let html = fields::view(&questions[0], &form, &Announced::Alone).to_html();
        let at = |name: &str| html.find(&format!("id=\"{name}\"")).unwrap();
        assert!(at("q4-0") < at("q4-2") && at("q4-2") < at("q4-1"));
        assert!(html.contains("value=\"q4-2-up\" autofocus"), "{html}");
        for other in ["", "next", "q5-2-up", "q4-9-up", "q4-2-left"] {
            form.set("step", other);
            assert!(!fields::press(&questions, &mut form), "{other}");
        }
    }
}
