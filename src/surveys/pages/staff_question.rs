//! One question in the builder, with the resident's view of it beside the form.

use leptos::prelude::*;

use crate::questionnaires::answer::Given;
use crate::questionnaires::fields::{self, Announced};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::field::Setting;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::sealed::Category;
use crate::surveys::build::{self, Refused, SETTINGS};
use crate::surveys::measured;
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How an earlier answer is repeated in a question.
const TEXT_HINT: &str = "To repeat an earlier answer, write {answer 1} with the number of its question.";

/// The question in the builder, and what it may measure.
struct Around {
    asked: Asked,
    standards: Vec<(i64, String)>,
    kind: Kind,
    /// The question that is changed; none when one is added.
    key: Option<u16>,
}

/// `/staff/surveys/{id}/questions/new?kind=scale`
pub async fn get_new(req: Req) -> Result<Reply, PageError> {
    let around = for_new(&req, req.query("kind").unwrap_or("scale")).await?;
    let form = build::fill(&Question::new("", around.kind.clone()), &around.asked.version.questionnaire);
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
    let form = build::fill(&question, &around.asked.version.questionnaire);
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
    Ok(Around { asked, standards, kind, key: None })
}

async fn for_change(req: &Req) -> Result<(Around, Question), PageError> {
    let asked = staff_details::found(req).await?;
    let key: u16 = req.id("key")?;
    let question = asked.version.questionnaire.find(key).ok_or(PageError::NotFound)?.clone();
    let mut tx = req.app.db.read().await?;
    let standards = measured::choices(&mut tx).await?;
    let kind = question.kind.clone();
    Ok((Around { asked, standards, kind, key: Some(key) }, question))
}

/// Where the question stands, or will stand.
fn position(around: &Around) -> usize {
    let among = &around.asked.version.questionnaire;
    around.key.and_then(|key| among.position(key)).unwrap_or(among.questions().len())
}

async fn save(req: &Req, around: Around, mut form: Form) -> Result<Reply, PageError> {
    let among = &around.asked.version.questionnaire;
    let Some(question) = build::read_question(&mut form, &around.kind, among, around.key) else {
        return Ok(page(around, form).into());
    };
    let id = around.asked.survey.id;
    let text = piping::described(&question.text, among);
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
        let mixed = Question::may_mix(&around.kind).then(|| {
            ui::checkbox(&form, "mixed", "yes", "Show the answers in a random order, another for each person")
        });
        let text = ui::text(&form, "text", "Question");
        let text = if position(&around) > 0 { text.hint(TEXT_HINT) } else { text };
        let divides = around.kind.divides().then(|| {
            ui::checkbox(&form, "divides", "yes", "Divide the results by this question (for example by area)")
        });
        view! {
            <a class="govuk-back-link" href=back>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{around.kind.name()}</span>" "{title}</h1></div>
            <div class="ds-split">
                <form method="post" class="ds-split__form" novalidate>
                    {around.kind.is_photo().then(photo_notice)}
                    {ui::carried("kind", around.kind.tag())}
                    {text.view()}
                    {ui::text(&form, "hint", "Hint (optional)").hint("A line of help under the question.").view()}
                    {settings}
                    {ui::checkbox(&form, "required", "yes", "It must be answered")}
                    {around.kind.may_be_sealed().then(|| mark_fields(&form))}
                    {around.kind.measures().then(|| measure_field(&around.standards, &form))}
                    {mixed}
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

/// What whoever asks for a photo should know.
fn photo_notice() -> AnyView {
    view! {
        <div class="govuk-inset-text">
            <p>"People can add one photo and say what it shows. Place, time and all else that a phone hides in a photo are removed."</p>
            <p>"Only staff see the photos. They are published nowhere, and files of answers say only whether there was one. On the telephone the question is left out; for a paper form it is noted that a photo came."</p>
            <p>"A survey with a photo is answered question by question, so that the photo is kept at once."</p>
        </div>
    }
    .into_any()
}

/// What it is about that the law protects, and why it is asked.
fn mark_fields(form: &Form) -> AnyView {
    let none = (String::new(), "Nothing of this kind".to_owned());
    let all = Category::ALL.into_iter().map(|category| (category.code().to_owned(), category.name().to_owned()));
    view! {
        {ui::select(form, "sealed", "Does it ask about something as personal as this?", std::iter::once(none).chain(all))}
        {ui::text(form, "why", "Why you ask it")
            .hint("For a question of this kind. People read it under the question. Their answers are kept sealed, shown for 10 people or more only, and are in no file of single answers.")
            .view()}
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
    let among = &around.asked.version.questionnaire;
    let described = |typed: &str| match piping::stored(typed, among, position(around)) {
        Ok(text) => piping::described(&text, among),
        Err(_) => typed.to_owned(),
    };
    let mut question = Question::new(described(words), kind).hinted(described(form.value("hint")));
    question.required = form.has("required", "yes");
    if let Ok(category) = form.value("sealed").parse::<Category>() {
        question = question.sealed_for(category, form.value("why"));
    }
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
