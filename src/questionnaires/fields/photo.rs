//! A photo on a page: the one that is kept, a box to choose one, and room for a description.
//!
//! What is chosen comes with the form of the page and is kept from then on, so that the page needs no script. The form
//! must carry files.

use leptos::prelude::*;

use super::{Announced, OnPage};
use crate::files::image;
use crate::questionnaires::kinds::photo::{AWAY, Kept, WORDS, Way};
use crate::ui;

/// Draws the field in its way.
pub(super) fn view(on: &OnPage<'_>, way: &Way) -> AnyView {
    match way {
        Way::Sent => chosen(on, None),
        Way::Kept(kept) => chosen(on, Some(kept)),
        Way::Entered => {
            let label = format!("{}: a photo came with it", on.words);
            ui::checkbox(on.form, on.name, "yes", label)
        }
        Way::Told => {
            let words = "Not asked on the telephone: a photo cannot be told. Go on to the next question.";
            view! { <div class="govuk-form-group" id=on.name.to_owned() tabindex="-1"><p class="govuk-label">{on.words.to_owned()}</p><p class="ds-meta">{words}</p></div> }
                .into_any()
        }
    }
}

fn chosen(on: &OnPage<'_>, kept: Option<&Kept>) -> AnyView {
    let OnPage { form, name, words, .. } = on;
    let alone = *on.announced == Announced::Alone;
    let heading = match (alone, kept) {
        (true, _) => Some(view! { <h1 class="govuk-heading-l">{(*words).to_owned()}</h1> }.into_any()),
        (false, Some(_)) => Some(view! { <p class="govuk-label">{(*words).to_owned()}</p> }.into_any()),
        (false, None) => None,
    };
    let label = match (alone, kept) {
        (_, Some(_)) => "Choose another photo instead",
        (true, None) => "Choose a photo",
        (false, None) => *words,
    };
    let described = form.value(&format!("{name}-{WORDS}"));
    let shown = kept.map(|kept| {
        view! {
            {picture(kept, described)}
            {ui::checkbox(form, &format!("{name}-{AWAY}"), "yes", ui::said("Take this photo away"))}
        }
    });
    view! {
        {heading}
        {shown}
        {ui::file(form, name, label, &on.hint(), image::TAKEN)}
        {ui::text(form, &format!("{name}-{WORDS}"), "What does the photo show? (optional)").view()}
    }
    .into_any()
}

/// The photo that is kept, small, with what the person said of it.
pub fn picture(kept: &Kept, words: &str) -> AnyView {
    let alt = if words.is_empty() { ui::said("The photo you sent") } else { words.to_owned() };
    view! {
        <figure class="ds-photo ds-photo--small">
            <img src=kept.href.clone() alt=alt width=kept.width height=kept.height/>
            <figcaption>{ui::say("This photo is kept with your answers. Only staff can see it: it is not published.")}</figcaption>
        </figure>
    }
    .into_any()
}
