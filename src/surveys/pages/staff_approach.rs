//! The summary of approach of a survey of the measures: what the program knows, and a form for what staff must write.

use leptos::prelude::*;

use crate::permissions;
use crate::surveys::pages::{approach as public, measures, staff_details};
use crate::surveys::regulator::approach::{self, LONGEST, Sampling};
use crate::surveys::regulator::known::Known;
use crate::surveys::regulator::measures::NotASource;
use crate::surveys::regulator::{accuracy, store};
use crate::surveys::results;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/approach`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, known) = load(&req).await?;
    let mut tx = req.app.db.read().await?;
    let approach = store::find_approach(&mut tx, asked.survey.id).await?;
    Ok(page(&req, asked, known, approach::fill(approach.as_ref())).into())
}

/// Keeps what was written.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, known) = load(&req).await?;
    let mut form = req.form();
    let short = asked.survey.is_settled(req.now()) && accuracy::is_short(&known.accuracy);
    let Some(approach) = approach::read(&mut form, short) else { return Ok(page(&req, asked, known, form).into()) };
    let id = asked.survey.id;
    let mut tx = req.app.db.write().await?;
    store::save_approach(&mut tx, id, &approach, req.now()).await?;
    req.audit(&mut tx, "wrote the summary of approach of a survey", &format!("survey/{id}"), &asked.survey.title)
        .await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{id}/approach")).saying("The summary of approach was saved"))
}

async fn load(req: &Req) -> Result<(Asked, Known), PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let known = measures::load(&mut tx, &asked, &gathered, &req.landlord).await?;
    let known = known.ok_or_else(|| PageError::BadRequest(NotASource.in_words().to_owned()))?;
    Ok((asked, known))
}

fn page(req: &Req, asked: Asked, known: Known, form: Form) -> Page {
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/approach");
    let error_form = form.clone();
    Page::staff(format!("Summary of approach: {}", asked.survey.title), move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let seen = asked.survey.results_published_at.map(|_| {
            view! { <div class="ds-toolbar"><a href=format!("{}/approach", asked.survey.path())>"As it is published"</a></div> }
        });
        view! {
            <a class="govuk-back-link" href=at>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Summary of approach"</h1>
                <p class="ds-lead">"The regulator wants it published with the measures. The results cannot be published before it is written."</p>
            </div>
            {seen}
            <section class="ds-section">
                <h2>"What is filled in for you"</h2>
                {public::known_facts(&known, &public::open_for(&asked.survey))}
                <p class="ds-meta">"The questions as they were asked are added to the published page."</p>
            </section>
            <section class="ds-section">
                <h2>"What you write"</h2>
                {if may_change { fields(&form) } else { read_only(&form) }}
            </section>
        }
    })
    .with_form(&error_form)
}

/// The texts staff write: field, label and hint, in the regulator's order.
const TEXTS: [(&str, &str, &str); 7] = [
    (
        "representativeness",
        "How like all tenants those who answered are",
        "How you judged it, and what you found. Name every group that is 5 points or more apart.",
    ),
    ("characteristics", "Characteristics compared", "For example age, ethnicity, disability, area, kind of home."),
    ("contractors", "Contractors, and what they did", "By name. If there were none, write “None”."),
    (
        "excluded_reason",
        "Why households were left out",
        "Only in exceptional circumstances. Leave it empty if none was.",
    ),
    ("shortfall", "Why fewer answered than the regulator asks for", "Leave it empty if enough answered."),
    ("incentives", "Incentives", "What kind and how much. If there were none, write “None”."),
    (
        "issues",
        "Anything else that matters to the figures",
        "For example a change in how people were asked since last year. If there is nothing, write “None”.",
    ),
];

fn fields(form: &Form) -> AnyView {
    let boxes = TEXTS.map(|(name, label, hint)| {
        let homes = (name == "excluded_reason")
            .then(|| ui::text(form, "excluded_homes", "How many households were left out").number().width(10).view());
        let field = if name == "characteristics" {
            ui::text(form, name, label).hint(hint).view()
        } else {
            ui::textarea(form, name, label).hint(hint).rows(3).limit(LONGEST).view()
        };
        view! { {homes}{field} }.into_any()
    });
    let boxes: Vec<AnyView> = boxes.into_iter().collect();
    let sampling = Sampling::ALL.map(|sampling| (sampling.code(), sampling.label()));
    view! {
        <form method="post" novalidate>
            {ui::radios(form, "sampling", "How people were chosen", sampling).view()}
            {boxes}
            {ui::button("Save the summary")}
        </form>
    }
    .into_any()
}

fn read_only(form: &Form) -> AnyView {
    if form.fields().is_empty() {
        return view! { <div class="ds-empty"><p>"It is not written yet."</p></div> }.into_any();
    }
    let sampling = form.value("sampling").parse::<Sampling>().map_or("", Sampling::label);
    let mut rows = vec![
        ("How people were chosen", sampling.into_any()),
        ("How many households were left out", form.value("excluded_homes").to_owned().into_any()),
    ];
    rows.extend(TEXTS.map(|(name, label, _)| (label, ui::paragraphs(form.value(name)).into_any())));
    ui::facts(rows)
}
