//! A small plan for tests: one theme, one objective, two actions.

use chrono::NaiveDate;

use crate::app::App;
use crate::plans::action::ActionId;
use crate::plans::deadline::Span;
use crate::plans::month::Month;
use crate::plans::plan::{Objective, ObjectiveId, PlanId, ThemeId};
use crate::plans::record_progress::Said;
use crate::plans::start::start;
use crate::plans::status::Status;
use crate::plans::store::{self, Written};
use crate::plans::word_action::{Words, add_action};

/// The keys of the small plan.
#[derive(Debug, Clone, Copy)]
pub struct Small {
    pub plan: PlanId,
    pub theme: ThemeId,
    pub objective: ObjectiveId,
    /// 1.1, due by the end of October 2026, led by PQ.
    pub first: ActionId,
    /// 1.2, due by the end of December 2026, led by HoS and RW.
    pub second: ActionId,
}

/// The words of an action of the small plan.
pub fn words(objective: ObjectiveId, reference: &str, title: &str, leads: &str) -> Words {
    Words {
        objective,
        parent: None,
        reference: Some(reference.to_owned()),
        title: title.to_owned(),
        measure: "Everyone was asked".to_owned(),
        outcome: String::new(),
        resources: "£2,000".to_owned(),
        leads: leads.to_owned(),
    }
}

/// A change by nobody in particular, at the time of the test's clock.
pub fn written(app: &App) -> Written {
    Written { at: app.clock.now(), by: None }
}

/// Progress on an action: how it stood on a day, going as planned.
pub fn said(action: ActionId, on: NaiveDate, status: Status) -> Said {
    Said {
        action,
        on,
        status,
        per_cent: None,
        words: "As planned.".to_owned(),
        waiver: String::new(),
        merged_into: None,
    }
}

/// Makes the small plan, as of the test's clock.
pub async fn small(app: &App) -> Small {
    let written = written(app);
    let mut tx = app.db.write().await.unwrap();
    let plan = start(&mut tx, "Our plan", "What we do", app.clock.today(), written).await.unwrap();
    let theme = store::insert_theme(&mut tx, plan, 10, "HOMES").await.unwrap();
    let target = Month::read("2026-12");
    let objective = Objective {
        id: ObjectiveId(0),
        theme,
        position: 10,
        reference: "1".to_owned(),
        title: "Mend faster".to_owned(),
        target,
        document: None,
    };
    let objective = store::insert_objective(&mut tx, plan, &objective).await.unwrap();
    let due = |code: &str| Month::read(code).map(Span::month);
    let first = words(objective, "1.1", "Ask tenants how", "PQ (phase 1)");
    let first = add_action(&mut tx, plan, &first, due("2026-10"), written).await.unwrap();
    let second = words(objective, "1.2", "Write it down, says PQ", "HoS, RW");
    let second = add_action(&mut tx, plan, &second, due("2026-12"), written).await.unwrap();
    tx.commit().await.unwrap();
    Small { plan, theme, objective, first, second }
}
