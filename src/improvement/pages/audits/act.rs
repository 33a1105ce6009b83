//! Putting a recommendation that is agreed into a plan, as an action.

use chrono::Datelike as _;
use leptos::prelude::*;

use super::parts::{finding_of, refusal};
use crate::improvement::audits::act::{ActError, NewAction, act};
use crate::improvement::audits::audit::Audit;
use crate::improvement::audits::finding::Whole as Found;
use crate::improvement::pages::parts::{Names, back, heading};
use crate::plans::deadline::Span;
use crate::plans::month::Month;
use crate::plans::plan::ObjectiveId;
use crate::plans::whole::{Whole, load_all_open};
use crate::plans::word_action::Words;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The finding, the open plans and who is who.
struct Known {
    audit: Audit,
    found: Found,
    plans: Vec<Whole>,
    names: Names,
}

async fn load(req: &Req) -> Result<Known, PageError> {
    let mut tx = req.app.db.read().await?;
    let (audit, found) = finding_of(req, &mut tx).await?;
    Ok(Known { audit, found, plans: load_all_open(&mut tx, req.today()).await?, names: Names::load(&mut tx).await? })
}

fn page(known: Known, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Put a recommendation into a plan", move || {
        let Known { audit, found, plans, .. } = &known;
        let mut objectives = vec![(String::new(), "Choose an objective".to_owned())];
        for whole in plans {
            objectives.extend(whole.objectives().map(|one| {
                let objective = &one.objective;
                (objective.id.to_string(), format!("{}: {}. {}", whole.plan.title, objective.reference, objective.title))
            }));
        }
        view! {
            {back(found.finding.href(), "Back to the finding")}
            {ui::error_summary(&form)}
            {heading(format!("Audit of {}, finding {}", audit.year, found.finding.number), "Put it into a plan")}
            <p>"It becomes an action of the plan like any other, with its own history, and stays joined to the finding. What residents read of the plan shows it, so name nobody."</p>
            <form method="post" novalidate>
                {ui::select(&form, "objective", "Plan and objective", objectives)}
                {ui::text(&form, "reference", "Number").hint("Like 3.5; no other action of the plan has it").width(5).view()}
                {ui::textarea(&form, "title", "The action").rows(3).view()}
                {ui::textarea(&form, "measure", "How we see that it is done").rows(2).view()}
                {ui::text(&form, "leads", "Leads").hint("Initials or posts, as the plan writes them: KA, MF").view()}
                {ui::textarea(&form, "resources", "What it costs").hint("Like £2,500, no additional cost, or unknown").rows(2).view()}
                {ui::day(&form, "due", "By when", "The plan keeps the month. For example, 31 3 2027")}
                {ui::button("Add the action")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let known = load(&req).await?;
    let mut form = Form::filled(&[("title", &known.found.finding.recommendation)]);
    if let Some(response) = &known.found.response {
        form.set_day("due", response.due_on);
        form.set("leads", &response.owner_id.map(|id| known.names.of(id)).unwrap_or_default());
    }
    Ok(page(known, form).into())
}

fn read(form: &mut Form, plans: &[Whole]) -> Option<NewAction> {
    let objective = form.choice::<ObjectiveId>("objective", "Choose an objective");
    let plan = plans.iter().find(|whole| whole.objectives().any(|one| Some(one.objective.id) == objective));
    if objective.is_some() && plan.is_none() {
        form.error("objective", "Choose one from the list");
    }
    let reference = form.required("reference", "The number", 10, "Enter a number, like 3.5");
    let pieces = || reference.split('.');
    let is_number =
        pieces().count() > 1 && pieces().all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphanumeric()));
    if !reference.is_empty() && !is_number {
        form.error("reference", "The number must be like 3.5");
    }
    let title = form.required("title", "The action", 2000, "Say what will be done");
    let measure = form.text("measure", "The measure", 2000);
    let leads = form.text("leads", "The leads", 300);
    let resources = form.text("resources", "The cost", 500);
    let due = form.optional_day("due", "The day").and_then(|day| Month::new(day.year(), day.month())).map(Span::month);
    if !form.is_valid() {
        return None;
    }
    let words = Words {
        objective: objective?,
        parent: None,
        reference: Some(reference),
        title,
        measure,
        outcome: String::new(),
        resources,
        leads,
    };
    Some(NewAction { plan: plan?.plan.id, words, due })
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let known = load(&req).await?;
    if let Some(new) = read(&mut form, &known.plans) {
        let finding = &known.found.finding;
        let mut tx = req.app.db.write().await?;
        match act(&req.app, &mut tx, finding.id, req.account()?.id, &new).await {
            Ok(action) => {
                let reference = new.words.reference.clone().unwrap_or_default();
                req.audit(&mut tx, "added an action", &reference, "").await?;
                let object = format!("audit finding {}", finding.id);
                req.audit(&mut tx, "put a recommendation into a plan", &object, &format!("action {action}")).await?;
                tx.commit().await?;
                return Ok(Reply::redirect(finding.href()).saying("It is in the plan."));
            }
            Err(ActError::NumberTaken) => form.error("reference", "Another action has this number"),
            Err(ActError::Audit(error)) => form.error("title", refusal(error)?),
        }
    }
    Ok(page(known, form).into())
}
