//! The frozen copies of a plan: what was laid before a meeting, exactly as it was.

use leptos::prelude::*;

use super::pack_view;
use super::parts::{asked_plan, back, written};
use super::then::json_reply;
use crate::clock;
use crate::db::Tx;
use crate::exchange::csv;
use crate::permissions;
use crate::plans::freeze::{FreezeError, freeze};
use crate::plans::pack::Pack;
use crate::plans::plan::Plan;
use crate::plans::store::{self, Snapshot};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, tx: &mut Tx, plan: Plan, form: Form) -> Result<Page, PageError> {
    let all = store::list_snapshot_heads(tx, plan.id).await?;
    let freezes = permissions::may_post(req.viewer.role(), "/staff/plan/snapshots");
    let shown = form.clone();
    Ok(Page::staff("Frozen copies", move || {
        let form = freezes.then(|| {
            view! {
                <section class="ds-section"><h2>"Freeze the plan"</h2>
                    <p>"A frozen copy can never be changed or removed."</p>
                    <form method="post">
                        {ui::text(&shown, "title", "What is it for?").hint("For example: Board meeting of March").view()}
                        {ui::day(&shown, "on", "As at the end of which day?", "Today or an earlier day")}
                        {ui::button("Freeze the plan")}
                    </form>
                </section>
            }
        });
        let none = all.is_empty().then(|| view! { <div class="ds-empty"><p>"The plan has not been frozen yet. Freeze it when you lay it before a meeting."</p></div> });
        let rows = all.iter().enumerate().map(|(at, one)| {
            let earlier = all.get(at + 1).map(|before| {
                let to = plan.on(&format!("/staff/plan/compare?from=copy-{}&to=copy-{}", before.snapshot_id, one.snapshot_id));
                view! { <li><a href=to>"Changes since the copy before"<span class="govuk-visually-hidden">{format!(" {}", one.title)}</span></a></li> }
            });
            let since = plan.on(&format!("/staff/plan/compare?from=copy-{}", one.snapshot_id));
            let about = format!("As at {}, frozen on {}", clock::day(one.as_of), clock::day_and_time(one.frozen_at));
            view! {
                <li><div class="ds-list__main"><a href=format!("/staff/plan/snapshots/{}", one.snapshot_id)>{format!("{}. {}", one.number, one.title)}</a><p>{about}</p>
                <ul class="ds-actions">{earlier}<li><a href=since>"Changes since then"<span class="govuk-visually-hidden">{format!(" {}", one.title)}</span></a></li></ul></div></li>
            }
        });
        view! {
            {back(plan.on("/staff/plan"), "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{plan.title.clone()}</span>"Frozen copies"</h1></div>
            <ul class="ds-list">{rows.collect_view()}</ul>
            {none}
            {form}
        }
    })
    .with_form(&form))
}

/// The list.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let plan = asked_plan(&req, &mut tx).await?;
    let mut form = Form::default();
    form.set_day("on", Some(req.today()));
    Ok(page(&req, &mut tx, plan, form).await?.into())
}

/// Freezes the plan.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let plan = asked_plan(&req, &mut tx).await?;
    let title = form.required(
        "title",
        "What it is for",
        150,
        "Say what it is for, like \u{201c}Board meeting of March\u{201d}",
    );
    let day = form.day("on", "The day");
    let (Some(day), true) = (day, form.is_valid()) else {
        return Ok(page(&req, &mut tx, plan, form).await?.into());
    };
    let frozen = match freeze(&mut tx, plan.clone(), day, &title, written(&req)).await {
        Ok(frozen) => frozen,
        Err(FreezeError::Database(error)) => return Err(error.into()),
        Err(FreezeError::Written(error)) => return Err(PageError::Internal(error.to_string())),
        Err(error) => {
            let field = if matches!(error, FreezeError::NoTitle) { "title" } else { "on" };
            form.error(field, error.to_string());
            return Ok(page(&req, &mut tx, plan, form).await?.into());
        }
    };
    let object = format!("frozen plan {}", frozen.snapshot_id);
    req.audit(&mut tx, "froze a plan", &object, &format!("{title}, as at {day}: {}", frozen.hash)).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/snapshots/{}", frozen.snapshot_id)).saying("The plan is frozen"))
}

async fn find(req: &Req, tx: &mut Tx) -> Result<(Snapshot, Pack), PageError> {
    let one = store::find_snapshot(tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    let pack = Pack::read(&one.content).map_err(|error| PageError::Internal(error.to_string()))?;
    Ok((one, pack))
}

/// One frozen copy.
///
/// # Errors
/// `NotFound` when there is no such copy.
pub async fn get_one(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (one, pack) = find(&req, &mut tx).await?;
    let plan = store::find_plan(&mut tx, one.plan_id).await?.ok_or(PageError::NotFound)?;
    Ok(Page::staff(one.title.clone(), move || {
        let base = format!("/staff/plan/snapshots/{}", one.snapshot_id);
        let about = format!(
            "As at the end of {}. {} Frozen on {}; nobody can change it.",
            clock::day(one.as_of),
            pack_view::summary(&pack),
            clock::day_and_time(one.frozen_at)
        );
        let compare = plan.on(&format!("/staff/plan/compare?from=copy-{}", one.snapshot_id));
        view! {
            {back(plan.on("/staff/plan/snapshots"), "Frozen copies")}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{pack.plan.clone()}</span>{one.title.clone()}</h1><p class="ds-lead">{about}</p></div>
            <ul class="ds-actions ds-no-print">
                <li><a href=format!("{base}/plan.csv")>"This copy as a table (CSV)"</a></li>
                <li><a href=format!("{base}/plan.json")>"This copy as JSON"</a></li>
                <li><a href=compare>"What changed since"</a></li>
            </ul>
            {pack_view::rows(&pack)}
            <p class="ds-meta">"Its mark, which any change would alter: " <code>{one.hash.clone()}</code></p>
        }
    })
    .into())
}

/// A frozen copy as JSON, byte for byte as it was frozen.
///
/// # Errors
/// `NotFound` when there is no such copy.
pub async fn json(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    Ok(json_reply(find(&req, &mut tx).await?.0.content))
}

/// A frozen copy as a table.
///
/// # Errors
/// `NotFound` when there is no such copy.
pub async fn table(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (one, pack) = find(&req, &mut tx).await?;
    Ok(Reply::download(&format!("plan-{}.csv", one.as_of), csv::CONTENT_TYPE, pack.table()))
}
