//! One action in the workspace: everything known about it, the document's own words beside the reading.

use leptos::prelude::*;

use super::action::last_said;
use super::parts::{back, due, plan_of_action, posting, said_when, word};
use super::staff_plan::{leading, leads_shown};
use super::told::{before_and_after, shown};
use crate::clock;
use crate::people::Role;
use crate::permissions;
use crate::plans::action::ActionId;
use crate::plans::import::rows::Cells;
use crate::plans::link::{Kind, Link, blocked};
use crate::plans::money::by_action;
use crate::plans::progress::Word;
use crate::plans::resources::pounds;
use crate::plans::store::{self, Change, Evidence};
use crate::plans::whole::{Whole, WholeAction};
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// The page.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let directory = store::list_leads(&mut tx).await?;
    let leading = leading(&directory, store::list_leading(&mut tx, whole.plan.id).await?);
    let leads = leads_shown(&leading, id);
    let evidence = store::list_evidence(&mut tx, id).await?;
    let changes = store::list_changes(&mut tx, whole.plan.id, Some(id), 100).await?;
    let mut linked = super::linked::of_action(&mut tx, id).await?;
    linked.extend(super::linked::research_of_action(&mut tx, id).await?);
    let links = store::list_links(&mut tx, whole.plan.id).await?;
    let spent = by_action(&store::list_spending(&mut tx, whole.plan.id).await?).remove(&id);
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    let posts = posting(&req, &mut tx, whole.plan.id).await?.is_on(id);
    let reader = Reader { role: req.viewer.role(), posts };
    Ok(Page::staff(name, move || {
        whole.find(id).map(|of| body(&whole, of, (leads, spent), &links, &evidence, &changes, &linked, reader))
    })
    .into())
}

/// Who reads the page, and whether they may say how the action stands.
#[derive(Clone, Copy)]
struct Reader {
    role: Option<Role>,
    posts: bool,
}

#[expect(clippy::too_many_arguments, reason = "everything that is known about an action")]
fn body(
    whole: &Whole,
    of: &WholeAction,
    (leads, spent): (String, Option<i64>),
    links: &[Link],
    evidence: &[Evidence],
    changes: &[Change],
    linked: &[(String, String)],
    reader: Reader,
) -> AnyView {
    let (action, role) = (of.action(), reader.role);
    let mut rows: Vec<(&str, AnyView)> = vec![
        ("Action", ui::paragraphs(&action.title)),
        ("Measured by", ui::paragraphs(&action.measure)),
        ("Lead", leads.into_any()),
        ("By when", due(of).into_any()),
        (
            "Resources",
            view! { <p>{action.resources.words()}</p><p class="ds-meta">{action.resources_text.clone()}</p> }
                .into_any(),
        ),
        ("Outcomes and comments", ui::paragraphs(&action.outcome)),
    ];
    if let Some((theme, objective)) = whole.place_of(action.id) {
        rows.insert(
            0,
            ("Objective", format!("{}: {}. {}", theme.shown(), objective.reference, objective.title).into_any()),
        );
    }
    let link = |a: &WholeAction| {
        let (href, name) = (format!("/staff/plan/actions/{}", a.action().id), a.action().name());
        view! { <a href=href>{name}</a> }
    };
    if let Some(spent) = spent {
        rows.push(("Spent", pounds(spent).into_any()));
    }
    if let Some(parent) = action.parent.and_then(|id| whole.find(id)) {
        rows.insert(0, ("Part of", link(parent).into_any()));
    }
    rows.extend(hangs_on(whole, links, action.id));
    if let Some(into) = action.merged_into.and_then(|id| whole.find(id)) {
        rows.push(("Merged into", link(into).into_any()));
    }
    let from: Vec<_> = whole
        .rows()
        .filter(|a| a.action().merged_into == Some(action.id))
        .map(|a| view! { <li>{link(a)}</li> })
        .collect();
    if !from.is_empty() {
        rows.push(("Carries on", view! { <ul>{from}</ul> }.into_any()));
    }
    if !linked.is_empty() {
        let list = linked
            .iter()
            .map(|(href, title)| view! { <li><a href=href.clone()>{title.clone()}</a></li> })
            .collect_view();
        rows.push(("Belongs to", view! { <ul>{list}</ul> }.into_any()));
    }
    let parts = (!of.parts.is_empty()).then(|| {
        let rows = of.parts.iter().map(|p| view! { <li><div class="ds-list__main">{link(p)}<p>{due(p)}</p></div><div class="ds-list__aside">{word(p.as_of.word)}</div></li> });
        view! { <section class="ds-section"><h2>"Parts"</h2><ul class="ds-list">{rows.collect_view()}</ul></section> }
    });
    let said = (of.as_of.word == Word::Late).then(|| last_said(of));
    let may_withdraw = permissions::may_post(role, "/staff/plan/evidence/{id}");
    view! {
        {back(whole.plan.on("/staff/plan"), "Plan")}
        <div class="ds-heading"><h1>{action.name()}</h1><p class="ds-lead">{word(of.as_of.word)}{said}</p></div>
        {warnings(of, role)}
        {toolbar(whole, of, reader)}
        {ui::facts(rows)}
        {parts}
        {proofs(evidence, may_withdraw)}
        {progress(of)}
        {document(of)}
        {history(whole, changes)}
    }
    .into_any()
}

/// The actions it is linked to, and those that are linked to it.
fn hangs_on(whole: &Whole, links: &[Link], id: ActionId) -> Vec<(&'static str, AnyView)> {
    let named = |other: ActionId| {
        whole.find(other).map(|a| view! { <li><a href=format!("/staff/plan/actions/{other}")>{a.action().name()}</a> " " {word(a.as_of.word)}</li> })
    };
    let list = |words: &'static str, others: Vec<ActionId>| {
        let others: Vec<_> = others.into_iter().filter_map(named).collect();
        (!others.is_empty()).then(|| (words, view! { <ul>{others}</ul> }.into_any()))
    };
    let there = |kind| links.iter().filter(move |l| l.kind == kind && l.from == id).map(|l| l.to);
    let back = |kind| links.iter().filter(move |l| l.kind == kind && l.to == id).map(|l| l.from);
    let rows = Kind::ALL.into_iter().flat_map(|kind| match kind {
        Kind::SeeAlso => [list(kind.words(), there(kind).chain(back(kind)).collect()), None],
        _ => [list(kind.words(), there(kind).collect()), list(kind.words_back(), back(kind).collect())],
    });
    let waits: Vec<ActionId> = blocked(whole, links).remove(&id).unwrap_or_default();
    rows.flatten().chain(list("Waits for", waits)).collect()
}

/// What can be done with the action, as far as the role may do it.
fn toolbar(whole: &Whole, of: &WholeAction, reader: Reader) -> AnyView {
    let (action, role) = (of.action(), reader.role);
    let base = format!("/staff/plan/actions/{}", action.id);
    let may = |ending: &str| permissions::may_post(role, &format!("/staff/plan/actions/{{id}}/{ending}"));
    let link = |ending: &str, words: &'static str| {
        may(ending).then(|| view! { <li><a href=format!("{base}/{ending}")>{words}</a></li> })
    };
    let post = reader.posts.then(|| ui::link_button("Post progress", format!("{base}/progress")));
    let attach = may("evidence").then(|| {
        view! { <a class="govuk-button govuk-button--secondary" href=format!("{base}/evidence")>"Attach evidence"</a> }
    });
    let adds = action.parent.is_none() && permissions::may_post(role, "/staff/plan/actions/new");
    let under = whole.plan.on(&format!("/staff/plan/actions/new?parent={}", action.id));
    let add_part = adds.then(|| view! { <li><a href=under>"Add a part"</a></li> });
    let history = whole.plan.on(&format!("/staff/plan/history?action={}", action.id));
    view! {
        <div class="ds-toolbar">
            {post}{attach}
            <ul class="ds-actions">
                {link("edit", "Edit")}{link("deadline", "Move the deadline")}{link("links", "Link to others")}{link("spending", "Enter money spent")}{link("standard", "Join to standards")}{add_part}
                <li><a href=history>"Its history"</a></li>
                <li><a href=format!("/plan/actions/{}", action.slug)>"What residents see"</a></li>
            </ul>
        </div>
    }
    .into_any()
}

fn warnings(of: &WholeAction, role: Option<Role>) -> AnyView {
    let list = &of.action().warnings;
    if list.is_empty() {
        return ().into_any();
    }
    let items = list.iter().map(|w| view! { <li>{w.clone()}</li> }).collect_view();
    let checked = permissions::may_post(role, "/staff/plan/actions/{id}/edit").then(|| {
        let to = format!("/staff/plan/actions/{}/edit", of.action().id);
        view! {
            <p>"Put right what was read wrongly: edit the action, move its deadline or post progress. Then say that it is checked."</p>
            <form method="post" action=to>{ui::carried("checked", "yes")}{ui::quiet_button("I have checked this")}</form>
        }
    });
    view! { <div class="govuk-inset-text"><p>"To check in the reading of the document:"</p><ul>{items}</ul>{checked}</div> }
        .into_any()
}

fn proofs(evidence: &[Evidence], may_withdraw: bool) -> AnyView {
    if evidence.is_empty() {
        return view! { <section class="ds-section"><h2>"Evidence"</h2><div class="ds-empty"><p>"None yet. An action is done when there is evidence, or a stated reason why none is needed."</p></div></section> }.into_any();
    }
    let rows = evidence.iter().map(|e| {
        let href = if e.file_id.is_some() { format!("/staff/plan/evidence/{}", e.evidence_id) } else { e.address.clone() };
        let about = match (&e.withdrawn_on, e.is_public) {
            (Some(on), _) => format!("Withdrawn on {}: {}", clock::day(*on), e.withdrawn_reason),
            (None, true) => format!("{}; residents see the title", clock::day(e.said_on)),
            (None, false) => format!("{}; for staff only", clock::day(e.said_on)),
        };
        let withdraw = (may_withdraw && e.withdrawn_on.is_none()).then(|| {
            let (to, field) = (format!("/staff/plan/evidence/{}", e.evidence_id), format!("why-{}", e.evidence_id));
            view! {
                <details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Withdraw"<span class="govuk-visually-hidden">{format!(" {}", e.title)}</span></span></summary>
                    <div class="govuk-details__text"><form method="post" action=to>
                        <div class="govuk-form-group"><label class="govuk-label" for=field.clone()>"Why it no longer counts"</label><input class="govuk-input" id=field name="reason" type="text"/></div>
                        {ui::quiet_button("Withdraw this evidence")}
                    </form></div>
                </details>
            }
        });
        view! { <li><div class="ds-list__main"><a href=href>{e.title.clone()}</a><p>{about}</p>{withdraw}</div></li> }
    });
    view! { <section class="ds-section"><h2>"Evidence"</h2><ul class="ds-list">{rows.collect_view()}</ul></section> }
        .into_any()
}

fn progress(of: &WholeAction) -> AnyView {
    let rows = of.told.progress.iter().rev().map(|p| {
        let share = p.per_cent.map(|p| format!(", {p}% done")).unwrap_or_default();
        let what = format!("{}{share}", Word::of(p.status, false).words());
        let waiver = (!p.waiver.is_empty()).then(|| view! { <p class="ds-meta">{format!("Without evidence: {}", p.waiver)}</p> });
        view! { <li><p class="ds-timeline__when">{said_when(p.said_on, p.source)}</p><p class="ds-timeline__what">{what}</p>{ui::paragraphs(&p.words)}{waiver}</li> }
    });
    let dates = of.told.promises.iter().rev().map(|p| {
        let what = format!("{}: {}", if p.is_revision { "Deadline moved to" } else { "Deadline" }, p.words.replace('\n', "; "));
        view! { <li><p class="ds-timeline__when">{said_when(p.said_on, p.source)}</p><p class="ds-timeline__what">{what}</p>{ui::paragraphs(&p.reason)}</li> }
    });
    view! {
        <section class="ds-section"><h2>"Progress"</h2><ol class="ds-timeline">{rows.collect_view()}</ol></section>
        <section class="ds-section"><h2>"Deadlines"</h2><ol class="ds-timeline">{dates.collect_view()}</ol></section>
    }
    .into_any()
}

/// The document's own cells, for a row that came from a file.
fn document(of: &WholeAction) -> AnyView {
    let cells: Option<Cells> = of.action().document.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let Some(cells) = cells else { return ().into_any() };
    let rows: Vec<(&str, AnyView)> = [
        ("Specific action", cells.text),
        ("Measured by", cells.measure),
        ("Lead staff", cells.leads),
        ("Resources", cells.resources),
        ("Deadline", cells.deadline),
        ("Outcomes and comments", cells.outcome),
        ("Status", cells.status),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| (name, ui::paragraphs(&text)))
    .collect();
    view! {
        <details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">"The row as the document has it"</span></summary>
            <div class="govuk-details__text">{ui::facts(rows)}</div>
        </details>
    }
    .into_any()
}

fn history(whole: &Whole, changes: &[Change]) -> AnyView {
    if changes.is_empty() {
        return ().into_any();
    }
    let rows = changes.iter().map(|c| {
        let of = |value: &str| shown(whole, &c.object, &c.field, value);
        let why = if c.reason.is_empty() { None } else { Some(view! { <p class="ds-meta">{c.reason.clone()}</p> }) };
        view! {
            <li><p class="ds-timeline__when">{clock::day(c.said_on)}</p><p class="ds-timeline__what">{c.field.clone()}</p>
            {before_and_after(&of(&c.old_value), &of(&c.new_value))}{why}</li>
        }
    });
    view! { <section class="ds-section"><h2>"Changes of words"</h2><ol class="ds-timeline">{rows.collect_view()}</ol></section> }.into_any()
}
