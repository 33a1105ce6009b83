//! One question in the builder, with the resident's view of it beside the form.

use leptos::prelude::*;

use crate::questionnaires::answer::Given;
use crate::questionnaires::fields::{self, Announced};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::field::Setting;
use crate::questionnaires::question::Question;
use crate::questionnaires::routing;
use crate::surveys::build::{self, Refused, SETTINGS};
use crate::surveys::measured;
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The field of the answers that a question depends on.
const CONDITION: &str = "show_if";

/// What a question may depend on and measure.
struct Around {
    asked: Asked,
    before: Vec<Question>,
    standards: Vec<(i64, String)>,
    kind: Kind,
    /// The question that is changed; none when one is added.
    key: Option<u16>,
}

/// `/staff/surveys/{id}/questions/new?kind=scale`
pub async fn get_new(req: Req) -> Result<Reply, PageError> {
    let around = for_new(&req, req.query("kind").unwrap_or("scale")).await?;
    let form = build::fill(&Question::new("", around.kind.clone()));
    Ok(page(around, form).into())
}

/// Adds the question.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let form = req.form();
    let around = for_new(&req, form.value("kind")).await?;
    save(&req, around, form).await
}

/// `/staff/surveys/{id}/questions/{key}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (around, question) = for_change(&req).await?;
    let form = build::fill(&question);
    Ok(page(around, form).into())
}

/// Changes the question.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (around, _) = for_change(&req).await?;
    save(&req, around, req.form()).await
}

async fn for_new(req: &Req, tag: &str) -> Result<Around, PageError> {
    let asked = staff_details::found(req).await?;
    let kind = Kind::usual(tag).ok_or_else(|| PageError::BadRequest("There is no such kind of question.".into()))?;
    let mut tx = req.app.db.read().await?;
    let standards = measured::choices(&mut tx).await?;
    let before = asked.version.questionnaire.questions().to_vec();
    Ok(Around { asked, before, standards, kind, key: None })
}

async fn for_change(req: &Req) -> Result<(Around, Question), PageError> {
    let asked = staff_details::found(req).await?;
    let key: u16 = req.id("key")?;
    let questionnaire = &asked.version.questionnaire;
    let position = questionnaire.position(key).ok_or(PageError::NotFound)?;
    let question = questionnaire.at(position).ok_or(PageError::NotFound)?.clone();
    let before = questionnaire.questions().iter().take(position).cloned().collect();
    let mut tx = req.app.db.read().await?;
    let standards = measured::choices(&mut tx).await?;
    let kind = question.kind.clone();
    Ok((Around { asked, before, standards, kind, key: Some(key) }, question))
}

async fn save(req: &Req, around: Around, mut form: Form) -> Result<Reply, PageError> {
    let Some(question) = build::read_question(&mut form, &around.kind, &around.before) else {
        return Ok(page(around, form).into());
    };
    let id = around.asked.survey.id;
    let text = question.text.clone();
    let mut tx = req.app.db.write().await?;
    let changed = build::change(&mut tx, &around.asked, |questions| match around.key {
        Some(key) => questions.replace(key, question),
        None => questions.add(question).map(|_| ()),
    });
    match changed.await {
        Ok(()) => {
            let action = if around.key.is_some() { "changed a question" } else { "added a question" };
            req.audit(&mut tx, action, &format!("survey/{id}"), &text).await?;
            if around.asked.survey.published_at.is_some() {
                tx.public_changed();
            }
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/surveys/{id}")).saying("The question was saved"))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            form.error("text", refused.in_words().unwrap_or_default());
            Ok(page(around, form).into())
        }
    }
}

fn page(around: Around, form: Form) -> Page {
    let title = if around.key.is_some() { "Change the question" } else { "Add a question" };
    let error_form = form.clone();
    Page::staff(title, move || {
        let back = format!("/staff/surveys/{}", around.asked.survey.id);
        let settings = around.kind.settings().iter().map(|setting| setting_field(*setting, &form));
        let settings: Vec<AnyView> = settings.collect();
        let divides = around.kind.divides().then(|| {
            ui::checkbox(&form, "divides", "yes", "Divide the results by this question (for example by area)")
        });
        view! {
            <a class="govuk-back-link" href=back>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{around.kind.name()}</span>" "{title}</h1></div>
            <div class="ds-split">
                <form method="post" class="ds-split__form" novalidate>
                    {ui::carried("kind", around.kind.tag())}
                    {ui::text(&form, "text", "Question").view()}
                    {ui::text(&form, "hint", "Hint (optional)").hint("A line of help under the question.").view()}
                    {settings}
                    {ui::checkbox(&form, "required", "yes", "It must be answered")}
                    {condition_field(&around.before, &form)}
                    {around.kind.measures().then(|| measure_field(&around.standards, &form))}
                    {divides}
                    {ui::button("Save the question")}
                </form>
                {preview(&around, &form)}
            </div>
        }
    })
    .with_form(&error_form)
}

fn setting_field(setting: Setting, form: &Form) -> AnyView {
    let name = format!("{SETTINGS}-{}", setting.part());
    match setting {
        Setting::Options => {
            ui::textarea(form, &name, "Answers to choose from").hint("One on each line.").rows(6).view()
        }
        Setting::Items => {
            ui::textarea(form, &name, "Items, each asked on the same scale").hint("One on each line.").rows(6).view()
        }
        Setting::Least => {
            ui::text(form, &name, "Fewest answers somebody may choose (optional)").number().width(3).view()
        }
        Setting::Most => ui::text(form, &name, "Most answers somebody may choose (optional)").number().width(3).view(),
        Setting::Top => ui::text(form, &name, "How many to put in order (optional)")
            .hint("Leave it empty to have all of them put in order.")
            .number()
            .width(3)
            .view(),
        Setting::NoneOfThese => ui::checkbox(form, &name, "yes", "Offer “None of these”"),
        Setting::Other => ui::checkbox(form, &name, "yes", "Offer “Other, please say” with a box for words"),
        Setting::DontKnow => ui::checkbox(form, &name, "yes", "Offer “Don’t know”"),
        Setting::PreferNot => ui::checkbox(form, &name, "yes", "Offer “Prefer not to say”"),
        Setting::NotApplicable => {
            ui::checkbox(form, &name, "yes", "Offer “Not applicable” (never counted in the result)")
        }
        Setting::Wording => ui::radios(
            form,
            &name,
            "Wording of the five points",
            [
                ("satisfaction", "Very satisfied to very dissatisfied"),
                ("agreement", "Strongly agree to strongly disagree"),
            ],
        )
        .view(),
        Setting::LowEnd => ui::text(form, &name, "What 0 means").view(),
        Setting::HighEnd => ui::text(form, &name, "What 10 means").view(),
        Setting::Smallest => ui::text(form, &name, "Smallest number (optional)").number().width(5).view(),
        Setting::Largest => ui::text(form, &name, "Largest number (optional)").number().width(5).view(),
        Setting::Unit => ui::text(form, &name, "Unit (optional)").hint("Shown after the box: “days”.").width(10).view(),
        Setting::Decimals => ui::text(form, &name, "Decimals allowed, from 0 to 2").number().width(2).view(),
        Setting::Longest => ui::text(form, &name, "Longest answer, in characters").number().width(5).view(),
    }
}

fn condition_field(before: &[Question], form: &Form) -> Option<AnyView> {
    if before.is_empty() {
        return None;
    }
    let error = form.error_of(CONDITION).map(|message| {
        view! { <p id="show_if-error" class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message.to_owned()}</p> }
    });
    let group = if error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" };
    let described = if error.is_some() { "show_if-hint show_if-error" } else { "show_if-hint" };
    let open = !form.values(CONDITION).is_empty() || error.is_some();
    let questions: Vec<AnyView> =
        before.iter().enumerate().map(|(position, question)| triggers_of(question, position, form)).collect();
    let view = view! {
        <details class="govuk-details" open=open>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Who is asked"</span></summary>
            <div class="govuk-details__text">
                <div class=group>
                    <fieldset class="govuk-fieldset" aria-describedby=described>
                        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">"Ask only those who gave one of these answers"</legend>
                        <div id="show_if-hint" class="govuk-hint">"Leave all empty to ask everybody. Choose answers of one earlier question."</div>
                        {error}
                        {questions}
                    </fieldset>
                </div>
            </div>
        </details>
    };
    Some(view.into_any())
}

/// The answers of one earlier question that a condition can name, under its words. The first of all has the field's own id, where an error leads.
fn triggers_of(question: &Question, position: usize, form: &Form) -> AnyView {
    let boxes = routing::triggers(&question.kind).into_iter().enumerate().map(|(at, (code, label))| {
        let value = format!("{}:{code}", question.key);
        let id = if position == 0 && at == 0 { CONDITION.to_owned() } else { format!("show_if-{position}-{at}") };
        let chosen = form.has(CONDITION, &value);
        view! {
            <div class="govuk-checkboxes__item">
                <input class="govuk-checkboxes__input" id=id.clone() name=CONDITION type="checkbox" value=value checked=chosen/>
                <label class="govuk-label govuk-checkboxes__label" for=id>{label}</label>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{format!("{}. {}", position + 1, question.text)}</legend>
            <div class="govuk-checkboxes">{boxes}</div>
        </fieldset>
    }
    .into_any()
}

fn measure_field(standards: &[(i64, String)], form: &Form) -> Option<AnyView> {
    if standards.is_empty() {
        return None;
    }
    let none = (String::new(), "None".to_owned());
    let all = standards.iter().map(|(id, name)| (id.to_string(), name.clone()));
    Some(ui::select(form, "measures", "Standard it measures", std::iter::once(none).chain(all)))
}

/// The question as residents see it, as last saved or as just sent; for looking at only.
fn preview(around: &Around, form: &Form) -> AnyView {
    let fields = form.fields().to_vec();
    let kind = around.kind.with_settings(&Given::new(&fields, SETTINGS)).unwrap_or_else(|_| around.kind.clone());
    let words = form.value("text");
    let words = if words.is_empty() { "Your question will stand here" } else { words };
    let mut question = Question::new(words, kind).hinted(form.value("hint"));
    question.required = form.has("required", "yes");
    let drawn = fields::view(&question, &Form::default(), &Announced::Among { number: 1, condition: None });
    view! {
        <aside class="ds-split__preview" aria-label="What residents see" tabindex="0">
            <p class="ds-split__label">"What residents see"</p>
            <div inert>{drawn}</div>
            <p class="ds-meta">"It is drawn again each time you save."</p>
        </aside>
    }
    .into_any()
}
