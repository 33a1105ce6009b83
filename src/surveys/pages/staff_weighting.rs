//! By what a survey's answers are weighed: the choice, the numbers of everybody, and what comes of them.

use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::permissions;
use crate::questionnaires::question::Question;
use crate::settings::small_numbers;
use crate::surveys::homes;
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::surveys::weighting::method::{self, Method, Way};
use crate::surveys::weighting::profile::{self, Profile};
use crate::surveys::weighting::store::{self, Kept};
use crate::surveys::weighting::{divided, refused_in_words, weigh};
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

const PUBLISHED: &str = "The results are published, so the weights stay as they are";

/// What the page shows beside its form.
struct Shown {
    asked: Asked,
    kept: Option<Kept>,
    /// What the method of the form gives; none where there is none, or nobody answered.
    profile: Option<Profile>,
}

/// `/staff/surveys/{id}/weighting`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let kept = store::find(&mut tx, asked.survey.id).await?;
    let method = kept.as_ref().map_or_else(|| usual(&asked), |kept| kept.method.clone());
    let mut form = method::fill(&method, &asked);
    let profile = preview(&req, &mut tx, &asked, &method, &mut form).await?;
    // What does not fit now is for whoever changes it to see.
    let form = method::fill(&method, &asked);
    Ok(page(&req, Shown { asked, kept, profile }, form).into())
}

/// Shows what the typed numbers give, or keeps them.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let read = method::read(&mut form, &asked);
    let mut tx = req.app.db.read().await?;
    let kept = store::find(&mut tx, asked.survey.id).await?;
    let profile = match &read {
        Some(method) => preview(&req, &mut tx, &asked, method, &mut form).await?,
        None => None,
    };
    drop(tx);
    let saves = form.value("step") != "preview";
    if saves && asked.survey.results_published_at.is_some() {
        form.error("way", PUBLISHED);
    }
    let Some(method) = read.filter(|_| saves && form.is_valid()) else {
        return Ok(page(&req, Shown { asked, kept, profile }, form).into());
    };
    let id = asked.survey.id;
    let mut tx = req.app.db.write().await?;
    store::save(&mut tx, id, &method, req.account()?.id, req.now()).await?;
    let detail = method::in_words(&method, &asked.version.questionnaire, "Shares are");
    req.audit(&mut tx, "chose how answers are weighed", &format!("survey/{id}"), &detail).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{id}/weighting")).saying("The way of weighing was kept"))
}

/// What stands in the form before anybody has chosen.
fn usual(asked: &Asked) -> Method {
    let way = if homes::known(asked).is_empty() { Way::None } else { Way::Cells };
    Method { way, margins: Vec::new(), cap: Some(30) }
}

/// What a method gives; says in the form why it gives nothing.
async fn preview(
    req: &Req,
    tx: &mut Tx,
    asked: &Asked,
    method: &Method,
    form: &mut Form,
) -> Result<Option<Profile>, db::Error> {
    if method.way != Way::Raking {
        return Ok(None);
    }
    let counted = divided(method, &asked.version).run(tx).await?;
    if counted.people() == 0 {
        return Ok(None);
    }
    let questionnaire = &asked.version.questionnaire;
    let minimum = small_numbers::public(&req.landlord).minimum();
    Ok(match weigh(method, questionnaire, counted, minimum) {
        Ok(weights) => profile::of(method, &weights, questionnaire, &small_numbers::staff(&req.landlord)),
        Err(refused) => {
            let (field, words) = refused_in_words(&refused, questionnaire);
            form.error(&field, words);
            None
        }
    })
}

fn page(req: &Req, shown: Shown, form: Form) -> Page {
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/weighting");
    let error_form = form.clone();
    Page::staff(format!("Weighting: {}", shown.asked.survey.title), move || {
        let asked = &shown.asked;
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let changes = may_change && asked.survey.results_published_at.is_none();
        let fixed = asked.survey.results_published_at.is_some().then(|| view! { <div class="govuk-inset-text">{PUBLISHED}"."</div> });
        let fields = changes.then(|| fields(asked, &form, &at));
        view! {
            <a class="govuk-back-link" href=format!("{at}/results")>"Back to the results"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Weighting"</h1>
                <p class="ds-lead">"Some people answer more than others. Weighting lets each group count as much as it has homes or people. Every share is still shown as people answered, too."</p>
            </div>
            {now(asked, shown.kept.as_ref())}
            {shown.profile.as_ref().map(profile_view)}
            {fixed}
            {fields}
        }
    })
    .with_form(&error_form)
}

/// The method that is kept.
fn now(asked: &Asked, kept: Option<&Kept>) -> AnyView {
    let method = kept.map_or_else(|| usual(asked), |kept| kept.method.clone());
    let words = method::in_words(&method, &asked.version.questionnaire, "Shares are");
    let chosen = kept.map_or_else(
        || "Nobody has chosen yet".to_owned(),
        |kept| format!("{}, {}", kept.by, clock::day(clock::london_day(kept.at))),
    );
    ui::facts(vec![("Now", words.into_any()), ("Chosen by", chosen.into_any())])
}

/// What the numbers give.
fn profile_view(profile: &Profile) -> AnyView {
    let people = profile.people.map_or_else(|| "the".to_owned(), |people| grouped(&people));
    let weights = &profile.weights;
    let trimmed = profile.trimmed.map_or_else(|| "too few to say".to_owned(), |people| grouped(&people));
    let facts = vec![
        ("Smallest weight", format!("{:.2}", weights.least).into_any()),
        ("Largest weight", format!("{:.2}", weights.most).into_any()),
        ("Largest over smallest", format!("{:.1}", weights.most / weights.least).into_any()),
        ("People whose weight was cut", trimmed.into_any()),
        (
            "Effective base",
            format!("{:.0}: weighted, {people} answers say as much as so many that each count once", weights.effective)
                .into_any(),
        ),
        ("Design effect", format!("{:.2}", weights.design_effect).into_any()),
    ];
    let tables = profile.questions.iter().map(|(question, lines)| table(question, lines)).collect_view();
    view! {
        <section class="ds-section" id="preview">
            <h2>"What these numbers give"</h2>
            {ui::facts(facts)}
            {tables}
            <p class="ds-figure-note">"“Far” stands where those who answered are 5 points or more from everybody. When weights are cut, the last column need not meet everybody exactly. “Hidden” stands where so few people answered that they might be recognised."</p>
        </section>
    }
    .into_any()
}

fn table(question: &str, lines: &[profile::Line]) -> AnyView {
    let rows = lines.iter().map(|line| {
        let hidden = || "Hidden".to_owned();
        let [people, percent, weighed] = line.answered.map_or_else(
            || [hidden(), hidden(), hidden()],
            |(people, percent, weighed)| [grouped(&people), format!("{percent:.1}%"), format!("{weighed:.1}%")],
        );
        view! {
            <tr>
                <th scope="row">{line.name.clone()}</th>
                <td class="ds-table__number">{grouped(&line.number)}</td>
                <td class="ds-table__number">{format!("{:.1}%", line.everybody)}</td>
                <td class="ds-table__number">{people}</td>
                <td class="ds-table__number">{percent}</td>
                <td>{if line.is_far() { "Far" } else { "" }}</td>
                <td class="ds-table__number">{weighed}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let (caption, label) = (question.to_owned(), question.to_owned());
    view! {
        <div class="ds-scroll" role="region" aria-label=label tabindex="0">
            <table class="ds-table">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">"Category"</th>
                    <th scope="col" class="ds-table__number">"Everybody"</th>
                    <th scope="col" class="ds-table__number">"Per cent"</th>
                    <th scope="col" class="ds-table__number">"Answered"</th>
                    <th scope="col" class="ds-table__number">"Per cent"</th>
                    <th scope="col">"Apart"</th>
                    <th scope="col" class="ds-table__number">"Weighted"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn fields(asked: &Asked, form: &Form, at: &str) -> AnyView {
    let questionnaire = &asked.version.questionnaire;
    let questions: Vec<&Question> = method::questions(questionnaire).collect();
    let has_areas = !homes::groups(asked).is_empty();
    let ways = Way::ALL.into_iter().filter(|way| match way {
        Way::None => true,
        Way::Cells => has_areas,
        Way::Raking => !questions.is_empty(),
    });
    let ways: Vec<(&str, &str)> = ways.map(|way| (way.code(), way.label())).collect();
    let homes = has_areas.then(|| view! { <p><a href=format!("{at}/homes")>"Homes in each area"</a></p> });
    let boxes = questions.iter().map(|question| {
        let inputs = question.kind.groups().into_iter().enumerate();
        let inputs = inputs.map(|(at, group)| ui::text(form, &method::field(question.key, at), group).number().width(10).view());
        view! {
            <fieldset class="govuk-fieldset govuk-form-group">
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{method::name(questionnaire, question)}</legend>
                {inputs.collect_view()}
            </fieldset>
        }
    });
    let boxes = boxes.collect_view();
    let numbers = (!questions.is_empty()).then(|| {
        view! {
            <h2>"Numbers of everybody, for raking"</h2>
            <p>"For each question that is to take part, enter how many homes or people of all that could answer are in each category. All questions must add up to the same. Leave the boxes of a question empty to leave it out; up to five can take part."</p>
            {boxes}
            {ui::text(form, "cap", "The most that one answer may count (you may leave this out)").hint("As a multiple of the mean, like 3. What is cut off is shared out among the others.").number().width(5).view()}
        }
    });
    view! {
        <form method="post" novalidate class="ds-section">
            {ui::radios(form, "way", "How the answers are weighed", ways).view()}
            {homes}
            {numbers}
            <div class="ds-toolbar">
                <button type="submit" class="govuk-button" name=ui::STEP value="save">"Save"</button>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="preview">"Show what these numbers give"</button>
            </div>
        </form>
    }
    .into_any()
}
