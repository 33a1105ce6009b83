//! What other contexts ask of plans: what needs a person, how the plan stands in short, and what serves a standard.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use super::action::{ActionId, Source};
use super::led::redaction;
use super::plan::PlanId;
use super::progress::{Counts, Word};
use super::store::{self, LeadId};
use super::whole::{WholeAction, load_all_open, load_open, load_standing};
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, StandardId};
use crate::thread::{self, Attention, Record};
use crate::ui;

/// An action that needs the person who leads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    pub id: ActionId,
    /// Its page in the workspace.
    pub href: String,
    pub name: String,
    pub late: bool,
    /// The last day of its deadline, where it has one.
    pub due: Option<NaiveDate>,
}

/// How far ahead "due soon" looks, in days.
const SOON: u64 = 31;

/// The unfinished actions led by this person, or by a group they belong to, that are late, due within a month, or
/// not clear; the latest first.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, account: AccountId, today: NaiveDate) -> Result<Vec<Needed>, db::Error> {
    let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
    let mut needed: Vec<Needed> = Vec::new();
    for whole in load_all_open(tx, today).await? {
        let led = led_by(tx, whole.plan.id, account).await?;
        let mine = whole.rows().filter(|a| !a.as_of.standing.status.is_over() && led.contains(&a.action().id));
        let mine = mine.map(|a| Needed {
            id: a.action().id,
            href: format!("/staff/plan/actions/{}", a.action().id),
            name: a.action().name(),
            late: a.as_of.late,
            due: a.as_of.standing.due().map(super::month::Month::last_day),
        });
        needed.extend(mine.filter(|n| n.late || n.due.is_some_and(|due| due <= soon)));
    }
    needed.sort_by_key(|n| (!n.late, n.due));
    Ok(needed)
}

/// What waits for those who run the plans as a whole: rows whose reading nobody has checked, and late ones of which
/// nobody has said anything since they came from a file. Each leads to its plan filtered so.
///
/// # Errors
/// When the database refuses.
pub async fn plan_needs(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Attention>, db::Error> {
    let mut needs = Vec::new();
    for whole in load_all_open(tx, today).await? {
        let unread = whole.rows().filter(|a| !a.action().warnings.is_empty()).count();
        let unsaid = |a: &&WholeAction| a.told.progress.iter().all(|said| said.source.is_document());
        let late = whole.rows().filter(|a| a.as_of.word == Word::Late).filter(unsaid).count();
        let rows = ui::counted(unread, "row of the plan needs", "rows of the plan need");
        let silent = ui::counted(late, "late action has", "late actions have");
        let to = |path: &str| whole.plan.on(path);
        let own = [
            (unread, format!("{rows} a person to check how it was read"), to("/staff/plan?status=check")),
            (late, format!("{silent} had no progress posted yet"), to("/staff/plan?status=late")),
        ];
        needs.extend(own.into_iter().filter(|(count, ..)| *count > 0).map(|(_, said, to)| Attention::new(said, to)));
    }
    Ok(needs)
}

/// The actions of a plan led by this person, or by a group they belong to.
///
/// # Errors
/// When the database refuses.
pub async fn led_by(tx: &mut Tx, plan: PlanId, account: AccountId) -> Result<Vec<ActionId>, db::Error> {
    let own: Vec<LeadId> =
        store::list_leads(tx).await?.into_iter().filter(|d| d.account_id == Some(account)).map(|d| d.lead_id).collect();
    let groups: Vec<LeadId> = store::list_members(tx)
        .await?
        .into_iter()
        .filter(|(_, member)| own.contains(member))
        .map(|(group, _)| group)
        .collect();
    let leading = store::list_leading(tx, plan).await?;
    let led = leading.into_iter().filter(|l| own.contains(&l.lead_id) || groups.contains(&l.lead_id));
    Ok(led.map(|l| l.action_id).collect())
}

/// What somebody who leaves hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToHandOver {
    /// How many unfinished actions of the open plans they lead.
    pub actions: usize,
    /// The page where they are given to another lead.
    pub href: String,
}

/// The unfinished actions that this person leads in their own name; none when there are none.
///
/// # Errors
/// When the database refuses.
pub async fn to_hand_over(tx: &mut Tx, account: AccountId, today: NaiveDate) -> Result<Option<ToHandOver>, db::Error> {
    Ok(left_behind(tx, &[account], today).await?.pop().map(|(_, left)| left))
}

/// The unfinished actions that each of these people leads in their own name; nobody who leads none.
///
/// # Errors
/// When the database refuses.
pub async fn left_behind(
    tx: &mut Tx,
    accounts: &[AccountId],
    today: NaiveDate,
) -> Result<Vec<(AccountId, ToHandOver)>, db::Error> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let mut leading = Vec::new();
    let mut unfinished: HashSet<ActionId> = HashSet::new();
    for whole in load_all_open(tx, today).await? {
        leading.extend(store::list_leading(tx, whole.plan.id).await?);
        let open = whole.rows().filter(|a| !a.as_of.standing.status.is_over());
        unfinished.extend(open.map(|a| a.action().id));
    }
    let directory = store::list_leads(tx).await?;
    let own = directory.iter().filter(|lead| !lead.is_group).filter_map(|lead| {
        let account = lead.account_id.filter(|id| accounts.contains(id))?;
        let led: HashSet<ActionId> =
            leading.iter().filter(|one| one.lead_id == lead.lead_id).map(|one| one.action_id).collect();
        let actions = led.intersection(&unfinished).count();
        let left = ToHandOver { actions, href: format!("/staff/plan/leads/{}", lead.lead_id) };
        (left.actions > 0).then_some((account, left))
    });
    Ok(own.collect())
}

/// A change that residents can read about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub on: NaiveDate,
    /// The action's public page.
    pub href: String,
    pub name: String,
    pub word: Word,
}

/// The plan in short, for residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub title: String,
    pub counts: Counts,
    pub done: usize,
    /// All actions that were not stopped or merged.
    pub total: usize,
    /// The newest statements, at most three, of different actions.
    pub latest_changes: Vec<Latest>,
}

/// The current plan in short; none without a plan.
///
/// # Errors
/// When the database refuses.
pub async fn summary(tx: &mut Tx, today: NaiveDate) -> Result<Option<Summary>, db::Error> {
    let Some(whole) = load_open(tx, today).await? else { return Ok(None) };
    let redaction = redaction(tx).await?;
    let counts = whole.counts();
    let mut latest: Vec<Latest> = whole
        .rows()
        .filter_map(|a| {
            let dated = a.told.progress.iter().filter(|p| p.source != Source::Undated);
            let on = dated.map(|p| p.said_on).filter(|d| *d <= today).max()?;
            Some(Latest {
                on,
                href: format!("/plan/actions/{}", a.action().slug),
                name: redaction.apply(&a.action().name()),
                word: a.as_of.word,
            })
        })
        .collect();
    latest.sort_by_key(|l| std::cmp::Reverse(l.on));
    latest.truncate(3);
    let (done, total) = (counts.done, counts.expected());
    Ok(Some(Summary { title: redaction.apply(&whole.plan.title), counts, done, total, latest_changes: latest }))
}

/// An action as other contexts show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: ActionId,
    /// Its public page.
    pub href: String,
    /// Its reference and heading, with no member of staff named.
    pub name: String,
    pub word: Word,
}

/// The actions joined to a standard, in the order in which they were joined.
///
/// # Errors
/// When the database refuses.
pub async fn actions_for_standard(
    tx: &mut Tx,
    standard: StandardId,
    today: NaiveDate,
) -> Result<Vec<Shown>, db::Error> {
    let mut found = Vec::new();
    for record in thread::linked(tx, Record::Standard(standard)).await? {
        if let Record::Action(id) = record
            && let Some(shown) = find_action(tx, id, today).await?
        {
            found.push(shown);
        }
    }
    Ok(found)
}

/// An action by its key, as residents read it.
///
/// # Errors
/// When the database refuses.
pub async fn find_action(tx: &mut Tx, id: ActionId, today: NaiveDate) -> Result<Option<Shown>, db::Error> {
    let Some(plan) = store::find_plan_of(tx, id).await? else { return Ok(None) };
    let Some(plan) = store::find_plan(tx, plan).await? else { return Ok(None) };
    let redaction = redaction(tx).await?;
    let whole = load_standing(tx, plan, today).await?;
    let word = |word: Word| if whole.plan.is_open { word } else { word.once_closed() };
    Ok(whole.find(id).map(|a| Shown {
        id,
        href: format!("/plan/actions/{}", a.action().slug),
        name: redaction.apply(&a.action().name()),
        word: word(a.as_of.word),
    }))
}

/// Every action of the open plans with its name, to choose from; beside the main plan each says which it is.
///
/// # Errors
/// When the database refuses.
pub async fn list_choices(tx: &mut Tx, today: NaiveDate) -> Result<Vec<(ActionId, String)>, db::Error> {
    let mut choices = Vec::new();
    for whole in load_all_open(tx, today).await? {
        let beside = if whole.plan.is_main { String::new() } else { format!(" ({})", whole.plan.title) };
        choices.extend(whole.rows().map(|a| (a.action().id, format!("{}{beside}", a.action().name()))));
    }
    Ok(choices)
}
