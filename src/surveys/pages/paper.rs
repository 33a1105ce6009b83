//! The survey as a paper form: to print, to fill in with a pen and to send back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::{paper, piping, words};
use crate::settings::Landlord;
use crate::surveys::pages::{all, found, staff_details};
use crate::surveys::spoken::{self, Spoken};
use crate::surveys::survey::{Access, Asked, State};
use crate::ui;
use crate::ui::spoken::Tongue;
use crate::ui::spoken::language::ENGLISH;
use crate::web::{Page, PageError, Reply, Req};

const PRIVACY: &str = "You do not give your name. Somebody at {landlord} types in your answers, which are kept without your address and without anything that says who sent them.";

const CODE: &str =
    "By it we see that your home answered, so that each is counted once. It is kept apart from your answers.";

/// `/surveys/{slug}/paper`: for anybody who may answer, while the survey is open.
pub async fn get_public(req: Req) -> Result<Reply, PageError> {
    let asked = found::spoken(&req).await?;
    let survey = &asked.survey;
    if survey.state(req.now()) != State::Open || survey.access != Access::Open {
        return Ok(Reply::redirect(survey.path()));
    }
    let (tongue, back, landlord) = (asked.tongue.clone(), survey.path(), Arc::clone(&req.landlord));
    let title = format!("{} – {}", tongue.say("Paper form").words, survey.title);
    Ok(Page::new(title, move || form(&asked, &landlord, back, false)).in_tongue(&tongue).into())
}

/// `/staff/surveys/{id}/paper`: for staff, who print it for others, in any language. A draft has one too, to be looked at.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let (title, landlord) = (format!("Paper form – {}", asked.survey.title), Arc::clone(&req.landlord));
    let back = format!("/staff/surveys/{}", asked.survey.id);
    let asked = match req.query("language") {
        None => Spoken::english(asked),
        Some(code) => {
            let mut tx = req.app.db.read().await?;
            spoken::preview(&mut tx, asked, code).await?.ok_or(PageError::NotFound)?
        }
    };
    let tongue = asked.tongue.clone();
    Ok(Page::staff(title, move || form(&asked, &landlord, back, true)).in_tongue(&tongue).into())
}

fn form(asked: &Asked, landlord: &Landlord, back: String, is_staff: bool) -> AnyView {
    let missing = (is_staff && landlord.address.trim().is_empty()).then(|| {
        view! { <div class="govuk-inset-text ds-no-print" lang=ENGLISH.tag dir="ltr">"There is no postal address in the settings, so the form does not say where to send it. An administrator can add one."</div> }
    });
    let survey = &asked.survey;
    let questionnaire = &asked.version.questionnaire;
    let questions = questionnaire.questions().iter().enumerate().map(|(position, question)| {
        let condition = words::only_if(questionnaire, question);
        let onward = all::onward(questionnaire, question);
        let question = &piping::described_question(question, questionnaire);
        view! { {paper::view(question, position + 1, condition)}{onward} }.into_any()
    });
    let questions: Vec<AnyView> = questions.collect();
    let privacy = Tongue::current().fill(PRIVACY, &[("landlord", &landlord.name)]);
    view! {
        <a class="govuk-back-link" href=back>{ui::say("Back to the survey")}</a>
        {missing}
        <p class="ds-meta ds-no-print">{ui::say("Print this page: only the form is printed.")}</p>
        <article class="ds-paper">
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{landlord.name.clone()}</span>" "{survey.title.clone()}</h1>
            </div>
            {ui::paragraphs(&survey.introduction)}
            <p>{ui::say("Use a pen. Tick the boxes or write on the lines. Leave out what you would rather not answer.")}</p>
            {send_back(asked, landlord)}
            {(survey.access == Access::Personal).then(code_of_letter)}
            <p>{privacy.view()}</p>
            {questions}
            <section class="ds-paper__question">
                <h2>{ui::say("What happens next")}</h2>
                {ui::paragraphs(&survey.next_steps)}
                <p>{ui::say("Thank you for your answers.")}</p>
                {send_back(asked, landlord)}
                <p class="ds-paper__office">{ui::say("For our office: received on")}" "<span class="ds-paper__blank ds-paper__blank--10" aria-hidden="true"></span></p>
            </section>
        </article>
    }
    .into_any()
}

/// Where the home is named that the form is of, without which nobody can tell whether it has answered already.
fn code_of_letter() -> AnyView {
    view! {
        <p class="ds-paper__office">{ui::say("Copy the code of your letter here:")}" "<span class="ds-paper__blank ds-paper__blank--10" aria-hidden="true"></span></p>
        <p>{ui::say(CODE)}</p>
    }
    .into_any()
}

/// By when, and where to. Without an address, people hand it in or ask.
fn send_back(asked: &Asked, landlord: &Landlord) -> AnyView {
    let last = clock::day(asked.survey.last_day());
    let address = landlord.address.trim();
    if address.is_empty() {
        let words = format!("Give the form to anybody who works for {}, so that we have it by {last}.", landlord.name);
        return view! { <p class="ds-paper__back"><strong>{ui::say(words)}</strong></p> }.into_any();
    }
    let words = format!("Send the form back so that we have it by {last}:");
    let lines: Vec<AnyView> = std::iter::once(landlord.name.as_str())
        .chain(address.lines().map(str::trim).filter(|line| *line != landlord.name))
        .enumerate()
        .map(|(at, line)| view! { {(at > 0).then(|| view! { <br/> })}{line.to_owned()} }.into_any())
        .collect();
    view! { <div class="ds-paper__back"><p><strong>{ui::say(words)}</strong></p><address>{lines}</address></div> }
        .into_any()
}
