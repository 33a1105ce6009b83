//! A second plan beside the main one, links between actions, money spent, and a frozen copy of the main plan.

use chrono::{Days, NaiveDate};

use super::{at, refused};
use crate::db::{self, Tx};
use crate::plans::action::ActionId;
use crate::plans::deadline::Span;
use crate::plans::freeze::freeze;
use crate::plans::history::Why;
use crate::plans::link::{self, Kind};
use crate::plans::month::Month;
use crate::plans::plan::{Objective, ObjectiveId, PlanId};
use crate::plans::record_progress::{Said, record_progress};
use crate::plans::start::start_beside;
use crate::plans::status::Status;
use crate::plans::store::{self, Spending, Written};
use crate::plans::structure::{add_objective, add_theme};
use crate::plans::whole::load;
use crate::plans::word_action::{Words, add_action};
use crate::thread::id::AccountId;

/// An action: number, words, measure, cost, months until its end, and what was last said.
type Row = (&'static str, &'static str, &'static str, &'static str, i32, Option<&'static str>);

/// The actions of the second plan.
const ACTIONS: [Row; 3] = [
    (
        "1.1",
        "Buy paint and timber together with two neighbouring landlords",
        "A signed agreement, and the price list beside last year’s",
        "No additional cost",
        2,
        Some("The other two have agreed. The tender went out last week."),
    ),
    (
        "1.2",
        "Compare what a repair costs us with what it costs others",
        "A page with the figures of five landlords",
        "£1,200",
        4,
        Some("Three of five landlords have sent their figures."),
    ),
    ("1.3", "Ask tenants which services they would pay less for", "The answers of 200 tenants", "Unknown", 7, None),
];

/// Links of the main plan: from, how, to.
const LINKS: [(&str, Kind, &str); 2] = [("6.2", Kind::DependsOn, "6.1"), ("6.2", Kind::SeeAlso, "1.1")];

/// Loads them.
///
/// # Errors
/// When the database refuses, or the example is at odds with its own rules.
pub(super) async fn load_beside(
    tx: &mut Tx,
    main: PlanId,
    made: &[(&'static str, ActionId)],
    today: NaiveDate,
    by: Option<AccountId>,
) -> Result<(), db::Error> {
    second_plan(tx, today, by).await?;
    let written = Written { at: at(today, 40).1, by };
    let whole = load(tx, main, today).await?.ok_or_else(|| refused("plan"))?;
    let find = |number: &str| made.iter().find(|(n, _)| *n == number).map(|(_, id)| *id);
    for (from, kind, to) in LINKS {
        if let (Some(from), Some(to)) = (find(from), find(to)) {
            link::link(tx, &whole, (from, kind, to), "", written).await.map_err(|_| refused("link"))?;
        }
    }
    if let Some(id) = find("6.1") {
        let (spent_on, _) = at(today, 80);
        let spent =
            Spending { action_id: id, pence: 198_000, spent_on, words: "Printing and frames for 64 pages".to_owned() };
        store::insert_spending(tx, &spent, written).await?;
    }
    let plan = store::find_plan(tx, main).await?.ok_or_else(|| refused("plan"))?;
    for (ago, title) in [(92, "Board meeting of the autumn"), (31, "Tenants’ panel")] {
        let (day, frozen_at) = at(today, ago);
        let written = Written { at: frozen_at + Days::new(1), by };
        freeze(tx, plan.clone(), day, title, written).await.map_err(|_| refused("frozen copy"))?;
    }
    Ok(())
}

async fn second_plan(tx: &mut Tx, today: NaiveDate, by: Option<AccountId>) -> Result<(), db::Error> {
    let (began, began_at) = at(today, 120);
    let written = Written { at: began_at, by };
    let about = "How we make the rent go further, without doing less of what tenants need.";
    let plan = start_beside(tx, "Value for money plan", about, began, written).await?;
    let why = Why::staff("", written);
    let theme = add_theme(tx, plan, 10, "Spending well", why, written).await?;
    let objective = Objective {
        id: ObjectiveId(0),
        theme,
        position: 10,
        reference: "1".to_owned(),
        title: "Pay less for the same repair".to_owned(),
        target: Some(Month::of(today).plus(8)),
        document: None,
    };
    let objective = add_objective(tx, plan, &objective, why, written).await?;
    for (reference, title, measure, cost, due, said) in ACTIONS {
        let words = Words {
            objective,
            parent: None,
            reference: Some(reference.to_owned()),
            title: title.to_owned(),
            measure: measure.to_owned(),
            outcome: String::new(),
            resources: cost.to_owned(),
            leads: "RBr".to_owned(),
        };
        let due = Span::month(Month::of(today).plus(due));
        let id = add_action(tx, plan, &words, Some(due), written).await.map_err(|_| refused("action"))?;
        if let Some(words) = said {
            let (on, said_at) = at(today, 20);
            let said = Said {
                action: id,
                on,
                status: Status::OnTrack,
                per_cent: None,
                words: words.to_owned(),
                waiver: String::new(),
                merged_into: None,
            };
            let written = Written { at: said_at, by };
            record_progress(tx, &said, written).await.map_err(|_| refused("progress"))?;
        }
    }
    Ok(())
}
