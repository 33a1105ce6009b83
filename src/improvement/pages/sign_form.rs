//! The form of a sign-off report, and what is read from it.

use leptos::prelude::*;

use crate::improvement::measured::Measured;
use crate::improvement::sign_off::{PublicSummary, Report};
use crate::performance::Quarter;
use crate::ui;
use crate::web::Form;

/// What residents read, box by box.
const PUBLIC: [&str; 6] =
    ["public-title", "public-asked", "public-said", "public-heard-from", "public-reason", "public-did"];

/// The form's boxes; the measure is chosen among what the standard's figures say, or typed where there are none.
pub(super) fn draw(form: &Form, quarters: &[Quarter]) -> AnyView {
    let measure = if quarters.is_empty() {
        view! {
            {ui::text(form, "before-words", "The measure before").hint("With the number, of how many, and when").view()}
            {ui::text(form, "after-words", "The measure after").hint("Counted the same way, with the number, of how many, and when").view()}
        }
        .into_any()
    } else {
        let first = (String::new(), "Choose three months".to_owned());
        let offered: Vec<(String, String)> =
            std::iter::once(first).chain(quarters.iter().map(|one| (one.code(), named(one)))).collect();
        view! {
            <p>"What may be shown of the standard’s own figures, with how many stand behind it. It is kept in the report as it is today."</p>
            {ui::select(form, "before", "The measure before", offered.clone())}
            {ui::select(form, "after", "The measure after", offered)}
        }
        .into_any()
    };
    view! {
        {ui::textarea(form, "action-taken", "What was done").rows(5).view()}
        <h2>"What shows that it is better"</h2>
        {measure}
        {ui::radios(form, "improved", "Is it better?", [("yes", "Yes, the measure shows it"), ("no", "No measurable improvement")]).view()}
        {ui::textarea(form, "no-improvement", "Why there is no measurable improvement").hint("Only if there is none. An honest no is a good answer").rows(2).view()}
        {ui::textarea(form, "resident-view", "What residents say of it").hint("How many were asked and what they said. If nobody was asked, say why").rows(3).view()}
        {ui::text(form, "cost", "What it cost, in pounds").hint("Leave empty if that is not known").width(10).number().view()}
        {ui::text(form, "savings", "What it saves in a year, in pounds").hint("Leave empty if that is not known").width(10).number().view()}
        {ui::textarea(form, "lessons", "What was learnt").rows(3).view()}
        <h2>"What residents are told"</h2>
        <p>"Once the report is approved, this is published under “What changed because of you”. Name nobody: neither residents nor staff."</p>
        {ui::checkbox(form, "tell", "yes", "Tell residents what changed")}
        {ui::text(form, "public-title", "Title").hint("What changed, in a few plain words").view()}
        {ui::textarea(form, "public-asked", "We asked").rows(2).view()}
        {ui::textarea(form, "public-said", "You said").rows(3).view()}
        {ui::text(form, "public-heard-from", "Who said it, and how many").view()}
        {ui::textarea(form, "public-reason", "Why we decided to change it").rows(2).view()}
        {ui::textarea(form, "public-did", "We did").rows(3).view()}
    }
    .into_any()
}

fn named(quarter: &Quarter) -> String {
    let value = quarter.latest.value.clone().unwrap_or_else(|| "too few to say".to_owned());
    format!("{}: {value} ({})", quarter.latest.period, quarter.latest.source)
}

/// Reads the report; what is wrong is said in the form.
pub(super) fn read(form: &mut Form, quarters: &[Quarter]) -> Option<Report> {
    let action_taken = form.required("action-taken", "What was done", 5000, "Say what was done");
    let measured = if quarters.is_empty() { Some(typed(form)) } else { chosen(form, quarters) };
    let improved = match form.value("improved") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            form.error("improved", "Say whether it is better");
            None
        }
    };
    let reason = form.text("no-improvement", "The reason", 2000);
    match improved {
        Some(false) if reason.is_empty() => form.error("no-improvement", "Say why there is no measurable improvement"),
        Some(true) if !reason.is_empty() => {
            form.error("no-improvement", "Leave this empty if it is better, or choose “No measurable improvement”");
        }
        _ => {}
    }
    let resident_view = form.required(
        "resident-view",
        "What residents say",
        3000,
        "Say what residents say of it, or why nobody was asked",
    );
    let pounds = "Enter whole pounds, or leave it empty";
    let cost_pounds = form.optional_whole("cost", 0..=1_000_000_000, pounds);
    let savings_pounds = form.optional_whole("savings", 0..=1_000_000_000, pounds);
    let lessons = form.required("lessons", "What was learnt", 3000, "Say what was learnt");
    let public = if form.has("tell", "yes") { Some(summary(form)) } else { None };
    if public.is_none() && PUBLIC.iter().any(|name| !form.value(name).trim().is_empty()) {
        form.error("tell", "Tick this box, or take out what residents would read: without it nobody is told");
    }
    let (Some(measured), Some(improved), true) = (measured, improved, form.is_valid()) else { return None };
    let no_improvement = (!improved).then_some(reason);
    Some(Report { action_taken, no_improvement, measured, resident_view, cost_pounds, savings_pounds, lessons, public })
}

fn typed(form: &mut Form) -> Measured {
    let before = form.required("before-words", "The measure before", 500, "Say how it was before, with the number");
    let after = form.required("after-words", "The measure after", 500, "Say how it is now, with the number");
    Measured { before, after, moved: String::new() }
}

fn chosen(form: &mut Form, quarters: &[Quarter]) -> Option<Measured> {
    let find = |code: &str| quarters.iter().find(|one| one.code() == code);
    let (before, after) = (find(form.value("before")), find(form.value("after")));
    if before.is_none() {
        form.error("before", "Choose the three months before");
    }
    if after.is_none() {
        form.error("after", "Choose the three months after");
    }
    let (before, after) = before.zip(after)?;
    if before.latest.period.ends >= after.latest.period.ends {
        form.error("after", "Choose months that come after those before");
    }
    Some(Measured::of(before, after))
}

fn summary(form: &mut Form) -> PublicSummary {
    PublicSummary {
        title: form.required("public-title", "The title", 120, "Enter a title for residents"),
        asked: form.required("public-asked", "What we asked", 3000, "Say what residents were asked"),
        said: form.required("public-said", "What people said", 5000, "Say what residents said"),
        heard_from: form.required("public-heard-from", "Who said it", 200, "Say who said it, and how many"),
        reason: form.required("public-reason", "The reason", 3000, "Say why it was changed"),
        did: form.required("public-did", "What we did", 5000, "Say what we did"),
    }
}

/// A form filled with an earlier report, to be mended and sent again.
pub(super) fn filled(report: &Report, quarters: &[Quarter]) -> Form {
    let pounds = |sum: Option<i64>| sum.map(|sum| sum.to_string()).unwrap_or_default();
    let told =
        |words: &str| quarters.iter().find(|one| one.latest.sentence == words).map(Quarter::code).unwrap_or_default();
    let mut form = Form::filled(&[
        ("action-taken", &report.action_taken),
        ("before", &told(&report.measured.before)),
        ("after", &told(&report.measured.after)),
        ("before-words", &report.measured.before),
        ("after-words", &report.measured.after),
        ("improved", if report.no_improvement.is_some() { "no" } else { "yes" }),
        ("no-improvement", report.no_improvement.as_deref().unwrap_or_default()),
        ("resident-view", &report.resident_view),
        ("cost", &pounds(report.cost_pounds)),
        ("savings", &pounds(report.savings_pounds)),
        ("lessons", &report.lessons),
    ]);
    if let Some(public) = &report.public {
        for (name, value) in [
            ("tell", "yes"),
            ("public-title", &public.title),
            ("public-asked", &public.asked),
            ("public-said", &public.said),
            ("public-heard-from", &public.heard_from),
            ("public-reason", &public.reason),
            ("public-did", &public.did),
        ] {
            form.set(name, value);
        }
    }
    form
}
