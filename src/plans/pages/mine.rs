//! My actions: what the person who looks leads, in their own name or as a member of a group, in every open plan.

use std::collections::HashSet;

use leptos::prelude::*;

use super::parts::back;
use super::seen::{Seen, views};
use crate::plans::action::ActionId;
use crate::plans::needs::led_by;
use crate::plans::store;
use crate::plans::whole::WholeAction;
use crate::web::{Page, PageError, Reply, Req};

/// The page.
///
/// # Errors
/// When nobody is signed in or the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let account = req.account()?.id;
    let mut plans: Vec<(Seen, HashSet<ActionId>)> = Vec::new();
    for plan in store::list_plans(&mut tx).await?.into_iter().filter(|plan| plan.is_open) {
        let own = led_by(&mut tx, plan.id, account).await?.into_iter().collect();
        plans.push((Seen::load(&req, &mut tx, plan).await?, own));
    }
    let role = req.viewer.role();
    Ok(Page::staff("My actions", move || {
        let nav = plans.first().map(|(seen, _)| views(&seen.whole.plan, role, "/staff/plan/mine"));
        let sections: Vec<AnyView> = plans.iter().filter_map(|(seen, own)| section(seen, own, plans.len() > 1)).collect();
        let none = sections.is_empty().then(|| view! { <div class="ds-empty"><p>"You lead no action of an open plan. When you do, in your own name or with a group, it appears here. Leads are joined to accounts on the page of leads."</p></div> });
        view! {
            {back("/staff/plan", "Plan")}
            <div class="ds-heading"><h1>"My actions"</h1><p>"What you lead in your own name or as a member of a group."</p></div>
            {nav}
            {sections}
            {none}
        }
    })
    .into())
}

fn section(seen: &Seen, own: &HashSet<ActionId>, several: bool) -> Option<AnyView> {
    let rows: Vec<&WholeAction> = seen.whole.rows().filter(|row| own.contains(&row.action().id)).collect();
    if rows.is_empty() {
        return None;
    }
    let has = |row: &WholeAction, code: &str| seen.flags.get(&row.action().id).is_some_and(|f| f.has(code));
    let rank = |row: &WholeAction| match () {
        () if row.as_of.standing.status.is_over() => 3,
        () if row.as_of.late => 0,
        () if has(row, "soon") => 1,
        () => 2,
    };
    let groups = [(0, "Late"), (1, "Due soon"), (2, "Later or without a date"), (3, "Finished, stopped or merged")]
        .map(|(which, title)| {
            let lines: Vec<AnyView> = rows.iter().filter(|row| rank(row) == which).map(|row| seen.line(row)).collect();
            (!lines.is_empty()).then(|| view! { <h3>{title}</h3><ul class="ds-list">{lines}</ul> })
        });
    let title = if several { seen.whole.plan.title.clone() } else { "In the plan".to_owned() };
    Some(view! { <section class="ds-section"><h2>{title}</h2>{groups.into_iter().collect_view()}</section> }.into_any())
}
