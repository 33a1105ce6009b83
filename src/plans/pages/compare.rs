//! What changed in a plan between two days, or between two frozen copies.

use chrono::Days;
use leptos::prelude::*;

use super::parts::{asked_plan, back};
use super::seen::named;
use super::then::asked_day;
use super::told::before_and_after;
use crate::clock;
use crate::db::Tx;
use crate::plans::between::{self, Difference, Fact};
use crate::plans::pack::{self, Pack};
use crate::plans::plan::Plan;
use crate::plans::store;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// One side of the comparison.
struct Side {
    pack: Pack,
    /// `12 March 2026`, or `“Board meeting” (as at 12 March 2026)`.
    said: String,
}

/// The side that `name` asks for: a frozen copy (`copy-3`), a day, or the day so many days ago.
async fn side(
    req: &Req,
    tx: &mut Tx,
    plan: &Plan,
    form: &mut Form,
    (name, what, ago): (&str, &str, u64),
) -> Result<Side, PageError> {
    if let Some(copy) = req.query(name).and_then(|asked| asked.strip_prefix("copy-")) {
        let id = copy.parse().map_err(|_| PageError::NotFound)?;
        let one =
            store::find_snapshot(tx, id).await?.filter(|one| one.plan_id == plan.id).ok_or(PageError::NotFound)?;
        let pack = Pack::read(&one.content).map_err(|error| PageError::Internal(error.to_string()))?;
        form.set_day(name, Some(one.as_of));
        let said = format!("\u{201c}{}\u{201d} (as at {})", one.title, clock::day(one.as_of));
        return Ok(Side { pack, said });
    }
    let day = asked_day(req, form, name, what)?;
    let day = day.unwrap_or_else(|| req.today().checked_sub_days(Days::new(ago)).unwrap_or(req.today()));
    if form.is_valid() {
        form.set_day(name, Some(day));
    }
    Ok(Side { pack: pack::make(tx, plan.clone(), day).await?, said: clock::day(day) })
}

/// The page.
///
/// # Errors
/// `NotFound` when there is no such plan or copy.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut form = req.query_form();
    let mut tx = req.app.db.read().await?;
    let plan = asked_plan(&req, &mut tx).await?;
    let from = side(&req, &mut tx, &plan, &mut form, ("from", "The first day", 31)).await?;
    let to = side(&req, &mut tx, &plan, &mut form, ("to", "The last day", 0)).await?;
    if form.is_valid() && from.pack.as_of > to.pack.as_of {
        form.error("to", "The last day must not be before the first");
    }
    let differences = if form.is_valid() { between::between(&from.pack, &to.pack) } else { vec![] };
    let shown = form.clone();
    Ok(Page::staff("What changed in the plan", move || body(&plan, &from.said, &to.said, &differences, &shown))
        .with_form(&form)
        .into())
}

fn body(plan: &Plan, from: &str, to: &str, differences: &[Difference], form: &Form) -> AnyView {
    let counts: Vec<String> =
        between::counted(differences).into_iter().map(|(kind, number)| format!("{number} {}", kind.words())).collect();
    let lead = match (form.is_valid(), counts.is_empty()) {
        (false, _) => String::new(),
        (true, true) => format!("Nothing changed from {from} to {to}."),
        (true, false) => format!("From {from} to {to}: {}.", counts.join(", ")),
    };
    let objectives = differences.chunk_by(|a, b| a.objective == b.objective).map(|under| {
        let title = under.first().map(|d| d.objective.clone()).unwrap_or_default();
        view! { <section class="ds-section"><h2>{title}</h2>{under.iter().map(action).collect_view()}</section> }
    });
    let objectives = objectives.collect_view();
    view! {
        {back(plan.on("/staff/plan"), "Plan")}
        {ui::error_summary(form)}
        <div class="ds-heading"><h1><span class="ds-heading__caption">{plan.title.clone()}</span>"What changed in the plan"</h1><p class="ds-lead">{lead}</p></div>
        <form class="ds-no-print" method="get" action="/staff/plan/compare">
            {named(plan)}
            {ui::day(form, "from", "From the end of", "Today or an earlier day")}
            {ui::day(form, "to", "To the end of", "Today or an earlier day")}
            {ui::quiet_button("Show what changed")}
        </form>
        <ul class="ds-actions ds-no-print"><li><a href=plan.on("/staff/plan/snapshots")>"Frozen copies"</a></li></ul>
        {objectives}
    }
    .into_any()
}

fn action(of: &Difference) -> AnyView {
    let facts = of.facts.iter().map(fact).collect_view();
    view! {
        <div class="ds-card ds-card--plain">
            <h3 class="ds-card__title"><a href=format!("/staff/plan/actions/{}", of.id)>{of.name.clone()}</a></h3>
            {facts}
        </div>
    }
    .into_any()
}

fn fact(of: &Fact) -> AnyView {
    let why = (!of.why.is_empty()).then(|| view! { <p class="ds-meta">{of.why.clone()}</p> });
    view! { <h4>{of.label}</h4>{before_and_after(&of.old, &of.new)}{why} }.into_any()
}
