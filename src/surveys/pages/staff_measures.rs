//! The twelve measures as they would be reported, how accurate they are so far, and the homes behind them.

use leptos::prelude::*;

use crate::exchange::csv;
use crate::permissions;
use crate::questionnaires::bank::{self, Tenure};
use crate::statistics::table::Cell;
use crate::surveys::pages::{measures, staff_details};
use crate::surveys::regulator::known::{self, Known};
use crate::surveys::regulator::listed::{self, Listed};
use crate::surveys::regulator::stock::Stock;
use crate::surveys::regulator::{stock, store};
use crate::surveys::results;
use crate::surveys::survey::{Asked, State};
use crate::surveys::weighting;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What is wrong when homes are changed too late.
const PUBLISHED: &str =
    "The results are published. What is reported together or apart stays as it is, so that nobody can be worked out";

/// What is wrong when tenures are put together or parted while answers arrive: the two views together would tell of the
/// smaller one.
const BEGUN: &str =
    "People have begun to answer. What is reported together or apart stays as it is, so that nobody can be worked out";

/// `/staff/surveys/{id}/measures`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, stock, known) = load(&req).await?;
    let listed = listed::load(&mut req.app.db.read().await?).await?;
    let form = stock::fill(stock.or_else(|| listed::stock(&listed)).as_ref());
    Ok(page(&req, asked, (stock, &listed), known, form).into())
}

/// Keeps the homes of each tenure.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, old, known) = load(&req).await?;
    let mut form = req.form();
    let read = stock::read(&mut form);
    if asked.survey.results_published_at.is_some() {
        form.error("lcra_homes", PUBLISHED);
    }
    let parted = |stock: &Stock| old.as_ref().is_some_and(|old| old.reported() != stock.reported());
    if asked.version.is_locked() && read.as_ref().is_some_and(parted) {
        form.error("combined", BEGUN);
    }
    let Some(stock) = read.filter(|_| form.is_valid()) else {
        let listed = listed::load(&mut req.app.db.read().await?).await?;
        return Ok(page(&req, asked, (old, &listed), known, form).into());
    };
    let id = asked.survey.id;
    let mut tx = req.app.db.write().await?;
    store::save_stock(&mut tx, id, &stock).await?;
    let together = if stock.combined { ", reported together" } else { "" };
    let detail = format!("{} LCRA, {} LCHO homes{together}", stock.lcra_homes, stock.lcho_homes);
    req.audit(&mut tx, "entered the homes of a survey", &format!("survey/{id}"), &detail).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{id}/measures")).saying("The homes were saved"))
}

/// The measures as a file.
pub async fn file(req: Req) -> Result<Reply, PageError> {
    let (asked, _, known) = load(&req).await?;
    let name = format!("{}-measures.csv", asked.survey.slug);
    Ok(Reply::download(&name, csv::CONTENT_TYPE, measures::file(&known.measures)))
}

/// The survey with what is known of it; refused for a survey that may not be a source.
async fn load(req: &Req) -> Result<(Asked, Option<Stock>, Known), PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let stock = store::find_stock(&mut tx, asked.survey.id).await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let known = known::known(&asked, &gathered, stock.as_ref(), &req.landlord);
    let known = known.map_err(|refused| PageError::BadRequest(refused.in_words().to_owned()))?;
    let in_force = weighting::load(&mut tx, &asked, &gathered, &req.landlord).await?;
    let mut known = known.weighed(&in_force, &asked, &req.landlord);
    if stock.is_none() {
        // Until it is said which tenures are reported together, figures of each might part what will be one.
        known.measures.measures.clear();
    }
    Ok((asked, stock, known))
}

fn page(req: &Req, asked: Asked, (stock, listed): (Option<Stock>, &[Listed]), known: Known, form: Form) -> Page {
    let from_list = from_list(listed);
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/measures");
    let may_save = permissions::may_read(req.viewer.role(), "/staff/surveys/{id}/measures.csv");
    let may_change = may_change && (asked.survey.results_published_at.is_none() || !form.is_valid());
    let state = asked.survey.state(req.now());
    let error_form = form.clone();
    Page::staff(format!("Measures: {}", asked.survey.title), move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let lead = match state {
            State::Draft | State::Waiting => "The survey is not open yet.",
            State::Open => "The survey is open: these figures change with every answer.",
            State::Closed => "The survey is closed.",
        };
        let accuracy = match stock {
            Some(_) => measures::accuracy(&known.accuracy),
            None => view! { <p>"Enter how many homes you have, and this page says how many answers are needed and how near you are."</p> }.into_any(),
        };
        let homes = may_change.then(|| homes_form(&form, from_list));
        let figures = if known.measures.measures.is_empty() {
            view! { <p>"They appear here once you have entered your homes."</p> }.into_any()
        } else {
            measures::tables(&known.measures).into_any()
        };
        let file = may_save.then(|| view! { <a href=format!("{at}/measures.csv")>"Download the measures as CSV"</a> });
        let bank = asked.version.questionnaire.bank().and_then(bank::find).map(|bank| {
            view! {
                <section class="ds-section">
                    <h2>"Where the questions come from"</h2>
                    <p>{bank.name.clone()}</p>
                    <p class="ds-meta">{bank.source.clone()}</p>
                </section>
            }
        });
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Measures and margins"</h1>
                <p class="ds-lead">{lead}</p>
            </div>
            <section class="ds-section">
                <h2>"How accurate it is"</h2>
                {accuracy}
                <p class="ds-meta">"Judged by the answers to TP01, for each tenure by itself."</p>
                <p>{no_tenure(known.measures.no_tenure)}</p>
            </section>
            {homes}
            <section class="ds-section">
                <h2>"The measures as they would be reported"</h2>
                {figures}
                <div class="ds-toolbar">{file}<a href=format!("{at}/approach")>"Summary of approach"</a><a href=format!("{at}/weighting")>"Weighting"</a><a href=format!("{at}/waves")>"Compare with other waves"</a></div>
            </section>
            {bank}
        }
    })
    .with_form(&error_form)
}

/// How many answers count for no tenure.
fn no_tenure(cell: Cell) -> String {
    match cell {
        Cell::Shown { count: 0, .. } => "Every answer names a tenure.".to_owned(),
        Cell::Shown { count: 1, .. } => "1 answer names no tenure, so it is in no measure.".to_owned(),
        Cell::Shown { count, .. } => format!("{count} answers name no tenure, so they are in no measure."),
        Cell::Hidden => {
            "How many answers name no tenure is not shown: they are few, or it would give away how few others are."
                .to_owned()
        }
    }
}

/// What the list of homes says, and that it is no more than a proposal; none where no home is listed.
fn from_list(listed: &[Listed]) -> Option<String> {
    let told = listed.iter().map(|one| {
        let words = if one.words.is_empty() { "no tenure said" } else { one.words.as_str() };
        let code = one.tenure.map_or("neither", Tenure::code);
        format!("{} {words} ({code})", grouped(&one.homes))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| {
        format!("The list of homes has {}. We guessed by these words what is rented and what is part-owned. Change the numbers where that is wrong, or where the list is of another day.", told.join(", "))
    })
}

fn homes_form(form: &Form, from_list: Option<String>) -> AnyView {
    let words = "Report both tenures together, because there are too few part-owned homes to report them apart";
    view! {
        <section class="ds-section">
            <h2>"Your homes"</h2>
            {from_list.map(|words| view! { <p>{words}</p> })}
            <form method="post" novalidate>
                {ui::text(form, "lcra_homes", "Rented homes (LCRA)").hint("General needs, supported housing, housing for older people, intermediate rent. Enter 0 if you have none.").number().width(10).view()}
                {ui::text(form, "lcho_homes", "Part-owned homes (LCHO)").hint("Shared ownership and shared equity. Leaseholders and people who own their whole home do not count. Enter 0 if you have none.").number().width(10).view()}
                {ui::checkbox(form, "combined", "yes", words)}
                {ui::button("Save the homes")}
            </form>
        </section>
    }
    .into_any()
}
