//! What the views of a plan in the workspace share: the plan with its flags and leads, the way from view to view, and an
//! action as a line of a list.

use std::collections::HashMap;

use leptos::prelude::*;

use super::parts::{asked_plan, due, word};
use crate::db::Tx;
use crate::people::Role;
use crate::permissions;
use crate::plans::action::ActionId;
use crate::plans::flags::{self, Flags};
use crate::plans::led::leads_texts;
use crate::plans::plan::Plan;
use crate::plans::store;
use crate::plans::whole::{Whole, WholeAction, load_standing};
use crate::ui;
use crate::web::{PageError, Req};

/// A plan as its views draw it.
pub struct Seen {
    pub whole: Whole,
    pub flags: HashMap<ActionId, Flags>,
    pub leads: HashMap<ActionId, String>,
}

/// The views: address, name.
const VIEWS: [(&str, &str); 5] = [
    ("/staff/plan", "List"),
    ("/staff/plan/months", "Month by month"),
    ("/staff/plan/timeline", "Timeline"),
    ("/staff/plan/by-lead", "By lead"),
    ("/staff/plan/mine", "My actions"),
];

impl Seen {
    /// Loads a plan for its views.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(req: &Req, tx: &mut Tx, plan: Plan) -> Result<Self, PageError> {
        let id = plan.id;
        let whole = load_standing(tx, plan, req.today()).await?;
        let flags = flags::of_plan(&whole, &store::list_links(tx, id).await?);
        let leads = leads_texts(tx, id).await?;
        Ok(Self { whole, flags, leads })
    }

    /// The plan that the page is about, for its views.
    ///
    /// # Errors
    /// `NotFound` when there is no such plan.
    pub async fn asked(req: &Req, tx: &mut Tx) -> Result<Self, PageError> {
        let plan = asked_plan(req, tx).await?;
        Self::load(req, tx, plan).await
    }

    /// Who leads an action, on one line.
    #[must_use]
    pub fn led_by(&self, id: ActionId) -> String {
        self.leads.get(&id).map_or_else(|| "Nobody".to_owned(), |leads| leads.replace('\n', ", "))
    }

    /// What to look at in an action, in words; none where there is nothing.
    #[must_use]
    pub fn looks(&self, id: ActionId) -> Option<String> {
        let name = |other: ActionId| {
            let of = self.whole.find(other).map(WholeAction::action);
            of.map(|a| a.reference.clone().unwrap_or_else(|| a.heading().into_owned())).unwrap_or_default()
        };
        let words = self.flags.get(&id)?.words(name);
        (!words.is_empty()).then(|| ui::capital(&words.join("; ")))
    }

    /// An action as a line of a list.
    pub fn line(&self, of: &WholeAction) -> AnyView {
        let id = of.action().id;
        let part = if of.action().parent.is_some() { "Part: " } else { "" };
        let about = format!("{}. {}", self.led_by(id), due(of));
        let looks = self.looks(id).map(|words| view! { <p class="ds-meta">{words}</p> });
        view! {
            <li><div class="ds-list__main"><a href=format!("/staff/plan/actions/{id}")>{format!("{part}{}", of.action().name())}</a><p>{about}</p>{looks}</div><div class="ds-list__aside">{word(of.as_of.word)}</div></li>
        }
        .into_any()
    }
}

/// The way from one view of a plan to the others.
pub fn views(plan: &Plan, role: Option<Role>, here: &str) -> AnyView {
    let links = VIEWS.into_iter().filter(|(path, _)| permissions::may_read(role, path)).map(|(path, words)| {
        let current = (path == here).then_some("page");
        view! { <li><a href=plan.on(path) aria-current=current>{words}</a></li> }
    });
    view! { <nav class="ds-no-print" aria-label="Views of the plan"><ul class="ds-actions">{links.collect_view()}</ul></nav> }
        .into_any()
}

/// How many actions and parts there are to look at, each with the way to them; none where there is nothing.
pub fn to_look_at(seen: &Seen) -> Option<AnyView> {
    let links: Vec<_> = flags::counted(&seen.flags)
        .into_iter()
        .map(|(code, words, number)| {
            let to = seen.whole.plan.on(&format!("/staff/plan?status={code}"));
            view! { <li><a href=to>{format!("{words}: {number}")}</a></li> }
        })
        .collect();
    (!links.is_empty()).then(|| {
        view! { <nav class="ds-no-print" aria-label="To look at"><ul class="ds-actions">{links}</ul></nav> }.into_any()
    })
}

/// Which plan a form that asks for another view of it is about; none is named for the main one.
pub fn named(plan: &Plan) -> Option<AnyView> {
    (!plan.is_main).then(|| view! { <input type="hidden" name="plan" value=plan.slug.clone()/> }.into_any())
}
