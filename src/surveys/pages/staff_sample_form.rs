//! The form by which a sample is drawn.

use leptos::prelude::*;

use crate::residents::Ways;
use crate::surveys::pages::staff_sample_need::Need;
use crate::surveys::sample::plan::{Plan, Strata, USUAL_CALLS, USUAL_MONTHS, USUAL_REMINDERS};
use crate::surveys::sample::store::samples::Sample;
use crate::surveys::survey::{Access, Survey};
use crate::ui;
use crate::web::Form;

/// The form as it is first shown.
pub(super) fn empty() -> Form {
    filled(&Plan {
        strata: Strata::Area,
        whole: Vec::new(),
        wanted: None,
        months: USUAL_MONTHS,
        ways: Ways::ALL,
        most_reminders: USUAL_REMINDERS,
        most_calls: USUAL_CALLS,
    })
}

fn filled(plan: &Plan) -> Form {
    let mut form = Form::default();
    form.set("strata", plan.strata.code());
    form.set("wanted", &plan.wanted.map(|wanted| wanted.to_string()).unwrap_or_default());
    form.set("months", &plan.months.to_string());
    form.set("reminders", &plan.most_reminders.to_string());
    form.set("calls", &plan.most_calls.to_string());
    let whole = plan.whole.iter().map(|words| ("whole".to_owned(), words.clone()));
    Form::new(form.fields().iter().cloned().chain(whole).collect())
}

/// The plan of the form, with the seed where one was typed; none where something is wrong, which the form then says.
pub(super) fn read(form: &mut Form, need: &Need) -> Option<(Plan, Option<String>)> {
    let strata = form.choice::<Strata>("strata", "Choose how homes are drawn");
    let how_many = "Enter how many homes to draw, from 1 to 100,000, or leave the box empty for all of them";
    let wanted = form.optional_whole("wanted", 1..=100_000, how_many);
    let months = form.whole("months", 0..=36, "Enter a number of months from 0 to 36");
    let reminders = form.whole("reminders", 0..=5, "Enter how many reminders there may be, from 0 to 5");
    let calls = form.whole("calls", 1..=12, "Enter how many times a home is rung at most, from 1 to 12");
    let whole: Vec<String> = form.values("whole").into_iter().map(str::to_owned).collect();
    if whole.iter().any(|words| need.tenures.iter().all(|tenure| tenure.words != *words)) {
        form.error("whole", "The list of homes was changed meanwhile. Choose among its tenures again");
    }
    let seed = form.text("seed", "The seed", 60);
    let plan = Plan {
        strata: strata?,
        whole,
        wanted,
        months: months?,
        ways: Ways::ALL,
        most_reminders: reminders?,
        most_calls: calls?,
    };
    form.is_valid().then_some((plan, Some(seed).filter(|seed| !seed.is_empty())))
}

/// The page of a survey that has no sample.
pub(super) fn view(survey: &Survey, form: &Form, need: &Need, may_change: bool) -> AnyView {
    let homes = need.homes();
    if survey.access != Access::Personal {
        let href = format!("/staff/surveys/{}/details", survey.id);
        let change = may_change.then(|| view! { <p><a href=href>"Change who can answer"</a></p> });
        return view! {
            <div class="govuk-inset-text" id="strata" tabindex="-1"><p>"Anybody with the address can answer this survey, so nobody can say which home an answer comes from. A sample is for a survey by personal link."</p>{change}</div>
        }
        .into_any();
    }
    if !may_change {
        return view! { <div class="ds-empty"><p>"No sample is drawn yet."</p></div> }.into_any();
    }
    if homes == 0 {
        return view! {
            <div class="ds-empty"><p>"There are no homes to draw from yet. "<a href="/staff/homes/import">"Bring the list of homes"</a>" first."</p></div>
        }
        .into_any();
    }
    // Source: `features` F62: twelve monthly samples, none of which asks a home of the eleven before.
    let twelfth = (homes >= 12).then(|| {
        let words = format!("For a survey every month, draw a twelfth of the list, {} homes, for each month\u{2019}s copy of the survey. With the rule of twelve months nobody is drawn again before everybody has been.", (homes + 11) / 12);
        view! { <p class="ds-meta">{words}</p> }
    });
    let listed = ui::counted(usize::try_from(homes).unwrap_or(0), "home is", "homes are");
    view! {
        <section class="ds-section">
            <h2>"Draw a sample"</h2>
            <p>{format!("{listed} on the list. A home is left out where nobody may be contacted, where we know no way to reach anybody, or where it was drawn for another survey lately. You see how many before anybody is asked.")}</p>
            {twelfth}
            {need.view(survey)}
            {fields(survey, form, need, "Draw the sample")}
        </section>
        <section class="ds-section">
            <h2>"Or ask about what happens"</h2>
            <p>"For a survey about a repair, a gas check or a letting, homes are asked a few days after it: "<a href=format!("/staff/surveys/{}/events", survey.id)>"ask about events"</a>"."</p>
        </section>
    }
    .into_any()
}

/// Drawing again, while nobody was asked.
pub(super) fn anew(survey: &Survey, form: &Form, need: &Need, sample: &Sample) -> AnyView {
    let as_drawn = filled(&sample.plan);
    let form = if form.is_valid() { &as_drawn } else { form };
    view! {
        <details class="govuk-details" open=!form.is_valid()>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Draw it anew, or throw it away"</span></summary>
            <div class="govuk-details__text">
                <p>"Nobody has been asked yet, so the sample can still be drawn in another way. Once the first home is asked it stays as it is."</p>
                {need.view(survey)}
                {fields(survey, form, need, "Draw it anew")}
                <form method="post" action=format!("/staff/surveys/{}/sample", survey.id)>
                    <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="discard">"Throw the sample away"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

fn fields(survey: &Survey, form: &Form, need: &Need, button: &'static str) -> AnyView {
    let strata = Strata::ALL.map(|strata| (strata.code(), strata.label()));
    let tenures = need.tenures.iter().filter(|tenure| !tenure.words.is_empty());
    let tenures: Vec<(String, String)> = tenures
        .map(|tenure| {
            (
                tenure.words.clone(),
                format!(
                    "{}: {}",
                    tenure.words,
                    ui::counted(usize::try_from(tenure.homes).unwrap_or(0), "home", "homes")
                ),
            )
        })
        .collect();
    let whole = (tenures.len() > 1).then(|| {
        ui::checkboxes(form, "whole", "Draw every home of these tenures (you may leave this out)", tenures)
            .hint("For a tenure that is reported by itself and has few homes. They come on top of the number below.")
            .view()
    });
    view! {
        <form method="post" action=format!("/staff/surveys/{}/sample", survey.id) novalidate>
            {ui::radios(form, "strata", "How homes are drawn", strata).view()}
            {whole}
            {ui::text(form, "wanted", "How many homes").hint("Leave it empty to ask every home that may be asked.").number().width(10).view()}
            {ui::text(form, "months", "Leave out homes drawn for another survey in the last").hint("Twelve months is the rule. Enter 0 where every home must be asked, as in the regulator’s yearly survey.").number().width(3).suffix("months").view()}
            {ui::text(form, "reminders", "The most reminders").number().width(3).view()}
            {ui::text(form, "calls", "The most calls to a home").number().width(3).view()}
            {ui::text(form, "seed", "Seed").hint("You can leave this empty. Words or figures that everybody saw, such as last Saturday’s lottery numbers, show that nobody chose the homes.").view()}
            <button type="submit" class="govuk-button" name=ui::STEP value="draw">{button}</button>
        </form>
    }
    .into_any()
}
