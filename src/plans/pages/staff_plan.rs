//! The plan in the workspace: every action with its leads, dates and state, to be filtered and worked on.

use std::collections::HashMap;

use leptos::prelude::*;

use super::parts::{Posting, asked_plan, due, posting, word};
use super::seen::{Seen, named, to_look_at, views};
use crate::clock;
use crate::people::Role;
use crate::permissions;
use crate::plans::action::ActionId;
use crate::plans::flags::{CODES, Flags};
use crate::plans::money::Money;
use crate::plans::plan::Plan;
use crate::plans::progress::Word;
use crate::plans::store::{self, LeadEntry};
use crate::plans::whole::{Whole, WholeAction};
use crate::ui::{self, ways};
use crate::web::{Form, Page, PageError, Reply, Req};

/// The leads of each action, in order.
type Leading = HashMap<ActionId, Vec<(LeadEntry, String)>>;

/// The page.
///
/// # Errors
/// When the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let role = req.viewer.role();
    let mut tx = req.app.db.read().await?;
    let plans = store::list_plans(&mut tx).await?;
    let others: Vec<Plan> = plans.iter().filter(|p| !p.is_open).cloned().collect();
    if req.query("plan").is_none() && !plans.iter().any(|p| p.is_main) {
        let open = plans.into_iter().filter(|p| p.is_open).collect::<Vec<_>>();
        return Ok(Page::staff("Plan", move || none(role, &open, &others)).into());
    }
    let plan = asked_plan(&req, &mut tx).await?;
    let seen = Seen::load(&req, &mut tx, plan).await?;
    let spending = store::list_spending(&mut tx, seen.whole.plan.id).await?;
    let money = Money::of(&seen.whole, &spending).words();
    let directory = store::list_leads(&mut tx).await?;
    let members = store::list_members(&mut tx).await?;
    let leading = leading(&directory, store::list_leading(&mut tx, seen.whole.plan.id).await?);
    let posting = posting(&req, &mut tx, seen.whole.plan.id).await?;
    let form = req.query_form();
    let lead = form.value("lead").parse().ok();
    let mine: Vec<store::LeadId> =
        lead.into_iter().chain(members.iter().filter(|(_, m)| Some(*m) == lead).map(|(g, _)| *g)).collect();
    Ok(Page::staff("Plan", move || {
        view! {
            {body((&seen, money), &directory, &leading, &mine, &form, (role, &posting))}
            {structure(&seen.whole, role)}
            {earlier_plans(&others)}
        }
    })
    .into())
}

/// Where one can go from the plan, as far as the role may.
fn ways(plan: &Plan, role: Option<Role>) -> Option<AnyView> {
    let way = |path, words| permissions::may_read(role, path).then(|| ways::way(plan.on(path), words));
    ways::view([
        ways::group(
            "Past days",
            [
                way("/staff/plan/history", "Its history"),
                way("/staff/plan/then", "As it stood"),
                way("/staff/plan/compare", "What changed"),
                way("/staff/plan/snapshots", "Frozen copies"),
            ],
        ),
        ways::group(
            "Change the plan",
            [
                way("/staff/plan/many", "Change several"),
                way("/staff/plan/objectives/new", "Add an objective"),
                way("/staff/plan/themes/new", "Add a theme"),
                way("/staff/plan/details", "Title and closing"),
            ],
        ),
        ways::group(
            "Around it",
            [
                way("/staff/plan/leads", "Leads"),
                way("/staff/plan/plans", "All plans"),
                way("/plan", "What residents see"),
                None,
            ],
        ),
    ])
}

/// The page while no plan is open.
fn none(role: Option<Role>, open: &[Plan], earlier: &[Plan]) -> AnyView {
    let import = permissions::may_read(role, "/staff/plan/import")
        .then(|| ui::link_button("Import a plan", "/staff/plan/import"));
    let new = permissions::may_read(role, "/staff/plan/new").then(|| {
        view! { <a class="govuk-button govuk-button--secondary" href="/staff/plan/new">"Start an empty plan"</a> }
    });
    let said = match (new.is_some(), earlier.is_empty()) {
        (true, true) => "There is no plan yet. Bring the one you keep in a spreadsheet, or start with an empty one.",
        (true, false) => "No plan is open. Bring the next one from a spreadsheet, or start with an empty one.",
        (false, true) => "There is no plan yet. It appears here when somebody who runs the plan has started it.",
        (false, false) => "No plan is open. The next one appears here when somebody who runs the plan has started it.",
    };
    view! {
        <div class="ds-heading"><h1>"Plan"</h1></div>
        <div class="ds-empty"><p>{said}</p></div>
        <div class="ds-toolbar">{import}{new}</div>
        {open.iter().map(|plan| view! { <p><a href=plan.on("/staff/plan")>{plan.title.clone()}</a></p> }).collect_view()}
        {earlier_plans(earlier)}
    }
    .into_any()
}

/// The plans that were closed, newest first; they stay readable.
fn earlier_plans(earlier: &[Plan]) -> Option<AnyView> {
    if earlier.is_empty() {
        return None;
    }
    let rows = earlier.iter().map(|p| {
        let href = format!("/plan?plan={}", p.slug);
        let closed = p.closed_on.map(|on| format!("Closed on {}", clock::day(on)));
        view! { <li><div class="ds-list__main"><a href=href>{p.title.clone()}</a></div><div class="ds-list__aside">{closed}</div></li> }
    });
    let rows = rows.collect_view();
    Some(
        view! { <section class="ds-section"><h2>"Earlier plans"</h2><ul class="ds-list">{rows}</ul></section> }
            .into_any(),
    )
}

/// Who leads what, with the names of the directory.
#[must_use]
pub fn leading(directory: &[LeadEntry], rows: Vec<store::Leading>) -> Leading {
    let mut map: Leading = HashMap::new();
    for row in rows {
        if let Some(entry) = directory.iter().find(|d| d.lead_id == row.lead_id) {
            map.entry(row.action_id).or_default().push((entry.clone(), row.note));
        }
    }
    map
}

/// The filters; what there is to look at in an action has filters of its own, as a slipped one may be in time again.
fn fits(of: &WholeAction, flags: Option<&Flags>, form: &Form, mine: &[store::LeadId], leading: &Leading) -> bool {
    let state = match form.value("status") {
        "" => true,
        code if code != "late" && CODES.iter().any(|(flag, _)| *flag == code) => flags.is_some_and(|f| f.has(code)),
        "check" => !of.action().warnings.is_empty(),
        code => Word::read(code).is_some_and(|w| of.as_of.word == w),
    };
    let led = mine.is_empty()
        || leading.get(&of.action().id).is_some_and(|l| l.iter().any(|(entry, _)| mine.contains(&entry.lead_id)));
    let words = form.value("q").trim().to_lowercase();
    let said = words.is_empty()
        || of.action().name().to_lowercase().contains(&words)
        || of.action().title.to_lowercase().contains(&words);
    state && led && said
}

fn body(
    (seen, money): (&Seen, String),
    directory: &[LeadEntry],
    leading: &Leading,
    mine: &[store::LeadId],
    form: &Form,
    (role, posting): (Option<Role>, &Posting),
) -> AnyView {
    let whole = &seen.whole;
    let (plan, counts) = (&whole.plan, whole.counts());
    let posts = !posting.is_nothing();
    let theme = form.value("theme").to_owned();
    let rows: Vec<AnyView> = whole
        .themes
        .iter()
        .filter(|t| theme.is_empty() || t.theme.id.to_string() == theme)
        .flat_map(|t| &t.objectives)
        .flat_map(|o| &o.actions)
        .flat_map(|a| std::iter::once(a).chain(&a.parts))
        .filter(|a| fits(a, seen.flags.get(&a.action().id), form, mine, leading))
        .map(|a| row(seen, a, leading, posts.then(|| posting.is_on(a.action().id))))
        .collect();
    let number = rows.len();
    let own = |(value, label): (&str, &str)| (value.to_owned(), label.to_owned());
    let flags = CODES.into_iter().filter(|(code, _)| *code != "late");
    let statuses: Vec<(String, String)> = std::iter::once(("", "Every status"))
        .chain(flags)
        .chain(std::iter::once(("check", "Reading to check")))
        .map(own)
        .chain(Word::ALL.into_iter().map(|w| (w.code().to_owned(), w.words().to_owned())))
        .collect();
    let themes = std::iter::once((String::new(), "Every theme".to_owned()))
        .chain(whole.themes.iter().map(|t| (t.theme.id.to_string(), t.theme.shown())));
    let leads = std::iter::once((String::new(), "Everyone".to_owned()))
        .chain(directory.iter().map(|d| (d.lead_id.to_string(), d.shown())));
    let empty = (number == 0)
        .then(|| view! { <div class="ds-empty"><p>"No row is like that. Change the filters to see others."</p></div> });
    let change = posts.then(|| view! { <th scope="col" class="ds-table__tight">"Change"</th> });
    let add = permissions::may_read(role, "/staff/plan/actions/new")
        .then(|| ui::link_button("Add an action", plan.on("/staff/plan/actions/new")));
    let import = (plan.is_main && permissions::may_read(role, "/staff/plan/import")).then(|| {
        view! { <a class="govuk-button govuk-button--secondary" href="/staff/plan/import">"Import a newer version"</a> }
    });
    let table = (number > 0).then(|| {
        view! {
            <div class="ds-scroll ds-scroll--tall" role="region" aria-label="Actions of the plan" tabindex="0">
                <table class="ds-table ds-table--stack">
                    <caption class="govuk-visually-hidden">"Actions of the plan"</caption>
                    <thead><tr>
                        <th scope="col" class="ds-table__tight">"Ref"</th><th scope="col">"Action"</th><th scope="col">"Lead"</th><th scope="col">"By when"</th>
                        <th scope="col" class="ds-table__tight">"Status"</th><th scope="col" class="ds-table__tight">"Updated"</th>{change}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let late = match whole.late_unclear() {
        0 => format!("{} late", counts.late),
        unclear => format!("{} late ({unclear} of them nobody has reported on)", counts.late),
    };
    let unclear = counts.in_words(&[Word::NotClear]);
    let unclear = if unclear.is_empty() { unclear } else { format!(", {unclear}") };
    let summary = format!("{} of {} done, {late}{unclear}.", counts.done, counts.expected());
    view! {
        <div class="ds-heading"><h1><span class="ds-heading__caption">"Plan"</span>{whole.plan.title.clone()}</h1><p class="ds-lead">{summary}</p></div>
        <p class="ds-meta">{money}</p>
        {views(plan, role, "/staff/plan")}
        <div class="ds-toolbar">{add}{import}</div>
        {ways(plan, role)}
        {to_look_at(seen)}
        <form class="ds-filters" method="get" action="/staff/plan">
            {named(plan)}
            {ui::select(form, "status", "Status", statuses)}
            {ui::select(form, "theme", "Theme", themes)}
            {ui::select(form, "lead", "Lead", leads)}
            {ui::text(form, "q", "Words in the action").width(20).view()}
            <button class="govuk-button govuk-button--secondary" type="submit">"Show"</button>
            <p class="ds-filters__count">{format!("{number} {}", if number == 1 { "row" } else { "rows" })}</p>
        </form>
        {table}
        {empty}
    }
    .into_any()
}

/// Leads as staff read them: `PQ, LN (phase 1)`.
#[must_use]
pub fn leads_shown(leading: &Leading, id: ActionId) -> String {
    let list = leading.get(&id).map(Vec::as_slice).unwrap_or_default();
    let shown: Vec<String> = list
        .iter()
        .map(
            |(entry, note)| {
                if note.is_empty() { entry.initials.clone() } else { format!("{} ({note})", entry.initials) }
            },
        )
        .collect();
    if shown.is_empty() { "Nobody".to_owned() } else { shown.join(", ") }
}

/// What stands in place of the day of an update.
fn never(of: &WholeAction) -> String {
    if of.told.progress.is_empty() { "Never".to_owned() } else { "No date given".to_owned() }
}

/// A row of the table; `posts` is none without a column for posting, and says whether this reader may post on this one.
fn row(seen: &Seen, of: &WholeAction, leading: &Leading, posts: Option<bool>) -> AnyView {
    let action = of.action();
    let base = format!("/staff/plan/actions/{}", action.id);
    let reference = action.reference.clone().unwrap_or_else(|| "part".to_owned());
    let looks = seen.looks(action.id).map(|words| view! { <p class="ds-meta">{words}</p> });
    let check = (!action.warnings.is_empty())
        .then(|| view! { <p class="ds-meta">{format!("{} to check", action.warnings.len())}</p> });
    let updated = of.as_of.updated.map_or_else(|| never(of), clock::day);
    let heading = action.heading().into_owned();
    let said = format!(" on {heading}");
    let post = posts.map(|may| {
        let link = may.then(|| view! { <a href=format!("{base}/progress")>"Post progress"<span class="govuk-visually-hidden">{said}</span></a> });
        view! { <td class="ds-table__tight ds-table__do">{link}</td> }
    });
    view! {
        <tr>
            <th scope="row" class="ds-table__tight">{reference}</th>
            <td><a href=base>{heading}</a>{check}</td>
            <td data-label="Lead">{leads_shown(leading, action.id)}</td>
            <td data-label="By when">{due(of)}{looks}</td>
            <td class="ds-table__tight">{word(of.as_of.word)}</td>
            <td class="ds-table__tight" data-label="Updated">{updated}</td>
            {post}
        </tr>
    }
    .into_any()
}

/// Every theme with its objectives, each a link for those who may change it.
fn structure(whole: &Whole, role: Option<Role>) -> AnyView {
    let (to_themes, to_objectives, adds) = (
        permissions::may_read(role, "/staff/plan/themes/{id}"),
        permissions::may_read(role, "/staff/plan/objectives/{id}"),
        permissions::may_read(role, "/staff/plan/actions/new"),
    );
    let named = |may: bool, href: String, words: String| {
        if may { view! { <a href=href>{words}</a> }.into_any() } else { words.into_any() }
    };
    let themes = whole.themes.iter().map(|t| {
        let objectives = t.objectives.iter().map(|o| {
            let (id, counts) = (o.objective.id, super::parts::done_of(o.counts()));
            let words = format!("{}. {}", o.objective.reference, o.objective.title);
            let said = format!(" to objective {}", o.objective.reference);
            let name = named(to_objectives, whole.plan.on(&format!("/staff/plan/objectives/{id}")), words);
            let add = adds.then(|| view! { <ul class="ds-actions"><li><a href=whole.plan.on(&format!("/staff/plan/actions/new?objective={id}"))>"Add an action"<span class="govuk-visually-hidden">{said}</span></a></li></ul> });
            view! { <li><div class="ds-list__main">{name}{add}</div><div class="ds-list__aside">{counts}</div></li> }
        });
        let objectives = objectives.collect_view();
        let name = named(to_themes, whole.plan.on(&format!("/staff/plan/themes/{}", t.theme.id)), t.theme.shown());
        view! { <h3>{name}</h3><ul class="ds-list">{objectives}</ul> }
    });
    view! { <section class="ds-section"><h2>"Themes and objectives"</h2>{themes.collect_view()}</section> }.into_any()
}
