//! The plan lead by lead: how much each has in hand, and what of it needs a look.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;

use super::parts::back;
use super::seen::{Seen, views};
use crate::plans::action::ActionId;
use crate::plans::flags::CODES;
use crate::plans::store::{self, LeadEntry, LeadId};
use crate::plans::whole::WholeAction;
use crate::web::{Page, PageError, Reply, Req};

/// A lead with the actions that it leads.
struct Led<'a> {
    lead: Option<&'a LeadEntry>,
    rows: Vec<&'a WholeAction>,
}

impl Led<'_> {
    fn name(&self) -> String {
        self.lead.map_or_else(|| "Nobody".to_owned(), LeadEntry::shown)
    }

    fn anchor(&self) -> String {
        self.lead.map_or_else(|| "lead-nobody".to_owned(), |lead| format!("lead-{}", lead.lead_id))
    }

    fn open(&self) -> impl Iterator<Item = &&WholeAction> {
        self.rows.iter().filter(|row| !row.as_of.standing.status.is_over())
    }
}

/// The page.
///
/// # Errors
/// `NotFound` when there is no such plan.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let seen = Seen::asked(&req, &mut tx).await?;
    let directory = store::list_leads(&mut tx).await?;
    let mut leading: HashMap<LeadId, HashSet<ActionId>> = HashMap::new();
    for one in store::list_leading(&mut tx, seen.whole.plan.id).await? {
        leading.entry(one.lead_id).or_default().insert(one.action_id);
    }
    let role = req.viewer.role();
    Ok(Page::staff("The plan by lead", move || {
        let plan = &seen.whole.plan;
        let led = led(&seen, &directory, &leading);
        let none = led.is_empty().then(|| view! { <div class="ds-empty"><p>"The plan has no actions yet."</p></div> });
        view! {
            {back(plan.on("/staff/plan"), "Plan")}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{plan.title.clone()}</span>"The plan by lead"</h1>
                <p>"An action with several leads stands with each of them."</p></div>
            {views(plan, role, "/staff/plan/by-lead")}
            {(!led.is_empty()).then(|| summary(&seen, &led))}
            {led.iter().map(|one| section(&seen, one)).collect_view()}
            {none}
        }
    })
    .into())
}

/// Every lead that has an action, and last the actions that nobody leads.
fn led<'a>(seen: &'a Seen, directory: &'a [LeadEntry], leading: &HashMap<LeadId, HashSet<ActionId>>) -> Vec<Led<'a>> {
    let of = |lead: &'a LeadEntry| {
        let own = leading.get(&lead.lead_id)?;
        let rows: Vec<&WholeAction> = seen.whole.rows().filter(|row| own.contains(&row.action().id)).collect();
        (!rows.is_empty()).then_some(Led { lead: Some(lead), rows })
    };
    let nobody: Vec<&WholeAction> =
        seen.whole.rows().filter(|row| !leading.values().any(|own| own.contains(&row.action().id))).collect();
    let last = (!nobody.is_empty()).then_some(Led { lead: None, rows: nobody });
    directory.iter().filter_map(of).chain(last).collect()
}

fn summary(seen: &Seen, led: &[Led<'_>]) -> AnyView {
    let heads = CODES.map(|(_, words)| view! { <th scope="col" class="ds-table__number">{words}</th> });
    let rows = led.iter().map(|one| {
        let has = |code: &str| {
            one.rows.iter().filter(|row| seen.flags.get(&row.action().id).is_some_and(|f| f.has(code))).count()
        };
        let counts = CODES.map(|(code, words)| view! { <td class="ds-table__number" data-label=words>{has(code)}</td> });
        view! {
            <tr><th scope="row"><a href=format!("#{}", one.anchor())>{one.name()}</a></th><td class="ds-table__number" data-label="Unfinished">{one.open().count()}</td>{counts.into_iter().collect_view()}</tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll" role="region" aria-label="Actions by lead" tabindex="0"><table class="ds-table ds-table--stack">
            <caption class="govuk-visually-hidden">"Actions by lead"</caption>
            <thead><tr><th scope="col">"Lead"</th><th scope="col" class="ds-table__number">"Unfinished"</th>{heads.into_iter().collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn section(seen: &Seen, one: &Led<'_>) -> AnyView {
    let lines: Vec<AnyView> = one.open().map(|row| seen.line(row)).collect();
    let none = lines.is_empty().then(|| view! { <p>"Nothing is unfinished."</p> });
    let over = one.rows.len() - lines.len();
    let over =
        (over > 0).then(|| view! { <p class="ds-meta">{format!("{over} more finished, stopped or merged.")}</p> });
    view! { <section class="ds-section" id=one.anchor()><h2>{one.name()}</h2><ul class="ds-list">{lines}</ul>{none}{over}</section> }
        .into_any()
}
