//! Small pieces that several pages share.

use leptos::prelude::*;

use crate::clock;
use crate::db::{self, Tx};
use crate::improvement::activity::Activity;
use crate::improvement::owner::can_lead;
use crate::improvement::plan::Plan;
use crate::improvement::process::{Process, ProcessId};
use crate::improvement::store::{activities, plans, processes};
use crate::improvement::training::Trained;
use crate::people::{self, Account};
use crate::permissions;
use crate::thread::id::{AccountId, ActivityId};
use crate::ui;
use crate::web::{PageError, Req};

/// The way back.
pub(super) fn back(href: impl Into<String>, label: &'static str) -> AnyView {
    view! { <a class="govuk-back-link" href=href.into()>{label}</a> }.into_any()
}

/// A heading with what it belongs to above it.
pub(super) fn heading(caption: impl Into<String>, title: impl Into<String>) -> AnyView {
    view! { <div class="ds-heading"><h1><span class="ds-heading__caption">{caption.into()}</span>{title.into()}</h1></div> }
        .into_any()
}

/// What stands where a list would.
pub(super) fn empty(words: &'static str) -> AnyView {
    view! { <div class="ds-empty"><p>{words}</p></div> }.into_any()
}

/// Everybody with an account, for their names.
pub(super) struct Names(Vec<Account>);

impl Names {
    pub(super) async fn load(tx: &mut Tx) -> Result<Self, db::Error> {
        Ok(Self(people::store::list(tx).await?))
    }

    /// What a person is called.
    pub(super) fn of(&self, id: AccountId) -> String {
        self.0.iter().find(|account| account.id == id).map(|account| account.name.clone()).unwrap_or_default()
    }

    /// Those who can own a process or lead an activity, to choose from.
    pub(super) fn leads(&self) -> Vec<(String, String)> {
        self.choices("Choose a person", can_lead)
    }

    /// Those a test lets through, to choose from.
    pub(super) fn choices(&self, first: &str, may: impl Fn(&Account) -> bool) -> Vec<(String, String)> {
        let named = |account: &Account| (account.id.to_string(), format!("{}, {}", account.name, account.role.label()));
        let first = std::iter::once((String::new(), first.to_owned()));
        first.chain(self.0.iter().filter(|account| may(account)).map(named)).collect()
    }

    /// The account with that key, when a test lets it through.
    pub(super) fn chosen(&self, value: &str, may: impl Fn(&Account) -> bool) -> Option<AccountId> {
        let id: AccountId = value.parse().ok()?;
        self.0.iter().find(|account| account.id == id && may(account)).map(|account| account.id)
    }
}

/// Whether somebody is trained, as a mark with words.
pub(super) fn trained(standing: Trained) -> AnyView {
    match standing {
        Trained::No => ui::status("late", "Not trained"),
        Trained::RanOut(day) => ui::status("late", &format!("Training ran out on {}", clock::day(day))),
        Trained::Due(day) => ui::status("close", &format!("Training due by {}", clock::day(day))),
        Trained::Yes(Some(day)) => ui::status("done", &format!("Trained until {}", clock::day(day))),
        Trained::Yes(None) => ui::status("done", "Trained"),
    }
}

/// The same where an owner is named: nothing for one who is trained.
pub(super) fn untrained(standing: Trained) -> Option<AnyView> {
    (!standing.counts()).then(|| view! { " "{trained(standing)} }.into_any())
}

/// True for those who run improvement as a whole, and so may keep anybody's plan.
pub(super) fn runs(account: &Account) -> bool {
    permissions::may_post(Some(account.role), "/staff/improvement/select")
}

/// True for those who keep a plan: its owner, and those who run improvement.
pub(super) fn keeps(account: &Account, plan: &Plan) -> bool {
    runs(account) || (can_lead(account) && plan.account_id == account.id)
}

/// True for those who show and report what came of an activity: who keeps its plan, and who leads it.
pub(super) fn works_on(account: &Account, plan: &Plan, activity: &Activity) -> bool {
    keeps(account, plan) || (can_lead(account) && activity.wording.lead_id == account.id)
}

/// The activity that the path names, for those who work on it.
pub(super) async fn activity_of(req: &Req, tx: &mut Tx) -> Result<Activity, PageError> {
    let activity = activities::find(tx, req.id::<ActivityId>("id")?).await?.ok_or(PageError::NotFound)?;
    let plan = plans::find(tx, activity.plan_id).await?.ok_or(PageError::NotFound)?;
    if works_on(req.account()?, &plan, &activity) { Ok(activity) } else { Err(PageError::Forbidden) }
}

/// The process that the path names.
pub(super) async fn process_of(req: &Req, tx: &mut Tx) -> Result<Process, PageError> {
    processes::find(tx, req.id::<ProcessId>("id")?).await?.ok_or(PageError::NotFound)
}
